"""Supervised fine-tuning from the text of an example to the gradient, in plain PyTorch.

SFT raises the probability of given tokens: next-token cross-entropy on those that carry loss. This
file computes what `SFTTrainer` of TRL 1.16.0 computes: the same token ids, labels, packed rows,
batches, loss, metrics and gradients; `tests/python/test_distilled_sft.py` compares them. Read it
from top to bottom: text, ids, masks, labels, rows, batch, log-probabilities, loss, metrics, step.

Left out: distributed training, images, tools in chat templates, the auxiliary loss of mixtures of
experts, the LM head that works in tiles and never builds the logits, PEFT, `formatting_func`,
`compute_loss_func`, the deprecated `keep_end`, `pad_to_multiple_of`, streaming, shuffling.

B: rows in a batch. T: tokens of a row. V: vocabulary. N: tokens that carry loss in one whole step.
Longer than 250 lines because three kinds of data and three ways to pack stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

Batch = dict[str, Tensor]
Row = dict[str, list[int]]
IGNORED = -100  # the label of a token that carries no loss


# region options mirrors SFTConfig
@dataclass(frozen=True)
class SFTOptions:
    """What shapes the loss, under TRL's names and with TRL's defaults."""

    loss_type: str = "nll"  # (1)
    completion_only_loss: bool | None = None  # (2)
    assistant_only_loss: bool = False
    max_length: int | None = 1024  # (3)
    packing: bool = False
    packing_strategy: str = "bfd"
    padding_free: bool = False
    label_smoothing_factor: float = 0.0  # (4)
    dataset_text_field: str = "text"

    def __post_init__(self) -> None:
        check_options(self)


# endregion


# region guards mirrors SFTTrainer.__init__, pack_dataset
def check_options(options: SFTOptions) -> None:
    """Raises ValueError on options that cannot work."""
    if options.loss_type not in LOSSES:
        raise ValueError(f"expected a loss_type among {sorted(LOSSES)}, found {options.loss_type}")
    if options.packing_strategy not in ("bfd", "bfd_split", "wrapped"):
        raise ValueError(f"expected bfd, bfd_split or wrapped, found {options.packing_strategy!r}")
    if options.packing and options.max_length is None:  # (1)
        raise ValueError("packing fills rows of max_length tokens: expected a number, found None")
    if options.padding_free and not options.packing and options.max_length is not None:  # (2)
        raise ValueError("padding_free without packing cuts nothing: expected max_length=None")


# endregion


# region tokenize mirrors SFTTrainer._prepare_dataset, common_prefix_length
def tokenize(example: dict[str, Any], tokenizer: Any, options: SFTOptions) -> Row:
    """Token ids of an example, with `completion_mask` or `assistant_masks` where they exist."""
    mask = {"return_assistant_tokens_mask": options.assistant_only_loss}

    def encode(text: Any, **chat: bool) -> dict[str, list[int]]:
        if isinstance(text, str):
            return tokenizer(text)
        return tokenizer.apply_chat_template(text, return_dict=True, **chat)  # (1)

    if "prompt" not in example:
        text = example["messages"] if "messages" in example else example[options.dataset_text_field]
        encoded = encode(with_end(text, tokenizer), **mask)
    else:
        completion = with_end(example["completion"], tokenizer)
        prompt = encode(example["prompt"], add_generation_prompt=True)["input_ids"]
        encoded = encode(example["prompt"] + completion, **mask)  # (2)
        n = common_prefix_length(prompt, encoded["input_ids"])  # (3)
        rest = len(encoded["input_ids"]) - n
        encoded = {**encoded, "completion_mask": [0] * n + [1] * rest}
    if "assistant_masks" in encoded and 1 not in encoded["assistant_masks"]:  # (4)
        raise RuntimeError("assistant_only_loss found no assistant token: look at the template")
    kept = ("input_ids", "completion_mask", "assistant_masks")
    return {name: encoded[name] for name in kept if name in encoded}


# endregion


def common_prefix_length(ids: list[int], other: list[int]) -> int:
    """How many leading tokens two sequences share."""
    return next((i for i, (a, b) in enumerate(zip(ids, other, strict=False)) if a != b), len(ids))


# region end mirrors SFTTrainer._prepare_dataset
def with_end(text: Any, tokenizer: Any) -> Any:
    """Plain text with the end token behind it; a conversation as it is."""
    if not isinstance(text, str) or text.endswith(tokenizer.eos_token):
        return text  # (1)
    return text + tokenizer.eos_token  # (2)


# endregion


# region labels mirrors SFTTrainer._prepare_dataset
def with_labels(row: Row, options: SFTOptions) -> Row:
    """`input_ids` and `labels`: the same ids, with -100 where a mask says no."""
    ids, masks = row["input_ids"], []
    if options.completion_only_loss is not False and "completion_mask" in row:  # (1)
        masks.append(row["completion_mask"])
    if "assistant_masks" in row:
        masks.append(row["assistant_masks"])
    allowed = zip(*masks, strict=True) if masks else [()] * len(ids)
    labels = [i if all(bits) else IGNORED for i, bits in zip(ids, allowed, strict=True)]  # (2)
    return {"input_ids": ids, "labels": labels}


# endregion


# region truncate mirrors SFTTrainer._prepare_dataset
def truncate(rows: Sequence[Row], max_length: int | None) -> list[Row]:
    """Rows cut to their first tokens; without those that have nothing left to learn from."""
    if max_length is None:
        return list(rows)
    cut = [{name: ids[:max_length] for name, ids in row.items()} for row in rows]  # (1)
    return [row for row in cut if any(label != IGNORED for label in row["labels"])]  # (2)


# endregion


# region pack-bfd mirrors _pack_bfd
def pack_best_fit(rows: Sequence[Row], length: int, split: bool) -> list[Row]:
    """Best-fit decreasing (2404.10830): each row into the fullest bin that still takes it."""
    pieces = []
    for row in rows:
        end = len(row["input_ids"]) if split else min(length, len(row["input_ids"]))  # (1)
        starts = range(0, end, length)
        pieces += [{name: ids[i : i + length] for name, ids in row.items()} for i in starts]
    bins: list[list[Row]] = []
    fits: list[tuple[int, int]] = []  # (space left, bin), in the order in which they came to be
    for piece in sorted(pieces, key=lambda p: -len(p["input_ids"])):  # (2)
        size = len(piece["input_ids"])
        open_bins = [(space, i) for space, i in fits if space >= size]
        if open_bins:
            space, chosen = min(open_bins, key=lambda fit: fit[0])  # (3)
            fits.remove((space, chosen))
        else:
            space, chosen = length, len(bins)
            bins.append([])
        bins[chosen].append(piece)
        fits.append((space - size, chosen))
    return [joined(pieces) for pieces in bins]


# endregion


# region pack-wrapped mirrors pack_dataset, _pack_wrapped
def joined(pieces: Sequence[Row]) -> Row:
    """One row of several, with the length of each."""
    row = {name: [i for p in pieces for i in p[name]] for name in ("input_ids", "labels")}
    return row | {"seq_lengths": [len(p["input_ids"]) for p in pieces]}  # (1)


def pack_wrapped(rows: Sequence[Row], length: int) -> list[Row]:
    """All rows as one stream, cut every `length` tokens; nothing remembers the borders."""
    stream = joined(rows)
    starts = range(0, len(stream["input_ids"]), length)
    names = ("input_ids", "labels")
    return [{name: stream[name][i : i + length] for name in names} for i in starts]  # (2)


def pack(rows: Sequence[Row], options: SFTOptions) -> list[Row]:
    """Rows of at most `max_length` tokens; TRL calls it on 1,000 rows at a time."""
    if options.packing_strategy == "wrapped":
        return pack_wrapped(rows, options.max_length)
    return pack_best_fit(rows, options.max_length, options.packing_strategy == "bfd_split")


# endregion


# region prepare mirrors SFTTrainer._prepare_dataset
def prepare(examples: Sequence[dict], tokenizer: Any, options: SFTOptions) -> list[Row]:
    """The data set as the collator meets it."""
    rows = [with_labels(tokenize(e, tokenizer, options), options) for e in examples]
    return pack(rows, options) if options.packing else truncate(rows, options.max_length)  # (1)


# endregion


# region collate mirrors DataCollatorForLanguageModeling
def collate(rows: Sequence[Row], pad_token_id: int, options: SFTOptions) -> Batch:
    """B rows as `input_ids`, `labels` and `attention_mask`, (B, T), or without padding (1, T)."""
    if options.padding_free or (options.packing and options.packing_strategy != "wrapped"):  # (1)
        return collate_flat(rows)
    length = max(len(row["input_ids"]) for row in rows)

    def pad(ids: list[int], value: int) -> list[int]:
        return ids + [value] * (length - len(ids))

    ones = [[1] * len(row["input_ids"]) for row in rows]
    return {
        "input_ids": torch.tensor([pad(row["input_ids"], pad_token_id) for row in rows]),
        "labels": torch.tensor([pad(row["labels"], IGNORED) for row in rows]),  # (2)
        "attention_mask": torch.tensor([pad(row, 0) for row in ones]),
    }


# endregion


# region collate-flat mirrors DataCollatorForLanguageModeling
def collate_flat(rows: Sequence[Row]) -> Batch:
    """All rows behind each other in one, (1, T), with positions that start anew at each sample."""
    lengths = [n for row in rows for n in row.get("seq_lengths", [len(row["input_ids"])])]
    positions = torch.cat([torch.arange(n) for n in lengths])  # (1)  (T,)
    ids = torch.tensor([i for row in rows for i in row["input_ids"]])
    labels = torch.tensor([i for row in rows for i in row["labels"]])
    labels[positions == 0] = IGNORED  # (2)
    named = {"input_ids": ids, "labels": labels, "position_ids": positions}
    return {name: tensor.unsqueeze(0) for name, tensor in named.items()}


def same_sample(position_ids: Tensor) -> Tensor:
    """Which token may look at which, (1, 1, T, T): backwards, within its own sample."""
    sample = (position_ids == 0).cumsum(dim=-1)  # (1, T)
    return (sample.unsqueeze(-1) == sample.unsqueeze(-2)).tril().unsqueeze(1)  # (3)


# endregion


# region log-probs mirrors add_fused_lm_head, SFTTrainer.compute_loss
def next_token_log_probs(model: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
    """log π(· | x_<t) for tokens 2 to T, (B, T-1, V), and their labels, (B, T-1)."""
    inputs = {name: batch[name] for name in ("input_ids", "attention_mask") if name in batch}
    if "position_ids" in batch:
        inputs["position_ids"] = batch["position_ids"]
        inputs["attention_mask"] = same_sample(batch["position_ids"])  # (1)
    logits = model(**inputs).logits  # (B, T, V)
    return logits[:, :-1].float().log_softmax(dim=-1), batch["labels"][:, 1:]  # (2)


def of_labels(log_softmax: Tensor, labels: Tensor) -> Tensor:
    """log π(y_t | y_<t) of each label, (B, T-1); zero where there is none."""
    chosen = log_softmax.gather(-1, labels.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    return chosen.masked_fill(labels == IGNORED, 0.0)


# endregion


# region losses mirrors SFTTrainer.compute_loss
def nll(log_probs: Tensor) -> Tensor:
    """Negative log-likelihood of each token, -log p."""
    return -log_probs  # (1)


def dft(log_probs: Tensor) -> Tensor:
    """Dynamic fine-tuning (2508.05629): -sg(p) log p, where sg carries no gradient."""
    return -log_probs * log_probs.exp().detach()  # (2)


LOSSES: dict[str, Callable[[Tensor], Tensor]] = {"nll": nll, "dft": dft, "chunked_nll": nll}  # (3)


# endregion


# region sft-loss mirrors SFTTrainer.compute_loss
def sft_loss(
    model: nn.Module, batch: Batch, options: SFTOptions, items: int | Tensor | None = None
) -> tuple[Tensor, dict[str, float]]:
    """The loss of one micro-batch, to be differentiated, and its metrics.

    `items` is N, the tokens that carry loss in the whole step; None: those of this micro-batch.
    """
    log_softmax, labels = next_token_log_probs(model, batch)
    log_probs = of_labels(log_softmax, labels)  # (B, T-1)
    per_token = LOSSES[options.loss_type](log_probs)
    smoothing = options.label_smoothing_factor
    if smoothing and options.loss_type != "dft":  # (1)
        uniform = -log_softmax.mean(dim=-1).masked_fill(labels == IGNORED, 0.0)
        per_token = (1 - smoothing) * per_token + smoothing * uniform
    counted = (labels != IGNORED).sum() if items is None else torch.as_tensor(items)
    loss = per_token.sum() / counted.clamp(min=1)  # (2)
    return loss, sft_metrics(log_softmax, labels, batch)


# endregion


# region metrics mirrors SFTTrainer.compute_loss, SFTTrainer.log
@torch.no_grad()
def sft_metrics(log_softmax: Tensor, labels: Tensor, batch: Batch) -> dict[str, float]:
    """What the trainer logs of one micro-batch; `num_tokens` it sums over the run."""
    mask = labels != IGNORED
    count = mask.sum().clamp(min=1)
    entropy = -(log_softmax.exp() * log_softmax).sum(dim=-1)  # (B, T-1)
    right = log_softmax.argmax(dim=-1) == labels
    seen = batch["attention_mask"].sum() if "attention_mask" in batch else batch["labels"].numel()
    return {
        "entropy": (entropy[mask].sum() / count).item(),  # (1)
        "mean_token_accuracy": (right[mask].sum() / count).item(),
        "num_tokens": float(seen),  # (2)
    }


# endregion


# region train-step mirrors SFTTrainer.training_step
def train_step(
    model: nn.Module,
    micro_batches: Sequence[Batch],
    optimizer: torch.optim.Optimizer,
    options: SFTOptions,
) -> dict[str, float]:
    """One optimizer step on one or more micro-batches; means of their metrics, loss, norm."""
    items = sum((batch["labels"][:, 1:] != IGNORED).sum() for batch in micro_batches)  # (1)
    optimizer.zero_grad()
    total, logged = 0.0, []
    for batch in micro_batches:
        loss, metrics = sft_loss(model, batch, options, items)
        loss.backward()  # (2)
        total += loss.item()
        logged.append(metrics)
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    optimizer.step()
    means = {name: sum(m[name] for m in logged) / len(logged) for name in logged[0]}  # (3)
    means["num_tokens"] = sum(m["num_tokens"] for m in logged)
    return {**means, "loss": total, "grad_norm": norm.item()}


# endregion
