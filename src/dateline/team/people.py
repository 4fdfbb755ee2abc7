"""Who may use a desk of several: accounts, signing in and out, sessions, tokens for programs.

A password is kept as argon2 makes it, a token (256 random bits) as its SHA-256: what is on the disk opens nothing. Every sign-in
makes a new token and takes none, so that nobody can be made to use a session that another knows. An unknown name takes as long
as a wrong password, and is answered in the same words. Whoever asks is given as `by` and noted in the audit log.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dateline.errors import DecisionError
from dateline.records.team import ApiToken, Audited, NewToken, Person, Refused, Role, SignedIn
from dateline.store.team_people import hashed, key_of
from dateline.team.roles import ROLES, lesser

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

HASHER = PasswordHasher()         # argon2id with RFC 9106's parameters for little memory: 64 MiB, some 50 ms
SHORTEST_PASSWORD = 12            # characters; NIST SP 800-63B asks for 8 or more, and for no mix of kinds
LONGEST_PASSWORD = 1_000          # hashing must not be made to work through megabytes
LONGEST_NAME = 80
LONGEST_SESSION = timedelta(days=7)
OF_ADDRESS = 4                    # as many names' worth of failures lock out an address: an office has one for all
TOKEN_PREFIX = "dtl_"             # noqa: S105 - what a leaked token is known by, no secret
WRONG = "the name or the password is wrong"


# Accounts


def add_person(store: Store, name: str, role: str, password: str, *, by: str, at: datetime) -> Person:
    """Make an account. Raises DecisionError for a name that is taken or cannot be one, no role, or a poor password."""
    name = checked_name(name)
    one = Person(name, checked_role(role), at)
    check_password(password, name)
    hash_ = HASHER.hash(_typed(password))
    with store.writing():
        if not store.team.add_person(one, hash_):
            raise DecisionError(f"there is a person called {name} already; dateline person list tells who there is")
        store.team.note(Audited(at, by, f"added as {role}", name, None))
    return one


def set_role(store: Store, name: str, role: str, *, by: str, at: datetime) -> Person:
    """Raises DecisionError where there is no such person or role, or no editor would be left."""
    with store.writing():
        one = _known(store, name)
        new = checked_role(role)
        if new != "editor":
            _leave_an_editor(store, one)
        store.team.change_person(name, end_sessions=False, role=new)
        store.team.note(Audited(at, by, f"made {new}", one.name, None))
    return replace(one, role=new)


def set_password(store: Store, name: str, password: str, *, by: str, at: datetime) -> None:
    """Whoever is signed in under that name is signed out. Raises DecisionError for no such person, or a poor password."""
    one = _known(store, name)
    check_password(password, one.name)
    hash_ = HASHER.hash(_typed(password))
    with store.writing():
        store.team.change_person(name, end_sessions=True, password=hash_)
        store.team.note(Audited(at, by, "set the password", one.name, None))


def disable(store: Store, name: str, *, by: str, at: datetime) -> None:
    """Let a person sign in no more; sessions end, tokens stop. What they decided stays. Raises DecisionError as `set_role`."""
    with store.writing():
        one = _known(store, name)
        _leave_an_editor(store, one)
        store.team.change_person(name, end_sessions=True, disabled_at=at)
        store.team.note(Audited(at, by, "disabled", one.name, None))


def enable(store: Store, name: str, *, by: str, at: datetime) -> None:
    """Let a disabled person sign in again. Raises DecisionError where there is no such person."""
    with store.writing():
        one = _known(store, name)
        store.team.change_person(name, end_sessions=True, disabled_at=None)
        store.team.note(Audited(at, by, "enabled", one.name, None))


def checked_name(name: str) -> str:
    """The name as it is kept. Raises DecisionError for none, a very long one, or one with characters that do not show."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or not key_of(name):
        raise DecisionError(f"a person's name has 1 to {LONGEST_NAME} characters, all of which show")
    if key_of(name) == "dateline":
        raise DecisionError("dateline is what histories call the machine; take another name")
    return name


def checked_role(role: str) -> Role:
    """Raises DecisionError, which lists the roles, for another word."""
    found = next((one for one in ROLES if one == role), None)
    if found is None:
        raise DecisionError(f"no role {role!r}: it is one of {', '.join(ROLES)}")
    return found


