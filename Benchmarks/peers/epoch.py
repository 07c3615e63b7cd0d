"""Trains the hybrid on JPEG pages in PyTorch, as a good script for it does.

python epoch.py DATA --split split.json --out FOLDER --draws 128 --epochs 3 --workers 1

Reads the split that `ecglens train` wrote. An epoch shows `--draws` pages, the classes in turns,
each changed at random, in steps of `--batch`; then every ECG of the test part is answered for, and
weights and optimiser are saved. `metrics.jsonl` gets a line an epoch: `seconds` are those of its
steps.
"""

import argparse
import json
import random
import time
from pathlib import Path

import common
import pages

CLASSES = ["mi", "hmi", "abnormal", "normal"]
torch = None  # imported once the number of threads is known


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--draws", type=int, required=True)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--side", type=int, default=227)
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--pixels", choices=["kept", "decoded"], default="kept",
                        help="in memory once they are decoded, or decoded each time")  # fmt: skip
    return parser.parse_args()


class Pages:
    """A data set: one page of each distinct ECG of a part."""

    def __init__(self, items, options, augment):
        self.paths = [options.data / item["path"] for item in items]
        self.labels = [CLASSES.index(item["class"]) for item in items]
        self.side, self.augment = options.side, augment
        self.squares = None
        if options.pixels == "kept":  # where all workers see them
            count, side = len(items), options.side
            self.squares = torch.zeros(count, side, side, 3, dtype=torch.uint8).share_memory_()
            self.filled = torch.zeros(count, dtype=torch.bool).share_memory_()

    def __len__(self):
        return len(self.paths)

    def square(self, index):
        if self.squares is not None and self.filled[index]:
            return pages.Image.fromarray(self.squares[index].numpy())
        image = pages.square(self.paths[index], self.side)
        if self.squares is not None:
            self.squares[index] = torch.from_numpy(pages.numpy.array(image))
            self.filled[index] = True
        return image

    def __getitem__(self, index):
        image = self.square(index)
        if self.augment:
            seed = int(torch.randint(1 << 60, ()))
            image = pages.changed(image, random.Random(seed))
        return torch.from_numpy(pages.numpy.array(image)), self.labels[index]


class Turns:
    """A sampler: the classes in turns, each in an order that is used up before the next begins."""

    def __init__(self, labels, draws):
        self.orders = [[i for i, label in enumerate(labels) if label == c] for c in set(labels)]
        self.draws = draws
        self.left = [[] for _ in self.orders]

    def __len__(self):
        return self.draws

    def __iter__(self):
        for draw in range(self.draws):
            c = draw % len(self.orders)
            if not self.left[c]:
                self.left[c] = random.sample(self.orders[c], len(self.orders[c]))
            yield self.left[c].pop()


def distinct(items, part):
    return list({item["ecg"]: item for item in items if item["part"] == part}.values())


def loader(dataset, options, sampler=None):
    return torch.utils.data.DataLoader(
        dataset, batch_size=options.batch, sampler=sampler, num_workers=options.workers,
        persistent_workers=options.workers > 0,
    )  # fmt: skip


def normalised(squares):
    """(N, 3, side, side) in channels_last, which bytes of RGB pixels are already."""
    x = squares.permute(0, 3, 1, 2).float()
    mean, deviation = (torch.from_numpy(v).view(1, 3, 1, 1) for v in (pages.MEAN, pages.DEVIATION))
    return x.div_(255).sub_(mean).div_(deviation)


def train(model, optimiser, batches):
    model.train()
    for squares, labels in batches:
        optimiser.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(model(normalised(squares)), labels).backward()
        optimiser.step()


def accuracy(model, batches):
    model.eval()
    right = total = 0
    with torch.inference_mode():
        for squares, labels in batches:
            right += int((model(normalised(squares)).argmax(1) == labels).sum())
            total += len(labels)
    return right / total


def main():
    global torch
    options = arguments()
    torch = common.pytorch(options.threads)
    options.out.mkdir(parents=True)
    items = json.loads(options.split.read_text())["items"]
    training = Pages(distinct(items, "train"), options, augment=True)
    test = Pages(distinct(items, "test"), options, augment=False)
    draws = loader(training, options, Turns(training.labels, options.draws))
    tests = loader(test, options)
    model = common.network(options.side).to(memory_format=torch.channels_last)
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-4, fused=True)
    with open(options.out / "metrics.jsonl", "w") as metrics:
        for epoch in range(1, options.epochs + 1):
            start = time.perf_counter()
            train(model, optimiser, draws)
            line = {"epoch": epoch, "seconds": time.perf_counter() - start}
            line["test_accuracy"] = accuracy(model, tests)
            torch.save(model.state_dict(), options.out / "model.pt")
            torch.save(optimiser.state_dict(), options.out / "optimiser.pt")
            print(json.dumps(line), file=metrics, flush=True)


if __name__ == "__main__":
    main()
