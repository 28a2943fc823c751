"""The distilled reward model equals `RewardTrainer`: ids, tensors, loss, metrics, gradients, runs.

Both sides start from the same language model on disk and the same seed for the new head, and work
in float32. Loss and metrics agree to 1e-5, gradients to 1e-4, relatively.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from comparing import assert_same_gradients, gradients
from distilled.reward import RewardOptions, collate, keep, reward_loss, tokenize, train_step
from tiny_model import tiny_tokenizer
from tiny_reward import DATA, MARGINS, STANDARD, build_trainer, ours, trainer_loss, whole_batch

pytestmark = pytest.mark.verifies(
    "reward/equality",
    kind="equality",
    title="Distilled Reward equals RewardTrainer",
    trainers=["reward"],
    entry=None,
    inputs=[
        "content/distilled/reward.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_reward.py",
    ],
)

CENTRING = (None, 0.0, 0.01, 1.0)
CASES = [(data, coefficient) for data in DATA for coefficient in CENTRING]


@pytest.fixture(scope="module")
def trainers(policy: Path) -> dict:
    """One real trainer for each data set."""
    return {name: build_trainer(policy, rows) for name, rows in DATA.items()}


class TestData:
    """From text to tensors."""

    @pytest.mark.parametrize("data", DATA)
    def test_token_ids_and_tensors(self, trainers, data: str) -> None:
        trainer, tokenizer = trainers[data], tiny_tokenizer()
        rows = [tokenize(row, tokenizer) for row in DATA[data]]
        for name in rows[0]:
            assert [row[name] for row in rows] == list(trainer.train_dataset[name])
        batch, theirs = collate(rows, tokenizer.pad_token_id), whole_batch(trainer)
        assert batch.keys() == theirs.keys()
        for name, tensor in batch.items():
            assert torch.equal(tensor, theirs[name]), name

    @pytest.mark.parametrize("max_length", [None, 1024, 9, 6])
    def test_long_pairs_are_dropped(self, policy: Path, max_length: int | None) -> None:
        trainer = build_trainer(policy, max_length=max_length)
        rows = [tokenize(row, tiny_tokenizer()) for row in STANDARD]
        kept = [row for row in rows if keep(row, RewardOptions(max_length=max_length))]
        assert 0 < len(kept) < len(rows) or (max_length in (None, 1024) and len(kept) == len(rows))
        assert [row["chosen_ids"] for row in kept] == list(trainer.train_dataset["chosen_ids"])


@pytest.fixture(scope="module", params=CASES, ids=str)
def both(request, trainers, policy: Path) -> dict:
    """One case on both sides: loss, metrics and gradients, (ours, theirs) each."""
    data, coefficient = request.param
    trainer = trainers[data]
    trainer.args.center_rewards_coefficient = coefficient
    model, batch = ours(policy), whole_batch(trainer)
    loss, metrics = reward_loss(model, batch, RewardOptions(center_rewards_coefficient=coefficient))
    their_loss, their_metrics = trainer_loss(trainer, batch)
    return {
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, their_metrics),
        "gradients": (gradients(model, loss), gradients(trainer.model, their_loss)),
    }


class TestLoss:
    """From tensors to the gradient, in every case."""

    def test_loss(self, both) -> None:
        mine, theirs = both["loss"]
        assert mine == pytest.approx(theirs, rel=1e-5)

    def test_metrics(self, both) -> None:
        mine, theirs = both["metrics"]
        assert mine == pytest.approx(theirs, rel=1e-5, abs=1e-7)

    def test_gradients(self, both) -> None:
        assert_same_gradients(*both["gradients"])


def test_the_new_head_is_drawn_from_the_seed(policy: Path) -> None:
    """Any seed, the same head on both sides, and another seed another head."""
    heads = {}
    for seed in (1, 2):
        heads[seed] = build_trainer(policy, seed=seed).model.score.weight
        assert torch.equal(ours(policy, seed).score.weight, heads[seed])
    assert not torch.equal(heads[1], heads[2])


@pytest.mark.parametrize("coefficient", [None, 0.1])
@pytest.mark.parametrize("rows", [STANDARD, MARGINS], ids=["standard", "margins"])
def test_a_real_run(policy: Path, rows, coefficient: float | None) -> None:
    """Three steps of `trainer.train()`, options given to `RewardConfig`: same log, same weights."""
    options = RewardOptions(center_rewards_coefficient=coefficient)
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    trainer = build_trainer(policy, rows, center_rewards_coefficient=coefficient, **sgd)
    trainer.train()

    model, tokenizer = ours(policy), tiny_tokenizer()
    batch = collate([tokenize(row, tokenizer) for row in rows], tokenizer.pad_token_id)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step in range(3):
        logged = trainer.state.log_history[step]
        mine = train_step(model, batch, optimizer, options)
        mine["num_tokens"] *= step + 1
        assert mine == pytest.approx({name: logged[name] for name in mine}, rel=1e-4), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
