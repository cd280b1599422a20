"""Countries by ISO 3166-1 code with their names in the three languages, to understand what a file means by one."""

from __future__ import annotations

from functools import lru_cache

from finance.faults import Choice

_EU = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI"
EU = frozenset(_EU.split())
"""Members of the European Union, and Northern Ireland, which belongs to its VAT area for goods."""


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[str, str, str]]:
    """Code → (Finnish, Swedish, English) name."""
    rows = (row.strip() for row in _COUNTRIES.replace("\n", " ").split(";"))
    return {row[:2]: _three(row[3:].split("|")) for row in rows}


def known(code: str) -> bool:
    """Whether ``code`` is an ISO 3166-1 alpha-2 code in upper case."""
    return code in names()


def find(text: str) -> str:
    """The code of the country meant by ``text`` (a code in any case, a name, a three-letter code); "" if none."""
    wanted = text.strip().strip(".").casefold()
    return _spellings().get(wanted, "")


def choice(code: str) -> Choice:
    """The country as a person picks it: "SE Ruotsi / Sverige / Sweden"."""
    return Choice(code, f"{code} {' / '.join(dict.fromkeys(names()[code]))}"[:75])


def choices() -> tuple[Choice, ...]:
    """Every country: Finland and its neighbours first, then by code."""
    first = ("FI", "SE", "EE", "NO", "DK", "DE", "GB", "US")
    return tuple(choice(code) for code in (*first, *(c for c in sorted(names()) if c not in first)))


def _three(given: list[str]) -> tuple[str, str, str]:
    """One name serves all languages; two are (Finnish, Swedish and English)."""
    return (given[0], given[min(1, len(given) - 1)], given[-1])


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    found = {name.casefold(): code for code, three in names().items() for name in three}
    found |= {code.casefold(): code for code in names()}
    return found | {word.casefold(): code for code, words in _OTHER.items() for word in words.split("|")}


_OTHER = {
    "FI": "FIN|FI-Finland",
    "SE": "SWE|Kingdom of Sweden",
    "EE": "EST|Eesti|Viron tasavalta",
    "NO": "NOR|Noreg",
    "DK": "DNK",
    "DE": "DEU|Deutschland|Saksan liittotasavalta",
    "GB": "GBR|UK|Great Britain|Englanti|England|Yhdistynyt kuningaskunta|Förenade kungariket|Skotlanti|Scotland",
    "US": "USA|U.S.A|United States of America|Amerikan yhdysvallat|Förenta staterna",
    "NL": "NLD|Hollanti|Holland|The Netherlands|Nederland",
    "CZ": "CZE|Czech Republic|Tšekin tasavalta|Tsekki",
    "FR": "FRA|La France",
    "ES": "ESP|España",
    "IT": "ITA",
    "PL": "POL|Polska",
    "AT": "AUT",
    "BE": "BEL",
    "CH": "CHE|Suisse",
    "IE": "IRL|Republic of Ireland|Irlannin tasavalta",
    "LV": "LVA|Latvija",
    "LT": "LTU|Lietuva",
    "GR": "GRC|EL",
    "PT": "PRT",
    "HU": "HUN",
    "CN": "CHN|People's Republic of China|Kiinan kansantasavalta",
    "JP": "JPN",
    "CA": "CAN",
    "AU": "AUS",
    "IN": "IND",
    "TR": "TUR|Turkey",
    "AX": "ALA|Aland",
    "KR": "KOR|Korean tasavalta",
    "AE": "ARE|UAE|Emirates",
}

