"""``make mutate``: how many of the changes made to the money core some test has noticed, and which none has."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks import gates

FOUND = frozenset({1, 3, 24, -24, 152, 255, -11, -9})  # pytest's failures, and ends by time or by a signal
GATE = 90.0


def survivors(folder: Path) -> dict[str, tuple[int, list[str]]]:
    """For each module how many changes there were, and the names of those that nothing noticed."""
    told: dict[str, tuple[int, list[str]]] = {}
    for path in sorted(folder.rglob("*.py.meta")):
        codes: dict[str, int | None] = json.loads(path.read_text())["exit_code_by_key"]
        tried = {name: code for name, code in codes.items() if code is not None}
        if tried:
            module = str(path.relative_to(folder)).removesuffix(".meta")
            told[module] = (len(tried), sorted(name for name, code in tried.items() if code not in FOUND))
    return told


def main(folder: Path = Path("mutants"), *, show: bool = True) -> int:
    """Prints the score of each module and of all, and every survivor; 1 below the gate."""
    told = survivors(folder)
    for module, (count, left) in told.items():
        print(f"{module:24}{count:5} changes, {len(left):3} unnoticed: {100 * (1 - len(left) / count):5.1f} %")
    count, left = sum(c for c, _ in told.values()), [name for _, names in told.values() for name in names]
    score = 100 * (1 - len(left) / max(count, 1))
    words = f"mutation score: {score:.1f} % of {count}"
    print(f"G15 {words} (gate: {GATE:.0f} %)")
    gates.note("G15", "mutants", words, met=score >= GATE)
    for name in left if show else ():
        mutmut = str(Path(sys.executable).with_name("mutmut"))
        print(subprocess.run([mutmut, "show", name], capture_output=True, text=True, check=False).stdout)
    return int(score < GATE)


if __name__ == "__main__":
    sys.exit(main())
