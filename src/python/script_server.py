"""Runs example scripts one after another in forks of one process, which has imported TRL already.

A script takes seconds to import what it needs and often not much longer to train. `ScriptServer`
is the caller's side; run as a program this file is the other side, which reads requests (a JSON
line each: argv, cwd, output) from standard input and answers with the exit status of each.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

HEAVY = ("torch", "transformers", "datasets", "accelerate", "peft", "trl")


@dataclass(frozen=True)
class Done:
    """What came of a run: its exit status, and what it wrote to standard output and error."""

    returncode: int
    stdout: str
    stderr: str


class ScriptServer:
    """One process that runs scripts in turn; `environment` decides which TRL it imports."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def run(self, argv: list[str], cwd: Path) -> Done:
        """Runs a script; `argv` begins with its path. Raises RuntimeError when the server ended."""
        names = {stream: cwd / f"script.{stream}.txt" for stream in ("stdout", "stderr")}
        request = {"argv": argv, "cwd": str(cwd)} | {k: str(v) for k, v in names.items()}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the process that runs scripts ended before {argv} did")
        texts = {k: v.read_text(encoding="utf-8", errors="replace") for k, v in names.items()}
        return Done(int(answer), **texts)

    def close(self) -> None:
        """Ends the process."""
        self.process.stdin.close()
        self.process.wait()


def in_fork(request: dict) -> int:
    """The exit status of a script that runs as `__main__` in a child of this process."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    status = 1
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        for stream, number in (("stdout", 1), ("stderr", 2)):
            os.dup2(os.open(request[stream], flags, 0o644), number)
        os.chdir(request["cwd"])
        sys.argv = request["argv"]
        sys.path.insert(0, str(Path(sys.argv[0]).parent))
        runpy.run_path(sys.argv[0], run_name="__main__")
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # the parent's exit handlers are not the script's


def serve() -> None:
    """Answers requests until standard input ends. Only answers go to its standard output."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for module in HEAVY:
        __import__(module)
    for line in sys.stdin:
        print(in_fork(json.loads(line)), file=answers, flush=True)


if __name__ == "__main__":
    serve()
