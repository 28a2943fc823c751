"""The recorded runs of a script, as tests of what pages say of them read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from digest import content_dir


@dataclass(frozen=True)
class Recorded:
    """Runs of the script of that name; `variant` is empty for the run that the page shows, else
    what stands in the record's file name (`.bug-swapped`)."""

    script: str

    def record(self, variant: str = "") -> dict[str, Any]:
        """A record as `src/python/runs.py` wrote it."""
        file = content_dir() / "runs" / f"{self.script}{variant}.json"
        return json.loads(file.read_text(encoding="utf-8"))

    def results(self, variant: str = "") -> dict[str, float]:
        """What the script computed at its end, by name."""
        return self.record(variant)["results"]

    def series(self, name: str, variant: str = "") -> list[float]:
        """The values of a logged series, without their steps."""
        return [value for _, value in self.record(variant)["series"][name]]
