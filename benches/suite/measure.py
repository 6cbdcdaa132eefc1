"""Runs one process and measures it: wall clock, processor time and the most memory it held."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
SAMPLE_SECONDS = 0.1


@dataclass
class Measured:
    """What one process cost; `ended` is "done", "did not end" or "failed"."""

    ended: str
    wall: float
    cpu: float
    peak_mb: float
    errors: str


class Sampler(threading.Thread):
    """Watches a session, since a Java machine that is killed by its parent leaves no usage behind."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session, self.peak, self.cpu = session, 0, {}
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(self.look()))

    def look(self):
        for name in os.listdir("/proc"):
            if not name.isdigit():
                continue
            try:
                with open(f"/proc/{name}/stat") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == self.session and int(name) != self.session:
                self.cpu[name] = (int(fields[11]) + int(fields[12])) / TICK
                yield int(fields[21]) * PAGE


def run(command, limit, log, cores, environment=None):
    """Runs `command` on so many cores for at most `limit` seconds; what it prints goes to the file `log`."""
    usage_file = Path(f"{log}.usage")
    usage_file.unlink(missing_ok=True)
    launcher = Path(__file__).with_name("launcher.py")
    command = [sys.executable, "-S", "-I", str(launcher), str(usage_file), str(cores), *command]
    begun = time.monotonic()
    with open(log, "w") as errors:
        process = subprocess.Popen(command, stdout=errors, stderr=errors, start_new_session=True,
                                   env={**os.environ, **(environment or {})})
        sampler = Sampler(process.pid)
        sampler.start()
        late = threading.Event()
        timer = threading.Timer(limit, lambda: (late.set(), os.killpg(process.pid, signal.SIGKILL)))
        timer.start()
        process.wait()
        timer.cancel()
    wall = time.monotonic() - begun
    sampler.stopped.set()
    sampler.join()
    usage = json.loads(usage_file.read_text()) if usage_file.exists() else {"cpu": 0.0, "peak": 0}
    cpu = max(usage["cpu"], sum(sampler.cpu.values()))
    peak = max(usage["peak"], sampler.peak) / 1e6
    ended = "did not end" if late.is_set() else "done" if process.returncode == 0 else "failed"
    with open(log) as errors:
        return Measured(ended, wall, cpu, peak, errors.read())
