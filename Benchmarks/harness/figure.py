"""The results as a figure (SVG, PDF) and as its numbers (CSV).

python figure.py benchmarks.json      draws the figure again
"""

import csv
import json
import sys
import textwrap
from pathlib import Path

import machine
import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

# Colours that keep apart with any colour vision (Okabe and Ito).
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#8C8C8C"
STYLE = {
    "font.family": ["Liberation Sans", "DejaVu Sans"],
    "font.size": 7.5,
    "axes.titlesize": 8,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "ytick.left": False,
    "axes.edgecolor": "#606060",
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "ecglens",
}


def ratios(axes, judged):
    """Every row's median ratio, lowest and highest, beside what is wanted."""
    labels = list(dict.fromkeys(row["row"] for row in judged))
    threads = list(dict.fromkeys(row["threads"] for row in judged))
    step = 0.34 if len(threads) > 1 else 0
    right = max(max(r["ratio"]["high"], r["goal"] or 0) for r in judged)
    for row in judged:
        turn = threads.index(row["threads"])
        y = labels.index(row["row"]) + (turn - (len(threads) - 1) / 2) * step
        color, marker = [(BLUE, "o"), (ORANGE, "s")][turn % 2]
        low, high, median = (row["ratio"][key] for key in ("low", "high", "median"))
        axes.plot([low, high], [y, y], color=color, lw=1.4, solid_capstyle="butt")
        axes.plot(median, y, marker, color=color, ms=4.5)
        if row["bar"] is not None:
            axes.plot([row["bar"]] * 2, [y - 0.15, y + 0.15], color="black", lw=1.3)
            axes.plot(row["goal"], y, "D", ms=3.5, mfc="white", mec="black", mew=0.8)
        count = f"{row['threads']} thread{'s' if row['threads'] > 1 else ''}"
        text = f"{median:.2f}" + (f", {count}" if row["row"] == labels[0] else "")
        axes.text(right * 1.04, y, text, color=color, va="center")
    axes.axvline(1, color=GREY, lw=0.8, zorder=0)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(0, right * 1.02)
    axes.set_xlabel("peer's time / ECGLens's time")
    axes.set_title("Speed beside the fastest peer of each kind")


def layers(axes, part):
    """Milliseconds of a training step by group of layers, ours above PyTorch's."""
    groups = [g for g in part["groups"] if g["group"] != "sum"]
    both = all("pytorch_ms" in g for g in groups)
    for y, found in enumerate(groups):
        axes.barh(y - 0.2 * both, found["ours_ms"], 0.36, color=BLUE)
        end = found["ours_ms"]
        if both:
            axes.barh(y + 0.2, found["pytorch_ms"], 0.36, color=GREY)
            end = max(end, found["pytorch_ms"])
        times = f" {found['ratio']['median']:.2f}" if "ratio" in found else ""
        axes.text(end, y, times, va="center", color="#303030")
    total = next(g for g in part["groups"] if g["group"] == "sum")
    axes.set_yticks(range(len(groups)), [g["group"] for g in groups])
    axes.set_ylim(len(groups) - 0.4, -0.6)
    axes.set_xlabel("ms a step; the number is PyTorch's time / ECGLens's")
    sums = [("ECGLens", total["ours_ms"], BLUE)]
    sums += [("PyTorch", total["pytorch_ms"], GREY)] if both else []
    for line, (name, value, color) in enumerate(sums):
        axes.text(0.98, 0.30 - 0.07 * line, f"{name}, sum {value:.0f} ms", color=color,
                  ha="right", weight="bold", transform=axes.transAxes)  # fmt: skip
    axes.set_title(f"Training step by layer, threads {part['threads']}")


def bars(axes, title, unit, values, digits=1, names=True):
    """One bar a contender, ours in blue, its value at its end."""
    for y, (name, value) in enumerate(values):
        axes.barh(y, value, 0.62, color=BLUE if name == "ECGLens" else GREY)
        axes.text(value, y, f" {value:,.{digits}f}", va="center", color="#303030")
    axes.set_yticks(range(len(values)), [name for name, _ in values] if names else [])
    axes.set_ylim(len(values) - 0.4, -0.6)
    axes.set_xlim(0, max(value for _, value in values) * 1.18)
    axes.set_xlabel(unit)
    axes.set_title(title)


