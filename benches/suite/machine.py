"""The machine in words that name no host: processor model, cores, memory, system."""

import os
import platform
import re
from pathlib import Path


def processor():
    match = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return re.sub(r"\((R|TM)\)", "", match[1]).strip() if match else platform.machine()


def widest():
    flags = Path("/proc/cpuinfo").read_text()
    return next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in flags), "no AVX2")


def facts():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {"processor": processor(), "vectors": widest(), "cores": os.cpu_count(), "memory_gb": round(memory),
            "system": platform.system(), "python": platform.python_version(),
            "load_at_start": round(os.getloadavg()[0], 1)}


def name():
    return re.sub("[^a-z0-9]+", "-", f"{processor()} {os.cpu_count()} cores".lower()).strip("-")
