"""The gates of what is promised: who measures one notes its figure, and all of them are shown together. `make gates`.

What each gate is and must be stands in docs/reliability.md and nowhere else. A figure is noted only where KIERTO_GATES
names a file, one line for each, as several processes note theirs at once; the newest of the same source counts.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
ROW = re.compile(r"\| (G\d+) \| (.*?) \| (.*?) \|")


@dataclass(frozen=True, slots=True)
class Figure:
    """What ``source`` (a test, a benchmark) has found of a gate; one without words is counted with others like it."""

    gate: str
    source: str
    words: str
    met: bool
    at: str


def note(gate: str, source: str, words: str, *, met: bool) -> None:
    """Keeps a figure, if figures are kept."""
    kept = os.environ.get("KIERTO_GATES")
    if not kept:
        return
    figure = Figure(gate, source, words, met, f"{datetime.now(UTC):%Y-%m-%d %H:%M}")
    Path(kept).parent.mkdir(parents=True, exist_ok=True)
    with Path(kept).open("a") as file:
        file.write(json.dumps(asdict(figure)) + "\n")


def gates(page: str) -> dict[str, tuple[str, str]]:
    """What is measured and what it must be, by the gate's name, in the order of the page."""
    return {gate: (what, must) for gate, what, must in ROW.findall(page)}


def newest(lines: Iterable[str]) -> list[Figure]:
    """The last figure of each source for each gate."""
    found = (Figure(**json.loads(line)) for line in lines)
    return list({(figure.gate, figure.source): figure for figure in found}.values())


def told(wanted: dict[str, tuple[str, str]], figures: list[Figure]) -> Iterator[str]:
    """The table: each gate with its figures, then those of which nothing was measured."""
    for gate, (what, must) in wanted.items():
        mine = [figure for figure in figures if figure.gate == gate]
        if mine:
            yield f"{gate} {what}; must be: {must}"
            yield from (f"    {line}" for line in _lines(mine))
    if missing := [gate for gate in wanted if not any(figure.gate == gate for figure in figures)]:
        yield f"no figure yet: {', '.join(missing)}"
    bad = sorted({figure.gate for figure in figures if not figure.met}, key=list(wanted).index)
    yield f"not met: {', '.join(bad) or 'none'}"


def _lines(figures: list[Figure]) -> Iterator[str]:
    for figure in figures:
        if figure.words:
            yield f"{'met    ' if figure.met else 'NOT MET'} {figure.at}  {figure.words}"
    if plain := [figure for figure in figures if not figure.words]:
        failed = [figure.source for figure in plain if not figure.met]
        last = max(figure.at for figure in plain)
        yield f"{'NOT MET' if failed else 'met    '} {last}  {len(plain) - len(failed)} of {len(plain)} tests passed"
        yield from (f"        {source}" for source in failed)


def main(arguments: list[str]) -> int:
    """Prints the table, 1 when a gate is not met; or with GATE SOURCE WORDS notes a figure that is met."""
    if arguments:
        note(*arguments, met=True)
        return 0
    kept = Path(os.environ.get("KIERTO_GATES", ""))
    figures = newest(kept.read_text().splitlines()) if kept.is_file() else []
    print("\n".join(told(gates(PAGE.read_text()), figures)))
    return int(any(not figure.met for figure in figures))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
