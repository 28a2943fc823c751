"""Three estimates of a KL divergence from one token, and how far back GAE carries a surprise."""

import torch

from distilled.ppo import kl_estimate

LOG_RATIOS = [-2.0 + 0.1 * i for i in range(41)]  # log π - log π_ref


def estimate(kind: str) -> list[list[float]]:
    values = kl_estimate(torch.tensor(LOG_RATIOS), torch.zeros(41), kind).tolist()
    return [[x, y] for x, y in zip(LOG_RATIOS, values, strict=True)]


def panels() -> list[dict]:
    """k1, k2, k3 against the log-ratio; the weight (γλ)^l of a TD error l tokens later."""
    return [
        {
            "x": "log π − log π_ref of the token, in nats",
            "y": "estimate of the KL",
            "lines": [
                {"name": kind, "tone": tone, "points": estimate(kind)}
                for tone, kind in enumerate(("k1", "k2", "k3"), start=1)
            ],
        },
        {
            "x": "tokens later",
            "y": "weight of the TD error, γ = 1",
            "lines": [
                {"name": f"λ = {lam}", "tone": tone, "points": [[n, lam**n] for n in range(31)]}
                for tone, lam in enumerate((0.5, 0.9, 0.95, 0.99), start=1)
            ],
        },
    ]
