"""How hard one token of a good and of a bad answer is pushed, against the ratio ρ, by loss type."""

import torch

from distilled.grpo import LOSSES, GRPOOptions, Tokens

CASES = [
    ("clip ε = 0.2", 1, "dapo", {}),
    ("clip higher, 0.28", 2, "dapo", {"epsilon_high": 0.28}),
    ("cispo, cap 5", 3, "cispo", {"epsilon_high": 5.0}),
    ("sapo", 4, "sapo", {}),
    ("vespo", 5, "vespo", {}),
]


def push(loss_type: str, rho: float, advantage: float, options: dict) -> float:
    """-dL/d log π of a completion of one token whose ratio is `rho`."""
    log_prob = torch.tensor([[rho]]).log().requires_grad_()
    one = torch.ones(1, 1)
    tokens = Tokens(log_prob, torch.zeros(1, 1), advantage * one, one)
    loss = LOSSES[loss_type](tokens, GRPOOptions(loss_type=loss_type, **options)).sum()
    (gradient,) = torch.autograd.grad(loss, log_prob)
    return -gradient.item()


def panels() -> list[dict]:
    ratios = [0.02 + 0.0505 * i for i in range(40)]
    return [
        {
            "x": "ratio ρ of the token",
            "y": f"push on log π, {word} answer (A = {sign:+d})",
            "lines": [
                {
                    "name": name,
                    "tone": tone,
                    "points": [[r, push(kind, r, sign, options)] for r in ratios],
                }
                for name, tone, kind, options in CASES
            ],
        }
        for word, sign in (("good", 1), ("bad", -1))
    ]
