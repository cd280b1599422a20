"""Papers that belong to invoices: small but whole PDF files, and a Word document that nobody may attach."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

_STAMP = (2026, 1, 1, 0, 0, 0)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(lines: Sequence[str]) -> bytes:
    """One A4 page with these lines, the first of them large. Characters outside Windows-1252 become question marks."""
    shown = [b"BT", b"/F1 18 Tf", b"56 770 Td", b"26 TL"]
    for place, line in enumerate(lines):
        shown += [b"/F1 11 Tf", b"17 TL"] if place == 1 else []
        shown.append(b"(" + _escaped(line) + b") Tj T*")
    content = b"\n".join([*shown, b"ET"])
    return _assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _assembled(objects: Sequence[bytes]) -> bytes:
    """Numbered objects, and the table that says where each begins."""
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(made), len(objects) + 1
    made += b"xref\n0 %d\n0000000000 65535 f \n" % size
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))


def _escaped(line: str) -> bytes:
    plain = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return plain.encode("windows-1252", "replace")


def docx(text: str) -> bytes:
    """A Word document of one paragraph."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_DOCUMENT}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:body></w:document>",
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for path, part in parts.items():
            container.writestr(zipfile.ZipInfo(path, _STAMP), f'<?xml version="1.0" encoding="UTF-8"?>\n{part}')
    return made.getvalue()
