"""How near readings come to the truth: synthetic pages drawn, spoilt, read and compared.

    reading_truth.py ECGLENS FOLDER [PAGES]    PAGES (500) of both layouts and all classes

Pages that FOLDER has from a run before are used again. Needs numpy, pillow and wfdb. Figures:

- Signal-to-noise ratio of each lead over the time that the page shows of it, as the PhysioNet
  Challenge 2024 has it (compute_snr of github.com/physionetchallenges/evaluation-2024, defaults): mean
  square of the true signal over that of the error at the samples read, in dB, times the part of the
  samples that was read. The Challenge first aligns both in time and height; nothing is shifted here,
  which can only lower the figure. "level off" takes both means off first, so that a lead's level
  (wander, for most) counts as neither signal nor error: lower still.
- R peaks: the beats of the program within 0.1 s of a true one, each counted once. Beats in the first
  and last 0.1 s of the recording are left out.
- Intervals, of the beats of the commonest origin, their median on a page, all classes: the part of
  the pages that have the wave on which the program is within 10 ms; a page on which it says nothing
  counts as wrong, and one on which it measures a wave that is not there is told apart. Wenckebach's
  PR, which is not one, is left out. ST: J + 60 ms against the level 10 ms before QRS, the median of
  all such beats of the recording, whichever of them the page shows.
"""

import json
import pathlib
import subprocess
import sys
from collections import defaultdict

import numpy as np
import wfdb
from PIL import Image

LEADS = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"]
LAYOUTS = ["device", "6x2"]
RATE = 500


