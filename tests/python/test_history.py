"""When something changed between releases, read off source that is never imported."""

from __future__ import annotations

import json

import history
from digest import content_dir

OLD = {
    "trl.trainer.base": "class _Base:\n    seed: int = 1\n    kept: int = 1\n",
    "trl.trainer.x_trainer": (
        "from .base import _Base as Base\n"
        "class XConfig(Base):\n"
        "    beta: float = field(default=0.1, metadata={'help': 'no'})\n"
        "    gone: int = field(default_factory=lambda: [1])\n"
        "class XTrainer:\n"
        "    def __init__(self, model, tokenizer=None): ...\n"
        "    def x_loss(self):\n"
        "        if self.loss_type == 'a': ...\n"
        "        elif self.loss_type == 'b': ...\n"
    ),
}
NEW = {
    "trl.trainer.base": OLD["trl.trainer.base"],
    "trl.experimental.x.x_trainer": (
        "from ...trainer.base import _Base\n"
        "class XConfig(_Base):\n"
        "    beta: float = 0.2\n"
        "    lr: float = 1e-6\n"
        "class XTrainer:\n"
        "    def __init__(self, model, *, tokenizer=None): ...\n"
        "    def _private(self):\n"
        "        if self.loss_type == 'a': ...\n"
    ),
}
WRAPPED = {
    **NEW,
    "trl.trainer.x_trainer": (
        "with quiet():\n"
        "    from ..experimental.x import XTrainer as _XTrainer\n"
        "class XTrainer(_XTrainer):\n"
        "    def __init__(self, *args, **kwargs):\n"
        "        super().__init__(*args, **kwargs)\n"
    ),
}


def changes(before: dict[str, str], after: dict[str, str], name: str) -> list[tuple]:
    packages = [("1", history.Package(before)), ("2", history.Package(after))]
    rows = history.history(packages, [name], {"lr"})
    return [(row["symbol"], row["what"], row["before"], row["after"]) for row in rows]


def test_fields_with_those_of_parents() -> None:
    surface = history.Package(OLD).surface("XConfig")
    assert surface.home == "trl"
    assert surface.defaults == {"seed": "1", "kept": "1", "beta": "0.1", "gone": "lambda: [1]"}


def test_a_config_that_moves() -> None:
    assert changes(OLD, NEW, "XConfig") == [
        ("XConfig", "moved", "trl", "trl.experimental.x"),
        ("XConfig.beta", "default", "0.1", "0.2"),
        ("XConfig.gone", "removed", "lambda: [1]", ""),
        ("XConfig.lr", "default", "", "1e-06"),
    ]


def test_methods_and_loss_types() -> None:
    assert changes(OLD, NEW, "XTrainer")[1:] == [
        ("XTrainer.loss_type.b", "removed", "", ""),
        ("XTrainer.x_loss", "removed", "", ""),
    ]


def test_a_class_that_only_warns_in_its_old_place_has_not_moved() -> None:
    surface = history.Package(WRAPPED).surface("XTrainer")
    assert surface.home == "trl"
    assert surface.parameters == {"model": "", "tokenizer": "None"}


def test_a_class_that_goes() -> None:
    assert changes(NEW, {}, "XTrainer") == [("XTrainer", "removed", "trl.experimental.x", "")]


def test_the_file_ends_where_the_facts_do() -> None:
    """What the file says of defaults agrees with the imported releases at both ends."""
    written = json.loads((content_dir() / history.TARGET).read_text(encoding="utf-8"))
    newest = json.loads(
        (content_dir() / "trl" / f"{history.newest()}.json").read_text(encoding="utf-8")
    )
    defaults = {
        f"{entry['name']}.{row['name']}": row["default"]
        for entry in newest["classes"]
        for row in entry["fields"]
    }
    last = {row["symbol"]: row for row in written["events"]}
    compared = 0
    for symbol, row in last.items():
        if row["what"] == "default" and symbol in defaults:
            assert row["after"] == defaults[symbol], symbol
            compared += 1
        elif row["what"] == "removed":
            assert symbol not in defaults, symbol
    assert compared > 10
    assert written["releases"][0] == history.FIRST
    assert written["releases"][-1] == history.newest()
