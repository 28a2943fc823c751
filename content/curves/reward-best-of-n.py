"""What best-of-n gains in score and in truth, when the score's errors are tame and when not."""

from __future__ import annotations

import math
from typing import Any

import torch

from distilled.reward import best_of_n_kl


def best_of_n_mean(score: torch.Tensor, value: torch.Tensor, n: int) -> float:
    """Exact mean `value` of the best by `score` of n draws from equally likely answers."""
    order = score.argsort()
    below = torch.arange(len(score) + 1, dtype=torch.float64) / len(score)
    return ((below[1:] ** n - below[:-1] ** n) * value[order]).sum().item()


def panels() -> list[dict[str, Any]]:
    """Two panels: errors with thin tails, and one answer in two hundred that is scored wildly."""
    torch.manual_seed(0)
    truth = torch.randn(4_000, dtype=torch.float64)
    error = torch.randn(4_000, dtype=torch.float64)
    wild = error.clone()
    wild[:20] += 6.0  # nonsense that the score likes
    nonsense = truth.clone()
    nonsense[:20] = -3.0
    counts = sorted({round(2 ** (i / 2)) for i in range(21)})
    found = []
    for kind, value, noise in (("tame errors", truth, error), ("a hole", nonsense, wild)):
        score = value + noise
        lines = [
            {
                "name": name,
                "tone": tone,
                "points": [
                    (math.sqrt(best_of_n_kl(n)), best_of_n_mean(score, what, n)) for n in counts
                ],
            }
            for name, tone, what in (("score", "policy", score), ("truth", "chosen", value))
        ]
        found.append({"x": "square root of the KL bound", "y": f"mean, {kind}", "lines": lines})
    return found
