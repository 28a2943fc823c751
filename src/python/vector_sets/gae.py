"""Advantage estimates of one answer for the explorer's tests, by `distilled.ppo`.

It equals `PPOTrainer` of TRL 1.12.0. Float64.

Shape: `cases`, each with the answer (`ended`, `score`, `values` of its states), the settings
`gamma`, `lam`, `whiten_rewards`, and what follows: `token_rewards` (the KL's price alone), and of
each state `rewards`, `advantages`, `returns`, and the `whitened` advantages.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch

from distilled.ppo import PADDED, PPOOptions, Rollout, gae, targets, token_rewards
from vector_sets.advantages import double_precision

ANSWERS = {  # log-ratios, score, ended, values of the states
    "by hand": ([1, 0, -1, 0], 1.0, True, [0.2, 0.4, 0.3, 0.6, 0.8]),
    "expected more": ([1, 0, -1, 0], 1.0, True, [1.5, 1.4, 1.4, 1.3, 1.2]),
    "score alone": ([0] * 6, 1.0, True, [0.2, 0.3, 0.2, 0.5, 0.7, 0.6, 0.9]),
    "zero critic": ([0.5, -0.2, 0.1, 0.0, 0.3, -0.4, 0.2], 1.0, True, [0] * 8),
    "cut off": ([0.2, -0.1, 0.4, 0, 0.1, -0.3, 0.2, 0.6], -0.5, False, [0.1] * 4 + [-0.2] * 4),
}
KNOBS = ((1.0, 0.95, False), (1.0, 0.0, False), (1.0, 1.0, True), (0.9, 0.5, False))


def rollout_of(log_ratios: list, score: float, ended: bool, values: list) -> Rollout:
    """A batch of one answer; the batch has room behind it when it has ended."""
    room = 1 if ended else 0
    log_probs = torch.tensor([[-1.0] * len(log_ratios) + [PADDED] * room])  # (1, T)
    gap = torch.tensor([[float(ratio) for ratio in log_ratios] + [0.0] * room])
    return Rollout(
        rows=torch.zeros(1, 1 + log_probs.shape[1], dtype=torch.long),
        context=1,
        pad=0,
        log_probs=log_probs,
        ref_log_probs=log_probs - gap,
        values=torch.tensor([[float(value) for value in values]]),
        scores=torch.tensor([score]),
        last=torch.tensor([len(log_ratios) - 1]),
        stops=int(ended),
    )


def cases() -> Iterator[dict]:
    """Every answer under every setting."""
    for name, (log_ratios, score, ended, values) in ANSWERS.items():
        rollout = rollout_of(log_ratios, score, ended, values)
        for gamma, lam, whiten_rewards in KNOBS:
            options = PPOOptions(kl_coef=0.1, gamma=gamma, lam=lam, whiten_rewards=whiten_rewards)
            rewards, penalty, _ = token_rewards(rollout, options)
            advantages, returns = gae(rewards, rollout.values, gamma, lam)
            yield {
                "answer": name,
                "ended": ended,
                "score": score,
                "values": [float(value) for value in values],
                "gamma": gamma,
                "lam": lam,
                "whiten_rewards": whiten_rewards,
                "token_rewards": rounded(penalty[:, : len(log_ratios)]),
                "rewards": rounded(rewards),
                "advantages": rounded(advantages),
                "returns": rounded(returns),
                "whitened": rounded(targets(rollout, options).advantages),
            }


def rounded(row: torch.Tensor) -> list[float]:
    """The one row, to ten decimals, without the sign of a zero."""
    return [round(x, 10) + 0.0 for x in row.squeeze(0).tolist()]


def vectors() -> dict:
    """What `content/distilled/vectors.json` holds under `gae`."""
    with double_precision():
        return {"cases": list(cases())}
