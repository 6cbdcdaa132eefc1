"""Starts one command from a small process and writes its usage to a file: `launcher.py USAGE CORES COMMAND…`.

Linux hands the high-water mark of memory down through fork and exec, so a child of the large driver would show the
driver's memory as its own. Figures below this small process's own (about 10 MB) cannot be seen. The command may run on so
many cores and no more, whatever threads it starts.
"""

import json
import os
import sys

usage_file, cores, *command = sys.argv[1:]
allowed = sorted(os.sched_getaffinity(0))
if len(allowed) < int(cores):
    sys.exit(f"{cores} cores asked for, {len(allowed)} allowed")
os.sched_setaffinity(0, allowed[:int(cores)])
child = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
with open(usage_file, "w") as out:
    json.dump({"cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}, out)
sys.exit(0 if os.waitstatus_to_exitcode(status) == 0 else 1)
