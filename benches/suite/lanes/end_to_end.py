"""Lane 2: a file of keys to pairs on disk; recall and precision against an exact join, beside what the formula expects."""

import sys
from collections import Counter

import inputs
import protocol
import twicetold

BRUTE_FORCE_UP_TO = 20_000  # keys; above, the exact join is the prefix join, which finds the same
EXACT_UP_TO = 200_000  # keys; above, the truth is bands at a contract of .9999
DEFAULT = "default profile"


def run(suite):
    options = suite.options
    if options.smoke:
        table(suite, "planted", 300, lambda: inputs.planted(300), options.thresholds)
    for size in () if options.smoke else options.sizes:
        table(suite, "verses", size, lambda size=size: inputs.verse_keys(inputs.verses(suite.work), size), options.thresholds)
    for size in () if options.smoke else options.synth:
        table(suite, "synth", size, lambda size=size: inputs.synth_keys(options.binary, suite.work, size), options.thresholds[:1])


def table(suite, source, size, make, thresholds):
    path, digest = suite.keys(f"{source}-{size}", make)
    text = Input(path, source, size, digest)
    for threshold in thresholds:
        name = f"2-{source}-{size:08}-{threshold}"
        print(name, file=sys.stderr)
        measure(suite, name, text, threshold)
    if not suite.options.smoke:
        default(suite, f"2-{source}-{size:08}-default", text)


class Input:
    def __init__(self, path, source, lines, digest):
        self.path, self.keys = path, protocol.read_keys(path)
        self.facts = {"source": source, "lines": lines, "keys": len(self.keys), "input": path.stem, "digest": digest}


def measure(suite, name, text, threshold):
    """All tools at one threshold of the Jaccard similarity of character 4-grams."""
    exact, flags = engine(text), twicetold.contract(threshold)
    judge = Judge(text.keys)
    first = suite.own(text.path, exact[1](threshold))
    if first["ended"] != "done":
        raise RuntimeError(f"the exact join {first['ended']}: {first.get('errors', '')}")
    judge.truth = twicetold.pairs(first["report"], text.keys)
    suite.record(name, exact[0], {**judge.own(first), "runs": 1, "walls": [first["wall"]]})
    plan = suite.own(text.path, [*flags, "--engine", "bands"])["report"]["recall"]
    setting = {"bands": plan["bands"], "rows": plan["rows"]}
    suite.facts(name, threshold=threshold, truth=len(judge.truth), exact=exact[0], theory=plan["at_threshold"], **setting,
                **text.facts)
    own = {"twicetold": lambda: judge.own(suite.own(text.path, [*flags, "--engine", "bands"])) | setting}
    jobs = {}
    job = {"task": "pairs", "keys": str(text.path), "threshold": threshold, **setting}
    for peer in suite.taking_part(2):
        jobs[peer] = lambda peer=peer: judge.peer(suite, peer, job)
    suite.limit = suite.options.large_limit if len(text.keys) > EXACT_UP_TO else suite.options.limit
    jobs = own | {tool: left_out(suite, name, tool, text) or job for tool, job in jobs.items()}
    suite.rounds(name, jobs)
    for tool in jobs:
        expect(suite, name, tool, judge.truth)


def engine(text):
    """The name of the run that gives the truth, and its flags at a threshold."""
    count = len(text.keys)
    if count <= BRUTE_FORCE_UP_TO:
        return "twicetold, brute force", lambda t: [*twicetold.contract(t), "--engine", "brute-force"]
    if count <= EXACT_UP_TO:
        return "twicetold, prefix join", lambda t: [*twicetold.contract(t), "--engine", "prefix"]
    return "twicetold, recall .9999", lambda t: [*twicetold.contract(t, 0.9999), "--engine", "bands"]


