"""What CPO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import math

import pytest

from recorded import Recorded

cpo = Recorded("cpo_training")
dpo = Recorded("dpo_training")
SIMPO, ANCHORED = ".simpo", ".anchored"
NO_ANCHOR, SMALL, SWAPPED, EMPTY = (
    f".bug-{name}" for name in ("no-anchor", "small-beta", "swapped", "empty")
)


def end(name: str, variant: str = "") -> float:
    """The mean of the last five recorded values, as the guide's table shows it."""
    return sum(cpo.series(name, variant)[-5:]) / 5


def test_the_healthy_numbers_of_the_metric_table() -> None:
    for variant, name, first, last in (
        ("", "loss", 0.87, 0.49),
        (SIMPO, "loss", 1.01, 0.55),
        ("", "nll_loss", 0.14, 0.10),
        ("", "rewards/chosen", -0.43, -0.31),
        (SIMPO, "rewards/chosen", -0.43, -0.47),
        ("", "rewards/rejected", -0.40, -1.8),
        (SIMPO, "rewards/rejected", -0.40, -2.5),
        ("", "rewards/margins", 0.0, 1.5),
        (SIMPO, "rewards/margins", 0.0, 2.1),
        ("", "logps/chosen", -0.86, -0.61),
        (SIMPO, "logps/chosen", -0.14, -0.16),
        ("", "logps/rejected", -0.8, -3.7),
        (SIMPO, "logps/rejected", -0.13, -0.84),
    ):
        assert cpo.series(name, variant)[0] == pytest.approx(first, abs=0.05), (variant, name)
        assert end(name, variant) == pytest.approx(last, abs=0.05), (variant, name)
    assert set(cpo.series("nll_loss", SIMPO)) == {0.0}
    assert cpo.results()["eval_accuracy_after"] == pytest.approx(0.9, abs=0.005)
    assert cpo.series("rewards/accuracies")[0] == 0.5


def test_the_bad_numbers_of_the_metric_table() -> None:
    assert end("loss", NO_ANCHOR) == pytest.approx(0.001, abs=5e-4)
    chosen = cpo.record(NO_ANCHOR)["series"]["rewards/chosen"]
    assert max(chosen, key=lambda point: point[1]) == [25, pytest.approx(-0.06, abs=0.005)]
    assert end("rewards/chosen", NO_ANCHOR) == pytest.approx(-0.68, abs=0.005)
    assert end("rewards/rejected", NO_ANCHOR) == pytest.approx(-10, abs=0.2)
    assert end("rewards/margins", NO_ANCHOR) == pytest.approx(9.5, abs=0.05)
    assert end("rewards/margins", SMALL) == pytest.approx(0.46, abs=0.005)
    assert end("logps/chosen", NO_ANCHOR) == pytest.approx(-1.36, abs=0.005)
    assert max(cpo.series("logps/chosen", NO_ANCHOR)) == pytest.approx(-0.12, abs=0.005)
    assert end("logps/chosen", SMALL) == pytest.approx(-1.06, abs=0.005)
    assert end("logps/rejected", SMALL) == pytest.approx(-5.7, abs=0.05)


def test_cpo_simpo_and_dpo_on_the_same_pairs() -> None:
    shares = [run.results(v)["ascending_after"] for run, v in ((cpo, ""), (cpo, SIMPO), (dpo, ""))]
    assert shares == pytest.approx([0.92, 0.88, 0.88], abs=0.006)
    assert cpo.results()["kl_to_start"] == pytest.approx(0.72, abs=0.005)
    assert cpo.results(SIMPO)["kl_to_start"] == pytest.approx(1.16, abs=0.006)


def test_simpo_stops_where_the_quadratic_says() -> None:
    g, c = math.exp(-0.5), 9
    root = math.log(((c - 1) + math.sqrt((c - 1) ** 2 + 4 * c * g * g)) / (2 * g))
    assert 0.8 * root == pytest.approx(2.10, abs=0.005)
    assert end("rewards/margins", SIMPO) == pytest.approx(0.8 * root, abs=0.1)


def test_the_anchor_is_all_that_differs() -> None:
    with_it, without = cpo.results(ANCHORED), cpo.results(NO_ANCHOR)
    assert with_it["ascending_after"] > 0.9 > 0.5 > without["ascending_after"]
    assert without["eval_loss_after"] < with_it["eval_loss_after"] < 0.05
    assert end("logps/chosen", ANCHORED) == pytest.approx(-0.08, abs=0.006)
    assert with_it["kl_to_start"] < 1 < 4 < without["kl_to_start"]
    first = [cpo.series("rewards/margins", v)[0] for v in (ANCHORED, NO_ANCHOR)]
    assert first[0] == first[1]


def test_a_small_beta_makes_a_small_gradient_and_a_far_target() -> None:
    ratio = cpo.series("grad_norm", SIMPO)[0] / cpo.series("grad_norm", SMALL)[0]
    assert ratio == pytest.approx(30, abs=2)
    nats = end("logps/chosen", SMALL) - end("logps/rejected", SMALL)
    assert nats == pytest.approx(4.6, abs=0.05)
    drifts = {v: cpo.results(v)["kl_to_start"] for v in ("", SIMPO, ANCHORED, NO_ANCHOR, SMALL)}
    assert max(drifts, key=drifts.__getitem__) == SMALL


def test_swapped_labels_leave_no_trace() -> None:
    for name, good in cpo.record()["series"].items():
        if not name.endswith("_share") and name != "grad_norm":
            bad = cpo.series(name, SWAPPED)
            assert sum(bad[-5:]) / 5 == pytest.approx(sum(y for _, y in good[-5:]) / 5, abs=0.1)
    assert cpo.results(SWAPPED)["descending_after"] > 0.9


def test_an_empty_answer_logs_a_loss_of_zero_and_no_number_elsewhere() -> None:
    assert set(cpo.series("loss", EMPTY)) == {0.0}
    assert not {"grad_norm", "rewards/chosen", "logps/chosen"} & cpo.record(EMPTY)["series"].keys()
    assert cpo.results(EMPTY)["neither_after"] == 1.0


def test_the_registry_shows_the_first_loss() -> None:
    import yaml

    from digest import content_dir

    record = yaml.safe_load((content_dir() / "trainers" / "cpo.yaml").read_text("utf-8"))
    assert record["reference"]["first_loss_recorded"] == cpo.series("loss")[0]
