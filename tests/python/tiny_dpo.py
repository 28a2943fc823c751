"""The real `DPOTrainer` around a tiny model, and preference pairs that exercise its corners."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl import DPOConfig, DPOTrainer

from comparing import QUIET, load
from distilled.dpo import DPOOptions

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
# "s" + "ky" becomes one token, so the prompt's last token is not in prompt + completion
MERGING: Rows = [
    {"prompt": "what colour is the s", "chosen": "ky it is blue", "rejected": "ea it is green"},
    {"prompt": "what colour is the s", "chosen": "ky", "rejected": "! it merges on one side only"},
    {"prompt": "the sea", "chosen": " is green", "rejected": " is blue"},
]
NO_PROMPT: Rows = [
    {"prompt": "", "chosen": "the sky is blue", "rejected": "the sea"},
    {"prompt": "the sea", "chosen": " is green", "rejected": " is blue"},
]
# no prompt column: the common start is the prompt
IMPLICIT: Rows = [
    {"chosen": "the sky is blue", "rejected": "the sky is a sea"},
    {"chosen": "what colour is it green", "rejected": "what colour is the sea"},
]
IMPLICIT_CHAT: Rows = [
    {side: row["prompt"] + row[side] for side in ("chosen", "rejected")} for row in CONVERSATIONAL
]
DATA = {
    "standard": STANDARD,
    "conversational": CONVERSATIONAL,
    "merging": MERGING,
    "no-prompt": NO_PROMPT,
    "implicit": IMPLICIT,
    "implicit-chat": IMPLICIT_CHAT,
}


def build_trainer(
    policy: Any,
    reference: Any | None = None,
    rows: Rows = STANDARD,
    peft_config: Any = None,
    processing_class: Any = None,
    **config,
) -> DPOTrainer:
    """A DPOTrainer on the CPU whose batch holds all rows. `policy` is a folder or a model."""
    arguments = {**QUIET, "per_device_train_batch_size": len(rows), **config}
    return DPOTrainer(
        model=str(policy) if isinstance(policy, Path) else policy,
        ref_model=load(reference) if isinstance(reference, Path) else reference,
        args=DPOConfig(output_dir=tempfile.mkdtemp(prefix="dpo-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        peft_config=peft_config,
        processing_class=processing_class,
    )


def set_options(trainer: DPOTrainer, options: DPOOptions) -> None:
    """Gives a trainer that stands already the options of another one.

    `_compute_loss` reads each of them from the trainer when it is called; only `discopop_tau` it
    reads from `args`. Build the trainer with `use_weighting=True`, or the LM head leaves out what
    the weights need. `test_a_real_run` goes the whole way from `DPOConfig` for each loss.
    """
    values = {field.name: getattr(options, field.name) for field in fields(options)}
    values.pop("max_length")  # of the collator
    losses = list(values.pop("loss_type"))
    trainer.loss_types = losses
    trainer.loss_weights = list(values.pop("loss_weights") or [1.0] * len(losses))
    trainer.args.discopop_tau = values.pop("discopop_tau")
    for name, value in values.items():
        assert hasattr(trainer, name), f"DPOTrainer has no attribute {name} any more"
        setattr(trainer, name, value)


def trainer_loss(trainer: DPOTrainer, batch: dict) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss and logged metrics of one batch, as the trainer computes them in training."""
    trainer.model.train()
    trainer._metrics["train"].clear()
    trainer._total_train_tokens = 0
    loss = trainer.compute_loss(trainer.model, batch)
    return loss, {name: values[-1] for name, values in trainer._metrics["train"].items()}
