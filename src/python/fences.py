"""Python fences of a page, executed, and their output compared with what the page shows.

    python src/python/fences.py content/reference-guides/dpo-loss.mdx            # check
    python src/python/fences.py --update content/reference-guides/dpo-loss.mdx   # write the outputs

Fences with the language `python` run in order in one namespace a page, with the content folder as
working directory; it and its `example-scripts` are on `sys.path`. `unchecked="why"` or
`norun="why"` in the info string keeps one from running. What a fence prints must stand in an
`output` fence right after it; white space at the ends of lines does not count. Without arguments
all pages of the content folder are checked.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from digest import content_dir
from releases import environment_of, release_of

RUNNER = Path(__file__).with_name("fence_runner.py")
FOLDERS = ("annotated-trainers", "reference-guides")
LIMIT_SECONDS = 300
ENVIRONMENT = {
    **{"HF_HUB_OFFLINE": "1", "TRL_EXPERIMENTAL_SILENCE": "1", "TOKENIZERS_PARALLELISM": "false"},
    **{"PYTHONHASHSEED": "0", "TQDM_DISABLE": "1"},  # the same output on every run
}
OPENING = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>.*)$")
SKIPPED = re.compile(r"\b(?:unchecked|norun)=")


@dataclass(frozen=True)
class Fence:
    """A fenced code block; lines count from 1, `line` is that of its first line of code."""

    language: str
    info: str
    code: str
    line: int
    end: int  # line of the closing mark
    indent: str
    mark: str

    @property
    def executed(self) -> bool:
        return self.language == "python" and not SKIPPED.search(self.info)


@dataclass(frozen=True)
class Mismatch:
    """What is wrong with one fence of a page."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def parse(text: str) -> list[Fence]:
    """All fences of a page in order; an unclosed one runs to the end, as in Markdown."""
    lines, fences, index = text.split("\n"), [], 0
    while index < len(lines):
        opening = OPENING.match(lines[index])
        index += 1
        if opening is None or "`" in opening["info"]:
            continue
        indent, mark, first = opening["indent"], opening["mark"], index
        closing = re.compile(rf"^[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        while index < len(lines) and not closing.match(lines[index]):
            index += 1
        code = "\n".join(line.removeprefix(indent) for line in lines[first:index])
        info = opening["info"].strip()
        language = re.split(r"[\s{]", info, maxsplit=1)[0]
        fences.append(Fence(language, info, code, first + 1, index + 1, indent, mark))
        index += 1
    return fences


def output_of(fences: list[Fence], text: str) -> dict[int, Fence]:
    """The `output` fence right after a fence (blank lines between), by the fence's line."""
    lines = text.split("\n")
    return {
        before.line: after
        for before, after in pairwise(fences)
        if after.language == "output" and not "".join(lines[before.end : after.line - 2]).strip()
    }


def run(file: Path, fences: list[Fence]) -> list[dict]:
    """Results of the executed fences, see `fence_runner`. Raises RuntimeError when none came."""
    request = {
        "file": str(file.resolve()),
        "fences": [{"line": fence.line, "code": fence.code} for fence in fences],
    }
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "results.json"
        process = [sys.executable, str(RUNNER), str(answer)]
        environment = {**environment_of(release_of(trainers_of(file))), **ENVIRONMENT}
        try:
            done = subprocess.run(
                process,
                input=json.dumps(request),
                capture_output=True,
                text=True,
                cwd=content_dir(),
                env=environment,
                timeout=LIMIT_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"{file}: the fences ran longer than {LIMIT_SECONDS} s") from None
        if not answer.exists():
            raise RuntimeError(f"{file}: the fences' process ended early:\n{done.stderr[-2000:]}")
        return json.loads(answer.read_text(encoding="utf-8"))


def trainers_of(file: Path) -> list[str]:
    """The trainers that a page's frontmatter names; they decide which TRL its fences import."""
    text = file.read_text(encoding="utf-8")
    head = yaml.safe_load(text.split("---")[1]) if text.startswith("---") else {}
    return head.get("trainers", [])


def stripped(text: str) -> str:
    """Without white space at the ends of lines and blank lines at either end."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def compare(file: Path, fence: Fence, shown: Fence | None, result: dict) -> Mismatch | None:
    """What is wrong with one executed fence, if anything."""
    if result["error"] is not None:
        return Mismatch(file, result["line"], f"the fence raised {result['error']}")
    found = stripped(result["output"])
    if shown is None and found:
        return Mismatch(
            file,
            fence.end,
            f"expected an `output` fence with what this one prints, found none:\n{found}\n"
            f"write it with: python src/python/fences.py --update {file}",
        )
    expected = stripped(shown.code) if shown else ""
    if expected == found:
        return None
    difference = difflib.unified_diff(
        expected.split("\n"), found.split("\n"), "on the page", "printed", lineterm="", n=1
    )
    return Mismatch(
        file,
        shown.line if shown else fence.line,
        f"the fence of line {fence.line} prints something else than the page shows:\n"
        + "\n".join(difference),
    )


def check(file: Path) -> dict[int, Mismatch | None]:
    """What is wrong with each executed fence of a page, by the fence's line, None for nothing.

    An `output` fence that shows the output of nothing executed is wrong too.
    """
    text = file.read_text(encoding="utf-8")
    fences = parse(text)
    outputs = output_of(fences, text)
    executed = [fence for fence in fences if fence.executed]
    found: dict[int, Mismatch | None] = {}
    results = run(file, executed) if executed else []
    for fence, result in zip(executed, results, strict=False):
        found[fence.line] = compare(file, fence, outputs.get(fence.line), result)
    for fence in executed[len(results) :]:
        message = f"did not run, because the fence of line {executed[len(results) - 1].line} failed"
        found[fence.line] = Mismatch(file, fence.line, message)
    owned = {outputs[fence.line].line for fence in executed if fence.line in outputs}
    for fence in fences:
        if fence.language == "output" and fence.line not in owned:
            message = "expected an executed `python` fence right before this `output`, found none"
            found[fence.line] = Mismatch(file, fence.line, message)
    return found


def update(file: Path) -> bool:
    """Writes what the fences print into the page; whether it changed.

    Raises RuntimeError, and leaves the page alone, when a fence fails.
    """
    text = file.read_text(encoding="utf-8")
    fences = parse(text)
    outputs = output_of(fences, text)
    executed = [fence for fence in fences if fence.executed]
    results = run(file, executed) if executed else []
    lines = text.split("\n")
    for fence, result in reversed(list(zip(executed, results, strict=False))):  # lines stay valid
        if result["error"] is not None:
            raise RuntimeError(f"{file}:{result['line']}: the fence raised {result['error']}")
        shown, printed = outputs.get(fence.line), stripped(result["output"])
        body = [(fence.indent + line).rstrip() for line in printed.split("\n")]
        if shown and printed and stripped(shown.code) != printed:
            lines[shown.line - 1 : shown.end - 1] = body
        elif shown and not printed:
            del lines[fence.end : shown.end]
        elif printed and not shown:
            closing = fence.indent + "```"
            lines[fence.end : fence.end] = ["", closing + "output", *body, closing]
    changed = "\n".join(lines) != text
    if changed:
        file.write_text("\n".join(lines), encoding="utf-8")
    return changed


def pages() -> list[Path]:
    """Every page that may hold executed fences, sorted."""
    folders = [content_dir() / folder for folder in FOLDERS]
    return sorted(file for folder in folders for file in folder.glob("*.md*"))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pages", nargs="*", type=Path, help="MDX or Markdown files; default: all")
    parser.add_argument("--update", action="store_true", help="write the outputs into the pages")
    chosen = parser.parse_args(arguments)
    failed = False
    for file in chosen.pages or [Path(os.path.relpath(page)) for page in pages()]:
        if chosen.update:
            print(f"{file}: {'updated' if update(file) else 'unchanged'}")
            continue
        found = check(file)
        wrong = [mismatch for mismatch in found.values() if mismatch]
        failed = failed or bool(wrong)
        for mismatch in wrong:
            print(mismatch, file=sys.stderr)
        print(f"{file}: {len(found)} fences, {len(wrong)} wrong")
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except RuntimeError as error:
        sys.exit(str(error))
