"""The most memory that a real trainer holds at once while it trains a tiny model on the CPU."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from typing import Any

import torch
from datasets import Dataset
from peft import LoraConfig
from torch.profiler import ProfilerActivity, profile
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification

from memory_kept import config_of, dtype_of

LETTERS = "abcdefghijklmnopqrst"
# Trainers that write their completions themselves.
SAMPLING = ("grpo", "rloo")


def peak_of(run: Callable[[], Any]) -> int:
    """Bytes allocated at the fullest moment of `run`, above what was there before it."""
    gc.collect()  # what an earlier run left would be freed inside this one
    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as record:
        run()
    events = [e for e in record.profiler.kineto_results.events() if e.name() == "[memory]"]
    now = most = 0
    for event in sorted(events, key=lambda e: e.start_ns()):
        now += event.nbytes()
        most = max(most, now)
    return most


def answer(letters: int, start: int) -> str:
    """`letters` letters of the lab's alphabet, each a token."""
    return "".join(LETTERS[(start + i) % len(LETTERS)] for i in range(letters))


def data(trainer: str, letters: int) -> Dataset:
    """Rows of the shape that a trainer wants, all of one length."""
    rows = range(64)
    if trainer == "sft":
        ids = [[5 + (row + i) % 10 for i in range(letters)] for row in rows]
        return Dataset.from_dict({"input_ids": ids})
    if trainer in SAMPLING:
        return Dataset.from_dict({"prompt": ["a" for _ in rows]})
    if trainer == "kto":
        answers = [answer(letters, row) for row in rows]
        labels = [row % 2 == 0 for row in rows]
        return Dataset.from_dict({"prompt": ["a"] * 64, "completion": answers, "label": labels})
    return Dataset.from_dict(
        {
            "prompt": ["" if trainer in ("orpo", "cpo") else "a" for _ in rows],
            "chosen": [answer(letters, row) for row in rows],
            "rejected": [answer(letters, row + 1) for row in rows],
        }
    )


def trainer_classes(name: str) -> tuple[type, type]:
    """Trainer and config of TRL."""
    import trl
    from trl.experimental import cpo, orpo

    return {
        "sft": (trl.SFTTrainer, trl.SFTConfig),
        "dpo": (trl.DPOTrainer, trl.DPOConfig),
        "reward": (trl.RewardTrainer, trl.RewardConfig),
        "kto": (trl.KTOTrainer, trl.KTOConfig),
        "grpo": (trl.GRPOTrainer, trl.GRPOConfig),
        "rloo": (trl.RLOOTrainer, trl.RLOOConfig),
        "cpo": (cpo.CPOTrainer, cpo.CPOConfig),
        "orpo": (orpo.ORPOTrainer, orpo.ORPOConfig),
    }[name]


def peak_case(case: dict[str, Any], tokenizer: Any) -> dict[str, int]:
    """Two steps of the real trainer: bytes of the models, and the peak with all that comes to them.

    `case` names the estimator's settings; `letters` is the length of the answers.
    """
    trainer_class, config_class = trainer_classes(case["trainer"])
    kind = AutoModelForCausalLM
    if case["trainer"] == "reward":
        kind = AutoModelForSequenceClassification
    torch.manual_seed(0)
    more = {"num_labels": 1} if case["trainer"] == "reward" else {}
    ends = {"pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id}
    config = config_of(case["shape"], **more, **ends)
    folder = tempfile.mkdtemp(prefix="memory-")
    kind.from_config(config, dtype=dtype_of(case["precision"])).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    arguments = {
        "output_dir": folder,
        "use_cpu": True,
        "bf16": case["precision"] != "float32",
        "report_to": "none",
        "save_strategy": "no",
        "logging_steps": 100,
        "max_steps": 2,
        "disable_tqdm": True,
        "per_device_train_batch_size": case["batch"],
        "gradient_accumulation_steps": case["accumulation"],
        "gradient_checkpointing": case["checkpointing"],
    }
    extra = {}
    if case["trainer"] in SAMPLING:
        new = case["completion"]
        extra["reward_funcs"] = lambda completions, **_: [float(len(c)) for c in completions]
        arguments |= {
            "max_completion_length": new,
            "num_generations": case["group"],
            "generation_kwargs": {"min_new_tokens": new, "suppress_tokens": None},
            "beta": 0.05 if case["penalty"] else 0.0,
        }
    elif case["trainer"] != "sft":
        arguments |= {"max_length": 1024}
    trainer = trainer_class(
        model=kind.from_pretrained(folder, dtype=dtype_of(case["precision"])),
        args=config_class(**arguments),
        train_dataset=data(case["trainer"], case["letters"]),
        processing_class=tokenizer,
        peft_config=LoraConfig(r=case["rank"], target_modules="all-linear", task_type=task(case))
        if case["method"] == "lora"
        else None,
        **extra,
    )
    models = [trainer.model, getattr(trainer, "ref_model", None)]
    held = {p.data_ptr(): p.numel() * p.element_size() for m in models if m for p in m.parameters()}
    return {
        "models": sum(held.values()),
        "peak": peak_of(trainer.train),
        "length": length(case, trainer),
    }


def task(case: dict[str, Any]) -> str:
    """PEFT's name of what a model does."""
    return "SEQ_CLS" if case["trainer"] == "reward" else "CAUSAL_LM"


def length(case: dict[str, Any], trainer: Any) -> int:
    """Tokens of the collated sequences; 0 where they are sampled."""
    if case["trainer"] in SAMPLING:
        return 0
    batch = trainer.data_collator([trainer.train_dataset[0], trainer.train_dataset[1]])
    return max(t.shape[1] for t in batch.values() if torch.is_tensor(t) and t.dim() == 2)
