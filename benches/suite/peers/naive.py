"""All pairs by brute force in plain Python: shares no code with any tool; for small inputs only."""

import sys

import protocol


def pairs(keys, job, clock):
    with clock.measure("glue"):
        sets = [protocol.grams(key) for key in keys]
    with clock.measure("core"):
        return [(a, b) for b in range(len(sets)) for a in range(b)
                if protocol.jaccard(sets[a], sets[b]) >= job["threshold"]]


def setting(job):
    return None, None


if __name__ == "__main__":
    protocol.main("", sys.modules[__name__])
