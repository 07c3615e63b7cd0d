"""The results as text."""

import machine


def table(header, rows, words=1):
    """Aligned columns; the first `words` lean left, numbers lean right; empty ones are left out."""
    shown = [c for c in range(len(header)) if c == 0 or any(row[c] for row in rows)]
    cells = [[row[column] for column in shown] for row in [header, *rows]]
    widths = [max(map(len, column)) for column in zip(*cells)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, cell, width in zip(shown, row, widths)
        ).rstrip()
        for row in cells
    )


def ms(value):
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def optional(value):
    return "" if value is None else f"{value:.1f}"


def ratio(spread):
    return f"{spread['median']:.2f}" if spread else ""


def span(spread):
    return f"{spread['low']:.2f}-{spread['high']:.2f}" if spread else ""


def one(entry):
    """A ratio to ours; ours has none."""
    return f"{entry['ratio']:.2f}" if "ratio" in entry else ""


def megabytes(value):
    return f"{value / 1e6:,.0f}" if value else ""


def rows(judged):
    texts = []
    for threads in dict.fromkeys(row["threads"] for row in judged):
        lines = []
        for row in (r for r in judged if r["threads"] == threads):
            note = "" if row["precision"] in ("fp32", "f32", "bf16") else f" ({row['precision']})"
            disturbed = len(row["disturbed_rounds"])
            lines.append([
                row["row"], row["peer"] + note, ms(row["ours_ms"]), ms(row["peer_ms"]),
                ratio(row["ratio"]), span(row["ratio"]), optional(row["bar"]),
                optional(row["goal"]), f"{disturbed} of {row['rounds']}" if disturbed else "",
                row["verdict"],
            ])  # fmt: skip
        header = [
            f"threads {threads}", "the fastest", "ours, ms", "its ms", "ratio", "low-high",
            "at least", "goal", "disturbed", "",
        ]  # fmt: skip
        texts.append(table(header, lines, words=2))
    return "\n\n".join(texts)


def cell(found):
    """Every contender of a task."""
    lines = [
        [
            entry["name"], ms(entry["milliseconds"]), f"{entry['images_per_second']:.1f}",
            ratio(entry.get("ratio")), span(entry.get("ratio")),
        ]
        for entry in found["contenders"]
    ]  # fmt: skip
    title = f"{found['task']}, batch {found['batch']}, threads {found['threads']}"
    return f"{title}, rounds {found['rounds']}\n" + table(
        ["", "ms", "images/s", "ratio", "lowest-highest"], lines
    )


def memory(entries):
    lines = [
        [e["name"], megabytes(e["peak_memory_bytes"]), megabytes(e["library_bytes"])]
        for e in entries
    ]
    return table(["training, most memory held", "MB", "of it libraries"], lines)


def layers(found):
    if "absent" in found:
        return f"by layer: left out, {found['absent']}"
    texts = []
    for part in found["tables"]:
        lines = [
            [g["group"], ms(g["ours_ms"]), ms(g["pytorch_ms"]) if "pytorch_ms" in g else "",
             ratio(g.get("ratio"))]
            for g in part["groups"]
        ]  # fmt: skip
        texts.append(table(
            [f"training step by layer, threads {part['threads']}", "ours, ms", "PyTorch, ms",
             "ratio"], lines,
        ))  # fmt: skip
    return "\n\n".join(texts)


def epoch(found):
    keys = ["first", "following", "training"]
    lines = [
        [e["name"]] + [text for key in keys for text in (f"{e[key]['median']:.2f}", one(e[key]))]
        for e in found["contenders"]
    ]  # fmt: skip
    title = f"epochs of {found['draws']} images from JPEG files, threads {found['threads']}"
    header = [title, "first, s", "ratio", "following, s", "ratio", "training only, s", "ratio"]
    return table(header, lines)


def startup(found):
    lines = [
        [e["name"], f"{e['seconds']['median']:.2f}", span(e["seconds"]), one(e)]
        for e in found["contenders"]
    ]
    title = f"start to first answer, threads {found['threads']}"
    return table([title, "s", "lowest-highest", "ratio"], lines)


def text(results):
    """Everything that was measured, the rows that count last."""
    parts = [cell(found) for found in results.get("speed", [])]
    for name, write in [("layers", layers), ("epoch", epoch), ("memory", memory),
                        ("startup", startup)]:  # fmt: skip
        if results.get(name):
            parts.append(write(results[name]))
    if results.get("rows"):
        parts.append(rows(results["rows"]))
    parts.append(machine.sentence(results["machine"]))
    if results["faults"]:
        parts.append("\n".join(f"left out: {fault}" for fault in results["faults"]))
    return "\n\n".join(parts)
