"""The clipped policy loss of one token against the ratio, and its push, for either sign of A."""

import torch

from distilled.ppo import clipped_policy_loss

RATIOS = [0.5 + 0.02 * i for i in range(51)]


def curve(advantage: float, push: bool) -> list[list[float]]:
    ratio = torch.tensor(RATIOS, requires_grad=True)
    loss, _ = clipped_policy_loss(ratio, torch.tensor(advantage), 0.2)
    (gradient,) = torch.autograd.grad(loss.sum(), ratio)
    values = -gradient if push else loss.detach()
    return [[x, y] for x, y in zip(RATIOS, values.tolist(), strict=True)]


def panels() -> list[dict]:
    """The loss, and minus its derivative by the ratio."""
    return [
        {
            "x": "ratio ρ of the token",
            "y": y,
            "lines": [
                {"name": "A = +1", "tone": "chosen", "points": curve(1.0, push)},
                {"name": "A = −1", "tone": "rejected", "points": curve(-1.0, push)},
            ],
        }
        for y, push in (("loss of the token", False), ("push on ρ", True))
    ]
