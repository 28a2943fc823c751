"""The distilled KTO equals `KTOTrainer`: token ids, mismatched answers, tensors, loss, metrics,
gradients, training.

Both sides start from the same files on disk and work in float32. Loss and metrics agree to 1e-5,
gradients to 1e-4, relatively.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from datasets import Dataset

from comparing import assert_same_gradients, gradients, load
from distilled.kto import (
    LOSSES,
    KTOOptions,
    collate,
    kto_loss,
    mismatch,
    tokenize,
    train_step,
    unpair,
)
from tiny_kto import DATA, PAIRS, STANDARD, batch_of, build_trainer, set_options, trainer_loss

pytestmark = pytest.mark.verifies(
    "kto/equality",
    kind="equality",
    title="Distilled KTO equals KTOTrainer",
    trainers=["kto"],
    entry=None,
    inputs=[
        "content/distilled/kto.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_kto.py",
    ],
)

IDS = ("prompt_ids", "completion_ids", "KL_completion_ids", "label")


def cases() -> dict[str, tuple[str, bool, dict]]:
    """(data, whether policy and reference change places, options) by name."""
    found = {}
    for loss in LOSSES:
        for data in DATA:
            found[f"{loss}, {data}"] = (data, False, {"loss_type": loss})
        for name, options in {
            "beta=0.01": {"beta": 0.01},
            "beta=2": {"beta": 2.0},
            "weights": {"desirable_weight": 3.0, "undesirable_weight": 0.5},
            "weight 0": {"desirable_weight": 0.0, "undesirable_weight": 1.0},
        }.items():
            found[f"{loss}, {name}"] = ("standard", False, {"loss_type": loss, **options})
        found[f"{loss}, models exchanged"] = ("standard", True, {"loss_type": loss})
    return found


CASES = cases()


class TestData:
    """From text to tensors."""

    @pytest.mark.parametrize("name", DATA)
    @pytest.mark.parametrize("size", [2, 3, 8])
    def test_token_ids_and_mismatched_answers(self, policy: Path, name: str, size: int) -> None:
        trainer = build_trainer(policy, rows=DATA[name], per_device_train_batch_size=size)
        tokens = [tokenize(row, trainer.processing_class) for row in DATA[name]]
        ours = mismatch(tokens, KTOOptions(per_device_train_batch_size=size))
        for column in IDS:
            assert [row[column] for row in ours] == list(trainer.train_dataset[column])

    def test_apo_has_no_mismatched_answers(self, policy: Path) -> None:
        options = KTOOptions(loss_type="apo_zero_unpaired")
        trainer = build_trainer(policy, loss_type="apo_zero_unpaired")
        tokens = [tokenize(row, trainer.processing_class) for row in STANDARD]
        assert "KL_completion_ids" not in trainer.train_dataset.column_names
        assert all("KL_completion_ids" not in row for row in mismatch(tokens, options))
        ours = collate(tokens, trainer.processing_class.pad_token_id, options)
        assert ours.keys() == batch_of(trainer).keys()

    @pytest.mark.parametrize("count", [3, 1100])
    def test_pairs_are_split(self, policy: Path, count: int) -> None:
        from trl import unpair_preference_dataset

        pairs = [dict(row, prompt=f"{i} {row['prompt']}") for i, row in enumerate(PAIRS * 400)]
        pairs = pairs[:count]
        theirs = unpair_preference_dataset(Dataset.from_list(pairs))
        ours = unpair(pairs)
        for column in ("prompt", "completion", "label"):
            assert [row[column] for row in ours] == list(theirs[column])

    def test_a_trainer_splits_pairs_so(self, policy: Path) -> None:
        trainer = build_trainer(policy, rows=PAIRS, per_device_train_batch_size=2)
        tokens = [tokenize(row, trainer.processing_class) for row in unpair(PAIRS)]
        ours = mismatch(tokens, KTOOptions(per_device_train_batch_size=2))
        for column in IDS:
            assert [row[column] for row in ours] == list(trainer.train_dataset[column])

    @pytest.mark.parametrize("name", DATA)
    @pytest.mark.parametrize("max_length", [None, 1024, 7])
    def test_tensors(self, policy: Path, name: str, max_length) -> None:
        trainer = build_trainer(policy, rows=DATA[name])
        tokens = [tokenize(row, trainer.processing_class) for row in DATA[name]]
        ours = mismatch(tokens, KTOOptions())
        trainer.data_collator.max_length = max_length
        theirs = batch_of(trainer)
        options = KTOOptions(max_length=max_length)
        batch = collate(ours, trainer.processing_class.pad_token_id, options)
        assert batch.keys() == theirs.keys()
        for key, tensor in batch.items():
            assert torch.equal(tensor, theirs[key]), key

    def test_a_prompt_as_long_as_max_length_is_dropped_before_mismatching(self, policy) -> None:
        trainer = build_trainer(policy, max_length=5, per_device_train_batch_size=2)
        tokens = [tokenize(row, trainer.processing_class) for row in STANDARD]
        ours = mismatch(tokens, KTOOptions(max_length=5, per_device_train_batch_size=2))
        assert 0 < len(ours) < len(tokens)
        for column in IDS:
            assert [row[column] for row in ours] == list(trainer.train_dataset[column])


@pytest.fixture(scope="module")
def trainers(policy: Path, reference: Path) -> dict:
    """A real trainer for each data set, and one with policy and reference exchanged; the options
    of a case are set on it afterwards."""
    built = {(name, False): build_trainer(policy, reference, rows=r) for name, r in DATA.items()}
    return built | {("standard", True): build_trainer(reference, policy)}


@pytest.fixture(scope="module")
def models(policy: Path, reference: Path) -> tuple:
    return load(policy), load(reference)


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def both(request, trainers, models) -> dict:
    """One case on both sides: loss, metrics and gradients, (ours, theirs) each."""
    data, exchanged, values = request.param
    options, trainer = KTOOptions(**values), trainers[data, exchanged]
    mine = models[::-1] if exchanged else models
    set_options(trainer, options)
    batch = batch_of(trainer)
    loss, metrics = kto_loss(*mine, batch, options)
    their_loss, their_metrics = trainer_loss(trainer, batch)
    return {
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, their_metrics),
        "gradients": (gradients(mine[0], loss), gradients(trainer.model, their_loss)),
    }


class TestLoss:
    """From tensors to the gradient, in every case."""

    def test_loss(self, both) -> None:
        ours, theirs = both["loss"]
        assert ours == pytest.approx(theirs, rel=1e-5)

    def test_metrics(self, both) -> None:
        ours, theirs = both["metrics"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)  # abs: differences of log-probs

    def test_gradients(self, both) -> None:
        assert_same_gradients(*both["gradients"])


def test_the_cases_hold_a_positive_reference_point_and_a_clamped_one(trainers) -> None:
    """Or neither the estimate nor its clamp would be compared."""
    points = []
    for exchanged in (False, True):
        trainer = trainers["standard", exchanged]
        set_options(trainer, KTOOptions())
        points.append(trainer_loss(trainer, batch_of(trainer))[1]["kl"])
    assert min(points) == 0.0 and max(points) > 0.1


@pytest.mark.parametrize("size", [2, 5])
@pytest.mark.parametrize("loss_type", LOSSES)
def test_a_real_run(loss_type: str, size: int, policy: Path, reference: Path) -> None:
    """Three steps of `trainer.train()`, options given to `KTOConfig`: same log, same weights.
    With batches of 2 the third holds one row alone, which is its own mismatch."""
    weights = {"desirable_weight": 1.5, "undesirable_weight": 0.5}
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    values = {"loss_type": loss_type, "per_device_train_batch_size": size, **weights}
    trainer = build_trainer(policy, reference, **values, **sgd)
    trainer.train()

    options = KTOOptions(**values)
    model, frozen = load(policy), load(reference)
    rows = mismatch([tokenize(row, trainer.processing_class) for row in STANDARD], options)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    tokens = 0.0
    for step in range(3):
        start = step * size % len(rows) if size < len(rows) else 0
        batch = collate(rows[start : start + size], trainer.processing_class.pad_token_id, options)
        logged = trainer.state.log_history[step]
        ours = train_step(model, frozen, batch, optimizer, options)
        ours["num_tokens"] = tokens = tokens + ours["num_tokens"]
        assert ours == pytest.approx({name: logged[name] for name in ours}, rel=1e-3), step
        absent = {"rewards/chosen", "rewards/rejected", "rewards/margins"} - ours.keys()
        assert not absent & logged.keys(), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
