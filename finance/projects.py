"""The PSA's projects as its list tells them: what bills are directed by (R44)."""

from __future__ import annotations

from dataclasses import dataclass

from finance.people import Person, Roster, plain


@dataclass(frozen=True, slots=True)
class Project:
    """``manager`` is as the list has it: a person's number, address or name. A closed project takes no bills (R48)."""

    number: str
    name: str = ""
    manager: str = ""
    customer: str = ""
    open: bool = True

    @property
    def key(self) -> str:
        """What the project is known by when the list comes again, and on bills."""
        return plain(self.number)


def manager(project: Project, people: Roster) -> Person | None:
    """Who manages the project; None when nobody is named, or nobody (or several) of that name is known."""
    return people.find(project.manager) if project.manager else None
