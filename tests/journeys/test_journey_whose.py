"""A file that names two other companies: the bot asks whose it is, and takes the person's word."""

from __future__ import annotations

from pathlib import Path

from tests.support.databases import fresh
from tests.support.practice import ANNA, running

HEAD = "Laskun numero;Myyjä;Myyjän Y-tunnus;Asiakas;Y-tunnus;Katuosoite;Postinumero;Postitoimipaikka;Maa;Laskupäivä;"
HEAD += "Eräpäivä;Tuote;Määrä;Yksikkö;Yksikköhinta;ALV %;Tilinumero\n"
ROW = "7001;Vanha Nimi Oy;0201256-6;Asiakas Oy;1572860-0;Katu 1;00100;Helsinki;FI;1.11.2026;15.11.2026;Työ;1;h;100,00;"
ROW += "25,5;FI2112345600000785\n"


def test_a_file_of_neither_party_is_read_by_the_persons_word(tmp_path: Path) -> None:
    with running(fresh("sqlite", tmp_path)) as bot:
        bot.slack.drop_file(ANNA, "vanha.csv", (HEAD + ROW).encode())
        text = bot.until(r"ei ole laskun 7001 myyjä eikä ostaja")
        assert "[Me olemme myyjä]" in text
        asked = bot.latest()
        bot.press("files.sales", message=asked)
        bot.until(r"1 lasku on valmi")
        bot.press("files.sales", message=asked)  # pressed twice: nothing new
        bot.until(r"Ei uusia laskuja")
        bot.slack.command(ANNA, "send invoices dry")
        assert "1 lasku tarkistettu" in bot.until(r"1 lasku tarkistettu")
