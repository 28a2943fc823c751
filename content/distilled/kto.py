"""Kahneman-Tversky Optimization from the text of an answer to the gradient, in plain PyTorch.

KTO (arXiv 2402.01306) trains a policy on single answers, each marked desirable or undesirable,
against a frozen reference and a reference point: an estimate of how far the policy has drifted.
This file computes what `KTOTrainer` of TRL 1.16.0 computes: the same token ids, mismatched
answers, loss, metrics and gradients for both of its loss types;
`tests/python/test_distilled_kto.py` compares them. Read it from top to bottom: text, mismatched
answers, batch, log-probabilities, reference point, losses, metrics.

Left out: several processes (their means are averaged before the cut), images, the auxiliary loss of
mixtures of experts, the LM head that works in tiles and never builds the logits, reference
log-probs computed beforehand, PEFT, moving the reference (TR-DPO), tools in chat templates,
`pad_to_multiple_of`, gradient accumulation.

B: answers in the micro-batch. T: tokens. V: vocabulary. A batch holds B matched sequences and, for
the reference point, B mismatched ones: the same prompts, each before the previous row's answer.
Longer than 250 lines because the data path stands in it too: it decides what KTO's loss sees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

Batch = dict[str, Tensor]
Row = dict[str, Any]


# region options mirrors KTOConfig
@dataclass(frozen=True)
class KTOOptions:
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    loss_type: str = "kto"
    beta: float = 0.1
    desirable_weight: float = 1.0  # (1)
    undesirable_weight: float = 1.0
    per_device_train_batch_size: int = 8  # (2)
    train_sampling_strategy: str = "sequential"  # (3)
    max_length: int | None = 1024

    def __post_init__(self) -> None:
        check_options(self)

    @property
    def estimates_kl(self) -> bool:
        """Whether the loss needs a reference point, and so the mismatched answers."""
        return self.loss_type != "apo_zero_unpaired"


# endregion


# region guards mirrors KTOTrainer.__init__
def check_options(options: KTOOptions) -> None:
    """Raises ValueError on options with which the reference point would mean nothing."""
    if options.loss_type not in LOSSES:
        raise ValueError(f"expected a loss type of {sorted(LOSSES)}, found {options.loss_type!r}")
    if not options.estimates_kl:
        return
    if options.train_sampling_strategy != "sequential":  # (1)
        raise ValueError(
            f"expected sequential sampling, found {options.train_sampling_strategy!r}: answers are "
            f"mismatched inside batches that are fixed before training"
        )
    if options.per_device_train_batch_size <= 1:  # (2)
        raise ValueError(
            "expected a batch of 2 or more on each device, found "
            f"{options.per_device_train_batch_size}: one answer has no other to be mismatched with"
        )


# endregion


# region unpair mirrors unpair_preference_dataset
def unpair(pairs: Sequence[Row], chunk: int = 1000) -> list[Row]:
    """Rows of `prompt`, `completion`, `label` from rows of `prompt`, `chosen`, `rejected`."""
    rows: list[Row] = []
    for start in range(0, len(pairs), chunk):  # (1)
        part = pairs[start : start + chunk]
        for side, label in (("chosen", True), ("rejected", False)):  # (2)
            rows += [{"prompt": p["prompt"], "completion": p[side], "label": label} for p in part]
    return rows


# endregion


def common_prefix_length(ids: list[int], other: list[int]) -> int:
    """How many leading tokens two sequences share."""
    return next((i for i, (a, b) in enumerate(zip(ids, other, strict=False)) if a != b), len(ids))


# region tokenize mirrors KTOTrainer._prepare_dataset, common_prefix_length
def tokenize(example: Row, tokenizer: Any) -> Row:
    """Token ids of prompt and completion, and the label; texts are strings or lists of messages."""

    def ids(text: Any, **chat: bool) -> list[int]:
        if isinstance(text, str):
            return tokenizer(text)["input_ids"]
        return tokenizer.apply_chat_template(text, return_dict=True, **chat)["input_ids"]

    prompt, completion = example["prompt"], example["completion"]
    prompt_ids = ids(prompt, add_generation_prompt=True)  # (1)
    if isinstance(prompt, str) and not completion.endswith(tokenizer.eos_token):
        completion += tokenizer.eos_token  # (2)
    both = ids(prompt + completion)
    n = common_prefix_length(prompt_ids, both)  # (3)
    return {"prompt_ids": both[:n], "completion_ids": both[n:], "label": example["label"]}


# endregion


# region mismatch mirrors KTOTrainer._prepare_dataset
def mismatch(rows: Sequence[Row], options: KTOOptions) -> list[Row]:
    """Rows with `KL_completion_ids`: the answer of the row before, around within each batch."""
    limit, size = options.max_length, options.per_device_train_batch_size
    rows = [r for r in rows if limit is None or len(r["prompt_ids"]) < limit]  # (1)
    if not options.estimates_kl:
        return list(rows)
    result: list[Row] = []
    for start in range(0, len(rows), size):  # (2)
        batch = rows[start : start + size]
        answers = [row["completion_ids"] for row in batch]
        rotated = [answers[-1], *answers[:-1]]  # (3)
        pairs = zip(batch, rotated, strict=True)
        result += [{**row, "KL_completion_ids": other} for row, other in pairs]
    return result


# endregion


# region balance mirrors KTOTrainer._prepare_dataset
def advised_ranges(labels: Sequence[bool], options: KTOOptions) -> dict[str, tuple[float, float]]:
    """The ranges that the trainer prints for either weight; empty when it prints nothing."""
    desirable = max(sum(labels), 1)
    undesirable = max(len(labels) - desirable, 1)  # (1)
    if desirable == undesirable:  # (2)
        return {}
    d = undesirable * options.undesirable_weight / desirable
    u = desirable * options.desirable_weight / undesirable
    ranges = {
        "desirable_weight": (round(d, 2), round(d * 1.33, 2)),  # (3)
        "undesirable_weight": (round(u / 1.33, 2), round(u, 2)),
    }
    inside = [low <= getattr(options, name) <= high for name, (low, high) in ranges.items()]
    return {} if any(inside) else ranges


# endregion


# region collate mirrors DataCollatorForUnpairedPreference.torch_call
def collate(rows: Sequence[Row], pad_token_id: int, options: KTOOptions) -> Batch:
    """Ids, attention mask and completion mask, (B, T); the same with `KL_`, (B, T'); `label`."""
    batch: Batch = {}
    for prefix, answer in (("", "completion_ids"), ("KL_", "KL_completion_ids")):
        if answer not in rows[0]:
            continue
        ids = [(r["prompt_ids"] + r[answer])[: options.max_length] for r in rows]  # (1)
        masks = [[0] * len(r["prompt_ids"]) + [1] * len(r[answer]) for r in rows]
        length = max(len(row) for row in ids)

        def pad(values: list[int], fill: int, length: int = length) -> list[int]:
            return (values + [fill] * length)[:length]

        batch[f"{prefix}input_ids"] = torch.tensor([pad(row, pad_token_id) for row in ids])
        batch[f"{prefix}attention_mask"] = torch.tensor([pad([1] * len(row), 0) for row in ids])
        batch[f"{prefix}completion_mask"] = torch.tensor([pad(mask, 0) for mask in masks])
    batch["label"] = torch.tensor([row["label"] for row in rows])  # (2)  (B,)
    return batch


# endregion


# region log-probs mirrors KTOTrainer._compute_loss, add_fused_lm_head
def sequence_log_probs(model: nn.Module, batch: Batch, prefix: str = "") -> tuple[Tensor, Tensor]:
    """log π(y | x) of each row, summed over the answer's tokens, (B,); and the logits."""
    ids, mask = batch[f"{prefix}input_ids"], batch[f"{prefix}completion_mask"]
    logits = model(input_ids=ids, attention_mask=batch[f"{prefix}attention_mask"]).logits
    log_softmax = logits[:, :-1].float().log_softmax(dim=-1)  # (1)  (B, T-1, V)
    tokens = log_softmax.gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)  # (B, T-1)
    return (tokens * mask[:, 1:]).sum(dim=1), logits  # (2)


