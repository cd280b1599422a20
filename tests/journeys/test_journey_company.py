"""Several companies in one workspace: each person sees his own alone, and what is pressed is about what was shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot import practice
from finance.authority import Right
from finance.invoice import Kind
from sandbox.month.finvoice_file import finvoices
from sandbox.procountor import seed
from sandbox.slack.workspace import Channel
from storage import companies, documents, members, rights, runs
from tests.support.databases import fresh
from tests.support.invoices import invoice
from tests.support.many import ANNA, BERTIL, Many, many, shown

NORTH, SOUTH = "Pohjantuuli Konsultointi Oy", "Etelätuuli Oy"
TEAM = "T0YKSI"
CECILIA, DAVID = "U05CECILIA", "U06DAVID"  # of the second company alone; of none


@dataclass
class Two:
    """One workspace with two companies. Anna belongs to both, Bertil to the first, Cecilia to the second alone."""

    many: Many
    north: str
    south: str
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(7001, 8000)))

    @property
    def slack(self) -> Any:
        return self.many.slack

    def at(self, user: str, company: str | None) -> None:
        with self.many.house.store.write() as tx:
            members.choose(tx, TEAM, user, company=company)

    def told(self, user: str, act: Any, words: str = "") -> str:
        """Does ``act`` and gives what is whispered to the user then."""
        before = len(self.slack.whispers(user))
        act()

        def new() -> str:
            return "\n".join(shown(m) for m in self.slack.whispers(user)[before:])

        self.slack.wait_for(lambda: new() and words in new(), 20)
        return new()

    def command(self, user: str, words: str, expected: str = "") -> str:
        return self.told(user, lambda: self.slack.command(user, words), expected)

    def posted(self, user: str, words: str) -> Any:
        """The newest message of the bot in the user's direct conversation, once it says ``words``."""

        def there() -> Any:
            told = [m for m in self.slack.messages(self.slack.dm(user)) if m.bot_id and not m.thread_ts]
            return told[-1] if told and words in shown(told[-1]) else None

        return self.slack.wait_for(there, 20)

    def file(self, seller: str = NORTH) -> tuple[str, bytes]:
        number = str(next(self.numbers))
        made = invoice(number, practice.today())
        code = "2077474-0" if seller == NORTH else "0201256-6"
        iban = made.payment.iban if seller == NORTH else seed.SOUTH_IBAN
        payment = replace(made.payment, iban=iban)
        made = replace(made, seller=replace(made.seller, name=seller, business_id=code), payment=payment)
        return f"{number}.xml", finvoices([made])

    def drop(self, user: str, seller: str = NORTH) -> Any:
        name, content = self.file(seller)
        assert self.slack.drop_file(user, name, content).ok
        return self.posted(user, name)

    def waiting(self, company: str) -> int:
        with self.many.house.store.read() as tx:
            return documents.counts(tx, company, Kind.SALES_INVOICE).get("open", 0)

    def batches(self, company: str) -> int:
        with self.many.house.store.read() as tx:
            return len(runs.recent(tx, company, 100))


@pytest.fixture(scope="module")
def house_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with many(fresh("sqlite", tmp_path_factory.mktemp("two")), TEAM) as made:
        slack = made.slack
        template = slack.workspace.person(BERTIL)
        assert template is not None
        for user, name in ((CECILIA, "cecilia"), (DAVID, "david")):
            slack.workspace.people.append(replace(template, id=user, name=name, real_name=name.title()))
        made.install(slack, ANNA)
        north = made.connect(slack, seed.API_KEY, ANNA, BERTIL)
        south = made.another(slack, seed.API_KEY_SECOND, ANNA, CECILIA)
        yield Two(made, north, south)


@pytest.fixture
def two(house_two: Two) -> Iterator[Two]:
    yield house_two
    for user in (ANNA, BERTIL, CECILIA):
        house_two.at(user, None)
        for view in reversed(house_two.slack.views(user)):
            house_two.slack.close(user, view)