def check_password(password: str, name: str) -> None:
    """Raises DecisionError for a password that is short, very long, or the name."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise DecisionError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD:,} characters: take a few words")
    if key_of(password) == key_of(name) or len(set(password)) < 4:
        raise DecisionError("that password is guessed at once: take a few words that have nothing to do with you")


# Signing in


def sign_in(store: Store, name: str, password: str, settings: Settings, *, at: datetime,
            address: str | None) -> SignedIn | Refused:
    """A new session, or why there is none: a wrong name or password, or too many of them of late.

    address: from which it is tried, for the limit and the audit log.
    """
    found = _checked(store, name, password, settings, at, address)
    if isinstance(found, Refused):
        return found
    person, kept = found
    team, token = store.team, secrets.token_urlsafe(32)
    ends_at = at + LONGEST_SESSION
    expires_at = min(at + timedelta(hours=settings.session_hours), ends_at)
    anew = HASHER.hash(_typed(password)) if HASHER.check_needs_rehash(kept) else None
    with store.writing():
        if (team.person(name), team.password_of(name)) != (person, kept):
            return Refused(WRONG)                        # changed, or disabled, while the password was looked at
        team.forget_failures(name)
        if anew is not None:
            team.change_person(name, end_sessions=False, password=anew)
        team.add_session(hashed(token), name, at, expires_at, ends_at)
        team.note(Audited(at, person.name, "signed in", None, address))
    return SignedIn(person, token, expires_at=ends_at)


def change_password(store: Store, name: str, held: str, password: str, settings: Settings, *, at: datetime,
                    address: str | None) -> SignedIn | Refused:
    """Give oneself another password; the one held proves who asks. All sessions end, and a new one begins.

    Raises DecisionError for a poor password: nothing is changed then.
    """
    check_password(password, name)
    found = _checked(store, name, held, settings, at, address)
    if isinstance(found, Refused):
        return found
    set_password(store, name, password, by=found[0].name, at=at)
    store.team.forget_failures(name)
    return sign_in(store, name, password, settings, at=at, address=address)


def _checked(store: Store, name: str, password: str, settings: Settings, at: datetime, address: str | None
             ) -> tuple[Person, str] | Refused:
    """The person, and what is kept of the password, where both are right; counts as a failure until that is forgotten."""
    team = store.team
    window = timedelta(minutes=settings.sign_in_minutes)
    until = team.attempt(name, address, at, window, _limit(settings.sign_in_failures, window))
    if until is not None:
        return Refused("too many failures to sign in; try again later", until)
    person, kept = team.person(name), team.password_of(name)
    matches = _verified(kept or _nobodys_hash(), password)
    if person is None or kept is None or person.disabled_at is not None or not matches:
        known = person.name if person is not None else "somebody"       # what was typed may be a password
        team.note(Audited(at, known, "failed to sign in", None, address))
        return Refused(WRONG)
    return person, kept


def sign_out(store: Store, token: str, *, at: datetime, address: str | None = None) -> None:
    """End a session; nothing where there is none."""
    with store.writing():
        person = store.team.end_session(hashed(token))
        if person is not None:
            store.team.note(Audited(at, person.name, "signed out", None, address))


def person_of(store: Store, token: str, settings: Settings, *, at: datetime) -> Person | None:
    """Whose session it is; None where it was never made, has ended, or the person is disabled."""
    return store.team.session_person(hashed(token), at, timedelta(hours=settings.session_hours))


def _limit(most: int, window: timedelta) -> Callable[[list[datetime], list[datetime]], datetime | None]:
    """Says until when somebody is locked out who failed at those times, under a name and from an address."""
    def until(of_name: list[datetime], of_address: list[datetime]) -> datetime | None:
        locked = [times[-allowed] + window for times, allowed in ((of_name, most), (of_address, most * OF_ADDRESS))
                  if len(times) >= allowed]
        return max(locked, default=None)
    return until


def _typed(password: str) -> bytes:
    """The same bytes for a password however the keyboard composes its accents."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace")


def _verified(kept: str, password: str) -> bool:
    if len(password) > LONGEST_PASSWORD:
        password = ""                                    # as long as a wrong one
    try:
        return HASHER.verify(kept, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    """What an unknown name's password is compared with, so that its answer takes as long."""
    return HASHER.hash(secrets.token_urlsafe(32))


# Tokens for programs


def new_token(store: Store, label: str, role: str, *, by: str, at: datetime, person: str | None = None,
              expires_at: datetime | None = None) -> NewToken:
    """Make a token for a program.

    label: what it is for. person: whose it is; it can do no more than they may, and stops with them.
    Raises DecisionError for no label, no role, no such person, or a day that is past.
    """
    label = " ".join(label.split())
    if not label or len(label) > LONGEST_NAME or not label.isprintable():
        raise DecisionError(f"a token has a label of 1 to {LONGEST_NAME} characters that says what it is for")
    if expires_at is not None and expires_at <= at:
        raise DecisionError("that token would have expired already; give a day to come")
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with store.writing():
        owner = _known(store, person).name if person is not None else None
        known = store.team.add_token(hashed(token), ApiToken(0, label, checked_role(role), owner, at, expires_at))
        store.team.note(Audited(at, by, f"made a token as {known.role}", label, None))
    return NewToken(known, token)


def revoke_token(store: Store, number: int, *, by: str, at: datetime) -> ApiToken:
    """Raises DecisionError where there is no token of that number, or it is revoked."""
    with store.writing():
        held = next((one for one in store.team.tokens() if one.id == number), None)
        if held is None or held.revoked_at is not None:
            raise DecisionError(f"no token {number} that holds; dateline token list tells which there are")
        store.team.revoke_token(number, at)
        store.team.note(Audited(at, by, "revoked a token", held.label, None))
    return replace(held, revoked_at=at)


def person_of_api_token(store: Store, token: str, *, at: datetime) -> ApiToken | None:
    """What a token for programs is known as, with the role that it has now; None where it holds no more, or never did."""
    if not token.startswith(TOKEN_PREFIX):
        return None
    found = store.team.token(hashed(token), at)
    if found is None:
        return None
    known, role_of_person = found
    return known if role_of_person is None else replace(known, role=lesser(known.role, role_of_person))


def _known(store: Store, name: str) -> Person:
    found = store.team.person(name)
    if found is None:
        raise DecisionError(f"there is no person {name!r}; dateline person list tells who there is")
    return found


def _leave_an_editor(store: Store, leaving: Person) -> None:
    editors = [one for one in store.team.people() if one.role == "editor" and one.disabled_at is None]
    if editors and all(key_of(one.name) == key_of(leaving.name) for one in editors):
        raise DecisionError(f"{leaving.name} is the only editor: make another one first")
