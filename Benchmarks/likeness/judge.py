#!/usr/bin/env python3
"""Counts how many altered copies `ecglens audit` finds, and what it takes for copies wrongly.

    judge.py COPIES [--ecglens FILE] [--cache FOLDER] [--check]

COPIES is what altered_copies.py wrote. Pages and copies are linked into a layout with the pages in
test/ and their copies in train/; one audit of it gives recall (copies joined with their page),
precision (pairs told that are pairs), and the share of test pages reported as leaking; a copy that is not
found may be among the pages that could not be compared. --check: status 1 if recall is under 0.99, precision
under 0.999, leaks under 0.98, or two pages are taken for one.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile


def layout(copies, work):
    """Links pages and copies; returns the page that each path shows."""
    shows = {}
    numbers = {}
    for line in (copies / "copies.tsv").read_text().splitlines()[1:]:
        file, page = line.split("\t")
        if not (copies / file).exists():
            continue
        page = pathlib.Path(page)
        number = numbers.setdefault(page, len(numbers))
        kind = file.split("/")[0]
        links = [(f"train/{page.parent.name}/{kind}-{number}.jpg", (copies / file).resolve())]
        links.append((f"test/{page.parent.name}/page-{number}{page.suffix}", page.resolve()))
        for path, target in links:
            if path in shows:
                continue
            shows[path] = (number, kind if path.startswith("train") else "")
            place = work / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(target)
    return shows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("copies", type=pathlib.Path)
    parser.add_argument("--ecglens", default=".build/release/ecglens")
    parser.add_argument("--cache")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        shows = layout(options.copies, work)
        command = [options.ecglens, "audit", str(work), "--json", "--quiet"]
        if options.cache:
            command += ["--cache", options.cache]
        ended = subprocess.run(command, stdout=subprocess.PIPE)
        found = json.loads(ended.stdout)
    pairs = {frozenset((pair["a"], pair["b"])) for pair in found["near_copies"]}
    for files in found["copies"]:
        pairs |= {frozenset((a, b)) for a in files for b in files if a < b}
    true = [pair for pair in pairs if len({shows[path][0] for path in pair}) == 1]
    wrong = [pair for pair in pairs if len({shows[path][0] for path in pair}) > 1]
    pages = {number: path for path, (number, kind) in shows.items() if not kind}
    unclear = set(found.get("not_compared", []))
    kinds = collections.defaultdict(lambda: [0, 0, 0])
    for path, (number, kind) in shows.items():
        if kind:
            hit = frozenset((path, pages[number])) in pairs
            kinds[kind][0] += hit
            kinds[kind][1] += 1
            kinds[kind][2] += not hit and path in unclear
    for kind, (hit, all_, open_) in kinds.items():
        rest = all_ - hit - open_
        print(f"{kind:12} {hit} of {all_}, not compared {open_}, missed {rest}")
    hit, all_, open_ = (sum(column) for column in zip(*kinds.values()))
    print(f"pages not compared: {sum(not shows[path][1] for path in unclear)} of {len(pages)}")
    pages_wrong = [pair for pair in wrong if all(path.startswith("test/") for path in pair)]
    recall, precision = hit / all_, len(true) / max(1, len(pairs))
    leaking = len(found["leaking_test"]) / len(pages)
    print(f"recall {recall:.5f} ({hit} of {all_} copies joined with their page)")
    print(f"precision {precision:.5f} ({len(true)} of {len(pairs)} pairs)")
    print(f"pages taken for one: {len(pages_wrong)} of {len(pages)} pages")
    print(f"test pages reported: {leaking:.5f}, status {ended.returncode}")
    print(f"closest pair below the threshold: {found.get('closest_other')}")
    for pair in wrong[:5]:
        print("wrong:", *sorted(pair))
    good = recall >= 0.99 and precision >= 0.999 and leaking >= 0.98 and ended.returncode == 1
    raise SystemExit(1 if options.check and not (good and not pages_wrong) else 0)


if __name__ == "__main__":
    main()
