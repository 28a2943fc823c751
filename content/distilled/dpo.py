"""Direct Preference Optimization from the text of a pair to the gradient, in plain PyTorch.

DPO (arXiv 2305.18290) trains a policy on pairs of completions, of which one was preferred, against
a frozen reference. This file computes what `DPOTrainer` of TRL 1.16.0 computes: the same token ids,
loss, metrics and gradients for each of its 15 loss types; `tests/python/test_distilled_dpo.py`
compares them. Read it from top to bottom: text, batch, log-probabilities, scores, losses, metrics.

Left out: distributed training, images, the auxiliary loss of mixtures of experts, the LM head that
works in tiles and never builds the logits, reference log-probs computed beforehand,
PEFT, moving the reference (TR-DPO), tools in chat templates, the deprecated `keep_end`,
`pad_to_multiple_of`, gradient accumulation.

B: pairs in the batch; row b and row B + b are a pair. T: tokens. V: vocabulary.
Longer than 250 lines because all 15 losses stand in it, each under the name of its paper.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Batch = dict[str, Tensor]
F_DIVERGENCE_LOSSES = {"sigmoid", "sigmoid_norm", "hinge", "ipo", "exo_pair", "robust"}
F_DIVERGENCE_LOSSES |= {"discopop", "sft"}


# region options mirrors DPOConfig
@dataclass(frozen=True)
class DPOOptions:
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    loss_type: Sequence[str] = ("sigmoid",)  # (1)
    loss_weights: Sequence[float] | None = None  # one a loss type; None: 1.0 each
    beta: float = 0.1  # (2)
    label_smoothing: float = 0.0  # (3)
    f_divergence_type: str = "reverse_kl"
    f_alpha_divergence_coef: float = 0.5
    discopop_tau: float = 0.05
    ld_alpha: float | None = None  # (4)
    use_weighting: bool = False
    max_length: int | None = 1024

    def __post_init__(self) -> None:
        if isinstance(self.loss_type, str):
            object.__setattr__(self, "loss_type", (self.loss_type,))
        check_options(self)


# endregion


# region guards mirrors DPOTrainer.__init__, DPOConfig.__post_init__
def check_options(options: DPOOptions) -> None:
    """Raises ValueError, or NotImplementedError for weighted AOT, on options that cannot work."""
    losses = set(options.loss_type)
    if unknown := losses - set(LOSSES):
        raise ValueError(f"expected loss types among {sorted(LOSSES)}, found {sorted(unknown)}")
    if options.loss_weights is not None and len(options.loss_weights) != len(options.loss_type):
        raise ValueError(
            f"expected {len(options.loss_type)} loss_weights, found {len(options.loss_weights)}"
        )
    without_divergence = losses - F_DIVERGENCE_LOSSES
    if options.f_divergence_type != "reverse_kl" and without_divergence:  # (1)
        raise ValueError(
            f"f_divergence_type={options.f_divergence_type!r} has no meaning for "
            f"{sorted(without_divergence)}: only a difference of scores cancels log Z(x)"
        )
    if "exo_pair" in losses and options.label_smoothing == 0.0:  # (2)
        raise ValueError("exo_pair takes log(label_smoothing): expected more than 0.0, found 0.0")
    if options.use_weighting and losses & {"aot", "aot_unpaired"}:  # (3)
        raise NotImplementedError("aot sorts the batch, so a weight would meet another pair's loss")


# endregion


# region extract-prompt mirrors extract_prompt
def extract_prompt(chosen: Sequence[Any], rejected: Sequence[Any]) -> tuple[Any, Any, Any]:
    """(prompt, chosen, rejected) of a pair whose prompt is the common start of its two sides.

    Strings are compared letter by letter, conversations message by message.
    """
    end = 0
    for end in range(min(len(chosen), len(rejected))):
        if chosen[end] != rejected[end]:
            if chosen[end - 1] == " ":  # (1)
                end -= 1
            break
    return chosen[:end], chosen[end:], rejected[end:]


# endregion


def common_prefix_length(ids: list[int], other: list[int]) -> int:
    """How many leading tokens two sequences share."""
    return next((i for i, (a, b) in enumerate(zip(ids, other, strict=False)) if a != b), len(ids))


# region tokenize mirrors DPOTrainer._prepare_dataset, common_prefix_length
def tokenize(example: dict[str, Any], tokenizer: Any) -> dict[str, list[int]]:
    """Token ids of prompt, chosen and rejected; the texts are strings or lists of messages."""

    def ids(text: Any, **chat: bool) -> list[int]:
        if isinstance(text, str):
            return tokenizer(text)["input_ids"]
        return tokenizer.apply_chat_template(text, return_dict=True, **chat)["input_ids"]

    prompt, chosen, rejected = (
        (example["prompt"], example["chosen"], example["rejected"])
        if "prompt" in example
        else extract_prompt(example["chosen"], example["rejected"])
    )
    prompt_ids = ids(prompt, add_generation_prompt=True)  # (1)
    if isinstance(prompt, str):
        end = tokenizer.eos_token
        chosen, rejected = (y if y.endswith(end) else y + end for y in (chosen, rejected))  # (2)
    sides = [ids(prompt + chosen), ids(prompt + rejected)]  # (3)
    n = min(common_prefix_length(prompt_ids, side) for side in sides)  # (4)
    return {"prompt_ids": prompt_ids[:n], "chosen_ids": sides[0][n:], "rejected_ids": sides[1][n:]}


# endregion


# region collate mirrors DataCollatorForPreference.torch_call, DPOTrainer._prepare_dataset
def keep(example: dict[str, list[int]], options: DPOOptions) -> bool:
    """False for a pair whose prompt alone fills `max_length`, so that no completion is left."""
    return options.max_length is None or len(example["prompt_ids"]) < options.max_length  # (1)


def collate(
    examples: Sequence[dict[str, list[int]]], pad_token_id: int, options: DPOOptions
) -> Batch:
    """One batch of B pairs as `input_ids`, `attention_mask`, `completion_mask`, each (2B, T)."""
    rows = [(e["prompt_ids"], e[side]) for side in ("chosen_ids", "rejected_ids") for e in examples]
    ids = [(prompt + completion)[: options.max_length] for prompt, completion in rows]  # (2)
    masks = [([0] * len(p) + [1] * len(c))[: options.max_length] for p, c in rows]
    length = max(len(row) for row in ids)

    def pad(row: list[int], value: int) -> list[int]:
        return row + [value] * (length - len(row))  # (3)

    return {
        "input_ids": torch.tensor([pad(row, pad_token_id) for row in ids]),  # (2B, T)
        "attention_mask": torch.tensor([pad([1] * len(row), 0) for row in ids]),  # (2B, T)
        "completion_mask": torch.tensor([pad(row, 0) for row in masks]),  # (2B, T)
    }


# endregion


# region log-probs mirrors DPOTrainer._compute_loss, add_fused_lm_head
def completion_log_probs(logits: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """log π(y_t | x, y_<t) of each token, zero off completions, and the mask: both (2B, T-1)."""
    targets = batch["input_ids"][:, 1:]  # (1)  (2B, T-1)
    mask = batch["completion_mask"][:, 1:]  # (2B, T-1)
    log_softmax = logits[:, :-1].float().log_softmax(dim=-1)  # (2B, T-1, V)
    log_probs = log_softmax.gather(-1, targets.unsqueeze(-1)).squeeze(-1)  # (2B, T-1)
    return log_probs * mask, mask  # (2)


# endregion


# region sequence-log-probs mirrors DPOTrainer._compute_loss
def sequence_log_probs(log_probs: Tensor, mask: Tensor, ld_alpha: float | None = None) -> Tensor:
    """log π(y | x): the sum over the completion's tokens, (2B,); with `ld_alpha` as in LD-DPO
    (2409.06411), which counts tokens beyond the length of the pair's shorter side α-fold."""
    if ld_alpha is None:
        return log_probs.sum(dim=1)  # (1)
    position = mask.cumsum(dim=1)  # (2B, T-1), 1 at the first completion token
    shorter = torch.minimum(*mask.sum(dim=1).chunk(2))  # (B,)
    tail = position > shorter.repeat(2).unsqueeze(1)  # (2)  (2B, T-1)
    return (log_probs * torch.where(tail, ld_alpha, 1.0)).sum(dim=1)  # (2B,)


