"""Lane 2: a file of keys to pairs on disk, recall and precision against an exact join."""

import sys

import inputs
import protocol
import twicetold


def run(suite):
    return [table(suite, size, threshold) for size in suite.options.sizes for threshold in suite.options.thresholds]


def table(suite, size, threshold):
    print(f"lane 2: {size} keys, {threshold}", file=sys.stderr)
    path = (suite.keys(f"planted-{size}", lambda: inputs.planted(size)) if suite.options.smoke
            else suite.verse_keys(size))
    keys = protocol.read_keys(path)
    flags = twicetold.contract(threshold)
    plan = suite.own(f"twicetold bands {threshold}", path, [*flags, "--engine", "bands"])["report"]["recall"]
    job = {"task": "pairs", "keys": str(path), "threshold": threshold, "bands": plan["bands"], "rows": plan["rows"]}
    truth, jobs, judge = set(), {}, Judge(keys, threshold)
    jobs["twicetold --exact"] = lambda: judge.own(suite.own(f"twicetold exact {threshold}", path, [*flags, "--exact"]))
    jobs["twicetold"] = lambda: judge.own(suite.own(f"twicetold bands {threshold}", path, [*flags, "--engine", "bands"]))
    jobs["twicetold, default profile"] = lambda: judge.own(suite.own("twicetold default", path, ["--pairs", "all"]))
    for peer in suite.taking_part(2):
        jobs[peer] = lambda peer=peer: judge.peer(suite, peer, job)
    rows = suite.rounds(jobs)
    truth = rows["twicetold --exact"]["found"]
    for row in rows.values():
        if row["ended"] == "done":
            score(row, truth)
        row.pop("found", None)
    return {"size": size, "threshold": threshold, "bands": plan["bands"], "rows": plan["rows"],
            "theory": 1 - (1 - threshold ** plan["rows"]) ** plan["bands"], "truth": len(truth), "tools": rows}


class Judge:
    """Turns a finished run into the set of its pairs that truly reach the threshold, judged by plain sets."""

    def __init__(self, keys, threshold):
        self.keys, self.threshold, self.sets = keys, threshold, {}

    def true(self, pairs):
        for at in {at for pair in pairs for at in pair} - self.sets.keys():
            self.sets[at] = protocol.grams(self.keys[at])
        return {p for p in pairs if protocol.jaccard(self.sets[p[0]], self.sets[p[1]]) >= self.threshold}

    def own(self, result):
        if result["ended"] == "done":
            pairs = twicetold.pairs(result.pop("report"), self.keys)
            result |= {"own_pairs": len(pairs), "found": self.true(pairs)}
        return result

    def peer(self, suite, peer, job):
        result = suite.peer(peer, job)
        if result["ended"] == "done":
            with open(suite.work / "pairs.txt") as lines:
                result["found"] = self.true({tuple(map(int, line.split())) for line in lines})
        return result


def score(row, truth):
    found = row["found"]
    row["true_pairs"] = len(found)
    row["recall"] = len(found & truth) / max(1, len(truth))
    row["precision"] = len(found) / max(1, row["own_pairs"])
    row["not_in_truth"] = len(found - truth)


def check(lane):
    """What the smoke test asks: there is something to find, our exact join equals the naive one, bands keep recall."""
    for table in lane:
        exact, naive, bands = (table["tools"][name] for name in ("twicetold --exact", "naive", "twicetold"))
        assert table["truth"] > 50, table["truth"]
        assert exact["precision"] == 1 and naive["recall"] == 1 and naive["not_in_truth"] == 0, (exact, naive)
        assert bands["precision"] == 1 and bands["recall"] >= 0.9, bands
    print("smoke test passed")
