"""training.json: ten steps of the recipe `paper-table3` on hashed images, dropout off.

Adam at 1e-4 from hashed tensors, a new batch of 8 at each step, every class twice. In float64;
beside it PyTorch's float32 by three ways of convolving: rounding alone moves the losses so far.
"""

import torch
from torch.nn import functional as F

import hashed
import network

STEPS, BATCH, SIDE, RATE = 10, 8, 227, 1e-4
LABELS = [i % 4 for i in range(BATCH)]
KEPT = 16


def run(dtype, layout=torch.contiguous_format):
    """Losses, evaluation logits afterwards, and the state."""
    model = network.hashed_network(dtype=dtype).to(memory_format=layout).train()
    rule = torch.optim.Adam(model.parameters(), lr=RATE)
    batches = [
        torch.from_numpy(hashed.images(f"training.images.{i}", BATCH, SIDE)).to(dtype)
        for i in range(STEPS)
    ]
    losses = []
    for t in range(STEPS):
        rule.zero_grad()
        x = batches[t].contiguous(memory_format=layout)
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
    with torch.backends.mkldnn.flags(enabled=False):
        singles.append(run(torch.float32))
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
        "images": [
            {"name": f"training.images.{i}", "count": BATCH, "side": SIDE}
            for i in range(STEPS)
        ],
        "labels": LABELS,
        "losses": losses,
        "float32Losses": [s[0] for s in singles],
        # The largest at this step or before, of all three.
        "float32Distances": distances,
        "logitsAfter": logits.tolist(),
        "logitsAfterFloat32Distance": max(relative(s[1], logits) for s in singles),
        "statistics": [described(n) for n in state if "running" in n],
        "parameters": [
            described(n) for n in ("spatial.conv1.weight", "fc01.weight", "fc03.weight")
        ],
    }
