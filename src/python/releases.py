"""Which TRL a page, a script or a check runs against, and the environment of that release.

The environment holds the newest documented release. A trainer that TRL removed is documented from
the last release that had it (`facts` of its registry record); that release is put in front of the
same environment, so that PyTorch and transformers are shared.
"""

from __future__ import annotations

import importlib.metadata
import os
from collections.abc import Iterable
from functools import cache

import yaml

import facts_release
from digest import ROOT, content_dir


@cache
def _documented(trainer: str) -> str | None:
    """The release that a registry record names; None for a trainer that has no record."""
    file = content_dir() / "trainers" / f"{trainer}.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))["facts"] if file.is_file() else None


@cache
def newest() -> str:
    """The release that `src/python/requirements.txt` pins."""
    requirements = ROOT / "src" / "python" / "requirements.txt"
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return next(line.removeprefix("trl==") for line in lines if line.startswith("trl=="))


def release_of(trainers: Iterable[str]) -> str:
    """The TRL release of something about these trainers: theirs, if all of them were last in the
    same one, else the newest (a page about several can only show what exists today)."""
    found = {_documented(trainer) or newest() for trainer in trainers}
    return found.pop() if len(found) == 1 else newest()


def environment_of(release: str) -> dict[str, str]:
    """The environment variables of a Python process that imports that release of TRL.

    Raises ReleaseError when it has to be fetched and cannot be.
    """
    if release == importlib.metadata.version("trl"):
        return dict(os.environ)
    return facts_release.environment(release)
