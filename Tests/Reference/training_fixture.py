"""training.json: ten steps of the recipe `paper-table3` on hashed images, dropout off.

Adam at 1e-4; two batches of 8, every class twice, take turns, so that the loss falls. The tensors
are the hashed ones, but weights outside the trunk (two and more dimensions) are multiplied by
sqrt(1/6): their bound becomes PyTorch's initial 1 / sqrt(fan-in), and training begins as it does.
In float64; beside it PyTorch's float32 in two memory layouts: rounding alone moves the losses so
far.
"""

import numpy as np
import torch
from torch.nn import functional as F

import hashed
import network

STEPS, BATCH, SIDE, RATE = 10, 8, 227, 1e-4
LABELS = [i % 4 for i in range(BATCH)]
REST_SCALE = np.float32((1 / 6) ** 0.5)
KEPT = 16


def run(dtype, layout=torch.contiguous_format):
    """Losses, evaluation logits afterwards, and the state."""
    model = network.hashed_network(dtype=dtype).to(memory_format=layout).train()
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.dim() > 1 and not name.startswith("spatial."):
                p.copy_(p.float() * REST_SCALE)
    rule = torch.optim.Adam(model.parameters(), lr=RATE)
    batches = [
        torch.from_numpy(hashed.images(f"training.images.{i}", BATCH, SIDE)).to(dtype)
        for i in range(2)
    ]
    losses = []
    for t in range(STEPS):
        rule.zero_grad()
        x = batches[t % 2].contiguous(memory_format=layout)
        loss = F.cross_entropy(model(x), torch.tensor(LABELS))
        loss.backward()
        rule.step()
        losses.append(loss.item())
    model.eval()
    with torch.no_grad():
        logits = model(batches[0][:2])
    return losses, logits, {n: v.double() for n, v in model.state_dict().items()}


def relative(value, expected):
    return hashed.rounded(((value.double() - expected).norm() / expected.norm()).item(), 3)


def make():
    torch.set_num_threads(1)
    losses, logits, state = run(torch.float64)
    singles = [run(torch.float32), run(torch.float32, torch.channels_last)]
    farthest, distances = 0.0, []
    for t, loss in enumerate(losses):
        farthest = max(farthest, *(abs(s[0][t] - loss) for s in singles))
        distances.append(hashed.rounded(farthest, 3))

    def described(name):
        return {
            "name": name,
            "shape": list(state[name].shape),
            "float32Distance": max(relative(s[2][name], state[name]) for s in singles),
            "sketch": hashed.sketch(name, state[name].numpy(), KEPT),
        }

    return {
        "specification": network.specification(),
        "recipe": "paper-table3",
        "rate": RATE,
        "restWeightScale": float(REST_SCALE),
        # One entry for each step.
        "images": [
            {"name": f"training.images.{t % 2}", "count": BATCH, "side": SIDE}
            for t in range(STEPS)
        ],
        "labels": LABELS,
        "losses": losses,
        "float32Losses": [s[0] for s in singles],
        # The largest at this step or before, in either layout.
        "float32Distances": distances,
        "logitsAfter": logits.tolist(),
        "logitsAfterFloat32Distance": max(relative(s[1], logits) for s in singles),
        "statistics": [described(n) for n in state if "running" in n],
        "parameters": [
            described(n) for n in ("spatial.conv1.weight", "fc01.weight", "fc03.weight")
        ],
    }
