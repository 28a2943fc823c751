"""`content/verification.json`: what was checked against which TRL, with digests of the inputs.

    python src/python/verification.py                      # compare, run nothing, write nothing
    python src/python/verification.py --write              # run the marked tests, write the file
    python src/python/verification.py --write --only ID    # run one check, keep the others

A check is what the tests of one `verifies` marker pass and fail together (see
`tests/python/conftest.py`). Tests of a trainer that the newest TRL lacks stand in a folder named
after the release that has it, and run with that release. Comparing asks pytest which checks there
are and names those that are missing, stale (an input or TRL changed since) or failing; exit 1 if
there are any. Writing keeps a check's date when nothing but the date would change, so that an
unchanged run leaves the file as it is. Failures are written too: the page must show them.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import platform
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from digest import ROOT, content_dir, digest, digests
from releases import environment_of, release_of

Check = dict[str, Any]
PACKAGES = ("accelerate", "datasets", "peft", "tokenizers", "torch", "transformers", "trl")
RAN = (0, 1)  # pytest's exit codes: all passed, some failed
NOTHING_CHOSEN = 5
LONG = ("test_scripts.py", "test_fences.py")  # run beside the others


def versions() -> dict[str, str]:
    """Releases of what the tests ran with."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    return {**found, "python": platform.python_version()}


def suites() -> list[tuple[str, list[str]]]:
    """TRL release and arguments of each pytest: the tests as a whole, the long ones by themselves,
    and `tests/python/trl_1_12_0` and its like, which `conftest.py` leaves out where another release
    is importable."""
    tests = ROOT / "tests" / "python"
    long = [str(file.relative_to(ROOT)) for name in LONG if (file := tests / name).is_file()]
    older = [
        (folder.name.removeprefix("trl_").replace("_", "."), [str(folder.relative_to(ROOT))])
        for folder in sorted(tests.glob("trl_*"))
    ]
    trl = importlib.metadata.version("trl")
    return [
        (trl, [f"--ignore={file}" for file in long]),
        *([(trl, long)] if long else []),
        *older,
    ]


def collected(arguments: list[str], only: list[str]) -> list[Check]:
    """Checks as pytest found them, with counts if it ran them.

    Raises RuntimeError when pytest could not collect or run the tests, or knows none of `only`.
    """
    with ThreadPoolExecutor(2) as pool:
        started = [
            pool.submit(_collected, [*arguments, *chosen], only, environment_of(release))
            for release, chosen in suites()
        ]
        found = merged([check for future in started for check in future.result()])
    if unknown := sorted(set(only) - {check["id"] for check in found}):
        raise RuntimeError(f"expected ids of checks, found {', '.join(unknown)}")
    return found


def merged(checks: list[Check]) -> list[Check]:
    """Checks by id; what several runs of pytest saw of one is added up."""
    found: dict[str, Check] = {}
    for check in checks:
        known = found.setdefault(check["id"], {**check, "passed": 0, "failed": 0, "inputs": []})
        known["inputs"] = sorted({*known["inputs"], *check["inputs"]})
        known["passed"] += check["passed"]
        known["failed"] += check["failed"]
    return list(found.values())


def _collected(arguments: list[str], only: list[str], environment: dict[str, str]) -> list[Check]:
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.json"
        names = {"VERIFICATION_RESULTS": str(results), "VERIFICATION_ONLY": ",".join(only)}
        process = [sys.executable, "-m", "pytest", "-q", "-m", "verifies", *arguments]
        done = subprocess.run(
            process, cwd=ROOT, env={**environment, **names}, stdout=subprocess.PIPE, text=True
        )
        found = json.loads(results.read_text(encoding="utf-8")) if results.exists() else []
        if done.returncode == NOTHING_CHOSEN and only:
            return []
        if done.returncode not in RAN or not found:
            raise RuntimeError(f"pytest stopped with exit code {done.returncode}:\n{done.stdout}")
        if done.returncode:
            print(done.stdout, file=sys.stderr)
        return found


def record(check: Check, before: Check | None, now: dict[str, str], today: str) -> Check:
    """A check as the file holds it; with the date of `before` when all else is the same."""
    now = {**now, "trl": release_of(check["trainers"])}
    found = {
        **{key: check[key] for key in ("id", "kind", "trainers", "entry", "title")},
        "trl": now["trl"],
        "date": today,
        **{key: check[key] for key in ("passed", "failed")},
        "inputs": digests(check["inputs"]),
        "versions": now,
    }
    if before is not None and {**before, "date": today} == found:
        return before
    return found


def state(check: Check, recorded: Check | None) -> str:
    """`current`, or what is the matter with a check and its record."""
    trl = release_of(check["trainers"])
    if recorded is None or recorded["passed"] + recorded["failed"] == 0:
        return "missing: nobody ran it"
    if recorded["failed"]:
        return f"failing: {recorded['failed']} of {recorded['passed'] + recorded['failed']} tests"
    reasons = [
        f"{path} is a new input" for path in check["inputs"] if path not in recorded["inputs"]
    ]
    reasons += [
        f"{path} changed since"
        for path, value in recorded["inputs"].items()
        if digest(path) != value
    ]
    if recorded["trl"] != trl:
        reasons.append(f"it ran against TRL {recorded['trl']}, its page is about {trl}")
    return "stale: " + "; ".join(reasons) if reasons else "current"


def written(path: Path) -> list[Check]:
    """The checks of the file; none when there is no file."""
    return json.loads(path.read_text(encoding="utf-8"))["checks"] if path.exists() else []


def write(path: Path, checks: list[Check]) -> bool:
    """Replaces the file if its text changes; whether it did."""
    document = {"schema": 1, "checks": sorted(checks, key=lambda check: check["id"])}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    draft = path.with_suffix(".tmp")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return True


def compare(path: Path, only: list[str]) -> int:
    """Prints the state of every check; 1 when one is not current or nobody knows it any more."""
    known = {check["id"]: check for check in written(path)}
    checks = collected(["--collect-only"], only)
    states = {check["id"]: state(check, known.get(check["id"])) for check in checks}
    if not only:
        states |= {id: "gone: no test belongs to it" for id in known if id not in states}
    for id, found in sorted(states.items()):
        print(f"{id}: {found}")
    if all(found == "current" for found in states.values()):
        return 0
    print("run the tests again: python src/python/verification.py --write", file=sys.stderr)
    return 1


def update(path: Path, only: list[str]) -> int:
    """Runs the tests and writes the file; 1 when one failed or a check ran none."""
    today, now = datetime.date.today().isoformat(), versions()
    known = {check["id"]: check for check in written(path)}
    found = [record(check, known.get(check["id"]), now, today) for check in collected([], only)]
    ids = {check["id"] for check in found}
    kept = [check for id, check in known.items() if only and id not in ids]
    print(f"{path}: {'written' if write(path, found + kept) else 'unchanged'}")
    for check in found:
        print(f"{check['id']}: {check['passed']} passed, {check['failed']} failed")
    return int(any(check["failed"] or not check["passed"] for check in found))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="run the tests and write the file")
    parser.add_argument(
        "--only", action="append", default=[], metavar="ID", help="one check; repeat"
    )
    chosen = parser.parse_args(arguments)
    path = content_dir() / "verification.json"
    return update(path, chosen.only) if chosen.write else compare(path, chosen.only)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (RuntimeError, FileNotFoundError) as error:
        sys.exit(str(error))
