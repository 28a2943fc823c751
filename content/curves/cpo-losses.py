"""CPO's loss types against the reward margin, β = 1, and how hard each pushes."""

from __future__ import annotations

from typing import Any

import torch

from distilled.cpo import LOSSES, CPOOptions

FAMILY = (
    ("sigmoid", "sigmoid", 0.0, "policy"),
    ("simpo, γ = 0.5", "simpo", 0.5, 1),
    ("simpo, γ = 1.375", "simpo", 1.375, 2),
    ("hinge", "hinge", 0.0, 3),
    ("ipo", "ipo", 0.0, 4),
)


def panels() -> list[dict[str, Any]]:
    losses, pushes = [], []
    for name, loss_type, gamma, tone in FAMILY:
        # the parabola would flatten the others further out
        ends = (-1, 2) if loss_type == "ipo" else (-2, 3)
        z = torch.linspace(*ends, 41, requires_grad=True)
        loss = LOSSES[loss_type](z, CPOOptions(beta=1.0, simpo_gamma=gamma))
        (slope,) = torch.autograd.grad(loss.sum(), z)
        line = {"name": name, "tone": tone}
        losses.append({**line, "points": list(zip(z.tolist(), loss.tolist(), strict=True))})
        pushes.append({**line, "points": list(zip(z.tolist(), (-slope).tolist(), strict=True))})
    x = "reward margin z = β × difference"
    return [
        {"x": x, "y": "loss of a pair", "lines": losses},
        {"x": x, "y": "push, -dL/dz", "lines": pushes},
    ]
