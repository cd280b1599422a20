"""Attachments: two-part uploads, multipart/mixed downloads, and the picture of an invoice's page."""

from __future__ import annotations

import base64
import mimetypes
import re

from sandbox.procountor import checks, paging, picture, shapes
from sandbox.procountor.call import Call, Routes, stop_if
from sandbox.procountor.history import visible
from sandbox.procountor.multipart import mixed, parts
from sandbox.procountor.rights import SALES_KINDS, need_to_make, sees
from sandbox.procountor.wire import Answer, Doc, Violation, loads, no_rights, not_found, ok, public, refuse

MOST_BYTES = 10_000_000
_SENDABLE = {*SALES_KINDS, "PURCHASE_ORDER"}
_EDITABLE = {"UNFINISHED", "RECEIVED", "VERIFIED", "NOT_SENT", "APPROVED"}
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}$")


def create(call: Call) -> Answer:
    """`meta` (its own content type is JSON) and `file`."""
    given = parts(call.content_type, call.body)
    if "meta" not in given or "file" not in given:
        raise refuse("Parts 'meta' and 'file' are required.")
    if not given["meta"].media.lower().startswith("application/json"):
        raise refuse(f"Content type '{given['meta'].media}' of part 'meta' is not supported.", status=415)
    meta = loads(given["meta"].content)
    found = shapes.check("Attachment", meta)
    stop_if(found.violations + list(checks.outside_windows_1252(meta)))
    if len(given["file"].content) > MOST_BYTES:
        raise refuse(f"File size too big. Maximum is {MOST_BYTES} bytes.")
    owner = _owner(call, meta)
    stop_if(_wrong(meta, owner))
    doc = {
        "id": call.company.next_id("attachments"),
        "name": meta["name"],
        "referenceType": "INVOICE",
        "referenceId": owner["id"],
        "mimeType": _media_of(meta["name"]),
        "sendWithInvoice": meta["sendWithInvoice"],
        "_attached": call.now,
        "_user": call.user["username"],
        "_content": base64.b64encode(given["file"].content).decode(),
    }
    call.company.put("attachments", doc)
    call.changed(doc["id"], f"attachment {doc['name']} to invoice {owner['id']}")
    return ok(public(doc))


def _owner(call: Call, meta: Doc) -> Doc:
    if meta["referenceType"] != "INVOICE":
        raise refuse(f"Reference type {meta['referenceType']} is not supported.", path="referenceType")
    owner = call.register("invoices").get(meta["referenceId"])
    if owner is None or not sees(call.user, owner):
        raise refuse("Referenced object not found.", path="referenceId")
    need_to_make(call, owner["type"])
    return owner


def _wrong(meta: Doc, owner: Doc) -> list[Violation]:
    """Rules R42 and R43."""
    found = []
    if not _EXTENSION.search(meta["name"]):
        found.append(Violation("name", "File extension is missing."))
    if meta["sendWithInvoice"] and owner["type"] not in _SENDABLE:
        found.append(Violation("sendWithInvoice", f"Not supported for {owner['type']}."))
    return found


def _media_of(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _attachment(call: Call) -> tuple[Doc, Doc]:
    doc = call.register("attachments").get(call.id("attachmentId"))
    owner = call.register("invoices").get(doc["referenceId"]) if doc else None
    if doc is None or owner is None or not sees(call.user, owner):
        raise not_found("Attachment")
    return doc, owner


def read(call: Call) -> Answer:
    """multipart/mixed: first what it is, then the file."""
    doc, _ = _attachment(call)
    return mixed(public(doc), base64.b64decode(doc["_content"]))


def rename(call: Call) -> Answer:
    doc, owner = _attachment(call)
    need_to_make(call, owner["type"])
    name = call.valid("AttachmentRename")["name"]
    old, new = _EXTENSION.search(doc["name"]), _EXTENSION.search(name)
    if new is None or old is None or old[0].lower() != new[0].lower():
        raise refuse("File extension cannot be changed.", path="name")
    doc["name"] = name
    call.changed(doc["id"], f"attachment renamed {name}")
    return ok(public(doc))


def remove(call: Call) -> Answer:
    doc, owner = _attachment(call)
    need_to_make(call, owner["type"])
    if owner["status"] not in _EDITABLE:
        raise refuse("Attachment cannot be removed.", status=403)
    del call.register("attachments")[doc["id"]]
    call.changed(doc["id"], f"attachment {doc['name']} removed")
    return Answer(204)


def search(call: Call) -> Answer:
    """Works only where the chargeable Documents feature is on. `username` is a header."""
    if not call.company.settings["documents"]:
        raise no_rights()
    owner, name, user = call.integer("referenceId"), call.one("name") or "", call.headers.get("username")
    invoices = call.register("invoices")
    found = [
        doc
        for doc in call.register("attachments").values()
        if sees(call.user, invoices[doc["referenceId"]])
        and owner in {None, doc["referenceId"]}
        and name in doc["name"]
        and user in {None, doc["_user"]}
    ]
    return paging.page(call, found, _document)


def _document(doc: Doc) -> Doc:
    return {
        "attachmentId": doc["id"],
        "name": doc["name"],
        "size": len(base64.b64decode(doc["_content"])),
        "user": doc["_user"],
        "referenceId": doc["referenceId"],
        "referenceType": doc["referenceType"],
        "attached": doc["_attached"],
    }


def image(call: Call) -> Answer:
    """A page of the invoice as a picture; only PNG is drawn here. 404 beyond the last page."""
    doc = visible(call)
    page, wanted = call.integer("page"), (call.one("format") or "PNG").upper()
    if wanted != "PNG":
        raise refuse("Value of the 'format' field is invalid: ")
    drawn = picture.page_of(doc, 1 if page is None else page, call.world.options.rounding)
    if drawn is None:
        raise not_found("Invoice page image")
    if call.world.options.image == "multipart":
        name = f"invoice-{doc['invoiceNumber']}.png"
        meta = {"name": name, "referenceType": "INVOICE", "referenceId": doc["id"], "mimeType": "image/png"}
        return mixed({**meta, "sendWithInvoice": False}, drawn)
    return Answer(200, drawn, "image/png")


ROUTES: Routes = (
    ("GET", "/attachments", search),
    ("POST", "/attachments", create),
    ("GET", "/attachments/{attachmentId}", read),
    ("PATCH", "/attachments/{attachmentId}", rename),
    ("DELETE", "/attachments/{attachmentId}", remove),
    ("GET", "/invoices/{invoiceId}/image", image),
)
