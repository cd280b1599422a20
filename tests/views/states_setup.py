"""The setup's checklist, the API key's form, the company's rules and the status, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from views_drawn import Drawn
from views_facts import AT

from finance.agreement import Differs, Named, Percent, WorkType
from finance.authority import Right
from finance.company import Choices
from finance.faults import Choice
from finance.invoice import Channel
from finance.reference import BankAccount, Product
from handlers.chat import Block, Picture
from handlers.views import agreement, checklist, clock, keys, menu_paths, notices, settings, settings_forms, status
from handlers.views.keys import Whose
from handlers.views.settings_forms import Known
from handlers.views.status import Connection, People, Waiting
from handlers.views.steps import Mark, Step
from handlers.views.tongue import Tongue

Draw = Callable[[Tongue], list[Drawn]]

BUTTONS = checklist.Buttons(lambda step: "handle", "look", "settings")
OWN = BankAccount("FI2112345600000785", "NDEAFIHH", default_for_invoice=True)
STRANGE = (
    Named("FI1410093000123458", "", 1, Differs.UNKNOWN),
    Named("FI1410093000123458", "", 1200, Differs.UNKNOWN),
    Named("FI5510093000123458", "", 2, Differs.CLOSED),
    Named("FI2112345600000785", "OKOYFIHH", 2, Differs.BIC),
)
SALES = (
    Percent(Decimal("25.5"), 40, 20, True),
    Percent(Decimal(14), 2, 0, False),
    Percent(Decimal("13.5"), 0, 1, True),
    Percent(Decimal(10), 0, 1, False),
)
BILLS = (Percent(Decimal("25.5"), 0, 0, True), Percent(Decimal(24), 1, 0, False))
WORK = (
    WorkType("Konsultointi", 12),
    WorkType("Koulutus", 1, True, "VANHA"),
    WorkType("Testaus", 0, True, "TEST", Product(1, "TEST", "Testaus")),
)
CHOICES = Choices(
    default_account={"25.5": "3000", "": "3090"},
    default_cost_centre="110",
    default_channel=Channel.EMAIL,
    default_country="FI",
    project_dimension="Projekti",
    google_drive=True,
    result_channel="C1FINANCE",
    channel_language="sv",
    default_recipient="U1ANNA",
    work_types={"Testaus": "TEST"},
)
KNOWN = Known({"3000": "3000 Myynti 25,5 %"}, "110 Talous", ("Kustannuspaikka", "Projekti"), ("25.5", "10", ""))
LACKING = (
    ("sales.salesOrGroupInvoices", "ALL_RIGHTS"),
    ("sales.customerRegister", "VIEWING_RIGHTS"),
    ("accounting.preventEditingAccountingPage", ""),
    ("sales.somethingNew", "ALL_RIGHTS"),
)
WHOSE = Whose("Pohjantuuli Konsultointi Oy", "2077474-0", "kierto.rajapinta")
COMPANY = "Pohjantuuli Konsultointi Oy"


def _steps(say: Tongue, left: Mark, named: str = "") -> tuple[Step, ...]:
    told = named or say("Installed in {workspace}", workspace="Pohjantuuli")
    return (
        Step("installed", say("The app in Slack"), Mark.OK, told),
        Step("interfaces", say("Chargeable interfaces"), Mark.OK, say("Allowed")),
        Step("percents", say("VAT percentages"), Mark.OK, agreement.in_use(say, SALES), "", say("Compare"), "x.all"),
        Step("key", say("API key"), left, say("No key has been given yet."), keys.how_short(say),
             say("Enter the API key"), "key.ask"),
        Step("languages", say("Languages"), Mark.OPEN, settings.language_name(say, "fi"), "", say("Compare"), "x.go"),
        Step("products", say("Products"), Mark.OK),
    )  # fmt: skip


def _list(left: Mark, *, looking: bool = False) -> Draw:
    return lambda say: [checklist.picture(say, COMPANY, _steps(say, left), BUTTONS, AT, looking=looking)]


def _first(say: Tongue) -> list[Drawn]:
    steps = _steps(say, Mark.TODO)[3:4]
    return [checklist.picture(say, "Pohjantuuli", steps, BUTTONS, None, looking=False)]


def _clock(say: Tongue) -> list[Drawn]:
    steps = tuple(clock.step(say, "1 min 5 s", ahead=ahead) for ahead in (True, False))
    return [checklist.picture(say, COMPANY, steps, BUTTONS, AT, looking=False)]


def _around(say: Tongue) -> list[Drawn]:
    return [
        checklist.moved(say),
        checklist.sent(say),
        checklist.welcome(say),
        checklist.nobody_yet(say, ["U1ANNA", "U1AINO"]),
        checklist.nobody_yet(say, []),
    ]


def _tab(blocks: list[Block]) -> Picture:
    return Picture(COMPANY, tuple(blocks))


def _home(say: Tongue) -> list[Drawn]:
    return [
        _tab(checklist.home(say, _steps(say, Mark.WRONG), "handle")),
        _tab(checklist.home(say, _steps(say, Mark.OK), "handle")),
        _tab(checklist.begin(say, "handle")),
    ]


def _key(say: Tongue) -> list[Drawn]:
    trouble = say("A key waits ten minutes for your yes, and this one has waited longer. Type it again.")
    whole = Whose(WHOSE.company, "", "", LACKING, renewal=True)
    return [
        keys.form(say, "kierto-practice", "meta"),
        keys.form(say, "kierto-practice", "meta", trouble),
        keys.checking(say),
        keys.confirm(say, WHOSE, "meta"),
        keys.confirm(say, whole, "meta"),
        keys.confirm_here(say, WHOSE, "handle"),
        keys.failed(say, trouble),
        keys.failed(say, trouble, "handle"),
        notices.closing(say, keys.connected(say, COMPANY, renewal=False), "key.done"),
        notices.closing(say, keys.connected(say, COMPANY, renewal=True), "key.done"),
        keys.not_accepted(say, COMPANY, "handle"),
    ]


def _agreement(say: Tongue) -> list[Drawn]:
    lines = [
        *(agreement.strange(say, one, OWN) for one in STRANGE),
        agreement.account(OWN),
        agreement.missing(say, SALES),
        agreement.missing(say, BILLS, purchase=True),
        agreement.in_use(say, SALES),
        agreement.unmapped(say, WORK[:1]),
        agreement.unmapped(say, [WORK[0]] * 10),
        agreement.closed_products(say, WORK[1:2]),
    ]
    return [agreement.columns(say, SALES, BILLS), *(notices.plain(line) for line in lines)]


def _settings(say: Tongue) -> list[Drawn]:
    country = Choice("FI", "FI Suomi / Finland")
    return [
        settings.overview(say, CHOICES, lambda part: "handle", say("Saved.")),
        settings.overview(say, Choices(), lambda part: "handle"),
        settings_forms.invoices(say, CHOICES, country, "meta"),
        settings_forms.invoices(say, Choices(), None, "meta"),
        settings_forms.messages(say, CHOICES, "meta"),
        settings_forms.bills(say, CHOICES, "meta"),
        settings_forms.accounts(say, CHOICES, KNOWN, "meta"),
        settings_forms.accounts(say, Choices(), Known({}, "", (), ("25.5", "")), "meta"),
        settings_forms.work_types(say, WORK, {"TEST": "TEST Testaus"}, 3, "meta"),
        settings_forms.work_types(say, (), {}, 0, "meta"),
        settings.greeting(say, COMPANY),
    ]


def _status(say: Tongue) -> list[Drawn]:
    steps = _steps(say, Mark.WRONG)
    whole = [
        status.setup(say, steps),
        status.connection(say, Connection("ready", AT, AT)),
        status.waiting(say, Waiting(1234, 3)),
        status.people(say, People(60, 58, 60, 57)),
        status.rights(say, [Right.ADMIN, Right.FINANCE]),
    ]
    little = [
        status.connection(say, Connection("paused", AT, None)),
        status.connection(say, Connection("new", None, None)),
        status.waiting(say, Waiting(0, 0)),
        status.people(say, People(0, 0, 0, 0)),
        status.rights(say, []),
    ]
    return [status.picture(say, COMPANY, whole, "handle"), status.picture(say, COMPANY, little, "")]


def _paths(say: Tongue) -> list[Drawn]:
    every = (
        menu_paths.api_keys, menu_paths.interfaces, menu_paths.users, menu_paths.bank_accounts, menu_paths.percents,
        menu_paths.dimensions, menu_paths.products,
    )  # fmt: skip
    return [notices.plain("\n".join(path(say) for path in every))]


def states() -> dict[str, Draw]:
    """Name → how it is drawn."""
    return {
        "setup, first": _first,
        "setup, looking": _list(Mark.TODO, looking=True),
        "setup, wrong": _list(Mark.WRONG),
        "setup, ready": _list(Mark.OK),
        "setup, clock": _clock,
        "setup, around": _around,
        "home, setup": _home,
        "API key": _key,
        "agreement": _agreement,
        "settings": _settings,
        "status": _status,
        "menu paths": _paths,
    }


def hostile(text: str) -> dict[str, Draw]:
    """The same with ``text`` in the place of others' words."""
    whose = Whose(text, text, text, ((text, "ALL_RIGHTS"),))
    choices = Choices(
        default_account={"25.5": text},
        default_cost_centre=text,
        cost_centre_dimension=text,
        project_dimension=text,
        work_types={text: text},
    )
    work = (WorkType(text, 1), WorkType(text, 1, True, "X", Product(1, text, text)))
    known = Known({text: text}, text, (text, "x"), ("25.5",))
    named = [Named(text, text, 1, why) for why in Differs]
    own = BankAccount(text, text)
    return {
        "setup": lambda say: [checklist.picture(say, text, (), BUTTONS, AT, looking=True)],
        "key": lambda say: [
            keys.form(say, text or "x", "meta"),
            keys.confirm(say, whose, "meta"),
            keys.not_accepted(say, text, "handle"),
            notices.closing(say, keys.connected(say, text, renewal=True), "key.done"),
        ],
        "settings": lambda say: [
            settings.overview(say, choices, lambda part: "handle"),
            settings_forms.accounts(say, choices, known, "meta"),
            settings_forms.work_types(say, work, {"X": text}, 0, "meta"),
            settings.greeting(say, text),
        ],
        "agreement": lambda say: [
            *(notices.plain(agreement.strange(say, one, own)) for one in named),
            notices.plain(say("Invoices are paid to {iban}", iban=agreement.account(own))),
            notices.plain(agreement.unmapped(say, work)),
        ],
        "status": lambda say: [status.picture(say, text, [status.waiting(say, Waiting(1, 1))], "handle")],
    }
