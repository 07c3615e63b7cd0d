"""Measures PyTorch fp32 on the hybrid network; prints one JSON line.

python pytorch.py --task training --batch 32 --threads 2 --layout channels_last --seconds 6

The line has the keys of a result of `ecglens bench --json` (task, batch, threads, milliseconds: one
a repeat, images_per_second) and those that name the peer. A training step is: gradients to zero,
forward with dropout, cross-entropy, backward, fused Adam on all parameters.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--task", choices=["training", "inference"], default="training")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--layout", choices=["default", "channels_last"], default="default")
    parser.add_argument("--seconds", type=float, default=6, help="at least so long")
    parser.add_argument("--repeats", type=int, default=3, help="at least so many")
    parser.add_argument("--network", default="hybrid")
    parser.add_argument("--side", type=int, default=227)
    return parser.parse_args()


def training_step(torch, model, x):
    labels = torch.arange(x.shape[0]) % 4
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
    model.train()

    def step():
        optimiser.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(x), labels).backward()
        optimiser.step()

    return step


def inference(torch, model, x):
    model.eval()

    def step():
        with torch.inference_mode():
            model(x)

    return step


def measure(step, seconds, repeats):
    """Milliseconds of each repeat, after two that warm up."""
    step()
    step()
    milliseconds = []
    begin = time.perf_counter()
    while len(milliseconds) < repeats or time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        step()
        milliseconds.append((time.perf_counter() - start) * 1e3)
    return milliseconds


def main():
    options = arguments()
    os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = str(options.threads)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests" / "Reference"))
    import network
    import torch

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    layout = torch.channels_last if options.layout == "channels_last" else torch.contiguous_format
    model = network.build(options.network, options.side).to(memory_format=layout)
    x = torch.randn(options.batch, 3, options.side, options.side).contiguous(memory_format=layout)
    make = training_step if options.task == "training" else inference
    milliseconds = measure(make(torch, model, x), options.seconds, options.repeats)
    result = {
        "peer": "pytorch",
        "version": torch.__version__,
        "instruction_set": torch.backends.cpu.get_cpu_capability(),
        "layout": options.layout,
        "memory_kept": os.environ.get("MALLOC_MMAP_MAX_") == "0",
        "network": options.network,
        "task": options.task,
        "batch": options.batch,
        "threads": options.threads,
        "milliseconds": [round(v, 3) for v in milliseconds],
        "images_per_second": round(1e3 * options.batch / statistics.median(milliseconds), 3),
    }
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