def spoilt(image, kind):
    """JPEG quality 30, half size, two degrees: each alone or, in this order reversed, together."""
    if kind in ("turned", "together"):
        image = image.rotate(2, Image.BICUBIC, fillcolor=(255, 255, 255))
    if kind in ("half", "together"):
        image = image.resize((image.width // 2, image.height // 2), Image.BOX)
    return image, 30 if kind in ("jpeg30", "together") else 95


def pages(program, folder, count):
    """The folders of pages: drawn clean and with everyday noise, and these spoilt."""
    sets = []
    for layout in LAYOUTS:
        for noise in ["none", "everyday"]:
            drawn = folder / f"{layout}-{noise}"
            if not (drawn / "synth.json").exists():
                subprocess.run(
                    [program, "synth", drawn, "--pages", str(count // 2), "--layout", layout]
                    + ["--noise", noise, "--seed", "14", "--quiet"],
                    check=True,
                )
            sets.append((layout, noise, "as drawn", drawn))
        for kind in ["jpeg30", "half", "turned", "together"]:
            made = folder / f"{layout}-everyday-{kind}"
            for path in sorted(drawn.glob("*/*.jpg")):
                copy = made / path.relative_to(drawn)
                if not copy.exists():
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    image, quality = spoilt(Image.open(path), kind)
                    image.save(copy, quality=quality)
            sets.append((layout, "everyday", kind, made))
    return sets


def read(program, pages, out):
    """The program's answers by the page's path below `pages`."""
    answer = subprocess.run(
        [program, "digitize", pages, "--out", out, "--overlay", "none", "--json", "--quiet"],
        capture_output=True,
        text=True,
    )
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    for line in lines:
        if "error" in line:
            print("   ", line["error"])
    read = [line for line in lines if "error" not in line]
    return {pathlib.Path(line["path"]).relative_to(pages): line for line in read}


def record(path):
    signals, fields = wfdb.rdsamp(str(path.with_suffix("")))
    return {name: signals[:, i] for i, name in enumerate(fields["sig_name"])}


def ratio(true, found):
    """The Challenge's ratio, and the one with the level off."""
    known = np.isfinite(found)
    if not known.any():
        return 0.0, 0.0
    true, found, part = true[known], found[known], known.mean()
    error = found - true
    return (
        part * 10 * np.log10(np.mean(true**2) / np.mean(error**2)),
        part * 10 * np.log10(np.var(true) / np.var(error)),
    )


def ratios(truth, true, found):
    """A page's ratios, lead by lead and the strip."""
    shown = [(panel["lead"], panel) for panel in truth["leads"]]
    if truth["rhythm_strip"]:
        shown.append(("rhythm", truth["rhythm_strip"]))
    for name, panel in shown:
        start = round(panel["start_seconds"] * RATE)
        window = slice(start, start + round(panel["duration_seconds"] * RATE))
        yield (name, *ratio(true[panel["lead"]][window], found[name][window]))


def peaks(truth, answer, margin=0.1, tolerance=0.1):
    """Hits, misses and false beats."""
    true = [beat["seconds"] for beat in truth["beats"]]
    found = [beat["seconds"] for beat in answer["beats"]]
    pairs = sorted(
        (abs(t - f), i, j) for i, t in enumerate(true) for j, f in enumerate(found)
        if abs(t - f) <= tolerance
    )
    taken, used = set(), set()
    for _, i, j in pairs:
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
    inner = lambda t: margin < t < 10 - margin
    misses = sum(inner(t) for i, t in enumerate(true) if i not in taken)
    false = sum(inner(t) for j, t in enumerate(found) if j not in used)
    return sum(inner(true[i]) for i in taken), misses, false


def true_measures(truth, true):
    """Intervals in ms and ST by lead in mV; None where the wave is not there."""
    origins = [beat["origin"] for beat in truth["beats"]]
    main = max(sorted(set(origins)), key=origins.count)
    waves = [beat["fiducials"] for beat in truth["beats"] if beat["origin"] == main]

    def middle(values):
        values = [value for value in values if value is not None]
        return float(np.median(values)) if values else None

    def interval(end, start):
        return middle(
            None if wave[end] is None or wave[start] is None else 1000 * (wave[end] - wave[start])
            for wave in waves
        )

    measures = {
        "pr_ms": interval("qrs_onset", "p_onset"),
        "qrs_ms": interval("qrs_offset", "qrs_onset"),
        "qt_ms": interval("t_offset", "qrs_onset"),
    }
    times = np.arange(10 * RATE) / RATE
    for lead in LEADS:
        level = lambda t: np.interp(t, times, true[lead], np.nan, np.nan)
        steps = [level(w["qrs_offset"] + 0.06) - level(w["qrs_onset"] - 0.01) for w in waves]
        measures[lead] = middle(step for step in steps if np.isfinite(step))
    return measures


def quantiles(values):
    return "  ".join(f"p{p} {np.percentile(values, p):6.2f}" for p in (0, 5, 25, 50, 75))


def main(program, folder, count=500):
    folder = pathlib.Path(folder)
    whole = defaultdict(lambda: [[], []])
    beats = defaultdict(lambda: np.zeros(3, int))
    good, said, worst = defaultdict(list), defaultdict(int), defaultdict(list)
    print(f"signal-to-noise ratio by lead in dB, {count} pages")
    for layout, noise, kind, drawn in pages(program, folder, int(count)):
        answers = read(program, drawn, folder / f"read-{drawn.name}")
        originals = folder / f"{layout}-{noise}"
        found_pages, all_pages = 0, sorted(drawn.glob("*/*.jpg"))
        values, levels = [], []
        for page in all_pages:
            name = page.relative_to(drawn)
            truth = json.loads((originals / name).with_suffix(".json").read_text())
            true = record(originals / name)
            answer = answers.get(name)
            if answer is None:
                values += [0.0] * 12
                levels += [0.0] * 12
                continue
            found_pages += 1
            found = record(folder / f"read-{drawn.name}" / name)
            for lead, value, level in ratios(truth, true, found):
                values.append(value)
                levels.append(level)
                worst[noise, kind].append((level, layout, str(name.with_suffix("")), lead))
            if kind == "as drawn":
                beats[layout, noise] += peaks(truth, answer)
            if noise == "none":
                for key, want in true_measures(truth, true).items():
                    measures = answer["measures"]
                    got = (
                        measures["leads"].get(key, {}).get("st_j60_mv")
                        if key in LEADS
                        else measures[key]
                    )
                    if key == "pr_ms" and truth["subtype"] == "second-degree-block-1":
                        continue
                    kind_of = "st_mv" if key in LEADS else key
                    if want is None:
                        said[layout, kind_of] += got is not None
                    else:
                        error = np.inf if got is None else abs(got - want)
                        good[layout, kind_of].append(
                            (error, str(name.with_suffix("")), truth["subtype"], key, got, want)
                        )
        title = f"{layout:6} {noise:8} {kind:8}"
        print(f"{title} read {found_pages} of {len(all_pages)}: {quantiles(values)}")
        print(f"{'level off':>24}  {'':>14}  {quantiles(levels)}", flush=True)
        whole[noise, kind][0].extend(values)
        whole[noise, kind][1].extend(levels)
    print("both layouts")
    for (noise, kind), (values, levels) in whole.items():
        print(f"{noise:8} {kind:8}: {quantiles(values)}; level off: {quantiles(levels)}")
        for level, *place in sorted(worst[noise, kind])[:3]:
            print(f"    worst: {level:.2f}", *place)
    print("R peaks")
    for key, (hits, misses, false) in beats.items():
        print(
            f"{key[0]:6} {key[1]:8}: sensitivity {100 * hits / (hits + misses):.2f} %, precision "
            f"{100 * hits / (hits + false):.2f} % ({hits} found, {misses} missed, {false} false)"
        )
    print("clean pages: within 10 ms, and 0.03 mV by lead")
    for (layout, key), rows in good.items():
        limit = 0.03 if key == "st_mv" else 10
        errors = np.array([row[0] for row in rows])
        silent = np.isinf(errors).sum()
        print(
            f"{layout:6} {key:6}: {100 * np.mean(errors <= limit):.1f} % of {len(errors)} "
            f"(not said {silent}; said where there is none {said[layout, key]}; median error "
            f"{np.median(errors):.3g})"
        )
        by_type = defaultdict(int)
        for row in rows:
            by_type[row[2]] += row[0] > limit
        often = sorted(by_type.items(), key=lambda item: -item[1])[:5]
        print("    outside most often:", ", ".join(f"{name} {n}" for name, n in often if n))


if __name__ == "__main__":
    main(*sys.argv[1:])
