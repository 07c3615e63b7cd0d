"""The training step by layer: ours beside the same layers alone in PyTorch, summed into groups."""

import re
import statistics
from collections import defaultdict

from plan import Job
from process import run
from setting import must
from speed import spread

GROUPS = [
    "stem 7x7", "stem normalised, pooled", "layer1 3x3", "layer2 3x3", "layer3 3x3", "layer4 3x3",
    "strided 3x3", "1x1", "normalisation", "wide linear", "head", "optimiser",
]  # fmt: skip
LAYOUTS = ["default", "channels_last"]


def group(name, kind):
    """Where a layer counts."""
    if name == "spatial.conv1":
        return "stem 7x7"
    if name in ("spatial.bn1", "spatial.maxpool"):  # one step of ours
        return "stem normalised, pooled"
    if name == "fc01":
        return "wide linear"
    if name == "adapter" or name.endswith("downsample.0"):
        return "1x1"
    if name.startswith("spatial.") and kind == "batch-normalization":
        return "normalisation"
    if block := re.fullmatch(r"spatial\.(layer\d)\.\d\.conv\d", name):
        strided = re.fullmatch(r"spatial\.layer[234]\.0\.conv1", name)
        return "strided 3x3" if strided else f"{block[1]} 3x3"
    return "head"


def total(layer):
    return layer["prepare"] + layer["forward"] + layer["backward"]


def sums(layers, update):
    """Milliseconds by group."""
    found = defaultdict(float)
    for layer in layers:
        found[group(layer["name"], layer["kind"])] += total(layer)
    found["optimiser"] += update
    return dict(found)


def faster(answers):
    """Of each layer the faster layout."""
    layers = [min(both, key=total) for both in zip(*(a["layers"] for a in answers))]
    return sums(layers, min(a["update"] for a in answers))


class Layers:
    def __init__(self, setting):
        self.setting = setting
        self.rounds = max(1, setting.rounds // 3)
        self.runs = {}  # (threads, who) -> one answer a round
        self.absent = None

    def jobs(self):
        if "layers" not in self.setting.parts:
            return []
        if "--layers" not in must(self.setting.ours("bench", "--help")):
            self.absent = "`ecglens bench` of this program has no --layers"
            return []
        return [
            Job(
                f"by layer, threads {threads}: {who}", ("layers", threads, who), 20 / threads,
                lambda threads=threads, who=who: self.measure(threads, who),
            )
            for _ in range(self.rounds)
            for threads in self.setting.threads
            for who in ["ours", *(LAYOUTS if self.setting.peers else [])]
        ]  # fmt: skip

    def measure(self, threads, who):
        sizes = self.setting.sizes
        size = ["--batch", sizes.batch, "--threads", threads, "--repeats", max(1, sizes.repeats)]
        if who == "ours":
            command = self.setting.ours(
                "bench", "--json", "--quiet", "--task", "training", "--layers", *size, "--input",
                sizes.side,
            )  # fmt: skip
            answer = run(command, ours=True).answer["results"][0]
        else:
            command = self.setting.peer("layers.py", "--layout", who, "--side", sizes.side, *size)
            answer = run(command, kept=True).answer
        self.runs.setdefault((threads, who), []).append(answer)

    def results(self):
        if self.absent:
            return {"absent": self.absent}
        tables = []
        for threads in self.setting.threads:
            ours = [sums(a["layers"], a["update"]) for a in self.runs.get((threads, "ours"), [])]
            both = zip(*(self.runs.get((threads, layout), []) for layout in LAYOUTS))
            peers = [faster(answers) for answers in both]
            if ours:
                tables.append({"threads": threads, "groups": compare(ours, peers)})
        return {"tables": tables}


def compare(ours, peers):
    """One line a group, and their sum; the ratio is of the same round."""
    lines = []
    for name in [*GROUPS, "sum"]:
        own, theirs = (
            [sum(f.values()) if name == "sum" else f.get(name, 0) for f in found]
            for found in (ours, peers)
        )
        line = {"group": name, "ours_ms": statistics.median(own)}
        if theirs:
            line["pytorch_ms"] = statistics.median(theirs)
            if all(own):
                line["ratio"] = spread([p / o for p, o in zip(theirs, own)])
        lines.append(line)
    return lines
