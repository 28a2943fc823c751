"""The facts on which the pages of removed trainers rest are what this release says itself."""

from __future__ import annotations

import importlib.metadata
import json

import facts
import facts_json
from digest import content_dir


def test_committed_facts_equal_a_fresh_introspection() -> None:
    release = importlib.metadata.version("trl")
    file = content_dir() / "trl" / f"{release}.json"
    committed = json.loads(file.read_text(encoding="utf-8"))
    fresh = facts.facts(committed["released"])
    committed["python"] = fresh["python"]  # which Python looks does not matter
    assert facts_json.differences(committed, fresh) == []
