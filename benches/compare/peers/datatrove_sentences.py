"""datatrove: the three stages of its sentence dedup under the local executor: `datatrove_sentences.py IN OUT SCRATCH [single]`.

Its defaults look for three sentences behind each other, and drop a changed document of fewer than 50 words or 3 sentences.
`single` looks for single sentences and drops no document for its length.
"""

import json
import sys

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup.sentence_dedup import (SentDedupConfig, SentenceDedupFilter, SentenceDedupSignature,
                                                     SentenceFindDedups)

source, out, scratch, *mode = sys.argv[1:]
SINGLE = {"n_sentences": 1, "min_doc_words": 0, "min_num_sentences": 0}
config = SentDedupConfig(**(SINGLE if mode == ["single"] else {}))


class Reader:
    """A step that reads the documents."""

    def __call__(self, data, rank=0, world_size=1):
        with open(source, encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield Document(text=record["text"], id=record["id"])


class Writer:
    """A step that writes what is left."""

    def __call__(self, data, rank=0, world_size=1):
        with open(out, "w", encoding="utf-8") as lines:
            for document in data:
                lines.write(json.dumps({"id": document.id, "text": document.text}, ensure_ascii=False) + "\n")
                yield document


def stage(number, *steps):
    LocalPipelineExecutor(list(steps), tasks=1, logging_dir=f"{scratch}/logs{number}", start_method="fork").run()


stage(1, Reader(), SentenceDedupSignature(f"{scratch}/signatures", config=config))
stage(2, SentenceFindDedups(f"{scratch}/signatures", f"{scratch}/duplicates", config=config))
stage(3, Reader(), SentenceDedupFilter(f"{scratch}/duplicates", config=config), Writer())
