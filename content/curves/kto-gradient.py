"""How hard KTO pushes an answer, against its log-ratio, at several reference points."""

from __future__ import annotations

import math
from typing import Any

import torch

from distilled.kto import KTOOptions, kto

BETA = 0.1


def push(log_ratio: float, z0: float, beta: float = BETA) -> float:
    """-dL/dℓ of a wanted answer; an unwanted one is pushed as hard the other way."""
    x = torch.tensor([log_ratio], requires_grad=True)
    kto(x, torch.tensor([True]), torch.tensor(z0), KTOOptions(beta=beta)).sum().backward()
    assert x.grad is not None
    return -x.grad.item()


def panels() -> list[dict[str, Any]]:
    xs = [float(x) for x in range(-60, 81, 3)]
    moved = [
        {"name": f"z0 = {z0}", "tone": tone, "points": [(x, push(x, float(z0))) for x in xs]}
        for z0, tone in ((0, "policy"), (10, 1), (30, 2))
    ]
    dpo = [(x, BETA / (1 + math.exp(BETA * x))) for x in xs]
    against = [
        {"name": "KTO, at ℓ, z0 = 0", "tone": "policy", "points": [(x, push(x, 0.0)) for x in xs]},
        {"name": "DPO, at margin Δ", "tone": "reference", "points": dpo},
    ]
    return [
        {"x": "log-ratio ℓ (nats)", "y": "push on a wanted answer", "lines": moved},
        {"x": "ℓ or Δ (nats)", "y": "push", "lines": against},
    ]
