"""near-dupes: its class with `n_gram=4`; exact scores of its own; it chooses its bands itself from the threshold."""

import sys

from near_dupes import DuplicateFinder

import protocol


def pairs(keys, job, clock):
    with clock.measure("core"):
        finder = DuplicateFinder(kind="text", threshold=job["threshold"], n_gram=protocol.GRAM)
        return [(a, b) for a, b, _ in finder.find(keys).pairs]


def setting(job):
    return None, None


def quote(texts, job):
    """Defaults: characters, n-grams of 3, threshold 0.85."""
    return DuplicateFinder(kind="text").find(texts).pairs


if __name__ == "__main__":
    protocol.main("near-dupes", sys.modules[__name__])
