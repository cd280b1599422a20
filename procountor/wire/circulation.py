"""Users and the circulation of bills as Procountor answers them. Identity numbers of users are not even named here."""

from __future__ import annotations

import datetime

from procountor.wire.base import Flag, Text, Wire


class User(Wire):
    id: int
    first_name: Text = ""
    last_name: Text = ""
    email: Text = ""
    partner_id: int | None = None


class UserProfile(Wire):
    firstname: Text = ""
    surname: Text = ""


class Verifier(Wire):
    user_id: int
    firstname: Text = ""
    surname: Text = ""
    order_no: int | None = None


class Substitution(Wire):
    user_id: int
    start: datetime.date | None = None
    end: datetime.date | None = None
    substitute_for_verifying: int | None = None
    substitute_for_approving: int | None = None


class CirculationSettings(Wire):
    use_for_purchase_invoices: Flag = False
    use_for_travel_and_expense_invoices: Flag = False
    use_determined_order: Flag = False
    allow_payment_only_when_approved: Flag = False
    allow_invoice_specific_discussion: Flag = False
    allow_personal_substitution: Flag = False
    max_verifiers: int | None = None
    max_acceptors: int | None = None
    verifiers: list[Verifier] | None = None
    acceptors: list[Verifier] | None = None
    substitutions: list[Substitution] | None = None


class VerifierListIds(Wire):
    id: int
    name: Text = ""
    verifiers: list[int] | None = None
    acceptors: list[int] | None = None


class VerifierList(Wire):
    id: int
    name: Text = ""
    verifiers: list[Verifier] | None = None
    acceptors: list[Verifier] | None = None
