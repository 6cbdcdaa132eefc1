"""Starts one command from a small process and writes its usage to a file: `launcher.py USAGE COMMAND…`.

Linux hands the high-water mark of memory down through fork and exec, so a child of the large driver would show the
driver's memory as its own. Figures below this small process's own (about 10 MB) cannot be seen.
"""

import json
import os
import sys

child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as out:
    json.dump({"cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss * 1024}, out)
sys.exit(0 if os.waitstatus_to_exitcode(status) == 0 else 1)
