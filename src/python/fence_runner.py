"""Runs the Python fences of one page, in order, in one namespace; a process of its own a page.

Reads `{"file": ..., "fences": [{"line": ..., "code": ...}]}` from standard input, writes a list of
`{"output": ..., "error": null | "...", "line": ...}` to the file named by the first argument. It
stops at the first fence that fails, so the list may be shorter than the fences. What fences print
to standard error is left alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import linecache
import sys
import traceback
from pathlib import Path
from typing import Any


def run(file: str, fences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Output of each fence; `line` is the page's line where a failing one failed."""
    linecache.getlines(file)  # tracebacks quote the page
    namespace: dict[str, Any] = {"__name__": "__main__"}
    results: list[dict[str, Any]] = []
    for fence in fences:
        padded = "\n" * (fence["line"] - 1) + fence["code"]  # line numbers become the page's
        stdout = io.StringIO()
        error, line = None, fence["line"]
        try:
            with contextlib.redirect_stdout(stdout):
                exec(compile(padded, file, "exec", dont_inherit=True), namespace)
        except SyntaxError as problem:
            error, line = f"SyntaxError: {problem.msg}", problem.lineno or line
        except BaseException as problem:
            frames = traceback.extract_tb(problem.__traceback__)
            error = "".join(traceback.format_exception_only(problem)).strip()
            line = next((f.lineno for f in reversed(frames) if f.filename == file), line)
        results.append({"output": stdout.getvalue(), "error": error, "line": line})
        if error is not None:
            break
    return results


if __name__ == "__main__":
    request = json.load(sys.stdin)
    sys.path[:0] = [str(Path.cwd()), str(Path.cwd() / "example-scripts")]  # distilled, lab
    Path(sys.argv[1]).write_text(json.dumps(run(**request)), encoding="utf-8")
