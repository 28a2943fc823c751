"""The distilled DPO equals `DPOTrainer`: token ids, tensors, loss, metrics, gradients, training.

Both sides start from the same files on disk and work in float32. Loss and metrics agree to 1e-5,
gradients to 1e-4, relatively.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from comparing import assert_same_gradients, gradients, load
from distilled.dpo import (
    F_DIVERGENCE_LOSSES,
    LOSSES,
    DPOOptions,
    collate,
    dpo_loss,
    keep,
    tokenize,
    train_step,
)
from tiny_dpo import DATA, STANDARD, build_trainer, set_options, trainer_loss

pytestmark = pytest.mark.verifies(
    "dpo/equality",
    kind="equality",
    title="Distilled DPO equals DPOTrainer",
    trainers=["dpo"],
    entry=None,
    inputs=[
        "content/distilled/dpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
    ],
)

SMOOTHED = {"exo_pair": 1e-3}  # the one loss that refuses 0
# use_weighting: refused for the first two, fails in the others (see test_dpo_behaviour.py)
UNWEIGHTED = {"aot", "aot_unpaired", "sft", "hinge"}
DIVERGENCES = {
    "forward_kl": {"f_divergence_type": "forward_kl"},
    "js_divergence": {"f_divergence_type": "js_divergence"},
    "alpha=0.5": {"f_divergence_type": "alpha_divergence"},
    "alpha=2": {"f_divergence_type": "alpha_divergence", "f_alpha_divergence_coef": 2.0},
    "alpha=1": {"f_divergence_type": "alpha_divergence", "f_alpha_divergence_coef": 1.0},
}


def cases() -> dict[str, tuple[str, dict]]:
    """(data, options) by name: every loss on all data, then with each option that reaches it."""
    base = {
        loss: {"loss_type": loss, "label_smoothing": SMOOTHED.get(loss, 0.0)} for loss in LOSSES
    }
    found = {}
    for data in DATA:
        found |= {f"{loss}, {data}": (data, options) for loss, options in base.items()}
    found |= {f"{loss}, beta=0.5": ("standard", {**o, "beta": 0.5}) for loss, o in base.items()}
    for loss in ("sigmoid", "exo_pair", "robust", "aot", "aot_unpaired"):
        smoothed = {**base[loss], "label_smoothing": 0.1}
        found[f"{loss}, label_smoothing=0.1"] = ("standard", smoothed)
    for loss in sorted(F_DIVERGENCE_LOSSES):
        for name, divergence in DIVERGENCES.items():
            found[f"{loss}, {name}"] = ("standard", {**base[loss], **divergence})
    clamped = {"f_divergence_type": "alpha_divergence", "f_alpha_divergence_coef": 80.0}
    found["hinge, exponent over 80"] = ("standard", {"loss_type": "hinge", **clamped})
    for alpha in (0.0, 0.5, 1.0):
        for loss in ("sigmoid", "ipo", "sft", "aot"):
            found[f"{loss}, ld_alpha={alpha}"] = ("standard", {**base[loss], "ld_alpha": alpha})
    for loss in sorted(LOSSES.keys() - UNWEIGHTED):
        found[f"{loss}, weighted"] = ("standard", {**base[loss], "use_weighting": True})
    found["discopop, tau=0.5"] = ("standard", {"loss_type": "discopop", "discopop_tau": 0.5})
    mpo = {"loss_type": ("sigmoid", "bco_pair", "sft"), "loss_weights": (0.8, 0.2, 1.0)}
    found["sigmoid + bco_pair + sft, as MPO"] = ("standard", mpo)
    found["sigmoid + sft, weights 1"] = ("standard", {"loss_type": ("sigmoid", "sft")})
    everything = {"ld_alpha": 0.5, "use_weighting": True, "f_divergence_type": "js_divergence"}
    mixture = {"loss_type": ("ipo", "robust", "sigmoid_norm"), "loss_weights": (0.1, 2.0, 1.0)}
    mixture |= {"label_smoothing": 0.1, "beta": 0.3}
    found["ipo + robust + sigmoid_norm, all options"] = ("standard", {**mixture, **everything})
    return found


@pytest.fixture(scope="module", params=list(DATA))
def prepared(request, policy: Path, reference: Path):
    """A trainer with one of the data sets, and the rows that it was given."""
    rows = DATA[request.param]
    return build_trainer(policy, reference, rows=rows, use_weighting=True), rows


CASES = cases()


class TestData:
    """From text to tensors."""

    def test_token_ids(self, prepared) -> None:
        trainer, rows = prepared
        ours = [tokenize(row, trainer.processing_class) for row in rows]
        for name in ("prompt_ids", "chosen_ids", "rejected_ids"):
            assert [row[name] for row in ours] == list(trainer.train_dataset[name])

    @pytest.mark.parametrize("max_length", [None, 1024, 7])
    def test_tensors(self, prepared, max_length) -> None:
        trainer, rows = prepared
        ours = [tokenize(row, trainer.processing_class) for row in rows]
        trainer.data_collator.max_length = max_length
        theirs = trainer.data_collator(list(trainer.train_dataset))
        options = DPOOptions(max_length=max_length)
        batch = collate(ours, trainer.processing_class.pad_token_id, options)
        assert batch.keys() == theirs.keys()
        for name, tensor in batch.items():
            assert torch.equal(tensor, theirs[name]), name

    def test_a_prompt_as_long_as_max_length_is_dropped(self, policy: Path) -> None:
        trainer = build_trainer(policy, rows=STANDARD, max_length=5)
        ours = [tokenize(row, trainer.processing_class) for row in STANDARD]
        kept = [row for row in ours if keep(row, DPOOptions(max_length=5))]
        assert 0 < len(kept) < len(ours)
        assert [row["prompt_ids"] for row in kept] == list(trainer.train_dataset["prompt_ids"])


@pytest.fixture(scope="module")
def trainers(policy: Path, reference: Path) -> dict:
    """One real trainer for each data set; the options of a case are set on it afterwards."""
    build = {"use_weighting": True}
    return {
        name: build_trainer(policy, reference, rows=rows, **build) for name, rows in DATA.items()
    }


@pytest.fixture(scope="module")
def models(policy: Path, reference: Path) -> tuple:
    return load(policy), load(reference)


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def both(request, trainers, models) -> dict:
    """One case on both sides: loss, metrics and gradients, (ours, theirs) each."""
    data, values = request.param
    options, trainer = DPOOptions(**values), trainers[data]
    set_options(trainer, options)
    batch = trainer.data_collator(list(trainer.train_dataset))
    loss, metrics = dpo_loss(*models, batch, options)
    their_loss, their_metrics = trainer_loss(trainer, batch)
    return {
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, their_metrics),
        "gradients": (gradients(models[0], loss), gradients(trainer.model, their_loss)),
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


@pytest.mark.parametrize("loss_type", LOSSES)
def test_a_real_run(loss_type: str, policy: Path, reference: Path) -> None:
    """Three steps of `trainer.train()`, options given to `DPOConfig`: same log, same weights."""
    options = DPOOptions(loss_type=loss_type, label_smoothing=SMOOTHED.get(loss_type, 0.0))
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    trainer = build_trainer(
        policy, reference, loss_type=loss_type, label_smoothing=options.label_smoothing, **sgd
    )
    trainer.train()

    model, frozen = load(policy), load(reference)
    tokens = [tokenize(row, trainer.processing_class) for row in STANDARD]
    batch = collate(tokens, trainer.processing_class.pad_token_id, options)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step in range(3):
        logged = trainer.state.log_history[step]
        ours = train_step(model, frozen, batch, optimizer, options)
        ours["num_tokens"] *= step + 1
        assert ours == pytest.approx({name: logged[name] for name in ours}, rel=1e-3), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
