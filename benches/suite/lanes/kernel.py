"""Lane 1: signatures of shingle sets on one core, the error of the estimate, and recall under one-word edits.

twicetold has no command that stops at signatures, so it takes part with the recall under edits alone.
"""

import sys

import inputs
import protocol
import twicetold

PERMUTATIONS, THRESHOLD, EDITED = 128, 0.8, 2_000


def run(suite):
    path = suite.keys("edited", lambda: inputs.edited(EDITED))
    keys = protocol.read_keys(path)
    flags = [*twicetold.contract(THRESHOLD), "--engine", "bands"]
    own = suite.own("twicetold edits", path, flags)["report"]
    recall = {"twicetold": by_edit(twicetold.pairs(own, keys), keys)}
    plan = own["recall"]
    job = {"task": "pairs", "keys": str(path), "threshold": THRESHOLD, "bands": plan["bands"], "rows": plan["rows"]}
    for peer in suite.taking_part(1):
        if suite.peer(peer, job)["ended"] == "done":
            with open(suite.work / "pairs.txt") as lines:
                recall[peer] = by_edit({tuple(map(int, line.split())) for line in lines}, keys)
    return [table(suite, size, plan, recall) for size in suite.options.sizes]


def by_edit(pairs, keys):
    """The share of planted pairs at the threshold that were found, by kind of edit."""
    asked, found = dict.fromkeys(inputs.EDITS, 0), dict.fromkeys(inputs.EDITS, 0)
    for number in range(EDITED):
        kind, pair = inputs.EDITS[number % len(inputs.EDITS)], (2 * number, 2 * number + 1)
        if protocol.jaccard(protocol.grams(keys[pair[0]]), protocol.grams(keys[pair[1]])) >= THRESHOLD:
            asked[kind] += 1
            found[kind] += pair in pairs
    return {kind: found[kind] / max(1, asked[kind]) for kind in inputs.EDITS}


def table(suite, size, plan, recall):
    print(f"lane 1: {size} keys", file=sys.stderr)
    job = {"task": "kernel", "keys": str(suite.verse_keys(size)), "permutations": PERMUTATIONS, "threads": 1}
    tools = suite.rounds({peer: lambda peer=peer: suite.peer(peer, job) for peer in suite.taking_part(1)})
    for peer, row in tools.items():
        row["edits"] = recall.get(peer, {})
        row["core"] = row.get("seconds", {}).get("core")
    return {"size": size, "permutations": PERMUTATIONS, "bands": plan["bands"], "rows": plan["rows"],
            "edited": EDITED, "edits": list(inputs.EDITS), "own_edits": recall["twicetold"], "tools": tools}
