"""Values of the distilled code for the explorers' tests: `content/distilled/vectors.json`.

    python src/python/vectors.py            # write
    python src/python/vectors.py --check    # compare, write nothing

Each module of `vector_sets/` gives one object of the file, under its own name.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

from digest import content_dir

sys.path.insert(0, str(content_dir()))

import vector_sets

FILE = content_dir() / "distilled" / "vectors.json"


def sets() -> dict[str, dict]:
    """The vectors of every module of `vector_sets/`, by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(vector_sets.__path__))
    return {name: importlib.import_module(f"vector_sets.{name}").vectors() for name in names}


def render() -> str:
    """The file's text: one case a line."""
    return "{\n" + ",\n".join(map(rendered_set, *zip(*sets().items(), strict=True))) + "\n}\n"


def rendered_set(name: str, vectors: dict) -> str:
    """One set, its settings on a line and each of its `cases` on another."""
    settings = {key: value for key, value in vectors.items() if key != "cases"}
    fields = [f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in settings.items()]
    cases = ",\n  ".join(json.dumps(case) for case in vectors["cases"])
    return f'"{name}": {{{"".join(fields)}"cases": [\n  {cases}\n]}}'


def main(arguments: list[str] | None = None) -> int:
    """Writes the file, or with --check says whether it is fresh; 0 when all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args(arguments)
    text = render()
    if not options.check:
        options.out.write_text(text, encoding="utf-8")
        return 0
    if options.out.is_file() and options.out.read_text(encoding="utf-8") == text:
        return 0
    print(
        f"{options.out}: expected the values that the distilled code gives today, found others; "
        "run `python src/python/vectors.py`",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
