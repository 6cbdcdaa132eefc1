"""datatrove: stages 1 and 2 of its MinHash pipeline under the local executor, one task a thread.

Its tokenizer may be given; ours yields the 4-grams of a key, and its normalisation is off. Stage 2 writes each bucket as a
chain; all pairs of a bucket are taken, as from the other tools. Stages 3 and 4 (clusters, removal) are not run.
"""

import shutil
import struct
import sys
from pathlib import Path

import protocol
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupBuckets, MinhashDedupSignature
from datatrove.utils.hashing import HashConfig
from datatrove.utils.text import TextNormConfig
from datatrove.utils.word_tokenizers import WordTokenizer


class Grams(WordTokenizer):
    def word_tokenize(self, text):
        return protocol.grams(text)

    def sent_tokenize(self, text):
        raise NotImplementedError

    def span_tokenize(self, text):
        raise NotImplementedError


class Keys:
    """A step that reads every n-th line."""

    def __init__(self, path):
        self.path = path

    def __call__(self, data, rank=0, world_size=1):
        with open(self.path, encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % world_size == rank:
                    yield Document(text=line.rstrip("\n"), id=str(number))


def run(path, config, tokenizer, job):
    """The links of each file of stage 2, as pairs of line numbers."""
    folder = Path(job["scratch"], "datatrove")
    shutil.rmtree(folder, ignore_errors=True)
    threads = job["threads"]
    signatures = MinhashDedupSignature(str(folder / "signatures"), config, language=tokenizer)
    buckets = MinhashDedupBuckets(str(folder / "signatures"), str(folder / "buckets"), config=config)
    first = executor([Keys(path), signatures], threads, threads, folder / "logs1")
    executor([buckets], config.num_buckets, threads, folder / "logs2", depends=first).run()
    for file in sorted((folder / "buckets").glob("*.dups")):
        yield [(threads * a + one, threads * b + other)
               for one, a, other, b in struct.iter_unpack("<4I", file.read_bytes())]


def executor(steps, tasks, threads, logs, depends=None):
    made = LocalPipelineExecutor(steps, tasks=tasks, workers=threads, logging_dir=str(logs), depends=depends,
                                 start_method="fork")
    assert made.workers == threads, made.workers
    return made


def chained(files):
    """Buckets of chains: a link that goes on where the last one of its file ended belongs to it."""
    for links in files:
        bucket = []
        for a, b in links:
            if not bucket or bucket[-1] != a:
                yield bucket
                bucket = [a]
            bucket.append(b)
        yield bucket


def pairs(keys, job, clock):
    plain = TextNormConfig(**{name: False for name in TextNormConfig.__dataclass_fields__})
    config = MinhashConfig(n_grams=1, num_buckets=job["bands"], hashes_per_bucket=job["rows"], norm_config=plain,
                           hash_config=HashConfig(precision=64))
    with clock.measure("core"):
        return protocol.grouped(chained(run(job["keys"], config, Grams(), job)))


def quote(texts, job):
    """Defaults: English words, 5-grams, 14 buckets of 8."""
    path = Path(job["scratch"], "quote.txt")
    path.write_text("".join(text + "\n" for text in texts))
    return any(run(path, MinhashConfig(), "eng", job))


if __name__ == "__main__":
    protocol.main("datatrove", sys.modules[__name__])
