"""Pages that are no ECG of a known layout, to see that each is refused in words.

    other_pages.py ECGLENS FOLDER [SEED]

Writes 208 seeded pages of 13 kinds to FOLDER, asks `ecglens digitize` for them and counts the answers.
A page that is read at all is named, with what it claims. Needs numpy and pillow.
"""

import collections
import json
import math
import pathlib
import subprocess
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (2213, 1572)
EACH = 16
WORDS = "the rate of heart beats and waves was read from paper in every lead but not by hand".split()


def paper(rng):
    shade = [int(v) for v in rng.integers(215, 256, 3)]
    return Image.new("RGB", SIZE, tuple(shade))


def blank(rng, _):
    return paper(rng)


def noise(rng, _):
    kind = rng.integers(3)
    shape = (SIZE[1], SIZE[0], 3)
    if kind == 0:
        pixels = rng.integers(0, 256, shape)
    elif kind == 1:
        pixels = rng.normal(220, 40, shape)
    else:
        pixels = np.where(rng.random(shape[:2])[..., None] < 0.08, 0, 255) * np.ones(3)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    return image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 3))))


def text(rng, _):
    """A photograph of a printed page: light from one side, a slight turn, out of focus."""
    image = paper(rng)
    draw = ImageDraw.Draw(image)
    size = int(rng.integers(22, 60))
    font = ImageFont.load_default(size)
    for y in range(100, SIZE[1] - 100, int(size * 1.4)):
        line = " ".join(str(word) for word in rng.choice(WORDS, 40))
        draw.text((100, y), line[: int(SIZE[0] * 1.7 / size)], fill=(25, 25, 30), font=font)
    image = image.rotate(float(rng.uniform(-4, 4)), Image.BICUBIC, fillcolor=(235, 235, 230))
    image = image.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, 2.5))))
    light = np.linspace(rng.uniform(0.5, 1), 1, SIZE[0])[None, :, None]
    return Image.fromarray((np.asarray(image) * light).astype(np.uint8))


def grid(rng, image=None, unit=None):
    """Squared paper, as of an ECG, without traces."""
    image = image or paper(rng)
    draw = ImageDraw.Draw(image)
    unit = unit or rng.uniform(6.5, 10)
    for length, upright in ((image.width, True), (image.height, False)):
        for number in range(int(length / unit) + 1):
            at = number * unit
            colour = (225, 140, 140) if number % 5 == 0 else (245, 205, 205)
            ends = [at, 0, at, image.height] if upright else [0, at, image.width, at]
            draw.line(ends, fill=colour, width=2 if number % 5 == 0 else 1)
    return image


def bare_grid(rng, _):
    return grid(rng)


def beats(rng, length, scale, rate):
    """A made-up trace: bumps at regular moments, in pixels."""
    x = np.arange(length)
    y = rng.normal(0, 0.4, length)
    for start in np.arange(rng.uniform(0, rate), length, rate):
        shapes = [(-0.16, 0.02, 0.1), (0, 0.009, 1), (0.03, 0.01, -0.3), (0.25, 0.05, 0.3)]
        for offset, width, height in shapes:
            middle, spread = start + offset * rate * 1.2, width * rate * 1.4
            y = y + scale * height * np.exp(-((x - middle) ** 2) / (2 * spread**2))
    return y


def line(draw, left, zero, heights, width=3):
    points = [(left + i, zero - h) for i, h in enumerate(heights)]
    draw.line(points, fill=(20, 20, 20), width=width, joint="curve")


def pulse(draw, left, zero, unit):
    corners = [(0, 0), (1, 0), (1, 10), (6, 10), (6, 0), (7, 0)]
    draw.line([(left + a * unit, zero - b * unit) for a, b in corners], fill=(20, 20, 20), width=3)


def one_by_twelve(rng, _):
    """Twelve leads below each other over ten seconds, each behind its pulse."""
    image = grid(rng, unit=7.9)
    draw = ImageDraw.Draw(image)
    rate = rng.uniform(110, 220)
    for row in range(12):
        zero = 180 + row * 112
        pulse(draw, 90, zero, 7.9)
        line(draw, 152, zero, beats(rng, 1968, rng.uniform(-60, 90), rate))
    return image


def other_grid_of_leads(rng, _):
    """Two, four or five rows of leads in two to four columns, each row behind its pulse."""
    image = grid(rng, unit=7.9)
    draw = ImageDraw.Draw(image)
    rows, columns = [(2, 3), (4, 3), (5, 2), (2, 4), (4, 4)][int(rng.integers(5))]
    rate = rng.uniform(110, 220)
    for row in range(rows):
        zero = 250 + (row + 0.5) * 1200 / rows
        pulse(draw, 90, zero, 7.9)
        line(draw, 152, zero, beats(rng, 1968, rng.uniform(-60, 90), rate))
        for column in range(1, columns):
            x = 152 + 1968 * column / columns
            draw.line([x, zero - 40, x, zero + 40], fill=(20, 20, 20), width=3)
    return image


