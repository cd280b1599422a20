"""The discussion about a bill or claim: people are tagged with @ and their display name."""

from __future__ import annotations

import re

from sandbox.procountor.call import Call, Routes
from sandbox.procountor.history import visible
from sandbox.procountor.rights import CIRCULATED
from sandbox.procountor.wire import Answer, Doc, info, no_rights, not_found, ok, refuse

_TAG = re.compile(r"@([a-z0-9]+(?:\.[a-z0-9]+)*)")


def _discussed(call: Call) -> Doc:
    doc = visible(call)
    if not call.company.settings["discussion"]:
        raise no_rights()
    if doc["type"] not in CIRCULATED:
        raise not_found("Invoice")
    return doc


def _of(call: Call, invoice: Doc) -> list[Doc]:
    return [c for c in call.register("comments").values() if c["invoiceId"] == invoice["id"]]


def _basic(comment: Doc) -> Doc:
    tagged = comment["tagged"]
    return {
        "id": comment["id"],
        "author": comment["author"],
        "dateTime": comment["dateTime"],
        "comment": comment["comment"],
        "taggedUsersInfo": {
            "numTaggedUsers": len(tagged),
            "readByAllTaggedUsers": all("read" in user for user in tagged),
        },
    }


def comments(call: Call) -> Answer:
    wanted = call.boolean("readByAllTaggedUsers")
    found = [_basic(comment) for comment in _of(call, _discussed(call))]
    shown = [c for c in found if wanted in {None, c["taggedUsersInfo"]["readByAllTaggedUsers"]}]
    return ok({"comments": shown})


def create(call: Call) -> Answer:
    invoice = _discussed(call)
    sent = call.valid("Comment")
    if not sent["comment"].strip():
        raise refuse("Value of the 'comment' cannot be blank.", path="comment")
    named = {user["_displayName"]: user for user in call.company.users.values()}
    tagged = [named[tag] for tag in dict.fromkeys(_TAG.findall(sent["comment"])) if tag in named]
    comment = {
        "id": call.company.next_id("comments"),
        "invoiceId": invoice["id"],
        "author": f"{call.user['firstName']} {call.user['lastName']}",
        "dateTime": call.now,
        "comment": sent["comment"],
        "tagged": [
            {
                "userTagId": call.company.next_id("tags"),
                "displayName": user["_displayName"],
                "fullName": f"{user['firstName']} {user['lastName']}",
                "user": user["id"],
            }
            for user in tagged
        ],
    }
    call.company.put("comments", comment)
    call.changed(invoice["id"], f"comment “{sent['comment'][:60]}”")
    return ok(_basic(comment))


def _comment(call: Call) -> Doc:
    found = [c for c in _of(call, _discussed(call)) if c["id"] == call.id("commentId")]
    if not found:
        raise not_found("Comment")
    return found[0]


def read(call: Call) -> Answer:
    comment = _comment(call)
    tagged = [{n: v for n, v in user.items() if n != "user"} for user in comment["tagged"]]
    return ok({**_basic(comment), "taggedUsers": tagged})


def mark_read(call: Call) -> Answer:
    """Only somebody who is tagged can have read it."""
    comment = _comment(call)
    mine = [user for user in comment["tagged"] if user["user"] == call.user["id"]]
    if not mine:
        raise refuse("User is not tagged in the comment.")
    mine[0]["read"] = call.now
    call.changed(comment["invoiceId"], f"comment {comment['id']} read")
    return info("Comment marked as read.")


def taggable(call: Call) -> Answer:
    _discussed(call)
    people = [
        {"displayName": user["_displayName"], "fullName": f"{user['firstName']} {user['lastName']}"}
        for user in call.company.users.values()
    ]
    return ok({"taggableUsers": people})


ROUTES: Routes = (
    ("GET", "/invoices/{invoiceId}/comments", comments),
    ("POST", "/invoices/{invoiceId}/comments", create),
    ("GET", "/invoices/{invoiceId}/comments/taggableusers", taggable),
    ("GET", "/invoices/{invoiceId}/comments/{commentId}", read),
    ("PUT", "/invoices/{invoiceId}/comments/{commentId}/read", mark_read),
)
