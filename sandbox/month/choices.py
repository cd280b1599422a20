"""What the practice company has decided about its invoices, as its admin would have set it up."""

from __future__ import annotations

from finance.company import Choices

# What consultants book their hours on in the project system → product in Procountor.
WORK_TYPES = {
    "Konsultointi": "KONS-K",
    "Seniorikonsultointi": "KONS-S",
    "Ohjelmistokehitys": "KEHI",
    "Testaus": "TEST",
    "Arkkitehtuuri": "ARKK",
    "Data-analytiikka": "DATA",
    "Palvelumuotoilu": "MUOT",
    "Projektinhallinta": "PROJ",
    "Työpaja": "TYOP",
    "Koulutus": "KOUL",
    "Ylläpito": "YLLA",
    "Kilometrit": "KM",
    "Konsultation": "KONS-K",
    "Systemutveckling": "KEHI",
    "Utbildning": "KOUL",
}
UNITS = {"htp": "DAY", "lisenssikk": "MON", "tillfälle": "C62"}


def choices() -> Choices:
    """Default accounts by VAT percentage, dimensions, work types and units; no default cost centre or country."""
    return Choices(
        default_account={"25.5": "3000", "13.5": "3010", "10": "3020", "0": "3030"},
        cost_centre_dimension="Kustannuspaikka",
        project_dimension="Projekti",
        work_types=dict(WORK_TYPES),
        units=dict(UNITS),
    )
