"""Measures ECGLens and its peers alternately; prints tables, writes JSON, CSV and a figure."""

import json
import sys

import machine
import rows
import table
from epoch import Epochs
from layers import Layers
from plan import carry_out
from setting import Failure, parse
from speed import Speed
from startup import Startup


def measure(setting):
    facts = machine.facts(setting)
    speed, layers = Speed(setting), Layers(setting)
    epochs, startup = Epochs(setting), Startup(setting)
    jobs = [job for part in (speed, layers, epochs, startup) for job in part.jobs()]
    faults, ended = carry_out(jobs)
    cells = speed.results()
    note_builds(facts, cells)
    results = {
        "machine": facts,
        "rounds": setting.rounds,
        "ended_early": ended,
        "faults": faults,
        "rows": rows.judge([c for c in cells if c["task"] in setting.parts]),
        "speed": [c for c in cells if c["task"] in setting.parts],
    }
    if "memory" in setting.parts:
        results["memory"] = memory(cells, max(setting.threads))
    for name, part in [("layers", layers), ("epoch", epochs), ("startup", startup)]:
        if name in setting.parts:
            results[name] = part.results()
    return results


def note_builds(facts, cells):
    """What ECGLens was built for and what PyTorch uses; which build PyTorch is (as +cpu)."""
    facts["instruction_sets"] = {}
    for cell in cells:
        for entry in cell["contenders"]:
            for ran in entry["runs"]:
                if ran["instruction_set"]:
                    facts["instruction_sets"][entry["name"].split()[0]] = ran["instruction_set"]
                if ran["version"]:
                    facts["versions"]["torch"] = ran["version"]


def memory(cells, threads):
    """What the training contenders held at most; the same processes that were timed."""
    keys = ["name", "peak_memory_bytes", "library_bytes"]
    return [
        {key: entry[key] for key in keys}
        for cell in cells
        if cell["task"] == "training" and cell["threads"] == threads
        for entry in cell["contenders"]
    ]


def write(results, setting):
    out = setting.out
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nwritten: {out}")
    if not setting.peers:
        return
    try:
        import figure
    except ImportError:
        print("no figure: matplotlib is missing; Benchmarks/install-peers installs it")
        return
    for path in figure.write(results, out.with_suffix("")):
        print(f"written: {path}")


def main():
    try:
        setting = parse()
        results = measure(setting)
    except Failure as failure:
        sys.exit(f"Benchmarks/run: {failure}")
    print(table.text(results))
    write(results, setting)
    if results["ended_early"]:
        sys.exit(f"Benchmarks/run: {results['ended_early']}; above is what was measured before")
    if setting.check and any(row["verdict"] == "missed" for row in results["rows"]):
        sys.exit(1)


if __name__ == "__main__":
    main()
