"""Every figure of functions is what its Python file computes today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import curves
from digest import content_dir

SOURCES = sorted((content_dir() / "curves").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_the_figure_is_fresh(source: Path) -> None:
    written = source.with_suffix(".json").read_text(encoding="utf-8")
    assert written == curves.render(source), "run `npm run curves`"


def test_each_figure_has_its_source() -> None:
    written = {path.stem for path in (content_dir() / "curves").glob("*.json")}
    assert written == {source.stem for source in SOURCES}


def figure(tmp_path: Path, points: str) -> Path:
    source = tmp_path / "line.py"
    line = f'{{"name": "l", "tone": 1, "points": {points}}}'
    source.write_text(f'def panels():\n    return [{{"x": "a", "y": "b", "lines": [{line}]}}]\n')
    return source


def test_a_figure_is_json_with_short_numbers(tmp_path: Path) -> None:
    text = curves.render(figure(tmp_path, "[(0, 1 / 3), (1, 2)]"))
    (panel,) = json.loads(text)["panels"]
    assert panel["lines"] == [{"name": "l", "tone": 1, "points": [[0.0, 0.33333], [1.0, 2.0]]}]


@pytest.mark.parametrize("points", ["[(0, 1)]", "[(1, 1), (0, 1)]", "[(0, 1), (1, float('nan'))]"])
def test_what_is_no_curve_is_refused(tmp_path: Path, points: str) -> None:
    with pytest.raises(ValueError, match="expected at least two finite points by rising x in 'l'"):
        curves.render(figure(tmp_path, points))
