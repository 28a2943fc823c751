"""What the memory estimator is held to is what PyTorch allocates today."""

from __future__ import annotations

import json

import pytest

import memory

pytestmark = pytest.mark.verifies(
    "guides/estimating-memory/measured",
    kind="facts",
    title="The estimator's counts equal what PyTorch allocates for tiny models on a CPU",
    trainers=["sft", "reward", "dpo", "kto", "orpo", "cpo", "grpo", "rloo", "ppo"],
    entry="guides/estimating-memory",
    inputs=[
        "content/memory-measurements.json",
        "content/example-scripts/lab.py",
        "src/python/memory.py",
        "src/python/memory_kept.py",
        "src/python/memory_peaks.py",
        "src/python/memory_ppo.py",
    ],
)


def test_the_recorded_measurements_are_fresh(capfd) -> None:
    assert memory.main(["--check"]) == 0, capfd.readouterr().err


def test_each_kind_of_memory_was_measured() -> None:
    found = json.loads(memory.FILE.read_text(encoding="utf-8"))
    assert {name: len(cases) > 5 for name, cases in found.items()} == dict.fromkeys(
        ["parameters", "kept", "stored", "cache", "peaks"], True
    )
    trainers = {case["trainer"] for case in found["peaks"]}
    assert trainers == {"sft", "reward", "dpo", "kto", "orpo", "cpo", "grpo", "rloo", "ppo"}
