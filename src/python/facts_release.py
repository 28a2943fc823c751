"""Other releases of TRL than the installed one: a git-ignored folder with the wheel unpacked.

`.cache/trl/wheels/` holds the wheels, `.cache/trl/<version>/` what pip makes of one. Both are
filled once, through the ordinary package index, and reused.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "trl"

# Releases up to 1.13 import these at the top of some trainer modules although they are optional.
OPTIONAL_IMPORTS = ("aiohttp", "requests")

QUIET = {"HF_HUB_OFFLINE": "1", "TRL_EXPERIMENTAL_SILENCE": "1", "TOKENIZERS_PARALLELISM": "false"}


class ReleaseError(RuntimeError):
    """A release could not be fetched."""


def wheel(version: str) -> Path:
    """The wheel of a TRL release, downloaded when it is not in the cache."""
    if not re.fullmatch(r"\d+(\.\d+)+", version):
        raise ReleaseError(f"Expected a version like 1.16.0, found `{version}`.")
    folder = CACHE / "wheels"
    found = sorted(folder.glob(f"trl-{version}-*.whl"))
    if not found:
        listed = index()
        if version not in listed:
            near = _nearest(version, listed)
            raise ReleaseError(f"The package index has no such release. {near}")
        _pip(
            "download", "--no-deps", "--only-binary=:all:", "--dest", str(folder), f"trl=={version}"
        )
        found = sorted(folder.glob(f"trl-{version}-*.whl"))
    return found[0]


def index() -> list[str]:
    """Every release of TRL that the package index lists."""
    said = _pip("index", "versions", "trl")
    return said.split("Available versions:")[1].split("\n")[0].replace(",", " ").split()


def order(version: str) -> tuple[int, ...]:
    """Sorts `1.9.0` before `1.16.0`."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _nearest(version: str, listed: list[str]) -> str:
    """The releases around one that does not exist."""
    known = sorted(listed, key=order)
    at = sum(order(each) < order(version) for each in known)
    return f"Near it are {', '.join(known[max(0, at - 3) : at + 3])}."


def release_date(version: str) -> str:
    """The UTC day on which the release was built: the time stamp of METADATA in its wheel."""
    with zipfile.ZipFile(wheel(version)) as archive:
        metadata = archive.getinfo(f"trl-{version}.dist-info/METADATA")
    year, month, day = metadata.date_time[:3]
    return f"{year:04}-{month:02}-{day:02}"


def unpacked(version: str) -> Path:
    """A folder to put in front of `sys.path`, holding that release of TRL and nothing heavy."""
    folder = CACHE / version
    if not (folder / f"trl-{version}.dist-info").is_dir():
        file = str(wheel(version))
        _pip("install", "--target", str(folder), "--upgrade", *OPTIONAL_IMPORTS)
        # Last: its metadata says that the folder is whole.
        _pip("install", "--no-deps", "--target", str(folder), file)
    return folder


def environment(version: str) -> dict[str, str]:
    """The environment of a Python process that imports that release."""
    paths = [str(unpacked(version)), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, **QUIET, "PYTHONPATH": os.pathsep.join(p for p in paths if p)}


def _pip(*arguments: str) -> str:
    """What pip says. Raises ReleaseError when it fails."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip()
        if "No matching distribution" in said or "connection" in said.lower():
            said += "\nIs the package index reachable? It was asked through pip's settings."
        raise ReleaseError(f"`pip {' '.join(arguments)}` failed:\n{said}")
    return done.stdout
