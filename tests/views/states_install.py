"""The messages of installing and of belonging to several companies, drawn from made-up facts."""

from __future__ import annotations

from collections.abc import Callable

from views_drawn import Drawn

from handlers.chat import Picture
from handlers.views import company, installing, notices
from handlers.views.company import Choice
from handlers.views.tongue import Tongue

HERE = "Pohjantuuli Konsultointi Oy"
TWO = (Choice("handle-1", HERE, True), Choice("handle-2", "Etelätuuli Oy", False))
MANY = tuple(Choice(f"handle-{n}", f"Yhtiö {n} Oy", n == 7) for n in range(130))

Draw = Callable[[Tongue], list[Drawn]]


def states() -> dict[str, Draw]:
    """Name → how it is drawn."""
    return {
        "company, the only one": lambda say: [company.where(say, HERE, ())],
        "company, of several": lambda say: [company.where(say, HERE, TWO)],
        "company, of very many": lambda say: [company.where(say, "Yhtiö 7 Oy", MANY)],
        "company, which": lambda say: [company.which(say, "tuuli", TWO)],
        "company, gone to another": lambda say: [company.gone_to(say, "Etelätuuli Oy")],
        "home, company": lambda say: [Picture(HERE, tuple(company.section(say, HERE, TWO)))],
        "company, none": lambda say: [notices.outsider(say)],
        "a message's second copy": lambda say: [notices.twice(say)],
        "company, no longer": lambda say: [notices.left(say)],
        "installed, first admin": lambda say: [installing.welcome(say, admin=True, new=True)],
        "installed again": lambda say: [installing.welcome(say, admin=True, new=False)],
        "installed by another": lambda say: [installing.welcome(say, admin=False, new=False)],
    }


def hostile(text: str) -> dict[str, Draw]:
    """Those in which others' words stand."""
    choices = (Choice("handle-1", text, True), Choice("handle-2", text, False))
    return {
        "company": lambda say: [company.where(say, text, ()), company.where(say, text, choices)],
        "which": lambda say: [company.which(say, text, choices)],
        "gone to": lambda say: [company.gone_to(say, text)],
    }
