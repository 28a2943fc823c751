"""Runs example scripts in the tiny world and records what they logged, as content/runs/*.json.

`python src/python/runs.py dpo` runs each script whose tutorial metadata names that trainer: once as
the page shows it, once for each failure mode that its `[tool.tutorial.bugs]` names, and once for
each line of `[tool.tutorial.variants]`. A record holds metrics, results, samples, what each cell
printed (of the page's run), versions, seconds of processor time, peak memory and the digests of
script and lab, so that a changed script makes its record stale. A script that fails writes nothing.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from digest import content_dir, digests, relative
from releases import environment_of, release_of

PACKAGES = ("trl", "transformers", "torch", "datasets", "accelerate", "peft")
HEADER = re.compile(r"^# /// script\n((?:#(?: .*)?\n)+?)# ///$", re.MULTILINE)
CELL_OUTPUT = Path(__file__).with_name("cell_output.py")
POINTS = 60  # of a series; more would only make the files larger


def tutorial(script: Path) -> dict[str, Any] | None:
    """`[tool.tutorial]` of a script, or None for a module without a PEP 723 header."""
    header = HEADER.search(script.read_text(encoding="utf-8"))
    if header is None:
        return None
    lines = (re.sub(r"^# ?", "", line) for line in header.group(1).splitlines())
    return tomllib.loads("\n".join(lines))["tool"]["tutorial"]


def scripts(directory: Path, trainer: str | None = None) -> list[Path]:
    """The example scripts of one trainer, drafts included, or all that readers get, sorted by name.

    A draft promises nothing yet, so nothing is asked of it unless its trainer is named.
    """
    found = []
    for path in sorted(directory.glob("*.py")):
        metadata = tutorial(path)
        if metadata is None:
            continue
        if trainer in metadata["trainers"] if trainer else not metadata.get("draft", False):
            found.append(path)
    return found


def thinned(series: list[list[float]]) -> list[list[float]]:
    """At most POINTS points, the first and the last among them, six significant digits each."""
    step = max(1, -(-(len(series) - 1) // (POINTS - 1)))
    kept = series[:-1:step] + series[-1:]
    return [[x, float(f"{y:.6g}")] for x, y in kept]


def rounded(value: Any) -> Any:
    """Six significant digits of a float, anything else as it is."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def run(script: Path, arguments: list[str]) -> dict[str, Any]:
    """Runs a script and returns the record, without date or digests; a series that a failure cut
    off after one point is no curve, and is left out.

    Raises RuntimeError with the end of its output when it fails.
    """
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        metrics = Path(folder) / "metrics.json"
        cells = Path(folder) / "cells.json"
        command = [sys.executable, str(CELL_OUTPUT), str(cells), str(script), *arguments]
        command += ["--output-dir", folder, "--metrics", str(metrics)]
        release = release_of(tutorial(script)["trainers"])
        environment = {**environment_of(release), "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
        output = Path(folder) / "output.txt"
        with output.open("w") as sink:
            process = subprocess.Popen(command, stdout=sink, stderr=sink, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
        seconds = usage.ru_utime + usage.ru_stime  # of one thread; other work does not count
        if status != 0:
            tail = "\n".join(output.read_text(errors="replace").splitlines()[-15:])
            raise RuntimeError(f"{script.name} {' '.join(arguments)} failed:\n{tail}")
        said = json.loads(metrics.read_text(encoding="utf-8"))
        printed = json.loads(cells.read_text(encoding="utf-8"))
    unit = 1024**2 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux KiB
    return {
        "script": script.stem,
        "trainers": tutorial(script)["trainers"],
        "args": arguments,
        "seed": said["seed"],
        "versions": {"python": platform.python_version()}
        | {p: version(p) for p in PACKAGES}
        | {"trl": release},
        "hardware": "one CPU thread",
        "seconds": round(seconds, 1),
        "peak_memory_mb": round(usage.ru_maxrss / unit),
        "series": {name: thinned(points) for name, points in said["series"].items() if points[1:]},
        "results": {name: rounded(value) for name, value in said["results"].items()},
        "samples": said["samples"],
        "output": printed,
    }


def variants(script: Path) -> dict[str, list[str]]:
    """The command line of each run of a script, by variant; that of the page itself is `""`."""
    metadata = tutorial(script)
    bugs = {f"bug-{bug}": ["--tiny", "--bug", bug] for bug in metadata.get("bugs", {})}
    further = {name: ["--tiny", *line] for name, line in metadata.get("variants", {}).items()}
    return {"": ["--tiny"], **bugs, **further}


def inputs(script: Path) -> dict[str, str]:
    """Digests of what a run depends on: the script and the lab."""
    return digests(relative(path) for path in (script, script.with_name("lab.py")))


def record(script: Path, directory: Path) -> list[Path]:
    """Runs a script in all its variants, then writes all records; returns their paths.

    Raises RuntimeError when a run fails, or when the script or the lab changed meanwhile.
    """
    ran, records = inputs(script), {}
    for variant, arguments in variants(script).items():
        print(f"{script.name} {' '.join(arguments)}", flush=True)
        entry = run(script, arguments)
        entry |= {"date": datetime.date.today().isoformat(), "inputs": ran}
        if variant:
            entry["variant"] = variant
            del entry["output"]  # the page shows it under its cells, for the plain run
        records[variant] = entry
        print(f"  {entry['seconds']} s, {entry['results']}", flush=True)
    if inputs(script) != ran:
        raise RuntimeError(f"{script.name} or its lab changed while it ran: record it again")
    directory.mkdir(exist_ok=True)
    paths = []
    for variant, entry in records.items():
        path = directory / (f"{script.stem}.{variant}.json" if variant else f"{script.stem}.json")
        path.write_text(as_json(entry), encoding="utf-8")
        paths.append(path)
    for path in set(directory.glob(f"{script.stem}.*json")) - set(paths):
        path.unlink()  # of a failure or a variant that the script no longer has
    return paths


def as_json(entry: dict[str, Any]) -> str:
    """A record as JSON with one line a series: indented, its points would take four lines each."""
    shown = {**entry, "series": {name: f"@{name}" for name in entry["series"]}}
    text = json.dumps(shown, indent=1, ensure_ascii=False)
    for name, points in entry["series"].items():
        text = text.replace(json.dumps(f"@{name}"), json.dumps(points))
    return text + "\n"


def main() -> int:
    """Exit status: 0 recorded, 1 a script failed, 2 nothing to record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trainer", help="slug of the trainer, such as dpo, or `all`")
    trainer = parser.parse_args().trainer
    content = content_dir()
    chosen = scripts(content / "example-scripts", None if trainer == "all" else trainer)
    if not chosen:
        known = {t for s in scripts(content / "example-scripts") for t in tutorial(s)["trainers"]}
        print(
            f"expected a trainer with an example script, found {trainer!r}; "
            f"scripts exist for: {', '.join(sorted(known))}",
            file=sys.stderr,
        )
        return 2
    try:
        for script in chosen:
            for path in record(script, content / "runs"):
                print(f"wrote {path}")
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
