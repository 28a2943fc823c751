"""What RLOO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import pytest

from recorded import Recorded

rloo = Recorded("rloo_training")
VARIANTS = ("", ".bug-no-kl", ".bug-high-rate", ".bug-small-batch", ".function", ".default-beta")


def ten(name: str, variant: str = "", last: bool = True) -> float:
    """The mean of a series over its first or last ten steps."""
    values = rloo.series(name, variant)
    return sum(values[-10:] if last else values[:10]) / 10


def test_for_ten_steps_the_penalty_makes_no_difference() -> None:
    good, bad = (dict(rloo.record(v)["series"]["ascending_share"]) for v in ("", ".bug-no-kl"))
    assert bad[10] == pytest.approx(good[10], abs=0.05)


def test_without_it_the_reward_is_better_and_the_answers_are_worse() -> None:
    bad = ".bug-no-kl"
    assert rloo.results(bad)["score_after"] > rloo.results()["score_after"] + 0.2
    assert ten("reward", bad) > ten("reward") + 0.2
    assert rloo.results(bad)["neither_after"] > 0.8
    assert "kl" not in rloo.record(bad)["series"]
    assert ten("entropy", bad) > 1.5 * ten("entropy", bad, last=False)
    assert ten("entropy") < ten("entropy", last=False)


def test_the_default_beta_finds_the_hole_later() -> None:
    shares = [rloo.results(v)["neither_after"] for v in ("", ".default-beta", ".bug-no-kl")]
    assert shares[0] < 0.1 < 0.2 < shares[1] < shares[2]


def test_the_truth_as_the_reward_has_no_hole() -> None:
    assert rloo.results(".function")["neither_after"] < 0.08
    assert rloo.results(".function")["ascending_after"] > 0.9


def test_the_high_rate_earns_more_and_is_told_by_its_kl() -> None:
    bad = ".bug-high-rate"
    assert ten("reward", bad) > ten("reward")
    assert ten("kl", bad) > 5 * ten("kl") and ten("grad_norm", bad) > 3 * ten("grad_norm")
    assert rloo.results(bad)["neither_after"] > 0.5


def test_a_small_batch_has_groups_with_spread_or_none() -> None:
    assert set(rloo.series("frac_reward_zero_std", ".bug-small-batch")) == {0.0, 1.0}


def test_equal_rewards_teach_nothing() -> None:
    results = rloo.results(".bug-no-variance")
    assert results["ascending_after"] == pytest.approx(results["ascending_before"], abs=0.05)
    assert set(rloo.series("reward_std", ".bug-no-variance")) == {0.0}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_loss_is_zero_in_every_line(variant: str) -> None:
    assert max(map(abs, rloo.series("loss", variant))) < 1e-5


def test_half_of_the_answers_ascend_before() -> None:
    before = rloo.results()
    assert before["ascending_before"] == pytest.approx(0.49, abs=0.02)
    assert before["neither_before"] == pytest.approx(0.06, abs=0.005)
