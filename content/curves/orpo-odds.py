"""Odds against probability, and what each ratio does to the rejected answer."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from distilled.orpo import log_odds, odds_ratio_loss

CHOSEN = math.log(0.6)  # the chosen answer's mean log-probability in the right panel


def pull(by_odds: bool, p: float) -> float:
    """How hard -log σ of the log ratio pushes the rejected answer's mean log-probability down."""
    x, y = torch.tensor([CHOSEN]), torch.tensor([math.log(p)], requires_grad=True)
    loss = odds_ratio_loss(x, y)[0] if by_odds else -F.logsigmoid(x - y)
    loss.sum().backward()
    return y.grad.item()


def panels() -> list[dict]:
    ps = [0.01 + 0.02 * i for i in range(50)]
    scores = log_odds(torch.tensor(ps).log()).tolist()
    left = [
        {"name": "log p", "tone": "reference", "points": [(p, math.log(p)) for p in ps]},
        {"name": "log odds", "tone": "policy", "points": list(zip(ps, scores, strict=True))},
    ]
    right = [
        {"name": name, "tone": tone, "points": [(p, pull(by_odds, p)) for p in ps if p < 0.8]}
        for name, tone, by_odds in (
            ("probability ratio", "reference", False),
            ("odds ratio", "policy", True),
        )
    ]
    return [
        {"x": "probability p of a token (geometric mean)", "y": "score in nats", "lines": left},
        {"x": "p of the rejected answer, chosen at 0.6", "y": "push down", "lines": right},
    ]
