"""layers.json: each layer alone, forward and backward in float64, on hashed inputs.

The gradients are those of sum(y * dy) with a hashed dy, for cross-entropy those of the mean loss.
"""

import numpy as np
import torch
import torch.nn.functional as F

import hashed

KEPT = 96
RELU_MARGIN = 1e-5


class Case:
    """One layer: its inputs by role, PyTorch's float64 and float32 results by role."""

    def __init__(self, name, kind, **settings):
        self.name, self.kind, self.settings = name, kind, settings
        self.inputs, self.labels = {}, None

    def input(self, role, *shape, scale=1.0, offset=0.0):
        self.inputs[role] = {
            "name": f"{self.name}.{role}",
            "shape": list(shape),
            "scale": float(np.float32(scale)),
            "offset": float(offset),
        }
        return self

    def values(self, dtype):
        return {
            role: torch.from_numpy(
                hashed.tensor(d["name"], d["shape"], d["scale"], d["offset"])
            ).to(dtype)
            for role, d in self.inputs.items()
        }

    def results(self, function, dtype):
        """`function` gives results by role, the output as `y`; gradients are of its inputs."""
        values = self.values(dtype)
        dy = values.pop("dy", None)
        differentiable = {r: v for r, v in values.items() if not r.startswith("running")}
        for value in differentiable.values():
            value.requires_grad_(True)
        results = function(**values)
        total = results["y"] if dy is None else (results["y"] * dy).sum()
        total.backward()
        for role, value in differentiable.items():
            results["d" + role] = value.grad
        return {r: v.detach().double().numpy() for r, v in results.items()}

    def described(self, function):
        double = self.results(function, torch.float64)
        single = self.results(function, torch.float32)
        distances = [
            np.linalg.norm((single[r] - v).ravel()) / np.linalg.norm(v.ravel())
            for r, v in double.items()
        ]
        return {
            "name": self.name,
            "kind": self.kind,
            "settings": self.settings,
            **({} if self.labels is None else {"labels": self.labels}),
            "inputs": self.inputs,
            "float32Distance": hashed.rounded(max(distances), 3),
            "expected": {
                r: hashed.sketch(f"{self.name}.{r}", v, KEPT) for r, v in double.items()
            },
        }


