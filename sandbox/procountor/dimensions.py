"""Dimensions (cost centres, projects) and their items; a dimension itself cannot be created."""

from __future__ import annotations

from sandbox.procountor import paging, shapes
from sandbox.procountor.call import Call, Routes
from sandbox.procountor.rights import need
from sandbox.procountor.wire import Answer, Refused, not_found, ok, public, refuse

_RIGHT = "management.basicAccountingInfo"


def dimensions(call: Call) -> Answer:
    """`name` and `codeName` narrow the list; an item that fits keeps only itself."""
    name, code = call.one("name"), call.one("codeName")
    shown = []
    for doc in sorted(call.register("dimensions").values(), key=lambda doc: doc["id"]):
        items = [item for item in doc["items"] if code is None or code in item["codeName"]]
        if (name is None or name in doc["name"]) and (code is None or items):
            shown.append({**public(doc), "items": items})
    return ok(shown)


def dimension(call: Call) -> Answer:
    return ok(public(paging.stored(call.register("dimensions"), call.id("dimensionId"), "Dimension")))


def rename(call: Call) -> Answer:
    need(call, _RIGHT)
    doc = paging.stored(call.register("dimensions"), call.id("dimensionId"), "Dimension")
    doc["name"] = call.valid("DimensionName")["name"]
    call.changed(doc["id"], f"dimension renamed {doc['name']}")
    return ok({"name": doc["name"]})


def add_item(call: Call) -> Answer:
    need(call, _RIGHT)
    doc = paging.stored(call.register("dimensions"), call.id("dimensionId"), "Dimension")
    item = call.valid("DimensionItem")
    if any(other["codeName"] == item["codeName"] for other in doc["items"]):
        raise refuse("Dimension item already exists.", path="codeName")
    item["id"] = call.company.next_id("dimensionitems")
    doc["items"].append(item)
    call.changed(item["id"], f"dimension item {item['codeName']}")
    return ok(item)


def update_item(call: Call) -> Answer:
    need(call, _RIGHT)
    doc = paging.stored(call.register("dimensions"), call.id("dimensionId"), "Dimension")
    sent = call.valid("DimensionItem")
    if sent.get("id") is None:
        raise Refused(400, [shapes.blank("id")])
    for place, item in enumerate(doc["items"]):
        if item["id"] == sent["id"]:
            doc["items"][place] = sent
            call.changed(sent["id"], f"dimension item {sent['codeName']}")
            return ok(sent)
    raise not_found("Dimension item")


ROUTES: Routes = (
    ("GET", "/dimensions", dimensions),
    ("GET", "/dimensions/{dimensionId}", dimension),
    ("PUT", "/dimensions/{dimensionId}", rename),
    ("POST", "/dimensions/{dimensionId}/items", add_item),
    ("PUT", "/dimensions/{dimensionId}/items", update_item),
)