# endregion


# region f-divergence mirrors DPOTrainer._compute_loss
def f_divergence_scores(log_ratios: Tensor, options: DPOOptions) -> Tensor:
    """f'(t) of t = π/π_ref, shape kept: what f-DPO (2309.16240) puts in place of log t."""
    kind, alpha = options.f_divergence_type, options.f_alpha_divergence_coef
    if kind == "alpha_divergence" and abs(alpha - 1.0) < 1e-6:
        kind = "reverse_kl"  # (1)
    if kind == "reverse_kl":
        return log_ratios
    if kind == "forward_kl":
        return 1 - torch.exp(-log_ratios)  # (2)  1 - 1/t
    if kind == "js_divergence":
        return math.log(2) + F.logsigmoid(log_ratios)  # log(2t / (1 + t))
    if kind == "alpha_divergence":
        limit = 11.0 if log_ratios.dtype == torch.float16 else 80.0  # (3)
        power = torch.exp(((alpha - 1) * log_ratios).float().clamp(max=limit))  # t^(α-1)
        return (power - 1).to(log_ratios.dtype) / (alpha - 1)
    raise ValueError(f"expected a known f_divergence_type, found {kind!r}")


# endregion


# region pairs mirrors DPOTrainer._compute_loss
@dataclass(frozen=True)
class Pairs:
    """B pairs as the losses see them; each field (B,) but `chosen_nll`, a scalar."""

    chosen_log_probs: Tensor
    rejected_log_probs: Tensor
    ref_chosen_log_probs: Tensor
    ref_rejected_log_probs: Tensor
    chosen_lengths: Tensor  # tokens
    rejected_lengths: Tensor
    chosen_nll: Tensor  # mean over all chosen tokens of the batch
    chosen_scores: Tensor
    rejected_scores: Tensor

    chosen_log_ratios = property(lambda p: p.chosen_log_probs - p.ref_chosen_log_probs)  # (1)
    rejected_log_ratios = property(lambda p: p.rejected_log_probs - p.ref_rejected_log_probs)
    margin = property(lambda p: p.chosen_scores - p.rejected_scores)  # (2)


