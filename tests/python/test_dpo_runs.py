"""What DPO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import pytest

from recorded import Recorded

dpo = Recorded("dpo_training")


def test_both_judges_lead_to_the_preferred_order_within_30_steps() -> None:
    for variant in ("", ".bug-over-optimisation"):
        points = dpo.record(variant)["series"]["ascending_share"]
        assert dict(points)[30] > 0.85


def test_then_the_shares_stay_or_are_lost() -> None:
    assert min(dpo.series("ascending_share")[3:]) > 0.85
    assert dpo.results(".bug-over-optimisation")["ascending_after"] < 0.55


def test_ipo_stops_at_its_target_and_keeps_what_was_learnt() -> None:
    """1/2β = 1 nat for each of six tokens, times β = 0.5."""
    assert dpo.results(".ipo")["eval_margin_after"] == pytest.approx(3, abs=0.1)
    assert dpo.results(".ipo")["ascending_after"] > 0.9


def test_accuracies_can_not_tell_the_high_rate_from_the_good_one() -> None:
    good, bad = dpo.results(), dpo.results(".bug-both-fall")
    assert bad["eval_accuracy_after"] == pytest.approx(good["eval_accuracy_after"], abs=0.01)


def test_entropy_and_token_accuracy_give_the_high_rate_away() -> None:
    bad = ".bug-both-fall"
    assert dpo.series("entropy", bad)[-1] > dpo.series("entropy", bad)[0]
    assert dpo.series("entropy")[-1] < dpo.series("entropy")[0]
    assert dpo.series("mean_token_accuracy", bad)[-1] < dpo.series("mean_token_accuracy", bad)[0]


def test_swapped_labels_log_what_good_ones_do() -> None:
    good, bad = dpo.results(), dpo.results(".bug-swapped")
    for name in ("eval_loss_after", "eval_accuracy_after", "eval_margin_after"):
        assert bad[name] == pytest.approx(good[name], abs=0.05)
    assert bad["descending_after"] == pytest.approx(good["ascending_after"], abs=0.05)


def test_a_wrong_reference_ends_as_the_right_one_does() -> None:
    wrong = dpo.results(".bug-wrong-reference")["ascending_after"]
    assert wrong == pytest.approx(dpo.results()["ascending_after"], abs=0.02)
