"""Facts about a TRL release, read off the package itself: `content/trl/<version>.json`.

    python src/python/facts.py                  # the importable TRL
    python src/python/facts.py --trl 1.12.0     # another release, from its wheel
    python src/python/facts.py --check          # compare, write nothing

They go to `trl/` of the content folder. Releases up to the newest one that the registry names in
`facts` are what content is held to; of later ones `npm run check` tells what they make untrue.

Shape (snake_case, see `facts()` for the head): `classes` (trainers, configs, collators, callbacks
and the other classes of their modules), `functions` (of the same modules), `external` (names of
neighbouring packages that look like TRL's). Rules that a reader may rely on:

- A line range starts at the `def` or `class` keyword (no decorators) and ends with the body.
- Two classes may share a name: the stable one comes first, so the first match by name is it.
- `default` is a Python repr; null means required. Parameters: the source text, null = required.
- What transformers gives to every config and trainer stands once, under `shared`. A class names
  its list in `shares` ("TrainingArguments", "transformers.Trainer" or null), so its full list is
  `fields` (or `methods`) plus the entries of `shared[shares]` whose name is not among them.
- Inherited methods have only `name` and `inherited_from` (`GRPOTrainer`, `transformers.Trainer`).
- A field's `inherited_from` is the class that declares it last; `overrides` says that a TRL class
  redeclares a field of its parents (then the default is TRL's choice).
- `digest` tells two versions of a definition apart (its code without comments and docstrings).
- `loss_types`: the strings that the trainer's code tells apart, then the config's further choices.

The file holds no docstring, no help text and no path or name of the machine that wrote it.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

import facts_release as release
import facts_runtime as runtime
import facts_source as source
from digest import content_dir
from facts_json import differences, render

Json = dict[str, Any]

# Globs below the package folder: where a name that a page may use can be defined.
MODULES = (
    "trainer/*.py",
    "experimental/**/*_trainer.py",
    "experimental/**/*_config.py",
    "experimental/**/*callback.py",
    "experimental/**/modeling_*.py",
    "experimental/utils.py",
    "data_utils.py",
    "chat_template_utils.py",
    "models/utils.py",
    "rewards/*.py",
    "scripts/utils.py",
    "kernels/chunked_*.py",
    "import_utils.py",
)
STABLE_FIRST = {"stable": 0, "experimental": 1}
ALSO_PRIVATE = ("_BaseTrainer", "_BaseConfig")  # parents that `bases` and `inherited_from` name


def facts(released: str) -> Json:
    """The facts of the importable TRL. `released` is its date, which an installed TRL forgets."""
    trl = runtime.import_trl()
    version = importlib.metadata.version("trl")
    package = Path(trl.__file__).resolve().parent
    paths = {path for glob in MODULES for path in package.glob(glob)}
    modules = [source.read_module(package, p) for p in sorted(paths) if p.name != "__init__.py"]
    classes = [_class(m, node) for m in modules for node in m.classes if _wanted(node.name)]
    functions = [_function(m, node) for m in modules for node in m.functions]
    return {
        "trl": version,
        "tag": f"v{version}",
        "released": released,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "transformers": importlib.metadata.version("transformers"),
        "torch": importlib.metadata.version("torch").partition("+")[0],
        "classes": sorted(
            classes, key=lambda c: (c["name"].lower(), STABLE_FIRST[c["tier"]], c["module"])
        ),
        "shared": runtime.shared(),
        "functions": sorted(functions, key=lambda f: (f["name"].lower(), f["module"])),
        "external": runtime.external_names(),
    }


def _wanted(name: str) -> bool:
    return not name.startswith("_") or name in ALSO_PRIVATE


def _class(module: source.Module, node: Any) -> Json:
    cls = runtime.load(module.name, node.name)
    kind = runtime.kind(cls)
    methods = source.methods(module, node)
    if kind == "trainer":
        methods += runtime.inherited_methods(cls, {m["name"] for m in methods})
    config = _config(module, node) if kind == "trainer" else None
    return {
        "name": node.name,
        "kind": kind,
        "module": module.name,
        "import_path": runtime.public_path(cls, module.name, node.name),
        "tier": _tier(module.name),
        "file": module.file,
        "lines": source.line_range(node),
        "digest": module.digest(node),
        "bases": [base.__name__ for base in cls.__bases__ if base is not object],
        "shares": runtime.ancestor(cls),
        "config": config and config.__name__,
        "paper": runtime.paper(cls) if kind == "trainer" else None,
        "loss_types": _loss_types(module, config) if kind == "trainer" else [],
        "methods": methods,
        "fields": runtime.fields(cls) if kind == "config" else [],
    }


def _config(module: source.Module, node: Any) -> type | None:
    """The class that `args` is annotated with, else the `XConfig` of the package or of `trl`."""
    name = source.config_of(node) or node.name.removesuffix("Trainer") + "Config"
    places = (module.name, module.name.rpartition(".")[0], "trl")
    found = (getattr(sys.modules[place], name, None) for place in places)
    return next((config for config in found if config), None)


def _loss_types(module: source.Module, config: type | None) -> list[str]:
    """Compared strings of the trainer's module, then choices of the config's `loss_type`."""
    found = source.loss_types(module.tree)
    rows = {f["name"]: f for f in runtime.fields(config)} if found and config else {}
    return list(dict.fromkeys([*found, *(rows.get("loss_type", {}).get("choices") or [])]))


def _function(module: source.Module, node: source.Function) -> Json:
    function = runtime.load(module.name, node.name)
    return {
        "name": node.name,
        "module": module.name,
        "import_path": runtime.public_path(function, module.name, node.name),
        "file": module.file,
        "lines": source.line_range(node),
        "digest": module.digest(node),
        "parameters": source.parameters(node, method=False),
    }


def _tier(module: str) -> str:
    return "experimental" if module.startswith("trl.experimental.") else "stable"


def fresh(out: Path) -> tuple[Path, Json]:
    """The file that the importable TRL's facts go to, and the facts.

    The release date comes from the file when there is one (so that a check needs no network),
    else from the release's wheel.
    """
    version = importlib.metadata.version("trl")
    target = out / f"{version}.json"
    if target.exists():
        released = json.loads(target.read_text(encoding="utf-8"))["released"]
    else:
        released = release.release_date(version)
    return target, facts(released)


def _in_subprocess(options: argparse.Namespace) -> int:
    """The same command in a Python that has the asked-for release in front of its path."""
    command = [sys.executable, __file__, "--out", str(options.out)]
    command += ["--check"] if options.check else []
    env = release.environment(options.trl)
    return subprocess.run(command, env=env, check=False).returncode


def write(target: Path, new: Json) -> list[str]:
    """Writes the facts, whole or not at all; says what that changed, and what to do next."""
    text = render(new) + "\n"
    old = target.read_text(encoding="utf-8") if target.is_file() else None
    said = f"{target}: {len(new['classes'])} classes, {len(new['functions'])} functions"
    if old == text:
        return [f"{said}, as it was"]
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".json.new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(target)
    changes = [] if old is None else differences(json.loads(old), new)
    more = [f"  and {len(changes) - 20} more differences"] if len(changes) > 20 else []
    return [said, *(f"  {line}" for line in changes[:20]), *more, *_next(target, new["trl"])]


def _next(target: Path, version: str) -> list[str]:
    """What an operator does with the facts of a release that content is not held to yet."""
    pinned = pinned_release(target.parent.parent)
    if pinned is None or release.order(version) <= release.order(pinned):
        return []
    return [
        f"Content is held to TRL {pinned}. What {version} makes untrue:",
        "  npm run check",
        f"  npm run diff -- {pinned} {version}",
    ]


def pinned_release(content: Path) -> str | None:
    """The newest release that a record of the registry names; None without a registry."""
    files = (content / "trainers").glob("*.yaml")
    records = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    named = [record["facts"] for record in records if isinstance(record, dict)]
    return max(named, key=release.order, default=None)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="npm run facts --", description="Add the facts of a TRL release to the content."
    )
    parser.add_argument("--out", type=Path, help="folder of <version>.json (content/trl)")
    parser.add_argument("--trl", metavar="VERSION", help="another release than the installed one")
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    options = parser.parse_args(arguments)
    options.out = options.out or content_dir() / "trl"
    os.environ.update(release.QUIET)
    try:
        if options.trl and options.trl != importlib.metadata.version("trl"):
            return _in_subprocess(options)
        target, new = fresh(options.out)
    except release.ReleaseError as error:
        print(f"TRL {options.trl or ''} cannot be fetched. {error}", file=sys.stderr)
        return 2
    except ImportError as error:
        cure = f"Install it: python -m pip install {error.name}"
        print(f"Module `{error.name}` cannot be imported. {cure}", file=sys.stderr)
        return 2
    if not options.check:
        print("\n".join(write(target, new)))
        return 0
    if not target.exists():
        print(f"{target}: missing. Write it: npm run facts -- --trl {new['trl']}")
        return 1
    # The Python that looks does not change what it sees: types are written version-free.
    old = {**json.loads(target.read_text(encoding="utf-8")), "python": new["python"]}
    found = differences(old, new)
    print("\n".join(f"{target}: {line}" for line in found) or f"{target}: up to date")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