# endregion


# region loss-sigmoid mirrors DPOTrainer._compute_loss
def sigmoid(p: Pairs, o: DPOOptions) -> Tensor:  # (1)
    """DPO (2305.18290), eq. 7: -log σ(βΔ), the logistic regression on the margin."""
    return -F.logsigmoid(o.beta * p.margin)


def hinge(p: Pairs, o: DPOOptions) -> Tensor:
    """SLiC-HF (2305.10425), RSO (2309.06657): no more push once the margin reaches 1/β."""
    return torch.relu(1 - o.beta * p.margin)


def robust(p: Pairs, o: DPOOptions) -> Tensor:
    """Robust DPO (2403.00409): unbiased when a share ε of the labels is flipped."""
    clean, flipped = -F.logsigmoid(o.beta * p.margin), -F.logsigmoid(-o.beta * p.margin)
    eps = o.label_smoothing
    return ((1 - eps) * clean - eps * flipped) / (1 - 2 * eps)  # (2)


# endregion


# region loss-margin mirrors DPOTrainer._compute_loss
def exo_pair(p: Pairs, o: DPOOptions) -> Tensor:
    """EXO (2402.00856): KL from the policy's preference to the smoothed label (1-ε, ε)."""
    z, eps = o.beta * p.margin, torch.tensor(o.label_smoothing)
    chosen = torch.sigmoid(z) * (F.logsigmoid(z) - torch.log1p(-eps))  # (1)
    rejected = torch.sigmoid(-z) * (F.logsigmoid(-z) - torch.log(eps))
    return chosen + rejected


