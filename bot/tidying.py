"""What a night forgets: by the rules of `storage.retention`, a company at a time, so that nobody waits long."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot import incident, later
from storage import audit, companies, inbox, own_keys, references, retention, tries
from storage.database import Store

TRIES = timedelta(days=30)
"""How long a task's failures are remembered; nothing is under way so long."""

log = logging.getLogger(__name__)


def night(store: Store, now: datetime) -> Mapping[str, int]:
    """Forgets what is due; how much of what. What fails for one company does not keep it from the others."""
    with store.write() as tx:
        inbox.tidy(tx, now)
        own_keys.tidy(tx, now)
        tries.tidy(tx, now - TRIES)
        references.tidy(tx, later.PREFIX, now - later.FORGOTTEN)
        everyone = companies.everyone(tx)
    gone: Counter[str] = Counter()
    for company in everyone:
        try:
            with store.write() as tx:
                gone.update(retention.of_company(tx, company.id, now))
        except Exception as failed:  # noqa: BLE001 - tomorrow again; the others are not to wait for it
            incident.note(log, "the nightly tidying of a company", failed)
    gone["rows of the trail"] = _trail(store, now)
    told = ", ".join(f"{count} of {what}" for what, count in sorted(gone.items()) if count)
    log.info("forgotten tonight: %s", told or "nothing")
    return gone


def _trail(store: Store, now: datetime) -> int:
    """What the bot's role on PostgreSQL may not: then the tables' owner does it, once a year (`kierto tidy`)."""
    with store.read() as tx:
        if any(retention.held(tx, company.id) for company in companies.everyone(tx)):
            return 0
        if not audit.begins_before(tx, retention.law(now)):
            return 0
    try:
        with store.write() as tx:
            return audit.forget(tx, retention.law(now), now)
    except Exception as failed:  # noqa: BLE001 - a right that is missing on purpose
        log.warning("the trail holds rows older than the law asks for; its owner takes them away: kierto tidy (%s)",
                    type(failed).__name__)  # fmt: skip
        return 0
