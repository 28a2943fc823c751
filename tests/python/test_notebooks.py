"""The notebooks of the example scripts are valid, and run to their end.

`scripts/notebooks.ts` makes them as the site does. Each runs in a fresh kernel and an empty folder,
with the TRL that it asks for and without a network: only the cell that installs packages is left
out. SFT and DPO run whole; the others, whose cells are those of scripts that are tested whole, take
two steps where the script has `--max-steps`.
"""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import runs
from digest import ROOT, content_dir
from releases import environment_of

SCRIPTS = runs.scripts(content_dir() / "example-scripts")
NAMES = [script.stem for script in SCRIPTS]
WHOLE = ("sft_training", "dpo_training")
SECONDS = 300  # for one cell; a training cell takes ten


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with a notebook for each script."""
    out = tmp_path_factory.mktemp("notebooks")
    node = ROOT / "node_modules" / ".bin" / "node"
    subprocess.run([node, ROOT / "scripts" / "notebooks.ts", "--out", out], cwd=ROOT, check=True)
    return out


def read(folder: Path, name: str) -> nbformat.NotebookNode:
    return nbformat.read(folder / f"{name}.ipynb", as_version=nbformat.NO_CONVERT)


def pins(script: Path) -> list[str]:
    """The dependencies of a script's PEP 723 header."""
    header = runs.HEADER.search(script.read_text(encoding="utf-8"))[1]
    return tomllib.loads(re.sub(r"^# ?", "", header, flags=re.M))["dependencies"]


def tagged(notebook: nbformat.NotebookNode, tag: str) -> nbformat.NotebookNode:
    """The one cell with a tag."""
    (cell,) = [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]
    return cell


def run(notebook: nbformat.NotebookNode, folder: Path) -> nbformat.NotebookNode:
    """Executes a notebook in a folder; raises CellExecutionError with the traceback of a cell."""
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        skip_cells_with_tag="install",
        resources={"metadata": {"path": str(folder)}},
    )
    return client.execute(env=environment_of(notebook.metadata.annotated_trainers.trl))


@pytest.fixture(scope="session")
def executed(request, folder: Path, tmp_path_factory) -> Iterator[dict[str, Future]]:
    """The notebooks that the chosen tests ask for, running two at a time."""
    calls = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    asked = {call["notebook"] for call in calls if "notebook" in call}
    with ThreadPoolExecutor(2) as executor:
        started = {}
        for name in sorted(asked, key=lambda name: name not in WHOLE):
            notebook = read(folder, name)
            arguments = tagged(notebook, "arguments")
            if name not in WHOLE and "--max-steps" in (SCRIPTS[NAMES.index(name)]).read_text():
                short = '"--tiny", "--max-steps", "2"]'
                arguments.source = arguments.source.replace('"--tiny"]', short)
            started[name] = executor.submit(run, notebook, tmp_path_factory.mktemp(name))
        yield started
        executor.shutdown(cancel_futures=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_valid_and_says_where_it_comes_from(name: str, folder: Path) -> None:
    notebook = read(folder, name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    packages = pins(SCRIPTS[NAMES.index(name)])
    origin = notebook.metadata.annotated_trainers
    assert origin.source == f"{name}.py"
    assert f"trl=={origin.trl}" in packages
    assert tagged(notebook, "install").source == f"%pip install -q {' '.join(packages)}"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_has_the_code_of_its_script_and_of_the_lab(name: str, folder: Path) -> None:
    cells = [cell.source for cell in read(folder, name).cells if cell.cell_type == "code"]
    install, lab, arguments, *own = cells
    assert install.startswith("%pip")
    written = (content_dir() / "example-scripts" / "lab.py").read_text(encoding="utf-8")
    assert lab == f"%%writefile lab.py\n{written.rstrip()}"
    assert "sys.argv" in arguments
    # Neither the header nor the text between cells is code.
    text = SCRIPTS[NAMES.index(name)].read_text(encoding="utf-8")
    blocks = re.split(
        r"^# %%.*\n", re.sub(r"(?s)^# /// .*?^# ///\n", "", text, flags=re.M), flags=re.M
    )
    marks = re.findall(r"^# %%(.*)$", text, flags=re.M)
    code = [
        block.strip("\n")
        for block, mark in zip(blocks[1:], marks, strict=True)
        if "[markdown]" not in mark
    ]
    assert own == code


def test_the_same_content_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    node = ROOT / "node_modules" / ".bin" / "node"
    command = [node, ROOT / "scripts" / "notebooks.ts", "--out", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True)
    for file in folder.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
        assert json.loads(file.read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("notebook", NAMES)
def test_a_notebook_runs_to_its_end(notebook: str, executed: dict[str, Future]) -> None:
    done = executed[notebook].result()
    # A kernel may send one line in several pieces: they are read as the one stream they are.
    printed = "".join(
        output.text
        for cell in done.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stdout"
    )
    assert printed.endswith("all checks passed\n")
