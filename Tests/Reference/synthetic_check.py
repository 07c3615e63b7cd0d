"""Looks at synthetic pages from outside: public readers of the records, and what else tells a class.

    synthetic_check.py records FOLDER     wfdb reads every record; its detector finds the R peaks
    synthetic_check.py shortcut FOLDER    logistic regression on header, footer, margins, file size

FOLDER is one that `ecglens synth` wrote. Needs numpy, pillow, scikit-learn and wfdb.
"""

import json
import pathlib
import sys

import numpy as np
from PIL import Image

CLASSES = ["normal", "abnormal", "hmi", "mi"]


def truths(folder):
    for path in sorted(pathlib.Path(folder).glob("*/*.json")):
        yield path, json.loads(path.read_text())


def records(folder, margin=0.6, tolerance=0.1):
    """Beats within `margin` seconds of the ends are left out: the detector needs room to learn."""
    import wfdb
    from wfdb import processing

    found = missed = false = read = 0
    for path, truth in truths(folder):
        record = wfdb.rdrecord(str(path.with_suffix("")))
        assert record.fs == 500 and record.sig_len == 5000, path
        assert record.sig_name[:12] == (
            ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"]
        ), record.sig_name
        assert set(record.units) == {"mV"}, record.units
        leads = {name: record.p_signal[:, i] for i, name in enumerate(record.sig_name)}
        assert np.abs(leads["I"] + leads["III"] - leads["II"]).max() < 0.0021, path
        read += 1
        detector = processing.XQRS(sig=leads["V5"], fs=500)
        detector.detect(verbose=False)
        peaks = np.asarray(detector.qrs_inds) / 500
        beats = np.array([beat["seconds"] for beat in truth["beats"]])
        inner = beats[(beats > margin) & (beats < 10 - margin)]
        hits = sum(np.any(np.abs(peaks - beat) < tolerance) for beat in inner)
        found += hits
        missed += len(inner) - hits
        for peak in peaks[(peaks > margin) & (peaks < 10 - margin)]:
            false += not np.any(np.abs(beats - peak) < tolerance)
    print(f"{read} records read by wfdb {wfdb.__version__}")
    print(
        f"XQRS on V5: sensitivity {found / (found + missed):.4f}, precision "
        f"{found / (found + false):.4f} ({found} beats found, {missed} missed, {false} false)"
    )


def shortcut(folder):
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    labels, sizes, greys, parts = [], [], [], {"header": [], "footer": [], "margins": []}
    shapes = []
    for path, truth in truths(folder):
        page = path.with_suffix(".jpg")
        image = Image.open(page).convert("L")
        width, height = image.size
        pixels = np.asarray(image, dtype=np.float32)
        top, bottom = round(height * 280 / 1572), round(height * 1522 / 1572)
        left, right = round(width * 66 / 2213), round(width * 2180 / 2213)
        header = Image.fromarray(pixels[:top]).resize((111, 14), Image.BOX)
        footer = Image.fromarray(pixels[bottom:]).resize((222, 5), Image.BOX)
        sides = np.concatenate([pixels[top:bottom, :left], pixels[top:bottom, right:]], axis=1)
        margins = Image.fromarray(sides).resize((10, 60), Image.BOX)
        for name, part in [("header", header), ("footer", footer), ("margins", margins)]:
            parts[name].append(np.asarray(part, dtype=np.float32).ravel())
        labels.append(CLASSES.index(truth["class"]))
        sizes.append([page.stat().st_size])
        greys.append([pixels.mean()])
        shapes.append([width, height])
    labels = np.array(labels)
    everything = np.hstack([np.array(part) for part in parts.values()] + [np.array(shapes)])
    features = {name: np.array(part) for name, part in parts.items()}
    features |= {
        "page size": np.array(shapes),
        "header, footer, margins, page size": everything,
        "mean grey (reported only)": np.array(greys),
        "file size (reported only)": np.array(sizes),
    }
    # Every other page of a class: pages are numbered and classes take turns.
    train = np.arange(len(labels)) // 2 % 2 == 0
    print(f"{train.sum()} pages to train, {(~train).sum()} to test; chance is 25 %")
    for name, values in features.items():
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=500))
        model.fit(values[train], labels[train])
        accuracy = model.score(values[~train], labels[~train])
        error = 1.96 * np.sqrt(accuracy * (1 - accuracy) / (~train).sum())
        print(f"{name}: {100 * accuracy:.1f} % +- {100 * error:.1f}")


if __name__ == "__main__":
    {"records": records, "shortcut": shortcut}[sys.argv[1]](sys.argv[2])