def without_pulses(rng, page):
    """A page whose calibration pulses are wiped off."""
    image = page(rng)
    part = image.width * 150 // 2213
    strip = image.crop((part // 5, 0, part // 5 + 8, image.height))
    for x in range(0, part, 8):
        image.paste(strip, (x, 0))
    return image


def half(rng, page):
    image = page(rng)
    width, height = image.size
    part = rng.uniform(0.4, 0.62)
    boxes = [
        (0, 0, int(width * part), height),
        (int(width * part), 0, width, height),
        (0, 0, width, int(height * part)),
        (0, int(height * part), width, height),
    ]
    return image.crop(boxes[int(rng.integers(4))])


def stretched(rng, page):
    image = page(rng)
    factor = float(rng.choice([0.6, 0.75, 1.35, 1.6]))
    return image.resize((int(image.width * factor), image.height), Image.BICUBIC)


def turned_far(rng, page):
    return page(rng).rotate(float(rng.choice([90, 180, 270, 8, -8, 15])), expand=True,
                            fillcolor=(255, 255, 255))


def handwriting(rng, _):
    """Loops along lines, as of a pen."""
    image = paper(rng)
    draw = ImageDraw.Draw(image)
    for y in range(150, SIZE[1] - 100, int(rng.integers(70, 130))):
        t = np.linspace(0, 1, 4000)
        turns = 2 * math.pi * rng.uniform(40, 90) * t
        tall = 22 * (0.4 + np.interp(t, np.linspace(0, 1, 60), rng.random(60)))
        x = 120 + (SIZE[0] - 260) * t + 14 * np.cos(turns)
        draw.line(list(zip(x, y + tall * np.sin(turns))), fill=(25, 35, 90),
                  width=int(rng.integers(2, 5)))
    return image


def form(rng, _):
    """A ruled table with a chart: upright and level lines in plenty."""
    image = paper(rng)
    draw = ImageDraw.Draw(image)
    for x in np.linspace(100, SIZE[0] - 100, int(rng.integers(5, 30))):
        top = float(rng.uniform(60, 500))
        draw.line([x, top, x, top + rng.uniform(60, 900)], fill=(10, 10, 10), width=3)
    for y in np.linspace(80, SIZE[1] - 80, int(rng.integers(5, 30))):
        draw.line([100, y, SIZE[0] - 100, y], fill=(10, 10, 10), width=3)
    walk = np.cumsum(rng.normal(0, 6, 1800))
    line(draw, 180, SIZE[1] / 2, np.clip(walk, -600, 600))
    return image


def cut_out(rng, page):
    """A page from which a band of leads is cut out and the rest moved together."""
    image = page(rng)
    width, height = image.size
    top = int(height * rng.uniform(0.25, 0.6))
    band = int(height * rng.uniform(0.12, 0.3))
    joined = Image.new("RGB", (width, height - band))
    joined.paste(image.crop((0, 0, width, top)), (0, 0))
    joined.paste(image.crop((0, top + band, width, height)), (0, top))
    return joined


KINDS = [
    blank, noise, text, bare_grid, one_by_twelve, other_grid_of_leads, without_pulses, half,
    stretched, turned_far, handwriting, form, cut_out,
]


def main(program, folder, seed=0):
    folder = pathlib.Path(folder)
    drawn = folder / "drawn"
    for layout in ("device", "6x2"):
        if not (drawn / layout / "synth.json").exists():
            subprocess.run(
                [program, "synth", drawn / layout, "--pages", "32", "--layout", layout]
                + ["--seed", str(seed), "--quiet"],
                check=True,
            )
    known = sorted(drawn.glob("*/*/*.jpg"))
    kinds = folder / "other"
    for number, kind in enumerate(KINDS):
        (kinds / kind.__name__).mkdir(parents=True, exist_ok=True)
        for index in range(EACH):
            rng = np.random.default_rng([int(seed), number, index])
            page = lambda rng: Image.open(known[int(rng.integers(len(known)))]).convert("RGB")
            kind(rng, page).save(kinds / kind.__name__ / f"{index:02}.jpg", quality=90)
    answer = subprocess.run(
        [program, "digitize", kinds, "--out", folder / "read", "--overlay", "png", "--json",
         "--quiet"],
        capture_output=True, text=True,
    )
    answers = [json.loads(said) for said in answer.stdout.splitlines()]
    reasons = collections.Counter()
    for said in answers:
        if "error" in said:
            reason = said["error"].removeprefix(said["path"] + ": ")
            reasons[pathlib.Path(said["path"]).parent.name, reason[:60]] += 1
    for (kind, reason), times in sorted(reasons.items()):
        print(f"{kind:20} {times:3}  {reason}")
    read = [said for said in answers if "error" not in said]
    print(f"refused {sum(reasons.values())} of {len(KINDS) * EACH}, read {len(read)}")
    for page in read:
        print("  read:", page["path"], page["layout"], page["problems"])


if __name__ == "__main__":
    main(*sys.argv[1:])
