"""The value function of prospect theory, and KTO's in the place of it."""

from __future__ import annotations

import math
from typing import Any

import torch

from distilled.kto import KTOOptions, kto

ALPHA, LAMBDA = 0.88, 2.25  # the medians of Tversky and Kahneman (1992)


def prospect(z: float) -> float:
    """What a gain (z > 0) or a loss feels like."""
    return z**ALPHA if z >= 0 else -LAMBDA * (-z) ** ALPHA


def value(log_ratio: float, z0: float, desirable: bool) -> float:
    """v = λ - loss, with β = 0.1 and λ = 1."""
    losses = kto(
        torch.tensor([log_ratio]), torch.tensor([desirable]), torch.tensor(z0), KTOOptions()
    )
    return 1 - losses.item()


def panels() -> list[dict[str, Any]]:
    small = [step / 10 for step in range(-30, 31, 2)]
    logistic = [(z, 4 / (1 + math.exp(-z)) - 2) for z in small]  # slope 1 at its centre
    human = {
        "x": "gain over the reference point",
        "y": "value",
        "lines": [
            {"name": "prospect theory", "tone": 3, "points": [(z, prospect(z)) for z in small]},
            {"name": "logistic, scaled to slope 1", "tone": "policy", "points": logistic},
        ],
    }
    wide = range(-60, 81, 4)
    lines = [
        ("wanted, z0 = 0", "chosen", 0.0, True),
        ("wanted, z0 = 20", 1, 20.0, True),
        ("unwanted, z0 = 0", "rejected", 0.0, False),
        ("unwanted, z0 = 20", 5, 20.0, False),
    ]
    model = {
        "x": "log-ratio (nats)",
        "y": "value, β = 0.1",
        "lines": [
            {"name": n, "tone": tone, "points": [(float(x), value(x, z0, d)) for x in wide]}
            for n, tone, z0, d in lines
        ],
    }
    return [human, model]
