"""The budgets of the house: small modules, short functions, a reason at the head of each file, routes answered once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.routing import Duplicate, Route, Table, routes

HOUSE = Path(__file__).parents[2]
PACKAGES = ("finance", "procountor", "storage", "intake", "handlers", "bot", "sandbox")
MODULE, FUNCTION = 300, 40


def modules() -> list[Path]:
    found = [path for package in PACKAGES for path in sorted((HOUSE / package).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_module_is_small_and_says_why_it_exists(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MODULE
    assert ast.get_docstring(ast.parse(text)), "a line at its head saying why it exists"
    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > FUNCTION} == {}


def test_the_budget_is_kept_with_room() -> None:
    lengths = sorted(len(path.read_text().splitlines()) for path in modules())
    assert lengths[len(lengths) // 2] <= 150
    assert sum(1 for length in lengths if length > 200) <= len(lengths) // 10


def test_every_command_says_what_it_is_for() -> None:
    assert {route.name for route in routes().of("command") if not route.help} == set()


def test_the_same_thing_cannot_be_answered_twice() -> None:
    route = Route("click", "run.send", print)
    with pytest.raises(Duplicate, match=r"run\.send"):
        Table([route, route])


def test_buttons_and_forms_that_are_drawn_have_a_route() -> None:
    table, drawn = routes(), set()
    for path in (HOUSE / "handlers" / "views").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "button":
                drawn.add(ast.literal_eval(node.args[1]))
    assert drawn
    assert {action for action in drawn if table.get("click", action) is None} == set()


def journeys() -> dict[str, Path]:
    """Every module with routes of its own, by its dotted name."""
    found = {path: ".".join(path.relative_to(HOUSE).with_suffix("").parts) for path in modules()}
    return {name: path for path, name in found.items() if "\non = Router()" in path.read_text()}


def imported(path: Path) -> set[str]:
    """The dotted names of all modules that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_journeys_do_not_import_each_other() -> None:
    everything = journeys()
    assert len(everything) > 10
    assert {name: imported(path) & everything.keys() - {name} for name, path in everything.items()} == {
        name: set() for name in everything
    }
