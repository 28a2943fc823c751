"""Objectives of one token against its ratio, for the explorer of clipping.

Computed by `distilled.grpo`, which equals `GRPOTrainer`, on one answer whose first token stands at
the ratio ρ while the others stay at 1; by `distilled.ppo` and `distilled.rloo` where those trainers
clip. Float64, derivatives by autograd.

Shape: `cases`, each with `method`, `by` (the trainer), `settings` under the explorer's names, and
`points`: rows of ρ, the advantage, the token's objective (minus its loss), and the push on its
log-probability (minus the derivative of the answer's summed loss).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from distilled import ppo, rloo
from distilled.grpo import CLIPPED, LOSSES, GRPOOptions, Tokens

RATIOS = (0.05, 0.3, 0.7, 0.95, 1.0, 1.06, 1.25, 1.45, 1.9, 3.2, 6.0)  # none at a kink
SETTINGS = (
    {
        "epsilon": 0.2,
        "epsilonHigh": 0.28,
        "delta": 4.0,
        "cap": 5.0,
        "sequenceEpsilon": 3e-4,
        "tokens": 100,
        "tauPos": 1.0,
        "tauNeg": 1.05,
        "kPos": 2.0,
        "lambdaPos": 3.0,
        "kNeg": 3.0,
        "lambdaNeg": 2.0,
        "oldLogProb": -1.0,
    },
    {
        "epsilon": 0.1,
        "epsilonHigh": 0.5,
        "delta": 1.7,
        "cap": 1.3,
        "sequenceEpsilon": 0.04,
        "tokens": 9,
        "tauPos": 2.5,
        "tauNeg": 0.4,
        "kPos": 0.5,
        "lambdaPos": 1.5,
        "kNeg": 1.2,
        "lambdaNeg": 4.0,
        "oldLogProb": -3.5,
    },
)
Loss = Callable[[Tensor, Tensor, Tensor], Tensor]


def of_grpo(loss_type: str, **options: object) -> Loss:
    """The token losses of an answer from log-probs, old log-probs and the advantage."""

    def loss(log_probs: Tensor, old: Tensor, advantage: Tensor) -> Tensor:
        tokens = Tokens(log_probs, old, advantage.view(1, 1), torch.ones_like(old))
        losses = LOSSES[loss_type](tokens, GRPOOptions(loss_type=loss_type, **options))
        return losses.expand_as(log_probs)  # of a sequence's ratio: one loss for all tokens

    return loss


def of_ppo(s: dict) -> Loss:
    def loss(log_probs: Tensor, old: Tensor, advantage: Tensor) -> Tensor:
        return ppo.clipped_policy_loss((log_probs - old).exp(), advantage, s["epsilon"])[0]

    return loss


def of_rloo(s: dict) -> Loss:
    """An answer of one token: RLOO's ratio is that of the whole answer."""
    options = rloo.RLOOOptions(epsilon=s["epsilon"])
    return lambda log_probs, old, advantage: rloo.surrogate(
        (log_probs - old)[:, 0], advantage.view(1), options
    ).view(1, 1)


def losses_of(s: dict) -> Iterator[tuple[str, str, Loss]]:
    """The explorer's name of the method, the trainer, and its loss under the settings."""
    clip = {"epsilon": s["epsilon"]}
    sequence = {"epsilon": s["sequenceEpsilon"], "importance_sampling_level": "sequence"}
    soft = {"sapo_temperature_pos": s["tauPos"], "sapo_temperature_neg": s["tauNeg"]}
    gamma = {f"vespo_{a}_{b.lower()}": s[a + b] for a in ("k", "lambda") for b in ("Pos", "Neg")}
    yield "unclipped", "GRPO", of_grpo("dapo", epsilon=1e9)
    yield "clip", "PPO", of_ppo(s)
    yield "clip", "RLOO", of_rloo(s)
    for loss_type in CLIPPED:
        yield "clip", f"GRPO {loss_type}", of_grpo(loss_type, **clip)
    yield "clip_higher", "GRPO", of_grpo("dapo", **clip, epsilon_high=s["epsilonHigh"])
    yield "two_sided", "GRPO", of_grpo("dapo", **clip, delta=s["delta"])
    for loss_type in ("grpo", "luspo"):
        yield "sequence", f"GRPO {loss_type}", of_grpo(loss_type, **sequence)
    yield "cispo", "GRPO cispo", of_grpo("cispo", epsilon_high=s["cap"])
    yield "sapo", "GRPO sapo", of_grpo("sapo", **soft)
    yield "vespo", "GRPO vespo", of_grpo("vespo", **gamma)


def points(method: str, loss: Loss, s: dict) -> list[list[float]]:
    """A row a ratio and a sign of the advantage."""
    rows = []
    length = s["tokens"] if method == "sequence" else 1
    for rho in RATIOS:
        for sign in (1.0, -1.0):
            old = torch.full((1, length), s["oldLogProb"], dtype=torch.float64)
            log_probs = old.clone()
            log_probs[0, 0] += torch.tensor(rho, dtype=torch.float64).log()
            log_probs.requires_grad_()
            losses = loss(log_probs, old, torch.tensor(sign, dtype=torch.float64))
            (slope,) = torch.autograd.grad(losses.sum(), log_probs)
            push = -slope[0, 0]
            rows.append([rho, sign, *(round(x.item(), 10) + 0.0 for x in (-losses[0, 0], push))])
    return rows


def vectors() -> dict:
    """What `content/distilled/vectors.json` holds under `clipping`."""
    cases = [
        {"method": method, "by": by, "settings": s, "points": points(method, loss, s)}
        for s in SETTINGS
        for method, by, loss in losses_of(s)
    ]
    return {"cases": cases}
