"""What the peers' scripts share: their options, their clock, their one line of JSON."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "Tests" / "Reference"
libraries = None  # bytes held once the libraries are imported


def parser(description):
    """The options that say what is measured."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--side", type=int, default=227, help="rows and columns of an image")
    parser.add_argument("--seconds", type=float, default=4, help="at least so long")
    parser.add_argument("--repeats", type=int, default=2, help="at least so many")
    return parser


def limit_threads(threads):
    """Before any library is imported: they read it once."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(threads)


def pytorch(threads):
    """torch with exactly so many threads."""
    limit_threads(threads)
    import torch

    libraries_imported()
    torch.set_num_threads(threads)
    torch.set_num_interop_threads(1)
    torch.manual_seed(0)
    return torch


def network(side):
    """The hybrid in PyTorch, as the tests know it."""
    sys.path.insert(0, str(REFERENCE))
    import network as reference

    return reference.build("hybrid", side)


def measure(step, seconds, repeats, warm=2):
    """Milliseconds of each repeat, after `warm` that do not count."""
    for _ in range(warm):
        step()
    milliseconds = []
    begin = time.perf_counter()
    while len(milliseconds) < repeats or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        step()
        milliseconds.append(round((time.perf_counter() - start) * 1e3, 3))
    return milliseconds


def memory(key):
    """VmHWM, the most bytes that this process held at once, or VmRSS, what it holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) * 1024
    return None


def libraries_imported():
    global libraries
    libraries = memory("VmRSS")


def report(**answer):
    answer |= {"peak_memory_bytes": memory("VmHWM"), "library_bytes": libraries}
    print(json.dumps(answer), flush=True)
