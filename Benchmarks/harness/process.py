"""One contender's process: its answer, how long it took, what else the machine did meanwhile."""

import json
import os
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass

from setting import Failure

# The C library told to keep freed memory. PyTorch otherwise gives its activations back to the
# kernel at each step and pays for the page faults: with it, it is 15 to 20 % faster.
KEPT = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 34)}
DISTURBED = 0.1  # the share of the cores in other processes' hands from which on a run is flagged


class PeerFailure(Exception):
    """A peer that cannot be measured here; the others can."""


@dataclass
class Ran:
    """What a process left."""

    output: str
    seconds: float
    first_line: float  # seconds until it was printed
    others: float  # share of the cores that other processes used
    cores_used: float
    load: float
    fault: type  # of exception, if the answer is none

    @property
    def answer(self):
        try:
            return json.loads(self.output)
        except json.JSONDecodeError:
            raise self.fault(f"no JSON in what was printed: {self.output[:80]!r}") from None

    @property
    def conditions(self):
        return {
            "others": round(self.others, 3),
            "cores_used": round(self.cores_used, 2),
            "load": round(self.load, 2),
        }


def busy_seconds():
    """Seconds that all cores together worked, or were taken away, since the machine started."""
    with open("/proc/stat") as stat:
        user, nice, system, _, _, interrupt, soft, steal = map(int, stat.readline().split()[1:9])
    ticks = user + nice + system + interrupt + soft + steal
    return ticks / os.sysconf("SC_CLK_TCK")


def own_seconds():
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def run(command, kept=False, ours=False, watch=None):
    """Runs a command to its end; `watch` is called every 10 ms meanwhile."""
    fault = Failure if ours else PeerFailure
    environment = {**os.environ, **(KEPT if kept else {})}
    load, busy, own = os.getloadavg()[0], busy_seconds(), own_seconds()
    start = time.perf_counter()
    errors = tempfile.TemporaryFile("w+")
    try:
        process = subprocess.Popen(
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=errors
        )
    except OSError as error:
        raise fault(f"{command[0]}: {error.strerror}") from None
    try:
        while watch and process.poll() is None:
            watch()
            time.sleep(0.01)
        first = process.stdout.readline()
        first_line = time.perf_counter() - start
        rest, _ = process.communicate()
    except BaseException:
        process.kill()
        raise
    seconds = time.perf_counter() - start
    if process.returncode != 0:
        errors.seek(0)
        last = (errors.read().strip().splitlines() or ["no message"])[-1]
        name = f"{' '.join(command)}: " if ours else ""
        raise fault(f"{name}exit status {process.returncode}: {last}")
    worked = own_seconds() - own
    others = max(0.0, busy_seconds() - busy - worked) / (seconds * (os.cpu_count() or 1))
    return Ran(first + rest, seconds, first_line, others, worked / seconds, load, fault)
