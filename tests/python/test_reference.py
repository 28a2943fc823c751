"""What the quick reference says of each trainer: its minimal script trains, its first loss is that
of the recorded run."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import pytest
import yaml

from digest import content_dir
from minimal_scripts import records, run_minimal

NEWEST = records(importlib.metadata.version("trl"))
ALL = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((content_dir() / "trainers").glob("*.yaml"))
}
DOCUMENTED = sorted(path.stem for path in (content_dir() / "annotated-trainers").glob("*.mdx"))


@pytest.mark.parametrize("slug", NEWEST)
def test_the_minimal_script_trains(slug: str, tmp_path: Path, monkeypatch) -> None:
    trainer = run_minimal(NEWEST[slug], tmp_path, monkeypatch)["trainer"]
    assert trainer.state.global_step == 2


@pytest.mark.parametrize("slug", DOCUMENTED)
def test_every_documented_trainer_is_on_the_page(slug: str) -> None:
    assert "reference" in ALL[slug]


@pytest.mark.parametrize("slug", DOCUMENTED)
def test_the_first_loss_is_that_of_the_recorded_run(slug: str) -> None:
    file = content_dir() / "runs" / f"{slug}_training.json"
    series = json.loads(file.read_text(encoding="utf-8"))["series"]
    _, first = (series.get("loss") or series["loss/policy_avg"])[0]
    expected = ALL[slug]["reference"]["first_loss_recorded"]
    assert first == pytest.approx(expected, rel=1e-3, abs=1e-3)
