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
        assert digests(recorded) == recorded, "stale: run `npm run record`"

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


@pytest.mark.parametrize("script", runs.scripts(SCRIPT.parent), ids=lambda script: script.stem)
def test_every_run_of_a_script_is_recorded(script: Path) -> None:
    of_script = [record for record in RECORDS.values() if record["script"] == script.stem]
    assert {record.get("variant", "") for record in of_script} == set(runs.variants(script))
