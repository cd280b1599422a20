"""What the tests take of the code's branches (gate G16): of all, and of the money core. `make coverage`.

Reads the file that `coverage combine` has written; exits 1 under a gate, which the branches alone must reach, too. The
money core is what the mutations change.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import coverage

from benchmarks import gates

HOUSE = Path(__file__).parents[1]
ALL, CORE = 95.0, 100.0
WORST = 15


def core() -> list[str]:
    """The modules in which a wrong branch is wrong money."""
    told = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]
    return [str(path) for path in told["mutmut"]["only_mutate"]]


def share(taken: int, there: int) -> float:
    return 100.0 * taken / there if there else 100.0


def main(wanted: Iterable[str] = ()) -> int:
    """Prints the figures; ``wanted`` are packages to be told of instead of all."""
    kept = coverage.Coverage(data_file=str(HOUSE / ".coverage"), config_file=str(HOUSE / "pyproject.toml"))
    kept.load()
    rows = []
    left_out = tuple(pattern.removesuffix("*") for pattern in kept.get_option("run:omit") or ())
    for path in sorted(kept.get_data().measured_files()):
        name = str(Path(path).relative_to(HOUSE))
        if name.startswith(left_out) or (wanted and not name.startswith(tuple(wanted))):
            continue
        n = kept._analyze(path).numbers
        taken = n.n_executed + n.n_executed_branches
        rows.append((name, taken, n.n_statements + n.n_branches, n.n_executed_branches, n.n_branches))
    money = [row for row in rows if row[0] in core()]
    worst = sorted(rows, key=lambda row: row[1] - row[2])[:WORST]
    for name, taken, there, *_ in worst:
        print(f"  {there - taken:5} of {there:5} not taken  {name}")
    met = []
    for title, found, gate in (("all", rows, ALL), ("money core", money, CORE)):
        branches = share(sum(row[3] for row in found), sum(row[4] for row in found))
        both = share(sum(row[1] for row in found), sum(row[2] for row in found))
        words = f"{title}: {both:.1f} % of lines and branches, {branches:.1f} % of the branches alone"
        print(f"G16 {words} (gate: {gate:.0f} %)")
        met.append(min(both, branches) >= gate)
        if not wanted:
            gates.note("G16", title, words, met=met[-1])
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
