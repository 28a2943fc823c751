"""Digests of the files that a check or a recorded run was made from, so that it can show as stale.

Paths are relative to the repository and POSIX; the prefix `content/` stands for `CONTENT_DIR`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def content_dir() -> Path:
    """The folder that holds what authors wrote: `CONTENT_DIR`, by default `content`."""
    return (ROOT / os.environ.get("CONTENT_DIR", "content")).resolve()


def on_disk(path: str) -> Path:
    """Where the file of a repository-relative path lies."""
    return content_dir() / path[8:] if path.startswith("content/") else ROOT / path


def relative(file: Path) -> str:
    """The path under which a file's digest is recorded; the inverse of `on_disk`."""
    file = file.resolve()
    if file.is_relative_to(content_dir()):
        return "content/" + file.relative_to(content_dir()).as_posix()
    return file.relative_to(ROOT).as_posix()


def digest(path: str) -> str | None:
    """`sha256:` and the hex digest of the file's raw bytes; None when there is no such file."""
    file = on_disk(path)
    if not file.is_file():
        return None
    return "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()


def digests(paths: Iterable[str]) -> dict[str, str]:
    """Digests by path, sorted. Raises FileNotFoundError for a path without a file."""
    found = {path: digest(path) for path in sorted(set(paths))}
    for path, value in found.items():
        if value is None:
            raise FileNotFoundError(
                f"{path}: expected a file to take the digest of, found none at {on_disk(path)}; "
                "correct the path in the test's `verifies` marker"
            )
    return {path: value for path, value in found.items() if value is not None}
