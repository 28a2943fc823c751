"""Every example script runs in the tiny world: whole, with each failure and with each recipe.

The scripts assert what they teach; a test here fails when one of their asserts does. All runs start
at the first test, two at a time, in processes that have imported TRL already; failures and recipes
start from the warm-up of their script's whole run, so that it is made once.
"""

from __future__ import annotations

import ast
import json
import math
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest
import torch
import yaml

import runs
from digest import content_dir, relative
from distilled.dpo import LOSSES, DPOOptions, pair_loss
from releases import environment_of, release_of
from script_server import Done, ScriptServer

FOLDER = content_dir() / "example-scripts"
SCRIPTS = runs.scripts(FOLDER)
WHOLE = ""


def verifies(script: Path):
    """The marker of the check that a script's page shows."""
    entry = f"examples/{script.stem.replace('_', '-')}"
    return pytest.mark.verifies(
        f"{entry}/script",
        kind="script",
        title=f"{script.name} runs with --tiny, with each --bug and with its recipes",
        trainers=runs.tutorial(script)["trainers"],
        entry=entry,
        inputs=[relative(script), relative(FOLDER / "lab.py")],
    )


def options_of(script: Path) -> dict[str, list[str]]:
    """What each tested run of a script has beside `--tiny`, by name; that of the page is WHOLE."""
    metadata = runs.tutorial(script)
    failures = {f"bug-{bug}": ["--bug", bug] for bug in metadata.get("bugs", {})}
    recipes = {recipe: recipe.split() for recipe in metadata.get("recipes", [])}
    short = {name: [*line, "--max-steps", "2"] for name, line in recipes.items()}
    return {WHOLE: [], **failures, **short}


RUNS = [(script, name) for script in SCRIPTS for name in options_of(script)]


class Pool:
    """Runs of scripts, two at a time. Each worker keeps a server for each TRL release."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.executor = ThreadPoolExecutor(2)
        self.servers: dict[str, SimpleQueue[ScriptServer]] = defaultdict(SimpleQueue)
        self.started: dict[tuple[Path, str], Future[Done]] = {}

    def start(self, chosen: list[tuple[Path, str]]) -> None:
        """Starts runs, the whole ones first: the others wait for their warm-up."""
        for script, name in sorted(chosen, key=lambda run: run[1] != WHOLE):
            self.started.setdefault((script, name), self.executor.submit(self._run, script, name))

    def folder_of(self, script: Path, name: str) -> Path:
        return self.folder / script.stem / (name.replace(" ", "_") or "whole")

    def result(self, script: Path, name: str = WHOLE) -> Done:
        """What came of a run, when it has ended."""
        return self.started[script, name].result()

    def _run(self, script: Path, name: str) -> Done:
        options = options_of(script)[name]
        if name != WHOLE:
            if self.result(script).returncode:
                return Done(1, "", "the whole run, which makes the warm-up, failed")
            warm = self.folder_of(script, WHOLE) / "warm"
            options = [*options, *(["--warm-start", str(warm)] if warm.is_dir() else [])]
        folder = self.folder_of(script, name)
        folder.mkdir(parents=True)
        argv = [str(script), "--tiny", "--output-dir", str(folder), *options]
        argv += ["--metrics", str(folder / "metrics.json")]
        release = release_of(runs.tutorial(script)["trainers"])
        free = self.servers[release]
        server = ScriptServer(environment_of(release)) if free.empty() else free.get()
        try:
            return server.run(argv, folder)
        finally:
            free.put(server)

    def close(self) -> None:
        self.executor.shutdown(cancel_futures=True)
        for free in self.servers.values():
            while not free.empty():
                free.get().close()


@pytest.fixture(scope="session")
def pool(request, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    """All runs that the chosen tests ask for, started."""
    found = Pool(tmp_path_factory.mktemp("scripts"))
    calls = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    chosen = [call["run"] for call in calls if call.get("run") in RUNS]
    found.start(list(dict.fromkeys([*((script, WHOLE) for script, _ in chosen), *chosen])))
    yield found
    found.close()


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(run, id=f"{run[0].stem} {run[1]}".strip(), marks=verifies(run[0]))
        for run in RUNS
    ],
)
def test_a_script_keeps_its_promises(run: tuple[Path, str], pool: Pool) -> None:
    done = pool.result(*run)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.endswith("all checks passed\n")
    metrics = json.loads((pool.folder_of(*run) / "metrics.json").read_text())
    assert set(metrics) == {"seed", "series", "results", "samples"}


TRAINED = [script for script in SCRIPTS if script.stem.endswith("_training")]


@pytest.mark.parametrize("run", [(script, WHOLE) for script in TRAINED], ids=lambda r: r[0].stem)
def test_a_fresh_run_starts_at_the_loss_that_the_quick_reference_gives(
    run: tuple[Path, str], pool: Pool
) -> None:
    assert pool.result(*run).returncode == 0
    record = content_dir() / "trainers" / f"{run[0].stem.removesuffix('_training')}.yaml"
    reference = yaml.safe_load(record.read_text(encoding="utf-8"))["reference"]
    series = json.loads((pool.folder_of(*run) / "metrics.json").read_text())["series"]
    _, first = (series.get("loss") or series["loss/policy_avg"])[0]
    # Processors differ in the last digits of a sum, and a sampled answer may hang on one.
    assert first == pytest.approx(reference["first_loss_recorded"], rel=0.05, abs=0.02)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_bug_is_refused_without_the_tiny_world(script: Path) -> None:
    bug = next(iter(runs.tutorial(script)["bugs"]))
    command = [sys.executable, str(script), "--bug", bug]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 2
    assert "--bug needs --tiny" in done.stderr


@pytest.mark.parametrize("loss_type", sorted(LOSSES))
def test_the_dpo_script_knows_the_first_loss_of_each_type(loss_type: str) -> None:
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
