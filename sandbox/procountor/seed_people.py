"""Seeded people: users with their rights, and sixty employees in the person register. All names are made up."""

from __future__ import annotations

from sandbox.procountor import checks
from sandbox.procountor.rights import ALL, NONE, VIEW, all_rights, with_rights
from sandbox.procountor.wire import Doc

BOT, FINANCE, PARTNER, MANAGERS, CONSULTANT = 501, 502, 503, (504, 505, 506), 507
FIRST_PERSON = 3001

_USERS = (
    (BOT, "Kierto", "Rajapinta", "API technical user", None),
    (FINANCE, "Anna", "Virtanen", "Main user", FIRST_PERSON),
    (PARTNER, "Kari", "Lindqvist", "Approver", FIRST_PERSON + 1),
    (504, "Maria", "Saarinen", "Verifier", FIRST_PERSON + 2),
    (505, "Jussi", "Heikkinen", "Verifier", FIRST_PERSON + 3),
    (506, "Sofia", "Nyman", "Verifier", FIRST_PERSON + 4),
    (CONSULTANT, "Petteri", "Koivisto", "Basic user", FIRST_PERSON + 5),
)
# Persons without a user of their own who work in the practice Slack: a project manager and a consultant.
_IN_SLACK = [("Mikael", "Lindqvist"), ("Emma", "Clarke")]
_FIRST = (
    "Aino Eero Elina Emil Eeva Hanna Heikki Helmi Ilkka Inka Jaana Janne Joel Johanna Juha Kaisa Katri Lauri Leena "
    "Liisa Marko Matias Mika Minna Niina Noora Olli Outi Pekka Pia"
)
_LAST = (
    "Aalto Ahonen Björk Forsman Halonen Hietala Isaksson Jokela Kallio Karppinen Kettunen Laaksonen Laine Lehto "
    "Lundgren Manninen Mäkelä Niemi Nurmela Oksanen Palmu Rantala Räsänen Salmi Sandström Suominen Tuominen Vainio "
    "Wikström Ylitalo"
)


def _approver() -> Doc:
    """May look, verify and approve, but only what is directed to the user."""
    return with_rights(
        VIEW,
        invoiceCirculation__verification=ALL,
        invoiceCirculation__approval=ALL,
        invoiceCirculation__personalApprovalsOrVerificationsOnly=True,
        travelAndExpenses__travelAndExpenseInvoices=ALL,
        salaries__payroll=NONE,
        payments__payment=NONE,
        payments__markAsPaid=NONE,
    )


def _consultant() -> Doc:
    """Own claims and nothing else."""
    return with_rights(
        NONE,
        travelAndExpenses__travelAndExpenseInvoices=ALL,
        travelAndExpenses__travelAndExpenseInvoiceSearch=VIEW,
        travelAndExpenses__personalTravelAndExpenseInvoiceOnly=True,
        user__editPersonalInfo=ALL,
    )


def users(domain: str) -> dict[int, Doc]:
    """The technical user whose key the bot has, finance, a partner, three project managers, a consultant."""
    rights = {BOT: all_rights(), FINANCE: all_rights(), CONSULTANT: _consultant()}
    return {
        ident: {
            "id": ident,
            "username": f"{first}.{last}".lower(),
            "firstName": first,
            "lastName": last,
            "email": f"{first}.{last}@{domain}".lower(),
            "mobilePhone": "",
            "loginMethod": "PROCOUNTOR_KEY",
            **({"partnerId": person} if person else {}),
            "_role": role,
            "_rights": rights.get(ident) or _approver(),
            "_displayName": f"{first}.{last}".lower(),
        }
        for ident, first, last, role, person in _USERS
    }


def persons(count: int, stamp: str, domain: str) -> list[Doc]:
    """Employees, the users among them first; without identity numbers."""
    last = _LAST.split()
    named = [(first, name) for ident, first, name, _, person in _USERS if person]
    named += [(first, last[(7 * place + 3) % len(last)]) for place, first in enumerate(_FIRST.split())]
    named += [(first, last[(11 * place + 18) % len(last)]) for place, first in enumerate(_FIRST.split())]
    named[len(named) - 60 : len(named) - 58] = _IN_SLACK
    return [_person(place, first, name, stamp, domain) for place, (first, name) in enumerate(named[:count])]


def _person(place: int, first: str, last: str, stamp: str, domain: str) -> Doc:
    plain = f"{first}.{last}".lower().translate(str.maketrans("äöå", "aoa"))
    return {
        "id": FIRST_PERSON + place,
        "firstName": first,
        "lastName": last,
        "jobTitle": "Konsultti" if place > 5 else "Johto",
        "deliveryAddress": {
            "street": f"Koivukatu {place + 1}",
            "zip": "00550",
            "city": "Helsinki",
            "country": "FINLAND",
        },
        "paymentInfo": {
            "paymentMethod": "BANK_TRANSFER",
            "accountNumber": checks.finnish_iban(f"100120{place:08d}"),
            "bic": "NDEAFIHH",
            "paymentTermDays": "14",
            "penalInterestRate": 0,
        },
        "invoicingInfo": {
            "personNumber": str(1001 + place),
            "language": "SWEDISH" if last in {"Nyman", "Björk", "Sandström", "Wikström"} else "FINNISH",
            "gender": "NOT_APPLICABLE",
        },
        "registryInfo": {"active": place < 58, "email": f"{plain}@{domain}"},
        "version": stamp,
    }


def circulation() -> Doc:
    """Bills and claims circulate; the partner approves when nobody else is named."""
    return {
        "useForPurchaseInvoices": True,
        "useForTravelAndExpenseInvoices": True,
        "reminderInterval": "ONCE_A_DAY",
        "forceNotifications": False,
        "useDeterminedOrder": False,
        "allowPaymentOnlyWhenApproved": True,
        "allowInvoiceSpecificDiscussion": True,
        "allowExtendedTaggingInDiscussion": False,
        "allocatePurchaseOrdersAndInvoicesInChecking": False,
        "maxVerifiers": 5,
        "maxAcceptors": 5,
        "verifiers": [],
        "acceptors": [_named(PARTNER, 1)],
        "allowPersonalSubstitution": True,
        "substitutions": [],
    }


def verifier_lists() -> list[Doc]:
    """Projects, administration, design."""
    return [
        {
            "id": 701 + place,
            "name": name,
            "verifiers": [_named(user, order + 1) for order, user in enumerate(verifiers)],
            "acceptors": [_named(PARTNER, 1)],
        }
        for place, (name, verifiers) in enumerate(
            (("Projektit", MANAGERS[:2]), ("Hallinto", (FINANCE,)), ("Muotoilu", MANAGERS[2:]))
        )
    ]


def _named(user: int, order: int) -> Doc:
    first, last = next((first, last) for ident, first, last, _, _ in _USERS if ident == user)
    return {"firstname": first, "surname": last, "userId": user, "orderNo": order}
