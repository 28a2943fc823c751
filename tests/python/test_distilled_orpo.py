"""The distilled ORPO equals `ORPOTrainer`: token ids, tensors, loss, metrics, gradients, training.

Both sides start from the same files on disk and work in float32. Loss and metrics agree to 1e-5,
gradients to 1e-4, relatively.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from trl.experimental.orpo.orpo_trainer import log1mexp as their_log1mexp

from comparing import assert_same_gradients, gradients, load
from distilled.orpo import ORPOOptions, collate, log1mexp, orpo_loss, tokenize, train_step
from tiny_dpo import STANDARD
from tiny_orpo import (
    ALL_DATA,
    batch_of,
    build_trainer,
    mixture_of_experts,
    trainer_loss,
    with_bos,
)

pytestmark = pytest.mark.verifies(
    "orpo/equality",
    kind="equality",
    title="Distilled ORPO equals ORPOTrainer",
    trainers=["orpo"],
    entry=None,
    inputs=[
        "content/distilled/orpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
        "tests/python/tiny_orpo.py",
    ],
)

# by name: data set, options, tokenizer with a token at the beginning
CASES = {name: (name, {}, False) for name in ALL_DATA}
CASES |= {f"{name}, bos": (name, {}, True) for name in ("standard", "no-prompt", "conversational")}
CASES |= {f"beta={beta}": ("standard", {"beta": beta}, False) for beta in (0.0, 0.5, 3.0)}
# the longest prompt of each has 5, 9 and 6 tokens, so each limit cuts answers and leaves some
CASES |= {
    f"{name}, max_length={limit}": (name, {"max_length": limit}, False)
    for name, limit in (("standard", 8), ("conversational", 9), ("merging", 9))
}
CASES["max_length=None"] = ("standard", {"max_length": None}, False)
CASES["padding_value=7"] = ("standard", {"padding_value": 7}, False)
CASES["all options"] = ("merging", {"beta": 0.7, "max_length": 10, "padding_value": 9}, True)


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request, policy: Path) -> dict:
    """A case on both sides: rows, batch, loss, metrics, gradients, (ours, theirs) each."""
    data, values, bos = request.param
    rows, options = ALL_DATA[data], ORPOOptions(**values)
    trainer = build_trainer(policy, rows, processing_class=with_bos() if bos else None, **values)
    tokenizer = trainer.processing_class
    tokens = [tokenize(row, tokenizer, options) for row in rows]
    batch = collate(tokens, tokenizer.pad_token_id, options)
    their_batch = batch_of(trainer)
    model = load(policy)
    loss, metrics = orpo_loss(model, batch, options)
    their_loss, their_metrics = trainer_loss(trainer, their_batch)
    joined = trainer.concatenated_inputs(their_batch, padding_value=trainer.padding_value)
    return {
        "tokens": (tokens, list(trainer.train_dataset)),
        "batch": (batch, {k.removeprefix("concatenated_"): v for k, v in joined.items()}),
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, their_metrics),
        "gradients": (gradients(model, loss), gradients(trainer.model, their_loss)),
    }


class TestEachCase:
    """From text to the gradient."""

    def test_tokens(self, case) -> None:
        ours, theirs = case["tokens"]
        for mine, row in zip(ours, theirs, strict=True):
            assert mine == {name: row[name] for name in mine}

    def test_tensors(self, case) -> None:
        ours, theirs = case["batch"]
        assert ours.keys() == theirs.keys()
        for name, tensor in ours.items():
            assert torch.equal(tensor, theirs[name]), name

    def test_loss(self, case) -> None:
        ours, theirs = case["loss"]
        assert ours == pytest.approx(theirs, rel=1e-5)

    def test_metrics(self, case) -> None:
        ours, theirs = case["metrics"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)

    def test_gradients(self, case) -> None:
        assert_same_gradients(*case["gradients"])


def test_a_limit_that_cuts_is_among_the_cases(policy: Path) -> None:
    for data, limit in (("standard", 8), ("conversational", 9), ("merging", 9)):
        lengths = [
            [len(row["chosen_labels"]), len(row["rejected_labels"])]
            for row in build_trainer(policy, ALL_DATA[data], max_length=limit).train_dataset
        ]
        assert max(map(max, lengths)) == limit


def test_a_mixture_of_experts_adds_its_auxiliary_loss(tmp_path: Path) -> None:
    folder = mixture_of_experts(tmp_path)
    trainer, model = build_trainer(folder), load(folder)
    tokens = [tokenize(row, trainer.processing_class, ORPOOptions()) for row in STANDARD]
    batch = collate(tokens, trainer.processing_class.pad_token_id, ORPOOptions())
    loss, metrics = orpo_loss(model, batch, ORPOOptions())
    their_loss, their_metrics = trainer_loss(trainer, batch_of(trainer))
    assert loss.item() == pytest.approx(their_loss.item(), rel=1e-5)
    assert metrics == pytest.approx(their_metrics, rel=1e-5, abs=1e-6)
    without = metrics["nll_loss"] - 0.1 * metrics["log_odds_ratio"]
    assert loss.item() > without + 0.1
    assert_same_gradients(gradients(model, loss), gradients(trainer.model, their_loss))


def test_log1mexp_is_the_same_function_with_the_same_gradient() -> None:
    points = [-50.0, -5.0, -0.7, -0.69, -1e-2, -1e-5, -3e-8, -1e-8, 0.0]
    ours, theirs = (torch.tensor(points, requires_grad=True) for _ in range(2))
    a, b = log1mexp(ours), their_log1mexp(theirs)
    assert torch.equal(a, b)
    a.sum().backward()
    b.sum().backward()
    torch.testing.assert_close(ours.grad, theirs.grad, equal_nan=True, rtol=0, atol=0)


@pytest.mark.parametrize("beta", [0.1, 1.0])
def test_a_real_run(beta: float, policy: Path) -> None:
    """Three steps of `trainer.train()`: same log, same weights."""
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    trainer, options = build_trainer(policy, beta=beta, **sgd), ORPOOptions(beta=beta)
    trainer.train()

    model = load(policy)
    tokens = [tokenize(row, trainer.processing_class, options) for row in STANDARD]
    batch = collate(tokens, trainer.processing_class.pad_token_id, options)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step in range(3):
        logged = trainer.state.log_history[step]
        ours = train_step(model, batch, optimizer, options)
        assert ours == pytest.approx({name: logged[name] for name in ours}, rel=1e-3), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
