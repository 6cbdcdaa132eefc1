"""One run of the suite: its settings, inputs, and the running of tools by rounds in random order."""

import json
import random
import statistics
import sys
from pathlib import Path

import environments
import inputs
import measure
import twicetold

HERE = Path(__file__).resolve().parent
THREADS = ("OMP_NUM_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS")


class Suite:
    def __init__(self, options, peers):
        self.options, self.peers, self.work = options, peers, options.work
        self.versions, self.digests, self.commands = {"twicetold": twicetold.version(options.binary)}, {}, {}
        self.chance = random.Random(options.seed)

    def settings(self):
        """The arguments that decide the figures; no paths."""
        return {key: getattr(self.options, key)
                for key in ("sizes", "lanes", "thresholds", "crowd", "rounds", "limit", "threads", "seed")}

    def keys(self, name, make):
        """Writes an input and notes its digest."""
        path = self.work / f"{name}.txt"
        self.digests[name] = inputs.write(path, make())
        return path

    def verse_keys(self, count):
        return self.keys(f"verses-{count}", lambda: inputs.verse_keys(inputs.verses(self.work), count))

    def taking_part(self, lane):
        every = {**environments.PEERS, **environments.LOCAL}
        return [peer for peer in self.peers if lane in every[peer][2]]

    def rounds(self, jobs):
        """Runs {name: function} in every round, in a new order each time; gives {name: [result]}."""
        results = {name: [] for name in jobs}
        for _ in range(self.options.rounds):
            order = list(jobs)
            self.chance.shuffle(order)
            for name in order:
                if results[name] and results[name][-1]["ended"] != "done":
                    continue
                print(f"  {name}", end="", file=sys.stderr, flush=True)
                results[name].append(jobs[name]())
                print(f" {results[name][-1]['wall']:.1f} s", file=sys.stderr)
        return {name: median(runs) for name, runs in results.items()}

    def peer(self, peer, job):
        """Runs a peer's adapter on a job in its own environment."""
        adapter = {**environments.PEERS, **environments.LOCAL}[peer][0]
        job = {"threads": self.options.threads, "verify": True, "scratch": str(self.work / "scratch"),
               "pairs": str(self.work / "pairs.txt"), **job}
        (self.work / "job.json").write_text(json.dumps(job))
        answer = self.work / "answer.json"
        answer.unlink(missing_ok=True)
        command = [environments.python(peer, self.work / "venvs"), str(HERE / "peers" / f"{adapter}.py"),
                   str(self.work / "job.json"), str(answer)]
        environment = {name: str(self.options.threads) for name in THREADS} | {"PYTHONDONTWRITEBYTECODE": "1"}
        self.commands[peer] = f"python peers/{adapter}.py JOB ANSWER"
        cost = measure.run(command, self.options.limit, self.work / "errors.log", environment)
        result = {"ended": cost.ended, "wall": cost.wall, "cpu": cost.cpu, "peak_mb": cost.peak_mb}
        if cost.ended != "done":
            return result | ({"errors": last_line(cost.errors)} if cost.ended == "failed" else {})
        result |= json.loads(answer.read_text())
        self.versions[peer] = result.pop("version")
        return result

    def own(self, label, keys, flags):
        """Runs twicetold and reads its report, off the clock."""
        report = self.work / "report.json"
        command = [str(self.options.binary), "detect", *twicetold.BASE, "--threads", str(self.options.threads), *flags]
        self.commands[label] = " ".join(["twicetold", *command[1:], "KEYS", "--format json -o REPORT"])
        cost = measure.run([*command, str(keys), "--format", "json", "-o", str(report)], self.options.limit,
                           self.work / "errors.log")
        result = {"ended": cost.ended, "wall": cost.wall, "cpu": cost.cpu, "peak_mb": cost.peak_mb}
        if cost.ended == "done":
            result["report"] = json.loads(report.read_text())
        return result


def last_line(text):
    """The last line of an error, without paths of the machine."""
    line = (text.strip().splitlines() or [""])[-1]
    return " ".join(Path(word).name if "/" in word else word for word in line.split())[:200]


def median(runs):
    """The last run with the medians of its times."""
    last = runs[-1]
    if last["ended"] == "done":
        for part in ("wall", "cpu", "peak_mb"):
            last[part] = statistics.median(run[part] for run in runs)
        for part in last.get("seconds", {}):
            last["seconds"][part] = statistics.median(run["seconds"][part] for run in runs)
    return last | {"runs": len(runs), "walls": [round(run["wall"], 3) for run in runs]}
