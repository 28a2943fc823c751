"""In which release what older scripts rely on changed: `content/trl-history.json`.

    python src/python/history.py            # read the wheels of all releases, write the file
    python src/python/history.py --check    # compare, write nothing

The facts of two releases say *what* changed between them; this file says *when*. It is read off the
source of every release from FIRST to the pinned one, without importing any: the config fields,
constructor parameters, public methods and the home of each documented trainer. An event names the
release, the symbol, what happened (`moved`, `removed`, `default`) and both values, as
source text.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

import facts_release
import facts_source
from digest import content_dir
from releases import newest

FIRST = "0.25.1"
TARGET = "trl-history.json"
Json = dict[str, Any]


@dataclass(frozen=True)
class Surface:
    """What a script can rely on of one class in one release."""

    home: str  # the package to import it from: `trl` or `trl.experimental.ppo`
    defaults: dict[str, str] = field(default_factory=dict)  # of config fields, by name
    parameters: dict[str, str] = field(default_factory=dict)  # of the constructor
    methods: frozenset[str] = frozenset()
    losses: frozenset[str] = frozenset()  # strings of `loss_type` that the trainer tells apart


class Package:
    """The classes of one release, by name; a name may be defined in several modules."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.classes: dict[str, list[tuple[str, ast.ClassDef]]] = {}
        self.aliases: dict[tuple[str, str], str] = {}
        self.trees = {module: ast.parse(text) for module, text in texts.items()}
        for module, tree in self.trees.items():
            for node in ast.walk(tree):  # imports may stand inside a `with`
                if isinstance(node, ast.ClassDef):
                    self.classes.setdefault(node.name, []).append((module, node))
                elif isinstance(node, ast.ImportFrom):
                    for alias in node.names:
                        if alias.asname:
                            self.aliases[module, alias.asname] = alias.name

    def surface(self, name: str) -> Surface | None:
        """Of a class with that name the one that `trl` exports, else the experimental one.

        A class in its old place that only warns and passes on still counts as being there.
        """
        found = self.classes.get(name, [])
        if not found:
            return None
        module, node = min(found, key=lambda each: ".experimental." in each[0])
        defaults: dict[str, str] = {}
        parameters: dict[str, str] = {}
        methods: set[str] = set()
        losses: set[str] = set()
        for where, ancestor in self._lineage(module, node, set()):  # parents first
            if name.endswith("Trainer"):
                losses |= set(facts_source.loss_types(self.trees[where]))
            for item in ancestor.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    defaults[item.target.id] = default_of(item.value)
                elif isinstance(item, ast.FunctionDef):
                    if item.name == "__init__":  # one that only passes on leaves the parent's
                        parameters = parameters_of(item) or parameters
                    elif not item.name.startswith("_"):
                        methods.add(item.name)
        home = "trl"
        if ".experimental." in module:
            home = ".".join(module.split(".")[:3])
        return Surface(home, defaults, parameters, frozenset(methods), frozenset(losses))

    def _lineage(
        self, module: str, node: ast.ClassDef, seen: set[int]
    ) -> Iterator[tuple[str, ast.ClassDef]]:
        seen.add(id(node))
        for base in node.bases:
            name = base.id if isinstance(base, ast.Name) else ""
            name = self.aliases.get((module, name), name)
            for other, parent in self.classes.get(name, []):
                if id(parent) not in seen:
                    yield from self._lineage(other, parent, seen)
                    break
        yield module, node


def default_of(value: ast.expr | None) -> str:
    """The default of a dataclass field as source text, with `field(default=…)` taken off."""
    if value is None:
        return ""
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "field":
        for keyword in value.keywords:
            if keyword.arg in ("default", "default_factory"):
                return ast.unparse(keyword.value)
        return ""
    return ast.unparse(value)