# endregion


# region reference-point mirrors KTOTrainer._compute_kl_logps, KTOTrainer._compute_loss
@torch.no_grad()  # (1)
def reference_point(
    policy: nn.Module, reference: nn.Module, batch: Batch, options: KTOOptions
) -> Tensor:
    """z_0: the mean log-ratio of the mismatched answers, not below 0; a scalar."""
    if not options.estimates_kl:
        return torch.zeros(())
    drift, _ = sequence_log_probs(policy, batch, "KL_")  # (B,)
    still, _ = sequence_log_probs(reference, batch, "KL_")  # (B,)
    return (drift - still).mean().clamp(min=0)  # (2)


# endregion


# region losses mirrors KTOTrainer._compute_loss
def kto(log_ratios: Tensor, label: Tensor, z0: Tensor, o: KTOOptions) -> Tensor:
    """KTO (2402.01306): one minus the value of a gain above, or a loss below, z_0; (B,)."""
    side = torch.where(label, 1.0, -1.0)  # (1)
    return 1 - torch.sigmoid(o.beta * side * (log_ratios - z0))  # (2)


def apo_zero_unpaired(log_ratios: Tensor, label: Tensor, z0: Tensor, o: KTOOptions) -> Tensor:
    """APO-zero (2408.06266) for single answers: up or down, with the reference itself as zero."""
    reward = o.beta * log_ratios
    return torch.where(label, 1 - torch.sigmoid(reward), torch.sigmoid(reward))  # (3)


