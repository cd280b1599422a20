"""The trail as an auditor meets it: altered rows are named, heads stand outside, exports are safe."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli_trail import Form, write
from bot.heads import HeadFile
from storage.audit import START, Entry, Head, Kept, digest, first_bad

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ROWS, TRIES = int(os.environ.get("KIERTO_PROOF_TRAIL", "100000")), int(os.environ.get("KIERTO_PROOF_WRONGS", "500"))


def chain(length: int, since: int = 1, before: str = START) -> list[Kept]:
    rows = []
    for seq in range(since, since + length):
        entry = Entry(seq, "c1", NOON + timedelta(seconds=seq), "T1/U1", "bill.done", f"bill:{seq}", '{"decision": 1}')
        rows.append(Kept(entry, before, before := digest(entry, before)))
    return rows


def altered(rows: list[Kept], place: int, dice: random.Random) -> list[Kept]:
    """One word of one row changed."""
    kept = rows[place]
    field = dice.choice(["who", "what", "subject", "details", "company", "at"])
    value = kept.entry.at + timedelta(days=1) if field == "at" else f"{getattr(kept.entry, field)} "
    entry = replace(kept.entry, **{field: value})
    return [*rows[:place], Kept(entry, kept.before, kept.hash), *rows[place + 1 :]]


def altered_well(rows: list[Kept], place: int, dice: random.Random) -> list[Kept]:
    """The same, and the hash fits it: then the row after it does not."""
    out = altered(rows, place - 1, dice)
    out[place - 1] = replace(out[place - 1], hash=digest(out[place - 1].entry, out[place - 1].before))
    return out


def deleted(rows: list[Kept], place: int, _: random.Random) -> list[Kept]:
    return rows[:place] + rows[place + 1 :]


def swapped(rows: list[Kept], place: int, dice: random.Random) -> list[Kept]:
    """Two rows have changed places and numbers."""
    other = dice.randrange(place + 1, len(rows)) if place + 1 < len(rows) else place - 1
    low, high = sorted((place, other))
    one, two = rows[low], rows[high]
    out = list(rows)
    out[low] = replace(two, entry=replace(two.entry, seq=one.entry.seq))
    out[high] = replace(one, entry=replace(one.entry, seq=two.entry.seq))
    return out


def cut_off(rows: list[Kept], place: int, _: random.Random) -> list[Kept]:
    return rows[:place]


def made_anew(rows: list[Kept], place: int, _: random.Random) -> list[Kept]:
    """From a row on the whole chain is written again, rightly computed."""
    before = rows[place - 1].hash if place else START
    entry = replace(rows[place].entry, who="T1/U9")
    forged = Kept(entry, before, digest(entry, before))
    return [*rows[:place], forged, *chain(len(rows) - place - 1, place + 2, forged.hash)]


WRONGS: dict[str, Callable[[list[Kept], int, random.Random], list[Kept]]] = {
    "altered": altered, "altered well": altered_well, "deleted": deleted, "swapped": swapped, "cut off": cut_off,
}  # fmt: skip


@pytest.mark.proof
def test_whatever_is_wronged_the_first_bad_row_is_named() -> None:
    rows, dice = chain(ROWS), random.Random(6)
    head = Head(rows[-1].entry.seq, rows[-1].hash)
    assert first_bad(rows, [head]) is None
    missed = []
    for number in range(TRIES):
        name = list(WRONGS)[number % len(WRONGS)]
        place = dice.randrange(1, len(rows) - 1)
        if first_bad(WRONGS[name](rows, place, dice), [head]) != place + 1:
            missed.append((name, place))
    print(f"{TRIES} wrongs in a trail of {ROWS} rows: {TRIES - len(missed)} named by their row")
    assert missed == []


def test_a_chain_made_anew_does_not_hold_the_head_of_any_day_after() -> None:
    rows = chain(100)
    heads = [Head(seq, rows[seq - 1].hash) for seq in (20, 40, 60, 80)]
    forged = made_anew(rows, 49, random.Random(1))
    assert first_bad(forged) is None  # by itself it looks whole
    assert first_bad(forged, heads) == 60


def test_the_head_file_keeps_the_last_of_each_day(tmp_path: Path) -> None:
    file, rows = HeadFile(tmp_path / "kierto.db.head"), chain(6)
    assert file.read() == ()
    for number, row in enumerate(rows):
        file.note(Head(row.entry.seq, row.hash), NOON + timedelta(hours=8 * number))
    file.note(Head(6, rows[5].hash), NOON + timedelta(days=9))  # nothing new
    assert [(one.head.seq, one.at.day) for one in file.read()] == [(2, 26), (5, 27), (6, 28)]
    assert list(tmp_path.iterdir()) == [tmp_path / "kierto.db.head"]


def test_a_head_file_with_rubbish_in_it_gives_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "heads"
    path.write_text(f"hello\n{NOON.isoformat()} 7:{'a' * 64}\n{NOON.isoformat()} 8:short\n")
    assert [one.head.seq for one in HeadFile(path).read()] == [7]


HOSTILE = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("http://x")', "a;b",
    'a"b', "-12.50", "Å",
]  # fmt: skip


def test_an_exported_table_has_no_formula_and_one_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(3)
    rows = [{"a": dice.choice(HOSTILE) + dice.choice(HOSTILE), "b": dice.choice(HOSTILE), "c": n} for n in range(1000)]
    write(Form.CSV, iter(rows))
    text = capsys.readouterr().out
    read = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(text.splitlines()) == len(read) == 1001
    cells = [cell for row in read[1:] for cell in row]
    assert [
        cell for cell in cells if cell[:1] in set("=+@\t\r\n＝＋－＠") or (cell[:1] == "-" and cell != "-12.50")
    ] == []
    assert [row[2] for row in read[1:]] == [str(n) for n in range(1000)]


def test_json_lines_are_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"a": text, "b": {"x": text}} for text in HOSTILE]
    write(Form.JSONL, iter(rows))
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == rows
