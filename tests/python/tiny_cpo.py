"""The real `CPOTrainer` around a tiny model."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl.experimental.cpo import CPOConfig, CPOTrainer

from comparing import QUIET, load
from distilled.cpo import CPOOptions
from tiny_dpo import STANDARD, Rows


def build_trainer(
    policy: Any,
    rows: Rows = STANDARD,
    peft_config: Any = None,
    processing_class: Any = None,
    eval_rows: Rows | None = None,
    **config,
) -> CPOTrainer:
    """A CPOTrainer on the CPU whose batch holds all rows. `policy` is a folder or a model."""
    arguments = {**QUIET, "per_device_train_batch_size": len(rows), **config}
    return CPOTrainer(
        model=load(policy) if isinstance(policy, Path) else policy,
        args=CPOConfig(output_dir=tempfile.mkdtemp(prefix="cpo-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        eval_dataset=Dataset.from_list(list(eval_rows)) if eval_rows else None,
        peft_config=peft_config,
        processing_class=processing_class,
    )


def batch_of(trainer: CPOTrainer) -> dict[str, Any]:
    """All rows of a trainer as one collated batch."""
    return trainer.data_collator(list(trainer.train_dataset))


def set_options(trainer: CPOTrainer, options: CPOOptions) -> None:
    """Gives a trainer that stands already the options of another one: it reads each from itself
    when it computes a loss. `test_a_real_run` goes the whole way from `CPOConfig`."""
    for name in ("loss_type", "beta", "label_smoothing", "cpo_alpha", "simpo_gamma", "alpha"):
        setattr(trainer, name, getattr(options, name))


def trainer_loss(trainer: CPOTrainer, batch: dict) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss and logged metrics of one batch, as the trainer computes them in training."""
    trainer.model.train()
    trainer._stored_metrics["train"].clear()
    loss = trainer.compute_loss(trainer.model, batch)
    return loss, {name: values[-1] for name, values in trainer._stored_metrics["train"].items()}
