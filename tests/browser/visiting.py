"""A person at the page: what he sees, presses and types; and the pictures taken on the way."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import practice
from bot.practice import Practice
from sandbox.procountor import seed

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST_PICTURE = 250_000
WIDEST = 760
BARE = "(bare) => { document.getElementById('app').style.opacity = bare ? '0' : ''; }"
DRAWING = os.environ.get("KIERTO_PICTURES") == "1"
PATIENCE = 30_000.0  # milliseconds: the machine may be busy with other tests
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
FRONT = "dialog.modal"
CARRIES = """([files]) => {
  const given = new DataTransfer();
  for (const [name, words] of files) given.items.add(new File([new TextEncoder().encode(words)], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.getElementById("stream").dispatchEvent(new DragEvent(kind, { dataTransfer: given, bubbles: true, cancelable: true }));
}"""  # noqa: E501
SPILLS = """() => [...document.querySelectorAll(".message *, dialog[open] *, .home-view *")]
  .filter((n) => n.getBoundingClientRect().right > innerWidth + 1 && !n.closest(".b-table"))
  .map((n) => n.className || n.tagName)"""


@dataclass
class Visit:
    """One open page over a running practice world."""

    page: Any
    world: Practice

    # seeing

    def sees(self, text: str | re.Pattern[str], *, within: str = "body") -> Any:
        """Waits until a text is in sight; gives where."""
        return self._waits(self.page.locator(within), text)

    def _waits(self, place: Any, text: str | re.Pattern[str]) -> Any:
        from playwright.sync_api import TimeoutError as TooLong

        found = place.get_by_text(text).last
        try:
            found.wait_for(timeout=PATIENCE)
        except TooLong as missing:
            raise AssertionError(f"{text!r} never came in sight. There is:\n{self.words()}") from missing
        return found

    def words(self) -> str:
        """The words of the conversation (or the Home tab) and of the form in front."""
        return "\n".join(self.page.locator("#stream, dialog[open], #side").all_inner_texts())

    def batch(self) -> Any:
        """The newest batch's message: the last one that carries a batch's foot."""
        return self.page.locator("#stream .message").filter(has_text=re.compile(r"(Batch|Erä|Sats) \d+ · ")).last

    def batch_says(self, text: str | re.Pattern[str]) -> Any:
        return self._waits(self.batch(), text)

    def spills(self) -> list[str]:
        """What sticks out to the right: nothing should, on any screen."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return [*self.page.evaluate(SPILLS), *(["page"] if wide > 0 else [])]

    # doing

    def types(self, command: str) -> None:
        """Types into the message field and sends."""
        self.page.click("#compose")
        self.page.keyboard.type(command)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Enter")

    def button(self, action: str) -> Any:
        """The newest button of the bot for that action, in the conversation or on the Home tab."""
        return self.page.locator(f'#stream [data-key*="|{action}|"]').last

    def buttons(self) -> list[str]:
        """The actions that the newest batch's message offers."""
        keys = self.batch().locator("button[data-key*='|']").evaluate_all("all => all.map(n => n.dataset.key)")
        return [key.split("|")[2] for key in keys]

    def drops(self, *files: tuple[str, bytes]) -> None:
        """Drags UTF-8 files onto the page."""
        self.page.evaluate(CARRIES, [[[name, content.decode()] for name, content in files]])

    def becomes(self, name: str) -> None:
        """Acts as another person, by the menu at the foot of the sidebar."""
        if not self.page.locator("[data-key=me]").is_visible():
            self.page.click("[data-key=menu]")
        self.page.click("[data-key=me]")
        self.page.click(f".popup .choice:has-text('{name}')")
        self.page.locator(f".me:has-text('{name}')").wait_for(state="attached")

    def opens_fault(self, words: str) -> None:
        """In the list of faults, presses the button beside the fault that has these words."""
        row = self.page.locator(f"{FRONT} .b-section", has_text=words).filter(has=self.page.locator("button")).first
        row.get_by_role("button").click(timeout=PATIENCE)
        self.page.locator(f"{FRONT} [data-key=modal-submit]").wait_for(timeout=PATIENCE)

    def saves(self) -> None:
        """Submits the form; back in the list its success is told."""
        self.page.click(f"{FRONT} [data-key=modal-submit]")
        self.page.locator(f"{FRONT} [data-key=modal-submit]").wait_for(state="detached", timeout=PATIENCE)

    def allows(self, user: str, *rights: str) -> None:
        """Gives rights on the command line, where whoever runs the bot gives any."""
        command = [sys.executable, "-m", "bot", "allow", user, *rights]
        environment = practice.environment(self.world.settings)
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)

    def drafts(self) -> dict[str, dict[str, Any]]:
        """What the bot has made in Procountor, by the company's own number; fails on a double."""
        books = self.world.procountor.world.companies[seed.NORTH].registers["invoices"].values()
        made = [draft for draft in books if "[kierto:" in (draft.get("notes") or "")]
        found = {str(draft["originalInvoiceNumber"]): draft for draft in made}
        assert len(found) == len(made), "an invoice is in Procountor twice"
        return found

    # pictures

    def shot(self, name: str, of: Any = None, *, height: int = 0, margin: int = 0) -> None:
        """Writes docs/pictures/<name>.png when asked to: the page (``height`` pixels of it), or one part alone."""
        if not DRAWING:
            return
        size = self.page.viewport_size
        self.page.set_viewport_size({**size, "height": height or size["height"]})
        self.page.mouse.move(1, 1)
        self.page.evaluate("document.activeElement?.id === 'compose' && document.activeElement.blur()")
        self.page.evaluate(BARE, bool(margin))
        self.page.wait_for_timeout(300)
        clip = self._around(of, margin) if of is not None else None
        PICTURES.mkdir(parents=True, exist_ok=True)
        file = PICTURES / f"{name}.png"
        self.page.screenshot(path=str(file), clip=clip)
        self.page.evaluate(BARE, False)
        self.page.set_viewport_size(size)
        assert file.stat().st_size < LARGEST_PICTURE, f"{name}.png is too large"

    def _around(self, part: Any, margin: int) -> dict[str, float]:
        """The part with a margin: of a form, which stands before the empty page; a message has its own."""
        part.evaluate("node => node.scrollIntoView({ block: 'nearest' })")
        box = part.bounding_box()
        return {
            "x": box["x"] - margin,
            "y": box["y"] - margin,
            "width": min(box["width"], WIDEST) + 2 * margin,
            "height": box["height"] + 2 * margin,
        }
