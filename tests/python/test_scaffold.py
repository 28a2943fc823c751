"""What `npm run new` writes is Python that Ruff accepts, and scripts that run in the lab.

The command itself is tested in tests/unit/scaffold; here its scripts meet the real TRL.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest import ROOT

RUFF = Path(sys.executable).with_name("ruff")
CONFIG = ["--config", str(ROOT / "pyproject.toml")]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the content in which every trainer of the registry has a set or a draft of one."""
    folder = tmp_path_factory.mktemp("scaffold") / "content"
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("runs", "__pycache__"))
    node = ROOT / "node_modules" / ".bin" / "node"
    for trainer in ("gkd", "online-dpo", "prm", "bco", "nash-md", "xpo"):
        command = [node, ROOT / "scripts" / "new.ts", trainer, "--content-dir", folder]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_ruff_accepts_what_is_written(content: Path) -> None:
    scripts = (
        f"{content}/example-scripts/*.py:E402"  # as pyproject.toml has it for the project's own
    )
    check = [RUFF, "check", *CONFIG, "--extend-per-file-ignores", scripts, content]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    done = subprocess.run(
        [RUFF, "format", "--check", *CONFIG, content], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["gkd", "online_dpo"])
def test_a_draft_trains_and_reloads(content: Path, name: str, tmp_path: Path) -> None:
    script = content / "example-scripts" / f"{name}_training.py"
    metrics = tmp_path / "metrics.json"
    command = [sys.executable, script, "--tiny", "--max-steps", "4", "--metrics", metrics]
    warm = content.parent / "warm"
    if warm.is_dir():
        command += ["--warm-start", warm]
    done = subprocess.run(
        [*command, "--output-dir", content.parent], capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.endswith("the draft ran to its end; it asserts little yet\n")
    record = json.loads(metrics.read_text())
    assert len(record["series"]["loss"]) == 4
    assert {"ascending_before", "ascending_after", "win_rate"} <= set(record["results"])
