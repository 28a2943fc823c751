"""What KTO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import pytest

from recorded import Recorded

kto, dpo = Recorded("kto_training"), Recorded("dpo_training")
BUGS = ("swapped", "imbalance", "only-undesirable", "wrong-reference", "too-fast")


def share(name: str, step: int, variant: str = "") -> float:
    return dict(kto.record(variant)["series"][f"{name}_share"])[step]


def last(name: str, variant: str = "") -> float:
    """Mean over the last points of a series, which cover about twenty steps."""
    values = kto.series(name, variant)[-7:]
    return sum(values) / len(values)


def test_the_unwanted_order_is_gone_within_60_steps_and_the_price_is_paid_early() -> None:
    assert share("descending", 60) == 0
    assert share("neither", 60) > 1.3 * share("neither", 120)


def test_it_ends_where_dpo_does() -> None:
    for name in ("ascending_after", "neither_after", "win_rate"):
        assert kto.results()[name] == pytest.approx(dpo.results()[name], abs=0.05)


def printed(name: str) -> float:
    """The middle column of the table that the script prints: the mean of the last twenty steps."""
    lines = "".join(cell["text"] for cell in kto.record()["output"]).splitlines()
    (row,) = [
        line.split() for line in lines if line.split()[:1] == [name] and len(line.split()) == 4
    ]
    return float(row[2])


def test_numbers_of_the_metrics_table() -> None:
    expected = {"loss": 0.28, "rewards/chosen": -0.44, "rewards/rejected": -5.8, "entropy": 0.19}
    for name, value in (expected | {"kl": 0.03, "rewards/margins": 5.4}).items():
        assert printed(name) == pytest.approx(value, abs=0.05 if abs(value) > 1 else 0.005)
    assert last("entropy", ".bug-only-undesirable") == pytest.approx(0.31, abs=0.02)


def test_the_reference_point_is_zero_at_almost_every_step() -> None:
    points = kto.series("kl")
    assert sum(point == 0 for point in points) > 0.8 * len(points)


def test_the_kl_and_what_the_trainer_estimates_it_from() -> None:
    results = kto.results()
    assert results["kl_sampled"] == pytest.approx(0.99, abs=0.01)
    assert results["kl_mismatched"] == pytest.approx(-1.57, abs=0.01)


def test_weights_lift_the_wanted_order() -> None:
    without, weighted = kto.results(".bug-imbalance"), kto.results(".imbalance-weighted")
    assert without["ascending_after"] == pytest.approx(0.72, abs=0.01)
    assert weighted["ascending_after"] == pytest.approx(0.87, abs=0.01)
    assert without["neither_worst"] == pytest.approx(0.6, abs=0.05)
    assert without["neither_worst"] > 2 * weighted["neither_worst"]


def test_an_untrained_reference_starts_at_half_and_ends_with_a_lower_loss() -> None:
    wrong = ".bug-wrong-reference"
    assert kto.series("loss", wrong)[0] == pytest.approx(0.5, abs=1e-3)
    assert kto.series("rewards/chosen", wrong)[0] / 0.5 == pytest.approx(18.4, abs=0.1)
    assert last("loss", wrong) < last("loss")
    assert kto.results(wrong)["ascending_after"] < 0.15
    assert dpo.results(".bug-wrong-reference")["ascending_after"] > 0.8


def test_the_rate_at_which_dpo_loses_its_answers_is_a_third_of_that_of_too_fast() -> None:
    rate, dpo_rate = (
        max(record.series("learning_rate", variant))
        for record, variant in ((kto, ".bug-too-fast"), (dpo, ".bug-both-fall"))
    )
    assert rate == pytest.approx(3e-3, rel=0.02) and dpo_rate == pytest.approx(1e-3, rel=0.02)
    assert dpo.results(".bug-both-fall")["ascending_after"] < 0.1
    assert kto.results(".bug-too-fast")["ascending_after"] > 0.7
    assert max(kto.series("kl", ".bug-too-fast")) > 1


def test_only_one_bug_moves_the_reference_point() -> None:
    high = {bug for bug in BUGS if max(kto.series("kl", f".bug-{bug}")) > 1}
    assert high == {"too-fast"}


def test_unlearning_shows_in_the_entropy() -> None:
    for bug in ("imbalance", "only-undesirable", "wrong-reference", "too-fast"):
        assert last("entropy", f".bug-{bug}") > 1.3 * last("entropy")


def test_pairs_as_the_trainer_splits_them_never_log_a_margin() -> None:
    assert "rewards/margins" not in kto.record(".pairs")["series"] or not [
        step for step, _ in kto.record(".pairs")["series"]["rewards/margins"] if step < 31
    ]
