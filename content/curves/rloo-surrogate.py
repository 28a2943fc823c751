"""The clipped surrogate of a completion and its gradient, against the ratio of the sequence."""

import torch

from distilled.rloo import RLOOOptions, surrogate


def panels() -> list[dict]:
    ratios = torch.cat([torch.linspace(0.4, 1.8, 57), torch.tensor([0.7999, 1.2001])]).sort()[0]
    values, slopes = [], []
    for name, tone, advantage in (("A = +1", "chosen", 1.0), ("A = −1", "rejected", -1.0)):
        logs = ratios.log().requires_grad_(True)
        loss = surrogate(logs, torch.full_like(logs, advantage), RLOOOptions())
        (slope,) = torch.autograd.grad(loss.sum(), logs)
        for lines, ys in ((values, loss.detach()), (slopes, slope)):
            points = [[x, y] for x, y in zip(ratios.tolist(), ys.tolist(), strict=True)]
            lines.append({"name": name, "tone": tone, "points": points})
    x = "ratio of the sequence, new policy to old"
    return [
        {"x": x, "y": "loss", "lines": values},
        {"x": x, "y": "derivative by the log-probability", "lines": slopes},
    ]
