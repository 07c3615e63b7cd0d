"""Whole epochs from JPEG files: `ecglens train` beside a PyTorch script that does the same work."""

import json
import shutil
import statistics
import time
from dataclasses import dataclass

from plan import Job
from process import run
from speed import spread

WORKERS = [0, 1, 2]


@dataclass(frozen=True)
class Setup:
    """How PyTorch's script is run; `workers` of None is what was fastest before."""

    workers: int | None
    pixels: str  # kept in memory after they were decoded once, or decoded each time
    kept: bool  # the C library keeps freed memory

    def name(self, workers):
        memory = "memory kept" if self.kept else "as installed"
        return f"PyTorch, {workers} workers, pixels {self.pixels}, {memory}"


SETUPS = [Setup(workers, "kept", True) for workers in WORKERS]
SETUPS += [Setup(None, "kept", False), Setup(None, "decoded", True)]


class Timeline:
    """When each line of a run's `metrics.jsonl` appeared."""

    def __init__(self, path):
        self.path = path
        self.start = time.perf_counter()
        self.seen = None
        self.times = []

    def look(self):
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return
        if self.seen != (stat.st_ino, stat.st_size):
            self.seen = (stat.st_ino, stat.st_size)
            lines = self.path.read_bytes().count(b"\n")
            self.times += [time.perf_counter() - self.start] * (lines - len(self.times))


class Epochs:
    def __init__(self, setting):
        self.setting = setting
        self.threads = max(setting.threads)
        self.run_folder = setting.work / "epoch-ours"
        self.runs = {}  # name -> one entry a run

    def jobs(self):
        if "epoch" not in self.setting.parts:
            return []
        jobs = [self.job("ECGLens", ("epoch", "ours"), 20, self.ours)]
        if not self.setting.peers:
            return jobs
        for setup in SETUPS:
            name = setup.name("the best" if setup.workers is None else setup.workers)
            kind = ("epoch", setup.pixels, setup.kept)
            jobs.append(self.job(name, kind, 45, lambda setup=setup: self.peer(setup)))
        return [*jobs, self.job("ECGLens", ("epoch", "ours"), 20, self.ours)]

    def job(self, name, kind, seconds, action):
        return Job(f"epochs from JPEG files, threads {self.threads}: {name}", kind, seconds, action)

    def ours(self):
        sizes = self.setting.sizes
        cache = self.setting.work / "epoch-cache"
        shutil.rmtree(cache, ignore_errors=True)
        command = self.setting.ours(
            "train", self.setting.pages, "--out", self.run_folder, "--quiet", "--inner", "0",
            "--recipe", "paper-table3", "--draws", sizes.draws, "--epochs", sizes.epochs,
            "--batch", sizes.batch, "--threads", self.threads, "--input", sizes.side, "--cache",
            cache,
        )  # fmt: skip
        self.measure("ECGLens", command, self.run_folder, ours=True)

    def peer(self, setup):
        sizes = self.setting.sizes
        workers = self.best_workers() if setup.workers is None else setup.workers
        folder = self.setting.work / "epoch-pytorch"
        command = self.setting.peer(
            "epoch.py", self.setting.pages, "--split", self.run_folder / "split.json", "--out",
            folder, "--draws", sizes.draws, "--epochs", sizes.epochs, "--batch", sizes.batch,
            "--threads", self.threads, "--side", sizes.side, "--workers", workers, "--pixels",
            setup.pixels,
        )  # fmt: skip
        self.measure(setup.name(workers), command, folder, kept=setup.kept)

    def measure(self, name, command, folder, **how):
        shutil.rmtree(folder, ignore_errors=True)
        for page in self.setting.pages.rglob("*.jp*g"):
            page.read_bytes()  # nobody's clock shall run while the disk is read
        timeline = Timeline(folder / "metrics.jsonl")
        ran = run(command, watch=timeline.look, **how)
        timeline.look()
        lines = timeline.path.read_text().splitlines()
        following = [b - a for a, b in zip(timeline.times, timeline.times[1:])]
        self.runs.setdefault(name, []).append({
            "first": timeline.times[0],
            "following": statistics.median(following),
            "training": statistics.median(json.loads(line)["seconds"] for line in lines[1:]),
            "whole": ran.seconds,
            **ran.conditions,
        })  # fmt: skip

    def best_workers(self):
        names = {s.name(s.workers): s.workers for s in SETUPS if s.workers is not None}
        found = [name for name in names if name in self.runs]
        return names[min(found, key=lambda n: self.runs[n][0]["following"])] if found else 0

    def results(self):
        entries = []
        for name, runs in self.runs.items():
            entry = {"name": name, "runs": runs}
            for key in ("first", "following", "training", "whole"):
                entry[key] = spread([r[key] for r in runs])
                if entries:
                    entry[key]["ratio"] = entry[key]["median"] / entries[0][key]["median"]
            entries.append(entry)
        sizes = self.setting.sizes
        return {
            "threads": self.threads, "draws": sizes.draws, "epochs": sizes.epochs,
            "batch": sizes.batch, "contenders": entries,
        }  # fmt: skip
