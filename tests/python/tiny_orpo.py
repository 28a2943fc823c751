"""The real `ORPOTrainer` around a tiny model, and pairs that exercise its corners."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from transformers import PreTrainedTokenizerFast, Qwen2MoeConfig, Qwen2MoeForCausalLM
from trl.experimental.orpo import ORPOConfig, ORPOTrainer

from comparing import QUIET, load
from tiny_dpo import CONVERSATIONAL, DATA, STANDARD, Rows
from tiny_model import tiny_tokenizer

CONTINUED: Rows = [
    {
        "prompt": [*row["prompt"], {"role": "assistant", "content": "it"}],
        "chosen": row["chosen"],
        "rejected": row["rejected"],
    }
    for row in CONVERSATIONAL
]
ALL_DATA = {**DATA, "continued": CONTINUED}


def with_bos() -> PreTrainedTokenizerFast:
    """The tiny tokenizer with a token that begins every sequence."""
    tokenizer = tiny_tokenizer()
    tokenizer.bos_token = "<system>"
    return tokenizer


def mixture_of_experts(folder: Path) -> Path:
    """A language model with four experts, whose config asks for the auxiliary loss."""
    tokenizer = tiny_tokenizer()
    torch.manual_seed(0)
    config = Qwen2MoeConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        moe_intermediate_size=32,
        shared_expert_intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        num_experts=4,
        num_experts_per_tok=2,
        initializer_range=0.2,
        output_router_logits=True,
        router_aux_loss_coef=0.3,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    Qwen2MoeForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_trainer(
    policy: Any,
    rows: Rows = STANDARD,
    peft_config: Any = None,
    processing_class: Any = None,
    eval_rows: Rows | None = None,
    **config,
) -> ORPOTrainer:
    """An ORPOTrainer on the CPU whose batch holds all rows. `policy` is a folder or a model."""
    arguments = {**QUIET, "per_device_train_batch_size": len(rows), **config}
    return ORPOTrainer(
        model=load(policy) if isinstance(policy, Path) else policy,
        args=ORPOConfig(output_dir=tempfile.mkdtemp(prefix="orpo-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        eval_dataset=Dataset.from_list(list(eval_rows)) if eval_rows else None,
        peft_config=peft_config,
        processing_class=processing_class,
    )


def batch_of(trainer: ORPOTrainer) -> dict[str, Any]:
    """All rows of a trainer as one collated batch."""
    return trainer.data_collator(list(trainer.train_dataset))


def trainer_loss(trainer: ORPOTrainer, batch: dict) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss and logged metrics of one batch, as the trainer computes them in training."""
    trainer.model.train()
    trainer._stored_metrics["train"].clear()
    loss = trainer.compute_loss(trainer.model, batch)
    return loss, {name: values[-1] for name, values in trainer._stored_metrics["train"].items()}
