"""Odds Ratio Preference Optimization from the text of a pair to the gradient, in plain PyTorch.

ORPO (arXiv 2403.07691) adds one term to supervised fine-tuning: the chosen completion's odds, taken
from its mean log-probability a token, should exceed the rejected one's. There is no reference. This
file computes what `ORPOTrainer` of TRL 1.16.0 (`trl.experimental.orpo`) computes: the same token
ids, truncation, batch, loss, metrics and gradients; `tests/python/test_distilled_orpo.py` compares
them. Read it from top to bottom: text, batch, log-probabilities, odds, loss, metrics.

Left out: distributed training, encoder-decoder models, PEFT, quantisation, generation during
evaluation, padding to a fixed length for XLA, gradient accumulation, `chat_template_kwargs`.

B: pairs in the batch; row b and row B + b are a pair. T: tokens. V: vocabulary.
Longer than 250 lines because TRL's own tokenising and truncation stand in it, step by step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Row = dict[str, list[int]]
Batch = dict[str, Tensor]


# region options mirrors ORPOConfig
@dataclass(frozen=True)
class ORPOOptions:
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    beta: float = 0.1  # (1)
    max_length: int | None = 1024  # (2)
    padding_value: int | None = None  # (3)


# endregion


# region chat mirrors maybe_apply_chat_template, apply_chat_template
def to_text(example: dict[str, Any], tokenizer: Any) -> dict[str, str]:
    """Prompt, chosen and rejected as strings; lists of messages go through the chat template."""
    if isinstance(example["chosen"], str):
        return example

    def text(messages: list[dict[str, str]], **options: bool) -> str:
        return tokenizer.apply_chat_template(messages, tokenize=False, **options)

    prompt, sides = example["prompt"], (example["chosen"], example["rejected"])
    begun = prompt[-1]["role"] == "assistant"  # (1)
    start = text(prompt, add_generation_prompt=not begun, continue_final_message=begun)
    whole = [text(prompt + side) for side in sides]
    for one in whole:
        start = start[: common_start(start, one)]  # (2)
    chosen, rejected = (one[len(start) :] for one in whole)
    return {"prompt": start, "chosen": chosen, "rejected": rejected}


# endregion


def common_start(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many leading items two sequences share."""
    shared = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(shared) if a != b), min(len(one), len(other)))


# region extract-prompt mirrors extract_prompt
def extract_prompt(example: dict[str, Any]) -> dict[str, Any]:
    """Takes the common start of both sides as the prompt, when there is no prompt column."""
    if "prompt" in example:
        return example
    chosen, rejected = example["chosen"], example["rejected"]
    end = 0
    for end in range(min(len(chosen), len(rejected))):
        if chosen[end] != rejected[end]:
            if chosen[end - 1] == " ":  # (1)
                end -= 1
            break
    return {"prompt": chosen[:end], "chosen": chosen[end:], "rejected": rejected[end:]}


# endregion


# region split mirrors ORPOTrainer.build_tokenized_answer
def split(prompt: str, answer: str, tokenizer: Any) -> tuple[list[int], list[int]]:
    """Ids of prompt + answer, tokenised together, cut where the prompt ends."""
    alone = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    whole = tokenizer(prompt + answer, add_special_tokens=False)["input_ids"]  # (1)
    border = len(alone)
    if alone != whole[:border]:
        border -= 1  # (2)
    return whole[:border], whole[border:]


# endregion


