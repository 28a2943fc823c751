"""The real `KTOTrainer` around a tiny model, and labelled answers that exercise its corners."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl import KTOConfig, KTOTrainer

from comparing import QUIET, load
from distilled.kto import KTOOptions

Rows = Sequence[dict[str, Any]]


def rows_of(*triples: tuple[str, str, bool]) -> Rows:
    return [{"prompt": x, "completion": y, "label": label} for x, y, label in triples]


STANDARD = rows_of(
    ("what colour is the sky", " it is blue and not green", True),
    ("is it", " it is the sea and the sky and the sea", False),
    ("the sea", " is green", True),
    ("the sky", " is blue<end>", False),
    ("what colour is it", "<end>", False),
)
CONVERSATIONAL = [
    {
        "prompt": [{"role": "user", "content": row["prompt"]}],
        "completion": [{"role": "assistant", "content": row["completion"].removesuffix("<end>")}],
        "label": row["label"],
    }
    for row in STANDARD
]
# "s" + "ky" becomes one token, so the prompt's last token is not in prompt + completion
MERGING = rows_of(
    ("what colour is the s", "ky it is blue", True),
    ("what colour is the s", "! it merges with no letter", False),
    ("the sea", " is green", True),
)
DESIRABLE = rows_of(("the sea", " is green", True), ("the sky", " is blue and not green", True))
UNDESIRABLE = rows_of(("the sea", " is blue", False), ("the sky", " is green", False))
PAIRS: Rows = [
    {"prompt": "the sea", "chosen": " is green", "rejected": " is not green"},
    {"prompt": "is it", "chosen": " it is", "rejected": " it is not"},
    {"prompt": "what colour is the sky", "chosen": " blue", "rejected": " it is the sea"},
]
DATA = {
    "standard": STANDARD,
    "conversational": CONVERSATIONAL,
    "merging": MERGING,
    "desirable only": DESIRABLE,
    "undesirable only": UNDESIRABLE,
}


def build_trainer(
    policy: Any,
    reference: Any | None = None,
    rows: Rows = STANDARD,
    eval_rows: Rows | None = None,
    peft_config: Any = None,
    processing_class: Any = None,
    **config,
) -> KTOTrainer:
    """A KTOTrainer on the CPU whose batch holds all rows. `policy` is a folder or a model."""
    arguments = {**QUIET, "per_device_train_batch_size": len(rows), **config}
    return KTOTrainer(
        model=str(policy) if isinstance(policy, Path) else policy,
        ref_model=load(reference) if isinstance(reference, Path) else reference,
        args=KTOConfig(output_dir=tempfile.mkdtemp(prefix="kto-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        eval_dataset=None if eval_rows is None else Dataset.from_list(list(eval_rows)),
        peft_config=peft_config,
        processing_class=processing_class,
    )


def set_options(trainer: KTOTrainer, options: KTOOptions) -> None:
    """Gives a trainer that stands already the options of another one, as `_compute_loss` reads
    them. `test_a_real_run` goes the whole way from `KTOConfig` for each loss."""
    for name in ("loss_type", "beta", "desirable_weight", "undesirable_weight"):
        assert hasattr(trainer, name), f"KTOTrainer has no attribute {name} any more"
        setattr(trainer, name, getattr(options, name))
    assert hasattr(trainer, "calculate_KL")
    trainer.calculate_KL = options.estimates_kl


def batch_of(trainer: KTOTrainer) -> dict:
    """All rows of the trainer as one batch."""
    return trainer.data_collator(list(trainer.train_dataset))


def trainer_loss(trainer: KTOTrainer, batch: dict) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss and logged metrics of one batch, as the trainer computes them in training."""
    trainer.model.train()
    trainer._metrics["train"].clear()
    trainer._total_train_tokens = 0
    loss = trainer.compute_loss(trainer.model, batch)
    return loss, {name: values[-1] for name, values in trainer._metrics["train"].items()}
