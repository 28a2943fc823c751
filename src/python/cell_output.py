"""Runs a script and notes what each of its cells printed, for the page to show under the cell.

    python src/python/cell_output.py output.json script.py --tiny

`output.json` holds a list of `{"line": ..., "text": ...}`, one a cell that printed something, in
order: the line of the script (from 1) that printed first, and the text. The script runs as
`__main__` and prints as ever.
"""

from __future__ import annotations

import io
import json
import re
import runpy
import sys
from pathlib import Path

MARKER = re.compile(r"^# %%(\s|$)")


class Noting(io.TextIOBase):
    """Standard output that remembers which line of `script` wrote what."""

    def __init__(self, script: Path, through: io.TextIOBase) -> None:
        self.script, self.through = str(script), through
        lines = script.read_text(encoding="utf-8").splitlines()
        self.markers = [n for n, line in enumerate(lines, start=1) if MARKER.match(line)]
        self.noted: list[dict] = []
        self.cell = -1

    def writable(self) -> bool:
        return True

    def flush(self) -> None:
        self.through.flush()

    def write(self, text: str) -> int:
        line = self._line()
        cell = sum(marker < line for marker in self.markers)
        if cell != self.cell:
            self.noted.append({"line": line, "text": ""})
            self.cell = cell
        self.noted[-1]["text"] += text
        return self.through.write(text)

    def _line(self) -> int:
        """The line of the script's own level that is being executed: the outermost frame in it."""
        frame, line = sys._getframe(2), 0
        while frame is not None:
            if frame.f_code.co_filename == self.script and frame.f_code.co_name == "<module>":
                line = frame.f_lineno
            frame = frame.f_back
        return line


def main(target: str, script: str, *arguments: str) -> None:
    """Runs the script; writes the target when it has ended well."""
    noting = Noting(Path(script), sys.stdout)
    sys.argv = [script, *arguments]
    sys.path[0] = str(Path(script).parent)
    sys.stdout = noting
    try:
        runpy.run_path(script, run_name="__main__")
    finally:
        sys.stdout = noting.through
    Path(target).write_text(json.dumps(noting.noted), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