def discopop(p: Pairs, o: DPOOptions) -> Tensor:
    """DiscoPOP (2406.08414): logistic for negative margins, exponential for positive ones."""
    z = o.beta * p.margin
    gate = torch.sigmoid(z / o.discopop_tau)  # (2)
    return (1 - gate) * -F.logsigmoid(z) + gate * torch.exp(-z)


# endregion


# region loss-pointwise mirrors DPOTrainer._compute_loss
def nca_pair(p: Pairs, o: DPOOptions) -> Tensor:
    """NCA (2402.05369): chosen up, both held down, each against its own zero."""
    w, l = o.beta * p.chosen_log_ratios, o.beta * p.rejected_log_ratios
    return -F.logsigmoid(w) - 0.5 * F.logsigmoid(-w) - 0.5 * F.logsigmoid(-l)  # (1)


def bco_pair(p: Pairs, o: DPOOptions) -> Tensor:
    """BCO (2404.04656) without its reward shift δ: classify chosen as 1, rejected as 0."""
    w, l = o.beta * p.chosen_log_ratios, o.beta * p.rejected_log_ratios
    return -F.logsigmoid(w) - F.logsigmoid(-l)  # (2)


def sppo_hard(p: Pairs, o: DPOOptions) -> Tensor:
    """SPPO (2405.00675) with win probabilities 1 and 0: regress to log-ratios ±1/2β."""
    target = 0.5 / o.beta
    return (p.chosen_log_ratios - target) ** 2 + (p.rejected_log_ratios + target) ** 2  # (3)


# endregion


# region loss-anchored mirrors DPOTrainer._compute_loss
def apo_zero(p: Pairs, o: DPOOptions) -> Tensor:
    """APO-zero (2408.06266), eq. 7: chosen up, rejected down; for chosen better than the model."""
    chosen = torch.sigmoid(o.beta * p.chosen_log_ratios)
    return (1 - chosen) + torch.sigmoid(o.beta * p.rejected_log_ratios)  # (1)


def apo_down(p: Pairs, o: DPOOptions) -> Tensor:
    """APO-down (2408.06266), eq. 8: chosen down, margin up; for chosen worse than the model."""
    chosen = torch.sigmoid(o.beta * p.chosen_log_ratios)
    margin = p.chosen_log_ratios - p.rejected_log_ratios
    return chosen + (1 - torch.sigmoid(o.beta * margin))  # (2)


# endregion


# region loss-length-normalised mirrors DPOTrainer._compute_loss
def margin_per_token(p: Pairs) -> Tensor:
    """Δ with each score divided by its completion's tokens, (B,)."""
    chosen = p.chosen_scores / p.chosen_lengths.clamp(min=1)  # (1)
    return chosen - p.rejected_scores / p.rejected_lengths.clamp(min=1)


def ipo(p: Pairs, o: DPOOptions) -> Tensor:
    """IPO (2310.12036), eq. 17, on means over tokens: a finite target 1/2τ, where β plays τ."""
    return (margin_per_token(p) - 1 / (2 * o.beta)) ** 2  # (2)


def sigmoid_norm(p: Pairs, o: DPOOptions) -> Tensor:
    """Length-normalised DPO (Tülu 3, 2411.15124): the logistic loss on means over tokens."""
    return -F.logsigmoid(o.beta * margin_per_token(p))


# endregion


# region loss-sorted mirrors DPOTrainer._compute_loss
def aot(p: Pairs, o: DPOOptions) -> Tensor:
    """AOT (2406.05882), paired: the policy's margins against the reference's, rank by rank."""
    policy, _ = (p.chosen_log_probs - p.rejected_log_probs).sort(dim=0)  # (1)
    reference, _ = (p.ref_chosen_log_probs - p.ref_rejected_log_probs).sort(dim=0)
    return smoothed_sigmoid(policy - reference, o)


