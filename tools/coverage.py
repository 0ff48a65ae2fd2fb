"""Hold what a run of the tests has walked through: lines and branches, by part of the product.

    coverage json -o FILE
    python -m tools.coverage FILE    exit with 1 where a part is below its goal

What the tests have not walked through, an officer walks through first.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST = 200  # places told of one part


@dataclass(frozen=True)
class Part:
    name: str
    files: re.Pattern[str]
    goal: float


PARTS = [
    Part("law", re.compile(r"training_oversight/law/"), 100),
    Part("workflow", re.compile(r"training_oversight/(\w+/)*workflow(\.py|/)"), 100),
    Part("services", re.compile(r"training_oversight/(\w+/)*service(\.py|/)"), 100),
    Part("everything", re.compile(r"training_oversight/"), 95),
]


@dataclass
class Found:
    """How much of a part there is and was run, and the places that were not."""

    all: int = 0
    run: int = 0
    places: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        return 100 * self.run / self.all if self.all else 0.0


def found(part: Part, files: Mapping[str, Any]) -> Found:
    known = {name: file for name, file in files.items() if part.files.match(name)}
    totals = [file["summary"] for file in known.values()]
    return Found(
        all=sum(one["num_statements"] + one["num_branches"] for one in totals),
        run=sum(one["covered_lines"] + one["covered_branches"] for one in totals),
        places=tuple(_places(known)),
    )


def _places(files: Mapping[str, Any]) -> list[str]:
    missing = []
    for name, file in sorted(files.items()):
        missing += [f"{name}:{line}" for line in file["missing_lines"]]
        missing += [
            f"{name}:{source} never goes to {target if target > 0 else 'its end'}"
            for source, target in file["missing_branches"]
            if source not in file["missing_lines"] and target not in file["missing_lines"]
        ]
    return missing


def main(report: str) -> int:
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    measured = [(part, found(part, files)) for part in PARTS]
    for part, one in measured:
        print(f"{part.name:<11}{one.percent:7.2f} % of {one.all:>6} (goal {part.goal:g} %)")
    below = [(part, one) for part, one in measured if one.percent < part.goal]
    for part, one in below:
        print(f"\nNot run in {part.name}:", *one.places[:MOST], sep="\n  ")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
