"""Lane 1: shingle sets to signatures on one core, the error of the estimate, and recall under one-word edits."""

import json
import sys

import inputs
import protocol
import twicetold

PERMUTATIONS, THRESHOLD, EDITED = 128, 0.8, 4_000
FOUND = "found"


def run(suite):
    suite.facts("1-edits", **edits_setting(suite))
    setting = suite.records.read("1-edits", "facts")
    suite.rounds("1-edits", edit_jobs(suite, setting))
    for size in suite.options.kernel:
        table(suite, size)


def edits_setting(suite):
    path, digest = suite.keys(f"edited-{EDITED}", lambda: inputs.edited(EDITED))
    plan = suite.own(path, [*twicetold.contract(THRESHOLD), "--engine", "bands"])["report"]["recall"]
    asked, expected = expectations(protocol.read_keys(path), plan["bands"], plan["rows"])
    return {"bands": plan["bands"], "rows": plan["rows"], "threshold": THRESHOLD, "edits": list(inputs.EDITS),
            "asked": asked, "expected": expected, "input": path.stem, "digest": digest}


def edit_jobs(suite, setting):
    path, _ = suite.keys(f"edited-{EDITED}", lambda: inputs.edited(EDITED))
    keys = protocol.read_keys(path)
    flags = [*twicetold.contract(THRESHOLD), "--engine", "bands"]
    job = {"task": "pairs", "keys": str(path), **{key: setting[key] for key in ("threshold", "bands", "rows")}}

    def own():
        result = suite.own(path, flags)
        found = twicetold.pairs(result.pop("report"), keys)
        return result | {FOUND: by_edit(found, keys), "bands": setting["bands"], "rows": setting["rows"]}

    def peer(name):
        result = suite.peer(name, job)
        if result["ended"] == "done":
            with open(suite.work / "pairs.txt") as lines:
                result[FOUND] = by_edit({tuple(map(int, line.split())) for line in lines}, keys)
        return result

    return {"twicetold": own} | {name: lambda name=name: peer(name) for name in suite.taking_part(1)}


def asked_pairs(keys):
    """The planted pairs at the threshold: kind of edit, line numbers, similarity."""
    for number in range(EDITED):
        kind, pair = inputs.EDITS[number % len(inputs.EDITS)], (2 * number, 2 * number + 1)
        similarity = protocol.jaccard(*(protocol.grams(keys[at]) for at in pair))
        if similarity >= THRESHOLD:
            yield kind, pair, similarity


def expectations(keys, bands, rows):
    """How many pairs of each kind are asked for, and which share of them the formula expects."""
    asked, expected = dict.fromkeys(inputs.EDITS, 0), dict.fromkeys(inputs.EDITS, 0.0)
    for kind, _, similarity in asked_pairs(keys):
        asked[kind] += 1
        expected[kind] += 1 - (1 - similarity**rows) ** bands
    return asked, {kind: expected[kind] / max(1, asked[kind]) for kind in inputs.EDITS}


def by_edit(pairs, keys):
    """The share of planted pairs at the threshold that were found, by kind of edit."""
    asked, found = dict.fromkeys(inputs.EDITS, 0), dict.fromkeys(inputs.EDITS, 0)
    for kind, pair, _ in asked_pairs(keys):
        asked[kind] += 1
        found[kind] += pair in pairs
    return {kind: found[kind] / max(1, asked[kind]) for kind in inputs.EDITS}


def table(suite, size):
    name = f"1-signatures-{size:08}"
    print(name, file=sys.stderr)
    path, digest = suite.keys(f"sets-{size}", lambda: sets(suite, size))
    ladder, _ = suite.keys("ladder", inputs.ladder)
    exact = [protocol.jaccard(set(a), set(b)) for a, b in paired(protocol.read_sets(ladder))]
    suite.facts(name, keys=size, permutations=PERMUTATIONS, input=path.stem, digest=digest, pairs=len(exact),
                expected=sum(s * (1 - s) for s in exact) / len(exact) / PERMUTATIONS)
    job = {"task": "kernel", "keys": "", "sets": str(path), "ladder": str(ladder), "permutations": PERMUTATIONS, "threads": 1}
    jobs = {"twicetold": lambda: own(suite, path, ladder)}
    jobs |= {peer: lambda peer=peer: suite.peer(peer, job) for peer in suite.taking_part(1)}
    suite.rounds(name, {tool: lambda job=job: judged(job(), exact) for tool, job in jobs.items()})


def sets(suite, size):
    keys = inputs.verse_keys(inputs.verses(suite.work), size)
    return ("\t".join(sorted(protocol.grams(key))) for key in keys)


def paired(lines):
    return zip(lines[::2], lines[1::2])


def own(suite, path, ladder):
    """The example `signatures`, built beside the program."""
    binary = suite.options.binary.parent / "examples/signatures"
    answer = suite.work / "errors.log"
    result = suite.run([str(binary), str(PERMUTATIONS), str(path), str(ladder)], 1)
    if result["ended"] == "done":
        said = json.loads(answer.read_text())
        result |= {"seconds": {"core": said["from_texts"], "ids": said["from_ids"]}, "shingles": said["shingles"],
                   "estimates": said["estimates"]}
    return result


def judged(result, exact):
    if result["ended"] == "done":
        errors = [(estimate - true) ** 2 for estimate, true in zip(result.pop("estimates"), exact, strict=True)]
        result["mean_squared_error"] = sum(errors) / len(errors)
    return result
