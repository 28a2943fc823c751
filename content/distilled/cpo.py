"""Contrastive Preference Optimization, SimPO and AlphaPO from a batch to the gradient, in PyTorch.

CPO (arXiv 2401.08417) is DPO without the reference, plus the likelihood of the chosen completion.
One trainer computes a family: which member depends on `loss_type`, `cpo_alpha` and `alpha`. This
file computes what `CPOTrainer` of TRL 1.16.0 (`trl.experimental.cpo`) computes: the same batch,
loss, metrics and gradients; `tests/python/test_distilled_cpo.py` compares them.

Text becomes ids as in ORPO, whose trainer has the same methods (and pads on TPUs); so `tokenize`
comes from `distilled.orpo`, and this file begins with the batch.

Left out: distributed training, encoder-decoder models, PEFT, quantisation, generation during
evaluation, gradient accumulation.

B: pairs in the batch; row b and row B + b are a pair. T: tokens. V: vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from distilled.orpo import Batch, ORPOOptions, Row
from distilled.orpo import collate as collate_pairs
from distilled.orpo import tokenize as tokenize_pair

AVERAGED = {"simpo", "ipo"}  # losses on log-probs a token; the others sum


# region options mirrors CPOConfig, CPOConfig.__post_init__
@dataclass(frozen=True)
class CPOOptions:
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    loss_type: str = "sigmoid"  # (1)
    beta: float = 0.1
    label_smoothing: float = 0.0
    cpo_alpha: float = 1.0  # (2)
    simpo_gamma: float = 0.5
    alpha: float = 0.0  # (3)
    max_length: int | None = 1024

    def __post_init__(self) -> None:
        if self.loss_type == "alphapo":  # (4)
            object.__setattr__(self, "loss_type", "simpo")
            object.__setattr__(self, "cpo_alpha", 0.0)
        if self.loss_type not in LOSSES:
            raise ValueError(f"expected one of {sorted(LOSSES)}, found {self.loss_type!r}")


# endregion


# region collate mirrors CPOTrainer.tokenize_row, CPOTrainer.concatenated_inputs
def tokenize(example: dict[str, Any], tokenizer: Any, options: CPOOptions) -> Row:
    """Token ids and labels of both sides of a pair, cut to `max_length`; as ORPO does it."""
    return tokenize_pair(example, tokenizer, ORPOOptions(max_length=options.max_length))


def collate(rows: Sequence[Row], pad_token_id: int) -> Batch:
    """B pairs as `input_ids`, `attention_mask` and `labels`, each (2B, T), chosen rows first."""
    return collate_pairs(rows, pad_token_id, ORPOOptions())  # (1)


# endregion


# region log-probs mirrors CPOTrainer.get_batch_logps
def sequence_log_probs(logits: Tensor, labels: Tensor, average: bool) -> Tensor:
    """log π(y | x) of each row, (2B,): the sum over the completion's tokens, or their mean."""
    targets = labels[:, 1:]  # (1)  (2B, T-1)
    counted = targets != -100
    log_softmax = logits[:, :-1].log_softmax(dim=-1)  # (2B, T-1, V)
    safe = targets.where(counted, 0).unsqueeze(-1)
    tokens = log_softmax.gather(-1, safe).squeeze(-1) * counted  # (2B, T-1)
    return tokens.sum(dim=1) / (counted.sum(dim=1) if average else 1)  # (2)


# endregion


# region nll mirrors CPOTrainer.concatenated_forward
def chosen_nll(logits: Tensor, labels: Tensor, options: CPOOptions) -> Tensor:
    """Cross-entropy over the tokens of all chosen completions; a scalar, 0 when it is not used."""
    if options.cpo_alpha == 0:
        return logits.new_zeros(())  # (1)
    n = len(labels) // 2
    predicted, targets = logits[:n, :-1], labels[:n, 1:]  # (B, T-1, V), (B, T-1)
    return F.cross_entropy(predicted.flatten(0, 1), targets.flatten(), ignore_index=-100)  # (2)


# endregion


# region shaping mirrors CPOTrainer.cpo_loss
def shaped(log_probs: Tensor, alpha: float) -> Tensor:
    """AlphaPO's reward (2501.03884) of a log-prob: (1 - p^-α) / α, or log p at α = 0."""
    if alpha == 0.0:
        return log_probs  # (1)
    return (1 - log_probs.exp().pow(-alpha)) / alpha  # (2)


