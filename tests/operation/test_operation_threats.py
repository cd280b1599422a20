"""docs/threats.md: every threat of the model has one line of six cells, and every test it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PAGE = HOUSE / "docs" / "threats.md"
LAST = {"S": 7, "T": 7, "R": 3, "I": 7, "D": 6, "E": 6, "J": 7}
IDS = [f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)]


def lines() -> dict[str, list[str]]:
    rows = [line for line in PAGE.read_text().splitlines() if re.match(r"\| [A-Z]\d \|", line)]
    cells = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in rows]
    assert [id for id, count in Counter(row[0] for row in cells).items() if count > 1] == []
    return {row[0]: row[1:] for row in cells}


def test_every_threat_has_one_line() -> None:
    assert list(lines()) == sorted(IDS, key=lambda id: ("STRIDEJ".index(id[0]), id))


@pytest.mark.parametrize("id", IDS)
def test_a_line_names_tests_that_exist_and_a_figure(id: str) -> None:
    does, tests, size, figure = lines()[id]
    assert all((does, size, figure))
    named = re.findall(r"`([\w/]+\.py)::([\w*]+)`", tests)
    assert named, "no test is named"
    for path, name in named:
        file = HOUSE / "tests" / path
        assert file.is_file(), path
        found = {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}
        assert name in found if name != "*" else any(one.startswith("test_") for one in found), f"{path}::{name}"
