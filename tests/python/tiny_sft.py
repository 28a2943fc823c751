"""The real `SFTTrainer` around a tiny model, and examples of every kind that it takes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import PreTrainedTokenizerFast
from trl import SFTConfig, SFTTrainer

from comparing import QUIET
from distilled.sft import SFTOptions
from tiny_model import CHAT_TEMPLATE, tiny_tokenizer

Rows = Sequence[dict[str, Any]]
# of trainer.__init__, all else is of the config
ARGUMENTS = ("eval_dataset", "peft_config", "formatting_func", "compute_loss_func", "data_collator")

# the same text as CHAT_TEMPLATE, with what an assistant says marked, end token included
MARKED_TEMPLATE = CHAT_TEMPLATE.replace(
    "{{ message['content'] }}<end>",
    "{% if message['role'] == 'assistant' %}{% generation %}{{ message['content'] }}<end>"
    "{% endgeneration %}{% else %}{{ message['content'] }}<end>{% endif %}",
)


def turn(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


CHAT: Rows = [
    {
        "messages": [
            turn("user", "what colour is the sky"),
            turn("assistant", "it is blue"),
            turn("user", "is it green"),
            turn("assistant", "it is not"),
        ]
    },
    {"messages": [turn("user", "the sea"), turn("assistant", "the sea is green and not blue")]},
    {"messages": [turn("user", "is it"), turn("assistant", "is it")]},
]
PAIRS: Rows = [
    {"prompt": "what colour is the sky", "completion": " it is blue and not green"},
    {"prompt": "the sea", "completion": " is green"},
    {"prompt": "is it", "completion": " it is<end>"},
]
DATA: dict[str, Rows] = {
    "text": [
        {"text": "the sky is blue and the sea is green"},
        {"text": "is it<end>"},
        {"text": "what colour"},
    ],
    "chat": CHAT,
    "prompt-completion": PAIRS,
    "chat prompt-completion": [
        {"prompt": row["messages"][:-1], "completion": row["messages"][-1:]} for row in CHAT
    ],
    # "s" + "ky" becomes one token, so the prompt's last token is not in prompt + completion
    "merging": [
        {"prompt": "what colour is the s", "completion": "ky it is blue"},
        {"prompt": "what colour is the s", "completion": "! it is"},
    ],
}


def tokenizer(template: str | None = MARKED_TEMPLATE) -> PreTrainedTokenizerFast:
    """The tiny tokenizer with that chat template."""
    made = tiny_tokenizer()
    made.chat_template = template
    return made


def build_trainer(
    model: Any, rows: Rows, processing_class: Any = None, **options: Any
) -> SFTTrainer:
    """An SFTTrainer on the CPU whose batch holds all rows. `model` is a folder or a model."""
    given = {name: options.pop(name) for name in ARGUMENTS if name in options}
    arguments = {**QUIET, "per_device_train_batch_size": len(rows), **options}
    return SFTTrainer(
        model=str(model) if isinstance(model, Path) else model,
        args=SFTConfig(output_dir=tempfile.mkdtemp(prefix="sft-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        processing_class=processing_class or tokenizer(),
        **given,
    )


def batch_of(trainer: SFTTrainer) -> dict[str, Any]:
    """All rows of the trainer's data in one batch."""
    return trainer.data_collator(list(trainer.train_dataset))


def trainer_loss(
    trainer: SFTTrainer, batch: dict, items: int | None = None
) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss and logged metrics of one batch, as the trainer computes them in training."""
    trainer.model.train()
    trainer._metrics["train"].clear()
    trainer._total_train_tokens = 0
    loss = trainer.compute_loss(trainer.model, dict(batch), num_items_in_batch=items)
    return loss, {name: values[-1] for name, values in trainer._metrics["train"].items()}


def as_config(options: SFTOptions) -> dict[str, Any]:
    """The options as keyword arguments of `SFTConfig`."""
    return dict(vars(options))
