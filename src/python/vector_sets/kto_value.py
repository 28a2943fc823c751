"""KTO's value of an answer, and prospect theory's value of an outcome, for the explorer of both.

The loss is `distilled.kto.weighted_loss` of a batch of one, in float64, its slope by autograd.

Shape: `prospect` (rows of alpha, lambda, outcome, value) and `cases`, each with the settings under
TRL's names, `z0`, and `points`: rows of log-ratio, wanted (1 or 0), loss, -dL/dl.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from distilled.kto import KTOOptions, weighted_loss

LOG_RATIOS = (-60.0, -20.0, -5.0, -0.5, 0.0, 0.25, 3.0, 10.0, 40.0)
SETTINGS = (  # beta, desirable weight, undesirable weight, z0
    (0.1, 1.0, 1.0, 0.0),
    (0.1, 1.0, 1.0, 20.0),
    (0.5, 1.33, 1.0, 3.0),
    (2.0, 1.0, 2.5, 0.5),
    (0.01, 0.0, 4.0, 40.0),
)
PROSPECTS = ((0.88, 2.25), (0.5, 1.0), (1.0, 4.0))
OUTCOMES = (-3.0, -1.0, -0.2, 0.0, 0.2, 1.0, 3.0)


def point(log_ratio: float, wanted: bool, z0: float, options: KTOOptions) -> list[float]:
    """A row of `points`. The reference point is a constant, as in training."""
    x = torch.tensor([log_ratio], requires_grad=True)
    reference = torch.tensor(z0)
    loss = weighted_loss(x, torch.tensor([wanted]), reference, options)
    (slope,) = torch.autograd.grad(loss, x)
    return [log_ratio, int(wanted), round(loss.item(), 10), round(-slope.item(), 10) + 0.0]


@contextmanager
def float64() -> Iterator[None]:
    """Python numbers become float64 tensors: the distilled code makes some of β and the weights."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def prospect(gain: float, alpha: float, aversion: float) -> float:
    """The value function of Tversky and Kahneman (1992)."""
    return gain**alpha if gain >= 0 else -aversion * (-gain) ** alpha


def case(beta: float, desirable: float, undesirable: float, z0: float) -> dict[str, Any]:
    """Every log-ratio, wanted and unwanted, under one setting."""
    options = KTOOptions(beta=beta, desirable_weight=desirable, undesirable_weight=undesirable)
    return {
        "beta": beta,
        "desirable_weight": desirable,
        "undesirable_weight": undesirable,
        "z0": z0,
        "points": [point(x, wanted, z0, options) for x in LOG_RATIOS for wanted in (True, False)],
    }


def vectors() -> dict[str, Any]:
    """What `content/distilled/vectors.json` holds under `kto_value`."""
    with float64():
        cases = [case(*settings) for settings in SETTINGS]
    return {
        "prospect": [
            [alpha, aversion, gain, round(prospect(gain, alpha, aversion), 10)]
            for alpha, aversion in PROSPECTS
            for gain in OUTCOMES
        ],
        "cases": cases,
    }
