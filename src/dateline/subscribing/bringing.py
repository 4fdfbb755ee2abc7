"""Bringing a list of subscribers in: a CSV file as `taking` writes it, or a list of addresses of one's own.

An import never gets mails to somebody who left or is suspended, unless that is said; and without a time of consent in its row
nobody counts as subscribed before they have pressed the button in their mail.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dateline.errors import DecisionError, ReadError
from dateline.publish.safe import plain
from dateline.records.mailing import Edition, NewMail, SignUp, Subscriber, Subscription
from dateline.records.team import Audited
from dateline.store.subscriber_rows import Known
from dateline.store.team_people import hashed
from dateline.subscribing import beside, letters, sheet
from dateline.subscribing.sheet import COLUMNS, LONGEST_ORIGIN, Given
from dateline.subscribing.signing_up import new_token

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

AT_ONCE = 1_000                   # rows in a transaction: others need not wait for a long file
MOST_ROWS = 1_000_000
GONE = frozenset({"unsubscribed", "suspended"})
Problem = Callable[[int, str], None]         # the line of the file, and what is wrong with it


@dataclass(frozen=True, slots=True)
class Asking:
    """A confirmation that is asked for."""

    token: str
    subscriber: Subscriber
    asked: SignUp


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of an import. asked: of so many a confirmation was asked for by mail. left_out: rows of which nothing came."""

    rows: int = 0
    added: int = 0
    asked: int = 0
    left_out: int = 0


def import_lines(store: Store, text: Iterable[str], name: str, settings: Settings, *, consent: str, by: str, at: datetime,
                 edition: str | None = None, resubscribe: bool = False, on_problem: Problem) -> Brought:
    """Bring a CSV file in, row by row; a bad one is told of with its line, and the others are kept.

    text: its lines. name: of the file. consent: how those in it said yes, in words, for rows whose `origin` is empty.
    edition: of rows that name none. resubscribe: those too who left, or are suspended; without a time of consent in their row
    they are asked first.
    Raises DecisionError where nobody says how consent was given, and ReadError for a file without the column `address`; nothing
    is changed then.
    """
    consent = plain(consent)
    if not consent:
        raise DecisionError("say how these people gave their consent, as --consent \"signed up at the March briefing\"")
    rows = _rows(text, name, on_problem)
    told = f"import of {plain(name)} by {plain(by)}: {consent}"[:LONGEST_ORIGIN]
    bringing = Bringing(store, settings, told, at, edition, resubscribe, on_problem)
    while some := list(islice(rows, AT_ONCE)):
        bringing.bring(some)
    done = bringing.done
    what = f"imported {done.rows:,} rows of subscribers ({done.added:,} new), consent: {consent}"
    store.team.note(Audited(at, by, what[:LONGEST_ORIGIN], plain(name), None))
    return done