def aot_unpaired(p: Pairs, o: DPOOptions) -> Tensor:
    """AOT (2406.05882), unpaired: chosen log-ratios against rejected ones, rank by rank."""
    chosen, _ = p.chosen_log_ratios.sort(dim=0)
    rejected, _ = p.rejected_log_ratios.sort(dim=0)
    return smoothed_sigmoid(chosen - rejected, o)


def smoothed_sigmoid(margin: Tensor, o: DPOOptions) -> Tensor:
    """Binary cross-entropy of σ(βΔ) to the label 1-ε, as in cDPO."""
    z, eps = o.beta * margin, o.label_smoothing
    return -(1 - eps) * F.logsigmoid(z) - eps * F.logsigmoid(-z)  # (2)


# endregion


# region loss mirrors DPOTrainer._compute_loss
def sft(p: Pairs, o: DPOOptions) -> Tensor:
    """Cross-entropy of the chosen tokens, no reference in it; meant as one part of a mixture."""
    return p.chosen_nll.expand_as(p.chosen_log_probs)  # (1)


LOSSES: dict[str, Callable[[Pairs, DPOOptions], Tensor]] = {
    loss.__name__: loss
    for loss in (
        *(sigmoid, hinge, ipo, exo_pair, nca_pair, robust, bco_pair, sppo_hard, aot, aot_unpaired),
        *(apo_zero, apo_down, discopop, sft, sigmoid_norm),
    )
}


def mixed_loss(pairs: Pairs, options: DPOOptions, pair_weights: Tensor | float = 1.0) -> Tensor:
    """Mean over the pairs of each loss type, summed with `loss_weights`; a scalar."""
    weights = options.loss_weights or [1.0] * len(options.loss_type)
    losses = [LOSSES[name](pairs, options) for name in options.loss_type]  # each (B,)
    parts = zip(weights, losses, strict=True)
    return sum((w * (loss * pair_weights).mean() for w, loss in parts), torch.tensor(0.0))  # (2)


# endregion


# region wpo-weights mirrors DPOTrainer._compute_loss
@torch.no_grad()
def wpo_weights(logits: Tensor, log_probs: Tensor, mask: Tensor) -> Tensor:
    """WPO (2406.11827), eq. 2: how likely the policy itself writes both completions, (B,)."""
    log_softmax = logits[:, :-1].float().log_softmax(dim=-1)  # (2B, T-1, V)
    expected = torch.logsumexp(2 * log_softmax, dim=-1)  # (1)  log Σ_v π(v)², (2B, T-1)
    aligned = ((log_probs - expected) * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)  # (2B,)
    chosen, rejected = aligned.exp().chunk(2)
    return chosen * rejected  # (2)  (B,)


# endregion


# region metrics mirrors DPOTrainer._compute_loss
@torch.no_grad()
def dpo_metrics(logits: Tensor, batch: Batch, pairs: Pairs, options: DPOOptions) -> dict:
    """What the trainer logs of one batch, under its names; `num_tokens` it sums over the steps."""
    logits, mask = logits[:, :-1].float(), batch["completion_mask"][:, 1:].bool()
    log_softmax = logits.log_softmax(dim=-1)  # (2B, T-1, V)
    entropy = -(log_softmax.exp() * log_softmax).sum(dim=-1)  # (2B, T-1)
    correct = logits.argmax(dim=-1) == batch["input_ids"][:, 1:]  # (2B, T-1)
    n = len(mask) // 2
    chosen, rejected = (
        options.beta * pairs.chosen_log_ratios,
        options.beta * pairs.rejected_log_ratios,
    )
    return {
        "entropy": entropy[mask].mean(),  # (1)
        "num_tokens": batch["attention_mask"].sum(),
        "logits/chosen": logits.mean(dim=-1)[:n][mask[:n]].mean(),  # (2)
        "logits/rejected": logits.mean(dim=-1)[n:][mask[n:]].mean(),
        "mean_token_accuracy": correct[:n][mask[:n]].float().mean(),  # (3)
        "rewards/chosen": chosen.mean(),
        "rewards/rejected": rejected.mean(),
        "rewards/accuracies": (chosen > rejected).float().mean(),  # (4)
        "rewards/margins": (chosen - rejected).mean(),
        "logps/chosen": pairs.chosen_log_probs.mean(),
        "logps/rejected": pairs.rejected_log_probs.mean(),
    }


