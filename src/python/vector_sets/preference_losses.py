"""Preference losses for the explorer's tests.

The 15 losses of DPO come from `distilled.dpo`, which equals `DPOTrainer`; CPO, SimPO and KTO from
`distilled.cpo` and `distilled.kto`. ORPO's is written out below, since `distilled.orpo` computes in
float32 as its trainer does. All for a pair under a reference that gives every token of both answers
the log-probability -START. Float64, derivatives by autograd.

Shape: `start` (nats a token) and `cases`, each with `loss`, `beta`, `label_smoothing`,
`simpo_gamma`, `z0` (KTO's reference point, nats), `tokens` (of chosen and rejected) and `points`:
rows of l_w, l_l, loss, dL/dl_w, dL/dl_l, in nats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from distilled import cpo as distilled_cpo
from distilled import kto as distilled_kto
from distilled.cpo import CPOOptions
from distilled.dpo import LOSSES, DPOOptions, pair_loss
from distilled.kto import KTOOptions

START = 1.0  # -log π_ref of a token: an assumption, for losses that see more than log-ratios
SETTINGS = (  # beta, label smoothing, tokens of chosen and rejected, γ of SimPO, z_0 of KTO
    (0.1, 0.0, (10, 10), 0.5, 0.0),
    (0.5, 0.1, (7, 13), 0.0, 2.5),
    (2.0, 0.3, (40, 24), 1.4, 10.0),
)
PAIRS = (
    *((0.0, 0.0), (2.0, -3.0), (-5.0, -15.0), (6.5, 1.5), (0.3, 0.1), (-0.02, 0.05)),
    *((-12.0, 12.0), (4.0, -4.0), (15.0, -15.0)),
)


@dataclass(frozen=True)
class PairOptions(DPOOptions):
    """DPO's options, and what its siblings ask for besides."""

    simpo_gamma: float = 0.5
    z0: float = 0.0

    @property
    def of_cpo(self) -> CPOOptions:
        names = ("beta", "label_smoothing", "simpo_gamma")
        return CPOOptions(**{name: getattr(self, name) for name in names})


Loss = Callable[[Tensor, Tensor, PairOptions, tuple[int, int]], Tensor]


def cpo(w: Tensor, l: Tensor, o: PairOptions, n: tuple[int, int]) -> Tensor:
    """CPO (2401.08417) with `cpo_alpha` 1: logistic loss on summed log-probs, plus chosen's NLL."""
    log_w, log_l = w - START * n[0], l - START * n[1]
    return distilled_cpo.sigmoid(log_w - log_l, o.of_cpo) - log_w / n[0]


def simpo(w: Tensor, l: Tensor, o: PairOptions, n: tuple[int, int]) -> Tensor:
    """SimPO (2405.14734), `cpo_alpha` 0: mean log-probs, and a margin γ to exceed."""
    return distilled_cpo.simpo(w / n[0] - l / n[1], o.of_cpo)


def kto(w: Tensor, l: Tensor, o: PairOptions, n: tuple[int, int]) -> Tensor:
    """KTO (2402.01306), eq. 7, on the pair as two examples."""
    options = KTOOptions(beta=o.beta)
    sides = (
        distilled_kto.kto(side, torch.tensor(label), torch.tensor(o.z0), options)
        for side, label in ((w, True), (l, False))
    )
    return sum(sides) / 2


def orpo(w: Tensor, l: Tensor, o: PairOptions, n: tuple[int, int]) -> Tensor:
    """ORPO (2403.07691), eq. 6: chosen's NLL a token, and β times the loss on log-odds."""
    mean_w, mean_l = w / n[0] - START, l / n[1] - START
    log_odds = [mean - torch.log(-torch.expm1(mean)) for mean in (mean_w, mean_l)]
    return -mean_w - o.beta * F.logsigmoid(log_odds[0] - log_odds[1])


def sft(w: Tensor, l: Tensor, o: PairOptions, n: tuple[int, int]) -> Tensor:
    """The distilled loss, given the chosen answer's log-prob in place of its log-ratio."""
    return pair_loss("sft", w - START * n[0], l, o, n)


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


def values(name: str, options: PairOptions, tokens: tuple[int, int]) -> list[list[float]]:
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
        for beta, smoothing, tokens, gamma, z0 in SETTINGS:
            epsilon = smoothing or (1e-3 if name == "exo_pair" else 0.0)
            options = PairOptions(
                loss_type=(), beta=beta, label_smoothing=epsilon, simpo_gamma=gamma, z0=z0
            )
            yield {
                "loss": name,
                "beta": beta,
                "label_smoothing": epsilon,
                "simpo_gamma": gamma,
                "z0": z0,
                "tokens": list(tokens),
                "points": values(name, options, tokens),
            }


def vectors() -> dict:
    """What `content/distilled/vectors.json` holds under `preference_losses`."""
    return {"start": START, "cases": list(cases())}
