"""Alternates `ecglens bench` and PyTorch, and prints medians and ratios.

python compare.py [--rounds 3] [--task training,inference] [--batch 32] [--threads 1,2]
                  [--seconds 6] [--ecglens FILE] [--out FILE] [--at-least X]

Run it with a Python that has torch and torchvision. In a round each contender runs once, in a
process of its own, so that all of them meet the machine's changing load. A ratio is PyTorch's time
divided by ECGLens's in the same round; the median over the rounds counts, of the fastest PyTorch.
With --at-least the exit status is 1 if a ratio is below X.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# glibc told to keep freed memory: PyTorch otherwise pays for page faults at each step.
KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 34)}
OURS = "ecglens"
PEERS = {
    "pytorch default": ("default", {}),
    "pytorch channels_last": ("channels_last", {}),
    "pytorch channels_last, memory kept": ("channels_last", KEEP_MEMORY),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--task", default="training,inference")
    parser.add_argument("--batch", default="32")
    parser.add_argument("--threads", default=str(os.cpu_count()))
    parser.add_argument("--seconds", type=float, default=6, help="for each measurement of a peer")
    parser.add_argument("--repeats", type=int, default=6, help="for each measurement of ECGLens")
    parser.add_argument("--ecglens", default=str(HERE.parent / ".build" / "release" / "ecglens"))
    parser.add_argument("--out", help="a JSON file with every repeat")
    parser.add_argument("--at-least", type=float)
    return parser.parse_args()


def run(command, environment=None):
    """The JSON that a command prints; ends this program with its message if it fails."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, **(environment or {})}
        )
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}; build it or name another with --ecglens")
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}: {last}")
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        sys.exit(f"{' '.join(command)}: printed no JSON")


def ecglens(options, task, batch, threads):
    answer = run(
        [options.ecglens, "bench", "--json", "--task", task, "--batch", batch]
        + ["--threads", threads, "--repeats", str(options.repeats)]
    )
    wanted = (task, int(batch), int(threads))
    found = [r for r in answer["results"] if (r["task"], r["batch"], r["threads"]) == wanted]
    if not found:
        sys.exit(f"{options.ecglens} bench: no result for {task}, batch {batch}, {threads} threads")
    result = found[0]
    return {**result, "instruction_set": answer["instruction_set"], "cores": answer["cores"]}


def pytorch(options, task, batch, threads, layout, environment):
    return run(
        [sys.executable, str(HERE / "peers" / "pytorch.py"), "--task", task, "--batch", batch]
        + ["--threads", threads, "--layout", layout, "--seconds", str(options.seconds)],
        environment,
    )


def measure(options, task, batch, threads):
    """Results of every round, by contender."""
    rounds = {name: [] for name in [OURS, *PEERS]}
    for number in range(options.rounds):
        print(f"{task}, batch {batch}, {threads} threads: round {number + 1}", file=sys.stderr)
        load = os.getloadavg()[0]
        rounds[OURS].append({**ecglens(options, task, batch, threads), "load": load})
        for name, (layout, environment) in PEERS.items():
            rounds[name].append(pytorch(options, task, batch, threads, layout, environment))
    return rounds


def summary(rounds):
    """Medians of all repeats, and ratios of the medians of each round, by contender."""
    medians = {n: [statistics.median(r["milliseconds"]) for r in rs] for n, rs in rounds.items()}
    lines = {}
    for name, results in rounds.items():
        ratios = [peer / own for peer, own in zip(medians[name], medians[OURS])]
        lines[name] = {
            "milliseconds": statistics.median(v for r in results for v in r["milliseconds"]),
            "ratio": statistics.median(ratios),
            "ratios": ratios,
        }
    return lines


def comparison(options, task, batch, threads):
    rounds = measure(options, task, batch, threads)
    lines = summary(rounds)
    best = min(PEERS, key=lambda n: lines[n]["milliseconds"])
    return {
        "task": task,
        "batch": int(batch),
        "threads": int(threads),
        "best_peer": best,
        "ratio": lines[best]["ratio"],
        "summary": lines,
        "rounds": rounds,
    }


def show(compared):
    own, peer = (compared["rounds"][n][0] for n in (OURS, compared["best_peer"]))
    print(
        f"\n{compared['task']}, batch {compared['batch']}, {compared['threads']} threads"
        f" (ECGLens {own['instruction_set']};"
        f" PyTorch {peer['version']}, {peer['instruction_set']})"
    )
    for name, line in compared["summary"].items():
        speed = 1e3 * compared["batch"] / line["milliseconds"]
        print(
            f"  {name:36}{line['milliseconds']:9.1f} ms {speed:8.1f} images/s"
            f"   ratio {line['ratio']:.2f}"
            f" ({min(line['ratios']):.2f} to {max(line['ratios']):.2f})"
        )
    print(f"  against the fastest of them: {compared['ratio']:.2f}", flush=True)


def main():
    options = arguments()
    comparisons = []
    for task in options.task.split(","):
        for batch in options.batch.split(","):
            for threads in options.threads.split(","):
                comparisons.append(comparison(options, task, batch, threads))
                show(comparisons[-1])
    if options.out:
        Path(options.out).write_text(json.dumps({"comparisons": comparisons}, indent=1) + "\n")
    if options.at_least is not None and any(c["ratio"] < options.at_least for c in comparisons):
        sys.exit(1)


if __name__ == "__main__":
    main()
