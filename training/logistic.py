"""A logistic regression over dense rows, learned whole."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

Array = np.ndarray[Any, np.dtype[np.float64]]


def weights_of(table: Array, label: Array, penalty: Array) -> Array:
    """The weight of each column of `table` (rows, columns).

    label: (rows,), 1 or 0. penalty: (columns,), of half the square of each weight.
    """

    def loss(weights: Array) -> tuple[float, Array]:
        odds = table @ weights
        slope = table.T @ (1 / (1 + np.exp(-odds)) - label) + penalty * weights
        return float(np.sum(np.logaddexp(0, odds) - label * odds) + penalty @ weights**2 / 2), slope

    found: Array = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B").x
    return found
