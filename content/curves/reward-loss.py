"""The loss of a pair and its push, against the difference of scores, for three margins."""

from __future__ import annotations

from typing import Any

import torch

from distilled.reward import bradley_terry

MARGINS = {0.0: "policy", 1.0: 2, 3.0: 3}


def panels() -> list[dict[str, Any]]:
    """Two panels: the loss, and minus its derivative by the difference."""
    difference = torch.linspace(-4, 6, 41, requires_grad=True)
    zero = torch.zeros(41)
    losses, pushes = [], []
    for margin, tone in MARGINS.items():
        loss = bradley_terry(difference, zero, margin)
        (slope,) = torch.autograd.grad(loss.sum(), difference)
        name = "no margin" if margin == 0 else f"margin {margin:.0f}"
        for lines, values in ((losses, loss), (pushes, -slope)):
            points = list(zip(difference.tolist(), values.tolist(), strict=True))
            lines.append({"name": name, "tone": tone, "points": points})
    x = "difference of scores, r_w - r_l"
    return [
        {"x": x, "y": "loss of the pair", "lines": losses},
        {"x": x, "y": "push on the difference", "lines": pushes},
    ]
