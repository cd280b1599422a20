"""Products, dimensions and partners as somebody changes them in Procountor: with their versions and their refusals."""

from __future__ import annotations

from typing import Any

import httpx
from practice_bodies import check_schema, errors, ref


def without(doc: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in doc.items() if name not in names}


def test_a_product_is_made_changed_with_its_version_and_removed(bot: httpx.Client) -> None:
    old = bot.get("/products/4001").json()
    made = bot.post("/products", json=without(old, "id", "version") | {"code": "UUSI"}).json()
    check_schema(ref("Product"), made)
    assert made["id"] != old["id"]
    assert [p["id"] for p in bot.get("/products", params={"code": "UUSI"}).json()["results"]] == [made["id"]]
    assert bot.put(f"/products/{old['id']}", json=without(old, "version")).status_code == 400
    changed = bot.put(f"/products/{old['id']}", json=old | {"name": "Toinen"})
    assert (changed.status_code, changed.json()["name"]) == (200, "Toinen")
    assert changed.json()["version"] > old["version"]
    assert bot.put(f"/products/{old['id']}", json=old | {"name": "Kolmas"}).status_code == 400, "read before the change"
    assert bot.delete(f"/products/{made['id']}").status_code == 204
    assert bot.get(f"/products/{made['id']}").status_code == 404


def test_what_no_product_may_be_is_said_at_its_field(bot: httpx.Client) -> None:
    old = without(bot.get("/products/4001").json(), "id", "version")
    refused = bot.post("/products", json=old | {"defaultAccount": "9999", "type": "TRAVEL"})
    assert refused.status_code == 400
    assert {field for field, _ in errors(refused)} == {"defaultAccount", "type"}
    (travel,) = bot.get("/products", params={"type": "TRAVEL", "size": 1}).json()["results"]
    assert bot.delete(f"/products/{travel['id']}").status_code == 403
    assert bot.get("/products", params={"type": "FREE"}).status_code == 400


def test_a_dimension_is_renamed_and_its_items_are_changed(bot: httpx.Client) -> None:
    assert bot.put("/dimensions/202", json={"name": "Hanke"}).json() == {"name": "Hanke"}
    assert [d["id"] for d in bot.get("/dimensions", params={"name": "Hanke"}).json()] == [202]
    item = bot.get("/dimensions/201").json()["items"][0]
    assert bot.put("/dimensions/201/items", json=item | {"description": "Muu"}).json()["description"] == "Muu"
    assert bot.get("/dimensions/201").json()["items"][0]["description"] == "Muu"
    twice = bot.post("/dimensions/201/items", json=without(item, "id"))
    assert [field for field, _ in errors(twice)] == ["codeName"]
    nameless = bot.put("/dimensions/201/items", json=without(item, "id"))
    assert [field for field, _ in errors(nameless)] == ["id"]
    assert bot.put("/dimensions/201/items", json=item | {"id": 1}).status_code == 404


def test_a_partner_is_written_over_by_nobody_who_read_it_before(bot: httpx.Client) -> None:
    (found,) = bot.get("/businesspartners", params={"type": "CUSTOMER", "size": 1}).json()["results"]
    path = f"/businesspartners/{found['id']}"
    read = bot.get(path).json()
    changed = bot.put(path, json=read | {"name": "Uusi Nimi Oy"})
    assert (changed.status_code, changed.json()["name"]) == (200, "Uusi Nimi Oy")
    again = bot.put(path, json=read | {"name": "Vanhan päälle Oy"})
    assert [field for field, _ in errors(again)] == ["version"]
    assert bot.get(path).json()["name"] == "Uusi Nimi Oy"
    for what in ("dimensions", "products"):
        assert bot.get(f"{path}/defaults/{what}").json() == []
    assert bot.get(f"{path}/defaults/accounts").status_code == 200
    assert bot.get("/businesspartners/99/defaults/accounts").status_code == 404
    assert bot.get("/businesspartners", params={"type": "FRIEND"}).status_code == 400
