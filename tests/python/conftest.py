"""What every Python test gets: a quiet, offline TRL, and the `verifies` marker.

`@pytest.mark.verifies("dpo/equality", kind="equality", title="Distilled DPO equals DPOTrainer",
trainers=["dpo"], entry=None, inputs=["content/distilled/dpo.py"])` makes a test part of a check of
`content/verification.json` (`kind`: facts, equality, fences or script). The test's own file counts
as an input without being named. All tests of one id carry the same marker; a check is what they
pass and fail together. `src/python/verification.py` reads the result and writes the file.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRL_EXPERIMENTAL_SILENCE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("TQDM_DISABLE", "1")
os.environ.setdefault("OMP_NUM_THREADS", "2")

import pytest

from digest import relative

# Tests of another release of TRL run in a process of their own, which has that release.
OWN = f"trl_{importlib.metadata.version('trl').replace('.', '_')}"
collect_ignore = [f.name for f in Path(__file__).parent.glob("trl_*") if f.name != OWN]

KINDS = ("facts", "equality", "fences", "script")
CHECKS = pytest.StashKey[dict[str, dict[str, Any]]]()
CHECK_OF_TEST = pytest.StashKey[dict[str, str]]()


def described(mark: pytest.Mark, file: Path) -> dict[str, Any]:
    """The check that a marker describes. Raises UsageError when it is ill-formed."""
    keywords = {"trainers": [], "entry": None, "inputs": [], **mark.kwargs}
    if len(mark.args) != 1 or set(keywords) != {"kind", "title", "trainers", "entry", "inputs"}:
        raise pytest.UsageError(
            f"{file}: expected verifies(id, *, kind, title, trainers, entry, inputs), found {mark}"
        )
    if keywords["kind"] not in KINDS:
        raise pytest.UsageError(
            f"{file}: expected kind to be one of {', '.join(KINDS)}, found {keywords['kind']!r}"
        )
    inputs = sorted({*keywords["inputs"], relative(file)})
    return {
        **keywords,
        "id": mark.args[0],
        "trainers": list(keywords["trainers"]),
        "inputs": inputs,
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Collects the checks; with VERIFICATION_ONLY (ids, comma-separated) runs only their tests."""
    only = set(filter(None, os.environ.get("VERIFICATION_ONLY", "").split(",")))
    checks: dict[str, dict[str, Any]] = {}
    of_test: dict[str, str] = {}
    for item in items:
        mark = item.get_closest_marker("verifies")
        if mark is None:
            continue
        check = described(mark, item.path)
        known = checks.setdefault(check["id"], {**check, "passed": 0, "failed": 0})
        known["inputs"] = sorted({*known["inputs"], *check["inputs"]})
        for key in ("kind", "title", "trainers", "entry"):
            if known[key] != check[key]:
                raise pytest.UsageError(
                    f"{item.nodeid}: expected the {key} of check {check['id']} to be "
                    f"{known[key]!r} as in its other tests, found {check[key]!r}"
                )
        of_test[item.nodeid] = check["id"]
    if only:
        chosen = [item for item in items if of_test.get(item.nodeid) in only]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen
        checks = {id: check for id, check in checks.items() if id in only}
    config.stash[CHECKS] = checks
    config.stash[CHECK_OF_TEST] = of_test


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Counts a call that passed, and each phase (set-up, call, tear-down) that failed."""
    report = yield
    check = item.config.stash[CHECK_OF_TEST].get(item.nodeid)
    if check is not None:
        counts = item.config.stash[CHECKS][check]
        counts["passed"] += report.passed and report.when == "call"
        counts["failed"] += report.failed
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leaves the checks for `src/python/verification.py`, which names the file to write."""
    out = os.environ.get("VERIFICATION_RESULTS")
    if out and CHECKS in session.config.stash:
        checks = sorted(session.config.stash[CHECKS].values(), key=lambda check: check["id"])
        Path(out).write_text(json.dumps(checks), encoding="utf-8")


@pytest.fixture(scope="session")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny model that has read its corpus a little."""
    from tiny_model import save_tiny_model

    return save_tiny_model(tmp_path_factory.mktemp("policy"), seed=0, steps=12)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the same model some steps earlier, so that no log-ratio is zero or huge."""
    from tiny_model import save_tiny_model

    return save_tiny_model(tmp_path_factory.mktemp("reference"), seed=0, steps=9)
