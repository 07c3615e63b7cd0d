"""network.json: whole networks with hashed tensors, dropout off.

For each network: its count of parameters, logits in evaluation mode, and for training steps the
logits, the loss, the gradient of every parameter and the running statistics, in float64. Beside
each stands how far PyTorch's own float32 is from it.
"""

import torch
from torch.nn import functional as F

import hashed
import network

SAMPLED = 48
VECTOR = 512
BATCH_OF_ALL_CLASSES = [2, 0, 3, 1]
ZERO = 1e-12


def distance(value, expected):
    """Relative to the norm of `expected`."""
    value, expected = value.double(), expected.double()
    return hashed.rounded(((value - expected).norm() / expected.norm()).item(), 3)


def described_images(name, count, side):
    return {"name": name, "count": count, "side": side}


def evaluation(kind, side, skip, count):
    logits = []
    for dtype in (torch.float64, torch.float32):
        model = network.hashed_network(kind, side, skip, dtype).eval()
        x = torch.from_numpy(hashed.images("network.images", count, side)).to(dtype)
        with torch.no_grad():
            logits.append(model(x))
    return {
        "images": described_images("network.images", count, side),
        "logits": logits[0].tolist(),
        "float32Distance": distance(logits[1], logits[0]),
    }


def step(kind, side, skip, labels, smoothing, frozen, dtype):
    """Loss, logits, gradients and running statistics of one step."""
    model = network.hashed_network(kind, side, skip, dtype).train()
    if frozen:
        model.spatial.eval().requires_grad_(False)
    x = torch.from_numpy(hashed.images("network.images", len(labels), side)).to(dtype)
    logits = model(x)
    loss = F.cross_entropy(logits, torch.tensor(labels), label_smoothing=smoothing)
    loss.backward()
    gradients = {n: p.grad for n, p in model.named_parameters() if p.grad is not None}
    statistics = {n: b for n, b in model.named_buffers() if "running" in n}
    return loss, logits.detach(), gradients, statistics


def training(kind, side, skip, labels=None, smoothing=0.0, frozen=False, sampled=0):
    labels = labels or BATCH_OF_ALL_CLASSES
    loss, logits, gradients, statistics = step(
        kind, side, skip, labels, smoothing, frozen, torch.float64
    )
    loss32, logits32, gradients32, statistics32 = step(
        kind, side, skip, labels, smoothing, frozen, torch.float32
    )
    return {
        "images": described_images("network.images", len(labels), side),
        "labels": labels,
        "smoothing": smoothing,
        "frozenTrunk": frozen,
        "loss": loss.item(),
        "float32Loss": loss32.item(),
        "logits": logits.tolist(),
        "float32Distance": distance(logits32, logits),
        "gradients": [
            {
                "name": name,
                "shape": list(value.shape),
                # A bias before a BatchNorm has no effect: what is left of it is rounding.
                "zero": value.norm().item() < ZERO,
                "float32Distance": (
                    0.0 if value.norm() < ZERO else distance(gradients32[name], value)
                ),
                # One flipped ReLU falls on one channel: of vectors all elements are kept, for a
                # sample that holds that channel would say too much.
                "sketch": hashed.sketch(
                    name, value.numpy(), VECTOR if sampled and value.ndim == 1 else sampled
                ),
            }
            for name, value in gradients.items()
        ],
        "statistics": [
            {
                "name": name,
                "float32Distance": distance(statistics32[name], value),
                "sketch": hashed.sketch(name, value.numpy(), sampled // 4),
            }
            for name, value in statistics.items()
        ],
    }


def case(name, kind, side=227, skip=True, count=2, trainings=()):
    """`trainings`: the arguments of `training` for each step that is wanted."""
    parameters = network.build(kind, side, skip).parameters()
    return {
        "name": name,
        "specification": network.specification(kind, side, skip),
        "parameterCount": sum(p.numel() for p in parameters),
        "evaluation": evaluation(kind, side, skip, count),
        "training": [training(kind, side, skip, **arguments) for arguments in trainings],
    }


def make():
    torch.set_num_threads(1)
    plain = [{}]
    hybrid = [
        {"sampled": SAMPLED},
        {"labels": [1, 3, 2, 0, 2, 1, 3, 0], "smoothing": 0.1},
        {"frozen": True, "smoothing": 0.1, "sampled": SAMPLED},
    ]
    return {
        "cases": [
            case("hybrid", "hybrid", count=4, trainings=hybrid),
            case("hybrid at 224", "hybrid", side=224),
            case("no global skip", "hybrid", skip=False, trainings=plain),
            case("spatial-only", "spatial-only", trainings=plain),
            case("global-only", "global-only", trainings=plain),
            case("resnet18", "resnet18", trainings=plain),
            case("plain-cnn", "plain-cnn", trainings=plain),
        ]
    }
