"""What Reward's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import math

import pytest

from recorded import Recorded

reward = Recorded("reward_training")


def test_the_numbers_of_the_metric_table() -> None:
    """First step and mean of the last twenty, as the script printed them."""
    text = "".join(cell["text"] for cell in reward.record()["output"])
    table = {
        line.split()[0]: line.split()[1:] for line in text.splitlines() if len(line.split()) == 3
    }
    assert table["loss"] == ["0.692", "0.389"]
    assert table["accuracy"] == ["0.475", "0.896"]
    assert [round(float(v), 2) for v in table["margin"]] == [0.0, 1.53]
    assert [round(float(v), 2) for v in table["mean_reward"]] == [-0.17, -0.63]
    assert round(float(table["min_reward"][1]), 1) == -2.2
    assert round(float(table["max_reward"][1]), 1) == 1.6


def test_the_picks_are_good_within_fifty_steps_and_random_before() -> None:
    points = dict(reward.record()["series"]["ascending_share"])
    assert points[0] < 0.6 < 0.85 < points[50]


def test_best_of_four_nearly_reaches_what_the_samples_hold() -> None:
    found = reward.results()
    assert found["ascending_before"] == pytest.approx(0.49, abs=0.005)
    assert found["ascending_after"] == pytest.approx(0.87, abs=0.005)
    assert found["ascending_possible"] == pytest.approx(0.89, abs=0.005)


def test_foreign_letters_are_rare_before_and_after() -> None:
    assert reward.results()["foreign_before"] < 0.05
    assert reward.results()["foreign_after"] < 0.05


def test_less_sure_than_right_and_surer_than_right() -> None:
    good, bad = reward.results(), reward.results(".bug-memorised")
    assert good["mean_agreement"] - good["mean_confidence"] == pytest.approx(0.05, abs=0.005)
    assert bad["mean_confidence"] - bad["mean_agreement"] == pytest.approx(0.06, abs=0.005)


def test_memory_is_below_the_entropy_of_the_judge() -> None:
    entropy = -0.9 * math.log(0.9) - 0.1 * math.log(0.1)
    assert max(reward.series("loss", ".bug-memorised")[-5:]) < entropy
    assert min(reward.series("loss")[-5:]) > entropy - 0.15
    assert reward.results(".bug-memorised")["eval_neighbours_loss_after"] > 0.6


def test_one_kind_of_pair_has_the_better_loss_and_the_blind_score() -> None:
    narrow, plain = ".bug-descending-only", reward.series("loss")[-5:]
    assert sum(reward.series("loss", narrow)[-5:]) < sum(plain)
    assert reward.results(narrow)["neighbours_true_accuracy"] < 0.7
    assert reward.results()["neighbours_true_accuracy"] > 0.95


def test_centring_moves_the_mean_and_keeps_the_rest() -> None:
    centred, plain = reward.results(".centred"), reward.results()
    mean = [sum(reward.series("mean_reward", v)[-10:]) / 10 for v in ("", ".centred")]
    assert abs(mean[1]) < 0.15 < abs(mean[0])
    for kind in ("reversed", "neighbours"):
        name = f"eval_{kind}_accuracy_after"
        assert centred[name] == pytest.approx(plain[name], abs=0.015)


def test_padding_with_the_end_token_shows_in_no_metric() -> None:
    good, bad = reward.results(), reward.results(".bug-pad-is-end")
    for name in ("eval_reversed_accuracy_after", "eval_neighbours_accuracy_after"):
        assert bad[name] == pytest.approx(good[name], abs=0.02)
    assert bad["finished_minus_cut"] < 1e-5 < 0.1 < good["finished_minus_cut"]


def test_reloads_without_a_head_rank_between_badly_and_well() -> None:
    found = reward.results(".bug-lora-without-head")
    assert found["reloaded_worst"] < 0.35
    assert found["reloaded_best"] > 0.7
