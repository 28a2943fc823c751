"""What every release of TRL called its things: `src/import/report/trl-names.json`.

    python src/python/trl_names.py            # read the wheels of all releases, write the file
    python src/python/trl_names.py --check    # compare, write nothing

The facts say what a release has; a tutorial from 2023 names what none of them has. So this file
holds for the newest release what can be imported from where (constants and re-exports too) and
how long each source file is, and for everything that is gone the last release that had it. It is
read off the source, without importing any. Before the release in which the history begins, only
the last patch of each minor release is read.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import facts_release
import history
from digest import ROOT
from releases import newest

OLDEST = "0.4.0"
TARGET = ROOT / "src" / "import" / "report" / "trl-names.json"


@dataclass
class Names:
    """What one release has. Members: `DPOConfig.beta`, `DPOTrainer.__init__.args`."""

    files: dict[str, int] = field(default_factory=dict)  # number of lines, by path
    modules: set[str] = field(default_factory=set)
    exports: dict[str, set[str]] = field(default_factory=dict)  # what a module binds, by module
    own: dict[str, set[str]] = field(default_factory=dict)  # of those, what is TRL's
    members: set[str] = field(default_factory=set)


def read_names(wheel: Path) -> Names:
    """Parses every module of a wheel."""
    names, texts = Names(), {}
    with zipfile.ZipFile(wheel) as archive:
        for path in sorted(archive.namelist()):
            if path.startswith("trl/") and path.endswith(".py"):
                text = archive.read(path).decode()
                texts[module_of(path)] = text
                names.files[path] = len(text.splitlines())
    names.modules = set(texts)
    package = history.Package(texts)
    for module, tree in package.trees.items():
        bound = dict(bindings(tree.body))
        names.exports[module] = {n for n in bound if not n.startswith("__")}
        names.own[module] = {n for n, own in bound.items() if own and not n.startswith("_")}
    for name in package.classes:
        surface = package.surface(name)
        members = [*surface.defaults, *surface.methods]
        members += [f"__init__.{parameter}" for parameter in surface.parameters]
        names.members |= {f"{name}.{member}" for member in members}
    return names


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def bindings(body: list[ast.stmt]) -> Iterator[tuple[str, bool]]:
    """The names that a module's top level binds, and whether they are TRL's own."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, True
        elif isinstance(node, ast.ImportFrom):
            own = node.level > 0 or (node.module or "").split(".")[0] == "trl"
            yield from ((alias.asname or alias.name, own) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.asname or alias.name.split(".")[0], False) for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((t.id, True) for t in targets if isinstance(t, ast.Name))
        elif isinstance(node, ast.If | ast.Try | ast.With):
            for part in ("body", "orelse", "finalbody"):
                yield from bindings(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from bindings(handler.body)


def releases() -> list[str]:
    """Oldest first: the last patch of each minor release, then all that the history reads."""

    def key(version: str) -> tuple[int, ...]:
        return tuple(map(int, version.split(".")))

    late = history.releases_between(history.FIRST, newest())
    early = [v for v in history.releases_between(OLDEST, history.FIRST) if v not in late]
    last = {key(version)[:2]: version for version in early if key(version)[:2] != key(late[0])[:2]}
    return [*last.values(), *late]


def collect(by_release: list[tuple[str, Names]]) -> dict[str, object]:
    """The newest release as it is; of all others, the last release of what is gone."""
    last, now = by_release[-1]
    modules: dict[str, str] = {}
    names: dict[str, dict[str, str]] = {}
    members: dict[str, str] = {}
    for release, old in by_release[:-1]:
        modules |= dict.fromkeys(old.modules - now.modules, release)
        for module, own in old.own.items():
            gone = own - now.exports.get(module, set())
            if gone:
                names.setdefault(module, {}).update(dict.fromkeys(gone, release))
        members |= dict.fromkeys(old.members - now.members, release)
    return {
        "releases": [release for release, _ in by_release],
        "files": now.files,
        "exports": {module: sorted(names) for module, names in sorted(now.exports.items())},
        "gone": {
            "modules": dict(sorted(modules.items())),
            "names": {module: dict(sorted(gone.items())) for module, gone in sorted(names.items())},
            "members": dict(sorted(members.items())),
        },
        "newest": last,
    }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        found = [(release, read_names(facts_release.wheel(release))) for release in releases()]
    except facts_release.ReleaseError as error:
        print(error, file=sys.stderr)
        return 2
    names = collect(found)
    # Biome sets the lines of the file: what counts is what it says.
    if TARGET.is_file() and json.loads(TARGET.read_text(encoding="utf-8")) == names:
        print(f"{TARGET}: up to date")
        return 0
    if options.check:
        print(f"{TARGET}: expected what the wheels say; run this without --check", file=sys.stderr)
        return 1
    text = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    print(f"wrote {TARGET}; `npm run format` sets its lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
