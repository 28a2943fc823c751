"""How far back GAE carries a surprise."""


def panels() -> list[dict]:
    """The weight (γλ)^l of a TD error l tokens later."""
    return [
        {
            "x": "tokens later",
            "y": "weight of the TD error, γ = 1",
            "lines": [
                {"name": f"λ = {lam}", "tone": tone, "points": [[n, lam**n] for n in range(31)]}
                for tone, lam in enumerate((0.5, 0.9, 0.95, 0.99), start=1)
            ],
        },
    ]
