"""The distilled CPO equals `CPOTrainer`: ids, tensors, loss, metrics, gradients, training.

Both sides start from the same files on disk and work in float32. Loss and metrics agree to 1e-5,
gradients to 1e-4, relatively.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import torch

from comparing import assert_same_gradients, gradients, load
from distilled.cpo import LOSSES, CPOOptions, collate, cpo_loss, tokenize, train_step
from tiny_cpo import batch_of, build_trainer, set_options, trainer_loss
from tiny_dpo import STANDARD
from tiny_orpo import ALL_DATA, mixture_of_experts, with_bos

pytestmark = pytest.mark.verifies(
    "cpo/equality",
    kind="equality",
    title="Distilled CPO equals CPOTrainer",
    trainers=["cpo"],
    entry=None,
    inputs=[
        "content/distilled/cpo.py",
        "content/distilled/orpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
        "tests/python/tiny_orpo.py",
        "tests/python/tiny_cpo.py",
    ],
)

NAMES = [*LOSSES, "alphapo"]
# p^-α of a summed log-prob overflows in float32 beyond 88/α nats, so α stays small for sums
SHAPED = {"simpo": 0.25, "ipo": 0.25, "alphapo": 0.25, "sigmoid": 0.02, "hinge": 0.02}


def cases() -> dict[str, tuple[str, dict]]:
    """(data, options) by name: every loss on all data, then with each option that reaches it."""
    found = {f"{n}, {data}": (data, {"loss_type": n}) for n, data in product(NAMES, ALL_DATA)}
    for name in NAMES:
        for option in (
            {"beta": 2.0},
            {"label_smoothing": 0.2},
            {"cpo_alpha": 0.0},
            {"cpo_alpha": 0.3},
            {"simpo_gamma": 1.4, "beta": 2.5},
            {"alpha": SHAPED[name]},
            {"alpha": -SHAPED[name]},
        ):
            said = ", ".join(f"{key}={value}" for key, value in option.items())
            found[f"{name}, {said}"] = ("standard", {"loss_type": name, **option})
    everything = {"beta": 1.5, "label_smoothing": 0.1, "cpo_alpha": 0.5, "simpo_gamma": 0.7}
    found["simpo, all options"] = ("standard", {"loss_type": "simpo", "alpha": 0.1, **everything})
    return found


CASES = cases()


@pytest.fixture(scope="module")
def trainers(policy: Path) -> dict:
    """One real trainer for each data set; the options of a case are set on it afterwards."""
    return {name: build_trainer(policy, rows) for name, rows in ALL_DATA.items()}


@pytest.fixture(scope="module")
def model(policy: Path) -> torch.nn.Module:
    return load(policy)


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def both(request, trainers, model) -> dict:
    """One case on both sides: loss, metrics and gradients, (ours, theirs) each."""
    data, values = request.param
    options, trainer = CPOOptions(**values), trainers[data]
    set_options(trainer, options)
    tokens = [tokenize(row, trainer.processing_class, options) for row in ALL_DATA[data]]
    batch = collate(tokens, trainer.processing_class.pad_token_id)
    loss, metrics = cpo_loss(model, batch, options)
    their_loss, their_metrics = trainer_loss(trainer, batch_of(trainer))
    return {
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, their_metrics),
        "gradients": (gradients(model, loss), gradients(trainer.model, their_loss)),
    }


class TestLoss:
    """From text to the gradient, in every case."""

    def test_loss(self, both) -> None:
        ours, theirs = both["loss"]
        assert ours == pytest.approx(theirs, rel=1e-5)

    def test_metrics(self, both) -> None:
        ours, theirs = both["metrics"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)

    def test_gradients(self, both) -> None:
        assert_same_gradients(*both["gradients"])


@pytest.mark.parametrize("bos", [False, True], ids=["", "bos"])
@pytest.mark.parametrize("max_length", [1024, 9, None])
@pytest.mark.parametrize("data", ["standard", "merging", "conversational"])
def test_tokens_and_tensors(policy: Path, data: str, max_length, bos: bool) -> None:
    tokenizer = with_bos() if bos else None
    trainer = build_trainer(
        policy, ALL_DATA[data], processing_class=tokenizer, max_length=max_length
    )
    options = CPOOptions(max_length=max_length)
    ours = [tokenize(row, trainer.processing_class, options) for row in ALL_DATA[data]]
    for mine, row in zip(ours, trainer.train_dataset, strict=True):
        assert mine == {name: row[name] for name in mine}
    batch = collate(ours, trainer.processing_class.pad_token_id)
    joined = trainer.concatenated_inputs(batch_of(trainer), padding_value=trainer.pad_token_id)
    theirs = {name.removeprefix("concatenated_"): tensor for name, tensor in joined.items()}
    assert batch.keys() == theirs.keys()
    for name, tensor in batch.items():
        assert torch.equal(tensor, theirs[name]), name


def test_a_mixture_of_experts_adds_its_auxiliary_loss(tmp_path: Path) -> None:
    folder = mixture_of_experts(tmp_path)
    trainer, model, options = build_trainer(folder), load(folder), CPOOptions()
    tokens = [tokenize(row, trainer.processing_class, options) for row in STANDARD]
    loss, _ = cpo_loss(model, collate(tokens, trainer.processing_class.pad_token_id), options)
    their_loss, _ = trainer_loss(trainer, batch_of(trainer))
    assert loss.item() == pytest.approx(their_loss.item(), rel=1e-5)
    assert_same_gradients(gradients(model, loss), gradients(trainer.model, their_loss))


@pytest.mark.parametrize("loss_type", NAMES)
def test_a_real_run(loss_type: str, policy: Path) -> None:
    """Three steps of `trainer.train()`, options given to `CPOConfig`: same log, same weights."""
    values = {"loss_type": loss_type, "beta": 0.5}
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    trainer, options = build_trainer(policy, **values, **sgd), CPOOptions(**values)
    trainer.train()

    model = load(policy)
    tokens = [tokenize(row, trainer.processing_class, options) for row in STANDARD]
    batch = collate(tokens, trainer.processing_class.pad_token_id)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step in range(3):
        logged = trainer.state.log_history[step]
        ours = train_step(model, batch, optimizer, options)
        assert ours == pytest.approx({name: logged[name] for name in ours}, rel=1e-3), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
