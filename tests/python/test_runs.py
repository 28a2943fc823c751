"""Recorded runs: the recorder's parts, and the records themselves: complete, fresh, as told."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

import runs
from digest import content_dir, digests

FOLDER = content_dir() / "runs"
SCRIPT = content_dir() / "example-scripts" / "dpo_training.py"
RECORDS = {path.name: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def results(variant: str = "") -> dict[str, float]:
    return RECORDS[f"dpo_training{variant}.json"]["results"]


def series(name: str, variant: str = "") -> list[float]:
    return [value for _, value in RECORDS[f"dpo_training{variant}.json"]["series"][name]]


class TestRecorder:
    def test_thinning_keeps_both_ends_and_six_digits(self) -> None:
        kept = runs.thinned([[step, step / 3] for step in range(1, 1_001)])
        assert len(kept) <= 60
        assert kept[0] == [1, 0.333333] and kept[-1] == [1000, 333.333]

    def test_short_series_stay_whole(self) -> None:
        assert runs.thinned([[0, 0.5], [10, 0.25]]) == [[0, 0.5], [10, 0.25]]

    def test_a_module_without_a_header_is_no_script(self) -> None:
        assert SCRIPT in runs.scripts(SCRIPT.parent, "dpo")
        assert SCRIPT.with_name("lab.py") not in runs.scripts(SCRIPT.parent)
        assert runs.scripts(SCRIPT.parent, "no-such-trainer") == []

    def test_each_bug_and_each_variant_is_a_run(self) -> None:
        found = runs.variants(SCRIPT)
        assert found[""] == ["--tiny"]
        assert found["bug-swapped"] == ["--tiny", "--bug", "swapped"]
        assert found["ipo"] == ["--tiny", "--bug", "over-optimisation", "--loss-type", "ipo"]

    def test_a_series_takes_one_line(self) -> None:
        entry = {"series": {"loss": [[1, 0.5], [2, 0.25]]}, "script": "x"}
        assert json.loads(runs.as_json(entry)) == entry
        assert '  "loss": [[1, 0.5], [2, 0.25]]\n' in runs.as_json(entry)

    def test_a_script_that_fails_writes_nothing(self, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.setenv("CONTENT_DIR", str(tmp_path))
        script = tmp_path / "failing.py"
        header = '# /// script\n# [tool.tutorial]\n# trainers = ["dpo"]\n# ///\n'
        script.write_text(header + 'raise SystemExit("no pairs")\n')
        script.with_name("lab.py").touch()
        with pytest.raises(RuntimeError, match=r"failing.py --tiny failed:\nno pairs"):
            runs.record(script, tmp_path / "runs")
        assert not (tmp_path / "runs").exists()

    def test_a_run_that_is_no_longer_named_loses_its_record(self, tmp_path, monkeypatch) -> None:
        monkeypatch.setenv("CONTENT_DIR", str(tmp_path))
        script = tmp_path / "writing.py"
        header = '# /// script\n# [tool.tutorial]\n# trainers = ["dpo"]\n# ///\n'
        metrics = {"seed": 0, "series": {"loss": [[1, 0.5]]}, "results": {}, "samples": []}
        body = f"from pathlib import Path\nPath(sys.argv[-1]).write_text({json.dumps(metrics)!r})\n"
        script.write_text(f"{header}import sys\n{body}")
        script.with_name("lab.py").touch()
        (tmp_path / "runs").mkdir()
        (tmp_path / "runs" / "writing.bug-mended.json").touch()
        (tmp_path / "runs" / "other.json").touch()
        runs.record(script, tmp_path / "runs")
        names = sorted(path.name for path in (tmp_path / "runs").iterdir())
        assert names == ["other.json", "writing.json"]


@pytest.mark.parametrize("name", RECORDS)
class TestRecords:
    def test_the_record_is_of_these_files(self, name: str) -> None:
        recorded = RECORDS[name]["inputs"]
        assert digests(recorded) == recorded, "stale: run `npm run record -- dpo`"

    def test_it_is_a_run_that_the_script_names(self, name: str) -> None:
        record = RECORDS[name]
        script = SCRIPT.with_name(f"{record['script']}.py")
        assert record["args"] == runs.variants(script)[record.get("variant", "")]
        assert record["trainers"] == runs.tutorial(script)["trainers"]
        assert record["seconds"] > 0 and record["peak_memory_mb"] > 0

    def test_series_are_short_and_in_order(self, name: str) -> None:
        for points in RECORDS[name]["series"].values():
            steps = [step for step, _ in points]
            assert 2 <= len(points) <= 60 and steps == sorted(set(steps))
            assert all(math.isfinite(value) for _, value in points)


def test_every_run_of_the_script_is_recorded() -> None:
    found = {record.get("variant", "") for record in RECORDS.values()}
    assert found >= set(runs.variants(SCRIPT))


class TestWhatThePageSays:
    """Numbers and comparisons in the script's prose that its own asserts do not cover."""

    def test_both_judges_lead_to_the_preferred_order_within_30_steps(self) -> None:
        for variant in ("", ".bug-over-optimisation"):
            points = RECORDS[f"dpo_training{variant}.json"]["series"]["ascending_share"]
            assert dict(points)[30] > 0.85

    def test_then_the_shares_stay_or_are_lost(self) -> None:
        assert min(series("ascending_share")[3:]) > 0.85
        assert results(".bug-over-optimisation")["ascending_after"] < 0.55

    def test_ipo_stops_at_its_target_and_keeps_what_was_learnt(self) -> None:
        """1/2β = 1 nat for each of six tokens, times β = 0.5."""
        assert results(".ipo")["eval_margin_after"] == pytest.approx(3, abs=0.1)
        assert results(".ipo")["ascending_after"] > 0.9

    def test_accuracies_can_not_tell_the_high_rate_from_the_good_one(self) -> None:
        good, bad = results(), results(".bug-both-fall")
        assert bad["eval_accuracy_after"] == pytest.approx(good["eval_accuracy_after"], abs=0.01)

    def test_entropy_and_token_accuracy_give_the_high_rate_away(self) -> None:
        bad = ".bug-both-fall"
        assert series("entropy", bad)[-1] > series("entropy", bad)[0]
        assert series("entropy")[-1] < series("entropy")[0]
        assert series("mean_token_accuracy", bad)[-1] < series("mean_token_accuracy", bad)[0]

    def test_swapped_labels_log_what_good_ones_do(self) -> None:
        good, bad = results(), results(".bug-swapped")
        for name in ("eval_loss_after", "eval_accuracy_after", "eval_margin_after"):
            assert bad[name] == pytest.approx(good[name], abs=0.05)
        assert bad["descending_after"] == pytest.approx(good["ascending_after"], abs=0.05)

    def test_a_wrong_reference_ends_as_the_right_one_does(self) -> None:
        wrong = results(".bug-wrong-reference")["ascending_after"]
        assert wrong == pytest.approx(results()["ascending_after"], abs=0.02)
