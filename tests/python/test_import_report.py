"""The report on imported files against the installed TRL: silent on all that it has."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import json
import pkgutil
import shutil
import subprocess
from pathlib import Path

import pytest
import trl

ROOT = Path(__file__).resolve().parents[2]
NODE = ROOT / "node_modules" / ".bin" / "node"

REPORT = """
import { readContent } from './src/collections/read-content.ts';
import { reportOn } from './src/import/report/index.ts';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const file = { path: 'a.py', shown: 'a.py', text, role: 'script', trainers: [], ref: undefined };
const found = reportOn([file], await readContent('content'));
console.log(JSON.stringify(found.map(({ line, message }) => `${line} ${message}`)));
"""


def report(script: str) -> list[str]:
    """What the report says of a script."""
    node = str(NODE) if NODE.exists() else shutil.which("node")
    if node is None:
        pytest.skip("needs Node")
    done = subprocess.run(
        [node, "--input-type=module-typescript", "--eval", REPORT],
        input=script,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return json.loads(done.stdout)


def modules() -> list[str]:
    """Every module of the installed TRL that can be imported here."""
    names = ["trl"]
    for info in pkgutil.walk_packages(trl.__path__, "trl.", onerror=lambda name: None):
        if ".scripts" in info.name or info.name.endswith("__main__"):
            continue
        try:
            importlib.import_module(info.name)
        except Exception:  # an optional package is missing
            continue
        names.append(info.name)
    return names


@pytest.fixture(scope="module")
def configs() -> dict[str, type]:
    found = {}
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            if inspect.isclass(value) and value.__module__ == module and name.endswith("Config"):
                found[f"{module}.{name}"] = value
    return found


def test_says_nothing_of_what_can_be_imported() -> None:
    lines = []
    for module in modules():
        found = importlib.import_module(module)
        # What a lazy module keeps of itself, in names with an underscore, nobody imports.
        names = [n for n in dir(found) if not n.startswith("_") or callable(getattr(found, n))]
        lines += [f"from {module} import {name}" for name in names]
    assert len(lines) > 2000
    assert report("\n".join(lines) + "\n") == []


def test_says_nothing_of_fields_and_says_all_others(configs: dict[str, type]) -> None:
    dataclasses_only = {k: v for k, v in configs.items() if dataclasses.is_dataclass(v)}
    assert len(dataclasses_only) > 20
    lines, wrong = [], []
    for path, config in dataclasses_only.items():
        module, name = path.rsplit(".", 1)
        fields = [field.name for field in dataclasses.fields(config) if field.init]
        lines.append(f"from {module} import {name}")
        lines.append(f"{name}({', '.join(f'{field}=1' for field in fields)})")
        wrong.append(f"from {module} import {name}")
        wrong.append(f"{name}(no_such_argument=1)")
    assert report("\n".join(lines) + "\n") == []
    assert len(report("\n".join(wrong) + "\n")) == len(dataclasses_only)


def test_says_nothing_of_the_parameters_of_trainers() -> None:
    lines = ["import trl"]
    for name in (name for name in dir(trl) if name.endswith("Trainer")):
        parameters = inspect.signature(getattr(trl, name).__init__).parameters.values()
        names = [p.name for p in parameters if p.name != "self" and p.kind is not p.VAR_KEYWORD]
        lines.append(f"trl.{name}({', '.join(f'{parameter}=1' for parameter in names)})")
    assert len(lines) > 5
    assert report("\n".join(lines) + "\n") == []
