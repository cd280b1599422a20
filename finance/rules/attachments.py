"""Attachments: gif, jpg, pdf or txt by name and by content, not too large, and at hand (R31, R32, R41, R43)."""

from __future__ import annotations

from collections.abc import Iterator

from finance.case import AttachmentFile, Case, explained
from finance.faults import Fact, Fault, Repair, Who
from finance.invoice import Attachment

LARGEST = 10_000_000
_SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "gif": (b"GIF87a", b"GIF89a"),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "pdf": (b"%PDF-",),
    "txt": (),
}
EXTENSIONS = tuple(_SIGNATURES)
_PDF_WINDOW = 1024  # a PDF may begin after some bytes of something else
_OTHERS = {b"PK\x03\x04": "zip/docx/xlsx", b"\x89PNG": "png", b"\xd0\xcf\x11\xe0": "doc/xls", b"MZ": "exe"}


def extension(name: str) -> str:
    """The ending of a file name in lower case, without its dot; "" when there is none."""
    return name.rpartition(".")[2].casefold() if "." in name.strip(".") else ""


def attachments(case: Case) -> Iterator[Fault]:
    """Each attachment on its own; with Google Drive in use those of invoices are added by hand, and that is said (R32).

    A bill's papers always go: nothing else shows what was bought.
    """
    by_name = {file.name: file for file in case.files}
    by_hash = {file.sha256: file for file in case.files if file.sha256}
    for attachment in case.invoice.attachments:
        if case.registers.choices.google_drive and case.side == "buyer":
            yield _fault("attachment.by_hand", attachment.name, {}, warning=True)
        else:
            file = by_hash.get(attachment.sha256) or by_name.get(attachment.name)
            yield from _check(attachment, file)


def _check(attachment: Attachment, file: AttachmentFile | None) -> Iterator[Fault]:
    name = attachment.name
    size = file.size if file else attachment.size
    if extension(name) not in EXTENSIONS:
        yield _fault("attachment.type", name, {"type": extension(name) or "–", "types": ", ".join(EXTENSIONS)})
    elif size > LARGEST:
        yield _fault("attachment.too_large", name, {"size": size, "limit": LARGEST})
    elif file is None:
        yield _fault("attachment.not_given", name, {}, warning=True)
    elif not size:
        yield _fault("attachment.empty", name, {})
    elif not fits(extension(name), file.head):
        yield _fault("attachment.content", name, {"type": extension(name), "content": _looks_like(file.head)})


def fits(ending: str, head: bytes) -> bool:
    """Whether the first bytes of a file are what its ending promises; a text has no zero bytes unless it is UTF-16."""
    if ending == "txt":
        return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if ending == "pdf":
        return b"%PDF-" in head[:_PDF_WINDOW]
    return head.startswith(_SIGNATURES.get(ending, ()))


def _looks_like(head: bytes) -> str:
    """What the content is instead, when it can be recognised."""
    found = next((ending for ending in ("pdf", "jpg", "gif") if fits(ending, head)), "")
    return found or next((kind for start, kind in _OTHERS.items() if head.startswith(start)), "?")


def _fault(code: str, name: str, facts: dict[str, Fact], *, warning: bool = False) -> Fault:
    repair = Repair.NONE if code == "attachment.by_hand" else Repair.DROP
    return Fault(code, f"attachments[{name}]", name, facts={"file": name, **facts}, repair=repair, warning=warning)


RULES = (attachments,)

EXPLANATIONS = (
    explained(
        "attachment.type",
        Who.SENDER,
        (
            "Liitteen {file} tyyppiä ({type}) ei voi viedä.",
            "Jätä liite pois tai muunna se muotoon {types}.",
        ),
        (
            "Bilagan {file} är av en typ ({type}) som inte kan föras in.",
            "Utelämna bilagan eller gör om den till {types}.",
        ),
        ("Attachment {file} is of a type ({type}) that cannot be carried.", "Leave it out or convert it to {types}."),
    ),
    explained(
        "attachment.too_large",
        Who.SENDER,
        ("Liite {file} on liian suuri: {size} tavua, enintään {limit}.", "Jätä liite pois tai pienennä tiedostoa."),
        ("Bilagan {file} är för stor: {size} byte, högst {limit}.", "Utelämna bilagan eller gör filen mindre."),
        ("Attachment {file} is too large: {size} bytes, at most {limit}.", "Leave it out or make the file smaller."),
    ),
    explained(
        "attachment.empty",
        Who.SENDER,
        ("Liite {file} on tyhjä.", "Jätä liite pois tai lisää oikea tiedosto."),
        ("Bilagan {file} är tom.", "Utelämna bilagan eller lägg till rätt fil."),
        ("Attachment {file} is empty.", "Leave it out or add the right file."),
    ),
    explained(
        "attachment.content",
        Who.SENDER,
        (
            "Liitteen {file} sisältö ei ole {type} (sisältö: {content}).",
            "Jätä liite pois tai tallenna se uudelleen oikeassa muodossa.",
        ),
        (
            "Innehållet i bilagan {file} är inte {type} (innehåll: {content}).",
            "Utelämna bilagan eller spara den på nytt i rätt format.",
        ),
        (
            "The content of attachment {file} is not {type} (content: {content}).",
            "Leave it out or save it again in the right format.",
        ),
    ),
    explained(
        "attachment.not_given",
        Who.SENDER,
        (
            "Laskulla mainittua liitettä {file} ei ole annettu.",
            "Tuo tiedosto tai lisää se luonnokseen Procountorissa.",
        ),
        (
            "Bilagan {file} nämns på fakturan men har inte lämnats in.",
            "Lämna in filen eller lägg till den i utkastet i Procountor.",
        ),
        (
            "Attachment {file} is named on the invoice but has not been given.",
            "Give the file or add it to the draft in Procountor.",
        ),
    ),
    explained(
        "attachment.by_hand",
        Who.SENDER,
        (
            "Liitettä {file} ei viedä, koska Google Drive on käytössä.",
            "Lisää liite luonnokseen Procountorissa ennen laskun lähettämistä.",
        ),
        (
            "Bilagan {file} förs inte in, eftersom Google Drive används.",
            "Lägg till bilagan i utkastet i Procountor innan fakturan skickas.",
        ),
        (
            "Attachment {file} is not carried because Google Drive is in use.",
            "Add it to the draft in Procountor before the invoice is sent.",
        ),
    ),
)
