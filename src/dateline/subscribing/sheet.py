"""Subscribers as rows of a CSV file and back: one row a subscription, and one of whoever has none. Pure.

What is written is read again without loss. Tokens are not in it: whoever has the file could act for everybody in it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

from dateline.errors import DecisionError
from dateline.publish.export.cells import SEPARATOR, guarded, unguarded
from dateline.publish.safe import plain
from dateline.records.briefing import FREQUENCIES, LENGTHS, Coverage
from dateline.records.mailing import Choices, Consent, Subscriber, SubscriberState, Subscription
from dateline.store.rows import instant
from dateline.subscribing.addresses import Address, address_of
from dateline.subscribing.choosing import MOST_KILLED, SEVERAL, known_values, zones

COLUMNS = (
    "address", "state", "edition", "frequency", "regions", "countries", "groups", "kinds", "affected", "killed", "length",
    "when_empty", "zone", "hour", "since", "asked_at", "origin", "network", "consent_at", "bounces", "unsubscribed_at",
    "suspended_at")
STATES: tuple[SubscriberState, ...] = get_args(SubscriberState)
LONGEST_CELL = 20_000             # characters
LONGEST_ORIGIN = 500


@dataclass(frozen=True, slots=True)
class Given:
    """What a row says. state None: not said. choices None: of no edition. consent_at None: nobody says that they said yes."""

    address: Address
    state: SubscriberState | None
    edition: str | None
    choices: Choices | None
    since: datetime | None
    asked_at: datetime | None
    origin: str
    network: str | None
    consent_at: datetime | None
    bounces: int
    unsubscribed_at: datetime | None
    suspended_at: datetime | None


def lines(rows: Iterable[tuple[Subscriber, Sequence[Subscription]]]) -> Iterator[str]:
    """The lines of the file, the head first, each with its end."""
    yield _line(COLUMNS)
    for one, subscriptions in rows:
        for held in subscriptions or (None,):
            yield _line([guarded(cell) for cell in _cells(one, held)])


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(cells)
    return written.getvalue()


def _cells(one: Subscriber, held: Subscription | None) -> list[str]:
    consent = one.consent
    return [
        one.address, one.state, *(_chosen(held) if held else [""] * 12),
        instant(held.since) if held else "", instant(consent.asked_at), consent.origin, consent.address or "",
        _instant(consent.confirmed_at), str(one.bounces), _instant(one.unsubscribed_at), _instant(one.suspended_at)]


def _chosen(held: Subscription) -> list[str]:
    chosen, coverage = held.choices, held.choices.coverage
    return [held.edition, chosen.frequency, *(SEPARATOR.join(getattr(coverage, name)) for name in SEVERAL), str(coverage.killed),
            chosen.length, "true" if chosen.when_empty else "false", chosen.zone or "",
            "" if chosen.hour is None else str(chosen.hour)]


def _instant(at: datetime | None) -> str:
    return instant(at) if at else ""


# Back


def read_row(row: Mapping[str, str]) -> Given:
    """row: cells by the names of COLUMNS, those that the file lacks left out. Raises DecisionError, in words, for a bad one."""
    told = {name: unguarded(cell).strip() for name, cell in row.items()}
    for name, cell in told.items():
        if len(cell) > LONGEST_CELL or (name != "origin" and not cell.isprintable()):
            raise DecisionError(f"{name}: longer than {LONGEST_CELL:,} characters, or with characters that do not show")
    state = told.get("state") or None
    if state is not None and state not in STATES:
        raise DecisionError(f"state: one of {', '.join(STATES)}")
    edition = told.get("edition") or None
    return Given(
        address_of(told.get("address", "")), state, edition,
        _choices(told) if edition else None, _time(told, "since"), _time(told, "asked_at"),
        plain(told.get("origin", ""))[:LONGEST_ORIGIN], told.get("network") or None, _time(told, "consent_at"),
        _number(told, "bounces", 1_000_000) or 0, _time(told, "unsubscribed_at"), _time(told, "suspended_at"))


def _choices(told: Mapping[str, str]) -> Choices:
    frequency, length = told.get("frequency") or "daily", told.get("length") or Choices().length
    if frequency not in FREQUENCIES or length not in LENGTHS:
        raise DecisionError(f"frequency is one of {', '.join(FREQUENCIES)}; length is one of {', '.join(LENGTHS)}")
    zone = told.get("zone") or None
    if zone is not None and zone not in zones():
        raise DecisionError("zone: no such time zone; write one as Africa/Bamako")
    empty = told.get("when_empty", "").lower()
    if empty not in ("", "true", "false", "yes", "no", "1", "0"):
        raise DecisionError("when_empty: true or false")
    several = {name: tuple(dict.fromkeys(part.strip() for part in told.get(name, "").split(";") if part.strip()))
               for name in SEVERAL}
    for name, known in known_values().items():
        if unknown := [value for value in several[name] if value not in known]:
            raise DecisionError(f"{name}: {unknown[0][:60]!r} is none; write them as the page of preferences has them")
    return Choices(
        frequency, Coverage(**several, killed=_number(told, "killed", MOST_KILLED) or 0), length,
        empty in ("true", "yes", "1"), zone, _number(told, "hour", 23))


def _number(told: Mapping[str, str], name: str, most: int) -> int | None:
    cell = told.get(name, "")
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) < 9 and int(cell) <= most):
        raise DecisionError(f"{name}: a whole number from 0 to {most:,}")
    return int(cell)


def _time(told: Mapping[str, str], name: str) -> datetime | None:
    """A time without a zone is of UTC; a day alone is its beginning."""
    cell = told.get(name, "")
    if not cell:
        return None
    try:
        at = datetime.fromisoformat(cell)
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DecisionError(f"{name}: a day or a time, as 2026-11-27 or 2026-11-27T06:00:00Z") from None


def consent_of(given: Given, told: str, at: datetime) -> Consent:
    """How whoever the row is of came to be asked. told: how consent was given, for a row that does not say."""
    return Consent(given.asked_at or given.consent_at or at, given.origin or told, given.network, given.consent_at)
