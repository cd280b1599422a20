"""Posts to the company's other system that an invoice has been paid: signed, again until it is taken, told as one."""

from __future__ import annotations

import logging

from finance import webhook
from finance.webhook import DELAYS, Reply
from handlers import papers, readers
from handlers.desk import Desk
from handlers.routing import Router
from handlers.views import hook as views
from storage import audit, documents, inbox, sales, webhooks

on = Router()
log = logging.getLogger(__name__)


@on.task("paid.post", lane="away")
def post(desk: Desk, company_id: str, entry_id: str, attempt: str) -> None:
    """One attempt; what is not taken is asked for again, later each time."""
    company = papers.company_of(desk, company_id)
    with desk.store.read() as tx:
        hook, entry = webhooks.get(tx, company_id), sales.news_of(tx, company_id, int(entry_id))
        if hook is None or entry is None:
            return
        invoice = documents.get(tx, company_id, entry.document).invoice
        kept = sales.many(tx, company_id, [entry.sale])[entry.sale]
    id = webhook.event_id(company_id, entry.sale, entry.news.key)
    theirs = kept.sale.number if kept.sale else None
    content = webhook.body(id, entry.noted_at, company.business_id, invoice.number, theirs, entry.news)
    headers = webhook.headers(hook.secret, id, int(desk.clock().timestamp()), content)
    reply = desk.hook(hook.url, headers, content)
    if not reply.taken:
        _again(desk, company_id, entry_id, int(attempt) + 1, reply)


def _again(desk: Desk, company: str, entry: str, attempt: int, reply: Reply) -> None:
    """Asks for the next attempt; after the last one the admins hear, at most once an hour."""
    now = desk.clock()
    why = reply.problem or str(reply.status)
    log.info("a webhook was not taken: %s", why)
    with desk.store.write() as tx:
        if attempt < len(DELAYS):
            args = [company, entry, str(attempt)]
            desk.work.soon(tx, "away", "paid.post", f"{entry}:{attempt}", company, args, float(DELAYS[attempt]))
            return
        audit.note(tx, company, "kierto", "webhook.given up", f"news:{entry}", now, why=why)
    if inbox.first(desk.store, f"webhook:{company}:{now:%Y%m%d%H}", now):
        readers.tell_admins(desk, company, lambda say: views.given_up(say, why))
