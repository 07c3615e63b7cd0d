"""Writes fixtures as JSON that a person can read and a diff can show."""

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures" / "reference"
WIDTH = 100


def text(value, indent=0):
    """JSON; a value that fits in a line, and any list of plain numbers, stays in one line."""
    compact = json.dumps(value, separators=(",", ":"), allow_nan=False)
    plain = isinstance(value, list) and not any(isinstance(v, (list, dict)) for v in value)
    if plain or not isinstance(value, (list, dict)) or len(compact) + indent <= WIDTH:
        return compact
    pad = " " * (indent + 1)
    if isinstance(value, list):
        parts = [pad + text(v, indent + 1) for v in value]
        return "[\n" + ",\n".join(parts) + "\n" + " " * indent + "]"
    parts = [pad + json.dumps(k) + ":" + text(v, indent + 1) for k, v in value.items()]
    return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"


def write(topic, value):
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{topic}.json"
    path.write_text(text(value) + "\n")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)
