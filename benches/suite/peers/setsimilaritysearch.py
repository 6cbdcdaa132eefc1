"""SetSimilaritySearch: exact all-pairs join, prefix filter with positions; the cross-check of our own exact engine."""

import sys

import protocol
from SetSimilaritySearch import all_pairs


def pairs(keys, job, clock):
    with clock.measure("glue"):
        sets = [protocol.grams(key) for key in keys]
    with clock.measure("core"):
        return [(int(a), int(b)) for a, b, _ in all_pairs(sets, similarity_func_name="jaccard",
                                                          similarity_threshold=job["threshold"])]


def setting(job):
    return None, None


def quote(texts, job):
    """README example: words, Jaccard, threshold 0.1."""
    sets = [t.lower().split() for t in texts]
    return list(all_pairs(sets, similarity_func_name="jaccard", similarity_threshold=0.1))


if __name__ == "__main__":
    protocol.main("SetSimilaritySearch", sys.modules[__name__])
