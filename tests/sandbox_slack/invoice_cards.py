"""Pictures of a month-end invoice run, rich enough to judge the page by."""

from __future__ import annotations

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": True}


def mark(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def button(text: str, action_id: str, **more: Any) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def preview(state: str = "ready") -> list[Block]:
    """The batch preview: totals, faults by cause, and what can be done."""
    fields = ["*Ready*\n44 invoices", "*Need a fix*\n3 invoices", "*Net*\n186 420,00 €", "*VAT 25.5 %*\n47 537,10 €"]
    blocks: list[Block] = [
        {"type": "header", "text": plain("November invoices")},
        {
            "type": "section",
            "text": mark("*47 invoices checked* · :white_check_mark: 44 ready, :warning: 3 need a fix"),
        },
        {"type": "section", "fields": [mark(text) for text in fields]},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "2 × ", "style": {"bold": True}},
                                {"type": "text", "text": "e-invoice operator is not known: "},
                                {"type": "text", "text": "BAWCF122", "style": {"code": True}},
                            ],
                        },
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "1 × ", "style": {"bold": True}},
                                {"type": "text", "text": "cost centre 214 is closed"},
                            ],
                        },
                    ],
                }
            ],
        },
    ]
    if state == "ready":
        blocks.append(
            {
                "type": "actions",
                "block_id": "run",
                "elements": [
                    button("Send the 44 clean ones", "send", style="primary", value="run-1"),
                    button("Show faults", "faults", value="run-1"),
                    button(
                        "Cancel",
                        "cancel",
                        style="danger",
                        value="run-1",
                        confirm={
                            "title": plain("Cancel this run?"),
                            "text": mark("Nothing has been sent yet."),
                            "confirm": plain("Cancel the run"),
                            "deny": plain("Keep it"),
                            "style": "danger",
                        },
                    ),
                    {
                        "type": "overflow",
                        "action_id": "more",
                        "options": [
                            {"text": plain("Download the list"), "value": "list"},
                            {"text": plain("Only project 214"), "value": "p214"},
                        ],
                    },
                ],
            }
        )
    else:
        blocks.append({"type": "section", "text": mark(f":hourglass_flowing_sand: *{state}*")})
    when = "<!date^1795338000^{date_short_pretty} {time}|22 Nov 2026>"
    blocks.append({"type": "context", "elements": [mark(f"From `taimer-2026-11.csv` · {when} · run 17")]})
    return blocks


def result_table() -> list[Block]:
    rows = [
        ["Our number", "Customer", "Procountor", "Total"],
        ["2026-1101", "Meri & Kallio Oy", "48211", "12 550,00 €"],
        ["2026-1102", "Nordic <Paper> Ab", "48212", "4 016,00 €"],
        ["2026-1103", "Helsingin Taidehalli", "48213", "1 882,50 €"],
    ]
    return [
        {"type": "section", "text": mark(":tada: *44 of 44 sent.* Each is a draft in Procountor.")},
        {
            "type": "table",
            "column_settings": [{"is_wrapped": True}, {"is_wrapped": True}, {}, {"align": "right"}],
            "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
        },
    ]


def fix_modal() -> dict[str, Any]:
    """A modal that fixes a fault in place."""
    options = [{"text": plain("Consulting"), "value": "100"}, {"text": plain("Design"), "value": "200"}]
    return {
        "type": "modal",
        "callback_id": "fix",
        "title": plain("Fix invoice 2026-1117"),
        "submit": plain("Check again"),
        "close": plain("Later"),
        "private_metadata": "2026-1117",
        "notify_on_close": True,
        "blocks": [
            {
                "type": "alert",
                "level": "warning",
                "text": mark("Operator *BAWCF122* is not known. Did you mean *BAWCFI22* (Basware)?"),
            },
            {
                "type": "input",
                "block_id": "operator",
                "label": plain("E-invoice operator"),
                "hint": plain("As in the customer's register entry"),
                "element": {
                    "type": "external_select",
                    "action_id": "operator",
                    "min_query_length": 0,
                    "placeholder": plain("Search operators"),
                },
            },
            {
                "type": "input",
                "block_id": "centre",
                "label": plain("Cost centre"),
                "element": {
                    "type": "static_select",
                    "action_id": "centre",
                    "options": options,
                    "initial_option": options[0],
                },
            },
            {
                "type": "input",
                "block_id": "text",
                "label": plain("Row text"),
                "element": {
                    "type": "plain_text_input",
                    "action_id": "text",
                    "max_length": 512,
                    "initial_value": "Workshop in Oulu",
                },
            },
            {
                "type": "input",
                "block_id": "due",
                "optional": True,
                "label": plain("Due date"),
                "element": {"type": "datepicker", "action_id": "due", "initial_date": "2026-12-14"},
            },
            {
                "type": "input",
                "block_id": "extras",
                "optional": True,
                "label": plain("Attachments to keep"),
                "element": {
                    "type": "checkboxes",
                    "action_id": "extras",
                    "options": [
                        {"text": mark("*hours.pdf* · 112 kB"), "value": "hours"},
                        {"text": mark("*receipt.jpg* · 2.1 MB"), "value": "receipt"},
                    ],
                },
            },
        ],
    }


def home() -> dict[str, Any]:
    """The app's Home tab."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Good morning, Anna")},
            {
                "type": "section",
                "text": mark("*3 invoices* wait for you, the oldest for *2 days*."),
                "accessory": button("Show them", "faults", style="primary"),
            },
            {"type": "divider"},
            {
                "type": "carousel",
                "elements": [
                    {
                        "type": "card",
                        "title": mark("*2026-1117* · Meri & Kallio"),
                        "subtitle": mark("12 550,00 €"),
                        "body": mark("Operator is not known"),
                        "actions": [button("Fix", "fix1", style="primary")],
                    },
                    {
                        "type": "card",
                        "title": mark("*2026-1121* · Taidehalli"),
                        "subtitle": mark("1 882,50 €"),
                        "body": mark("Cost centre 214 is closed"),
                        "actions": [button("Fix", "fix2", style="primary")],
                    },
                ],
            },
            {
                "type": "data_table",
                "caption": "Runs this month",
                "page_size": 3,
                "rows": [
                    [{"type": "raw_text", "text": text} for text in ("Run", "Sent", "Total €")],
                    *[
                        [
                            {"type": "raw_text", "text": f"Run {n}"},
                            {"type": "raw_number", "value": n * 3, "text": str(n * 3)},
                            {"type": "raw_number", "value": n * 1250, "text": f"{n * 1250},00"},
                        ]
                        for n in range(1, 8)
                    ],
                ],
            },
            {
                "type": "context",
                "elements": [mark("Connected to *Pohjola Consulting Oy* · <https://example.com/guide|Guide>")],
            },
        ],
    }