def head(two: Two) -> str:
    """The first line of Anna's Home tab; empty before it was drawn."""
    home = two.slack.home(ANNA)
    return str(home.blocks[0]) if home else ""


def choose(two: Two, message: Any, name: str, user: str = ANNA) -> Any:
    return two.slack.choose(user, message, "company.be", name)


# what one sees


def test_one_who_has_a_single_company_never_sees_the_other(two: Two) -> None:
    for user, mine, other in ((BERTIL, NORTH, SOUTH), (CECILIA, SOUTH, NORTH)):
        assert f"You are at {mine}, your only company here." in two.command(user, "company")
        assert f"You are at {mine}, your only" in two.command(user, f"company {other}")
        assert ":office:" not in str(two.slack.whispers(user)[-1].blocks)
        two.slack.open_home(user)
        two.slack.wait_for(lambda u=user: two.slack.home(u), 10)
        home = str(two.slack.home(user).blocks)
        assert mine in home
        everything = home + str(two.slack.whispers(user)) + str(two.slack.messages(two.slack.dm(user)))
        assert other not in everything.replace(f"company {other}", "")


def test_one_who_has_both_sees_on_everything_which_it_is_about(two: Two) -> None:
    for company, name, other in ((two.north, NORTH, SOUTH), (two.south, SOUTH, NORTH)):
        two.at(ANNA, company)
        for words in ("help", "runs", "run 999", "numbering", "sync"):
            two.command(ANNA, words)
            last = str(two.slack.whispers(ANNA)[-1].blocks)
            assert f":office: {name}" in last, words
            assert other not in last, words
        two.slack.command(ANNA, "import")
        view = two.slack.views(ANNA)[-1]
        assert f":office: {name}" in str(view.blocks[0])
        two.slack.close(ANNA, view)


def test_an_outsider_is_told_so_and_hears_no_name(two: Two) -> None:
    said = "you do not belong to any of them yet"
    assert said in two.command(DAVID, "company")
    assert said in two.command(DAVID, f"company {NORTH}")
    assert said in two.told(DAVID, lambda: two.slack.command(DAVID, "import"))
    two.slack.open_home(DAVID)
    two.slack.wait_for(lambda: said in str(two.slack.home(DAVID)), 10)
    two.slack.drop_file(DAVID, "lasku.xml", b"<Finvoice/>")
    two.slack.wait_for(
        lambda: str(two.slack.messages(two.slack.dm(DAVID)) + two.slack.whispers(DAVID)).count(said) > 3, 10
    )
    told = str(two.slack.messages(two.slack.dm(DAVID))) + str(two.slack.whispers(DAVID)) + str(two.slack.home(DAVID))
    assert not re.search(f"{NORTH}|{SOUTH}", told)
    assert ANNA not in told.replace(DAVID, "")


# going from one to another


def test_one_goes_to_another_by_its_name_or_a_part_of_it(two: Two) -> None:
    two.at(ANNA, two.north)
    for words, name in ((SOUTH, SOUTH), ("pohjan", NORTH), ("0201256-6", SOUTH), ('"konsultointi"', NORTH)):
        assert f"You are at {name} now." in two.command(ANNA, f"company {words}")
        assert f"You are at {name}." in two.command(ANNA, "company")
    assert "Which company do you mean by “tuuli”?" in two.command(ANNA, "company tuuli")
    assert "Which company do you mean by “Itätuuli”?" in two.command(ANNA, "company Itätuuli")


def test_one_goes_to_another_by_the_list(two: Two) -> None:
    two.at(ANNA, two.north)
    two.command(ANNA, "company")
    asked = two.slack.whispers(ANNA)[-1]
    assert f"You are at {SOUTH} now." in two.told(ANNA, lambda: choose(two, asked, SOUTH))
    assert f":office: {SOUTH}" in str(two.slack.whispers(ANNA)[-1].blocks)
    assert f"You are at {NORTH} now." in two.told(ANNA, lambda: choose(two, asked, NORTH))


