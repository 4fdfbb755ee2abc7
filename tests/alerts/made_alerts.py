"""What tests of alerts share: a record that reports are told to one by one, subscribers, and the mails that were queued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.records import to_line
from dateline.records.briefing import Coverage
from dateline.records.codec import from_line
from dateline.records.mailing import Consent, Parts, Subscriber, Watch
from dateline.settings import Settings
from dateline.store import Store
from dateline.store.rows import instant
from dateline.store.schema_mailing import call, mail, subscriber
from store.made import Told, a_report, an_account

NOW = datetime(2024, 3, 15, 12, tzinfo=UTC)
SETTINGS = Settings(public_url="https://desk.example.org", mail_from="briefing@example.org", alert_wait_minutes=0,
                    alert_update_minutes=0)
ARDEN = (13.0, 42.0)              # of store/made.py


def after(**given: float) -> datetime:
    return NOW + timedelta(**given)


def tell(store: Store, outlet: str = "Arden Post", at: datetime = NOW, settings: Settings = SETTINGS, **given: Any) -> str:
    """Have an outlet tell one incident, by default an attack in Arden on 12 March; the id of the incident that holds it."""
    text = given.pop("text", "that day in Arden")
    report = a_report(text, source=f"reports/{outlet}-{at.isoformat()}.txt", outlet=outlet)
    account = an_account(report, **given)
    store.keep(report, Told((account,)), extracted="done", extractor="v1")
    reconcile(store, at)
    return store.incidents_of([account.id])[account.id]


def reconcile(store: Store, at: datetime = NOW) -> None:
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", at)


def a_subscriber(store: Store, address: str = "mira@example.org", state: str = "confirmed") -> Subscriber:
    token = f"token-of-{address}"
    consent = Consent(NOW, "sign-up page", None, NOW)
    with store.writing(), store._write() as connection:
        number = connection.execute(sa.insert(subscriber).returning(subscriber.c.id), [{
            "key": address.casefold(), "address": address, "state": state, "token": token, "consent": to_line(consent),
            "asked_at": instant(NOW), "bounces": 0}]).scalar_one()
    return Subscriber(number, address, state, consent, token)  # type: ignore[arg-type]  # a real state


def set_state(store: Store, who: Subscriber, state: str) -> None:
    with store._write() as connection:
        connection.execute(sa.update(subscriber).where(subscriber.c.id == who.id).values(state=state))


def a_watch(store: Store, who: Subscriber | None = None, *, name: str = "Arden", **given: Any) -> Watch:
    """Of everything, unless the case says otherwise, made before anything is told."""
    fields = {"coverage": Coverage(), "subscriber": who.id if who else None} | given
    if who is None:
        fields |= {"webhook": "https://hook.example.org/a", "secret": "made up", "by": "Ana"} | given
    made = store.watches.add(Watch(0, name, **fields), NOW)
    assert made is not None
    return made


@dataclass(frozen=True)
class Queued:
    key: str
    to: str
    message_id: str
    parts: Parts

    @property
    def words(self) -> str:
        """The text part with one space where there is white space."""
        return " ".join(self.parts.text.split())


def queued(store: Store) -> list[Queued]:
    """The mails that were queued, in that order."""
    with store._read() as connection:
        return [Queued(row.key, row.to, row.message_id, from_line(Parts, row.body))
                for row in connection.execute(sa.select(mail).order_by(mail.c.id))]


def calls(store: Store) -> list[Any]:
    with store._read() as connection:
        return list(connection.execute(sa.select(call).order_by(call.c.id)))
