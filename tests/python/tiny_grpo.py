"""The real `GRPOTrainer` around a tiny model, with the answers given to it instead of sampled."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl import GRPOConfig, GRPOTrainer

from comparing import QUIET

G = 4
PROMPTS = ["what colour is the sky", "is it", "the sea is"]
# four answers a prompt: one is cut off, one group earns the same everywhere, lengths differ
ANSWERS: list[list[tuple[str, float]]] = [
    [
        (" it is blue<end>", 1.0),
        (" no<end>", 0.0),
        (" the sea and the sky and", 0.25),
        ("<end>", 0.5),
    ],
    [(" is not<end>", 1.0), (" it is the sea<end>", 1.0), (" green<end>", 1.0), (" it<end>", 1.0)],
    [(" green<end>", 0.0), (" blue", 1.0), (" is it not<end>", 0.0), (" the colour is<end>", 1.0)],
]
TEXTS = [text for group in ANSWERS for text, _ in group]
REWARDS = [reward for group in ANSWERS for _, reward in group]

Reward = Callable[..., Sequence[float | None]]


def rows(conversational: bool = False) -> list[dict[str, Any]]:
    """The prompts with a column of their own, one row a prompt."""
    say = lambda text: [{"role": "user", "content": text}] if conversational else text  # noqa: E731
    return [{"prompt": say(text), "number": i} for i, text in enumerate(PROMPTS)]


def given(completion_ids: Sequence[Any], number: Sequence[int], **_: Any) -> list[float]:
    """The rewards of the table, for whole groups in the order of their prompts."""
    assert len(completion_ids) == len(number)
    seen = dict.fromkeys(number, 0)
    found = []
    for n in number:
        found.append(ANSWERS[n][seen[n]][1])
        seen[n] += 1
    return found


def length(completion_ids: Sequence[list[int]], **_: Any) -> list[float | None]:
    """A second reward: tokens, and None for the longest answers, which it does not judge."""
    return [None if len(y) > 4 else len(y) / 4 for y in completion_ids]


def build_trainer(
    policy: Path | Any,
    reward_funcs: Reward | list[Any] | None = None,
    conversational: bool = False,
    sampled: Callable[[list[int], int], list[float | None]] | None = None,
    data: Dataset | None = None,
    peft_config: Any = None,
    **config: Any,
) -> GRPOTrainer:
    """A GRPOTrainer on the CPU that is given the answers of the table instead of sampling them.

    `sampled` gives the log-probs that an engine would report with an answer, and switches the
    correction for it on. Only `_generate_single_turn` is replaced; what follows it is TRL's.
    """
    arguments = {
        **QUIET,
        "num_generations": G,
        "per_device_train_batch_size": len(TEXTS),
        "max_completion_length": 6,
        "shuffle_dataset": False,
        **config,
    }
    trainer = GRPOTrainer(
        model=str(policy) if isinstance(policy, Path) else policy,
        reward_funcs=given if reward_funcs is None else reward_funcs,
        args=GRPOConfig(output_dir=tempfile.mkdtemp(prefix="grpo-"), **arguments),
        train_dataset=Dataset.from_list(rows(conversational)) if data is None else data,
        peft_config=peft_config,
    )
    ids = answer_ids(trainer)
    starts = {tuple(prompt): i for i, prompt in enumerate(prompt_ids(trainer, conversational))}

    def answer(prompts, *_args, **_kwargs):
        seen = dict.fromkeys(starts.values(), 0)
        found = []
        for prompt in prompts:
            group = starts[tuple(prompt)]
            found.append(ids[group * G + seen[group] % G])
            seen[group] += 1
        return found, sampled and [sampled(y, i) for i, y in enumerate(found)]

    trainer._generate_single_turn = answer
    trainer.use_vllm = sampled is not None
    # `train()` sets it; the tests that call `_compute_loss` need it before
    trainer.current_gradient_accumulation_steps = trainer.args.gradient_accumulation_steps
    return trainer


def answer_ids(trainer: GRPOTrainer) -> list[list[int]]:
    """Token ids of the answers."""
    return trainer.processing_class(TEXTS)["input_ids"]


def prompt_ids(trainer: GRPOTrainer, conversational: bool = False) -> list[list[int]]:
    """Token ids of the prompts, one a prompt."""
    prompts = [row["prompt"] for row in rows(conversational)]
    return trainer._tokenize_prompts(prompts)[0]


def inputs(conversational: bool = False) -> list[dict[str, Any]]:
    """A generation batch as the data loader gives it: each prompt G times."""
    return [dict(row) for row in rows(conversational) for _ in range(G)]


def rolled_out(trainer: GRPOTrainer, conversational: bool = False) -> dict[str, torch.Tensor]:
    """What the trainer makes of the given answers: tensors, masks, advantages."""
    trainer.model.train()
    trainer._metrics["train"].clear()
    return trainer._generate_and_score_completions(inputs(conversational))


def last_metrics(trainer: GRPOTrainer) -> dict[str, float]:
    """The metrics logged last, by name."""
    return {name: values[-1] for name, values in trainer._metrics["train"].items()}


def trainer_loss(trainer: GRPOTrainer, batch: dict) -> torch.Tensor:
    """The loss of a batch as the trainer computes it in training."""
    trainer.model.train()
    return trainer.compute_loss(trainer.model, batch)
