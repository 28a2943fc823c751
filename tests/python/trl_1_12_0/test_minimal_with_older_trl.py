"""The quick reference's minimal scripts of trainers that only this release of TRL has."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from minimal_scripts import records, run_minimal

RECORDS = records(importlib.metadata.version("trl"))


@pytest.mark.parametrize("slug", RECORDS)
def test_the_minimal_script_trains(slug: str, tmp_path: Path, monkeypatch) -> None:
    trainer = run_minimal(RECORDS[slug], tmp_path, monkeypatch)["trainer"]
    assert trainer.state.global_step > 0
