"""Makes Tests/Fixtures/metrics/intervals.json: intervals and tests by NumPy, SciPy, scikit-learn and statsmodels.

Run: python Tests/Reference/intervals.py   (numpy, scipy, scikit-learn, statsmodels)
The bootstrap's resamples are stored with their results, so that both sides draw the same groups.
"""

import json
import math
import pathlib
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics as sk
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "metrics"
warnings.simplefilter("ignore")
LABELS = np.arange(4)


def figures(truth, p):
    predicted = p.argmax(axis=1)
    auroc = [
        sk.roc_auc_score(truth == k, p[:, k]) if 0 < (truth == k).sum() < len(truth) else math.nan
        for k in LABELS
    ]
    each = dict(labels=LABELS, average=None, zero_division=np.nan)
    constant = len(set(truth)) == 1 or len(set(predicted)) == 1
    return [
        sk.accuracy_score(truth, predicted),
        sk.balanced_accuracy_score(truth, predicted),
        sk.f1_score(truth, predicted, average="macro", zero_division=np.nan),
        math.nan if constant else sk.matthews_corrcoef(truth, predicted),
        np.nanmean(auroc),
        *sk.recall_score(truth, predicted, **each),
        *sk.f1_score(truth, predicted, **each),
        *auroc,
    ]


def bootstrap(rng, n, groups, resamples):
    """Random samples in groups that may span classes; resamples as drawn groups, stratum by stratum."""
    truth = rng.integers(0, 4, n)
    z = rng.normal(size=(n, 4))
    z[np.arange(n), truth] += 1.3
    p = np.round(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True), 6)
    group = rng.integers(0, groups, n)
    names = sorted({f"g{g:03d}" for g in group})
    group = np.array([names.index(f"g{g:03d}") for g in group])
    support = np.bincount(truth, minlength=4)
    strata = {}
    for g in range(len(names)):
        counts = np.bincount(truth[group == g], minlength=4)
        present = [k for k in LABELS if counts[k]]
        strata.setdefault(min(present, key=lambda k: (-counts[k], support[k], k)), []).append(g)
    drawn, values = [], []
    for _ in range(resamples):
        picks = [[int(i) for i in rng.integers(0, len(s), len(s))] for s in strata.values()]
        chosen = [s[i] for s, pick in zip(strata.values(), picks) for i in pick]
        samples = np.concatenate([np.flatnonzero(group == g) for g in chosen])
        drawn.append([i for pick in picks for i in pick])
        values.append(figures(truth[samples], p[samples]))
    columns = np.array(values).T
    return {
        "true": truth.tolist(),
        "probabilities": p.tolist(),
        "groups": [names[g] for g in group],
        "draws": drawn,
        "limits": [
            np.percentile(c[~np.isnan(c)], [2.5, 97.5], method="linear").tolist() for c in columns
        ],
    }


def delong(scores, positive):
    """By the definition: placements from all pairs."""
    up, down = scores[:, positive], scores[:, ~positive]
    kernel = (up[:, :, None] > down[:, None, :]) + 0.5 * (up[:, :, None] == down[:, None, :])
    cov = np.cov(kernel.mean(axis=2)) / up.shape[1] + np.cov(kernel.mean(axis=1)) / down.shape[1]
    areas = kernel.mean(axis=(1, 2))
    for score, area in zip(scores, areas):
        assert abs(sk.roc_auc_score(positive, score) - area) < 1e-12
    d = areas[0] - areas[1]
    deviation = math.sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    z975 = stats.norm.ppf(0.975)
    return {
        "scores": scores.tolist(),
        "positives": positive.tolist(),
        "areas": areas.tolist(),
        "covariances": cov.tolist(),
        "z": d / deviation,
        "p": 2 * stats.norm.sf(abs(d / deviation)),
        "interval": [d - z975 * deviation, d + z975 * deviation],
    }


def discordant(b, c):
    exact = mcnemar([[0, b], [c, 0]], exact=True)
    tail = stats.binom.cdf(min(b, c), b + c, 0.5)
    return {
        "b": b,
        "c": c,
        "exact": float(exact.pvalue),
        "mid": min(1.0, 2 * (tail - stats.binom.pmf(min(b, c), b + c, 0.5) / 2)),
        "chi2": mcnemar([[0, b], [c, 0]], exact=False, correction=False).statistic,
        "corrected": mcnemar([[0, b], [c, 0]], exact=False, correction=True).statistic,
    }


def corrected(differences, train, test):
    d = np.array(differences)
    t = d.mean() / math.sqrt((1 / len(d) + test / train) * d.var(ddof=1))
    return {
        "differences": differences,
        "train": train,
        "test": test,
        "t": t,
        "p": 2 * stats.t.sf(abs(t), len(d) - 1),
    }


rng = np.random.default_rng(15)
pairs = []
for n in (30, 47):
    positive = rng.random(n) < 0.4
    base = rng.normal(size=n) + positive
    pairs.append(delong(np.round([base + rng.normal(size=n), rng.normal(size=n) + positive], 1), positive))
wilson = []
for hits, trials in [(3, 5), (30, 30), (65, 74), (4, 4), (28, 30), (0, 6), (41, 98)]:
    low, high = proportion_confint(hits, trials, method="wilson")
    wilson.append({"successes": hits, "trials": trials, "lower": low, "upper": high})
fixture = {
    "bootstrap": [bootstrap(rng, 40, 24, 60), bootstrap(rng, 70, 9, 40)],
    "delong": pairs,
    "mcnemar": [discordant(*bc) for bc in [(6, 16), (5, 1), (8, 1), (1, 7), (121, 59), (4, 4), (5, 0)]],
    "corrected_t": [
        corrected([0.02, 0.01, 0.03, -0.01, 0.02], 393, 98),
        corrected([0.5, -0.5, 0.25], 10, 5),
        corrected(np.round(rng.normal(size=40), 6).tolist(), 80, 20),
        corrected([3.0, 3.1], 400, 100),
    ],
    "wilson": wilson,
}
path = FOLDER / "intervals.json"
path.write_text(json.dumps(fixture, separators=(",", ":")).replace("},{", "},\n{") + "\n")
print(path.name, path.stat().st_size, "bytes")
