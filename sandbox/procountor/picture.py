"""The picture of an invoice's page: a real PNG, drawn here so that nothing has to be installed for it."""

from __future__ import annotations

import struct
import zlib

from sandbox.procountor import font, totals
from sandbox.procountor.wire import Doc

_WIDTH, _HEIGHT, _MARGIN = 620, 877, 40
_ROWS_PER_PAGE = 24
_WHITE, _BLACK, _GREY = 255, 20, 190
_TITLES = {
    "SALES_INVOICE": "LASKU",
    "PURCHASE_INVOICE": "OSTOLASKU",
    "TRAVEL_INVOICE": "MATKALASKU",
    "BILL_OF_CHARGES": "KULULASKU",
}


class Sheet:
    """A white A4 page in grey tones."""

    def __init__(self) -> None:
        self._points = [bytearray([_WHITE]) * _WIDTH for _ in range(_HEIGHT)]

    def text(self, x: int, y: int, words: str, size: int = 2) -> None:
        """Draws one line; what does not fit on the page is cut."""
        for sign in words:
            if x + font.WIDTH * size >= _WIDTH:
                return
            for down, row in enumerate(font.rows_of(sign)):
                for right in range(font.WIDTH):
                    if row >> (font.WIDTH - 1 - right) & 1:
                        self._block(x + right * size, y + down * size, size)
            x += (font.WIDTH + 1) * size

    def text_to(self, right: int, y: int, words: str, size: int = 2) -> None:
        """As `text`, ending at the given place."""
        self.text(right - len(words) * (font.WIDTH + 1) * size, y, words, size)

    def line(self, y: int) -> None:
        self._points[y][_MARGIN : _WIDTH - _MARGIN] = bytes([_GREY]) * (_WIDTH - 2 * _MARGIN)

    def _block(self, x: int, y: int, size: int) -> None:
        for row in self._points[y : y + size]:
            row[x : x + size] = bytes([_BLACK]) * size

    def png(self) -> bytes:
        raw = b"".join(b"\x00" + bytes(row) for row in self._points)
        head = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 0, 0, 0, 0)
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def page_of(invoice: Doc, page: int, rounding: str) -> bytes | None:
    """Page 1, 2, …; None beyond the last one."""
    rows = invoice["invoiceRows"]
    first = (page - 1) * _ROWS_PER_PAGE
    if page < 1 or (first >= len(rows) and page > 1):
        return None
    sheet = Sheet()
    _head(sheet, invoice)
    y = 280
    for row in rows[first : first + _ROWS_PER_PAGE]:
        sheet.text(_MARGIN, y, row["product"][:30])
        sheet.text_to(_WIDTH - _MARGIN, y, f"{totals.row_net(invoice, row)}")
        y += 20
    sheet.line(y + 4)
    found = totals.sums(invoice, rounding)
    currency = invoice["paymentInfo"]["currency"]
    for label, amount in (("VEROTON", found.net), ("ALV", found.vat), ("YHTEENSÄ", found.total)):
        y += 24
        sheet.text(_MARGIN + 250, y, label)
        sheet.text_to(_WIDTH - _MARGIN, y, f"{amount} {currency}")
    return sheet.png()


def _head(sheet: Sheet, invoice: Doc) -> None:
    payment, party = invoice["paymentInfo"], invoice["counterParty"]["counterPartyAddress"]
    sheet.text(_MARGIN, 40, _TITLES.get(invoice["type"], str(invoice["type"])), 4)
    sheet.text(_MARGIN, 90, str(party["name"]), 2)
    sheet.text(_MARGIN, 112, str(party.get("street") or ""), 2)
    sheet.text(_MARGIN, 134, f"{party.get('zip') or ''} {party.get('city') or ''}", 2)
    number = invoice.get("originalInvoiceNumber") or str(invoice["invoiceNumber"])
    account = (payment.get("bankAccount") or {}).get("accountNumber") or "-"
    facts = (
        f"NRO {number}",
        f"PVM {invoice['date']}  ERÄPVM {payment['dueDate']}",
        f"VIITE {payment.get('bankReferenceCode') or '-'}",
        f"TILI {account}",
    )
    for place, words in enumerate(facts):
        sheet.text(_MARGIN, 176 + 22 * place, words, 2)
    sheet.line(268)
