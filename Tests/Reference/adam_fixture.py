"""adam.json: ten steps of PyTorch's Adam and AdamW in float64 on given gradients.

Parameters are hashed under their names; the gradient of step t (1...) is hashed under
NAME.gradient.t with the tensor's scale. Two tensors have gradients as small as Adam's epsilon and
smaller, where the order of root, correction and epsilon shows.
"""

import numpy as np
import torch

import hashed

STEPS = 10
TENSORS = [
    ("spatial.adam.weight", (5, 13), 0.02),
    ("spatial.adam.bias", (16,), 1e-8),
    ("adam.weight", (3, 7, 3), 1.0),
    ("adam.bias", (11,), 1e-10),
]
OPTIMISERS = [
    ("adam, one rate", torch.optim.Adam, 1e-4, 1e-4, 0.0),
    ("adam, a rate for each group", torch.optim.Adam, 1e-4, 3e-4, 0.0),
    ("adamw, one rate", torch.optim.AdamW, 1e-3, 1e-3, 0.05),
    ("adamw, a rate for each group", torch.optim.AdamW, 5e-4, 1e-3, 0.05),
]


def gradient(name, shape, scale, step):
    return torch.from_numpy(hashed.tensor(f"{name}.gradient.{step}", shape, scale))


def run(optimiser, trunk_rate, rest_rate, weight_decay, dtype):
    """Parameters and moments after ten steps, by tensor."""
    parameters = {
        n: torch.nn.Parameter(torch.from_numpy(hashed.tensor(n, shape, 0.1)).to(dtype))
        for n, shape, _ in TENSORS
    }
    trunk = [p for n, p in parameters.items() if n.startswith("spatial.")]
    rest = [p for n, p in parameters.items() if not n.startswith("spatial.")]
    groups = [{"params": trunk, "lr": trunk_rate}, {"params": rest, "lr": rest_rate}]
    rule = optimiser(groups, betas=(0.9, 0.999), eps=1e-8, weight_decay=weight_decay)
    for t in range(1, STEPS + 1):
        for name, shape, scale in TENSORS:
            parameters[name].grad = gradient(name, shape, scale, t).to(dtype)
        rule.step()
    return {
        n: (p.detach(), rule.state[p]["exp_avg"], rule.state[p]["exp_avg_sq"])
        for n, p in parameters.items()
    }


def described(name, optimiser, trunk_rate, rest_rate, weight_decay):
    double = run(optimiser, trunk_rate, rest_rate, weight_decay, torch.float64)
    single = run(optimiser, trunk_rate, rest_rate, weight_decay, torch.float32)
    tensors = []
    for tensor, shape, scale in TENSORS:
        values = [v.flatten().tolist() for v in double[tensor]]
        far = [
            ((s.double() - d).norm() / d.norm()).item()
            for s, d in zip(single[tensor], double[tensor])
        ]
        tensors.append(
            {
                "name": tensor,
                "shape": list(shape),
                "gradientScale": float(np.float32(scale)),
                "float32Distance": hashed.rounded(max(far), 3),
                **dict(zip(("values", "firstMoment", "secondMoment"), values)),
            }
        )
    return {
        "name": name,
        "trunkRate": trunk_rate,
        "restRate": rest_rate,
        "weightDecay": weight_decay,
        "tensors": tensors,
    }


def make():
    return {
        "steps": STEPS,
        "initialScale": float(np.float32(0.1)),
        "firstDecay": 0.9,
        "secondDecay": 0.999,
        "epsilon": 1e-8,
        "cases": [described(*o) for o in OPTIMISERS],
    }
