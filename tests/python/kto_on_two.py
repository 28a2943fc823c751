"""`KTOTrainer` on two processes, for `test_kto_processes.py`, which starts this file with torchrun.

Arguments: folders of policy and reference, and the file to write. Of each run: the rows that each
process saw in each step, and the log. The reference point's parts are made up where a run asks for
it, one log-ratio for each process, so that the order of mean and cut shows.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from datasets import Dataset
from trl import KTOConfig, KTOTrainer

from comparing import QUIET, load

policy, reference, target = map(Path, sys.argv[1:])


def rows(count: int) -> list[dict]:
    texts = [("is it" + " the sky" * (i % 3), f" it is {i}") for i in range(count)]
    return [{"prompt": x, "completion": y, "label": i % 2 == 0} for i, (x, y) in enumerate(texts)]


def run(count: int, drop_last: bool = False, drift: tuple[float, float] | None = None) -> dict:
    """One epoch of batches of two rows on each process, at a rate of zero."""
    arguments = {**QUIET, "per_device_train_batch_size": 2, "num_train_epochs": 1}
    arguments |= {"learning_rate": 0.0, "dataloader_drop_last": drop_last}
    trainer = KTOTrainer(
        model=str(policy),
        ref_model=load(reference),
        args=KTOConfig(output_dir=str(target.parent / "out"), **arguments),
        train_dataset=Dataset.from_list(rows(count)),
    )
    answers, collate, seen = (
        list(trainer.train_dataset["completion_ids"]),
        trainer.data_collator,
        [],
    )

    def spy(batch: list[dict]) -> dict:
        seen.append([answers.index(row["completion_ids"]) for row in batch])
        return collate(batch)

    trainer.data_collator = spy
    if drift:
        own = drift[dist.get_rank()]
        trainer._compute_kl_logps = lambda model, batch: torch.full(
            (len(batch["label"]),), 0.0 if model is trainer.ref_model else own
        )
    trainer.train()
    everywhere: list = [None, None]
    dist.all_gather_object(everywhere, seen)
    return {"rows": everywhere, "log": [e for e in trainer.state.log_history if "kl" in e]}


runs = {
    "even": run(8),
    "mean before the cut": run(8, drift=(4.0, -2.0)),
    "a last row": run(9, drift=(4.0, -2.0)),
    "dropped": run(9, drop_last=True),
}
if dist.get_rank() == 0:
    target.write_text(json.dumps(runs), encoding="utf-8")
dist.destroy_process_group()
