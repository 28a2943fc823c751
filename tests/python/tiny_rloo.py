"""The real `RLOOTrainer` around a tiny model, with completions that are given instead of sampled.

Only `RLOOTrainer._generate_single_turn` is replaced, the method that samples: the tokenised prompts
go in, the ids of completions come out. Everything before and after it is TRL's own code.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from trl import RLOOConfig, RLOOTrainer

from comparing import QUIET, load
from distilled.rloo import Batch, RLOOOptions, collate, decode, repeat, score_functions, tokenize

Rows = Sequence[dict[str, Any]]

# `hint` is a column of no meaning to the trainer: reward functions get it
STANDARD: Rows = [
    {"prompt": "what colour is the sky", "hint": "blue"},
    {"prompt": "is it", "hint": "not"},
    {"prompt": "the sea", "hint": "green"},
]
CONVERSATIONAL: Rows = [
    {"prompt": [{"role": "user", "content": row["prompt"]}], "hint": row["hint"]}
    for row in STANDARD
]
DATA = {"standard": STANDARD, "conversational": CONVERSATIONAL}

# four completions a prompt; the second ends with no end token, one holds a token that is not text
TEXTS = [
    [" it is blue<end>", " it is blue and not green", " blue<end>", " green<end>"],
    [" it is not<end>", " is it not", "<end>", " the sea and the sky and the sea<end>"],
    [" is green<end>", " is blue", " is<user> green<end>", " what<end>"],
]


def text_of(completion: Any) -> str:
    return completion if isinstance(completion, str) else completion[0]["content"]


def letters(completions, **columns) -> list[float]:
    """How many different letters a completion has, by ten."""
    return [len(set(text_of(y))) / 10 for y in completions]


def hinted(completions, hint, **columns) -> list[float | None]:
    """1 with the hint, 0 without; None, not applicable, for a completion without a text."""
    given = zip(map(text_of, completions), hint, strict=True)
    return [(1.0 if word in text else 0.0) if text else None for text, word in given]


def seldom(completions, hint, **columns) -> list[float | None]:
    """None for whole prompts, and for all completions of one but the first."""
    values = [0.5 if word == "blue" else None for word in hint]
    values[hint.index("not")] = 1.0
    return values


def ids_of(tokenizer: Any, group: int) -> list[list[int]]:
    """The first `group` completions of each prompt, as ids."""
    return [tokenizer(text)["input_ids"] for texts in TEXTS for text in texts[:group]]


def build_trainer(
    policy: Any,
    reference: Path | None = None,
    rows: Rows = STANDARD,
    reward_funcs: Any = letters,
    group: int = 4,
    completions: Callable[[], list[list[int]]] | None = None,
    peft_config: Any = None,
    processing_class: Any = None,
    reward_processing_classes: Any = None,
    eval_dataset: Any = None,
    **config: Any,
) -> RLOOTrainer:
    """An RLOOTrainer on the CPU; one generation is for all rows, with the first `group` completions
    of `TEXTS`, or with what `completions` gives. `reference` takes the place of the initial
    policy."""
    arguments = {
        **QUIET,
        "shuffle_dataset": False,
        "per_device_train_batch_size": len(rows) * group,
    }
    arguments |= {"num_generations": group, **config}
    trainer = RLOOTrainer(
        model=str(policy) if isinstance(policy, Path) else policy,
        reward_funcs=reward_funcs,
        args=RLOOConfig(output_dir=tempfile.mkdtemp(prefix="rloo-"), **arguments),
        train_dataset=Dataset.from_list(list(rows)),
        eval_dataset=eval_dataset,
        peft_config=peft_config,
        processing_class=processing_class,
        reward_processing_classes=reward_processing_classes,
    )
    if reference is not None and trainer.ref_model is not None:
        trainer.ref_model.load_state_dict(load(reference).state_dict())
    given = completions or (lambda: ids_of(trainer.processing_class, group))
    trainer._generate_single_turn = lambda prompt_ids, images, fields: given()
    return trainer


def scored_by_trainer(trainer: RLOOTrainer, rows: Rows = STANDARD) -> tuple[Batch, dict]:
    """What the trainer makes of one generation: the batch, and what it logged of it."""
    trainer.model.train()
    trainer._metrics["train"].clear()
    inputs = [row for row in rows for _ in range(trainer.num_generations)]
    batch = trainer._generate_and_score_completions(inputs)
    return batch, logged(trainer)


def logged(trainer: RLOOTrainer) -> dict[str, float]:
    """The latest value of each metric."""
    return {name: values[-1] for name, values in trainer._metrics["train"].items()}


def loss_of_trainer(trainer: RLOOTrainer, batch: Batch) -> tuple[torch.Tensor, dict]:
    """Loss and metrics of a scored batch."""
    trainer._metrics["train"].clear()
    loss = trainer.compute_loss(trainer.model, batch)
    return loss, logged(trainer)


def scores_of(
    rows: Rows, completions: list[list[int]], functions: Sequence, tokenizer: Any, group: int
) -> torch.Tensor:
    """The distilled scores of given completions by functions, (B, F)."""
    inputs = [row for row in rows for _ in range(group)]
    prompts = [row["prompt"] for row in inputs]
    columns = {"hint": [row["hint"] for row in inputs]}
    texts = decode(completions, prompts, tokenizer)
    return score_functions(functions, prompts, texts, completions, columns)


def batch_of(
    rows: Rows, completions: list[list[int]], tokenizer: Any, options: RLOOOptions
) -> tuple[Batch, list[list[int]]]:
    """The distilled batch of given completions, not yet scored, and the ids of its prompts."""
    prompts = repeat(tokenize([row["prompt"] for row in rows], tokenizer), options)
    end, pad = tokenizer.eos_token_id, tokenizer.pad_token_id
    return collate(prompts, completions, [end], pad, options), prompts


def moved(model: torch.nn.Module, towards: Path, share: float) -> None:
    """Takes the weights of a model a share of the way to those in a folder, in place."""
    target = load(towards).state_dict()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.lerp_(target[name], share)
