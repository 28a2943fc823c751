"""What the pages say of KTO on several processes, on two; and of a last row alone, on one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from datasets import Dataset

from tiny_kto import build_trainer, rows_of, trainer_loss

pytestmark = pytest.mark.verifies(
    "kto/processes",
    kind="facts",
    title="What the pages say of KTOTrainer on two processes and of uneven batches",
    trainers=["kto"],
    entry=None,
    inputs=[
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_kto.py",
        "tests/python/kto_on_two.py",
    ],
)

WORKER = Path(__file__).with_name("kto_on_two.py")
NINE = rows_of(*[("is it" + " the sky" * (i % 3), f" it is {i}", i % 2 == 0) for i in range(9)])


@pytest.fixture(scope="module")
def runs(policy: Path, reference: Path, tmp_path_factory: pytest.TempPathFactory) -> dict:
    target = tmp_path_factory.mktemp("two") / "runs.json"
    launch = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node=2"]
    paths = os.pathsep.join([str(WORKER.parent), *filter(None, sys.path)])
    done = subprocess.run(
        [*launch, str(WORKER), str(policy), str(reference), str(target)],
        env={**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(target.read_text(encoding="utf-8"))


class TestTwoProcesses:
    def test_each_process_gets_whole_pieces_of_the_rotation(self, runs: dict) -> None:
        assert runs["even"]["rows"] == [[[0, 1], [4, 5]], [[2, 3], [6, 7]]]

    def test_means_are_averaged_before_the_cut(self, runs: dict) -> None:
        """4 and −2 nats give 1; cut first they would give 2."""
        assert [entry["kl"] for entry in runs["mean before the cut"]["log"]] == [1.0, 1.0]

    def test_metrics_are_means_over_the_rows_of_all_processes(self, runs, policy, reference):
        trainer = build_trainer(policy, reference, rows=NINE[:8])
        rows = list(trainer.train_dataset)
        for logged, step in zip(runs["even"]["log"], (rows[:4], rows[4:]), strict=True):
            _, metrics = trainer_loss(trainer, trainer.data_collator(step))
            for name in ("rewards/chosen", "rewards/rejected", "logps/chosen", "entropy"):
                assert logged[name] == pytest.approx(metrics[name], rel=1e-4), name

    def test_a_last_row_is_joined_by_the_first_ones(self, runs: dict) -> None:
        assert [rows[-1] for rows in runs["a last row"]["rows"]] == [[8, 0], [1, 2]]

    def test_the_last_step_counts_only_as_many_processes_as_rows_are_left(self, runs) -> None:
        """One row is left, so the first process speaks for both: 4 nats, and its two wanted rows;
        the other one's unwanted row 1 logs nothing."""
        *before, last = runs["a last row"]["log"]
        assert [entry["kl"] for entry in before] == [1.0, 1.0] and last["kl"] == 4.0
        assert "rewards/chosen" in last and "rewards/rejected" not in last

    def test_dropping_the_last_batch_drops_the_row(self, runs: dict) -> None:
        assert runs["dropped"]["rows"] == [[[0, 1], [4, 5]], [[2, 3], [6, 7]]]


class TestLastRowAlone:
    def train(self, policy: Path, reference: Path, **config) -> tuple[list, list]:
        """Rows seen in each step of two epochs, and the log."""
        trainer = build_trainer(
            policy, reference, rows=NINE, per_device_train_batch_size=2, num_train_epochs=2,
            learning_rate=0.0, **config,
        )  # fmt: skip
        answers, collate = list(trainer.train_dataset["completion_ids"]), trainer.data_collator
        seen = []

        def spy(rows):
            seen.append([answers.index(row["completion_ids"]) for row in rows])
            return collate(rows)

        trainer.data_collator = spy
        trainer.train()
        return seen, [entry for entry in trainer.state.log_history if "kl" in entry]

    def test_it_is_its_own_reference_point(self, policy: Path, reference: Path) -> None:
        seen, log = self.train(reference, policy)  # exchanged, so that log-ratios are positive
        for step in (4, 9):
            assert seen[step] == [8]
            assert log[step]["kl"] == pytest.approx(log[step]["rewards/chosen"] / 0.1, rel=1e-4)
            assert log[step]["kl"] > 0.1 and log[step]["loss"] == pytest.approx(0.5, abs=1e-4)

    def test_dropping_the_last_batch_is_a_cure(self, policy: Path, reference: Path) -> None:
        seen, _ = self.train(policy, reference, dataloader_drop_last=True)
        assert seen == [[0, 1], [2, 3], [4, 5], [6, 7]] * 2

    def test_dropping_drops_it_in_evaluation_too(self, policy: Path, reference: Path) -> None:
        trainer = build_trainer(
            policy, reference, rows=NINE[:4], per_device_train_batch_size=2,
            per_device_eval_batch_size=2, dataloader_drop_last=True,
        )  # fmt: skip
        sizes = [len(b["label"]) for b in trainer.get_eval_dataloader(trainer.train_dataset)]
        assert sizes == [2, 2]
        found = trainer.evaluate(Dataset.from_list(list(NINE)))
        trainer.model.eval()
        logged = found["eval_rewards/rejected"]
        rows = list(build_trainer(policy, reference, rows=NINE[:8]).train_dataset)
        _, metrics = trainer_loss(trainer, trainer.data_collator(rows))
        assert logged == pytest.approx(metrics["rewards/rejected"], rel=1e-4)


def test_evaluation_weighs_the_loss_by_rows(policy: Path, reference: Path) -> None:
    """Not so the other metrics, where each batch counts once."""
    trainer = build_trainer(
        policy, reference, rows=NINE[:4], eval_rows=NINE[:5], per_device_eval_batch_size=4
    )
    found = trainer.evaluate()
    rows = list(trainer.eval_dataset)
    four, one = (
        trainer_loss(trainer, trainer.data_collator(part))[0].item()
        for part in (rows[:4], rows[4:])
    )
    assert found["eval_loss"] == pytest.approx((4 * four + one) / 5, rel=1e-5)
    assert abs(four - one) > 1e-3


def test_accumulation_makes_an_estimate_for_each_micro_batch(policy, reference) -> None:
    trainer = build_trainer(
        reference, policy, rows=NINE[:8], per_device_train_batch_size=2,
        gradient_accumulation_steps=4, max_steps=1, learning_rate=0.0,
    )  # fmt: skip
    values = iter([9.0, -9.0, 5.0, -7.0])
    trainer._compute_kl_logps = lambda model, batch: torch.full(
        (2,), 0.0 if model is trainer.ref_model else next(values)
    )
    trainer.train()
    assert trainer.state.log_history[0]["kl"] == pytest.approx((9 + 0 + 5 + 0) / 4)
