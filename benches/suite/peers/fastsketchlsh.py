"""FastSketchLSH: fast similarity sketch (Dahlgaard and others 2017) with its own LSH."""

import sys

import protocol
from FastSketchLSH import LSH, FastSimilaritySketch, estimate_jaccard, omp_max_threads


def powers(job):
    """Its sizes must be powers of two: the largest such rows, and the fewest such bands that find no less."""
    rows = 1 << (job["rows"].bit_length() - 1)
    missed = (1 - job["threshold"] ** job["rows"]) ** job["bands"]
    return next(1 << n for n in range(20) if (1 - job["threshold"] ** rows) ** (1 << n) <= missed), rows


def pairs(keys, job, clock):
    bands, rows = powers(job)
    k = bands * rows
    assert omp_max_threads() == job["threads"], omp_max_threads()
    with clock.measure("glue"):
        sets = [sorted(protocol.grams(key)) for key in keys]
    with clock.measure("core"):
        matrix = FastSimilaritySketch(size=k, seed=42).batch(sets)
        index = LSH(num_perm=k, num_bands=bands)
        index.insert(matrix)
        return [(at, other) for at, found in enumerate(index.query(matrix)) for other in found if at < other]


def setting(job):
    return powers(job)


def signatures(sets, job, clock):
    with clock.measure("core"):
        matrix = FastSimilaritySketch(size=job["permutations"], seed=42).batch(sets)
    return lambda a, b: estimate_jaccard(matrix[a], matrix[b])


def quote(texts, job):
    """README: words of `.split()`, size 128, 16 bands."""
    return seeded(texts, 42)


def seeded(texts, seed):
    matrix = FastSimilaritySketch(size=128, seed=seed).batch([sorted(set(t.lower().split())) for t in texts])
    return LSH(num_perm=128, num_bands=16).insert_and_query_duplicates(matrix).tolist()[1]


if __name__ == "__main__":
    protocol.main("FastSketchLSH", sys.modules[__name__])