def test_one_goes_to_another_on_the_home_tab_which_is_drawn_anew(two: Two) -> None:
    two.at(ANNA, two.north)
    two.slack.open_home(ANNA)
    two.slack.wait_for(lambda: NORTH in head(two), 10)
    assert choose(two, "home", SOUTH).ok
    two.slack.wait_for(lambda: SOUTH in head(two), 10)
    with two.many.house.store.read() as tx:
        assert members.get(tx, TEAM, ANNA).company == two.south


def test_the_list_of_another_is_of_no_use(two: Two) -> None:
    two.command(ANNA, "company")
    asked = two.slack.whispers(ANNA)[-1]
    element = next(b["accessory"] for b in asked.blocks if "accessory" in b)
    handle = next(o["value"] for o in element["options"] if o["text"]["text"] == SOUTH)
    assert "no longer in use" in two.told(BERTIL, lambda: press(two, BERTIL, "company.be", handle))
    with two.many.house.store.read() as tx:
        assert members.get(tx, TEAM, BERTIL).company is None


# what is pressed is about what was shown


def press(two: Two, user: str, action: str, value: str, block: str = "b") -> None:
    """A button pressed by whoever has got hold of what it carries."""
    desk, room = two.slack.desk, two.slack.dm(user)
    payload = {
        "type": "block_actions",
        **desk.common(user),
        "container": {"type": "message", "message_ts": "1.1", "channel_id": room},
        "channel": {"id": room, "name": "directmessage"},
        "message": {"ts": "1.1", "text": ""},
        "trigger_id": desk.world.issue_trigger(user),
        "response_url": "",
        "actions": [{"type": "button", "action_id": action, "value": value, "block_id": block, "action_ts": "1.1"}],
    }
    assert desk.deliver("block_actions", payload, "trouble").ok


def test_a_button_is_about_its_own_company_wherever_one_has_gone_since(two: Two) -> None:
    two.at(ANNA, two.north)
    answer = two.drop(ANNA)
    two.at(ANNA, two.south)
    before = two.batches(two.north), two.batches(two.south)
    assert two.slack.click(ANNA, answer, "home.send").ok  # it carries no handle: the place it stands in tells
    batch = two.posted(ANNA, "[Send ")
    assert (two.batches(two.north), two.batches(two.south)) == (before[0] + 1, before[1])
    assert f":office: {NORTH}" in str(batch.blocks)
    assert two.slack.click(
        ANNA, batch, "run.ready"
    ).ok  # opens a form, from a menu of which a word is before the handle
    view = two.slack.views(ANNA)[-1]
    assert f":office: {NORTH}" in str(view.blocks[0])
    menu = next(b["accessory"] for b in view.blocks if b.get("accessory", {}).get("type") == "overflow")
    leave = next(o["value"] for o in menu["options"] if o["value"].startswith("leave"))
    assert two.slack.click(ANNA, view, "ready.do", value=leave).ok
    two.slack.wait_for(lambda: "is left out of this batch" in str(two.slack.views(ANNA)[-1].blocks), 10)


def test_a_home_tab_is_about_the_company_it_shows(two: Two) -> None:
    two.at(ANNA, two.north)
    two.drop(ANNA)
    two.slack.open_home(ANNA)
    two.slack.wait_for(lambda: two.slack.home(ANNA) and "home.send" in str(two.slack.home(ANNA).blocks), 10)
    two.at(ANNA, two.south)
    before = two.batches(two.north), two.batches(two.south)
    assert two.slack.click(ANNA, "home", "home.send").ok
    two.slack.wait_for(lambda: two.batches(two.north) > before[0], 10)
    assert two.batches(two.south) == before[1]


