"""AlphaPO's reward of a mean log-probability, and its slope, for several shapes."""

from __future__ import annotations

from typing import Any

import torch

from distilled.cpo import shaped

SHAPES = ((-0.5, 1), (0.0, "policy"), (0.25, 2), (0.5, 3))


def panels() -> list[dict[str, Any]]:
    rewards, slopes = [], []
    for alpha, tone in SHAPES:
        m = torch.linspace(-4, 0, 41, requires_grad=True)
        reward = shaped(m, alpha)
        (slope,) = torch.autograd.grad(reward.sum(), m)
        line = {"name": f"α = {alpha:g}", "tone": tone}
        rewards.append({**line, "points": list(zip(m.tolist(), reward.tolist(), strict=True))})
        slopes.append({**line, "points": list(zip(m.tolist(), slope.tolist(), strict=True))})
    x = "mean log-probability a token"
    return [
        {"x": x, "y": "reward / β", "lines": rewards},
        {"x": x, "y": "slope of the reward", "lines": slopes},
    ]
