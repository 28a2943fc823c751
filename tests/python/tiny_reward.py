"""The real `RewardTrainer` around a tiny model, and preference pairs that exercise its corners."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl import RewardConfig, RewardTrainer

from comparing import QUIET, load
from distilled.reward import RewardModel
from tiny_model import tiny_tokenizer

Rows = Sequence[dict[str, Any]]

STANDARD: Rows = [
    {"prompt": "what colour is the sky", "chosen": " it is blue and not green", "rejected": " no"},
    {"prompt": "is it", "chosen": " is not", "rejected": " it is the sea and the sky and the sea"},
    {"prompt": "the sea", "chosen": " is green", "rejected": " is blue"},
    {"prompt": "the sky", "chosen": " is blue<end>", "rejected": "<end>"},
]
CONVERSATIONAL: Rows = [
    {
        "prompt": [{"role": "user", "content": row["prompt"]}],
        "chosen": [{"role": "assistant", "content": row["chosen"].removesuffix("<end>")}],
        "rejected": [{"role": "assistant", "content": row["rejected"].removesuffix("<end>")}],
    }
    for row in STANDARD
]
# no prompt column: each side is the whole text
IMPLICIT: Rows = [
    {"chosen": "the sky is blue", "rejected": "the sky is a sea"},
    {"chosen": "what colour is it green", "rejected": "what colour is the sea"},
]
IMPLICIT_CHAT: Rows = [
    {side: row["prompt"] + row[side] for side in ("chosen", "rejected")} for row in CONVERSATIONAL
]
MARGINS: Rows = [
    {**row, "margin": margin} for row, margin in zip(STANDARD, (0.0, 1.0, -0.5, 3.0), strict=True)
]
# one pair whose sides are the same text: a tie
TIES: Rows = [IMPLICIT[0], {"chosen": "the sea is green", "rejected": "the sea is green"}]
DATA = {
    "standard": STANDARD,
    "conversational": CONVERSATIONAL,
    "implicit": IMPLICIT,
    "implicit-chat": IMPLICIT_CHAT,
    "margins": MARGINS,
    "ties": TIES,
}
SEED = 42


def build_trainer(
    model: Any,
    rows: Rows = STANDARD,
    eval_rows: Any = None,
    processing_class: Any = None,
    peft_config: Any = None,
    compute_metrics: Any = None,
    **config,
) -> RewardTrainer:
    """A RewardTrainer on the CPU whose batch holds all rows. `model` is a folder or a model."""
    arguments = {**QUIET, "per_device_train_batch_size": len(rows), "seed": SEED, **config}
    return RewardTrainer(
        model=str(model) if isinstance(model, Path) else model,
        args=RewardConfig(output_dir=tempfile.mkdtemp(prefix="reward-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        eval_dataset=Dataset.from_list(list(eval_rows)) if eval_rows else None,
        processing_class=processing_class or tiny_tokenizer(),
        peft_config=peft_config,
        compute_metrics=compute_metrics,
    )


def ours(folder: Path, seed: int = SEED) -> RewardModel:
    """The distilled model on the language model in `folder`, in training mode."""
    return RewardModel(load(folder), tiny_tokenizer().pad_token_id, seed).train()


def whole_batch(trainer: RewardTrainer) -> dict[str, torch.Tensor]:
    """All training pairs as one batch."""
    return trainer.data_collator(list(trainer.train_dataset))


def trainer_loss(
    trainer: RewardTrainer, batch: dict[str, torch.Tensor]
) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss and logged metrics of one batch, as the trainer computes them in training."""
    trainer.model.train()
    trainer._metrics["train"].clear()
    trainer._total_train_tokens = 0
    loss = trainer.compute_loss(trainer.model, dict(batch))
    return loss, {name: values[-1] for name, values in trainer._metrics["train"].items()}
