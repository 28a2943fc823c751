"""Loss of one token, and its derivative by the token's own logit, against its probability."""

from __future__ import annotations

import torch

from distilled.sft import LOSSES

PROBABILITIES = torch.cat([torch.linspace(0.01, 0.1, 10), torch.linspace(0.12, 0.99, 45)])


def line(name: str, tone: int, slope: bool) -> dict:
    """One curve; for `slope`, how hard a step pulls the target's logit up."""
    logit = torch.logit(PROBABILITIES).requires_grad_(True)  # against all other tokens together
    loss = LOSSES[name](torch.nn.functional.logsigmoid(logit))
    (gradient,) = torch.autograd.grad(loss.sum(), logit)
    values = -gradient if slope else loss.detach()
    points = zip(PROBABILITIES.tolist(), values.tolist(), strict=True)
    return {"name": name, "tone": tone, "points": list(points)}


def panels() -> list[dict]:
    x = "probability of the target token"
    return [
        {"x": x, "y": "loss of the token (nats)", "lines": both(slope=False)},
        {"x": x, "y": "pull on the target's logit", "lines": both(slope=True)},
    ]


def both(slope: bool) -> list[dict]:
    return [line("nll", 1, slope), line("dft", 2, slope)]