def left_out(suite, name, tool, text):
    """A stand-in for a tool that would not end, by its time on the next smaller input of the same kind, if there is one."""
    source, lines, threshold = name.split("-")[1:]
    smaller = [(facts["keys"], rows[tool]) for table, facts, rows in suite.records.tables()
               if table.startswith(f"2-{source}-") and table.endswith(f"-{threshold}") and facts.get("lines", 0) < int(lines)
               and tool in rows]
    if not smaller:
        return None
    keys, row = max(smaller, key=lambda known: known[0])
    work = min(sum(row.get("seconds", {}).values()) or row["wall"], row.get("cpu", row["wall"]))
    expected = work * len(text.keys) / keys
    if row["ended"] == "done" and expected <= suite.limit:
        return None
    why = f"{work:.0f} s for {keys:,}" if row["ended"] == "done" else f"{row['ended']} for {keys:,}"
    return lambda: {"ended": "left out", "wall": row["wall"], "errors": why}


class Judge:
    """Compares a finished run with the truth, which is complete, so that precision needs no other judge."""

    def __init__(self, keys):
        self.keys, self.truth = keys, {}

    def score(self, result, found, proposed):
        result |= {"own_pairs": proposed, "true_pairs": found, "recall": found / max(1, len(self.truth)),
                   "precision": found / max(1, proposed)}
        return result

    def own(self, result):
        if result["ended"] != "done":
            return result
        pairs = twicetold.pairs(result.pop("report"), self.keys)
        return self.score(result, len(pairs.keys() & self.truth.keys()), len(pairs))

    def peer(self, suite, peer, job):
        result = suite.peer(peer, job)
        if result["ended"] != "done":
            return result
        with open(suite.work / "pairs.txt") as lines:
            found = sum(tuple(map(int, line.split())) in self.truth for line in lines)
        return self.score(result, found, result["own_pairs"])


def expect(suite, name, tool, truth):
    """Writes the recall that the formula expects of a tool's bands over the true similarities into its row."""
    row = suite.row(name, tool)
    if row and row["ended"] == "done" and row.get("bands"):
        row["expected"] = expected(truth, row["bands"], row["rows"])
        suite.record(name, tool, row)


def expected(truth, bands, rows):
    """The mean of 1 − (1 − s^rows)^bands over similarities."""
    counted = Counter(truth.values())
    found = sum(count * (1 - (1 - s**rows) ** bands) for s, count in counted.items())
    return found / max(1, sum(counted.values()))


def default(suite, name, text):
    """The default profile, which no peer has: weighted words, evidence and shared runs."""
    jobs, judge = {}, Judge(text.keys)
    jobs["twicetold, bands"] = lambda: judged(judge, suite.own(text.path, ["--pairs", "all", "--engine", "bands"]))
    if len(text.keys) <= EXACT_UP_TO:
        first = suite.own(text.path, ["--pairs", "all", "--engine", "prefix"])
        judge.truth = twicetold.pairs(first["report"], text.keys, "jaccard_idf")
        suite.record(name, "twicetold, prefix join", {**judge.own(first), "runs": 1, "walls": [first["wall"]]})
    suite.facts(name, threshold=DEFAULT, truth=len(judge.truth), **text.facts)
    suite.rounds(name, jobs)


def judged(judge, result):
    plan = result.get("report", {}).get("recall", {})
    return judge.own(result) | {"bands": plan.get("bands"), "rows": plan.get("rows")}


def check(records):
    """What the smoke test asks: there is something to find, our exact join equals the naive one, bands keep recall."""
    for _, facts, rows in records.tables():
        exact, naive, bands = (rows[name] for name in (facts["exact"], "naive", "twicetold"))
        assert facts["truth"] > 50, facts
        assert naive["recall"] == 1 and naive["precision"] == 1 and exact["recall"] == 1, (exact, naive)
        assert bands["precision"] == 1 and bands["recall"] >= 0.9, bands
        assert abs(bands["recall"] - bands["expected"]) < 0.05, bands
    print("smoke test passed")
