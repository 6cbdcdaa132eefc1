"""datasketch: `MinHash.bulk` and `MinHashLSH` with bands and rows given."""

import sys

sys.path.append(sys.path.pop(0))  # this file has the name of the package

import protocol  # noqa: E402
from datasketch import MinHash, MinHashLSH  # noqa: E402


def sketches(sets, k, seed=1):
    return MinHash.bulk([[gram.encode() for gram in s] for s in sets], num_perm=k, seed=seed)


def pairs(keys, job, clock):
    k = job["bands"] * job["rows"]
    with clock.measure("glue"):
        sets = [protocol.grams(key) for key in keys]
    with clock.measure("core"):
        index = MinHashLSH(num_perm=k, params=(job["bands"], job["rows"]))
        found = []
        for at, sketch in enumerate(sketches(sets, k)):
            found.extend((other, at) for other in index.query(sketch))
            index.insert(at, sketch, check_duplication=False)
        return found


def signatures(sets, job, clock):
    with clock.measure("core"):
        made = sketches(sets, job["permutations"])
    return lambda a, b: made[a].jaccard(made[b])


def quote(texts, job):
    """Default threshold 0.9 and 128 permutations, over words."""
    return seeded(texts, 1)


def seeded(texts, seed):
    one, two = sketches([t.lower().split() for t in texts], 128, seed)
    index = MinHashLSH()
    index.insert("one", one)
    return index.query(two)


if __name__ == "__main__":
    protocol.main("datasketch", sys.modules[__name__])
