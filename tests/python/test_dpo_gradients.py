"""What the pages say of each loss: its first value, worked pairs, and where its gradient points.

First values and worked pairs are proved on the real `DPOTrainer`; derivatives on the distilled
losses, which `test_distilled_dpo.py` proves equal to it. z = β times the margin.
Longer than 250 lines because each of the 15 losses has its numbers and its derivative here.
"""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch

from comparing import gradients, load
from distilled.dpo import LOSSES, DPOOptions, Pairs, pair_loss
from tiny_dpo import STANDARD, build_trainer, set_options, trainer_loss

pytestmark = pytest.mark.verifies(
    "dpo/losses",
    kind="equality",
    title="First losses, worked pairs and gradients of the DPO losses",
    trainers=["dpo"],
    entry=None,
    inputs=[
        "content/distilled/dpo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_dpo.py",
    ],
)

BETA = 0.1
# Options as on the pages: β = 0.1, ε = 1e-3 for EXO and 0.1 for Robust DPO.
SMOOTHING = {"exo_pair": 1e-3, "robust": 0.1}
# loss type: (policy = reference; log-ratios +2 and -3; -5 and -15), lengths 100 and 50 tokens
VALUES = {
    "sigmoid": (0.6931, 0.4741, 0.3133),
    "hinge": (1.0, 0.5, 0.0),
    "ipo": (25.0, 24.2064, 22.5625),
    "exo_pair": (2.7612, 1.9457, 1.2763),
    "nca_pair": (1.3863, 1.2744, 1.3118),
    "robust": (0.6931, 0.4116, 0.1883),
    "bco_pair": (1.3863, 1.1525, 1.1755),
    "sppo_hard": (50.0, 13.0, 200.0),
    "aot": (0.6931, 0.4741, 0.3133),
    "aot_unpaired": (0.6931, 0.4741, 0.3133),
    "apo_zero": (1.0, 0.8757, 0.8049),
    "apo_down": (1.0, 0.9274, 0.6465),
    "discopop": (0.8466, 0.6065, 0.3679),
    "sigmoid_norm": (0.6931, 0.6892, 0.6807),
}
LOG_RATIOS = ((0.0, 0.0), (2.0, -3.0), (-5.0, -15.0))


def options(loss_type: str, **values) -> DPOOptions:
    return DPOOptions(loss_type=loss_type, label_smoothing=SMOOTHING.get(loss_type, 0.0), **values)


@pytest.fixture(scope="module")
def trainer(policy: Path, reference: Path):
    return build_trainer(policy, reference)


def one_pair(trainer, log_ratios: tuple[float, float]) -> dict[str, torch.Tensor]:
    """A batch of one pair, 100 and 50 tokens long, on which the policy has these log-ratios."""
    torch.manual_seed(0)
    chosen, rejected = torch.randint(5, 200, (2, 102)).unbind()
    batch = {
        "input_ids": torch.stack([chosen, rejected.index_fill(0, torch.arange(52, 102), 0)]),
        "attention_mask": torch.stack([torch.ones(102), (torch.arange(102) < 52)]).long(),
    }
    position = torch.arange(102).expand(2, -1)
    batch["completion_mask"] = ((position >= 2) & (batch["attention_mask"] == 1)).long()
    trainer.precompute_ref_logps = True  # the reference's log-probs then come from the batch
    batch |= {"ref_chosen_logps": torch.zeros(1), "ref_rejected_logps": torch.zeros(1)}
    _, metrics = trainer_loss(trainer, batch)
    for i, side in enumerate(("chosen", "rejected")):
        batch[f"ref_{side}_logps"] = torch.tensor([metrics[f"logps/{side}"] - log_ratios[i]])
    return batch


