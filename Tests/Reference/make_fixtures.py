"""Writes Tests/Fixtures/reference/*.json.

python make_fixtures.py [TOPIC ...]     topics: hash layers network adam training gradcam; all if none
"""

import importlib
import sys

import fixture_files

TOPICS = ["hash", "layers", "network", "adam", "training", "gradcam"]


def main():
    for topic in sys.argv[1:] or TOPICS:
        if topic not in TOPICS:
            sys.exit(f"no topic {topic}; there are: {' '.join(TOPICS)}")
        module = importlib.import_module(f"{topic}_fixture")
        fixture_files.write(topic, module.make())


if __name__ == "__main__":
    main()
