"""Every Python fence of every page prints what the page shows, and the runner notices when not."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
import yaml

import fences
from digest import content_dir, relative

PREFIXES = {"annotated-trainers": "trainers", "reference-guides": "guides"}


def entry(page: Path) -> str:
    """The entry's reference, which is its URL path too: `guides/dpo-loss`."""
    return f"{PREFIXES[page.parent.name]}/{page.stem}"


def inputs(page: Path, code: list[str]) -> list[str]:
    """The page, and the modules of the content folder that its fences import."""
    modules: set[str] = set()
    for text in code:
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # running the fence reports it
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module)
            elif isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
    folders = (content_dir(), content_dir() / "example-scripts")
    names = [f"{module.replace('.', '/')}.py" for module in sorted(modules)]
    files = [folder / name for folder in folders for name in names]
    return [relative(page), *(relative(file) for file in files if file.is_file())]


def items() -> list:
    """One parameter a fence: each page's fences form one check of verification.json."""
    found = []
    for page in fences.pages():
        text = page.read_text(encoding="utf-8")
        head = yaml.safe_load(text.split("---")[1]) if text.startswith("---") else {}
        parsed = [f for f in fences.parse(text) if f.executed or f.language == "output"]
        executed = [fence.code for fence in parsed if fence.executed]
        mark = pytest.mark.verifies(
            f"{entry(page)}/fences",
            kind="fences",
            title=f"Code blocks of “{head.get('title', page.stem)}” print what the page shows",
            trainers=head.get("trainers", []),
            entry=entry(page),
            inputs=inputs(page, executed),
        )
        found += [
            pytest.param(page, fence.line, id=f"{page.stem}:{fence.line}", marks=mark)
            for fence in parsed
            if fence.executed
        ]
    return found


checked = cache(fences.check)


@pytest.mark.parametrize(("page", "line"), items())
def test_fence(page: Path, line: int) -> None:
    mismatch = checked(page)[line]
    if mismatch is not None:
        pytest.fail(str(mismatch), pytrace=False)


@pytest.mark.parametrize("page", fences.pages(), ids=lambda page: page.stem)
def test_no_output_without_code_that_ran(page: Path) -> None:
    lines = {
        fence.line for fence in fences.parse(page.read_text(encoding="utf-8")) if fence.executed
    }
    assert [str(m) for line, m in checked(page).items() if line not in lines] == []


def written(tmp_path: Path, text: str) -> Path:
    """A page of fences, written with ''' for the marks."""
    page = tmp_path / "page.mdx"
    page.write_text(text.replace("'''", "```"), encoding="utf-8")
    return page


def messages(page: Path) -> list[str]:
    return [str(mismatch) for mismatch in fences.check(page).values() if mismatch]


