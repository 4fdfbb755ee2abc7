"""tell_changes: what the record's changes are to those who watch. The edge: reads the record, queues mails and calls.

Two steps, each of transactions that are kept whole or not at all. What changed after the mark waits until it has settled, so that
what twenty outlets report in one run is one alert. What is due is told: mails, calls and what was told are written together, so
that a kill loses nothing and tells nothing twice, and two servers take turns.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateline.alerts.body import body_of
from dateline.alerts.deciding import Changed, News, decide, notices_of
from dateline.alerts.mails import key_of, mails_of
from dateline.alerts.match import NATURES
from dateline.alerts.words import with_names
from dateline.errors import StoreError
from dateline.publish.beside import as_published
from dateline.queries import register_in_force, view_in_force
from dateline.reconcile.views import view_of
from dateline.records.account import INCIDENT_STATUSES
from dateline.records.mailing import NewMail, Notice, Subscriber
from dateline.settings import Settings
from dateline.store import Store
from dateline.store.listed import Listed
from dateline.store.rows import in_order
from dateline.store.watch_calls import NewCall
from dateline.store.watches import Waiting

TAKEN_AT_ONCE = 500               # changes looked at in one transaction
TOLD_AT_ONCE = 50                 # incidents told in one transaction: it holds the write lock
MOST_WATCHES = 100                # told something in one transaction: each mail is some milliseconds of layout
MOST_WAITS = 5                    # an incident that goes on changing is told after so many times alert_wait_minutes
AFTER_A_FAULT = timedelta(minutes=10)
log = logging.getLogger("dateline.alerts")


@dataclass(frozen=True, slots=True)
class Told:
    """first, updates: of alerts. mails, calls: queued. waiting: incidents told later. failed: those that could not be told."""

    first: int = 0
    updates: int = 0
    mails: int = 0
    calls: int = 0
    waiting: int = 0
    failed: int = 0

    def __add__(self, other: Told) -> Told:
        return Told(self.first + other.first, self.updates + other.updates, self.mails + other.mails,
                    self.calls + other.calls, other.waiting, self.failed + other.failed)


def tell_changes(store: Store, settings: Settings, at: datetime) -> Told:
    """Queue the alerts that are due at `at`: mails to confirmed subscribers, calls of webhooks.

    Without anybody who watches, or setting public_url, nothing is told, then or later. Raises StoreError.
    """
    if not settings.public_url or not store.watches.is_anybody_watching():
        if store.watches.waiting() or not _is_at_the_end(store):
            store.watches.start_here()
        return Told()
    while _take_up(store, settings, at):
        pass
    told = Told()
    while due := _due(store, at):
        told += _told_safely(store, settings, due, at)
    return told + Told(waiting=len(store.watches.waiting()))


def _is_at_the_end(store: Store) -> bool:
    mark = store.watches.mark()
    return mark is not None and not store.lists.changes(mark, 1).rows


def _due(store: Store, at: datetime) -> list[str]:
    return in_order(name for name, one in store.watches.waiting().items() if one.due <= at)[:TOLD_AT_ONCE]


# What changed


def _take_up(store: Store, settings: Settings, at: datetime) -> bool:
    """Let what changed after the mark wait; whether there was anything."""
    if _is_at_the_end(store):
        return False
    wait = timedelta(minutes=settings.alert_wait_minutes)
    with store.writing():
        mark = store.watches.mark()
        if mark is None:
            store.watches.start_here()
            return False
        changes = store.lists.changes(mark, TAKEN_AT_ONCE)
        waiting, told = store.watches.waiting(), store.watches.notices([row.id for row in changes.rows])
        taken = {}
        for row in changes.rows:
            if row.id in told or (row.listed is not None and _may_be_news(row.listed, at.date(), settings.brief_late_days)):
                since = waiting[row.id].since if row.id in waiting else at
                changed = min(row.at or at, at)
                taken[row.id] = Waiting(since, min(changed + wait, since + MOST_WAITS * wait))
        store.watches.let_wait(taken)
        store.watches.set_mark(changes.after)
        return bool(changes.rows)


def _may_be_news(row: Listed, today: date, late_days: int) -> bool:
    """By its row alone; `is_news` says it of the whole incident."""
    return (row.nature in NATURES and row.told_as == "news" and row.status in INCIDENT_STATUSES and row.review != "rejected"
            and (row.latest is None or row.latest >= today - timedelta(days=late_days) or row.day_precision == "unknown"))


# What is due


def _told_safely(store: Store, settings: Settings, due: Sequence[str], at: datetime) -> Told:
    """Of incidents that cannot be told together each is told alone; one that cannot be is tried again later."""
    try:
        return _tell(store, settings, due, at)
    except StoreError:
        raise
    except Exception as error:
        if len(due) > 1:
            return sum((_told_safely(store, settings, [one], at) for one in due), Told())
        log.error("%s could not be told; it is tried again in %d minutes", due[0], AFTER_A_FAULT.seconds // 60, exc_info=error)
        store.watches.let_wait({due[0]: Waiting(at, at + AFTER_A_FAULT)})
        return Told(failed=1)


def _tell(store: Store, settings: Settings, due: Sequence[str], at: datetime) -> Told:
    with store.writing():
        still = store.watches.waiting()                    # another server may have told some of them meanwhile
        names = [name for name in due if name in still and still[name].due <= at]
        changed = _changed(store, settings, names)
        decided = decide(changed, store.watches.all(), at, update_minutes=settings.alert_update_minutes,
                         late_days=settings.brief_late_days)
        now, left = _some_of(store, decided.news)
        told = _queue(store, settings, now, at)
        store.watches.wait_no_more([name for name in names if name not in left and changed.heirs.get(name) not in left])
        store.watches.let_wait({name: Waiting(at, due_at) for name, due_at in decided.later.items() if name not in left})
        return told


ByWatch = Sequence[tuple[Sequence[News], Subscriber | None]]


def _some_of(store: Store, news: Sequence[News]) -> tuple[ByWatch, frozenset[str]]:
    """The news of MOST_WATCHES watches that tell somebody, each with its confirmed subscriber; incidents that others are left of.

    What is left is found again: its incidents go on waiting, and those who were told are not told again.
    """
    by_watch: dict[int, list[News]] = {}
    for one in news:
        by_watch.setdefault(one.watch.id, []).append(one)
    now: list[tuple[Sequence[News], Subscriber | None]] = []
    left: set[str] = set()
    for some in by_watch.values():
        number = some[0].watch.subscriber
        if len(now) == MOST_WATCHES:
            left |= {one.incident for one in some}
        elif number is None:
            now.append((some, None))
        elif (subscriber := store.subscribers.get(number)) is not None and subscriber.state == "confirmed":
            now.append((some, subscriber))
    return now, frozenset(left)


def _changed(store: Store, settings: Settings, names: Sequence[str]) -> Changed:
    """What is held of the incidents, and of those that they became or came from."""
    held = store.incidents_called(names)
    gone = set(store.watches.notices([name for name in names if name not in held]))      # of others nobody was told
    held |= store.incidents_called([heir for heir in store.watches.heirs(gone).values() if heir not in held])
    notices = store.watches.notices({*held, *gone, *store.watches.forebears(held)})
    heirs = store.watches.heirs(set(notices) - set(held))
    view = view_in_force(settings)
    shown = as_published(store, view_of([held[name] for name in in_order(held)], view, store.report))
    register = register_in_force(settings.groups_file)

    def name_of(group: str) -> str | None:
        found = register.get(group)
        return found.name if found else None

    return Changed({one.incident.id: with_names(one, name_of) for one in shown}, frozenset(gone), heirs, notices)


def _queue(store: Store, settings: Settings, by_watch: ByWatch, at: datetime) -> Told:
    mails: list[NewMail] = []
    calls: list[NewCall] = []
    notices: list[Notice] = []
    for some, subscriber in by_watch:
        if subscriber is None:
            calls += [NewCall(one.watch.id, key_of(one), body_of(one, settings, at)) for one in some]
            notices += [notice for one in some for notice in notices_of(one, at, None)]
            continue
        for made in mails_of(some[0].watch, some, subscriber, settings, at):
            mails.append(made.mail)
            notices += [notice for one in made.news for notice in notices_of(one, at, made.mail.message_id)]
    if mails:
        store.mails.queue(mails, at)
    store.watches.queue_calls(calls, at)
    store.watches.note(notices)
    first = sum(one.before is None for some, _ in by_watch for one in some)
    return Told(first, sum(len(some) for some, _ in by_watch) - first, len(mails), len(calls))
