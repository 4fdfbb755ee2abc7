"""Queries on what comes before a subscription: attempts to sign up, sign-ups that wait for their confirmation, invitations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dateline.records.codec import from_line, to_line
from dateline.records.mailing import Choices, Consent, SignUp
from dateline.store.dialect import insert_new
from dateline.store.rows import instant
from dateline.store.schema_mailing import invitation, sign_up, sign_up_attempt


@dataclass(frozen=True, slots=True)
class Attempts:
    """Those of late. everybody, of_network: how many within the first span of time; mailed: when that address got a mail."""

    everybody: int
    of_network: int
    mailed: tuple[datetime, ...]


def attempts(connection: sa.Connection, key: str, network: str | None, since: datetime, mailed_since: datetime) -> Attempts:
    """key: SHA-256 of the address. since: from when attempts count; mailed_since: from when mails do."""
    def count(*conditions: sa.ColumnElement[bool]) -> int:
        return connection.execute(sa.select(sa.func.count()).select_from(sign_up_attempt).where(
            sign_up_attempt.c.at > instant(since), *conditions)).scalar_one()

    mailed = connection.execute(sa.select(sign_up_attempt.c.at).where(
        sign_up_attempt.c.key == key, sign_up_attempt.c.at > instant(mailed_since)).order_by(sign_up_attempt.c.at)).scalars()
    of_network = count(sign_up_attempt.c.network == network) if network else 0
    return Attempts(count(sign_up_attempt.c.network.is_not(None)), of_network, tuple(map(datetime.fromisoformat, mailed)))


def add_attempt(connection: sa.Connection, key: str, network: str | None, at: datetime) -> None:
    """key: "" where no mail came of it."""
    connection.execute(sa.insert(sign_up_attempt), [{"at": instant(at), "network": network, "key": key}])


def forget_attempts(connection: sa.Connection, before: datetime, key: str | None = None) -> None:
    """Delete those before a time, and all of the address of that hash."""
    old = sign_up_attempt.c.at <= instant(before)
    connection.execute(sa.delete(sign_up_attempt).where(old if key is None else sa.or_(old, sign_up_attempt.c.key == key)))


def add_sign_ups(connection: sa.Connection, asked: Sequence[tuple[str, SignUp]]) -> None:
    """Each with the hash of the token that its link has."""
    insert_new(connection, sign_up, [
        {"token": token, "subscriber_id": one.subscriber, "edition": one.edition, "choices": to_line(one.choices),
         "consent": to_line(one.consent), "asked_at": instant(one.consent.asked_at), "used_at": None} for token, one in asked])


def find_sign_up(connection: sa.Connection, token: str) -> SignUp | None:
    row = connection.execute(sa.select(sign_up).where(sign_up.c.token == token)).one_or_none()
    return _sign_up(row) if row else None


def sign_ups_of(connection: sa.Connection, number: int) -> list[SignUp]:
    """All of a subscriber, oldest first."""
    query = sa.select(sign_up).where(sign_up.c.subscriber_id == number).order_by(sign_up.c.asked_at)
    return [_sign_up(row) for row in connection.execute(query)]


def use_sign_up(connection: sa.Connection, token: str, at: datetime) -> bool:
    """Whether it was not used before."""
    return connection.execute(sa.update(sign_up).where(sign_up.c.token == token, sign_up.c.used_at.is_(None)).values(
        used_at=instant(at))).rowcount > 0


def forget_sign_ups(connection: sa.Connection, before: datetime) -> None:
    """Delete those asked for before a time, used or not."""
    connection.execute(sa.delete(sign_up).where(sign_up.c.asked_at <= instant(before)))


def invite(connection: sa.Connection, edition: str, keys: Iterable[str], by: str, at: datetime) -> int:
    """How many were not invited yet."""
    return insert_new(connection, invitation, [{"edition": edition, "key": key, "at": instant(at), "by": by} for key in keys])


def invited_to(connection: sa.Connection, key: str) -> dict[str, tuple[datetime, str]]:
    """The editions that an address is invited to: since when, and by whom."""
    query = sa.select(invitation).where(invitation.c.key == key).order_by(invitation.c.edition)
    return {row.edition: (datetime.fromisoformat(row.at), row.by) for row in connection.execute(query)}


def uninvite(connection: sa.Connection, key: str) -> int:
    """How many invitations an address had."""
    return connection.execute(sa.delete(invitation).where(invitation.c.key == key)).rowcount


def _sign_up(row: Any) -> SignUp:
    return SignUp(row.subscriber_id, row.edition, from_line(Choices, row.choices), from_line(Consent, row.consent),
                  datetime.fromisoformat(row.used_at) if row.used_at else None)