class TestRunner:
    def test_fences_share_one_namespace(self, tmp_path: Path) -> None:
        page = written(
            tmp_path,
            "'''python\nx = 2\n'''\n\ntext\n\n'''python title=\"twice\" {1}\nprint(2 * x)\n'''\n\n"
            "'''output\n4\n'''\n",
        )
        assert fences.check(page) == {2: None, 8: None}

    def test_wrong_output(self, tmp_path: Path) -> None:
        page = written(tmp_path, "'''python\nprint(1)\nprint(2)\n'''\n'''output\n1\n3\n'''\n")
        (message,) = messages(page)
        assert message.startswith(f"{page}:6: the fence of line 2 prints something else")
        assert "\n-3\n+2" in message

    def test_exception(self, tmp_path: Path) -> None:
        page = written(
            tmp_path,
            "'''python\ny = 1\ny / 0\n'''\n\n'''python\nprint(y)\n'''\n'''output\n1\n'''\n",
        )
        first, second, *_ = messages(page)
        assert first == f"{page}:3: the fence raised ZeroDivisionError: division by zero"
        assert second == f"{page}:7: did not run, because the fence of line 2 failed"

    def test_syntax_error(self, tmp_path: Path) -> None:
        page = written(tmp_path, "# Title\n\n'''python\nx = (\n'''\n")
        assert messages(page) == [f"{page}:4: the fence raised SyntaxError: '(' was never closed"]

    def test_missing_output(self, tmp_path: Path) -> None:
        page = written(
            tmp_path, "'''python\nprint('hello')\n'''\n\ntext\n\n'''output\nhello\n'''\n"
        )
        missing, orphan = messages(page)
        assert missing.startswith(f"{page}:3: expected an `output` fence")
        assert "--update" in missing
        assert orphan.startswith(f"{page}:8: expected an executed `python` fence right before")

    def test_output_of_nothing(self, tmp_path: Path) -> None:
        page = written(tmp_path, "'''python\nx = 1\n'''\n'''output\n1\n'''\n")
        (message,) = messages(page)
        assert "\n-1" in message

    @pytest.mark.parametrize("meta", ['unchecked="a sketch"', 'norun="needs a GPU"'])
    def test_skipped_fences_show_no_output(self, tmp_path: Path, meta: str) -> None:
        page = written(tmp_path, f"'''python {meta}\nno_such_name\n'''\n")
        assert fences.check(page) == {}
        shown = written(tmp_path, f"'''python {meta}\nno_such_name\n'''\n'''output\n1\n'''\n")
        assert len(messages(shown)) == 1

    def test_white_space_at_line_ends_does_not_count(self, tmp_path: Path) -> None:
        page = written(tmp_path, "'''python\nprint('a  ')\n'''\n'''output\na\n\n'''\n")
        assert messages(page) == []

    def test_indented_and_nested_fences(self, tmp_path: Path) -> None:
        page = written(
            tmp_path,
            "- item\n\n  '''python\n  if True:\n      print(1)\n  '''\n\n  '''output\n  1\n  '''\n",
        )
        assert messages(page) == []
        nested = written(tmp_path, "''''md\n'''python\nraise SystemExit\n'''\n''''\n")
        assert fences.check(nested) == {}

    def test_the_content_folder_and_its_scripts_are_importable(self, tmp_path: Path) -> None:
        page = written(
            tmp_path,
            "'''python\nimport lab\nfrom distilled.dpo import LOSSES\nprint(len(LOSSES))\n'''\n"
            "'''output\n15\n'''\n",
        )
        assert messages(page) == []

    def test_a_fence_that_ends_the_process(self, tmp_path: Path) -> None:
        page = written(tmp_path, "'''python\nimport os\nos._exit(3)\n'''\n")
        with pytest.raises(RuntimeError, match=r"page\.mdx: the fences' process ended early"):
            fences.check(page)


class TestUpdate:
    def test_inserts_replaces_and_removes(self, tmp_path: Path) -> None:
        page = written(
            tmp_path,
            "'''python\nprint(1)\n'''\n\ntext\n\n'''python\nprint(2)\n'''\n\n'''output\nold\n'''\n\n"
            "'''python\nx = 3\n'''\n\n'''output\nold\n'''\n\nend\n",
        )
        assert fences.update(page) is True
        assert page.read_text().replace("```", "'''") == (
            "'''python\nprint(1)\n'''\n\n'''output\n1\n'''\n\ntext\n\n'''python\nprint(2)\n'''\n\n"
            "'''output\n2\n'''\n\n'''python\nx = 3\n'''\n\nend\n"
        )
        assert messages(page) == []
        assert fences.update(page) is False

    def test_changes_nothing_when_a_fence_fails(self, tmp_path: Path) -> None:
        page = written(tmp_path, "'''python\nprint(1)\n'''\n\n'''python\n1 / 0\n'''\n")
        before = page.read_text()
        with pytest.raises(RuntimeError, match=r"page\.mdx:6: the fence raised ZeroDivisionError"):
            fences.update(page)
        assert page.read_text() == before
