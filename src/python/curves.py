"""Figures of functions: `content/curves/<name>.json`, computed by the Python file beside it.

    python src/python/curves.py                 # write all
    python src/python/curves.py --check         # compare, write nothing
    python src/python/curves.py kto-gradient    # one

A file `content/curves/<name>.py` defines `panels()`, which returns a list of panels: dicts with
`x` and `y` (quantity and unit of each axis) and `lines`, each with `name`, `tone` (`chosen`,
`rejected`, `policy`, `reference`, or 1 to 6) and `points`, pairs of numbers by rising x. It imports
what it draws from `distilled`, which equals TRL.
"""

from __future__ import annotations

import argparse
import json
import runpy
import sys
from pathlib import Path

from digest import content_dir

sys.path.insert(0, str(content_dir()))


def render(source: Path) -> str:
    """The JSON of a figure, one line a curve; numbers with five significant digits.

    Raises ValueError when a curve is not one of at least two finite points by rising x.
    """
    panels = runpy.run_path(str(source))["panels"]()
    texts = []
    for panel in panels:
        lines = []
        for line in panel["lines"]:
            points = [[float(f"{value:.5g}") for value in point] for point in line["points"]]
            xs = [x for x, _ in points]
            finite = all(abs(value) < float("inf") for point in points for value in point)
            if len(points) < 2 or xs != sorted(xs) or not finite:
                raise ValueError(
                    f"{source}: expected at least two finite points by rising x in "
                    f"{line['name']!r}, found {points[:3]}…"
                )
            lines.append(json.dumps({**line, "points": points}, ensure_ascii=False))
        axes = json.dumps({"x": panel["x"], "y": panel["y"]}, ensure_ascii=False)[:-1]
        texts.append(axes + ', "lines": [\n  ' + ",\n  ".join(lines) + "\n ]}")
    return f'{{"name": "{source.stem}", "panels": [\n ' + ",\n ".join(texts) + "\n]}\n"


def main(arguments: list[str] | None = None) -> int:
    """Writes the figures, or with --check says which are not fresh; 0 when all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("names", nargs="*", help="default: all")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    folder = content_dir() / "curves"
    sources = [folder / f"{name}.py" for name in options.names] or sorted(folder.glob("*.py"))
    stale = 0
    for source in sources:
        if not source.is_file():
            known = ", ".join(sorted(path.stem for path in folder.glob("*.py")))
            print(f"expected {source}, found none; figures: {known}", file=sys.stderr)
            return 2
        target, text = source.with_suffix(".json"), render(source)
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        if options.check:
            print(f"{target}: expected what {source.name} computes; run `npm run curves`")
            stale += 1
        else:
            target.write_text(text, encoding="utf-8")
            print(f"wrote {target}")
    return int(stale > 0)


if __name__ == "__main__":
    sys.exit(main())
