"""One run of the suite: its settings, inputs, and the running of tools by rounds in random order."""

import json
import random
import statistics
import sys
from pathlib import Path

import environments
import inputs
import measure
import protocol
import twicetold

HERE = Path(__file__).resolve().parent
OWN_LIMIT = 900  # seconds: the exact join, which is the truth, must end


class Suite:
    def __init__(self, options, peers, records):
        self.options, self.peers, self.records = options, peers, records
        self.work, self.limit = options.work, options.limit
        self.chance = random.Random(options.seed)
        (self.work / "scratch").mkdir(parents=True, exist_ok=True)

    def settings(self):
        """The arguments that decide the figures; no paths."""
        return {key: getattr(self.options, key)
                for key in ("sizes", "synth", "lanes", "thresholds", "crowd", "rounds", "patience", "limit", "large_limit",
                            "threads", "seed")}

    def keys(self, name, make):
        """The file of an input, written if it is not there, and its digest."""
        path = self.work / f"{name}.txt"
        if not path.exists():
            inputs.write(path, make())
        return path, inputs.digest(path)

    def taking_part(self, lane):
        every = {**environments.PEERS, **environments.LOCAL}
        return [peer for peer in self.peers if lane in every[peer][2]]

    def rounds(self, table, jobs):
        """Runs {name: function} in every round, in a new order each time, and records each result at once.

        A tool that took longer than the patience, or did not end, is not run again."""
        runs = {name: [] for name in jobs if not self.is_kept(table, name)}
        for _ in range(self.options.rounds):
            order = list(runs)
            self.chance.shuffle(order)
            for name in order:
                if runs[name] and not self.again(runs[name][-1]):
                    continue
                print(f"  {name}", end="", file=sys.stderr, flush=True)
                runs[name].append(attempt(jobs[name]))
                self.record(table, name, median(runs[name]))
                print(f" {runs[name][-1]['ended']}, {runs[name][-1]['wall']:.1f} s", file=sys.stderr)

    def record(self, table, name, row):
        self.records.write(table, slug(name), {"tool": name, **row})

    def row(self, table, name):
        return self.records.read(table, slug(name))

    def facts(self, table, **facts):
        self.records.write(table, "facts", facts)

    def is_kept(self, table, name):
        """Whether a row of an earlier run stands: under --keep, of tools that are not named by --only."""
        row = self.row(table, name)
        return bool(row) and row["ended"] == "done" and name not in (self.options.only or [])

    def again(self, last):
        return last["ended"] == "done" and last["wall"] <= self.options.patience

    def peer(self, peer, job):
        """Runs a peer's adapter on a job in its own environment."""
        adapter = {**environments.PEERS, **environments.LOCAL}[peer][0]
        job = {"threads": self.options.threads, "scratch": str(self.work / "scratch"),
               "pairs": str(self.work / "pairs.txt"), **job}
        (self.work / "job.json").write_text(json.dumps(job))
        answer = self.work / "answer.json"
        answer.unlink(missing_ok=True)
        command = [environments.python(peer, self.work / "venvs"), str(HERE / "peers" / f"{adapter}.py"),
                   str(self.work / "job.json"), str(answer)]
        environment = {name: str(job["threads"]) for name in protocol.THREADS} | {"PYTHONDONTWRITEBYTECODE": "1"}
        result = self.run(command, job["threads"], environment)
        if result["ended"] == "done":
            result |= json.loads(answer.read_text())
        return result

    def own(self, keys, flags):
        """Runs twicetold and reads its report, off the clock."""
        report = self.work / "report.json"
        threads = self.options.threads
        command = [str(self.options.binary), "detect", *twicetold.BASE, "--threads", str(threads), *flags]
        result = self.run([*command, str(keys), "--format", "json", "-o", str(report)], threads, limit=OWN_LIMIT)
        if result["ended"] == "done":
            result["report"] = json.loads(report.read_text())
            result["command"] = " ".join(["twicetold", *command[1:], "KEYS", "--format json -o REPORT"])
        return result

    def run(self, command, cores, environment=None, limit=None):
        limit = self.limit if limit is None else limit
        cost = measure.run(command, limit, self.work / "errors.log", cores, environment)
        result = {"ended": cost.ended, "wall": cost.wall, "cpu": cost.cpu, "peak_mb": cost.peak_mb}
        return result | ({"errors": last_line(cost.errors)} if cost.ended == "failed" else {})


def slug(name):
    return "".join(c if c.isalnum() else "-" for c in name)


def attempt(job):
    """A job's result; what breaks in judging it is a failure of this tool and of no other."""
    try:
        return job()
    except Exception as error:  # noqa: BLE001
        return {"ended": "failed", "wall": 0.0, "errors": f"{type(error).__name__}: {last_line(str(error))}"}


def last_line(text):
    """The last line of an error, without paths of the machine."""
    line = (text.strip().splitlines() or [""])[-1]
    return " ".join(Path(word).name if "/" in word else word for word in line.split())[:200]


def median(runs):
    """The last run with the medians of its times."""
    last = dict(runs[-1])
    if last["ended"] == "done":
        for part in ("wall", "cpu", "peak_mb"):
            last[part] = statistics.median(run[part] for run in runs)
        last["seconds"] = {part: statistics.median(run["seconds"][part] for run in runs)
                           for part in last.get("seconds", {})}
    return last | {"runs": len(runs), "walls": [round(run["wall"], 3) for run in runs]}