LOSSES: dict[str, Callable[[Tensor, Tensor, Tensor, KTOOptions], Tensor]] = {
    "kto": kto,
    "apo_zero_unpaired": apo_zero_unpaired,
}


# endregion


# region weighted-loss mirrors KTOTrainer._compute_loss
def weighted_loss(log_ratios: Tensor, label: Tensor, z0: Tensor, options: KTOOptions) -> Tensor:
    """The mean over all B answers of λ times the loss; a scalar."""
    losses = LOSSES[options.loss_type](log_ratios, label, z0, options)  # (B,)
    weights = torch.where(label, options.desirable_weight, options.undesirable_weight)  # (1)
    return (weights * losses).mean()  # (2)


# endregion


# region metrics mirrors KTOTrainer._compute_loss
@torch.no_grad()
def kto_metrics(
    logits: Tensor, log_probs: Tensor, rewards: Tensor, z0: Tensor, batch: Batch
) -> dict[str, Tensor]:
    """What the trainer logs of one batch, under its names; `num_tokens` it sums over the steps."""
    logits, mask = logits[:, :-1].float(), batch["completion_mask"][:, 1:].bool()
    log_softmax = logits.log_softmax(dim=-1)  # (B, T-1, V)
    entropy = -(log_softmax.exp() * log_softmax).sum(dim=-1)  # (B, T-1)
    metrics = {
        "kl": z0,  # (1)
        "entropy": entropy[mask].mean(),
        "num_tokens": batch["attention_mask"].sum(),  # (2)
    }
    for side, rows in (("chosen", batch["label"]), ("rejected", ~batch["label"])):
        if rows.any():  # (3)
            metrics[f"logits/{side}"] = logits.mean(dim=-1)[rows][mask[rows]].mean()
            metrics[f"rewards/{side}"] = rewards[rows].mean()
            metrics[f"logps/{side}"] = log_probs[rows].mean()
    if {"rewards/chosen", "rewards/rejected"} <= metrics.keys():  # (4)
        metrics["rewards/margins"] = metrics["rewards/chosen"] - metrics["rewards/rejected"]
    return metrics


# endregion


# region kto-loss mirrors KTOTrainer._compute_loss
def kto_loss(
    policy: nn.Module, reference: nn.Module, batch: Batch, options: KTOOptions
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one batch, to be differentiated, and the metrics of that batch."""
    z0 = reference_point(policy, reference, batch, options)  # (1)
    log_probs, logits = sequence_log_probs(policy, batch)  # (2)  (B,), (B, T, V)
    with torch.no_grad():
        ref_log_probs, _ = sequence_log_probs(reference, batch)  # (B,)
    log_ratios = log_probs - ref_log_probs  # (B,)
    loss = weighted_loss(log_ratios, batch["label"], z0, options)
    metrics = kto_metrics(logits, log_probs, options.beta * log_ratios, z0, batch)
    return loss, {name: value.item() for name, value in metrics.items()}


# endregion


# region train-step mirrors KTOTrainer.training_step
def train_step(
    policy: nn.Module,
    reference: nn.Module,
    batch: Batch,
    optimizer: torch.optim.Optimizer,
    options: KTOOptions,
) -> dict[str, float]:
    """One step of the optimizer on one batch; the metrics, with `loss` and `grad_norm`."""
    loss, metrics = kto_loss(policy, reference, batch, options)
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(policy.parameters(), max_norm=1.0)  # (1)
    optimizer.step()
    return {"loss": loss.item(), "grad_norm": norm.item(), **metrics}


# endregion
