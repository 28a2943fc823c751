"""What GRPO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import pytest

from recorded import Recorded

grpo = Recorded("grpo_training")
GOOD = ("", ".bug-cispo-cap", ".gspo", ".unscaled")
VARIANTS = (*GOOD, ".bug-constant-reward", ".bug-hackable", ".bug-high-rate", ".bug-truncated")


def late(name: str, variant: str = "") -> float:
    """Mean of the last ten recorded values, as the table of the guide takes it."""
    return sum(grpo.series(name, variant)[-10:]) / 10


def test_the_numbers_in_the_metrics_table() -> None:
    expected = {
        "loss": (0, 0.00),
        "grad_norm": (2.1, 1.8),
        "reward": (0.61, 0.98),
        "reward_std": (0.40, 0.10),
        "frac_reward_zero_std": (0, 0.7),
        "completions/mean_length": (6.0, 6.0),
        "completions/clipped_ratio": (0, 0),
        "entropy": (0.20, 0.06),
    }
    for name, (first, last) in expected.items():
        places = max(len(str(x).partition(".")[2]) for x in (first, last))
        found = (round(grpo.series(name)[0], places), round(late(name), places))
        assert found == (pytest.approx(first, abs=1e-9), pytest.approx(last, abs=1e-9)), name
    assert max(grpo.series("clip_ratio/region_mean")) < 0.2


@pytest.mark.parametrize("variant", ["", ".gspo", ".unscaled"])
def test_the_loss_says_nothing_in_a_good_run(variant: str) -> None:
    assert max(abs(loss) for loss in grpo.series("loss", variant)) < 0.06


def test_both_rewards_want_the_same_for_forty_steps() -> None:
    points = dict(grpo.record(".bug-hackable")["series"]["ascending_share"])
    assert points[40] > 0.75 and points[max(points)] < 0.2
    assert late("reward", ".bug-hackable") > 1.5
    assert late("completions/mean_length", ".bug-hackable") > 10
    assert grpo.results(".bug-hackable")["ascending_after"] == 0


def test_a_fifth_of_the_gradient_and_the_same_end() -> None:
    plain, capped = grpo.series("grad_norm")[0], grpo.series("grad_norm", ".bug-cispo-cap")[0]
    assert capped == pytest.approx(plain / 5, rel=1e-3)  # on the policy both are REINFORCE
    after = [grpo.results(v)["ascending_after"] for v in ("", ".bug-cispo-cap")]
    assert after[0] == pytest.approx(after[1], abs=0.03)
    assert grpo.series("cispo_clip_ratio", ".bug-cispo-cap")[0] == pytest.approx(0.52, abs=0.01)


def test_by_sequence_hardly_anything_is_clipped() -> None:
    assert max(grpo.series("clip_ratio/region_mean", ".gspo")) < 0.1
    assert late("clip_ratio/region_mean", ".gspo") < 0.01


@pytest.mark.parametrize("variant", GOOD)
def test_the_good_runs_end_alike(variant: str) -> None:
    assert grpo.results(variant)["ascending_after"] > 0.9
    assert grpo.results(variant)["descending_after"] < 0.02


def test_a_high_rate_is_clipped_and_lost() -> None:
    assert max(grpo.series("clip_ratio/region_mean", ".bug-high-rate")) > 0.25
    assert late("completions/clipped_ratio", ".bug-high-rate") > 0.9
    assert late("reward", ".bug-high-rate") < 0.2


def test_one_finished_answer_owns_the_batch() -> None:
    norms = grpo.series("grad_norm", ".bug-truncated")
    assert norms[0] == 0 and max(norms) > 20
    assert late("completions/clipped_ratio", ".bug-truncated") > 0.95
    assert late("frac_reward_zero_std", ".bug-truncated") < 0.1
    after = grpo.results(".bug-truncated")
    assert after["ascending_after"] < 0.65 and after["neither_after"] > after["neither_before"]
