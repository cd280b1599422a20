"""Lists: page mode and key mode, order parameters, the envelope; batches by comma-separated ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.procountor.call import Call, invalid
from sandbox.procountor.wire import Answer, Doc, not_found, ok, refuse

DEFAULT_SIZE, MAX_SIZE, MAX_BATCH = 50, 200, 200
Key = Callable[[Doc], Any]


def page(
    call: Call,
    docs: Iterable[Doc],
    show: Callable[[Doc], Doc],
    *,
    orders: dict[str, Key] | None = None,
    default: str = "DESC",
    ident: Key = lambda doc: doc["id"],
) -> Answer:
    """A list answer.

    `orders` maps further order parameters (orderByDate …) to sort keys; when several are given the first
    of `orders` leads. `previousId` continues after that id in id order. Raises Refused (400).
    """
    size, number = _size(call), call.integer("page") or 0
    if number < 0:
        raise invalid("page")
    found = _ordered(call, list(docs), orders or {}, default, ident)
    total = len(found)
    previous = call.integer("previousId")
    if previous is not None:
        descending = _direction(call, "orderById", default) == "DESC"
        found = [d for d in found if (ident(d) < previous if descending else ident(d) > previous)]
    shown = [show(doc) for doc in found[number * size : (number + 1) * size]]
    meta: Doc = {"pageNumber": number, "pageSize": size, "resultCount": len(shown)}
    if call.world.options.total_count:
        meta["totalCount"] = total
    return ok({"results": shown, "meta": meta})


def _size(call: Call) -> int:
    size = call.integer("size")
    if size is None:
        return DEFAULT_SIZE
    if not 1 <= size <= MAX_SIZE:
        raise refuse(f"Page size must be between 1 and {MAX_SIZE}.", path="size")
    return size


def _direction(call: Call, name: str, default: str) -> str:
    text = (call.one(name) or default).upper()
    if text not in {"ASC", "DESC"}:
        raise invalid(name)
    return text


def _ordered(call: Call, docs: list[Doc], orders: dict[str, Key], default: str, ident: Key) -> list[Doc]:
    docs.sort(key=ident, reverse=_direction(call, "orderById", default) == "DESC")
    for name, key in reversed(orders.items()):
        if call.one(name) is not None:
            docs.sort(key=key, reverse=_direction(call, name, default) == "DESC")
    return docs


def batch(call: Call, parameter: str, docs: dict[int, Doc], show: Callable[[Doc], Doc], what: str) -> Answer:
    """`GET …/{ids}`: one id gives an object, several an array ordered by id. Raises Refused (400, 404)."""
    found = [show(docs[ident]) for ident in batch_ids(call, parameter) if ident in docs]
    if not found:
        raise not_found(what)
    return ok(found if "," in call.params[parameter] else found[0])


def batch_ids(call: Call, parameter: str) -> list[int]:
    """The wanted ids in order, each once; text that is no id is skipped. Raises Refused (400) above 200."""
    parts = [part.strip() for part in call.params[parameter].split(",") if part.strip()]
    if len(parts) > MAX_BATCH:
        raise refuse(f"Maximum number of ids is {MAX_BATCH}.")
    return sorted({int(part) for part in parts if part.isascii() and part.isdigit()})


def stored(docs: dict[int, Doc], ident: int, what: str) -> Doc:
    """One document. Raises Refused (404)."""
    if ident not in docs:
        raise not_found(what)
    return docs[ident]


def between(value: str | None, start: str | None, end: str | None) -> bool:
    """ISO texts compare like the dates they say; both ends belong to the range."""
    return (start is None or (value is not None and value >= start)) and (
        end is None or (value is not None and value <= end)
    )
