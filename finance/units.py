"""Units of a row: UN/ECE Recommendation 20 codes that Procountor has a unit for, and the words people use for them."""

from __future__ import annotations

from functools import lru_cache

from finance.faults import Choice

_COMMON = """
C62|kpl, kappale, kappaletta, st, styck, pcs, pc, piece, pieces, each, unit, yks, kappaleen
HUR|h, t, tunti, tuntia, tim, timme, timmar, hour, hours, hrs, hr, htunti
DAY|pv, pvä, päivä, päivää, d, dag, dagar, day, days, htp, työpäivä
MON|kk, kuukausi, kuukautta, mån, månad, månader, month, months, mth, hlökk
WEE|vko, vk, viikko, viikkoa, vecka, veckor, week, weeks
ANN|v, vuosi, vuotta, år, year, years, a
MIN|min, minuutti, minuuttia, minut, minuter, minute, minutes
SEC|s, sek, sekunti, sekuntia, sekund, second, seconds
KMT|km, kilometri, kilometriä, kilometer, kilometre
MTR|m, metri, metriä, meter, metre
LM|jm, juoksumetri, jkm, löpmeter, linear metre
CMT|cm, senttimetri, centimeter
MMT|mm, millimetri, millimeter
MTK|m2, m², neliö, neliömetri, kvm, kvadratmeter, square metre
CMK|cm2, cm², neliösenttimetri
HAR|ha, hehtaari, hektar, hectare
MTQ|m3, m³, kuutio, kuutiometri, kubikmeter, cubic metre
LTR|l, litra, litraa, liter, litre
DLT|dl, desilitra, deciliter
CLT|cl, senttilitra, centiliter
MLT|ml, millilitra, milliliter
KGM|kg, kilo, kiloa, kilogramma, kilogram
GRM|g, gramma, grammaa, gram
MGM|mg, milligramma, milligram
TNE|tn, ton, tonni, tonnia, tonne
KWH|kwh, kilowattitunti, kilowattimme
MWH|mwh, megawattitunti
IE|hlö, henkilö, henkilöä, hlo, pers, person, persons
SET|setti, sarja, sats, set, srj
LO|erä, parti, lot
PR|pari, paria, par, pair
XBX|ltk, laatikko, rasia, låda, box
XPC|pkt, paketti, paket, parcel, pak
XBO|plo, pullo, flaska, bottle
XCA|tlk, tölkki, burk, can
XBG|ps, pussi, påse, bag
XSA|sk, säkki, säck, sack
XRO|rll, rulla, rulle, roll
XTU|tuubi, putki, tub, tube
XPX|lava, pall, pallet
ZP|sivu, sivua, sida, sidor, page, pages
D68|sana, sanaa, ord, word, words
DZN|tusina, dussin, dozen
CEN|sata, hundra, hundred
"""

_RARE = (
    "EA PCE C37 D36 B68 E83 2P 4L E34 G21 GLI GLL PTI PTL AMP AMH N95 TAH KVT 2Z E09 FOT INH SMI YRD A68 GV JOU P14 "
    "H87 KJO C15 C68 D30 A93 GM KMQ 28 GP ONZ LBR STI DZP P3 P4 P5 P6 P7 P8 P9 TP XJR XPG A90 GWH KWT C31 D31 D32 WTT "
    "WHR BAR KPA PAL ACT BG BO BX CA CS CT E48 E49 E51 JR KT KTM LH LS NAR NPR OP PA PC PF PG PK PT PX RO SA TU WR "
    "XCS XCT XCU XKI XPA XPK XPP XWR ZZ"
)


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Every code that stands for a unit Procountor has."""
    return frozenset(_rows()) | frozenset(_RARE.split())


def find(word: str) -> str:
    """The code of a unit word in Finnish, Swedish or English (or of the code itself); "" when the word is unknown."""
    wanted = word.strip().rstrip(".").casefold()
    return _words().get(wanted, "") or (wanted.upper() if wanted.upper() in codes() else "")


def choices() -> tuple[Choice, ...]:
    """The units people use, as "h, t, tunti, … · HUR"."""
    return tuple(Choice(code, f"{', '.join(words[:6])[:60]} · {code}") for code, words in _rows().items())


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[str]]:
    rows = (line.split("|") for line in _COMMON.strip().splitlines())
    return {code: words.split(", ") for code, words in rows}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {word: code for code, words in _rows().items() for word in words}