def _rows(text: Iterable[str], name: str, on_problem: Problem) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of each row. What the head lacks is told at once, before the first row is asked for."""
    given = iter(text)
    first = next(given, "").removeprefix("\ufeff")
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(_again(first, given), delimiter=delimiter)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as error:
        raise ReadError(name, f"no CSV file: {error}", where="line 1") from None
    if "address" not in head:
        raise ReadError(name, "its first line names no column address", where="line 1",
                        todo=f"name the columns as dateline subscribers export does: {', '.join(COLUMNS)}")
    for unknown in [cell for cell in head if cell and cell not in COLUMNS]:
        on_problem(1, f"column {plain(unknown)[:60]!r} is none of {', '.join(COLUMNS)}; it is passed over")
    return _numbered(reader, head, on_problem)


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _numbered(reader: Iterator[list[str]], head: list[str], on_problem: Problem) -> Iterator[tuple[int, dict[str, str]]]:
    line = 1
    for _ in range(MOST_ROWS):
        try:
            cells = next(reader, None)
        except csv.Error as error:
            on_problem(line + 1, f"no row of CSV: {error}")
            cells = []
        line = reader.line_num        # type: ignore[attr-defined]
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, {name: cell for name, cell in zip(head, cells, strict=False) if name in COLUMNS}


@dataclass
class Bringing:
    """An import that goes on. told: how consent was given, and by whom it was brought in. edition: of rows that name none."""

    store: Store
    settings: Settings
    told: str
    at: datetime
    edition: str | None
    resubscribe: bool
    on_problem: Problem
    done: Brought = field(default_factory=Brought)
    _editions: dict[str, Edition | None] = field(default_factory=dict)

    def bring(self, rows: list[tuple[int, dict[str, str]]]) -> None:
        """In one transaction; mails that ask for a confirmation are laid out and queued after it."""
        given = [(line, one) for line, row in rows if (one := self._read(line, row)) is not None]
        mails: list[Asking] = []
        with self.store.writing():
            wanted = [one for one in self._wanted(given, mails) if one is not None]
            self.store.subscribers.subscribe(wanted)
            self.store.subscribers.ask([(hashed(asking.token), asking.asked) for asking in mails])
        late = self.at - timedelta(days=self.settings.unconfirmed_days)
        in_time = [asking for asking in mails if asking.asked.consent.asked_at > late]
        if in_time:
            self.store.mails.queue([self._mail(asking) for asking in in_time], self.at)
        self.done = replace(self.done, rows=self.done.rows + len(rows), asked=self.done.asked + len(in_time))

    def _read(self, line: int, row: dict[str, str]) -> Given | None:
        try:
            if self.edition is not None and not row.get("edition"):
                row = row | {"edition": self.edition}
            given = sheet.read_row(row)
            if given.edition is None and given.state is None:
                raise DecisionError("edition: say which one they get, in the row or by --edition")
            if given.edition is not None and self._edition(given.edition) is None:
                raise DecisionError(f"edition: there is none called {given.edition[:60]!r}; dateline edition list tells which")
        except DecisionError as wrong:
            self._leave_out(line, str(wrong))
            return None
        return given

    def _edition(self, slug: str) -> Edition | None:
        if slug not in self._editions:
            self._editions[slug] = beside.edition_of(self.store, slug, retired=True)
        return self._editions[slug]

    def _leave_out(self, line: int, why: str) -> None:
        self.on_problem(line, why)
        self.done = replace(self.done, left_out=self.done.left_out + 1)

    def _wanted(self, given: list[tuple[int, Given]], mails: list[Asking]) -> Iterator[Subscription | None]:
        """What each row subscribes its address to; what must be confirmed first goes to `mails`."""
        known, held = self._there(given)
        for line, one in given:
            key = one.address.key
            if key in known:
                held[key] = self._changed(one, held[key])
            subscriber = held[key]
            gone = subscriber.state in GONE and one.state != subscriber.state
            if gone and not (self.resubscribe and one.state != "unconfirmed"):
                self._leave_out(line, f"this address is {subscriber.state}: it gets nothing unless --resubscribe says so")
            elif one.edition is None or one.choices is None or (subscriber.state == "unsubscribed" and not gone):
                continue
            elif gone or subscriber.state == "unconfirmed":
                consent = subscriber.consent if not gone else sheet.consent_of(one, self.told, self.at)
                mails.append(Asking(new_token(), subscriber, SignUp(subscriber.id, one.edition, one.choices, consent)))
            else:
                yield Subscription(subscriber.id, one.edition, one.choices, one.since or self.at)

    def _there(self, given: list[tuple[int, Given]]) -> tuple[set[str], dict[str, Subscriber]]:
        """Which keys were held before these rows, and all of them now that new ones are."""
        first: dict[str, Given] = {}
        for _, one in given:
            first.setdefault(one.address.key, one)
        known = self.store.subscribers.by_keys(first)
        new = [Known(key, self._new(one)) for key, one in first.items() if key not in known]
        self.done = replace(self.done, added=self.done.added + len(new))
        return set(known), known | (self.store.subscribers.add(new) if new else {})

    def _new(self, one: Given) -> Subscriber:
        consent = sheet.consent_of(one, self.told, self.at)
        state = one.state or ("confirmed" if one.consent_at else "unconfirmed")
        if state == "confirmed" and one.consent_at is None:
            state = "unconfirmed"     # that somebody said yes is told by when they did
        return Subscriber(0, one.address.written, state, consent, new_token(), one.bounces,
                          (one.unsubscribed_at or self.at) if state == "unsubscribed" else one.unsubscribed_at,
                          (one.suspended_at or self.at) if state == "suspended" else one.suspended_at)

    def _changed(self, one: Given, held: Subscriber) -> Subscriber:
        """What becomes of a subscriber who was there before: leaving counts, coming back where that is said."""
        if one.state == "unsubscribed" and held.state != "unsubscribed":
            self.store.subscribers.leave(held.id, None, self.at)
            changed = replace(held, state="unsubscribed", unsubscribed_at=one.unsubscribed_at or self.at)
        elif (one.consent_at and one.state in (None, "confirmed")
                and (held.state == "unconfirmed" or (self.resubscribe and held.state in GONE))):
            changed = replace(held, state="confirmed", consent=sheet.consent_of(one, self.told, self.at), bounces=0,
                              unsubscribed_at=None, suspended_at=None)
        else:
            return held
        self.store.subscribers.change(changed)
        return changed

    def _mail(self, asking: Asking) -> NewMail:
        edition = self._edition(asking.asked.edition)
        assert edition is not None    # rows of unknown editions were left out
        says = letters.confirmation(asking.subscriber, edition, asking.asked.choices, asking.token, self.settings)
        return NewMail(f"confirmation:{asking.subscriber.id}:{hashed(asking.token)[:16]}", "confirmation",
                       asking.subscriber.address, self.at, asking.subscriber.id, parts=beside.laid_out(says))
