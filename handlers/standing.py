"""What somebody may sign, see and find, by the company's own rows alone: for lists and forms, which cannot wait.

It decides by the same rules as a press does (`handlers.signing`), over the circulation as it was last read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from finance import authority, bill_waiting
from finance import signing as rules
from finance.authority import Right
from finance.bill import Bill
from finance.bill_waiting import Hand
from finance.circulation import Act
from finance.signing import House, Signing
from handlers import absence, circulation_kept, demands, papers, signing
from handlers.desk import Desk, Here
from handlers.signing import Signer
from storage import cards, own_keys
from storage.bill_search import Only
from storage.companies import Company

SIGNED = (Act.APPROVE, Act.VERIFY)
ALL = (Right.SEE_ALL, Right.FINANCE)  # these see every bill
OWN = (Right.SEE_OWN, Right.RECEIVE, Right.APPROVE, Right.PRE_APPROVE)  # these see what concerns them
ANY = (*OWN, *ALL)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person among the company's bills, now."""

    desk: Desk
    company: Company
    who: Signer
    house: House

    @property
    def hand(self) -> Hand:
        """What lists are sifted by."""
        now, today = self.desk.clock(), papers.today(self.desk)
        who = self.who
        asked = tuple(rule for rule in self.company.choices.bill_rules if rule.on and not rule.cost_centres)
        return bill_waiting.hand(who.team, who.user, who.holder, self.house, now, today, asked, own_key=who.own_key)

    def may(self, right: Right) -> bool:
        """Whether he may use the right now."""
        return authority.may(self.who.holder, right, self.desk.clock(), alone=self.house.alone).allowed

    @property
    def sees_all(self) -> bool:
        return any(map(self.may, ALL))

    @property
    def only(self) -> Only | None:
        """The bills he may find: None stands for every one."""
        if self.sees_all:
            return None
        return Only(self.who.team, self.who.user, frozenset().union(*self.hand.stands_for.values()))

    def sees(self, bill: int) -> bool:
        """Whether he may see the bill: it concerns him, or he sees all."""
        only = self.only
        if only is None:
            return True
        if not any(map(self.may, OWN)):
            return False
        with self.desk.store.read() as tx:
            return cards.concerned(tx, self.company.id, bill, only.team, only.user, only.named)

    def signing(self, act: Act, bill: Bill) -> Signing:
        """Whether he may do it to the bill as it is kept."""
        matter = signing.case(self.desk, self.company, bill, demands.known(self.desk, self.company, bill))
        now, today = self.desk.clock(), papers.today(self.desk)
        own = self.who.own_key and signing.speaks_himself(self.who, act, bill, self.house.circulation)
        return rules.may_sign(self.who.holder, act, matter, self.house, now, today, own_key=own)

    def acts(self, bill: Bill) -> Mapping[Act, Signing]:
        """The same, of pre-approving and approving."""
        return {act: self.signing(act, bill) for act in SIGNED}


def house(desk: Desk, company: Company) -> House:
    """How the company signs, as far as it is known here."""
    told = circulation_kept.kept(desk, company.id)
    whole = replace(told, substitutions=(*told.substitutions, *absence.substitutions(desk, company)))
    return House(whole, company.choices.verify_and_approve, company.choices.one_person)


def of(here: Here) -> Standing:
    """The one who speaks."""
    with here.desk.store.read() as tx:
        own = own_keys.get(tx, here.company.id, here.said.team, here.said.user) is not None
    who = Signer(here.said.team, here.said.user, here.holder, own)
    return Standing(here.desk, here.company, who, house(here.desk, here.company))


def away(desk: Desk, company: Company, team: str, user: str) -> Standing:
    """Somebody who is not speaking: Slack is asked whether he is still one of us."""
    return Standing(desk, company, signing.signer(desk, company, team, user), house(desk, company))
