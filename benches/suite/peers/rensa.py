"""rensa: R-MinHash by `digest_matrix_from_token_sets`. The rho path is not used: it samples tokens of long texts."""

import sys

sys.path.append(sys.path.pop(0))  # this file has the name of the package

from array import array  # noqa: E402
from itertools import accumulate, chain  # noqa: E402

import protocol  # noqa: E402
from rensa import RMinHash, RMinHashLSH  # noqa: E402

LADDER = 1_000  # more sets than a ladder has: objects are needed for their estimates alone


def pairs(keys, job, clock):
    """Sketches are made once, as objects, which `query_all` asks for."""
    k = job["bands"] * job["rows"]
    with clock.measure("glue"):
        sets = [list(protocol.grams(key)) for key in keys]
    with clock.measure("core"):
        sketches = RMinHash.from_token_sets(sets, k, 42)
        index = RMinHashLSH(job["threshold"], k, job["bands"])
        index.insert_many(sketches)
        answers = index.query_all(sketches)
        return [(a, b) for a, found in enumerate(answers) for b in found if a < b]


def signatures(sets, job, clock):
    k = job["permutations"]
    with clock.measure("core"):
        RMinHash.digest_matrix_from_token_sets(sets, k, 42)
    hashes = RMinHash.hash_token_sets(sets)
    flat = array("Q", chain.from_iterable(hashes))
    offsets = array("Q", [0, *accumulate(map(len, hashes))])
    with clock.measure("ids"):
        RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, k, 42)
    few = RMinHash.from_token_sets(sets[:LADDER], k, 42)
    return lambda a, b: few[a].jaccard(few[b])


def quote(texts, job):
    """README: words of `.split()`, 128 permutations, 16 bands, threshold 0.8."""
    return seeded(texts, 42)


def seeded(texts, seed):
    sketches = RMinHash.from_token_sets([t.lower().split() for t in texts], 128, seed)
    index = RMinHashLSH(0.8, 128, 16)
    index.insert(0, sketches[0])
    return index.query(sketches[1])


if __name__ == "__main__":
    protocol.main("rensa", sys.modules[__name__])
