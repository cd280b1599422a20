"""Reads out of the source every English text that is said to people, and how long it may be where it is shown."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("handlers", "bot")
# Longest text by the place it is given to: (function, position) and (function, keyword).
TITLE, BUTTON = 24, 40
ROOM: dict[tuple[str, int | str], int] = {
    ("Modal", 0): TITLE,
    ("Modal", "title"): TITLE,
    ("Modal", 3): TITLE,
    ("Modal", "close"): TITLE,
    ("Modal", 4): TITLE,
    ("Modal", "submit"): TITLE,
    ("button", 0): BUTTON,
    ("confirm", 0): 100,
    ("confirm", 1): 300,
    ("confirm", 2): 30,
    ("confirm", 3): 30,
    ("header", 0): 150,
}

Text = tuple[str, str]  # the sentence for one and, when it counts, for many; else ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one module says: its texts, those with little room, and calls whose text cannot be read off."""

    texts: frozenset[Text]
    room: tuple[tuple[Text, int], ...]
    unread: tuple[str, ...]


def everything() -> Found:
    """All modules together."""
    found = [_module(path) for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    texts = frozenset(text for one in found for text in one.texts)
    return Found(texts, tuple(r for one in found for r in one.room), tuple(u for one in found for u in one.unread))


def _module(path: Path) -> Found:
    return read(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))


def read(source: str, name: str) -> Found:
    """The texts of one module's source."""
    tree = ast.parse(source)
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    texts: set[Text] = set()
    room: list[tuple[Text, int]] = []
    unread: list[str] = []
    for scope in [tree, *scopes]:
        for call in _own_calls(scope):
            said = _said(call, scope)
            texts.update(said)
            room += [(text, most) for node, most in _shown(call) for text in _within(node, scope)]
            if _is_saying(call) and not said and not _is_help(call):
                unread.append(f"{name}:{call.lineno}")
    return Found(frozenset(texts), tuple(room), tuple(unread))


def _own_calls(scope: ast.AST) -> Iterator[ast.Call]:
    """The calls of a function, with its decorators but without the functions inside it."""
    for child in ast.iter_child_nodes(scope):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in child.decorator_list:
                yield from (node for node in ast.walk(decorator) if isinstance(node, ast.Call))
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _own_calls(child)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _is_plural(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "n" and _name(call.func.value) == "say"


def _is_saying(call: ast.Call) -> bool:
    return _name(call.func) == "say" or _is_plural(call)


def _is_help(call: ast.Call) -> bool:
    """`say(route.help)`: the texts themselves stand at `help=` of the routes."""
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Attribute) and first.attr == "help"


def _said(call: ast.Call, scope: ast.AST) -> list[Text]:
    """The texts of one call: said now, or a command's help, said later."""
    if _is_plural(call):
        one, many = (_strings(arg, scope) for arg in call.args[:2])
        return list(zip(one, many, strict=True)) if len(one) == len(many) else []
    if _is_saying(call):
        return [(text, "") for text in _strings(call.args[0], scope)] if call.args else []
    if isinstance(call.func, ast.Attribute) and call.func.attr == "command" and _name(call.func.value) == "on":
        return [(text, "") for k in call.keywords if k.arg == "help" for text in _strings(k.value, scope)]
    return []


def _strings(node: ast.expr, scope: ast.AST) -> list[str]:
    """The constant texts an expression may come to; none when it is put together while running."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _strings(node.body, scope) + _strings(node.orelse, scope)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [a + b for a in _strings(node.left, scope) for b in _strings(node.right, scope)]
    if isinstance(node, ast.Name):
        return [text for value in _assigned(node.id, scope) for text in _strings(value, scope)]
    return []


def _assigned(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and any(_name(target) == name for target in node.targets):
            yield node.value


def _shown(call: ast.Call) -> Iterator[tuple[ast.expr, int]]:
    """The arguments of a call for which there is little room."""
    places: list[tuple[int | str, ast.expr]] = [*enumerate(call.args)]
    places += [(keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg]
    for place, value in places:
        most = ROOM.get((_name(call.func), place))
        if most is not None:
            yield value, most


def _within(node: ast.expr, scope: ast.AST) -> Iterator[Text]:
    """The texts said inside an argument, also through one local name."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and _is_saying(part):
            yield from _said(part, scope)
        elif isinstance(part, ast.Name) and part.id != "say":
            for value in _assigned(part.id, scope):
                calls = (inner for inner in ast.walk(value) if isinstance(inner, ast.Call))
                yield from (text for call in calls if _is_saying(call) for text in _said(call, scope))