def parameters_of(function: ast.FunctionDef) -> dict[str, str]:
    """Parameters of a constructor with their defaults, without `self` and the starred ones."""
    arguments = [*function.args.posonlyargs, *function.args.args][1:]
    defaults = [None] * (len(arguments) - len(function.args.defaults)) + function.args.defaults
    pairs = [*zip(arguments, defaults, strict=False)]
    pairs += [*zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)]
    return {argument.arg: ast.unparse(default) if default else "" for argument, default in pairs}


def read_wheel(file: Path) -> Package:
    """The modules of a wheel in which trainers and their parents stand."""
    folders = ("trl/trainer/", "trl/experimental/")
    with zipfile.ZipFile(file) as archive:
        names = [n for n in archive.namelist() if n.startswith(folders) and n.endswith(".py")]
        return Package(
            {n.removesuffix(".py").replace("/", "."): archive.read(n).decode() for n in names}
        )


def events(
    release: str, name: str, old: Surface | None, new: Surface | None, inherited: set[str]
) -> Iterator[Json]:
    """What changed for scripts between two neighbouring releases; nothing about what is new, but
    for fields that a config declares anew over transformers' (`inherited`): their default changed.
    """

    def event(symbol: str, what: str, before: str, after: str) -> Json:
        row = {"release": release, "symbol": symbol, "what": what}
        return row | {"before": before, "after": after}

    if old is None or new is None:
        if old is not None:
            yield event(name, "removed", old.home, "")
        return
    if old.home != new.home:
        yield event(name, "moved", old.home, new.home)
    for kind, before, after in (
        (f"{name}.", old.defaults, new.defaults),
        (f"{name}.__init__.", old.parameters, new.parameters),
    ):
        for member, value in before.items():
            if member not in after:
                yield event(kind + member, "removed", value, "")
            elif after[member] != value:
                yield event(kind + member, "default", value, after[member])
    for member in (new.defaults.keys() - old.defaults.keys()) & inherited:
        yield event(f"{name}.{member}", "default", "", new.defaults[member])
    for member in old.methods - new.methods:
        yield event(f"{name}.{member}", "removed", "", "")
    for loss in old.losses - new.losses:
        yield event(f"{name}.loss_type.{loss}", "removed", "", "")


def history(
    packages: list[tuple[str, Package]], classes: list[str], inherited: set[str]
) -> list[Json]:
    """All events, oldest first."""
    found: list[Json] = []
    for (_, before), (release, after) in pairwise(packages):
        for name in classes:
            rows = events(release, name, before.surface(name), after.surface(name), inherited)
            found += sorted(rows, key=lambda row: row["symbol"])
    return found


def releases_between(first: str, last: str) -> list[str]:
    """The releases of TRL on the package index in that range, oldest first."""
    listed = facts_release.index()
    key = facts_release.order
    plain = [v for v in listed if all(part.isdigit() for part in v.split("."))]
    return sorted((v for v in plain if key(first) <= key(v) <= key(last)), key=key)


def documented() -> list[str]:
    """The classes of the registry: trainers and configs."""
    names: list[str] = []
    for path in sorted((content_dir() / "trainers").glob("*.yaml")):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        names += [record["class"], record["config"]]
    return names


def render(releases: list[str], rows: list[Json]) -> str:
    """The file's text: one event a line."""
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"releases": {json.dumps(releases)}, "events": [\n  {lines}\n]}}\n'


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        releases = releases_between(FIRST, newest())
        packages = [(release, read_wheel(facts_release.wheel(release))) for release in releases]
    except facts_release.ReleaseError as error:
        print(error, file=sys.stderr)
        return 2
    facts = json.loads((content_dir() / "trl" / f"{newest()}.json").read_text(encoding="utf-8"))
    inherited = {row["name"] for row in facts["shared"]["TrainingArguments"]}
    text = render(releases, history(packages, documented(), inherited))
    target = content_dir() / TARGET
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        print(f"{target}: up to date")
        return 0
    if options.check:
        print(f"{target}: expected what the wheels say; run `npm run history`", file=sys.stderr)
        return 1
    target.write_text(text, encoding="utf-8")
    print(f"wrote {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