def panels(results):
    """Rows of the figure: its height, and what is drawn in it from left to right."""
    found = []
    if judged := results.get("rows"):
        labels = len({row["row"] for row in judged})
        found.append((0.5 + 0.3 * labels, [lambda axes: ratios(axes, judged)]))
    if tables := results.get("layers", {}).get("tables"):
        found.append((2.9, [lambda axes: layers(axes, tables[0])]))
    if epochs := (results.get("epoch") or {}).get("contenders"):
        draws = results["epoch"]["draws"]

        def epoch(key, title, names):
            values = [(e["name"], e[key]["median"]) for e in epochs]
            return lambda axes: bars(axes, title, "s", values, names=names)

        found.append((0.5 + 0.2 * len(epochs), [
            epoch("first", f"First epoch of {draws} images", True),
            epoch("training", "Steps of a later epoch", False),
        ]))  # fmt: skip
    if entries := results.get("memory"):
        values = [(e["name"], e["peak_memory_bytes"] / 1e6) for e in entries]
        size = 0.5 + 0.2 * len(values)
        draw = lambda axes: bars(axes, "Most memory held in training", "MB", values, 0)
        found.append((size, [draw]))
    if entries := (results.get("startup") or {}).get("contenders"):
        times = [(e["name"], e["seconds"]["median"]) for e in entries]
        draw_times = lambda axes: bars(axes, "Start to first answer", "s", times, 2)
        found.append((0.5 + 0.2 * len(times), [draw_times]))
    return found


def caption(results):
    count = results["rounds"]
    return (
        f"n = {count} round{'s' if count != 1 else ''}; "
        "in each every contender ran once, in a process of its own. "
        "Marks: median of the rounds' ratios; lines: lowest to highest; upright stroke: at least; "
        "diamond: goal. Memory kept: the C library keeps freed memory. "
        f"{machine.sentence(results['machine'])}."
    )


def draw(results, stem):
    found = panels(results)
    if not found:
        return []
    with pyplot.rc_context(STYLE):
        lines = textwrap.wrap(caption(results), 138)
        heights = [height for height, _ in found]
        height = sum(heights) * 1.15 + 0.14 * len(lines)
        figure = pyplot.figure(figsize=(7.2, height), layout="constrained")
        below = 0.14 * (len(lines) + 1) / height
        figure.get_layout_engine().set(rect=(0, below, 1, 1 - below))
        grid = figure.add_gridspec(len(found), 2, height_ratios=heights)
        for row, (_, drawings) in enumerate(found):
            for column, drawing in enumerate(drawings):
                place = grid[row, column] if len(drawings) > 1 else grid[row, :]
                drawing(figure.add_subplot(place))
        figure.text(0.01, 0.06 / height, "\n".join(lines), color="#404040").set_in_layout(False)
        paths = [stem.with_name(stem.name + suffix) for suffix in (".svg", ".pdf")]
        for path, date in zip(paths, ("Date", "CreationDate")):
            figure.savefig(path, metadata={date: None})
        pyplot.close(figure)
    return paths


def three(spread):
    return [spread["median"], spread["low"], spread["high"]]


def numbers(results):
    """The figure's numbers: part, threads, what, who, value, lowest, highest, unit."""
    for row in results.get("rows", []):
        yield ["ratio", row["threads"], row["row"], row["peer"], *three(row["ratio"]), ""]
    for part in results.get("layers", {}).get("tables", []):
        for found in part["groups"]:
            for who, key in [("ECGLens", "ours_ms"), ("PyTorch", "pytorch_ms")]:
                if key in found:
                    yield ["layers", part["threads"], found["group"], who, found[key], "", "", "ms"]
    epochs = results.get("epoch") or {}
    for entry in epochs.get("contenders", []):
        for key in ("first", "following", "training"):
            yield ["epoch", epochs["threads"], key, entry["name"], *three(entry[key]), "s"]
    for entry in results.get("memory", []):
        size = entry["peak_memory_bytes"] / 1e6
        yield ["memory", "", "training", entry["name"], size, "", "", "MB"]
    startup = results.get("startup") or {}
    for entry in startup.get("contenders", []):
        line = [startup["threads"], "first answer", entry["name"], *three(entry["seconds"]), "s"]
        yield ["startup", *line]


def write(results, stem):
    """Writes STEM.svg, STEM.pdf and STEM.csv; returns their paths."""
    path = stem.with_name(stem.name + ".csv")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["part", "threads", "what", "who", "value", "low", "high", "unit"])
        writer.writerows(numbers(results))
    return [*draw(results, stem), path]


if __name__ == "__main__":
    source = Path(sys.argv[1])
    for written in write(json.loads(source.read_text()), source.with_suffix("")):
        print(written)
