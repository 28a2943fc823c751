"""Where ORPO comes to rest in a world of two answers and a judge who errs in one pair of ten."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from distilled.orpo import odds_ratio_loss

WRONG, ANSWER, ROW = 0.1, 6, 13  # share of errors; tokens of an answer, predicted tokens of a row


def parts(share: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """NLL and penalty of a model that gives the preferred answer with probability `share`."""
    x, y = share.log() / ANSWER, (1 - share).log() / ANSWER
    right, d = odds_ratio_loss(x, y)
    nll = -((1 - WRONG) * share.log() + WRONG * (1 - share).log()) / ROW
    return nll, (1 - WRONG) * right - WRONG * F.logsigmoid(-d)


def panels() -> list[dict]:
    share = torch.linspace(0.66, 0.97, 32)
    nll, penalty = parts(share)
    wanted = {
        "β = 0": nll,
        "β = 0.1": nll + 0.1 * penalty,
        "β = 1": nll + penalty,
    }
    lines = [
        {
            "name": name,
            "tone": tone,
            "points": list(
                zip(share.tolist(), ((y - y.min()) / (y[0] - y.min())).tolist(), strict=True)
            ),
        }
        for tone, (name, y) in enumerate(wanted.items(), start=1)
    ]
    axis = "share of the preferred answer"
    return [{"x": axis, "y": "loss above its minimum, 1 at 0.66", "lines": lines}]
