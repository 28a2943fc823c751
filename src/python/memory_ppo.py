"""The most memory that `PPOTrainer` of TRL 1.12.0 holds at once on the CPU: JSON in, JSON out.

    python src/python/with_trl.py 1.12.0 src/python/memory_ppo.py '[{"batch": 8, …}]'

PPO is gone from newer releases, so `src/python/memory.py` runs this file under the older one.
"""

from __future__ import annotations

import json
import sys
import tempfile
from typing import Any

import torch

from digest import content_dir

sys.path.insert(0, str(content_dir() / "example-scripts"))

from datasets import Dataset
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification
from trl.experimental.ppo import PPOConfig, PPOTrainer

import lab
from memory_kept import config_of, dtype_of
from memory_peaks import peak_of

torch.set_num_threads(1)
BATCHES = 2


def ppo_case(case: dict[str, Any], tokenizer: Any) -> dict[str, int]:
    """Two batches of PPO: bytes of its four models, and the peak with all that comes to them."""
    torch.manual_seed(0)
    ends = {"pad_token_id": tokenizer.pad_token_id, "eos_token_id": tokenizer.eos_token_id}

    def model(kind: Any, **more: Any) -> Any:
        config = config_of(case["shape"], **more, **ends)
        return kind.from_config(config, dtype=dtype_of(case["precision"]))

    prompts = [[5 + (row + i) % 10 for i in range(case["prompt"])] for row in range(64)]
    trainer = PPOTrainer(
        args=PPOConfig(
            output_dir=tempfile.mkdtemp(prefix="memory-"),
            use_cpu=True,
            bf16=False,
            report_to="none",
            save_strategy="no",
            disable_tqdm=True,
            per_device_train_batch_size=case["batch"],
            gradient_accumulation_steps=case["accumulation"],
            num_mini_batches=case["miniBatches"],
            num_ppo_epochs=1,
            total_episodes=BATCHES * case["batch"] * case["accumulation"],
            response_length=case["completion"],
            num_sample_generations=0,
        ),
        processing_class=tokenizer,
        model=model(AutoModelForCausalLM),
        ref_model=None,
        reward_model=model(AutoModelForSequenceClassification, num_labels=1),
        value_model=model(AutoModelForSequenceClassification, num_labels=1),
        train_dataset=Dataset.from_dict({"input_ids": prompts}),
    )
    models = (trainer.policy_model, trainer.ref_model, trainer.value_model, trainer.reward_model)
    held = {p.data_ptr(): p.numel() * p.element_size() for m in models for p in m.parameters()}
    length = case["prompt"] + case["completion"]
    return {"models": sum(held.values()), "peak": peak_of(trainer.train), "length": length}


def main(text: str) -> None:
    """Prints what was measured for each case, on the last line."""
    tokenizer = lab.make_tokenizer()
    tokenizer.padding_side = "left"
    print(json.dumps([ppo_case(case, tokenizer) for case in json.loads(text)]))


if __name__ == "__main__":
    main(sys.argv[1])
