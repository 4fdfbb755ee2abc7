"""The people of a desk of several, and what they leave beside the record: comments, locks, codings, what was done by whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from dateline.records.decision import Anchor

Role = Literal["reader", "coder", "editor"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. Nobody's password, nor what is kept of it, is in here."""

    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What is known of a token for programs; the token itself is shown once and never kept."""

    id: int
    label: str
    role: Role
    person: str | None            # whose it is; it can do no more than they may
    created_at: datetime
    expires_at: datetime | None   # None: it does not expire
    used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """One line of the audit log."""

    at: datetime
    who: str
    what: str                     # "signed in", "broke the lock"
    about: str | None             # an incident, a person, a token's label
    address: str | None           # from which it was done


@dataclass(frozen=True, slots=True)
class Lock:
    """Who has an incident open for editing. Advisory: it keeps nobody from deciding."""

    incident: str
    who: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person wrote about an incident. It hangs on the accounts that the incident had, as a decision does."""

    id: int
    at: datetime
    who: str
    incident: str                 # as it was called then
    text: str
    field: str | None = None      # that it is about
    accounts: tuple[Anchor, ...] = ()
    resolved_at: datetime | None = None
    resolved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """How one person coded an incident without seeing another's coding. None: the coder found no answer."""

    incident: str
    who: str
    at: datetime
    kind: str | None = None
    day: date | None = None
    place: str | None = None      # gazetteer id, else the name
    killed: int | None = None     # best estimate
    injured: int | None = None
    side: str | None = None       # the attacker: a group's id, "state:SY", or words
    status: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """token: to be kept by the browser, and shown nowhere."""

    person: Person
    token: str = field(repr=False)
    expires_at: datetime = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody was not signed in. until: when it may be tried again; None: at once."""

    why: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token for programs, which is shown this once."""

    known: ApiToken
    token: str = field(repr=False)


CODED: tuple[str, ...] = tuple(name for name in Coding.__dataclass_fields__ if name not in ("incident", "who", "at"))


def coded_value(coding: Coding, name: str) -> Any:
    """What `coding` says of the field `name`, one of CODED."""
    return getattr(coding, name)
