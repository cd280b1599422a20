"""The month-end story, played without a browser through the same front door, and printed as it happens."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from rich.markup import escape
from rich.panel import Panel
from rich.table import Table as Grid

from bot import practice
from bot.console import out
from bot.plain import lines
from bot.practice import CONSULTANT, FINANCE, Practice
from handlers.chat import Picture
from sandbox.procountor import seed

PATIENCE = 90.0
AGAIN = 10.0  # seconds after which a person presses once more
REFUSAL = "PUT /ledgerreceipts/{receiptId} 400"  # an account that does not take the VAT percentage


@dataclass(slots=True)
class Told:
    """What the closing table says."""

    files: int = 0
    checked: int = 0
    faults: int = 0
    fixed: int = 0
    refused: int = 0
    settled: int = 0
    whole: bool = False  # no draft of an invoice is left unfinished
    seen: set[str] = field(default_factory=set)


def tell(language: str) -> int:
    """Plays the story to a reader of ``language``; gives 0 when the books in Procountor are as they should be."""
    with out.status("Starting the practice world…") as status, practice.world(language=language) as world:
        status.stop()
        return Story(world).play()


class Story:
    """One run of the story over a running world."""

    def __init__(self, world: Practice) -> None:
        self._world = world
        self._slack = world.slack
        self._told = Told()

    def play(self) -> int:
        """The scenes in order."""
        self._scene("The project system exports the month; Anna drops the files to the bot.")
        self._slack.drop_files(FINANCE, [(file.name, file.content) for file in self._world.files])
        self._told.files = len(self._world.files)
        self._show(self._message(lambda m: _has(m, "home.send")))

        self._scene("Emma, a consultant, tries to send them.")
        self._slack.command(CONSULTANT, "send invoices")
        self._show(self._slack.wait_for(lambda: self._slack.whispers(CONSULTANT)[-1:], PATIENCE)[0])

        self._scene("Anna checks them first.")
        self._slack.command(FINANCE, "send invoices")
        preview = self._message(lambda m: _has(m, "run.cancel"))
        self._show(preview)
        self._told.faults = _count(preview, "run.faults")
        self._told.checked = _count(preview, "run.send") + self._told.faults

        self._scene("She mends what can be mended in place, and sends. One answer gets lost on its way back.")
        self._mend()
        self._world.procountor.world.faults.add(route="POST /invoices", nth=5, when="after", what="drop")
        self._slack.click(FINANCE, self._batch(), "run.send")
        self._settle()

        self._scene("What Procountor refused is mended and tried again.")
        self._told.refused = self._refused()
        before = self._told.fixed, self._told.refused
        self._mend()
        if self._told.fixed > before[0]:
            self._slack.wait_for(lambda: _has(self._batch(), "run.retry"), PATIENCE)
            self._slack.click(FINANCE, self._batch(), "run.retry")
            # The message may change for the mending, too: the trying has begun when the button is gone, or is over.
            self._slack.wait_for(lambda: not _has(self._batch(), "run.retry") or self._refused() > before[1], PATIENCE)
            self._settle()
        self._told.whole = ":construction:" not in str(self._batch().blocks)
        self._bills()
        return self._close()

    def _refused(self) -> int:
        return int(self._world.procountor.world.counts.answers[REFUSAL])

    def _bills(self) -> None:
        self._scene("The bills that came to the project system go too: as drafts, without accounting data.")
        self._slack.command(FINANCE, "send bills")
        self._show(self._message(lambda m: _has(m, "run.cancel")))
        self._slack.click(FINANCE, self._batch(), "run.send")
        self._settle()

    def _scene(self, text: str) -> None:
        out.print(f"\n[bold cyan]▌ {escape(text)}[/]\n")

    def _show(self, message: Any) -> None:
        text = "\n".join(lines(Picture(message.text, tuple(message.blocks))))
        out.print(Panel(escape(text), border_style="dim", width=100), highlight=False)

    def _message(self, wanted: Callable[[Any], bool]) -> Any:
        def found() -> list[Any]:
            return [m for m in self._slack.messages(self._slack.dm(FINANCE)) if wanted(m)][-1:]

        return self._slack.wait_for(found, PATIENCE)[0]

    def _batch(self) -> Any:
        """The batch's message as it now is: the newest one outside threads."""
        return [m for m in self._slack.messages(self._slack.dm(FINANCE)) if not m.thread_ts or m.thread_ts == m.ts][-1]

    def _open(self) -> None:
        """A form can come for three seconds after the press: on a busy machine it is pressed again, as people do."""
        for _ in range(int(PATIENCE / AGAIN)):
            self._slack.click(FINANCE, self._batch(), "run.faults")
            with suppress(TimeoutError):
                self._slack.wait_for(lambda: self._slack.views(FINANCE), AGAIN)
                return
        raise TimeoutError("the list of faults never opened")

    def _shut(self) -> None:
        for view in reversed(self._slack.views(FINANCE)):
            self._slack.close(FINANCE, view)

    def _mend(self) -> None:
        """Opens each fault's form once and takes what it proposes; what proposes nothing is left for people."""
        if not _has(self._batch(), "run.faults"):
            return
        self._open()
        while handle := self._next():
            self._told.seen.add(handle)
            self._slack.click(FINANCE, self._slack.views(FINANCE)[-1], "fault.open", value=handle)
            self._fill()
        self._shut()

    def _next(self) -> str:
        view = self._slack.views(FINANCE)[-1]
        handles = [e["value"] for e in _elements(view) if e.get("action_id") == "fault.open"]
        return next((handle for handle in handles if handle not in self._told.seen), "")

    def _fill(self) -> None:
        view = self._slack.views(FINANCE)[-1]
        if view.callback_id != "fault.fix":
            return
        if self._proposes(view):
            self._slack.submit(FINANCE, view)
        after = self._slack.views(FINANCE)[-1]
        if after.callback_id == "fault.fix":
            self._slack.click(FINANCE, after, "fault.back")
        else:
            self._told.fixed += 1

    def _proposes(self, view: Any) -> bool:
        """Fills the form with its own proposal, or the best choice; False when it has neither."""
        inputs = [
            block["element"]
            for block in view.blocks
            if block["type"] == "input" and block["block_id"].partition(".")[0] == "value"
        ]
        if not inputs:
            return True
        element = inputs[0]
        if element["type"] == "external_select" and "initial_option" not in element:
            offered = self._slack.options(FINANCE, view, element["action_id"])
            if not offered:
                return False
            self._slack.choose(FINANCE, view, element["action_id"], offered[0]["value"])
        elif element["type"] == "static_select" and "initial_option" not in element:
            self._slack.choose(FINANCE, view, element["action_id"], element["options"][0]["value"])
        elif element["type"] == "plain_text_input":
            return bool(element.get("initial_value"))
        return True

    def _settle(self) -> None:
        """Waits until the batch has left its preview and nothing of it moves any more."""
        with out.status("Sending…") as status:

            def done() -> bool:
                batch = self._batch()
                status.update(batch.text)
                text = " ".join(str(block) for block in batch.blocks)
                return not _has(batch, "run.cancel") and not any(mark in text for mark in ("█", "░", ":mag:"))

            self._slack.wait_for(done, PATIENCE)
        self._show(self._batch())

    def _close(self) -> int:
        """The table, judged by what stands in Procountor."""
        books = self._world.procountor.world.companies[seed.NORTH].registers["invoices"].values()
        ours = [doc for doc in books if "[kierto:" in (doc.get("notes") or "")]
        drafts = [doc for doc in ours if doc["type"] == "SALES_INVOICE"]
        numbers = [str(doc["originalInvoiceNumber"]) for doc in drafts]
        told = self._told
        grid = Grid(title="The month, as Procountor has it", width=70)
        for name in ("", ""):
            grid.add_column(name)
        rows: list[tuple[str, object]] = [
            ("files read", told.files),
            ("invoices checked", told.checked),
            ("faulty at first", told.faults),
            ("fixes made in Slack", told.fixed),
            ("refused by Procountor at first", told.refused),
            ("drafts in Procountor", len(drafts)),
            ("of them twice", len(numbers) - len(set(numbers))),
            ("bills there, as drafts", len(ours) - len(drafts)),
            ("numbers", f"{min(numbers, default='–')} … {max(numbers, default='–')}"),
        ]
        for name, value in rows:
            grid.add_row(name, str(value))
        out.print(grid)
        return 0 if told.whole and len(ours) > len(drafts) > 0 and len(numbers) == len(set(numbers)) else 1


def _elements(place: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for block in place.blocks:
        found += block.get("elements", []) if block["type"] == "actions" else []
        found += [block["accessory"]] if "accessory" in block else []
    return found


def _has(message: Any, action: str) -> bool:
    return any(element.get("action_id") == action for element in _elements(message))


def _count(message: Any, action: str) -> int:
    """The number on a button: a button without one stands for one, no button for none."""
    labels = [e["text"]["text"] for e in _elements(message) if e.get("action_id") == action]
    digits = "".join(c for c in (labels or ["0"])[0] if c.isdigit())
    return int(digits) if digits else 1
