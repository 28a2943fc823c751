"""The quick reference's minimal scripts, run in the lab: its data, its model, two steps."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import datasets
import pytest
import trl
import yaml

import lab
from digest import content_dir
from releases import release_of

VIEWS = {
    "language-modeling": lab.language_modeling,
    "preference": lab.preference,
    "unpaired-preference": lab.unpaired_preference,
    "prompt-only": lab.prompt_only,
}


def records(release: str) -> dict[str, dict[str, Any]]:
    """Registry records with a quick reference, of the trainers documented from that release."""
    found = {}
    for path in sorted((content_dir() / "trainers").glob("*.yaml")):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "reference" in record and release_of([record["slug"]]) == release:
            found[record["slug"]] = record
    return found


def run_minimal(
    record: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, Any]:
    """Executes a minimal script as it stands, but for model names, data and the length of the run;
    returns its namespace."""
    tokenizer = lab.make_tokenizer()
    for name, head in (("policy", "language"), ("scorer", "score")):
        lab.make_model(tokenizer, head=head).save_pretrained(folder / name)
        tokenizer.save_pretrained(folder / name)
    monkeypatch.setattr(
        datasets, "load_dataset", lambda *_, **__: VIEWS[record["data"]["format"]](64)
    )
    module = re.search(rf"from ([\w.]+) import [^\n]*{record['config']}", minimal(record))[1]
    config = getattr(__import__(module, fromlist=["*"]), record["config"])
    original = config.__init__
    tiny = lab.tiny_arguments(folder / "out", max_steps=2)
    if record["generates"]:
        length = "response_length" if record["slug"] == "ppo" else "max_completion_length"
        tiny[length] = 8
    if record["slug"] == "ppo":
        del tiny["max_steps"]
        tiny |= {"total_episodes": 16, "num_sample_generations": 0}
    monkeypatch.setattr(
        config, "__init__", lambda self, *_, **given: original(self, **{**given, **tiny})
    )
    text = re.sub(r"Qwen/Qwen2\.5-0\.5B(-Instruct)?", str(folder / "policy"), minimal(record))
    text = text.replace("your-reward-model", str(folder / "scorer"))
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(text, f"{record['slug']}.yaml", "exec"), namespace)
    assert trl.__version__ == record["facts"]
    return namespace


def minimal(record: dict[str, Any]) -> str:
    """The script as the page shows it."""
    return record["reference"]["minimal"]
