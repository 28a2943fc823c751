"""What each cell of a script printed, as the recorder notes it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import runs

SCRIPT = """# header
# %%
print("one")

# %% [markdown]
# Text.

# %%
def twice(text):
    print(text, text)


twice("two")
for n in (3, 4):
    print(n)

# %%
import sys

print("error", file=sys.stderr)
assert sys.argv[1:] == ["--tiny"]
"""


def noted(tmp_path: Path, text: str) -> tuple[subprocess.CompletedProcess[str], Path]:
    script, target = tmp_path / "script.py", tmp_path / "cells.json"
    script.write_text(text)
    command = [sys.executable, str(runs.CELL_OUTPUT), str(target), str(script), "--tiny"]
    return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path), target


def test_output_belongs_to_the_cell_that_ran_not_to_the_function_that_printed(tmp_path) -> None:
    done, target = noted(tmp_path, SCRIPT)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "one\ntwo two\n3\n4\n"
    assert json.loads(target.read_text()) == [
        {"line": 3, "text": "one\n"},
        {"line": 13, "text": "two two\n3\n4\n"},
    ]


def test_a_script_that_fails_leaves_no_notes(tmp_path: Path) -> None:
    done, target = noted(tmp_path, "# %%\nprint(1)\nraise SystemExit('no')\n")
    assert done.returncode == 1
    assert not target.exists()