class TestValues:
    @pytest.mark.parametrize("pair", range(3), ids=["policy=reference", "+2/-3", "-5/-15"])
    @pytest.mark.parametrize("loss_type", VALUES)
    def test_of_the_trainer(self, trainer, loss_type: str, pair: int) -> None:
        set_options(trainer, options(loss_type))
        loss, _ = trainer_loss(trainer, one_pair(trainer, LOG_RATIOS[pair]))
        assert loss.item() == pytest.approx(VALUES[loss_type][pair], abs=2e-3, rel=1e-4)

    @pytest.mark.parametrize("pair", range(3), ids=["policy=reference", "+2/-3", "-5/-15"])
    @pytest.mark.parametrize("loss_type", VALUES)
    def test_of_pair_loss(self, loss_type: str, pair: int) -> None:
        sides = [torch.tensor([side]) for side in LOG_RATIOS[pair]]
        loss = pair_loss(loss_type, *sides, options(loss_type), lengths=(100, 50))
        assert loss.item() == pytest.approx(VALUES[loss_type][pair], abs=5.1e-5)

    @pytest.mark.parametrize("loss_type", LOSSES)
    def test_first_step_of_a_run(self, policy: Path, loss_type: str) -> None:
        """No reference given: the first logged loss is the fingerprint, rewards are zero."""
        smoothing = SMOOTHING.get(loss_type, 0.0)
        trainer = build_trainer(policy, loss_type=loss_type, label_smoothing=smoothing, max_steps=1)
        trainer.train()
        first = trainer.state.log_history[0]
        if loss_type == "sft":
            batch = trainer.data_collator(list(trainer.train_dataset))
            chosen = {name: tensor[: len(STANDARD)] for name, tensor in batch.items()}
            labels = chosen["input_ids"].masked_fill(chosen.pop("completion_mask") == 0, -100)
            expected = load(policy)(**chosen, labels=labels).loss.item()
        else:
            expected = VALUES[loss_type][0]
        assert first["loss"] == pytest.approx(expected, rel=1e-4)
        zeros = ("rewards/chosen", "rewards/rejected", "rewards/margins", "rewards/accuracies")
        assert [first[name] for name in zeros] == pytest.approx([0.0] * 4, abs=1e-6)

    def test_label_smoothing_changes_these_first_losses_and_no_other(self) -> None:
        zero = torch.zeros(1)
        found = {
            name: pair_loss(name, zero, zero, DPOOptions(label_smoothing=0.1)).item()
            for name in VALUES
        }
        changed = {n for n, v in found.items() if v != pytest.approx(VALUES[n][0], abs=1e-4)}
        assert changed == {"exo_pair"}
        assert found["exo_pair"] == pytest.approx(-0.5 * math.log(4 * 0.1 * 0.9))


def s(z: float) -> float:
    """σ(z)"""
    return 1 / (1 + math.exp(-z))


def d(z: float) -> float:
    """σ'(z)"""
    return s(z) * s(-z)


def disco(z: float, tau: float = 0.05) -> float:
    """Derivative of the DiscoPOP loss by z = βΔ."""
    gate, slope = s(z / tau), d(z / tau) / tau
    return -(1 - gate) * s(-z) - gate * math.exp(-z) + slope * (math.exp(-z) + math.log(s(z)))


def by_margin(slope):
    """Derivatives by both log-ratios of a loss of the margin alone, from its derivative by z."""
    return lambda w, l: (BETA * slope(BETA * (w - l)), -BETA * slope(BETA * (w - l)))


def by_mean_margin(slope):
    """The same for a loss of the margin per token; 4 chosen and 2 rejected tokens."""
    return lambda w, l: (slope(w / 4 - l / 2) / 4, -slope(w / 4 - l / 2) / 2)


B, EPS, EXO = BETA, 0.1, 1e-3
LOGISTIC = by_margin(lambda z: -s(-z))
# (dL/dℓ_w, dL/dℓ_l) in closed form
DERIVATIVES = {
    "sigmoid": LOGISTIC,
    "aot": LOGISTIC,  # of one pair: nothing to sort
    "aot_unpaired": LOGISTIC,
    "hinge": by_margin(lambda z: -float(z < 1)),
    "robust": by_margin(lambda z: -((1 - EPS) * s(-z) + EPS * s(z)) / (1 - 2 * EPS)),
    "exo_pair": by_margin(lambda z: d(z) * (z - math.log((1 - EXO) / EXO))),
    "discopop": by_margin(disco),
    "ipo": by_mean_margin(lambda m: 2 * (m - 1 / (2 * B))),
    "sigmoid_norm": by_mean_margin(lambda m: -B * s(-B * m)),
    "nca_pair": lambda w, l: (-B * s(-B * w) + B / 2 * s(B * w), B / 2 * s(B * l)),
    "bco_pair": lambda w, l: (-B * s(-B * w), B * s(B * l)),
    "sppo_hard": lambda w, l: (2 * (w - 1 / (2 * B)), 2 * (l + 1 / (2 * B))),
    "apo_zero": lambda w, l: (-B * d(B * w), B * d(B * l)),
    "apo_down": lambda w, l: (B * d(B * w) - B * d(B * (w - l)), B * d(B * (w - l))),
    "sft": lambda w, l: (-1 / 4, 0.0),
}


