"""The state of the practice Procountor: companies with their registers, and what tests may turn and look at."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.procountor.auth import Tokens
from sandbox.procountor.faults import FaultScript
from sandbox.procountor.journal import Counts, Journal
from sandbox.procountor.wire import Doc, dumps, loads

REGISTERS = (
    "bankaccounts",
    "products",
    "productgroups",
    "businesspartners",
    "persons",
    "dimensions",
    "invoices",
    "ledgerreceipts",
    "attachments",
    "comments",
    "paymentevents",
    "confirmations",
)
# Series start far apart, so that an id used for the wrong thing is not found; alike in every company.
_FIRST_IDS = {
    "invoices": 810_001,
    "ledgerreceipts": 920_001,
    "transactions": 9_966_001,
    "invoicerows": 55_001,
    "attachments": 71_001,
    "comments": 61_001,
    "paymentevents": 2_924_001,
    "invoicenumbers": 30_001,
    "receiptnumbers": 1,
}


def helsinki_now() -> datetime:
    """Procountor's clock: local Finnish time without zone."""
    return datetime.now(ZoneInfo("Europe/Helsinki")).replace(tzinfo=None)


@dataclass(slots=True)
class Company:
    """One company with everything that is unique only inside it. Ids start alike in every company.

    `keys` maps an API key to {"user": id, "name": shown in the ledger}. `settings` holds the documents of
    the reference resources (vats, coa, fiscalyears, circulation, usagesettings …).
    """

    id: int
    info: Doc
    settings: Doc = field(default_factory=dict)
    users: dict[int, Doc] = field(default_factory=dict)
    keys: dict[str, Doc] = field(default_factory=dict)
    registers: dict[str, dict[int, Doc]] = field(default_factory=lambda: {name: {} for name in REGISTERS})
    counters: dict[str, int] = field(default_factory=dict)

    def next_id(self, register: str) -> int:
        """The next number of a series that belongs to this company only."""
        number = self.counters.get(register, _FIRST_IDS.get(register, 1001) - 1) + 1
        self.counters[register] = number
        return number

    def put(self, register: str, doc: Doc) -> Doc:
        """Stores a document under its id, giving it the next one when it has none."""
        if doc.get("id") is None:
            doc["id"] = self.next_id(register)
        self.counters[register] = max(self.counters.get(register, 0), doc["id"])
        self.registers[register][doc["id"]] = doc
        return doc

    @property
    def finnish(self) -> bool:
        return bool(self.info.get("country") == "FINLAND")

    @property
    def currency(self) -> str:
        return str(self.info.get("companyCurrency", "EUR"))

    @classmethod
    def from_json(cls, doc: Doc) -> Company:
        registers = {
            name: {int(key): value for key, value in doc["registers"].get(name, {}).items()} for name in REGISTERS
        }
        users = {int(key): value for key, value in doc["users"].items()}
        return cls(**{**doc, "registers": registers, "users": users})


@dataclass(slots=True)
class Options:
    """Behaviour that is undocumented or differs between installations; `POST /practice/options` turns it.

    search_lag: seconds a new invoice stays out of searches. total_count: whether lists carry `totalCount`.
    token_errors: "errors" or "oauth", the body of a 401 from the token endpoint. error_shape: "errors" or
    "constraintViolations". rounding: "row" or "rate", where totals are rounded. image: "raw" or "multipart".
    """

    search_lag: float = 0.0
    total_count: bool = True
    token_errors: str = "errors"  # noqa: S105 (the name of a shape)
    error_shape: str = "errors"
    rounding: str = "row"
    image: str = "raw"


class World:
    """All companies of the practice Procountor. Every access goes through `lock`; the server takes it itself."""

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        redirect_uri: str,
        clock: Callable[[], datetime] = helsinki_now,
        path: Path | None = None,
    ) -> None:
        self.client_id, self.client_secret, self.redirect_uri = client_id, client_secret, redirect_uri
        self.clock = clock
        self.path = path
        self.lock = threading.RLock()
        self.companies: dict[int, Company] = {}
        self.faults = FaultScript()
        self.journal = Journal()
        self.counts = Counts()
        self.tokens = Tokens()
        self.options = Options()
        self._hidden: dict[tuple[int, int], float] = {}

    def add_company(self, company: Company) -> Company:
        with self.lock:
            self.companies[company.id] = company
        return company

    def now(self) -> str:
        """The version stamp of this second."""
        return self.clock().replace(microsecond=0).isoformat()

    def hide_from_search(self, company: int, invoice: int) -> None:
        """Starts the search lag of a new invoice; reading it by id works at once."""
        if self.options.search_lag > 0:
            self._hidden[company, invoice] = time.monotonic() + self.options.search_lag

    def is_searchable(self, company: int, invoice: int) -> bool:
        return self._hidden.get((company, invoice), 0.0) <= time.monotonic()

    def save(self) -> None:
        """Writes companies and ledger to `path`, in one step, so that a reader never sees half a file."""
        if self.path is None:
            return
        with self.lock:
            raw = dumps(self.to_json())
        spare = self.path.with_suffix(f".{os.getpid()}.new")
        spare.write_bytes(raw)
        spare.replace(self.path)

    def to_json(self) -> Doc:
        return {
            "client": {
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "redirect_uri": self.redirect_uri,
            },
            "companies": [asdict(company) for company in self.companies.values()],
            "journal": self.journal.to_json(),
        }

    @classmethod
    def load(cls, path: Path, *, clock: Callable[[], datetime] = helsinki_now) -> World:
        """The world kept in a file by `save`. Raises OSError when there is none, Refused when it is no JSON."""
        doc = loads(path.read_bytes())
        world = cls(**doc["client"], clock=clock, path=path)
        for company in doc["companies"]:
            world.add_company(Company.from_json(company))
        for entry in doc["journal"]["entries"]:
            world.journal.add(**{name: value for name, value in entry.items() if name != "sequence"})
        return world
