"""Preference losses for the explorer's tests.

The 15 losses of DPO come from `distilled.dpo`, which equals `DPOTrainer`; the siblings (CPO, SimPO,
KTO, ORPO) are written out below, for a pair under a reference that gives every token of both
answers the log-probability -START. Float64, derivatives by autograd.

Shape: `start` (nats a token) and `cases`, each with `loss`, `beta`, `label_smoothing`, `tokens` (of
chosen and rejected) and `points`: rows of l_w, l_l, loss, dL/dl_w, dL/dl_l, in nats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
import torch.nn.functional as F
from torch import Tensor

from distilled.dpo import LOSSES, DPOOptions, pair_loss

START = 1.0  # -log π_ref of a token: an assumption, for losses that see more than log-ratios
GAMMA = 0.5  # CPOConfig.simpo_gamma
SETTINGS = (  # beta, label smoothing, tokens of chosen and rejected
    (0.1, 0.0, (10, 10)),
    (0.5, 0.1, (7, 13)),
    (2.0, 0.3, (40, 24)),
)
PAIRS = (
    *((0.0, 0.0), (2.0, -3.0), (-5.0, -15.0), (6.5, 1.5), (0.3, 0.1), (-0.02, 0.05)),
    *((-12.0, 12.0), (4.0, -4.0), (15.0, -15.0)),
)
Loss = Callable[[Tensor, Tensor, DPOOptions, tuple[int, int]], Tensor]


def cpo(w: Tensor, l: Tensor, o: DPOOptions, n: tuple[int, int]) -> Tensor:
    """CPO (2401.08417) with `cpo_alpha` 1: logistic loss on summed log-probs, plus chosen's NLL."""
    log_w, log_l = w - START * n[0], l - START * n[1]
    return smoothed(o.beta * (log_w - log_l), o) - log_w / n[0]


def simpo(w: Tensor, l: Tensor, o: DPOOptions, n: tuple[int, int]) -> Tensor:
    """SimPO (2405.14734), as `CPOTrainer` has it: mean log-probs, and a margin γ to exceed."""
    return smoothed(o.beta * (w / n[0] - l / n[1]) - GAMMA, o)


def kto(w: Tensor, l: Tensor, o: DPOOptions, n: tuple[int, int]) -> Tensor:
    """KTO (2402.01306), eq. 7, on the pair as two examples, with the reference point z_0 = 0."""
    return ((1 - torch.sigmoid(o.beta * w)) + (1 - torch.sigmoid(-o.beta * l))) / 2


def orpo(w: Tensor, l: Tensor, o: DPOOptions, n: tuple[int, int]) -> Tensor:
    """ORPO (2403.07691), eq. 6: chosen's NLL a token, and β times the loss on log-odds."""
    mean_w, mean_l = w / n[0] - START, l / n[1] - START
    log_odds = [mean - torch.log(-torch.expm1(mean)) for mean in (mean_w, mean_l)]
    return -mean_w - o.beta * F.logsigmoid(log_odds[0] - log_odds[1])


def sft(w: Tensor, l: Tensor, o: DPOOptions, n: tuple[int, int]) -> Tensor:
    """The distilled loss, given the chosen answer's log-prob in place of its log-ratio."""
    return pair_loss("sft", w - START * n[0], l, o, n)


def smoothed(z: Tensor, o: DPOOptions) -> Tensor:
    """Binary cross-entropy of σ(z) to the label 1-ε."""
    return -(1 - o.label_smoothing) * F.logsigmoid(z) - o.label_smoothing * F.logsigmoid(-z)


SIBLINGS: dict[str, Loss] = {loss.__name__: loss for loss in (cpo, simpo, kto, orpo)}
NEEDS_LOG_PROBS = {"sft", "cpo", "orpo"}


def loss_of(name: str) -> Loss:
    """The loss of that name. Raises KeyError for a name that neither DPO nor a sibling has."""
    if name == "sft":
        return sft
    if name in SIBLINGS:
        return SIBLINGS[name]
    if name not in LOSSES:
        raise KeyError(f"expected one of {[*LOSSES, *SIBLINGS]}, found {name!r}")
    return lambda w, l, o, n: pair_loss(name, w, l, o, n)


def values(name: str, options: DPOOptions, tokens: tuple[int, int]) -> list[list[float]]:
    """Rows of the pairs at which the loss means something: every probability is below 1."""
    rows = []
    for pair in PAIRS:
        if name in NEEDS_LOG_PROBS and any(
            ratio >= START * n for ratio, n in zip(pair, tokens, strict=True)
        ):
            continue
        w, l = (torch.tensor([x], dtype=torch.float64, requires_grad=True) for x in pair)
        loss = loss_of(name)(w, l, options, tokens).sum()
        slopes = torch.autograd.grad(loss, (w, l), materialize_grads=True)
        rows.append([*pair, *(round(x.item(), 10) + 0.0 for x in (loss, *slopes))])
    return rows


def cases() -> Iterator[dict]:
    """Every loss under every setting; `exo_pair`, which refuses a smoothing of 0, gets 0.001."""
    for name in [*LOSSES, *SIBLINGS]:
        for beta, smoothing, tokens in SETTINGS:
            epsilon = smoothing or (1e-3 if name == "exo_pair" else 0.0)
            options = DPOOptions(loss_type=(), beta=beta, label_smoothing=epsilon)
            yield {
                "loss": name,
                "beta": beta,
                "label_smoothing": epsilon,
                "tokens": list(tokens),
                "points": values(name, options, tokens),
            }


def vectors() -> dict:
    """What `content/distilled/vectors.json` holds under `preference_losses`."""
    return {"start": START, "simpo_gamma": GAMMA, "cases": list(cases())}