# endregion


# region losses mirrors CPOTrainer.cpo_loss
def sigmoid(difference: Tensor, o: CPOOptions) -> Tensor:
    """CPO (2401.08417), eq. 3: the logistic loss, smoothed towards a label 1-ε."""
    z, eps = o.beta * difference, o.label_smoothing
    return -(1 - eps) * F.logsigmoid(z) - eps * F.logsigmoid(-z)  # (1)


def simpo(difference: Tensor, o: CPOOptions) -> Tensor:
    """SimPO (2405.14734): the margin must exceed γ; the difference is that of means a token."""
    return sigmoid(difference - o.simpo_gamma / o.beta, o)  # (2)


def hinge(difference: Tensor, o: CPOOptions) -> Tensor:
    """SLiC-HF (2305.10425): no more push once the difference reaches 1/β."""
    return torch.relu(1 - o.beta * difference)


def ipo(difference: Tensor, o: CPOOptions) -> Tensor:
    """IPO (2310.12036) without a reference, on means a token: a target of 1/2β."""
    return (difference - 1 / (2 * o.beta)) ** 2  # (3)


LOSSES: dict[str, Callable[[Tensor, CPOOptions], Tensor]] = {
    loss.__name__: loss for loss in (sigmoid, simpo, hinge, ipo)
}
# endregion


# region preference-loss mirrors CPOTrainer.cpo_loss
def preference_loss(
    chosen: Tensor, rejected: Tensor, options: CPOOptions
) -> tuple[Tensor, Tensor, Tensor]:
    """Losses of B pairs and the rewards that are logged, (B,) each, from their log-probs."""
    chosen, rejected = (shaped(side, options.alpha) for side in (chosen, rejected))
    losses = LOSSES[options.loss_type](chosen - rejected, options)
    return losses, options.beta * chosen.detach(), options.beta * rejected.detach()  # (1)


# endregion


# region metrics mirrors CPOTrainer.get_batch_loss_metrics
def cpo_metrics(
    logits: Tensor, log_probs: Tensor, rewards: tuple[Tensor, Tensor], nll: Tensor
) -> dict[str, float]:
    """What the trainer logs of one batch, under its names."""
    (chosen, rejected), (w, l) = log_probs.chunk(2), rewards
    chosen_logits, rejected_logits = logits.chunk(2)
    metrics = {
        "rewards/chosen": w,  # (1)
        "rewards/rejected": l,
        "rewards/accuracies": (w > l).float(),  # (2)
        "rewards/margins": w - l,  # (3)
        "logps/chosen": chosen,  # (4)
        "logps/rejected": rejected,
        "logits/chosen": chosen_logits,  # (5)
        "logits/rejected": rejected_logits,
        "nll_loss": nll,
    }
    return {name: value.detach().mean().item() for name, value in metrics.items()}


# endregion


# region cpo-loss mirrors CPOTrainer.get_batch_loss_metrics, CPOTrainer.concatenated_forward
def cpo_loss(
    policy: nn.Module, batch: Batch, options: CPOOptions
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one batch, to be differentiated, and the metrics of that batch."""
    routed = getattr(policy.config, "output_router_logits", False)
    asked = {"output_router_logits": True} if routed else {}
    out = policy(batch["input_ids"], attention_mask=batch["attention_mask"], **asked)  # (1)
    average = options.loss_type in AVERAGED
    log_probs = sequence_log_probs(out.logits, batch["labels"], average)  # (2B,)
    nll = chosen_nll(out.logits, batch["labels"], options)
    losses, *rewards = preference_loss(*log_probs.chunk(2), options)
    loss = losses.mean() + options.cpo_alpha * nll  # (2)
    if routed:
        loss = loss + policy.config.router_aux_loss_coef * out.aux_loss
    return loss, cpo_metrics(out.logits, log_probs, tuple(rewards), nll)


# endregion


# region train-step mirrors CPOTrainer.compute_loss
def train_step(
    policy: nn.Module, batch: Batch, optimizer: torch.optim.Optimizer, options: CPOOptions
) -> dict[str, float]:
    """One step of the optimizer on one batch; the metrics, with `loss` and `grad_norm`."""
    loss, metrics = cpo_loss(policy, batch, options)
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(policy.parameters(), max_norm=1.0)
    optimizer.step()
    return {"loss": loss.item(), "grad_norm": norm.item(), **metrics}


# endregion
