"""The table of gates: each has a row in the page, the newest figure counts, and what is not met is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import gates
from benchmarks.gates import Figure

WANTED = {"G1": ("done twice", "0"), "G2": ("lost", "0"), "G9": ("limit", "0 over")}


def figure(gate: str, source: str = "a", words: str = "", *, met: bool = True) -> Figure:
    return Figure(gate, source, words, met, "2026-11-26 21:00")


def test_the_page_names_all_twenty_three() -> None:
    assert list(gates.gates(gates.PAGE.read_text())) == [f"G{n}" for n in range(1, 24)]


def test_what_was_noted_is_shown_and_the_newest_of_a_source_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIERTO_GATES", str(tmp_path / "build" / "gates.jsonl"))
    gates.note("G1", "kills", "1 twice", met=False)
    assert gates.main([]) == 1
    assert "1 twice" in capsys.readouterr().out
    gates.note("G1", "kills", "0 twice", met=True)
    assert gates.main([]) == 0
    said = capsys.readouterr().out
    assert "0 twice" in said
    assert "1 twice" not in said


def test_nothing_is_kept_where_nobody_asked_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIERTO_GATES", raising=False)
    monkeypatch.chdir(tmp_path)
    gates.note("G1", "kills", "0 twice", met=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("figures", "lines"),
    [
        ([], ["no figure yet: G1, G2, G9", "not met: none"]),
        (
            [figure("G2", words="0 lost"), figure("G1", "b", "2 twice", met=False)],
            [
                "G1 done twice; must be: 0",
                "    NOT MET 2026-11-26 21:00  2 twice",
                "G2 lost; must be: 0",
                "    met     2026-11-26 21:00  0 lost",
                "no figure yet: G9",
                "not met: G1",
            ],
        ),
        (
            [figure("G9", "t1"), figure("G9", "t2", met=False), figure("G1"), figure("G2")],
            [
                "G1 done twice; must be: 0",
                "    met     2026-11-26 21:00  1 of 1 tests passed",
                "G2 lost; must be: 0",
                "    met     2026-11-26 21:00  1 of 1 tests passed",
                "G9 limit; must be: 0 over",
                "    NOT MET 2026-11-26 21:00  1 of 2 tests passed",
                "            t2",
                "not met: G9",
            ],
        ),
    ],
)
def test_the_table_says_what_is_met_what_is_not_and_what_was_not_measured(
    figures: list[Figure], lines: list[str]
) -> None:
    assert list(gates.told(WANTED, figures)) == lines


def test_a_line_of_the_file_is_a_figure() -> None:
    line = json.dumps({"gate": "G1", "source": "s", "words": "w", "met": True, "at": "2026-11-26 21:00"})
    assert gates.newest([line, line]) == [Figure("G1", "s", "w", True, "2026-11-26 21:00")]
