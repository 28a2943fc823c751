"""Objectives of one token against its ratio, for the explorer's tests.

From `distilled.grpo` (every `loss_type`), `distilled.ppo` and `distilled.rloo`, which equal TRL's
trainers. Float64, derivatives by autograd.

Shape: `cases`, each with `method` (of the explorer), `source`, `settings` and `points`: rows of ρ,
A, the objective less its value at ρ = 1 (null where the weight carries no gradient, so that the
loss is none), and the push -dL/d log π.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from distilled import ppo, rloo
from distilled.grpo import CLIPPED, LOSSES, GRPOOptions, Tokens

RATIOS = (0.05, 0.5, 0.79, 0.95, 1.0, 1.1, 1.19, 1.27, 1.5, 2.0, 3.5, 5.5)
ADVANTAGES = (1.0, -1.0, 0.5)
Loss = Callable[[Tensor, Tensor], Tensor]


def of_grpo(loss_type: str, **options) -> Loss:
    """The loss of a completion of one token, of its log-ratio and advantage."""
    settings = GRPOOptions(loss_type=loss_type, **options)

    def loss(log_ratio: Tensor, advantage: Tensor) -> Tensor:
        one = torch.ones(1, 1, dtype=torch.float64)
        tokens = Tokens(log_ratio.view(1, 1), 0 * one, advantage.view(1, 1), one)
        return LOSSES[loss_type](tokens, settings).squeeze()

    return loss


def of_sequence(loss_type: str, epsilon: float, length: int) -> Loss:
    """The summed loss of a completion with one ratio, of which only the first token moves."""
    options = {"importance_sampling_level": "sequence", "epsilon": epsilon}
    settings = GRPOOptions(loss_type=loss_type, **options)

    def loss(log_ratio: Tensor, advantage: Tensor) -> Tensor:
        old = torch.zeros(1, length, dtype=torch.float64)
        moved = torch.cat([log_ratio.view(1, 1), old[:, 1:]], dim=1)
        tokens = Tokens(moved, old, advantage.view(1, 1), torch.ones_like(old))
        return (LOSSES[loss_type](tokens, settings) * tokens.mask).sum()

    return loss


def of_ppo(epsilon: float) -> Loss:
    return lambda log_ratio, a: ppo.clipped_policy_loss(log_ratio.exp(), a, epsilon)[0]


def of_rloo(epsilon: float, high: float) -> Loss:
    options = rloo.RLOOOptions(epsilon=epsilon, epsilon_high=high)
    return lambda log_ratio, a: rloo.surrogate(log_ratio, a, options)


def rows(loss: Loss, objective: bool) -> list[list[float | None]]:
    """Points of a loss, off its kinks."""
    found = []
    for a in ADVANTAGES:
        advantage = torch.tensor(a, dtype=torch.float64)
        start = loss(torch.zeros((), dtype=torch.float64), advantage)
        for rho in RATIOS:
            log_ratio = torch.tensor(rho, dtype=torch.float64).log().requires_grad_()
            value = loss(log_ratio, advantage)
            (slope,) = torch.autograd.grad(value, log_ratio)
            gained = round((start - value).item(), 10) + 0.0 if objective else None
            found.append([rho, a, gained, round(-slope.item(), 10) + 0.0])
    return found


def cases() -> Iterator[dict]:
    """Every method under its defaults and under others."""
    plan: list[tuple[str, str, dict, Loss]] = []
    for epsilon in (0.2, 0.1):
        plain = {"eps": epsilon}
        plan += [("clip", "ppo", plain, of_ppo(epsilon))]
        plan += [("clip", "rloo", plain, of_rloo(epsilon, epsilon))]
        plan += [("clip", kind, plain, of_grpo(kind, epsilon=epsilon)) for kind in CLIPPED]
        wide = plain | {"epsHigh": 0.28}
        higher = of_grpo("dapo", epsilon=epsilon, epsilon_high=0.28)
        plan += [("clip-higher", "dapo", wide, higher)]
        plan += [("clip-higher", "rloo", wide, of_rloo(epsilon, 0.28))]
        two = of_grpo("dapo", epsilon=epsilon, delta=3.0)
        plan += [("two-sided", "dapo", plain | {"delta": 3.0}, two)]
    for epsilon, length in ((3e-4, 100), (0.03, 9)):
        given = {"seqEps": epsilon, "tokens": length}
        for kind in ("grpo", "luspo"):
            plan += [("sequence", kind, given, of_sequence(kind, epsilon, length))]
    for cap in (5.0, 0.2):
        plan += [("cispo", "cispo", {"cap": cap}, of_grpo("cispo", epsilon_high=cap))]
    for pos, neg in ((1.0, 1.05), (2.0, 4.0)):
        names = {"sapo_temperature_pos": pos, "sapo_temperature_neg": neg}
        plan += [("sapo", "sapo", {"tauPos": pos, "tauNeg": neg}, of_grpo("sapo", **names))]
    for k_pos, lam_pos, k_neg, lam_neg in ((2.0, 3.0, 3.0, 2.0), (1.0, 1.0, 1.0, 4.0)):
        names = {"vespo_k_pos": k_pos, "vespo_lambda_pos": lam_pos}
        names |= {"vespo_k_neg": k_neg, "vespo_lambda_neg": lam_neg}
        shown = {"kPos": k_pos, "lamPos": lam_pos, "kNeg": k_neg, "lamNeg": lam_neg}
        plan += [("vespo", "vespo", shown, of_grpo("vespo", **names))]
    for method, source, settings, loss in plan:
        points = rows(loss, objective=method not in ("cispo", "vespo"))
        yield {"method": method, "source": source, "settings": settings, "points": points}


def vectors() -> dict:
    """What `content/distilled/vectors.json` holds under `clipping`."""
    return {"cases": list(cases())}
