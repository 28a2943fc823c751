"""Every example script runs in the tiny world, whole and with each of its failures.

The scripts assert what they teach; a test here fails when one of their asserts does. Failures start
from the warm-up of the whole run, so that it is made once.
"""

from __future__ import annotations

import ast
import json
import math
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import torch

import runs
from digest import content_dir, relative
from distilled.dpo import LOSSES, DPOOptions, pair_loss

FOLDER = content_dir() / "example-scripts"
SCRIPTS = runs.scripts(FOLDER)
FAILURES = [
    pytest.param(script, bug, id=f"{script.stem}-{bug}")
    for script in SCRIPTS
    for bug in runs.tutorial(script).get("bugs", {})
]


def verifies(script: Path):
    """The marker of the check that a script's page shows."""
    entry = f"examples/{script.stem.replace('_', '-')}"
    return pytest.mark.verifies(
        f"{entry}/script",
        kind="script",
        title=f"{script.name} runs with --tiny and with each --bug",
        trainers=runs.tutorial(script)["trainers"],
        entry=entry,
        inputs=[relative(script), relative(FOLDER / "lab.py")],
    )


def run(script: Path, *arguments: str, output_dir: Path) -> subprocess.CompletedProcess[str]:
    """Runs a script as a reader does, in a folder that is not its own."""
    command = [sys.executable, str(script), "--tiny", "--output-dir", str(output_dir), *arguments]
    return subprocess.run(command, cwd=output_dir, capture_output=True, text=True, env=os.environ)


@cache
def whole_run(script: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return run(script, "--metrics", str(folder / "metrics.json"), output_dir=folder)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    return {script: tmp_path_factory.mktemp(script.stem) for script in SCRIPTS}


@pytest.mark.parametrize("script", [pytest.param(s, id=s.stem, marks=verifies(s)) for s in SCRIPTS])
def test_a_script_keeps_its_promises(script: Path, folders: dict[Path, Path]) -> None:
    done = whole_run(script, folders[script])
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.endswith("all checks passed\n")
    metrics = json.loads((folders[script] / "metrics.json").read_text())
    assert set(metrics) == {"seed", "series", "results", "samples"}
    assert metrics["series"]["loss"][0] == [1, pytest.approx(math.log(2), abs=1e-4)]


@pytest.mark.parametrize(
    ("script", "bug"),
    [pytest.param(*p.values, id=p.id, marks=verifies(p.values[0])) for p in FAILURES],
)
def test_a_failure_shows_its_signature(script: Path, bug: str, folders, tmp_path: Path) -> None:
    assert whole_run(script, folders[script]).returncode == 0, "the whole run makes the warm-up"
    warm = folders[script] / "warm"
    done = run(script, "--bug", bug, "--warm-start", str(warm), output_dir=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize(
    "recipe",
    [
        "--lora",
        "--precompute-ref --gradient-checkpointing",
        "--loss-type exo_pair --label-smoothing 0.001",
    ],
)
def test_recipes_run_and_pass_the_first_loss_check(recipe: str, folders, tmp_path: Path) -> None:
    script = FOLDER / "dpo_training.py"
    assert whole_run(script, folders[script]).returncode == 0, "the whole run makes the warm-up"
    warm = str(folders[script] / "warm")
    done = run(
        script, *recipe.split(), "--max-steps", "2", "--warm-start", warm, output_dir=tmp_path
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_bug_is_refused_without_the_tiny_world() -> None:
    command = [sys.executable, str(FOLDER / "dpo_training.py"), "--bug", "swapped"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 2
    assert "--bug needs --tiny" in done.stderr


@pytest.mark.parametrize("loss_type", sorted(LOSSES))
def test_the_script_knows_the_first_loss_of_each_type(loss_type: str) -> None:
    """Its table, cut out of the file, against the distilled losses at a log-ratio of zero."""
    tree = ast.parse((FOLDER / "dpo_training.py").read_text(encoding="utf-8"))
    (function,) = [n for n in tree.body if getattr(n, "name", "") == "first_loss"]
    namespace = {"math": math}
    exec(compile(ast.Module([function], []), "dpo_training.py", "exec"), namespace)
    expected = namespace["first_loss"](loss_type, 0.3, 0.01)
    if loss_type == "sft":
        assert math.isnan(expected), "it has no reference"
        return
    zero = torch.zeros(1)
    options = DPOOptions(loss_type=loss_type, beta=0.3, label_smoothing=0.01)
    assert expected == pytest.approx(pair_loss(loss_type, zero, zero, options).item(), rel=1e-5)