# region tokenize mirrors ORPOTrainer.tokenize_row, add_bos_token_if_needed, add_eos_token_if_needed
def tokenize(example: dict[str, Any], tokenizer: Any, options: ORPOOptions) -> Row:
    """Token ids and labels of both sides of a pair, cut to `max_length`."""
    texts = to_text(extract_prompt(example), tokenizer)
    sides = {s: split(texts["prompt"], texts[s], tokenizer) for s in ("chosen", "rejected")}
    prompts = [prompt for prompt, _ in sides.values()]
    differing = sum(a != b for a, b in zip(*prompts, strict=False))
    if differing > 1 or abs(len(prompts[0]) - len(prompts[1])) > 1:  # (1)
        raise ValueError("expected prompts that differ in their last token at most")
    row, limit = {}, 512 if options.max_length is None else options.max_length  # (2)
    for side, (prompt, answer) in sides.items():
        if tokenizer.bos_token_id is not None and prompt[:1] != [tokenizer.bos_token_id]:
            prompt = [tokenizer.bos_token_id, *prompt]
        if answer[-1:] != [tokenizer.eos_token_id]:
            answer = [*answer, tokenizer.eos_token_id]  # (3)
        if len(prompt) + len(answer) > limit:
            answer = answer[: max(0, limit - len(prompt))]  # (4)
        row[f"{side}_input_ids"] = prompt + answer
        row[f"{side}_labels"] = [-100] * len(prompt) + answer  # (5)
    return row


# endregion


# region collate mirrors DPODataCollatorWithPadding, ORPOTrainer.concatenated_inputs
def collate(rows: Sequence[Row], pad_token_id: int, options: ORPOOptions) -> Batch:
    """B pairs as `input_ids`, `attention_mask` and `labels`, each (2B, T), chosen rows first."""
    filler = pad_token_id if options.padding_value is None else options.padding_value

    def stack(column: str, pad: int, last_pad: int) -> Tensor:
        halves = []
        for side in ("chosen", "rejected"):
            lists = [row[f"{side}_{column}"] for row in rows]
            width = max(map(len, lists))
            halves.append(torch.tensor([ids + [pad] * (width - len(ids)) for ids in lists]))
        length = max(half.shape[1] for half in halves)
        halves = [
            F.pad(half, (0, length - half.shape[1]), value=last_pad) for half in halves
        ]  # (1)
        return torch.cat(halves)  # (2B, T)

    lengths = [len(row[f"{side}_labels"]) for side in ("chosen", "rejected") for row in rows]
    ids = stack("input_ids", pad_token_id, filler)
    real = torch.arange(ids.shape[1]) < torch.tensor(lengths).unsqueeze(1)  # (2)
    labels = stack("labels", -100, -100)
    return {"input_ids": ids, "attention_mask": real.long(), "labels": labels}


# endregion


