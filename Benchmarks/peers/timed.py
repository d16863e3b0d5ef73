"""Runs a command that tells the curves that it has read as JSON: `curves,points,processor,seconds`.

usage: timed.py COMMAND…
"""
import json
import resource
import subprocess
import sys
import time

begin = time.monotonic()
found = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=True, text=True)
wall = time.monotonic() - begin
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = json.loads(found.stdout)
seconds = [str(told[f"{part}_seconds"]) for part in ("read", "fit", "write")]
print(f"{told['curves']},,{used.ru_utime + used.ru_stime},{wall}," + ",".join(seconds))
