"""The committed facts are what the installed TRL says, and the registry agrees with them.

A little over 250 lines: one short test for each thing the facts must say.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
import importlib
import importlib.metadata
import inspect
import json
import re
from pathlib import Path

import pytest
import yaml

import facts
import facts_json
import facts_release
import facts_source
import releases

ROOT = Path(__file__).resolve().parents[2]
NEWEST = "1.16.0"
TRL_FOLDER = ROOT / "content" / "trl"
REGISTRY = sorted((ROOT / "content" / "trainers").glob("*.yaml"))
pytestmark = pytest.mark.verifies(
    "trl/facts",
    kind="facts",
    title="Names, defaults and line ranges are those of the installed TRL",
    trainers=[path.stem for path in REGISTRY],
    entry=None,
    inputs=[
        *(f"content/trl/{path.name}" for path in TRL_FOLDER.glob("*.json")),
        *(f"content/trainers/{path.name}" for path in REGISTRY),
    ],
)

STABLE = {"DPO", "Distillation", "GRPO", "KTO", "RLOO", "Reward", "SFT"}
DPO_LOSSES = [
    "sigmoid",
    "hinge",
    "ipo",
    "exo_pair",
    "nca_pair",
    "robust",
    "bco_pair",
    "sppo_hard",
    "aot",
    "aot_unpaired",
    "apo_zero",
    "apo_down",
    "discopop",
    "sft",
    "sigmoid_norm",
]


def committed(version: str) -> dict:
    return json.loads((TRL_FOLDER / f"{version}.json").read_text(encoding="utf-8"))


def classes(version: str) -> dict[str, dict]:
    """Classes by name; of two with one name the first, which is the stable one."""
    found: dict[str, dict] = {}
    for entry in committed(version)["classes"]:
        found.setdefault(entry["name"], entry)
    return found


def field(version: str, config: str, name: str) -> dict:
    """A field as a reader of the file finds it: own ones first, then the shared list."""
    entry = classes(version)[config]
    rows = [*entry["fields"], *committed(version)["shared"][entry["shares"]]]
    return next(row for row in rows if row["name"] == name)


@pytest.fixture(scope="module")
def fresh() -> dict:
    """What an introspection of the installed TRL gives now."""
    return facts.facts(committed(NEWEST)["released"])


# --- the file against the package ---


def test_committed_facts_equal_a_fresh_introspection(fresh: dict) -> None:
    old = {**committed(NEWEST), "python": fresh["python"]}  # which Python looks does not matter
    assert facts_json.differences(old, fresh) == []
    assert facts_json.render(old) == facts_json.render(fresh)


def test_content_is_held_to_the_installed_trl() -> None:
    pinned = facts.pinned_release(ROOT / "content")
    assert importlib.metadata.version("trl") == NEWEST == releases.newest() == pinned


def test_adding_a_release_says_what_changed_and_what_to_do_next(tmp_path: Path) -> None:
    registry = tmp_path / "trainers"
    registry.mkdir()
    (registry / "dpo.yaml").write_text("facts: '1.16.0'\n", encoding="utf-8")
    newer = {**committed(NEWEST), "trl": "1.17.0"}
    target = tmp_path / "trl" / "1.17.0.json"
    first = facts.write(target, newer)
    assert first[1:] == [
        "Content is held to TRL 1.16.0. What 1.17.0 makes untrue:",
        "  npm run check",
        "  npm run diff -- 1.16.0 1.17.0",
    ]
    assert facts.write(target, newer) == [f"{first[0]}, as it was"]
    assert "  torch: " in facts.write(target, {**newer, "torch": "9"})[1]
    assert [path.name for path in target.parent.iterdir()] == ["1.17.0.json"]
    pinned = facts.write(target.with_name("1.16.0.json"), committed(NEWEST))
    assert len(pinned) == 1  # nothing to do next


def test_a_release_that_does_not_exist_is_refused_with_those_near_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(facts_release, "index", lambda: ["1.9.0", "1.16.0", "1.14.1", "1.14.0"])
    assert facts.main(["--out", str(tmp_path), "--trl", "1.14.9"]) == 2
    assert "Near it are 1.9.0, 1.14.0, 1.14.1, 1.16.0." in capsys.readouterr().err
    assert facts.main(["--out", str(tmp_path), "--trl", "latest"]) == 2
    assert "Expected a version like 1.16.0, found `latest`" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_digest_tells_code_apart_and_not_comments(tmp_path: Path) -> None:
    def digest(text: str) -> str:
        file = tmp_path / "trl" / "module.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        module = facts_source.read_module(file.parent, file)
        return module.digest(module.functions[0])

    plain = digest("def f(a):\n    return a + 1\n")
    assert plain == digest('def f(a):\n    """Doc."""\n    # Why.\n    return a + 1  # one\n')
    assert plain == digest("import os\n\n\ndef f(a):\n\n    return a + 1\n")
    assert plain != digest("def f(a):\n    return a + 2\n")
    assert plain != digest("def f(a, b=0):\n    return a + 1\n")


def test_file_is_written_in_canonical_form() -> None:
    for path in TRL_FOLDER.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == facts_json.render(json.loads(text)) + "\n", path.name


def test_difference_names_the_path_and_both_values() -> None:
    old = committed(NEWEST)
    new = copy.deepcopy(old)
    config = next(c for c in new["classes"] if c["name"] == "DPOConfig")
    next(f for f in config["fields"] if f["name"] == "beta")["default"] = "0.2"
    assert facts_json.differences(old, new) == [
        'classes.DPOConfig@trl.trainer.dpo_config.fields.beta.default: "0.1" -> "0.2"'
    ]


def test_line_ranges_start_at_the_definition_and_end_with_its_body() -> None:
    package = Path(importlib.import_module("trl").__file__).parent.parent
    entries = committed(NEWEST)["classes"] + committed(NEWEST)["functions"]
    checked = 0
    for entry in entries:
        source = (package / entry["file"]).read_text(encoding="utf-8")
        lines = source.splitlines()
        nodes = {
            (node.lineno, node.end_lineno): node.name
            for node in ast.walk(ast.parse(source))
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        }
        own = [m for m in entry.get("methods", []) if m["inherited_from"] is None]
        for item in [entry, *own]:
            first, last = item["lines"]
            assert re.match(rf"\s*(async )?(def|class) {item['name']}\b", lines[first - 1]), item
            assert nodes[first, last] == item["name"]
            checked += 1
    assert checked > 500


# --- what must be in it, and what must not ---


def test_defaults_known_by_name() -> None:
    beta = field(NEWEST, "DPOConfig", "beta")
    assert (beta["type"], beta["default"], beta["inherited_from"]) == ("float", "0.1", None)
    assert field(NEWEST, "DPOConfig", "loss_type")["default"] == "['sigmoid']"
    assert field(NEWEST, "DPOConfig", "truncation_mode")["choices"] == ["keep_end", "keep_start"]
    assert field(NEWEST, "GRPOConfig", "beta")["default"] == "0.0"
    assert field("1.12.0", "PPOConfig", "kl_coef")["default"] == "0.05"


def test_overrides_tell_trls_choices_from_inherited_ones() -> None:
    rate = field(NEWEST, "DPOConfig", "learning_rate")
    steps = field(NEWEST, "DPOConfig", "logging_steps")
    seed = field(NEWEST, "DPOConfig", "seed")
    assert (rate["default"], rate["inherited_from"], rate["overrides"]) == ("1e-06", None, True)
    assert (steps["inherited_from"], steps["overrides"]) == ("_BaseConfig", True)
    assert (seed["inherited_from"], seed["overrides"]) == ("TrainingArguments", False)


def test_loss_types_are_read_off_the_dispatch() -> None:
    newest = classes(NEWEST)
    assert newest["DPOTrainer"]["loss_types"] == DPO_LOSSES
    assert set(newest["KTOTrainer"]["loss_types"]) == {"kto", "apo_zero_unpaired"}
    assert "kto_pair" not in newest["CPOTrainer"]["loss_types"]  # it raises
    assert "alphapo" in newest["CPOTrainer"]["loss_types"]  # only the config's choices name it
    assert newest["RewardTrainer"]["loss_types"] == []


def test_a_rejected_string_is_no_loss_type() -> None:
    code = """
