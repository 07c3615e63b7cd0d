#!/usr/bin/env python3
"""Writes altered copies of pages: re-encoded, scaled, turned, cropped, brightened, noisy, mixed; and
distorted ones (--only distorted), of which mostly no traces can be read.

    altered_copies.py OUT PAGE... [--list FILE] [--seed N] [--jobs N] [--only KINDS]

The copies of page number i lie at OUT/KIND/i.jpg; OUT/copies.tsv tells which file is a copy of
which page. The same seed gives the same copies, page by page.
"""
import argparse
import concurrent.futures
import pathlib
import random

import numpy
from PIL import Image

WHITE = (255, 255, 255)


def turned(page, draw, least=0.5):
    degrees = draw.choice([-1, 1]) * draw.uniform(least, 3)
    return page.rotate(degrees, Image.Resampling.BICUBIC, expand=draw.random() < 0.5, fillcolor=WHITE)


def cropped(page, draw, most=0.04):
    left, top, right, bottom = (draw.uniform(0, most) for _ in range(4))
    width, height = page.size
    return page.crop(
        (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    )


def scaled(page, factor):
    size = [round(side * factor) for side in page.size]
    return page.resize(size, Image.Resampling.BICUBIC)


def brightened(page, gain, shift):
    pixels = numpy.asarray(page, numpy.float32)
    return Image.fromarray(numpy.clip(gain * pixels + shift, 0, 255).round().astype(numpy.uint8))


def noisy(page, draw, sigma):
    generator = numpy.random.default_rng(draw.getrandbits(63))
    pixels = numpy.asarray(page, numpy.float32)
    pixels = pixels + generator.standard_normal(pixels.shape, numpy.float32) * sigma
    return Image.fromarray(numpy.clip(pixels, 0, 255).round().astype(numpy.uint8))


def mixed_scan(page, draw):
    """A second scan: turned, cropped, another exposure, a little noise."""
    page = cropped(turned(page, draw), draw)
    page = brightened(page, draw.uniform(0.8, 1.1), draw.uniform(-20, 20))
    return noisy(page, draw, draw.uniform(1, 8)), draw.randint(50, 95)


def mixed_web(page, draw):
    """A copy sent around: another size, cropped, encoded badly."""
    page = cropped(scaled(page, draw.uniform(0.25, 1)), draw)
    return page, draw.randint(30, 70)


def mixed_all(page, draw):
    """Everything at once, each in the whole of its range."""
    page = scaled(cropped(turned(page, draw, 0), draw), 2 ** draw.uniform(-2, 1))
    page = brightened(page, draw.uniform(0.75, 1.2), draw.uniform(-30, 30))
    return noisy(page, draw, draw.uniform(0, 8)), draw.randint(30, 95)


# Name: how it is made, as the page and the JPEG quality that it is kept at.
KINDS = {
    "quality30": lambda page, draw: (page, 30),
    "quality": lambda page, draw: (page, draw.randint(31, 95)),
    "quarter": lambda page, draw: (scaled(page, 0.25), 95),
    "smaller": lambda page, draw: (scaled(page, draw.uniform(0.25, 1)), 95),
    "larger": lambda page, draw: (scaled(page, draw.choice([2, draw.uniform(1, 2)])), 95),
    "turned": lambda page, draw: (turned(page, draw), 95),
    "cropped": lambda page, draw: (cropped(page, draw), 95),
    "exposure": lambda page, draw: (
        brightened(page, draw.uniform(0.7, 1.3), draw.uniform(-40, 40)),
        95,
    ),
    "noise8": lambda page, draw: (noisy(page, draw, 8), 95),
    "scan": mixed_scan,
    "web": mixed_web,
    "all": mixed_all,
}


def cut(page, left=0.0, top=0.0, right=0.0, bottom=0.0):
    width, height = page.size
    box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
    return page.crop([round(edge) for edge in box])


def sized(page, width, height=None):
    height = height or round(width * page.height / page.width)
    return page.resize((width, height), Image.Resampling.BICUBIC)


def fixed(change):
    """A change that draws nothing."""
    return lambda page, draw: (change(page), 92)


# Copies of another shape or place.
DISTORTED = {
    "square227": fixed(lambda page: sized(page, 227, 227)),
    "square300": fixed(lambda page: sized(page, 300, 300)),
    "narrow470": fixed(lambda page: sized(page, 470)),
    "papercrop": fixed(lambda page: cut(page, top=0.2, bottom=0.07)),
    "left10": fixed(lambda page: cut(page, left=0.1)),
    "right10": fixed(lambda page: cut(page, right=0.1)),
    "top10": fixed(lambda page: cut(page, top=0.1)),
    "bottom10": fixed(lambda page: cut(page, bottom=0.1)),
    "turned5": fixed(lambda page: page.rotate(5, Image.Resampling.BICUBIC, fillcolor=WHITE)),
    "quarterturn": fixed(lambda page: page.transpose(Image.Transpose.ROTATE_90)),
    "headfirst": fixed(lambda page: page.transpose(Image.Transpose.ROTATE_180)),
    "aspect90": fixed(lambda page: sized(page, round(0.9 * page.width), page.height)),
    "papersquare": fixed(lambda page: sized(cut(page, top=0.2, bottom=0.07), 227, 227)),
    "mirrored": fixed(lambda page: page.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
}


def alter(task):
    number, path, seed, out, kinds = task
    with Image.open(path) as file:
        page = file.convert("RGB")
    for kind in kinds:
        draw = random.Random(f"{seed} {number} {kind}")
        copy, quality = (KINDS | DISTORTED)[kind](page, draw)
        copy.save(pathlib.Path(out, kind, f"{number}.jpg"), quality=quality)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--list", help="file with a page's path a line")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default=",".join(KINDS), help="kinds, joined by commas; distorted: all of these")
    options = parser.parse_args()
    pages = list(options.pages)
    if options.list:
        pages += pathlib.Path(options.list).read_text().splitlines()
    kinds = list(DISTORTED) if options.only == "distorted" else options.only.split(",")
    for kind in kinds:
        (options.out / kind).mkdir(parents=True, exist_ok=True)
    with open(options.out / "copies.tsv", "w") as table:
        table.write("file\tpage\n")
        for number, path in enumerate(pages):
            for kind in kinds:
                table.write(f"{kind}/{number}.jpg\t{path}\n")

    tasks = [(number, path, options.seed, options.out, kinds) for number, path in enumerate(pages)]
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        list(pool.map(alter, tasks))


if __name__ == "__main__":
    main()