# endregion


# region forward mirrors DPOTrainer._compute_loss, DPOTrainer.compute_ref_log_probs
def concatenated_forward(
    policy: nn.Module, reference: nn.Module, batch: Batch, options: DPOOptions
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """One pass of each model over all 2B rows: the policy's logits (2B, T, V) and token
    log-probs (2B, T-1), and the log-probs of whole completions of policy and reference (2B,)."""
    inputs = {name: batch[name] for name in ("input_ids", "attention_mask")}
    logits = policy(**inputs).logits  # (1)  (2B, T, V)
    log_probs, mask = completion_log_probs(logits, batch)
    with torch.no_grad():  # (2)
        ref_log_probs, _ = completion_log_probs(reference(**inputs).logits, batch)
    sums = [sequence_log_probs(x, mask, options.ld_alpha) for x in (log_probs, ref_log_probs)]
    return logits, log_probs, *sums


# endregion


# region dpo-loss mirrors DPOTrainer._compute_loss
def dpo_loss(
    policy: nn.Module, reference: nn.Module, batch: Batch, options: DPOOptions
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one batch, to be differentiated, and the metrics of that batch."""
    logits, tokens, summed, ref_summed = concatenated_forward(policy, reference, batch, options)
    mask = batch["completion_mask"]
    scores = f_divergence_scores(summed - ref_summed, options)  # (2B,)
    pairs = Pairs(
        *summed.chunk(2),  # (1)
        *ref_summed.chunk(2),
        *mask.sum(dim=1).chunk(2),
        -tokens.chunk(2)[0].sum() / mask[:, 1:].chunk(2)[0].sum(),
        *scores.chunk(2),
    )
    weights = wpo_weights(logits, tokens, mask[:, 1:]) if options.use_weighting else 1.0
    metrics = dpo_metrics(logits, batch, pairs, options)
    return mixed_loss(pairs, options, weights), {name: m.item() for name, m in metrics.items()}


# endregion


# region train-step mirrors DPOTrainer.training_step
def train_step(
    policy: nn.Module,
    reference: nn.Module,
    batch: Batch,
    optimizer: torch.optim.Optimizer,
    options: DPOOptions,
) -> dict[str, float]:
    """One step of the optimizer on one batch; the metrics, with `loss` and `grad_norm`."""
    loss, metrics = dpo_loss(policy, reference, batch, options)
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(policy.parameters(), max_norm=1.0)  # (1)
    optimizer.step()
    return {"loss": loss.item(), "grad_norm": norm.item(), **metrics}


# endregion


def pair_loss(
    loss_type: str,
    chosen_log_ratios: Tensor,  # (B,)
    rejected_log_ratios: Tensor,  # (B,)
    options: DPOOptions | None = None,
    lengths: tuple[int, int] = (1, 1),
) -> Tensor:
    """One loss of B pairs, (B,), from their log-ratios alone: for tables, plots and tests.

    The reference's log-probs are taken as zero; `lengths` are the tokens of chosen and rejected,
    which `ipo`, `sigmoid_norm` and `sft` divide by. Raises as `check_options` does.
    """
    options = replace(options or DPOOptions(), loss_type=(loss_type,), loss_weights=None)
    sides = (chosen_log_ratios, rejected_log_ratios)
    zero = torch.zeros_like(chosen_log_ratios)
    counts = [torch.full_like(chosen_log_ratios, length) for length in lengths]
    scores = [f_divergence_scores(side, options) for side in sides]
    nll = -chosen_log_ratios.sum() / counts[0].sum()
    return LOSSES[loss_type](Pairs(*sides, zero, zero, *counts, nll, *scores), options)
