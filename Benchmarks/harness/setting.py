"""What a run of the benchmarks was asked for, and where its files lie."""

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
BUILD = BENCHMARKS.parent / ".build"
PARTS = ["training", "inference", "memory", "layers", "epoch", "startup"]


class Failure(Exception):
    """Something of ours does not work, or the command line makes no sense; one line says what."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    side: int
    batch: int
    seconds: float  # of each measurement
    repeats: int  # at least
    pages: int
    page: str | None  # WIDTHxHEIGHT of a synthetic page
    draws: int
    epochs: int
    launches: int  # of each start-up


FULL = Sizes(227, 32, 3, 2, 160, None, 128, 3, 4)
TINY = Sizes(64, 2, 0, 1, 16, "400x300", 8, 2, 1)


@dataclass(frozen=True)
class Setting:
    parts: list
    rounds: int
    threads: list
    sizes: Sizes
    peers: bool
    ecglens: Path
    work: Path
    out: Path
    data: Path | None
    check: bool

    def ours(self, *arguments):
        return [str(self.ecglens), *map(str, arguments)]

    def peer(self, script, *arguments):
        return [sys.executable, str(BENCHMARKS / "peers" / script), *map(str, arguments)]

    @property
    def pages(self):
        """The scans that epochs and start-ups read, in class folders; synthetic unless given."""
        if self.data:
            return self.data
        folder = self.work / f"pages-{self.sizes.pages}-{self.sizes.page or 'full'}"
        if not (folder / "synth.json").exists():
            size = ["--size", self.sizes.page] if self.sizes.page else []
            must(self.ours("synth", folder, "--pages", self.sizes.pages, "--quiet", *size))
        return folder


def must(command):
    """The output of a command of ours."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError as error:
        raise Failure(
            f"{command[0]}: {error.strerror}; run scripts/build, or name another with --ecglens"
        ) from None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise Failure(f"{' '.join(command)}: exit status {done.returncode}: {last}")
    return done.stdout


def numbers(text):
    return [int(word) for word in text.split(",")]


def words(text):
    chosen = text.split(",")
    if unknown := [word for word in chosen if word not in PARTS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]}: use some of {', '.join(PARTS)}")
    return [part for part in PARTS if part in chosen]


def parse():
    cores = os.cpu_count() or 1
    parser = argparse.ArgumentParser(
        prog="Benchmarks/run", description="Measure ECGLens and its peers alternately."
    )
    add = parser.add_argument
    add("--only", type=words, default=PARTS, metavar="PARTS", help="of " + ",".join(PARTS))
    add("--rounds", type=int, help="in each of which every contender runs once (default: 3)")
    add("--threads", type=numbers, help=f"as 2,1 (default: {'2,1' if cores > 1 else '1'})")
    add("--ours-only", action="store_true", help="no peers and no figure")
    add("--tiny", action="store_true", help="see that everything runs; the numbers say nothing")
    add("--data", type=Path, help="scans in class folders (default: synthetic pages)")
    add("--out", type=Path, help="the JSON; figure and CSV lie beside it")
    add("--work", type=Path, default=BUILD / "benchmarks", help="for what is made on the way")
    add("--ecglens", type=Path, default=BUILD / "release" / "ecglens", help="the program")
    add("--check", action="store_true", help="end with status 1 if a bar is missed")
    add("--draws", type=int, help=f"images an epoch (default: {FULL.draws})")
    given = parser.parse_args()
    sizes = TINY if given.tiny else FULL
    if given.draws:
        sizes = replace(sizes, draws=given.draws)
    work = given.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    return Setting(
        parts=given.only,
        rounds=given.rounds or (1 if given.tiny else 3),
        threads=given.threads or ([1] if given.tiny or cores == 1 else [2, 1]),
        sizes=sizes,
        peers=not given.ours_only,
        ecglens=given.ecglens,
        work=work,
        out=given.out or work / "benchmarks.json",
        data=given.data,
        check=given.check,
    )
