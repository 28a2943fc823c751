"""Advantages of whole answers for the explorer's tests, by the distilled GRPO, RLOO and PPO.

`distilled.grpo` and `distilled.rloo` equal TRL 1.16.0, `distilled.ppo` equals TRL 1.12.0.
REINFORCE++ is not in TRL: it is written out below. Float64.

Shape: `cases`, each with `rewards` (rows of G, a row a prompt), `values` (one a prompt) and for
each method its advantages, rows like the rewards; `flat` says which groups GRPO counts as flat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from distilled.grpo import GRPOOptions, group_advantages
from distilled.ppo import gae, whiten
from distilled.rloo import RLOOOptions, advantages_of

CASES = (  # rewards of each prompt, values of the prompts
    ([[1, 0, 0, 1], [9, 9, 9, 1]], (0.4, 6.0)),
    ([[1, 1, 1, 1], [0, 0, 0, 0]], (0.6, 0.3)),
    ([[0.7, 0.7, 0.7], [0.7, 0.7, 0.7]], (0.2, 0.9)),
    ([[1, 0], [1, 0.9]], (0.5, 0.5)),
    ([[1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0, 1, 0]], (0.1, 0.5)),
    ([[0.5, 0.6, 0.4, 0.5, 9, 0.6], [0.5, 0.6, 0.4, 0.5, 0.5, 0.6]], (0.5, 0.5)),
    ([[-1.3, 0.2, 7.5, -0.1, 2.2], [0.01, 0.02, 0.01, 0.03, 0.02]], (-2.0, 0.0)),
    ([[1e-4, 0, 0, 1e-4], [0, 0, 1e-4, 1e-4]], (0.0, 1e-4)),
)


def grpo(rewards: Tensor, scale: str) -> tuple[Tensor, Tensor]:
    """Advantages and whose deviation is zero, both (prompts, G)."""
    size = {"num_generations": rewards.shape[1], "per_device_train_batch_size": rewards.numel()}
    options = GRPOOptions(scale_rewards=scale, **size)
    pair = group_advantages(rewards.reshape(-1, 1), options)
    return tuple(each.view_as(rewards) for each in pair)


def rloo(rewards: Tensor, normalise: bool) -> Tensor:
    """Advantages, (prompts, G)."""
    options = RLOOOptions(num_generations=rewards.shape[1], normalize_advantages=normalise)
    return advantages_of(rewards.flatten(), options).view_as(rewards)


def reinforce_plus_plus(rewards: Tensor) -> Tensor:
    """REINFORCE++ (2501.03262) without its KL: normalised over the batch, groups play no part.

    The paper writes (A - mean) / std; n-1 below and the 1e-4 are TRL's, as in the other methods.
    """
    return (rewards - rewards.mean()) / (rewards.std() + 1e-4)


def ppo(rewards: Tensor, values: Tensor, whitened: bool) -> Tensor:
    """Answers of one token that have ended, γ = λ = 1, no KL: the first token's advantages."""
    answers = rewards.flatten()
    before = values.unsqueeze(1).expand_as(rewards).flatten()
    # token and state after the end; what V says there cancels
    table = torch.stack([torch.zeros_like(answers), answers], dim=1)  # (B, 2)
    predicted = torch.stack([before, torch.full_like(before, 0.37)], dim=1)
    advantages, _ = gae(table, predicted, gamma=1.0, lam=1.0)
    if whitened:
        tokens = torch.tensor([True, False]).expand_as(table)
        advantages = whiten(advantages, tokens)
    return advantages[:, 0].view_as(rewards)


def cases() -> Iterator[dict]:
    """Every batch under every method."""
    for given, predicted in CASES:
        rewards, values = torch.tensor(given, dtype=torch.float64), torch.tensor(predicted)
        found = {
            "grpo": grpo(rewards, "group")[0],
            "grpoBatch": grpo(rewards, "batch")[0],
            "drGrpo": grpo(rewards, "none")[0],
            "rloo": rloo(rewards, False),
            "rlooNormalised": rloo(rewards, True),
            "reinforcePlusPlus": reinforce_plus_plus(rewards),
            "ppo": ppo(rewards, values, False),
            "ppoWhitened": ppo(rewards, values, True),
        }
        yield {
            "rewards": rewards.tolist(),
            "values": list(predicted),
            "flat": grpo(rewards, "none")[1][:, 0].tolist(),
            **{name: rounded(table) for name, table in found.items()},
        }


def rounded(table: Tensor) -> list[list[float]]:
    """To ten decimals, without the sign of a zero."""
    return [[round(x, 10) + 0.0 for x in row] for row in table.tolist()]


@contextmanager
def double_precision() -> Iterator[None]:
    """New tensors are float64 inside."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def vectors() -> dict:
    """What `content/distilled/vectors.json` holds under `advantages`."""
    with double_precision():
        return {"cases": list(cases())}
