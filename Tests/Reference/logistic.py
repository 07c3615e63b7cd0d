"""Makes Tests/Fixtures/baselines/logistic.json: logistic regressions by scikit-learn.

Run: python Tests/Reference/logistic.py   (numpy, scikit-learn)
The features are multiples of 1/64, so that they are the same numbers in any language.
"""

import json
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression

FILE = pathlib.Path(__file__).resolve().parent.parent / "Fixtures" / "baselines" / "logistic.json"


def case(rng, name, n, d, classes, c, weighted=False):
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, n - classes)])
    centres = rng.normal(size=(classes, d)) * 0.7
    x = np.round((centres[labels] + rng.normal(size=(n, d))) * 64) / 64
    weights = rng.integers(1, 5, n) / 2 if weighted else np.ones(n)
    fit = LogisticRegression(C=c, tol=1e-12, max_iter=100000, solver="newton-cg")
    fit.fit(x, labels, sample_weight=weights)
    close = LogisticRegression(C=c, tol=1e-10, max_iter=100000, solver="lbfgs")
    close.fit(x, labels, sample_weight=weights)
    # Two of its solvers agree, so the numbers are the minimum's and not one solver's.
    assert np.abs(fit.coef_ - close.coef_).max() < 1e-6, np.abs(fit.coef_ - close.coef_).max()
    return {
        "name": name,
        "features": x.tolist(),
        "labels": labels.tolist(),
        "classes": classes,
        "inverse_penalty": c,
        "sample_weights": weights.tolist() if weighted else None,
        "weights": fit.coef_.tolist(),
        "intercepts": (fit.intercept_ - fit.intercept_.mean()).tolist(),
        "probabilities": fit.predict_proba(x[:5]).tolist(),
    }


def main():
    rng = np.random.default_rng(14)
    cases = [
        case(rng, "four classes", 60, 6, 4, 1.0),
        case(rng, "more features than samples", 24, 40, 4, 0.1),
        case(rng, "a weak penalty", 50, 3, 3, 100.0),
        case(rng, "weighted samples", 40, 5, 4, 0.5, weighted=True),
    ]
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
