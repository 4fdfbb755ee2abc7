"""Queries on the people of the desk, their sessions and tokens, failures to sign in, the audit log and visits.

Passwords and tokens come in hashed: nothing here could print one. Times are instants in UTC.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.records.team import ApiToken, Audited, Person, Role
from dateline.store.dialect import insert_new, upsert
from dateline.store.rows import instant
from dateline.store.schema_team import api_token, audit, desk_secret, person, session, sign_in_failure, visit

TOUCHED_S = 60                    # a use is written down once in so long: not every page asked for takes the write lock
NEW_VISIT_S = 30 * 60             # whoever asked for nothing so long and comes back begins another visit


def key_of(name: str) -> str:
    """By which a person is found: "Ana", " ana" and "ＡＮＡ" are one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def hashed(secret: str) -> str:
    """What is kept of a token (256 random bits: it needs no salt and no slow hash), or of a name that was typed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def secret_of(connection: sa.Connection) -> str | None:
    return connection.execute(sa.select(desk_secret.c.secret)).scalar()


def keep_secret(connection: sa.Connection, secret: str) -> str:
    """Keep `secret` unless another is kept already; the one that is."""
    insert_new(connection, desk_secret, [{"id": 1, "secret": secret}])
    return str(connection.execute(sa.select(desk_secret.c.secret)).scalar_one())


# People


def add_person(connection: sa.Connection, one: Person, password: str) -> bool:
    """Keep a new person; whether the name was free."""
    return insert_new(connection, person, [{"key": key_of(one.name), "name": one.name, "role": one.role, "password": password,
                                            "created_at": instant(one.created_at), "disabled_at": None}]) > 0


def find_person(connection: sa.Connection, name: str) -> Person | None:
    row = connection.execute(sa.select(person).where(person.c.key == key_of(name))).one_or_none()
    return _person(row) if row else None


def password_of(connection: sa.Connection, name: str) -> str | None:
    """What argon2 made of the person's password."""
    return connection.execute(sa.select(person.c.password).where(person.c.key == key_of(name))).scalar_one_or_none()


def all_people(connection: sa.Connection) -> list[Person]:
    """By name, those disabled too."""
    return [_person(row) for row in connection.execute(sa.select(person).order_by(person.c.key))]


def change_person(connection: sa.Connection, name: str, **values: Any) -> None:
    """Set columns of a person: `role`, `password`, `disabled_at` (a time, or None)."""
    rows = {column: instant(value) if isinstance(value, datetime) else value for column, value in values.items()}
    connection.execute(sa.update(person).where(person.c.key == key_of(name)).values(rows))


def _person(row: sa.Row[Any]) -> Person:
    return Person(row.name, row.role, datetime.fromisoformat(row.created_at), _time(row.disabled_at))


# Sessions


def add_session(connection: sa.Connection, token: str, name: str, at: datetime, expires_at: datetime, ends_at: datetime) -> None:
    """token: hashed. Sessions that have expired go."""
    connection.execute(sa.delete(session).where(session.c.expires_at <= instant(at)))
    insert_new(connection, session, [{"token": token, "person": key_of(name), "created_at": instant(at), "used_at": instant(at),
                                      "expires_at": instant(expires_at), "ends_at": instant(ends_at)}])


def session_of(connection: sa.Connection, token: str, at: datetime) -> tuple[Person, datetime] | None:
    """Whose session of that hash it is, and when it was used last; None where it has expired, or the person is disabled."""
    query = sa.select(person, session.c.used_at).join_from(session, person).where(
        session.c.token == token, session.c.expires_at > instant(at), person.c.disabled_at.is_(None))
    row = connection.execute(query).one_or_none()
    return (_person(row), datetime.fromisoformat(row.used_at)) if row else None


def use_session(connection: sa.Connection, token: str, at: datetime, idle: timedelta) -> None:
    """It expires `idle` from now on, or when it ends."""
    later = instant(at + idle)
    expires = sa.case((session.c.ends_at < later, session.c.ends_at), else_=later)
    connection.execute(sa.update(session).where(session.c.token == token).values(used_at=instant(at), expires_at=expires))


def end_session(connection: sa.Connection, token: str) -> Person | None:
    """End the session of that hash; whose it was."""
    row = connection.execute(sa.select(person).join_from(session, person).where(session.c.token == token)).one_or_none()
    connection.execute(sa.delete(session).where(session.c.token == token))
    return _person(row) if row else None


def end_sessions(connection: sa.Connection, name: str) -> None:
    """End all sessions of a person."""
    connection.execute(sa.delete(session).where(session.c.person == key_of(name)))


# Tokens for programs


