"""Variance of the gradient estimate against G, exact: every tuple of answers is enumerated."""

from itertools import product

import torch

from distilled.rloo import leave_one_out

PI = torch.tensor([0.4, 0.3, 0.2, 0.1], dtype=torch.float64)
REWARD = torch.tensor([1.0, 0.0, 2.0, 3.0], dtype=torch.float64)
SCORES = torch.eye(4, dtype=torch.float64) - PI  # row a: the gradient of log pi(a) by the logits


def spread(group: int, advantage) -> float:
    """The trace of the covariance of the estimate from one group, times G: per sample spent."""
    tuples = torch.tensor(list(product(range(4), repeat=group)))  # (4^G, G)
    weight = PI[tuples].prod(dim=1)
    estimate = (advantage(REWARD[tuples]).unsqueeze(-1) * SCORES[tuples]).mean(dim=1)  # (4^G, 4)
    mean = (weight.unsqueeze(1) * estimate).sum(dim=0)
    return group * (weight * (estimate - mean).square().sum(dim=1)).sum().item()


def panels() -> list[dict]:
    squared = SCORES.square().sum(dim=1)
    best = (PI * squared * REWARD).sum() / (PI * squared).sum()
    expected = (PI * REWARD).sum()
    kinds = {
        "no baseline": ("rejected", lambda r: r),
        "leave one out": ("policy", lambda r: leave_one_out(r.flatten(), r.size(1)).view_as(r)),
        "expected reward": (3, lambda r: r - expected),
        "best constant": ("chosen", lambda r: r - best),
    }
    lines = [
        {"name": name, "tone": tone, "points": [[g, spread(g, f)] for g in range(2, 8)]}
        for name, (tone, f) in kinds.items()
    ]
    return [{"x": "G, samples of the prompt", "y": "variance × G", "lines": lines}]