def f(loss_type):
    if loss_type in ("c", "d"):
        pass
    elif loss_type == "a":
        pass
    elif loss_type == "gone":
        raise ValueError
    if loss_type not in ("a", "b"):
        raise ValueError
"""
    assert facts_source.loss_types(ast.parse(code)) == ["a", "c", "d", "b"]


def test_parameters_of_a_method_leave_out_self_and_keep_defaults_as_written() -> None:
    init = next(m for m in classes(NEWEST)["DPOTrainer"]["methods"] if m["name"] == "__init__")
    rows = {p["name"]: p for p in init["parameters"]}
    assert "self" not in rows
    assert rows["model"]["default"] is None
    assert rows["ref_model"] == {
        "name": "ref_model",
        "kind": "positional_or_keyword",
        "default": "None",
        "type": "PreTrainedModel | None",
    }


def test_tiers_and_removals() -> None:
    trainers = [c for c in committed(NEWEST)["classes"] if c["kind"] == "trainer"]
    stable = {c["name"] for c in trainers if c["tier"] == "stable"}
    assert stable == {"_BaseTrainer", *(f"{name}Trainer" for name in STABLE)}
    public = [c for c in trainers if c["tier"] == "stable" and c["name"] != "_BaseTrainer"]
    assert {c["import_path"] for c in public} == {"trl"}
    assert [v for v in ("1.12.0", "1.13.0", NEWEST) if "PPOTrainer" in classes(v)] == ["1.12.0"]
    for name in ("BCO", "NashMD", "XPO", "PRM"):
        assert f"{name}Trainer" in classes("1.13.0")
        assert f"{name}Trainer" not in classes(NEWEST)


def test_of_two_classes_with_one_name_the_stable_one_comes_first() -> None:
    assert classes(NEWEST)["DPOTrainer"]["module"] == "trl.trainer.dpo_trainer"
    assert classes("1.12.0")["GRPOTrainer"]["module"] == "trl.trainer.grpo_trainer"


def test_names_of_other_libraries_are_known_as_theirs() -> None:
    external = committed(NEWEST)["external"]
    assert external["LoraConfig"] == "peft"
    assert external["TrainingArguments"] == "transformers"
    assert "DPOConfig" not in external


def test_no_docstring_help_text_or_path_leaks() -> None:
    sentences: set[str] = set()
    for entry in committed(NEWEST)["classes"]:
        cls = getattr(importlib.import_module(entry["module"]), entry["name"])
        texts = [inspect.getdoc(cls) or ""]
        if dataclasses.is_dataclass(cls):
            texts += [f.metadata.get("help") or "" for f in dataclasses.fields(cls)]
        sentences |= {s.strip() for t in texts for s in re.split(r"[.\n]", t) if len(s) > 30}
    assert len(sentences) > 1000
    for path in TRL_FOLDER.glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert [s for s in sentences if s in text] == [], path.name
        assert re.findall(r"\"[^\"]*(?:/home/|/root|/tmp|/usr/|[A-Z]:\\\\)[^\"]*\"", text) == []


# --- the registry against the facts ---


@pytest.mark.parametrize("path", REGISTRY, ids=lambda p: p.stem)
def test_registry_record_agrees_with_the_facts(path: Path) -> None:
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    trainer = classes(record["facts"])[record["class"]]
    assert record["slug"] == path.stem
    assert trainer["config"] == record["config"]
    assert record["config"] in classes(record["facts"])
    if trainer["paper"]:
        assert trainer["paper"] in record["papers"]
    tiers = [state["tier"] for state in record["availability"]]
    today = classes(NEWEST).get(record["class"])
    assert tiers[-1] == (today["tier"] if today else "removed")
    assert (record["facts"] == NEWEST) == (today is not None)
    assert bool(record.get("instead")) == (today is None)
    if today is None:  # the last state before the removal is the one in its facts
        assert tiers[-2] == trainer["tier"]


def test_registry_holds_the_fifteen_in_one_order() -> None:
    records = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in REGISTRY]
    assert sorted(r["priority"] for r in records) == list(range(1, 16))
    assert {s for r in records for s in r.get("instead", [])} <= {r["slug"] for r in records}
