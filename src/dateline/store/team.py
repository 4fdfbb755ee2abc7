"""Team: what a desk of several keeps beside the record. `store.team`; each call is one transaction.

It keeps and finds; what a password must be, who may do what and when somebody is locked out is decided in dateline.team.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dateline.errors import DecisionError
from dateline.read.article import clean_text
from dateline.records import Incident
from dateline.records.team import ApiToken, Audited, Coding, Comment, Lock, Person, Role
from dateline.store import rows, team_desk, team_people
from dateline.store.decisions import anchor_of
from dateline.store.team_people import NEW_VISIT_S, TOUCHED_S, key_of

LONGEST_COMMENT = 10_000          # characters
Connecting = Callable[[], AbstractContextManager[sa.Connection]]


class Team:
    """Made by `Store.team`."""

    def __init__(self, read: Connecting, write: Connecting) -> None:
        self._read, self._write = read, write

    # People, sessions, tokens

    def person(self, name: str) -> Person | None:
        with self._read() as connection:
            return team_people.find_person(connection, name)

    def people(self) -> list[Person]:
        """Everybody, those disabled too; empty where the desk is one person's."""
        with self._read() as connection:
            return team_people.all_people(connection)

    def password_of(self, name: str) -> str | None:
        """What argon2 made of the person's password."""
        with self._read() as connection:
            return team_people.password_of(connection, name)

    def add_person(self, one: Person, password: str) -> bool:
        """password: as argon2 made it. Whether the name was free."""
        with self._write() as connection:
            return team_people.add_person(connection, one, password)

    def change_person(self, name: str, *, end_sessions: bool, **values: Any) -> None:
        """Set `role`, `password` (as argon2 made it) or `disabled_at`. end_sessions: they have to sign in again."""
        with self._write() as connection:
            team_people.change_person(connection, name, **values)
            if end_sessions:
                team_people.end_sessions(connection, name)

    def add_session(self, token: str, name: str, at: datetime, expires_at: datetime, ends_at: datetime) -> None:
        """token: hashed, here and below."""
        with self._write() as connection:
            team_people.add_session(connection, token, name, at, expires_at, ends_at)

    def session_person(self, token: str, at: datetime, idle: timedelta) -> Person | None:
        """Whose session it is; it then lasts `idle` from `at` on."""
        with self._read() as connection:
            found = team_people.session_of(connection, token, at)
        if found is None:
            return None
        person, used_at = found
        if at - used_at > timedelta(seconds=TOUCHED_S):
            with self._write() as connection:
                team_people.use_session(connection, token, at, idle)
        return person

    def end_session(self, token: str) -> Person | None:
        """Whose it was; None where there was none."""
        with self._write() as connection:
            return team_people.end_session(connection, token)

    def add_token(self, token: str, one: ApiToken) -> ApiToken:
        with self._write() as connection:
            return team_people.add_token(connection, token, one)

    def tokens(self) -> list[ApiToken]:
        with self._read() as connection:
            return team_people.all_tokens(connection)

    def token(self, token: str, at: datetime) -> tuple[ApiToken, Role | None] | None:
        """The token for programs that may be used, with the role of the person whose it is; that it was used is noted."""
        with self._read() as connection:
            found = team_people.token_of(connection, token, at)
        if found is not None and (found[0].used_at is None or at - found[0].used_at > timedelta(seconds=TOUCHED_S)):
            with self._write() as connection:
                team_people.use_token(connection, found[0].id, at)
        return found

    def revoke_token(self, number: int, at: datetime) -> None:
        with self._write() as connection:
            team_people.revoke_token(connection, number, at)

    def secret(self) -> bytes:
        """What the desk's cookies are signed with; made at the first call, the same for all that work on the record."""
        with self._read() as connection:
            found = team_people.secret_of(connection)
        if found is None:
            with self._write() as connection:
                found = team_people.keep_secret(connection, secrets.token_hex(32))
        return bytes.fromhex(found)

    # Failures to sign in, audit, visits

    def attempt(self, name: str, address: str | None, at: datetime, window: timedelta,
                allowed: Callable[[list[datetime], list[datetime]], datetime | None]) -> datetime | None:
        """Count an attempt to sign in as failed, unless `allowed` forbids it; until when it does.

        allowed: is given when attempts failed within `window` under the name and from the address. All of it is one
        transaction, and counted before the password is looked at, so that many attempts at once are no way around it.
        """
        with self._write() as connection:
            until = allowed(*team_people.failures(connection, name, address, at - window))
            if until is None:
                team_people.add_failure(connection, name, address, at, at - window)
            return until

    def forget_failures(self, name: str) -> None:
        with self._write() as connection:
            team_people.forget_failures(connection, name)

    def note(self, one: Audited) -> None:
        """Add a line to the audit log. Never a password or a token."""
        with self._write() as connection:
            team_people.add_audit(connection, one)

    def audit(self, *, most: int = 100, before: int | None = None, about: str | None = None) -> list[tuple[int, Audited]]:
        """Lines of the audit log with their numbers, the latest first.

        before: those before that number. about: those about that incident, person, token or source.
        """
        with self._read() as connection:
            return list(team_people.audited(connection, most, before, about))

    def visit(self, name: str, at: datetime) -> datetime | None:
        """Note that a person is here; the end of their visit before this one: what is newer is new to them. None: the first."""
        with self._read() as connection:
            held = team_people.visit_of(connection, name)
        last_at, before_at = held or (None, None)
        if last_at is None or at - last_at > timedelta(seconds=TOUCHED_S):
            if last_at is not None and at - last_at > timedelta(seconds=NEW_VISIT_S):
                before_at = last_at
            with self._write() as connection:
                team_people.keep_visit(connection, name, at, before_at)
        return before_at

    # Locks

    def lock(self, incident: str, who: str, for_s: float, at: datetime, *, force: bool = False,
             address: str | None = None) -> Lock:
        """Take or renew the lock on an incident; the lock that holds then, which may be another person's.

        force: break another's lock; the audit log says so.
        """
        with self._write() as connection:
            incident = _called(incident)
            held = team_desk.lock_of(connection, incident, at)
            ours = held is not None and key_of(held.who) == key_of(who)
            if held is not None and not ours:
                if not force:
                    return held
                team_people.add_audit(connection, Audited(at, who, f"broke the lock of {held.who}", incident, address))
            taken = Lock(incident, who, held.since if held is not None and ours else at, at + timedelta(seconds=for_s))
            team_desk.keep_lock(connection, taken, at)
            return taken

    def unlock(self, incident: str, who: str) -> None:
        """Give a lock back; nothing where another person holds it."""
        with self._write() as connection:
            team_desk.drop_lock(connection, _called(incident), who)

    def locked_by(self, incident: str, at: datetime) -> Lock | None:
        with self._read() as connection:
            return team_desk.lock_of(connection, _called(incident), at)

    # Comments

    def comment(self, incident: Incident, text: str, who: str, at: datetime, *, field: str | None = None) -> Comment:
        """Keep what a person says about an incident, or about a field of it. Raises DecisionError for nothing, or too much."""
        text = clean_text(text)
        if not 0 < len(text) <= LONGEST_COMMENT:
            raise DecisionError(f"a comment on {incident.id} has 1 to {LONGEST_COMMENT:,} characters: write it")
        anchors = tuple(anchor_of(joined.account) for joined in incident.accounts)
        with self._write() as connection:
            return team_desk.add_comment(connection, Comment(0, at, who, incident.id, text, field, anchors))

    def comments(self, incident: str) -> list[Comment]:
        """The comments on the incident of that id, oldest first: also those on incidents that were merged into it."""
        with self._read() as connection:
            return team_desk.comments_of(connection, _called(incident))

    def resolve(self, comment: int, who: str, at: datetime) -> Comment:
        """Mark a comment as resolved. Raises DecisionError where there is none."""
        return self._resolve(comment, who, at)

    def reopen(self, comment: int) -> Comment:
        """Take the mark back. Raises DecisionError where there is no such comment."""
        return self._resolve(comment, None, None)

    def _resolve(self, number: int, who: str | None, at: datetime | None) -> Comment:
        with self._write() as connection:
            found = team_desk.find_comment(connection, number)
            if found is None:
                raise DecisionError(f"no comment {number}")
            team_desk.resolve_comment(connection, number, who, at)
            return replace(found, resolved_at=at, resolved_by=who)

    # Blind codings

    def keep_coding(self, one: Coding, coders: int) -> list[Coding]:
        """Keep how a person coded an incident; all codings of it then, or this one alone while fewer than `coders` are in.

        A coder may code anew until then. Raises DecisionError where all are in: they have been seen.
        """
        with self._write() as connection:
            held = team_desk.codings_of(connection, one.incident)
            if len(held) >= coders:
                raise DecisionError(f"{one.incident} is coded by {' and '.join(coding.who for coding in held)} already")
            team_desk.keep_coding(connection, one)
            return self._shown(team_desk.codings_of(connection, one.incident), one.who, coders)

    def codings(self, incident: str, asking: str, coders: int) -> list[Coding]:
        """The codings of an incident that `asking` may see: their own alone until `coders` are in."""
        with self._read() as connection:
            return self._shown(team_desk.codings_of(connection, incident), asking, coders)

    def coded_by(self, incident: str) -> int:
        """How many have coded it."""
        with self._read() as connection:
            return len(team_desk.codings_of(connection, incident))

    def coded_twice(self) -> list[list[Coding]]:
        """The codings of every incident that two or more have coded."""
        with self._read() as connection:
            return team_desk.all_codings(connection)

    @staticmethod
    def _shown(held: list[Coding], asking: str, coders: int) -> list[Coding]:
        return held if len(held) >= coders else [one for one in held if key_of(one.who) == key_of(asking)]


def _called(incident: str) -> str:
    """ "DTL-412" for "dtl-412" and "412"."""
    number = rows.number_in(incident)
    return incident if number is None else rows.incident_id(number)