def test_a_form_is_about_the_company_it_was_opened_for(two: Two) -> None:
    two.at(ANNA, two.south)
    two.slack.command(ANNA, "import")
    view = two.slack.views(ANNA)[-1]
    two.at(ANNA, two.north)
    before = two.waiting(two.north), two.waiting(two.south)
    name, content = two.file(SOUTH)
    two.slack.fill(ANNA, view, {"files": [(name, content)]})
    assert two.slack.submit(ANNA, view).ok
    answer = two.posted(ANNA, name)
    assert f":office: {SOUTH}" in str(answer.blocks)
    assert (two.waiting(two.north), two.waiting(two.south)) == (before[0], before[1] + 1)


def test_a_file_goes_to_the_company_one_is_at(two: Two) -> None:
    for company, name, other in ((two.north, NORTH, two.south), (two.south, SOUTH, two.north)):
        two.at(ANNA, company)
        before = two.waiting(company), two.waiting(other)
        assert f":office: {name}" in str(two.drop(ANNA, name).blocks)
        assert (two.waiting(company), two.waiting(other)) == (before[0] + 1, before[1])


def test_what_was_said_is_done_for_the_company_one_was_at_then(two: Two) -> None:
    two.at(ANNA, two.north)
    before = two.batches(two.north), two.batches(two.south)
    two.many.stop_worker()
    assert two.slack.command(ANNA, "check invoices all").ok
    two.at(ANNA, two.south)
    two.many.start_worker()
    two.slack.wait_for(lambda: two.batches(two.north) > before[0], 20)
    assert two.batches(two.south) == before[1]


def test_who_has_left_the_company_by_then_does_nothing_in_it_nor_in_another(two: Two) -> None:
    with two.many.house.store.write() as tx:
        rights.give(tx, two.north, TEAM, CECILIA, (Right.FINANCE,), "test", two.many.clock())
    two.at(CECILIA, two.north)
    before = two.batches(two.north), two.batches(two.south)
    two.many.stop_worker()
    assert two.slack.command(CECILIA, "check invoices all").ok
    with two.many.house.store.write() as tx:
        rights.give(tx, two.north, TEAM, CECILIA, (), "test", two.many.clock())
    told = two.told(CECILIA, two.many.start_worker)
    assert "no longer belong to the company" in told
    assert (two.batches(two.north), two.batches(two.south)) == before


def test_a_stolen_handle_and_an_invented_one_are_answered_alike(two: Two) -> None:
    two.at(ANNA, two.south)
    two.drop(ANNA, SOUTH)
    two.slack.command(ANNA, "send invoices")
    batch = two.posted(ANNA, "[Send ")
    elements = [e for b in batch.blocks if b["type"] == "actions" for e in b["elements"]]
    handle = next(str(e["value"]) for e in elements if e["action_id"] == "run.send")
    mark = next(b["block_id"] for b in batch.blocks if b["type"] == "actions")
    before = two.batches(two.south)
    stolen = two.told(BERTIL, lambda: press(two, BERTIL, "run.send", handle, mark))
    invented = two.told(BERTIL, lambda: press(two, BERTIL, "run.send", "x" * 32))
    assert stolen == invented
    assert "no longer in use" in stolen
    press(two, BERTIL, "home.send", "all", mark)  # of no handle: a mark alone opens nothing of another's
    two.posted(BERTIL, "checked")
    assert two.batches(two.south) == before
    with two.many.house.store.read() as tx:
        assert all(run.by != BERTIL for run in runs.recent(tx, two.south, 100))


def test_a_channel_of_several_companies_sees_which_it_is(two: Two) -> None:
    two.slack.workspace.channels.append(Channel("C0TULOKSET", "tulokset"))
    with two.many.house.store.write() as tx:
        choices = companies.get(tx, two.north).choices
        companies.choose(tx, two.north, replace(choices, result_channel="C0TULOKSET"))
    answer = two.drop(BERTIL)
    assert two.slack.click(BERTIL, answer, "home.send").ok
    batch = two.posted(BERTIL, "[Send ")
    assert two.slack.click(BERTIL, batch, "run.send").ok
    two.slack.wait_for(lambda: two.slack.messages("C0TULOKSET"), 40)
    assert all(f":office: {NORTH}" in str(m.blocks) for m in two.slack.messages("C0TULOKSET"))
