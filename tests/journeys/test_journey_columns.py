"""A file under headers nobody knows: a person says once which column is which, and the next file is read as well."""

from __future__ import annotations

from typing import Any

import pytest

from storage import audit, companies
from tests.support.practice import ANNA, EMMA, Bot

HEAD = "Tosite;Laskutuspvm tieto;Vastaanottajan tieto;Y-tunnus;Katuosoite;Postinumero;Postitoimipaikka;Maa;Eräpäivä;"
HEAD += "Tuote;Määrä;Yksikkö;Yksikköhinta;ALV %;Tilinumero\n"
ROW = "{};{};Asiakas Oy;1572860-0;Katu 1;00100;Helsinki;FI;15.12.2026;Työ;1;h;100,00;25,5;FI2112345600000785\n"
STRANGE = "Aaa;Bbb;Ccc;Ddd;Eee\n"


def file_of(number: str, head: str = HEAD) -> bytes:
    return (head + ROW.format(number, "1.11.2026")).encode()


def opened(bot: Bot, user: str = ANNA) -> Any:
    bot.press("columns.map", user)
    return bot.slack.wait_for(lambda: bot.slack.views(user), 5)[-1]


def choices_of(view: Any, field: str) -> dict[str, str]:
    block = next(b for b in view.blocks if b.get("block_id") == field)
    return {o["text"]["text"]: o["value"] for o in block["element"]["options"]}


def errors(bot: Bot, view: Any) -> dict[str, str]:
    """What the form says of its fields when it is submitted as it is."""
    bot.slack.submit(ANNA, view)
    return dict(bot.slack.views(ANNA)[-1].errors)


def test_columns_are_mapped_once_and_the_next_file_is_read_at_once(bot: Bot) -> None:
    told = bot.drop(("omat.csv", file_of("91001")))
    assert "No new invoices" in told
    assert told.count("The file lacks necessary columns") == 1
    assert "[Map the columns]" in told
    view = opened(bot)
    assert [b["block_id"] for b in view.blocks if b["type"] == "input"] == ["number", "issued"]
    assert list(choices_of(view, "number"))[:3] == ["–", "Tosite", "Laskutuspvm tieto"]
    assert errors(bot, view) == {"number": "Choose at least one column."}
    bot.slack.choose(ANNA, view, "number", choices_of(view, "number")["Tosite"])
    bot.slack.choose(ANNA, view, "issued", choices_of(view, "issued")["Tosite"])
    assert errors(bot, view) == {"issued": "This column is chosen above already."}
    bot.slack.choose(ANNA, view, "issued", choices_of(view, "issued")["Laskutuspvm tieto"])
    assert bot.slack.submit(ANNA, view).ok
    bot.wait(lambda: "1 invoice is ready to be checked" in bot.shown(bot.latest()))
    assert "1 invoice is ready" in bot.drop(("omat2.csv", file_of("91002")))
    with bot.house.store.read() as tx:
        kept = companies.get(tx, bot.company).choices.columns
        rows = [e for e in audit.trail(tx, bot.company) if e.what == "rules.changed" and "Tosite" in e.details]
    assert kept == {"Tosite": "number", "Laskutuspvm tieto": "issued"}
    assert [e.who.endswith(ANNA) for e in rows] == [True]


def test_a_file_without_a_known_header_is_mapped_too(bot: Bot) -> None:
    told = bot.drop(("outo.csv", (STRANGE + "91003;1.11.2026;Asiakas Oy;Työ;100,00\n").encode()))
    assert "[Map the columns]" in told
    view = opened(bot)
    names = {"number": "Aaa", "issued": "Bbb", "buyer_name": "Ccc", "name": "Ddd", "unit_price": "Eee"}
    for field, header in names.items():
        bot.slack.choose(ANNA, view, field, choices_of(view, field)[header])
    assert bot.slack.submit(ANNA, view).ok
    bot.wait(lambda: "[Map the columns]" not in bot.shown(bot.latest()))
    with bot.house.store.read() as tx:
        assert set(companies.get(tx, bot.company).choices.columns) == set(names.values())


def test_nothing_to_map_no_button(bot: Bot) -> None:
    assert "[Map the columns]" not in bot.drop(bot.fresh())


@pytest.mark.parametrize(
    ("user", "forged", "told"), [(ANNA, True, "no longer in use"), (EMMA, False, "do not have the right")]
)
def test_neither_a_forger_nor_one_without_the_right_opens_the_form(
    bot: Bot, user: str, forged: bool, told: str
) -> None:
    bot.drop(("omat3.csv", file_of("91004")))
    buttons = [e for b in bot.latest().blocks if b["type"] == "actions" for e in b["elements"]]
    value = next(e["value"] for e in buttons if e["action_id"] == "columns.map")
    desk = bot.slack.desk
    payload = {
        "type": "block_actions",
        **desk.common(user),
        "container": {"type": "message", "message_ts": "1.1", "channel_id": bot.slack.dm(user)},
        "channel": {"id": bot.slack.dm(user), "name": "directmessage"},
        "message": {"ts": "1.1", "text": ""},
        "trigger_id": desk.world.issue_trigger(user),
        "response_url": "",
        "actions": [
            {
                "type": "button",
                "action_id": "columns.map",
                "value": "forged" if forged else value,
                "block_id": "b",
                "action_ts": "1.1",
            }
        ],
    }
    bot.answer(told, lambda: desk.deliver("block_actions", payload, "trouble"), user)
    assert bot.slack.views(user) == []
