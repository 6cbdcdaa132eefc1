"""text-dedup: its MinHash command. Shingles are its words, so a key is written as one word for each of its 4-grams.

The command keeps clusters and no pairs. To its own union-find is listened, which is told of each bucket as a star; all
pairs of a bucket are taken, as from the other tools.
"""

import os
import shutil
import sys
from pathlib import Path

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}

import text_dedup.minhash as minhash  # noqa: E402
from text_dedup.utils import UnionFind  # noqa: E402

import protocol  # noqa: E402


class Listening(UnionFind):
    """Its union-find, which remembers what it is told."""

    def __init__(self):
        super().__init__()
        self.told = []

    def union(self, x, y):
        self.told.append((x, y))
        super().union(x, y)

    def buckets(self):
        """Members of a bucket are told one after another with its centre; a member twice means the next table."""
        centre, members = None, set()
        for member, of in self.told:
            if of != centre or member in members:
                yield members
                centre, members = of, set()
            members.add(member)
        yield members


def run(path, scratch, job, settings):
    shutil.rmtree(scratch, ignore_errors=True)
    minhash.uf = Listening()
    arguments = ["--path", "text", "--data_files", str(path), "--split", "train", "--column", "text",
                 "--output", str(scratch / "out"), "--cache_dir", str(scratch / "cache"), "--use_auth_token", "False",
                 "--num_proc", str(job["threads"]), *settings]
    minhash.main(arguments, standalone_mode=False)
    return minhash.uf


def pairs(keys, job, clock):
    scratch = Path(job["scratch"], "text-dedup")
    words = Path(job["scratch"], "text-dedup.txt")
    with clock.measure("glue"), open(words, "w") as out:
        for key in keys:
            out.write(" ".join(gram.replace(" ", "_") for gram in protocol.grams(key)) + "\n")
    bands, rows = job["bands"], job["rows"]
    settings = ["--ngram", 1, "--min_length", 1, "--hash_func", "xxh3", "--num_perm", bands * rows, "--b", bands,
                "--r", rows]
    with clock.measure("core"):
        told = run(words, scratch, job, [str(word) for word in settings])
        return protocol.grouped(told.buckets())


def quote(texts, job):
    """Defaults: word 5-grams, threshold 0.7, 250 permutations."""
    path = Path(job["scratch"], "quote.txt")
    path.write_text("".join(text + "\n" for text in texts))
    uf = run(path, Path(job["scratch"], "text-dedup"), job, [])
    return uf.find(0) == uf.find(1)


if __name__ == "__main__":
    protocol.main("text-dedup", sys.modules[__name__])