def derivatives(loss_type: str, w: float, l: float) -> tuple[float, float]:
    """(dL/dℓ_w, dL/dℓ_l) by autograd: negative means that a step of descent raises it."""
    sides = [torch.tensor([x], dtype=torch.float64, requires_grad=True) for x in (w, l)]
    pair_loss(loss_type, *sides, options(loss_type), lengths=(4, 2)).sum().backward()
    return tuple(0.0 if side.grad is None else side.grad.item() for side in sides)


class TestDerivatives:
    @pytest.mark.parametrize("w, l", [(0.0, 0.0), (2.0, -3.0), (-5.0, -15.0), (-9.0, 4.0)])
    @pytest.mark.parametrize("loss_type", DERIVATIVES)
    def test_closed_form(self, loss_type: str, w: float, l: float) -> None:
        assert derivatives(loss_type, w, l) == pytest.approx(
            DERIVATIVES[loss_type](w, l), rel=1e-6, abs=1e-9
        )

    def test_every_loss_has_one(self) -> None:
        assert DERIVATIVES.keys() == LOSSES.keys()

    def test_where_they_push_when_policy_and_reference_agree(self) -> None:
        """Only discopop pushes the wrong way; apo_down leaves chosen, sft rejected alone."""
        chosen = {name: derivatives(name, 0.0, 0.0)[0] for name in LOSSES}
        rejected = {name: derivatives(name, 0.0, 0.0)[1] for name in LOSSES}
        assert {n for n, g in chosen.items() if g > 0} == {"discopop"}
        assert {n for n, g in chosen.items() if g == 0} == {"apo_down"}
        assert {n for n, g in rejected.items() if g < 0} == {"discopop"}
        assert {n for n, g in rejected.items() if g == 0} == {"sft"}

    def test_discopop_lowers_the_margin_at_the_start(self) -> None:
        """Its derivative by z at 0 is (1 - ln 2) / 4τ - 3/4 = 0.784."""
        at_zero = derivatives("discopop", 0.0, 0.0)[0] / BETA
        assert at_zero == pytest.approx((1 - math.log(2)) / (4 * 0.05) - 0.75)
        assert at_zero == pytest.approx(0.7843, abs=1e-4)

    def test_discopop_settles_at_a_negative_margin_in_a_real_run(self, policy: Path) -> None:
        """The loss has a valley at βΔ = -0.1185, 0.786 deep, and the start slides into it."""
        valley = torch.tensor([-0.1185 / BETA])
        bottom = pair_loss("discopop", valley, torch.zeros(1)).item()
        assert bottom == pytest.approx(0.7859, abs=1e-4)
        assert derivatives("discopop", valley.item(), 0.0)[0] == pytest.approx(0.0, abs=1e-3)

        sgd = {"optim": "sgd", "learning_rate": 0.02, "lr_scheduler_type": "constant"}
        trainer = build_trainer(policy, loss_type="discopop", max_steps=40, **sgd)
        trainer.train()
        last = trainer.state.log_history[39]
        assert last["rewards/margins"] == pytest.approx(-0.1185, abs=0.03)
        assert last["loss"] == pytest.approx(bottom, abs=0.01)

    def test_who_stops_pushing_a_pair_that_is_far_right(self) -> None:
        """At log-ratios ±200: who has stopped, and who pulls the chosen one down again."""
        found = {name: derivatives(name, 200.0, -200.0)[0] for name in LOSSES}
        assert {n for n, g in found.items() if abs(g) > 1e-6 and g > 0} == {
            "ipo",  # beyond the margin 1/2β per token
            "nca_pair",  # beyond βℓ_w = ln 2
            "sppo_hard",  # beyond ℓ_w = 1/2β
        }
        assert {n for n, g in found.items() if g < -1e-6} == {"robust", "sft"}

    def test_nca_turns_at_log_two(self) -> None:
        turn = math.log(2) / BETA
        assert (
            derivatives("nca_pair", turn - 0.1, 0.0)[0]
            < 0
            < derivatives("nca_pair", turn + 0.1, 0)[0]
        )

    def test_exo_turns_where_the_policy_is_as_sure_as_the_label(self) -> None:
        turn = math.log((1 - EXO) / EXO) / BETA  # βΔ = 6.907
        assert (
            derivatives("exo_pair", turn - 0.1, 0.0)[0]
            < 0
            < derivatives("exo_pair", turn + 0.1, 0)[0]
        )

    def test_robust_has_no_minimum(self) -> None:
        """For ε = 0.1 its slope by z goes to -ε/(1-2ε) = -0.125, so the loss has no floor."""
        assert derivatives("robust", 400.0, 0.0)[0] == pytest.approx(-BETA * 0.125)
        sides = torch.tensor([4000.0]), torch.tensor([0.0])
        assert pair_loss("robust", *sides, options("robust")).item() < -40

    def test_a_wrong_pair_pulls_boundedly_in_sigmoid(self) -> None:
        assert derivatives("sigmoid", -1e4, 1e4)[0] == pytest.approx(-BETA)

    def test_apo_down_lowers_chosen_only_once_the_margin_exceeds_its_log_ratio(self) -> None:
        assert derivatives("apo_down", 0.0, -3.0)[0] > 0
        assert derivatives("apo_down", 3.0, 3.0)[0] < 0

    @pytest.mark.parametrize("beta", [1e-3, 1e-2, 0.1, 1.0, 10.0])
    def test_the_gradient_of_sigmoid_at_the_start_is_half_beta(self, trainer, beta: float) -> None:
        """In the real trainer: half β times the difference of the two log-likelihood gradients."""
        set_options(trainer, DPOOptions(beta=beta))
        batch = one_pair(trainer, (0.0, 0.0))
        theirs = gradients(trainer.model, trainer_loss(trainer, batch)[0])
        model = trainer.model
        labels = batch["input_ids"].masked_fill(batch["completion_mask"] == 0, -100)
        inputs = {name: batch[name] for name in ("input_ids", "attention_mask")}
        chosen, rejected = model(**inputs, labels=labels, fused_lm_head=True).log_probs.sum(dim=1)
        plain = gradients(model, rejected - chosen)
        for name, gradient in theirs.items():
            torch.testing.assert_close(
                gradient, beta / 2 * plain[name], rtol=1e-3, atol=beta * 1e-4
            )


