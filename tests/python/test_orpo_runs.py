"""What ORPO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import pytest

from recorded import Recorded

orpo = Recorded("orpo_training")


def printed() -> dict[str, float]:
    """The column `last` of the table under "Read the log": means over the last twenty steps."""
    text = next(o["text"] for o in orpo.record()["output"] if "held out" in o["text"])
    rows = [line.split() for line in text.splitlines()[1:9]]
    return {name: float(last) for name, _, last, _ in rows}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("loss", 1.25),
        ("nll_loss", 1.22),
        ("log_odds_chosen", 3.1),
        ("log_odds_ratio", -0.35),
        ("rewards/accuracies", 0.90),
        ("logps/chosen", -0.15),
        ("logps/rejected", -1.10),
        ("rewards/chosen", -0.015),
    ],
)
def test_the_healthy_numbers_of_the_metrics_table(name: str, value: float) -> None:
    assert printed()[name] == pytest.approx(value, rel=0.03)


def test_the_other_rewards_follow_from_these() -> None:
    """β = 0.1: rejected -0.110, margin 0.095."""
    last = printed()
    assert 0.1 * last["logps/rejected"] == pytest.approx(-0.110, abs=5e-4)
    margin = 0.1 * (last["logps/chosen"] - last["logps/rejected"])
    assert margin == pytest.approx(0.095, abs=5e-4)


def test_without_the_penalty_more_words_are_answered_in_order_and_d_is_larger() -> None:
    plain, sft = orpo.results(), orpo.results(".sft-only")
    assert sft["ascending_after"] > plain["ascending_after"] + 0.05
    assert sft["neither_after"] < plain["neither_after"]
    assert sft["eval_log_odds_chosen_after"] > plain["eval_log_odds_chosen_after"]
    assert plain["eval_log_odds_chosen_after"] == pytest.approx(3.0, abs=0.1)
    assert sft["eval_log_odds_chosen_after"] == pytest.approx(3.5, abs=0.1)
    high = orpo.results(".bug-beta-too-high")["eval_log_odds_chosen_after"]
    assert high == pytest.approx(2.1, abs=0.1)


def test_sft_alone_makes_the_rejected_answers_likelier_too() -> None:
    series = orpo.series("logps/rejected", ".sft-only")
    assert series[0] == pytest.approx(-3.18, abs=0.01)
    assert sum(series[-5:]) / 5 == pytest.approx(-1.1, abs=0.15)


def test_from_a_fine_tuned_model_it_rests_near_where_the_two_answer_world_says() -> None:
    warm = orpo.results(".warm")
    assert warm["ascending_after"] == pytest.approx(0.77, abs=0.005)
    assert warm["descending_after"] == pytest.approx(0.11, abs=0.005)
    share = warm["ascending_after"] / (warm["ascending_after"] + warm["descending_after"])
    assert share == pytest.approx(0.88, abs=0.005)


def test_from_random_weights_the_descending_answers_are_hardly_learnt() -> None:
    for variant, neither in (("", 0.27), (".sft-only", 0.13)):
        assert orpo.results(variant)["descending_after"] < 0.01
        assert orpo.results(variant)["neither_after"] == pytest.approx(neither, abs=0.005)


def test_without_beta_the_accuracy_is_zero_in_every_step() -> None:
    assert set(orpo.series("rewards/accuracies", ".sft-only")) == {0.0}


def test_the_first_losses() -> None:
    assert orpo.series("loss")[0] == pytest.approx(3.26, abs=0.01)
    assert orpo.series("nll_loss", ".warm")[0] == pytest.approx(3.24, abs=0.01)
    assert orpo.series("nll_loss", ".warm")[0] > orpo.series("nll_loss")[0]


@pytest.mark.parametrize("variant", [".bug-beta-too-high", ".bug-learning-rate", ".bug-swapped"])
def test_the_accuracy_can_not_tell_these_from_the_good_run(variant: str) -> None:
    good, bad = (orpo.results(v)["eval_accuracy_after"] for v in ("", variant))
    assert bad == pytest.approx(good, abs=0.01)


def test_swapped_labels_log_what_good_ones_do() -> None:
    good, bad = orpo.results(), orpo.results(".bug-swapped")
    for name in ("eval_loss_after", "eval_nll_loss_after", "eval_accuracy_after"):
        assert bad[name] == pytest.approx(good[name], abs=0.02)
    assert bad["descending_after"] == pytest.approx(good["ascending_after"], abs=0.05)


def test_the_prompt_counted_in_the_odds_does_not_hurt_the_samples() -> None:
    counted = orpo.results(".bug-prompt-counted")
    assert counted["ascending_after"] > orpo.results()["ascending_after"]
    assert counted["eval_logps_chosen_after"] == pytest.approx(
        -counted["eval_nll_loss_after"], abs=0.01
    )


def test_truncated_the_loss_falls_below_half_of_its_start() -> None:
    loss = orpo.series("loss", ".bug-truncated")
    assert loss[-1] < loss[0] / 2
    assert set(orpo.series("log_odds_chosen", ".bug-truncated")) == {0.0}
