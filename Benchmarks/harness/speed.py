"""Whole steps: training and inference, each contender once a round in a process of its own."""

import statistics
from dataclasses import dataclass, field

from contenders import INFERENCE, TRAINING
from plan import Job
from process import DISTURBED, run
from setting import Failure

STEP = {("training", False): 2.4, ("inference", False): 0.7, ("inference", True): 0.025}


@dataclass
class Cell:
    """One task at one batch size on a number of threads."""

    task: str
    batch: int
    threads: int
    rounds: int
    seconds: float
    runs: dict = field(default_factory=dict)  # by contender and round

    @property
    def label(self):
        return f"{self.task}, batch {self.batch}, threads {self.threads}"

    @property
    def contenders(self):
        return TRAINING if self.task == "training" else INFERENCE

    @property
    def guess(self):
        return STEP[self.task, self.batch == 1] / self.threads


class Speed:
    def __init__(self, setting):
        self.setting = setting
        sizes, rounds = setting.sizes, setting.rounds
        self.cells = []
        if "training" in setting.parts:
            for threads in setting.threads:
                self.cells.append(Cell("training", sizes.batch, threads, rounds, sizes.seconds))
        elif "memory" in setting.parts:
            self.cells.append(Cell("training", sizes.batch, max(setting.threads), 1, 0))
        if "inference" in setting.parts:
            for batch in (sizes.batch, 1):
                for threads in setting.threads:
                    self.cells.append(Cell("inference", batch, threads, rounds, sizes.seconds))

    def jobs(self):
        jobs = []
        if self.setting.peers:
            for batch in sorted({c.batch for c in self.cells if c.task == "inference"}):
                label = f"exporting the network for batches of {batch}"
                jobs.append(Job(label, ("export",), 12, lambda batch=batch: self.export(batch)))
        for number in range(self.setting.rounds):
            for cell in self.cells:
                if number < cell.rounds:
                    jobs += self.round(cell, number)
        return jobs

    def round(self, cell, number):
        """Each contender once; another one begins in the next round."""
        contenders = [c for c in cell.contenders if c.ours or self.setting.peers]
        turn = number % len(contenders)
        for contender in contenders[turn:] + contenders[:turn]:
            seconds = contender.start + cell.guess * 2 + max(cell.seconds, 2 * cell.guess)
            yield Job(
                f"round {number + 1}: {cell.label}: {contender.name}",
                (cell.label, contender.name), seconds,
                lambda contender=contender: self.measure(cell, contender, number),
            )  # fmt: skip

    def model(self, batch):
        return self.setting.work / f"hybrid-{self.setting.sizes.side}-b{batch}.onnx"

    def export(self, batch):
        if not self.model(batch).exists():
            out = ("--out", self.model(batch), "--side", self.setting.sizes.side)
            run(self.setting.peer("export.py", "--batch", batch, *out))

    def measure(self, cell, contender, number):
        runs = cell.runs.setdefault(contender.name, {})
        command = self.ours(cell, runs) if contender.ours else self.peer(cell, contender)
        ran = run(command, kept=contender.kept, ours=contender.ours)
        answer = ran.answer
        if contender.ours:
            result = answer["results"][0]
            if (result["batch"], result["threads"]) != (cell.batch, cell.threads):
                raise Failure(f"{' '.join(command)}: another measurement came back")
            answer |= {"milliseconds": result["milliseconds"], "precision": "fp32"}
        runs[number] = {
            "milliseconds": answer["milliseconds"],
            "precision": answer["precision"],
            "instruction_set": answer.get("instruction_set"),
            "version": answer.get("version"),
            "peak_memory_bytes": answer.get("peak_memory_bytes"),
            "library_bytes": answer.get("library_bytes"),
            **ran.conditions,
        }

    def ours(self, cell, earlier):
        sizes = self.setting.sizes
        times = [t for ran in earlier.values() for t in ran["milliseconds"]]
        step = statistics.median(times) / 1e3 if times else cell.guess
        repeats = min(2000, max(sizes.repeats, round(cell.seconds / step)))
        return self.setting.ours(
            "bench", "--json", "--quiet", "--task", cell.task, "--batch", cell.batch,
            "--threads", cell.threads, "--repeats", repeats, "--input", sizes.side,
        )  # fmt: skip

    def peer(self, cell, contender):
        sizes = self.setting.sizes
        task = ["--task", cell.task] if contender.script == "pytorch.py" else []
        model = [] if task else ["--model", self.model(cell.batch)]
        return self.setting.peer(
            contender.script, *contender.arguments, *task, *model, "--batch", cell.batch,
            "--threads", cell.threads, "--side", sizes.side, "--seconds", cell.seconds,
            "--repeats", sizes.repeats,
        )  # fmt: skip

    def results(self):
        return [summary(cell) for cell in self.cells if cell.runs.get(cell.contenders[0].name)]


def spread(values):
    return {"median": statistics.median(values), "low": min(values), "high": max(values)}


def summary(cell):
    """Medians, and ratios to ours in the same round, by contender; ours is the first."""
    medians = {
        name: {number: statistics.median(ran["milliseconds"]) for number, ran in runs.items()}
        for name, runs in cell.runs.items()
    }
    own = medians[cell.contenders[0].name]
    entries = []
    for contender in cell.contenders:
        runs = cell.runs.get(contender.name)
        if not runs:
            continue
        times = medians[contender.name]
        entry = {
            "name": contender.name,
            "precision": contender.precision,
            "kept": contender.kept,
            "found_precision": next(iter(runs.values()))["precision"],
            "milliseconds": statistics.median(times.values()),
            "peak_memory_bytes": max(r["peak_memory_bytes"] or 0 for r in runs.values()),
            "library_bytes": max(r["library_bytes"] or 0 for r in runs.values()),
            "runs": [{"round": number + 1, **ran} for number, ran in sorted(runs.items())],
        }
        entry["images_per_second"] = 1e3 * cell.batch / entry["milliseconds"]
        common = sorted(own.keys() & times.keys())
        if not contender.ours and common:
            entry["ratio"] = spread([times[number] / own[number] for number in common])
        entries.append(entry)
    disturbed = {
        number + 1
        for runs in cell.runs.values()
        for number, ran in runs.items()
        if ran["others"] > DISTURBED
    }
    return {
        "task": cell.task,
        "batch": cell.batch,
        "threads": cell.threads,
        "rounds": len(own),
        "disturbed_rounds": sorted(disturbed),
        "contenders": entries,
    }