# region log-probs mirrors ORPOTrainer.get_batch_logps
def mean_log_probs(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean log π(y_t | x, y_<t) over the completion's tokens, one number a row, (2B,)."""
    targets = labels[:, 1:]  # (1)  (2B, T-1)
    counted = targets != -100
    log_softmax = logits[:, :-1].log_softmax(dim=-1)  # (2B, T-1, V)
    safe = targets.where(counted, 0).unsqueeze(-1)
    tokens = log_softmax.gather(-1, safe).squeeze(-1)  # (2B, T-1)
    return (tokens * counted).sum(dim=1) / counted.sum(dim=1)  # (2)


# endregion


# region nll mirrors ORPOTrainer.concatenated_forward
def chosen_nll(logits: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy over all tokens of the chosen rows, the prompt's included; a scalar."""
    n = len(batch["input_ids"]) // 2
    ids = batch["input_ids"].masked_fill(batch["attention_mask"] == 0, -100)  # (1)
    predicted, targets = logits[:n, :-1], ids[:n, 1:]  # (B, T-1, V), (B, T-1)
    return F.cross_entropy(predicted.flatten(0, 1), targets.flatten(), ignore_index=-100)  # (2)


# endregion


# region log1mexp mirrors ORPOTrainer.odds_ratio_loss
def log1mexp(x: Tensor) -> Tensor:
    """log(1 - e^x) for x < 0, by the form that keeps its digits on either side of -ln 2."""
    by_log1p = torch.log1p(-torch.exp(x))  # (1)
    by_expm1 = torch.log(-torch.expm1(x))  # (2)
    return torch.where(x < -math.log(2), by_log1p, by_expm1)  # (3)


# endregion


# region odds mirrors ORPOTrainer.odds_ratio_loss
def log_odds(mean_log_prob: Tensor) -> Tensor:
    """log(p / (1 - p)) of p = e^x, the geometric mean of the token probabilities; shape kept."""
    x = mean_log_prob.float()  # (1)
    return x - log1mexp(x)


def odds_ratio_loss(chosen: Tensor, rejected: Tensor) -> tuple[Tensor, Tensor]:
    """-log σ(d) and d, both (B,): d is the log odds ratio of the two mean log-probs."""
    x, y = chosen.float(), rejected.float()
    d = (x - y) - (log1mexp(x) - log1mexp(y))  # (2)
    return -F.logsigmoid(d), d  # (3)


# endregion


# region forward mirrors ORPOTrainer.concatenated_forward
def forward(policy: nn.Module, batch: Batch) -> tuple[Tensor, Tensor | None]:
    """One pass over all 2B rows: logits (2B, T, V), and the auxiliary loss of a mixture of
    experts whose config asks for its router logits."""
    routed = getattr(policy.config, "output_router_logits", False)
    asked = {"output_router_logits": True} if routed else {}
    out = policy(batch["input_ids"], attention_mask=batch["attention_mask"], **asked)  # (1)
    return out.logits, out.aux_loss if routed else None


# endregion


# region metrics mirrors ORPOTrainer.get_batch_loss_metrics
@torch.no_grad()
def orpo_metrics(
    logits: Tensor, means: Tensor, ratio_loss: Tensor, d: Tensor, nll: Tensor, beta: float
) -> dict[str, float]:
    """What the trainer logs of one batch, under its names."""
    chosen, rejected = means.float().chunk(2)  # (B,) each
    chosen_logits, rejected_logits = logits[:, :-1].chunk(2)
    metrics = {
        "rewards/chosen": beta * chosen,  # (1)
        "rewards/rejected": beta * rejected,
        "rewards/accuracies": (beta * chosen > beta * rejected).float(),  # (2)
        "rewards/margins": beta * (chosen - rejected),
        "logps/chosen": chosen,  # (3)
        "logps/rejected": rejected,
        "logits/chosen": chosen_logits,  # (4)
        "logits/rejected": rejected_logits,
        "nll_loss": nll,
        "log_odds_ratio": -ratio_loss,  # (5)
        "log_odds_chosen": d,
    }
    return {name: value.mean().item() for name, value in metrics.items()}


# endregion


# region orpo-loss mirrors ORPOTrainer.get_batch_loss_metrics
def orpo_loss(
    policy: nn.Module, batch: Batch, options: ORPOOptions
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one batch, to be differentiated, and the metrics of that batch."""
    logits, aux_loss = forward(policy, batch)
    means = mean_log_probs(logits, batch["labels"])  # (2B,)
    nll = chosen_nll(logits, batch)
    ratio_loss, d = odds_ratio_loss(*means.chunk(2))  # (1)
    loss = nll + options.beta * ratio_loss.mean()  # (2)
    if aux_loss is not None:
        loss = loss + policy.config.router_aux_loss_coef * aux_loss  # (3)
    return loss, orpo_metrics(logits, means, ratio_loss, d, nll, options.beta)


# endregion


# region train-step mirrors ORPOTrainer.compute_loss
def train_step(
    policy: nn.Module, batch: Batch, optimizer: torch.optim.Optimizer, options: ORPOOptions
) -> dict[str, float]:
    """One step of the optimizer on one batch; the metrics, with `loss` and `grad_norm`."""
    loss, metrics = orpo_loss(policy, batch, options)
    optimizer.zero_grad()
    loss.backward()
    norm = nn.utils.clip_grad_norm_(policy.parameters(), max_norm=1.0)  # (1)
    optimizer.step()
    return {"loss": loss.item(), "grad_norm": norm.item(), **metrics}


# endregion
