"""What all adapters share: a JSON job in, a JSON result and a file of pairs out, and a clock that keeps glue from core.

glue    Python of ours that a user would have to write too: reading, shingling
core    the peer's own work, from token sets or texts to candidate pairs
verify  exact Jaccard of the peer's pairs in Python, ours; not part of the peer's precision
"""

import importlib.metadata
import json
import sys
import time
from contextlib import contextmanager

GRAM = 4


class Clock:
    def __init__(self):
        self.seconds = {"glue": 0.0, "core": 0.0, "verify": 0.0}

    @contextmanager
    def measure(self, part):
        begun = time.perf_counter()
        yield
        self.seconds[part] += time.perf_counter() - begun


def grams(key):
    """The set of character 4-grams of a key."""
    return {key[i:i + GRAM] for i in range(max(1, len(key) - GRAM + 1))}


def jaccard(a, b):
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)


def read_keys(path):
    with open(path, encoding="utf-8") as keys:
        return keys.read().splitlines()


def grouped(buckets):
    """All pairs of each bucket, each pair once."""
    pairs = set()
    for members in buckets:
        members = sorted(set(members))
        pairs.update((a, b) for at, a in enumerate(members) for b in members[at + 1:])
    return pairs


def normal(pairs):
    return {(min(a, b), max(a, b)) for a, b in pairs if a != b}


def find_pairs(adapter, job, clock):
    with clock.measure("glue"):
        keys = read_keys(job["keys"])
    pairs = normal(adapter.pairs(keys, job, clock))
    if not job["verify"]:
        return {"own_pairs": len(pairs)} | family(pairs, keys, job)
    with clock.measure("verify"):
        sets = {i: grams(keys[i]) for pair in pairs for i in pair}
        true = sum(jaccard(sets[a], sets[b]) >= job["threshold"] for a, b in pairs)
    with open(job["pairs"], "w") as out:
        out.writelines(f"{a} {b}\n" for a, b in sorted(pairs))
    return {"own_pairs": len(pairs), "true_pairs": true}


def family(pairs, keys, job):
    """How many members of the planted family are linked to a line equal to its base."""
    base = job["base"]
    reached = {i for pair in pairs for i in pair if base in (keys[pair[0]], keys[pair[1]])}
    return {"members": len(reached)}


def sketch(adapter, job, clock):
    """Signatures of all keys, and the squared error of the estimate over pairs of known Jaccard."""
    with clock.measure("glue"):
        sets = [sorted(grams(key)) for key in read_keys(job["keys"])]
    adapter.signatures(sets, job, clock)
    ladder = [(set(range(1000)), set(range(1000 - s, 2000 - s))) for s in range(0, 1001, 25)]
    ladder = [(sorted(f"{n}:{x}" for x in a), sorted(f"{n}:{x}" for x in b)) for n, (a, b) in enumerate(ladder)]
    estimates = adapter.signatures([s for pair in ladder for s in pair], job, Clock())
    errors = [(estimates(2 * n, 2 * n + 1) - jaccard(set(a), set(b))) ** 2 for n, (a, b) in enumerate(ladder)]
    return {"shingles": sum(map(len, sets)), "mean_squared_error": sum(errors) / len(errors)}


def main(package, adapter):
    """Runs the job of the first argument with the functions of a module; writes the result to the second."""
    with open(sys.argv[1]) as text:
        job = json.load(text)
    clock = Clock()
    task = {"pairs": find_pairs, "kernel": sketch, "quote": lambda a, j, c: {"found": bool(a.quote(j["quote"]))}}
    result = task[job["task"]](adapter, job, clock)
    result |= {"seconds": clock.seconds, "version": importlib.metadata.version(package) if package else ""}
    result["threads"] = threads_alive()
    with open(sys.argv[2], "w") as out:
        json.dump(result, out)


def threads_alive():
    """Threads of this process at its end: a peer that started more than it was given shows here."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("Threads:"))
