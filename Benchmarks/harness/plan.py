"""The list of everything that will be measured, and how long is left."""

import sys
import time
from dataclasses import dataclass
from typing import Callable

from process import PeerFailure
from setting import Failure


@dataclass
class Job:
    """One process, or a few that belong together."""

    label: str
    kind: tuple  # jobs of one kind take about as long as each other
    seconds: float  # a first guess
    action: Callable


class Clock:
    """Guesses what is left from what was: a kind's own times, else the guesses, corrected."""

    def __init__(self):
        self.times = {}
        self.spent = self.guessed = 0.0

    def note(self, job, seconds):
        self.times.setdefault(job.kind, []).append(seconds)
        self.spent += seconds
        self.guessed += job.seconds

    def left(self, jobs):
        factor = self.spent / self.guessed if self.guessed else 1
        return sum(
            sum(seen) / len(seen) if (seen := self.times.get(job.kind)) else job.seconds * factor
            for job in jobs
        )


def minutes(seconds):
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


def carry_out(jobs):
    """Runs the jobs in their order; returns the faults of peers, and what ended it too early."""
    clock, faults = Clock(), []
    for index, job in enumerate(jobs):
        left = minutes(clock.left(jobs[index:]))
        print(f"[{index + 1}/{len(jobs)}] {job.label} (about {left} left)", file=sys.stderr)
        start = time.perf_counter()
        try:
            job.action()
        except PeerFailure as fault:
            faults.append(f"{job.label}: {fault}")
            print(f"left out: {faults[-1]}", file=sys.stderr)
        except Failure as failure:
            return faults, str(failure)
        except KeyboardInterrupt:
            return faults, "interrupted"
        clock.note(job, time.perf_counter() - start)
    return faults, None
