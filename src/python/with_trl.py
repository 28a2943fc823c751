"""Runs Python with another release of TRL in front of the environment, fetched when it is missing.

    python src/python/with_trl.py 1.12.0 -m pytest tests/python/trl_1_12_0
    python src/python/with_trl.py 1.12.0 content/example-scripts/ppo_training.py --tiny

The exit status is that of the command; 2 when the release cannot be fetched.
"""

from __future__ import annotations

import re
import subprocess
import sys

from facts_release import ReleaseError
from releases import environment_of


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or not re.fullmatch(r"\d+(\.\d+)+", arguments[0]):
        print(f"expected a release and a command, found {arguments}\n\n{__doc__}", file=sys.stderr)
        return 2
    release, *command = arguments
    try:
        environment = environment_of(release)
    except ReleaseError as error:
        print(f"TRL {release} cannot be fetched. {error}", file=sys.stderr)
        return 2
    return subprocess.run([sys.executable, *command], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