def add_token(connection: sa.Connection, token: str, one: ApiToken) -> ApiToken:
    """token: hashed. Returns `one` under its number."""
    number = connection.execute(sa.insert(api_token).returning(api_token.c.id), [{
        "token": token, "label": one.label, "role": one.role, "person": key_of(one.person) if one.person else None,
        "created_at": instant(one.created_at), "expires_at": instant(one.expires_at) if one.expires_at else None}]).scalar_one()
    return next(held for held in all_tokens(connection) if held.id == number)


def all_tokens(connection: sa.Connection) -> list[ApiToken]:
    """As they were made, those revoked too."""
    return [_token(row) for row in connection.execute(_tokens().order_by(api_token.c.id))]


def token_of(connection: sa.Connection, token: str, at: datetime) -> tuple[ApiToken, Role | None] | None:
    """The token of that hash that may be used, and the role of the person whose it is."""
    row = connection.execute(_tokens().where(
        api_token.c.token == token, api_token.c.revoked_at.is_(None), person.c.disabled_at.is_(None),
        sa.or_(api_token.c.expires_at.is_(None), api_token.c.expires_at > instant(at)))).one_or_none()
    return (_token(row), row.person_role) if row else None


def use_token(connection: sa.Connection, number: int, at: datetime) -> None:
    connection.execute(sa.update(api_token).where(api_token.c.id == number).values(used_at=instant(at)))


def revoke_token(connection: sa.Connection, number: int, at: datetime) -> None:
    connection.execute(sa.update(api_token).where(api_token.c.id == number).values(revoked_at=instant(at)))


def _tokens() -> sa.Select[Any]:
    return sa.select(api_token, person.c.name.label("person_name"), person.c.role.label("person_role")).join_from(
        api_token, person, isouter=True)


def _token(row: sa.Row[Any]) -> ApiToken:
    return ApiToken(row.id, row.label, row.role, row.person_name, datetime.fromisoformat(row.created_at), _time(row.expires_at),
                    _time(row.used_at), _time(row.revoked_at))


# Failures to sign in


def failures(connection: sa.Connection, name: str, address: str | None, since: datetime) -> tuple[list[datetime], list[datetime]]:
    """When signing in failed of late: under that name, and from that address."""
    def times(condition: sa.ColumnElement[bool]) -> list[datetime]:
        query = sa.select(sign_in_failure.c.at).where(condition, sign_in_failure.c.at > instant(since))
        return [datetime.fromisoformat(at) for at in connection.execute(query.order_by(sign_in_failure.c.at)).scalars()]

    of_address = times(sign_in_failure.c.address == address) if address else []
    return times(sign_in_failure.c.name == hashed(key_of(name))), of_address


def add_failure(connection: sa.Connection, name: str, address: str | None, at: datetime, forget_before: datetime) -> None:
    connection.execute(sa.delete(sign_in_failure).where(sign_in_failure.c.at <= instant(forget_before)))
    connection.execute(sa.insert(sign_in_failure), [{"at": instant(at), "name": hashed(key_of(name)), "address": address}])


def forget_failures(connection: sa.Connection, name: str) -> None:
    connection.execute(sa.delete(sign_in_failure).where(sign_in_failure.c.name == hashed(key_of(name))))


# Audit and visits


def add_audit(connection: sa.Connection, one: Audited) -> None:
    connection.execute(sa.insert(audit), [{"at": instant(one.at), "who": one.who, "what": one.what, "about": one.about,
                                           "address": one.address}])


def audited(connection: sa.Connection, most: int, before: int | None, about: str | None = None) -> Sequence[tuple[int, Audited]]:
    """The latest lines first, each with its number; `before`: those before that number."""
    query = sa.select(audit).order_by(audit.c.id.desc()).limit(most)
    if before is not None:
        query = query.where(audit.c.id < before)
    if about is not None:
        query = query.where(audit.c.about == about)
    return [(row.id, Audited(datetime.fromisoformat(row.at), row.who, row.what, row.about, row.address))
            for row in connection.execute(query)]


def visit_of(connection: sa.Connection, name: str) -> tuple[datetime, datetime | None] | None:
    """When a person last asked for anything, and when their visit before this one ended."""
    row = connection.execute(sa.select(visit).where(visit.c.person == key_of(name))).one_or_none()
    return (datetime.fromisoformat(row.last_at), _time(row.before_at)) if row else None


def keep_visit(connection: sa.Connection, name: str, last_at: datetime, before_at: datetime | None) -> None:
    upsert(connection, visit, [{"person": key_of(name), "last_at": instant(last_at),
                                "before_at": instant(before_at) if before_at else None}])


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
