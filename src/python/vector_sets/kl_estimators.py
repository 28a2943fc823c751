"""Estimators of a KL divergence: their values, moments and gradients, for the explorer of them.

Values are `distilled.ppo.kl_estimate`, which equals PPOTrainer's; k1 is also RLOO's and k3, alone
and times the ratio, GRPO's, by their own distilled code. Moments are sums over all tokens. A
gradient is autograd's, by the logits of the policy, of the expectation that a trainer follows: the
sampling weights are constants, in the reward the estimate is one too. Float64.

Shape: `cases`, each with `centre`, `width`, `reference_width` of two bells over nine tokens, and
  `log_pi`, `log_ref`  log-probabilities
  `values`             by estimator, one for each token
  `moments`            by estimator, mean and standard deviation under the policy
  `kl`, `forward_kl`   KL(pi || ref) and KL(ref || pi)
  `gradients`          by use, and of `kl` and `forward_kl`
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from distilled import grpo, ppo, rloo

COUNT = 9
BELLS = (  # centre and width of the policy, width of the reference
    (5.0, 2.0, 2.0),
    (5.5, 2.0, 2.0),
    (6.5, 1.2, 2.0),
    (3.0, 1.0, 1.5),
    (5.0, 3.0, 1.0),
    (8.0, 0.8, 2.5),
)
Value = Callable[[Tensor], Tensor]  # log-probs of the policy (K,) -> estimates (K,)


def bell(centre: float, width: float) -> Tensor:
    """Logits of a bell over the tokens 1 to COUNT, (K,)."""
    tokens = torch.arange(1, COUNT + 1, dtype=torch.float64)
    return -((tokens - centre) ** 2) / (2 * width**2)


def k3_of_grpo(log_ref: Tensor, corrected: bool) -> Value:
    """GRPO's own term of the loss, on a batch of one row; on the policy the ratio has value 1."""
    options = grpo.GRPOOptions(use_bias_correction_kl=corrected)

    def value(log_pi: Tensor) -> Tensor:
        row = log_pi.unsqueeze(0)
        ones = torch.ones_like(row)
        tokens = grpo.Tokens(row, row.detach(), ones, ones)
        return grpo.kl_to_reference(tokens, log_ref.unsqueeze(0), options).squeeze(0)

    return value


def gradients(logits: Tensor, log_ref: Tensor) -> dict[str, list[float]]:
    """The gradient of every use by the logits, of the mean over tokens that the policy writes."""
    pi = logits.log_softmax(-1).exp().detach()

    def of(objective: Value) -> list[float]:
        free = logits.clone().requires_grad_(True)
        (gradient,) = torch.autograd.grad(objective(free.log_softmax(-1)), free)
        return [round(g, 10) + 0.0 for g in gradient.tolist()]

    def in_loss(value: Value) -> list[float]:
        return of(lambda log_pi: (pi * value(log_pi)).sum())

    def in_reward(value: Value) -> list[float]:
        return of(lambda log_pi: (pi * value(log_pi).detach() * log_pi).sum())

    def by(kind: str) -> Value:
        return lambda log_pi: ppo.kl_estimate(log_pi, log_ref, kind)

    return {
        "kl": of(lambda log_pi: (log_pi.exp() * (log_pi - log_ref)).sum()),
        "forward_kl": of(lambda log_pi: (log_ref.exp() * (log_ref - log_pi)).sum()),
        "k1 in the reward": in_reward(lambda log_pi: rloo.kl_estimate(log_pi, log_ref)),
        "k3 in the reward": in_reward(by("k3")),
        "k1 in the loss": in_loss(by("k1")),
        "k2 in the loss": in_loss(by("k2")),
        "k3 in the loss": in_loss(k3_of_grpo(log_ref, corrected=False)),
        "ρ·k3 in the loss": in_loss(k3_of_grpo(log_ref, corrected=True)),
    }


def case(centre: float, width: float, reference_width: float) -> dict[str, Any]:
    """Everything about one pair of distributions."""
    logits = bell(centre, width)
    log_pi = logits.log_softmax(-1)
    log_ref = bell((COUNT + 1) / 2, reference_width).log_softmax(-1)
    values = {kind: ppo.kl_estimate(log_pi, log_ref, kind) for kind in ("k1", "k2", "k3")}
    pi = log_pi.exp()
    moments = {}
    for kind, value in values.items():
        mean = (pi * value).sum()
        moments[kind] = rounded(torch.stack([mean, (pi * (value - mean) ** 2).sum().sqrt()]))
    return {
        "centre": centre,
        "width": width,
        "reference_width": reference_width,
        "log_pi": rounded(log_pi),
        "log_ref": rounded(log_ref),
        "values": {kind: rounded(value) for kind, value in values.items()},
        "moments": moments,
        "kl": rounded((pi * (log_pi - log_ref)).sum()),
        "forward_kl": rounded((log_ref.exp() * (log_ref - log_pi)).sum()),
        "gradients": gradients(logits, log_ref),
    }


def rounded(tensor: Tensor) -> Any:
    """A tensor's numbers to ten decimals, without negative zeros."""
    values = tensor.tolist()
    if isinstance(values, float):
        return round(values, 10) + 0.0
    return [round(value, 10) + 0.0 for value in values]


def vectors() -> dict[str, Any]:
    """What `content/distilled/vectors.json` holds under `kl_estimators`."""
    return {"cases": [case(*bells) for bells in BELLS]}
