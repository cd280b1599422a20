"""docs/security.md: every test it names exists, and every requirement of ASVS 5.0, levels 1 and 2, has one line."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.gate("G22")

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs" / "security.md"

# How many requirements of level 1 and 2 each section of ASVS 5.0.0 has; those of level 3 follow behind them.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
REQUIRED = [f"{section}.{n}" for section, last in SECTIONS.items() for n in range(1, last + 1)]


def lines() -> list[list[str]]:
    rows = [line for line in PAGE.read_text().splitlines() if re.match(r"\| \d+\.\d+\.\d+", line)]
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows]


def numbers(cell: str) -> list[str]:
    """1.2.6–1.2.8, 1.3.1 → each of them."""
    found = []
    for part in cell.split(", "):
        first, _, last = part.partition("–")
        section, _, low = first.rpartition(".")
        high = last.rpartition(".")[2] if last else low
        assert not last or last.startswith(section + ".")
        found += [f"{section}.{n}" for n in range(int(low), int(high) + 1)]
    return found


def test_every_requirement_of_levels_one_and_two_has_one_line() -> None:
    assert len(REQUIRED) == 253
    told = Counter(number for row in lines() for number in numbers(row[0]))
    assert [number for number in REQUIRED if number not in told] == []
    assert [number for number, count in told.items() if count > 1] == []


def test_every_line_has_a_test_or_a_reason() -> None:
    bare = [
        row
        for row in lines()
        if len(row) != 4 or not re.search(r"`[\w/]+\.py::|^n/a|^reason: .|^`make static`", row[3])
    ]
    assert bare == []


def test_every_named_test_exists() -> None:
    missing = []
    for path, name in re.findall(r"`([\w/]+\.py)::([\w*]+)`", PAGE.read_text()):
        file = HOUSE / "tests" / path
        if not file.is_file():
            missing.append(path)
            continue
        names = {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}
        tests = {found for found in names if found.startswith("test_")}
        if not tests if name == "*" else name not in tests:
            missing.append(f"{path}::{name}")
    assert missing == []
