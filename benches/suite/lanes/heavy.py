"""Lane 3: one line many times, as many one-word variants of it, and as many others."""

import sys
from collections import Counter

import inputs
import protocol
import twicetold

THRESHOLD = 0.8


def run(suite):
    for count in suite.options.crowd:
        table(suite, count)


def table(suite, count):
    name = f"3-heavy-{count:08}"
    print(name, file=sys.stderr)
    path, digest = suite.keys(f"heavy-{count}", lambda: inputs.heavy(count))
    base = Counter(protocol.read_keys(path)).most_common(1)[0][0]
    flags = ["star" if flag == "all" else flag for flag in twicetold.contract(THRESHOLD)] + ["--engine", "bands"]
    plan = suite.own(path, flags)["report"]["recall"]
    setting = {"bands": plan["bands"], "rows": plan["rows"]}
    suite.facts(name, count=count, threshold=THRESHOLD, input=path.stem, digest=digest, **setting)
    job = {"task": "pairs", "keys": str(path), "threshold": THRESHOLD, "base": base, **setting}
    jobs = {"twicetold": lambda: members(suite.own(path, flags), base)}
    for peer in suite.taking_part(3):
        jobs[peer] = lambda peer=peer: suite.peer(peer, job)
    suite.rounds(name, jobs)


def members(result, base):
    """Places in the clusters that hold the base line; copies of one text are places of one sentence."""
    if result["ended"] != "done":
        return result
    report = result.pop("report")
    places = {s["id"]: len(s["places"]) for s in report["sentences"]}
    own = {s["id"] for s in report["sentences"] if s["text"] == base}
    held = {m for c in report["clusters"] if own & set(c["members"]) for m in c["members"]}
    return result | {"own_pairs": len(report["pairs"]), "members": sum(places[m] for m in held)}
