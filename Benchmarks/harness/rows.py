"""The rows that the speed is judged by: which peer, what ratio at least, and what is aimed at."""

from dataclasses import dataclass
from typing import Callable


def fp32(contender):
    return contender["precision"] == "fp32"


def fp32_installed(contender):
    return fp32(contender) and not contender["kept"]


def fp32_kept(contender):
    return fp32(contender) and contender["kept"]


def bf16_kept(contender):
    return contender["precision"] == "bf16" and contender["kept"]


def openvino_default(contender):
    return contender["precision"] == "default"


@dataclass(frozen=True)
class Row:
    """The fastest of some contenders, and the ratio that is wanted: on one thread, on more."""

    label: str
    task: str
    single: bool  # batch 1
    among: Callable
    bars: tuple = (None, None)
    goal: float | None = None


ROWS = [
    Row("training b{}, PyTorch fp32 as installed", "training", False, fp32_installed, (2, 2), 2.8),
    Row("training b{}, PyTorch fp32, memory kept", "training", False, fp32_kept, (1.7, 1.7), 2.5),
    Row("training b{}, PyTorch bf16, memory kept", "training", False, bf16_kept, (1, 1), 1.4),
    Row("inference b{}, best fp32 of all", "inference", False, fp32, (1.8, 1.8), 2.2),
    Row("inference b{}, best fp32 of all", "inference", True, fp32, (1.4, 1.2), 1.6),
    Row("inference b{}, OpenVINO default (bf16)", "inference", False, openvino_default),
    Row("inference b{}, OpenVINO default (bf16)", "inference", True, openvino_default),
]


def judge(cells):
    """The rows with their ratios: each against the peer that was fastest over all rounds."""
    judged = []
    for row in ROWS:
        for cell in cells:
            if cell["task"] != row.task or (cell["batch"] == 1) != row.single:
                continue
            peers = [c for c in cell["contenders"] if "ratio" in c and row.among(c)]
            if peers:
                judged.append(verdict(row, cell, min(peers, key=lambda c: c["ratio"]["median"])))
    return judged


def verdict(row, cell, peer):
    ratio = peer["ratio"]["median"]
    bar = row.bars[0 if cell["threads"] == 1 else 1]
    if bar is None:
        words = "reported"
    elif ratio < bar:
        words = "missed"
    else:
        words = "goal reached" if ratio >= row.goal else "reached"
    return {
        "row": row.label.format(cell["batch"]),
        "threads": cell["threads"],
        "ours_ms": cell["contenders"][0]["milliseconds"],
        "peer_ms": peer["milliseconds"],
        "peer": peer["name"],
        "precision": peer["found_precision"],
        "ratio": peer["ratio"],
        "bar": bar,
        "goal": row.goal,
        "verdict": words,
        "rounds": cell["rounds"],
        "disturbed_rounds": cell["disturbed_rounds"],
    }
