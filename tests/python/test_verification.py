"""verification.json says what pytest saw, keeps its dates, and shows what is stale."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import verification
from digest import ROOT, digest, relative

TESTS = """
import pytest

@pytest.mark.verifies("demo/equality", kind="equality", title="Demo", trainers=["demo"],
                      entry=None, inputs=["content/page.mdx"])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_small(n):
    assert n < 4

@pytest.mark.verifies("guides/demo/fences", kind="fences", title="Fences", trainers=["demo"],
                      entry="guides/demo", inputs=["content/page.mdx"])
def test_fence():
    assert True

def test_of_no_check():
    raise AssertionError("not run: it carries no marker")
"""
SETTINGS = f"""
[tool.pytest.ini_options]
testpaths = ["content"]
pythonpath = ["{ROOT / "src/python"}"]
markers = ["verifies(id, *, kind, title, trainers, entry, inputs): part of a check"]
"""


class Project:
    """A project of two checks. Its tests lie in its content folder, to have a recordable path."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.content.mkdir()
        self.file = self.content / "verification.json"
        self.tests = self.content / "test_demo.py"
        self.page = self.content / "page.mdx"
        self.tests.write_text(TESTS)
        self.page.write_text("text")
        (folder / "pyproject.toml").write_text(SETTINGS)
        shutil.copy(ROOT / "tests" / "python" / "conftest.py", folder / "conftest.py")

    def checks(self) -> dict[str, dict]:
        return {check["id"]: check for check in json.loads(self.file.read_text())["checks"]}

    def rewrite(self, old: str, new: str) -> None:
        assert old in self.tests.read_text()
        self.tests.write_text(self.tests.read_text().replace(old, new))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "content"))
    monkeypatch.setattr(verification, "ROOT", tmp_path)
    return Project(tmp_path)


def test_writes_what_pytest_saw(project: Project) -> None:
    assert verification.main(["--write"]) == 0
    check = project.checks()["demo/equality"]
    now = verification.versions()
    assert {key: check[key] for key in ("kind", "trainers", "entry", "title", "trl")} == {
        "kind": "equality",
        "trainers": ["demo"],
        "entry": None,
        "title": "Demo",
        "trl": now["trl"],
    }
    assert (check["passed"], check["failed"], check["versions"]) == (3, 0, now)
    assert check["inputs"] == {
        "content/page.mdx": digest("content/page.mdx"),
        "content/test_demo.py": digest("content/test_demo.py"),
    }
    assert list(project.checks()) == ["demo/equality", "guides/demo/fences"]


def test_an_unchanged_run_leaves_the_file_and_its_dates(project: Project) -> None:
    verification.main(["--write"])
    document = json.loads(project.file.read_text())
    for check in document["checks"]:
        check["date"] = "2001-02-03"
    verification.write(project.file, document["checks"])
    before = project.file.read_bytes()
    assert verification.main(["--write"]) == 0
    assert project.file.read_bytes() == before

    project.page.write_text("changed")
    verification.main(["--write"])
    assert all(check["date"] > "2001-02-03" for check in project.checks().values())


def test_one_check_alone(project: Project) -> None:
    verification.main(["--write"])
    before = project.checks()
    project.page.write_text("changed")
    assert verification.main(["--write", "--only", "guides/demo/fences"]) == 0
    after = project.checks()
    assert after["demo/equality"] == before["demo/equality"]
    assert after["guides/demo/fences"]["inputs"] != before["guides/demo/fences"]["inputs"]
    with pytest.raises(RuntimeError, match="expected ids of checks, found guides/other"):
        verification.main(["--write", "--only", "guides/other"])


def test_a_failure_is_written(project: Project) -> None:
    project.rewrite("n < 4", "n < 3")
    assert verification.main(["--write"]) == 1
    check = project.checks()["demo/equality"]
    assert (check["passed"], check["failed"]) == (2, 1)
    assert verification.main([]) == 1


def test_tests_that_cannot_be_read_change_nothing(project: Project) -> None:
    verification.main(["--write"])
    before = project.file.read_bytes()
    project.rewrite("import pytest", "import no_such_module")
    with pytest.raises(RuntimeError, match="no_such_module"):
        verification.main(["--write"])
    assert project.file.read_bytes() == before


class TestCompare:
    """Nothing is run: the states come from the file, the digests and what pytest collects."""

    def states(self, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
        capsys.readouterr()
        self.code = verification.main([])
        return dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())

    def test_missing_then_current(self, project: Project, capsys) -> None:
        assert set(self.states(capsys).values()) == {"missing: nobody ran it"}
        assert self.code == 1
        verification.main(["--write"])
        assert set(self.states(capsys).values()) == {"current"}
        assert self.code == 0

    def test_stale(self, project: Project, capsys) -> None:
        verification.main(["--write"])
        project.page.write_text("changed")
        assert self.states(capsys)["demo/equality"] == "stale: content/page.mdx changed since"
        project.page.write_text("text")
        other = project.content / "other.mdx"
        other.write_text("")
        project.rewrite('["content/page.mdx"])\n@', '["content/page.mdx", "content/other.mdx"])\n@')
        assert self.states(capsys) == {
            "demo/equality": "stale: content/other.mdx is a new input; "
            "content/test_demo.py changed since",
            "guides/demo/fences": "stale: content/test_demo.py changed since",
        }
        assert self.code == 1

    def test_another_trl(self, project: Project, capsys) -> None:
        verification.main(["--write"])
        checks = [{**check, "trl": "1.0.0"} for check in project.checks().values()]
        verification.write(project.file, checks)
        found = self.states(capsys)["demo/equality"]
        assert found.startswith("stale: it ran against TRL 1.0.0, its page is about ")

    def test_gone(self, project: Project, capsys) -> None:
        verification.main(["--write"])
        project.rewrite("guides/demo/fences", "guides/new/fences")
        found = self.states(capsys)
        assert found["guides/demo/fences"] == "gone: no test belongs to it"
        assert found["guides/new/fences"] == "missing: nobody ran it"
        assert verification.main(["--write"]) == 0
        assert list(project.checks()) == ["demo/equality", "guides/new/fences"]


class TestMarker:
    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('kind="fences"', 'kind="prose"', "expected kind to be one of facts, equality"),
            (', title="Fences"', "", "expected verifies(id, *, kind, title"),
            ("guides/demo/fences", "demo/equality", "expected the kind of check demo/equality"),
        ],
    )
    def test_mistakes(self, project: Project, old: str, new: str, message: str, capfd) -> None:
        project.rewrite(old, new)
        with pytest.raises(RuntimeError, match="pytest stopped"):
            verification.main(["--write"])
        assert message in capfd.readouterr().err

    def test_an_input_that_does_not_exist(self, project: Project) -> None:
        project.rewrite("content/page.mdx", "content/pgae.mdx")
        with pytest.raises(FileNotFoundError, match=r"content/pgae\.mdx: expected a file"):
            verification.main(["--write"])
        assert not project.file.exists()


def test_paths_of_the_content_folder(project: Project) -> None:
    assert relative(project.page) == "content/page.mdx"
    assert relative(Path(__file__)) == "tests/python/test_verification.py"