class TestSorting:
    """AOT compares distributions: which pair a log-ratio belongs to does not matter."""

    chosen, rejected = torch.tensor([3.0, -1.0, 5.0]), torch.tensor([0.5, -2.0, 1.0])
    moved = rejected[[2, 0, 1]]

    def test_unpaired_forgets_the_pairs(self) -> None:
        loss = pair_loss("aot_unpaired", self.chosen, self.rejected).mean()
        assert pair_loss("aot_unpaired", self.chosen, self.moved).mean() == loss
        assert pair_loss("sigmoid", self.chosen, self.moved).mean() != loss

    def test_paired_forgets_which_reference_margin_was_whose(self) -> None:
        reference = torch.tensor([1.0, 0.0, -4.0])

        def loss(name: str, ref: torch.Tensor) -> float:
            zero, one = torch.zeros(3), torch.ones(3)
            scores = (self.chosen - ref, self.rejected)
            pairs = Pairs(self.chosen, self.rejected, ref, zero, one, one, zero.sum(), *scores)
            return LOSSES[name](pairs, DPOOptions()).mean().item()

        assert loss("aot", reference) == pytest.approx(loss("aot", reference.flip(0)))
        assert loss("sigmoid", reference) != pytest.approx(loss("sigmoid", reference.flip(0)))