_COUNTRIES = """\
AD Andorra; AE Arabiemiirikunnat|Förenade Arabemiraten|United Arab Emirates; AF Afganistan|Afghanistan;
AG Antigua ja Barbuda|Antigua och Barbuda|Antigua & Barbuda; AI Anguilla; AL Albania|Albanien|Albania;
AM Armenia|Armenien|Armenia; AO Angola; AQ Antarktis|Antarktis|Antarctica; AR Argentiina|Argentina;
AS Amerikan Samoa|Amerikanska Samoa|American Samoa; AT Itävalta|Österrike|Austria; AU Australia|Australien|Australia;
AW Aruba; AX Ahvenanmaa|Åland|Åland Islands; AZ Azerbaidžan|Azerbajdzjan|Azerbaijan;
BA Bosnia ja Hertsegovina|Bosnien och Hercegovina|Bosnia & Herzegovina; BB Barbados; BD Bangladesh;
BE Belgia|Belgien|Belgium; BF Burkina Faso; BG Bulgaria|Bulgarien|Bulgaria; BH Bahrain; BI Burundi; BJ Benin;
BL Saint-Barthélemy|S:t Barthélemy|St. Barthélemy; BM Bermuda; BN Brunei; BO Bolivia;
BQ Karibian Alankomaat|Karibiska Nederländerna|Caribbean Netherlands; BR Brasilia|Brasilien|Brazil;
BS Bahama|Bahamas; BT Bhutan; BV Bouvet'nsaari|Bouvetön|Bouvet Island; BW Botswana; BY Valko-Venäjä|Belarus;
BZ Belize; CA Kanada|Kanada|Canada; CC Kookossaaret|Kokosöarna|Cocos Islands;
CD Kongon demokraattinen tasavalta|Kongo-Kinshasa|Congo - Kinshasa;
CF Keski-Afrikan tasavalta|Centralafrikanska republiken|Central African Republic;
CG Kongon tasavalta|Kongo-Brazzaville|Congo - Brazzaville; CH Sveitsi|Schweiz|Switzerland;
CI Norsunluurannikko|Elfenbenskusten|Côte d'Ivoire; CK Cookinsaaret|Cooköarna|Cook Islands; CL Chile;
CM Kamerun|Kamerun|Cameroon; CN Kiina|Kina|China; CO Kolumbia|Colombia; CR Costa Rica; CU Kuuba|Kuba|Cuba;
CV Kap Verde|Kap Verde|Cape Verde; CW Curaçao; CX Joulusaari|Julön|Christmas Island; CY Kypros|Cypern|Cyprus;
CZ Tšekki|Tjeckien|Czechia; DE Saksa|Tyskland|Germany; DJ Djibouti; DK Tanska|Danmark|Denmark; DM Dominica;
DO Dominikaaninen tasavalta|Dominikanska republiken|Dominican Republic; DZ Algeria|Algeriet|Algeria; EC Ecuador;
EE Viro|Estland|Estonia; EG Egypti|Egypten|Egypt; EH Länsi-Sahara|Västsahara|Western Sahara; ER Eritrea;
ES Espanja|Spanien|Spain; ET Etiopia|Etiopien|Ethiopia; FI Suomi|Finland; FJ Fidži|Fiji;
FK Falklandinsaaret|Falklandsöarna|Falkland Islands; FM Mikronesia|Mikronesien|Micronesia;
FO Färsaaret|Färöarna|Faroe Islands; FR Ranska|Frankrike|France; GA Gabon;
GB Iso-Britannia|Storbritannien|United Kingdom; GD Grenada; GE Georgia|Georgien|Georgia;
GF Ranskan Guayana|Franska Guyana|French Guiana; GG Guernsey; GH Ghana; GI Gibraltar;
GL Grönlanti|Grönland|Greenland; GM Gambia; GN Guinea; GP Guadeloupe;
GQ Päiväntasaajan Guinea|Ekvatorialguinea|Equatorial Guinea; GR Kreikka|Grekland|Greece;
GS Etelä-Georgia ja Eteläiset Sandwichinsaaret|Sydgeorgien och Sydsandwichöarna|South Georgia & South Sandwich Islands;
GT Guatemala; GU Guam; GW Guinea-Bissau; GY Guyana; HK Hongkong|Hongkong|Hong Kong;
HM Heard ja McDonaldinsaaret|Heardön och McDonaldöarna|Heard & McDonald Islands; HN Honduras;
HR Kroatia|Kroatien|Croatia; HT Haiti; HU Unkari|Ungern|Hungary; ID Indonesia|Indonesien|Indonesia;
IE Irlanti|Irland|Ireland; IL Israel; IM Mansaari|Isle of Man; IN Intia|Indien|India;
IO Brittiläinen Intian valtameren alue|Brittiska territoriet i Indiska oceanen|British Indian Ocean Territory;
IQ Irak|Irak|Iraq; IR Iran; IS Islanti|Island|Iceland; IT Italia|Italien|Italy; JE Jersey; JM Jamaika|Jamaica;
JO Jordania|Jordanien|Jordan; JP Japani|Japan; KE Kenia|Kenya; KG Kirgisia|Kirgizistan|Kyrgyzstan;
KH Kambodža|Kambodja|Cambodia; KI Kiribati; KM Komorit|Komorerna|Comoros;
KN Saint Kitts ja Nevis|S:t Kitts och Nevis|St. Kitts & Nevis; KP Pohjois-Korea|Nordkorea|North Korea;
KR Etelä-Korea|Sydkorea|South Korea; KW Kuwait; KY Caymansaaret|Caymanöarna|Cayman Islands;
KZ Kazakstan|Kazakstan|Kazakhstan; LA Laos; LB Libanon|Libanon|Lebanon; LC Saint Lucia|S:t Lucia|St. Lucia;
LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Liettua|Litauen|Lithuania;
LU Luxemburg|Luxemburg|Luxembourg; LV Latvia|Lettland|Latvia; LY Libya|Libyen|Libya; MA Marokko|Marocko|Morocco;
MC Monaco; MD Moldova|Moldavien|Moldova; ME Montenegro; MF Saint-Martin|Saint-Martin|St. Martin;
MG Madagaskar|Madagaskar|Madagascar; MH Marshallinsaaret|Marshallöarna|Marshall Islands;
MK Pohjois-Makedonia|Nordmakedonien|North Macedonia; ML Mali; MM Myanmar; MN Mongolia|Mongoliet|Mongolia;
MO Macao; MP Pohjois-Mariaanit|Nordmarianerna|Northern Mariana Islands;
MQ Martinique; MR Mauritania|Mauretanien|Mauritania; MS Montserrat; MT Malta; MU Mauritius;
MV Malediivit|Maldiverna|Maldives; MW Malawi; MX Meksiko|Mexiko|Mexico; MY Malesia|Malaysia;
MZ Mosambik|Moçambique|Mozambique; NA Namibia; NC Uusi-Kaledonia|Nya Kaledonien|New Caledonia; NE Niger;
NF Norfolkinsaari|Norfolkön|Norfolk Island; NG Nigeria; NI Nicaragua; NL Alankomaat|Nederländerna|Netherlands;
NO Norja|Norge|Norway; NP Nepal; NR Nauru; NU Niue; NZ Uusi-Seelanti|Nya Zeeland|New Zealand; OM Oman; PA Panama;
PE Peru; PF Ranskan Polynesia|Franska Polynesien|French Polynesia;
PG Papua-Uusi-Guinea|Papua Nya Guinea|Papua New Guinea; PH Filippiinit|Filippinerna|Philippines; PK Pakistan;
PL Puola|Polen|Poland; PM Saint-Pierre ja Miquelon|S:t Pierre och Miquelon|St. Pierre & Miquelon;
PN Pitcairn|Pitcairnöarna|Pitcairn Islands; PR Puerto Rico;
PS Palestiinalaisalue|Palestinska territorierna|Palestinian Territories; PT Portugali|Portugal; PW Palau;
PY Paraguay; QA Qatar; RE Réunion; RO Romania|Rumänien|Romania; RS Serbia|Serbien|Serbia; RU Venäjä|Ryssland|Russia;
RW Ruanda|Rwanda; SA Saudi-Arabia|Saudiarabien|Saudi Arabia; SB Salomonsaaret|Salomonöarna|Solomon Islands;
SC Seychellit|Seychellerna|Seychelles; SD Sudan; SE Ruotsi|Sverige|Sweden; SG Singapore;
SH Saint Helena|S:t Helena|St. Helena; SI Slovenia|Slovenien|Slovenia;
SJ Huippuvuoret ja Jan Mayen|Svalbard och Jan Mayen|Svalbard & Jan Mayen; SK Slovakia|Slovakien|Slovakia;
SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname|Surinam|Suriname;
SS Etelä-Sudan|Sydsudan|South Sudan; ST São Tomé ja Príncipe|São Tomé och Príncipe|São Tomé & Príncipe;
SV El Salvador; SX Sint Maarten; SY Syyria|Syrien|Syria; SZ Eswatini;
TC Turks- ja Caicossaaret|Turks- och Caicosöarna|Turks & Caicos Islands; TD Tšad|Tchad|Chad;
TF Ranskan eteläiset ja antarktiset alueet|Franska sydterritorierna|French Southern Territories; TG Togo;
TH Thaimaa|Thailand; TJ Tadžikistan|Tadzjikistan|Tajikistan; TK Tokelau|Tokelauöarna|Tokelau;
TL Itä-Timor|Östtimor|Timor-Leste; TM Turkmenistan; TN Tunisia|Tunisien|Tunisia; TO Tonga; TR Turkki|Turkiet|Türkiye;
TT Trinidad ja Tobago|Trinidad och Tobago|Trinidad & Tobago; TV Tuvalu; TW Taiwan; TZ Tansania|Tanzania;
UA Ukraina|Ukraina|Ukraine; UG Uganda; UM Yhdysvaltain erillissaaret|USA:s yttre öar|U.S. Outlying Islands;
US Yhdysvallat|USA|United States; UY Uruguay; UZ Uzbekistan; VA Vatikaani|Vatikanstaten|Vatican City;
VC Saint Vincent ja Grenadiinit|S:t Vincent och Grenadinerna|St. Vincent & Grenadines; VE Venezuela;
VG Brittiläiset Neitsytsaaret|Brittiska Jungfruöarna|British Virgin Islands;
VI Yhdysvaltain Neitsytsaaret|Amerikanska Jungfruöarna|U.S. Virgin Islands; VN Vietnam; VU Vanuatu;
WF Wallis ja Futuna|Wallis- och Futunaöarna|Wallis & Futuna; WS Samoa; XI Pohjois-Irlanti|Nordirland|Northern Ireland;
XK Kosovo; YE Jemen|Jemen|Yemen; YT Mayotte;
ZA Etelä-Afrikka|Sydafrika|South Africa; ZM Sambia|Zambia; ZW Zimbabwe
"""
