"""The real `PPOTrainer` of TRL 1.12.0 around tiny models, with completions that are given to it.

Import it under that release alone: `python src/python/with_trl.py 1.12.0 -m pytest …`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from transformers import Qwen2ForSequenceClassification, TrainerCallback
from transformers.utils.logging import disable_progress_bar
from trl.experimental.ppo import PPOConfig, PPOTrainer, ppo_trainer

from comparing import QUIET, load
from distilled.ppo import PPOOptions
from tiny_model import tiny_model, tiny_tokenizer

disable_progress_bar()

TOKENIZER = tiny_tokenizer()
TOKENIZER.padding_side = "left"
PAD, EOS = TOKENIZER.pad_token_id, TOKENIZER.eos_token_id
PROMPTS = (
    "what colour is the sky",
    "is it",
    "the sea",
    "the sky is",
    "it is",
    "what",
    "a",
    "sea is",
)
# Tokens of the completions, EOS where it stands: ends, never ends, ends at once, goes on after it.
COMPLETIONS = (
    (40, 41, 42, EOS),
    (50, 51, 52, 53, 54, 55),
    (EOS,),
    (60, 61, 62, 63, 64, EOS),
    (70, EOS),
    (80, 81, EOS),
    (90, 91, 92, 93, 94, 95),
    (99, EOS),
)
LENGTH = 6


def tiny_scorer(seed: int, spread: float = 0.2) -> Qwen2ForSequenceClassification:
    """A random sequence classifier with one output: reward model or value model."""
    config = tiny_model(TOKENIZER, seed, spread).config
    config.num_labels = 1
    torch.manual_seed(seed)
    return Qwen2ForSequenceClassification(config)


def four_models(policy: Path, reference: Path) -> dict[str, Any]:
    """Fresh copies of policy, reference, reward and value model."""
    return {
        "policy": load(policy),
        "reference": load(reference),
        "reward": tiny_scorer(1),
        "value": tiny_scorer(2),
    }


def prompts(texts: tuple[str, ...] = PROMPTS) -> Dataset:
    """Column `input_ids`, the only one that the trainer takes."""
    return Dataset.from_dict({"input_ids": [TOKENIZER(text)["input_ids"] for text in texts]})


def build_trainer(
    models: dict[str, Any],
    dataset: Dataset | None = None,
    callbacks: list[TrainerCallback] | None = None,
    optimizer: Any = None,
    tokenizer: Any = TOKENIZER,
    peft_config: Any = None,
    eval_dataset: Dataset | None = None,
    **config: Any,
) -> PPOTrainer:
    """A PPOTrainer on the CPU; one batch of all rows unless `config` says otherwise."""
    dataset = prompts() if dataset is None else dataset
    arguments = {
        **QUIET,
        "per_device_train_batch_size": len(dataset),
        "total_episodes": len(dataset),
        "num_sample_generations": 0,
        "response_length": LENGTH,
        **config,
    }
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda _: 1.0) if optimizer else None
    return PPOTrainer(
        args=PPOConfig(output_dir=tempfile.mkdtemp(prefix="ppo-"), **arguments),
        processing_class=tokenizer,
        model=models["policy"],
        ref_model=models["reference"],
        reward_model=models["reward"],
        value_model=models["value"],
        train_dataset=dataset,
        eval_dataset=eval_dataset,
        optimizers=(optimizer, schedule),
        callbacks=callbacks,
        peft_config=peft_config,
    )


def config_of(options: PPOOptions) -> dict[str, Any]:
    """The options as arguments of `PPOConfig`: the names are the same."""
    return {field.name: getattr(options, field.name) for field in fields(options)}


def completion_of(query: torch.Tensor) -> tuple[int, ...]:
    """The given completion of a prompt."""
    ids = query[query != PAD].tolist()
    known = [TOKENIZER(text)["input_ids"] for text in PROMPTS]
    return COMPLETIONS[known.index(ids)]


@contextmanager
def given_completions(stop: int | None = EOS) -> Iterator[list[torch.Tensor]]:
    """Replaces generation by the table above, and nothing else; yields the batches it made.

    With `stop` None the rows go on after their end token, as the model's own would.
    """
    batches: list[torch.Tensor] = []

    def batch_generation(model, queries, chunk, pad, generation_config):
        rows = []
        for query in queries:
            ids = completion_of(query)
            rest = [pad if stop is not None else 45] * (LENGTH - len(ids))
            rows.append(query.tolist() + [*ids, *rest])
        rows = torch.tensor(rows)
        batches.append(rows)
        context = queries.shape[1]
        logits = ppo_trainer.forward(model, rows, pad).logits[:, context - 1 : -1]
        return rows, logits / generation_config.temperature

    original = ppo_trainer.batch_generation
    ppo_trainer.batch_generation = batch_generation
    try:
        yield batches
    finally:
        ppo_trainer.batch_generation = original


def recorded_gradients(trainer: PPOTrainer) -> list[dict[str, torch.Tensor]]:
    """Fills with the gradients after each backward pass, names as in the trainer's wrapper."""
    found: list[dict[str, torch.Tensor]] = []
    backward = trainer.accelerator.backward

    def record(loss, **kwargs):
        backward(loss, **kwargs)
        model = trainer.accelerator.unwrap_model(trainer.model)
        found.append({n: p.grad.clone() for n, p in model.named_parameters() if p.grad is not None})

    trainer.accelerator.backward = record
    return found


def seeded(seed: int = 0) -> None:
    """The order of the rows within an epoch comes from NumPy's global state."""
    np.random.seed(seed)