def convolution(name, n, channels, size, filters, kernel, stride=1, padding=0, bias=False):
    height, width = size
    out = [(s + 2 * padding - kernel) // stride + 1 for s in size]
    case = Case(name, "convolution", stride=stride, padding=padding)
    case.input("x", n, channels, height, width)
    fan_in = channels * kernel * kernel
    case.input("weight", filters, channels, kernel, kernel, scale=(6 / fan_in) ** 0.5)
    if bias:
        case.input("bias", filters, scale=0.1)
    case.input("dy", n, filters, *out)
    return case.described(
        lambda x, weight, bias=None: {"y": F.conv2d(x, weight, bias, stride, padding)}
    )


def linear(name, n, inputs, outputs):
    case = Case(name, "linear")
    case.input("x", n, inputs)
    case.input("weight", outputs, inputs, scale=(6 / inputs) ** 0.5)
    case.input("bias", outputs, scale=0.1).input("dy", n, outputs)
    return case.described(lambda x, weight, bias: {"y": F.linear(x, weight, bias)})


def batch_norm(name, shape, relu=False, residual=False, training=True, offset=0.0):
    channels = shape[1]
    case = Case(
        name, "batchNorm", relu=relu, residual=residual, training=training, eps=1e-5, momentum=0.1
    )
    case.input("x", *shape, offset=offset)
    case.input("weight", channels, scale=0.1, offset=1).input("bias", channels, scale=0.1)
    case.input("runningMean", channels, scale=0.1, offset=offset)
    case.input("runningVar", channels, scale=0.1, offset=1)
    if residual:
        case.input("residual", *shape)
    case.input("dy", *shape)

    def function(x, weight, bias, runningMean, runningVar, residual=None):
        mean, var = runningMean.clone(), runningVar.clone()
        z = F.batch_norm(x, mean, var, weight, bias, training, 0.1, 1e-5)
        if residual is not None:
            z = z + residual
        if relu and z.dtype == torch.float64:
            margin = z.detach().abs().min().item()
            assert margin > RELU_MARGIN, f"{name}: {margin:g} from a kink; take another name"
        statistics = {"runningMean": mean, "runningVar": var} if training else {}
        return {"y": F.relu(z) if relu else z, **statistics}

    return case.described(function)


def max_pool(name, shape):
    case = Case(name, "maxPool", kernel=3, stride=2, padding=1)
    out = [(s - 1) // 2 + 1 for s in shape[2:]]
    case.input("x", *shape).input("dy", *shape[:2], *out)
    return case.described(lambda x: {"y": F.max_pool2d(x, 3, 2, 1)})


def adaptive_average_pool(name, shape, output):
    case = Case(name, "adaptiveAveragePool", output=output)
    case.input("x", *shape).input("dy", *shape[:2], output, output)
    return case.described(lambda x: {"y": F.adaptive_avg_pool2d(x, output)})


def leaky_relu(name, shape):
    case = Case(name, "leakyReLU", slope=0.1)
    case.input("x", *shape).input("dy", *shape)
    return case.described(lambda x: {"y": F.leaky_relu(x, 0.1)})


def cross_entropy(name, n, smoothing, scale=3.0):
    case = Case(name, "crossEntropy", smoothing=smoothing)
    case.labels = [int(v) for v in hashed.labels(f"{name}.labels", n)]
    case.input("x", n, 4, scale=scale)
    target = torch.tensor(case.labels)

    def function(x):
        each = F.cross_entropy(x, target, label_smoothing=smoothing, reduction="none")
        return {
            "y": F.cross_entropy(x, target, label_smoothing=smoothing),
            "each": each,
            "probabilities": x.softmax(1),
        }

    return case.described(function)


def make():
    torch.set_num_threads(1)
    return {
        "cases": [
            convolution("conv3x3.9x9", 2, 32, (9, 9), 64, 3, 1, 1),
            convolution("conv3x3.13x11", 2, 32, (13, 11), 64, 3, 1, 1),
            convolution("conv3x3.8x8", 3, 64, (8, 8), 64, 3, 1, 1),
            convolution("conv3x3.15x15", 2, 128, (15, 15), 64, 3, 1, 1),
            convolution("conv3x3.57x57", 1, 64, (57, 57), 64, 3, 1, 1),
            convolution("conv3x3.deep", 2, 512, (8, 8), 512, 3, 1, 1),
            convolution("conv3x3.2x2.bias", 3, 32, (2, 2), 64, 3, 1, 1, bias=True),
            convolution("conv3x3.stride2.odd", 2, 32, (9, 9), 64, 3, 2, 1),
            convolution("conv3x3.stride2.even", 3, 32, (10, 10), 64, 3, 2, 1),
            convolution("conv3x3.stride2.29x29", 2, 128, (29, 29), 256, 3, 2, 1),
            convolution("conv3x3.valid.one-channel", 3, 1, (4, 4), 32, 3, bias=True),
            convolution("conv3x3.valid", 2, 16, (9, 7), 32, 3),
            convolution("conv2x2.valid", 3, 32, (2, 2), 64, 2, bias=True),
            convolution("conv1x1.stride2.odd", 2, 32, (9, 9), 64, 1, 2),
            convolution("conv1x1.stride2.even", 2, 64, (10, 10), 128, 1, 2),
            convolution("conv1x1.adapter", 2, 512, (8, 8), 224, 1, bias=True),
            convolution("conv1x1.2x2", 3, 320, (2, 2), 256, 1, bias=True),
            convolution("conv7x7.stem.23x23", 2, 3, (23, 23), 64, 7, 2, 3),
            convolution("conv7x7.stem.24x24", 3, 3, (24, 24), 64, 7, 2, 3),
            batch_norm("batchNorm.9x9", (3, 64, 9, 9)),
            batch_norm("batchNorm.relu", (2, 64, 7, 7), relu=True),
            batch_norm("batchNorm.residual.relu", (2, 64, 7, 7), relu=True, residual=True),
            batch_norm("batchNorm.1x1", (5, 16, 1, 1)),
            batch_norm("batchNorm.far-from-zero", (4, 32, 5, 5), offset=30),
            batch_norm("batchNorm.running", (2, 64, 5, 5), training=False),
            batch_norm(
                "batchNorm.running.residual.relu", (2, 64, 5, 5), True, True, training=False
            ),
            max_pool("maxPool.odd", (2, 64, 15, 15)),
            max_pool("maxPool.even", (3, 64, 12, 12)),
            adaptive_average_pool("adaptiveAveragePool.8to2", (2, 64, 8, 8), 2),
            adaptive_average_pool("adaptiveAveragePool.7to2", (2, 64, 7, 7), 2),
            adaptive_average_pool("adaptiveAveragePool.15to2", (3, 32, 15, 15), 2),
            adaptive_average_pool("adaptiveAveragePool.8to1", (2, 512, 8, 8), 1),
            linear("linear.1024", 3, 1024, 512),
            linear("linear.classes", 5, 512, 4),
            linear("linear.long", 4, 14700, 16),
            leaky_relu("leakyReLU", (3, 64, 2, 2)),
            cross_entropy("crossEntropy.0", 6, 0.0),
            cross_entropy("crossEntropy.0.05", 6, 0.05),
            cross_entropy("crossEntropy.0.1", 7, 0.1),
            cross_entropy("crossEntropy.large-logits", 6, 0.1, scale=200.0),
        ]
    }
