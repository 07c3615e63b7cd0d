"""Makes Tests/Fixtures/metrics/*.json: figures by scikit-learn and SciPy for ECGMetrics' parity tests.

Run: python Tests/Reference/metrics.py   (numpy, scipy, scikit-learn)
A figure that is undefined, by the rules of ClassificationMetrics, is null.
"""

import json
import math
import pathlib
import warnings

import numpy as np
from scipy.special import log_softmax
from scipy.stats import binomtest
from sklearn import metrics as sk

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "metrics"
warnings.simplefilter("ignore")


def defined(value):
    return None if value is None or math.isnan(value) else float(value)


def figures(truth, p):
    classes = p.shape[1]
    predicted = p.argmax(axis=1)
    labels = np.arange(classes)
    confusion = sk.confusion_matrix(truth, predicted, labels=labels)
    each = dict(labels=labels, average=None, zero_division=np.nan)
    precision = sk.precision_score(truth, predicted, **each)
    recall = sk.recall_score(truth, predicted, **each)
    f1 = sk.f1_score(truth, predicted, **each)
    specificity, auroc = [], []
    for k in labels:
        rest = truth != k
        specificity.append(
            sk.recall_score(rest, predicted != k, pos_label=True) if rest.any() else math.nan
        )
        both = 0 < rest.sum() < len(truth)
        auroc.append(sk.roc_auc_score(~rest, p[:, k]) if both else math.nan)
    constant = len(set(truth)) == 1 or len(set(predicted)) == 1
    certain = (p[np.arange(len(truth)), truth] == 0).any()
    macro_auroc = np.nanmean(auroc)
    if classes > 2 and len(set(truth)) == classes:
        theirs = sk.roc_auc_score(truth, p, multi_class="ovr", average="macro", labels=labels)
        assert abs(theirs - macro_auroc) < 1e-15 * 8
    return {
        "accuracy": sk.accuracy_score(truth, predicted),
        "balanced_accuracy": sk.balanced_accuracy_score(truth, predicted),
        "macro_precision": defined(np.nanmean(precision)),
        "macro_recall": defined(np.nanmean(recall)),
        # Without `labels` the macro runs over the classes that are true or predicted somewhere.
        "macro_f1": sk.f1_score(truth, predicted, average="macro", zero_division=np.nan),
        # A class without samples has a specificity near 1 whatever is predicted.
        "macro_specificity": defined(np.nanmean(np.where(confusion.sum(axis=1) > 0, specificity, np.nan))),
        "mcc": None if constant else sk.matthews_corrcoef(truth, predicted),
        "macro_auroc": defined(macro_auroc),
        "log_loss": None if certain else sk.log_loss(truth, p, labels=labels),
        "precision": [defined(v) for v in precision],
        "recall": [defined(v) for v in recall],
        "f1": [defined(v) for v in f1],
        "specificity": [defined(v) for v in specificity],
        "auroc": [defined(v) for v in auroc],
        "confusion": confusion.tolist(),
    }


def whole(rng, n, classes, steps):
    """Probabilities that are multiples of 1/steps: many ties, sums exactly 1."""
    return rng.multinomial(steps, [1 / classes] * classes, size=n) / steps


def smooth(rng, truth, classes, pull=1.5):
    """Probabilities that lean to the true class, to nine digits."""
    z = rng.normal(size=(len(truth), classes))
    z[np.arange(len(truth)), truth] += pull
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return np.round(p, 9)


def cases():
    rng = np.random.default_rng(20260)
    four = rng.integers(0, 4, 60)
    yield "four classes", four, smooth(rng, four, 4)
    yield "ties in probabilities", rng.integers(0, 4, 80), whole(rng, 80, 4, 8)
    yield "probabilities of 0 and 1", rng.integers(0, 4, 30), whole(rng, 30, 4, 1)
    public = np.repeat([0, 1, 2, 3], [28, 47, 17, 6])
    yield "the public set's test part", public, smooth(rng, public, 4)
    absent = rng.integers(0, 3, 40)
    yield "class 3 absent, sometimes predicted", absent, smooth(rng, absent, 4, 0.5)
    never = smooth(rng, four, 4)
    never[:, 2] *= 0.01
    never = np.round(never / never.sum(axis=1, keepdims=True), 9)
    yield "class 2 present, never predicted", four, never
    neither = never[four != 2]
    yield "class 2 absent and never predicted", four[four != 2], neither
    one = np.full(20, 1)
    yield "every sample of class 1", one, smooth(rng, one, 4, 0.5)
    constant = np.tile([0.4, 0.3, 0.2, 0.1], (25, 1))
    yield "constant probabilities", rng.integers(0, 4, 25), constant
    yield "perfect", four, np.round(0.01 + 0.96 * np.eye(4)[four], 9)
    yield "always wrong", four, np.round(0.01 + 0.96 * np.eye(4)[(four + 1) % 4], 9)
    two = rng.integers(0, 2, 50)
    yield "two classes with ties", two, whole(rng, 50, 2, 6)
    seven = np.arange(7)
    yield "one sample a class", seven, smooth(rng, seven, 7)
    yield "one sample", np.array([2]), np.array([[0.125, 0.25, 0.5, 0.125]])


def write(name, value):
    path = FOLDER / name
    path.write_text(json.dumps(value, separators=(",", ":")).replace('},{"', '},\n{"') + "\n")
    print(path.name, path.stat().st_size, "bytes")


FOLDER.mkdir(parents=True, exist_ok=True)
write(
    "classification.json",
    [
        {"name": name, "true": t.tolist(), "probabilities": p.tolist(), "expected": figures(t, p)}
        for name, t, p in cases()
    ],
)

intervals = []
for successes, trials, level in [
    (3, 5, 0.95), (30, 30, 0.95), (65, 74, 0.95), (4, 4, 0.95), (28, 30, 0.95), (0, 6, 0.95),
    (1, 1, 0.95), (0, 1, 0.95), (93, 98, 0.95), (855, 960, 0.95), (499999, 1000000, 0.95),
]:
    ci = binomtest(successes, trials).proportion_ci(level, method="wilson")
    intervals.append({"successes": successes, "trials": trials, "lower": ci.low, "upper": ci.high})
write("wilson.json", intervals)

rng = np.random.default_rng(7)
losses = []
for scale in [0.1, 1, 10, 100]:
    z = (rng.normal(size=4) * scale).astype(np.float32)
    losses.append({
        "logits": z.astype(float).tolist(),
        "losses": (-log_softmax(z.astype(np.float64))).tolist(),
    })
write("cross-entropy.json", losses)
