"""Accounts of a desk of several: signing in, being locked out, sessions and tokens, and that no secret is kept or printed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from argon2 import PasswordHasher

from dateline.errors import DecisionError
from dateline.records.decision import What
from dateline.records.team import Person, Refused, SignedIn
from dateline.settings import Settings
from dateline.store import open_record
from dateline.team import people
from dateline.team.roles import LEAST_ROLE, OF_DECISIONS, Action, lesser, may

NOON = datetime(2024, 3, 15, 12, tzinfo=UTC)
SETTINGS = Settings()
PASSWORD = "four made up words"
HERE = "192.0.2.1"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashes of a test need not be slow."""
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobodys_hash.cache_clear()
    yield
    people._nobodys_hash.cache_clear()


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        people.add_person(opened, "Ana", "editor", PASSWORD, by="cli", at=NOON)
        yield opened


def after(**given):
    return NOON + timedelta(**given)


def signing_in(store, name="Ana", password=PASSWORD, at=NOON, address=HERE, settings=SETTINGS):
    return people.sign_in(store, name, password, settings, at=at, address=address)


def who(store, signed_in, at=NOON):
    return people.person_of(store, signed_in.token, SETTINGS, at=at)


def test_whoever_knows_name_and_password_is_signed_in_and_out(store):
    signed_in = signing_in(store, " ana ")
    assert isinstance(signed_in, SignedIn)
    assert who(store, signed_in) == Person("Ana", "editor", NOON)
    people.sign_out(store, signed_in.token, at=NOON)
    assert who(store, signed_in) is None
    assert [line.what for _, line in store.team.audit()] == ["signed out", "signed in", "added as editor"]


@pytest.mark.parametrize(("name", "password"), [
    ("Ana", "four other made words"), ("Nobody", PASSWORD), ("", ""), ("Ana", "x" * 5000), ("Ana\0", PASSWORD),
    ("Ana", "\ud800")])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(store, name, password):
    assert signing_in(store, name, password) == Refused(people.WRONG)


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(store, monkeypatch):
    looked_at = []
    verified = people._verified
    monkeypatch.setattr(people, "_verified", lambda kept, password: looked_at.append(kept[:9]) or verified(kept, password))
    signing_in(store, "Nobody")
    signing_in(store, "Ana", "four other made words")
    assert looked_at == ["$argon2id", "$argon2id"]


def test_a_sign_in_makes_a_new_session_and_leaves_others_be(store):
    first, second = signing_in(store), signing_in(store)
    assert first.token != second.token
    assert len(first.token) >= 43                                     # 256 bits
    people.sign_out(store, second.token, at=NOON)
    assert who(store, first) is not None


def test_a_session_lasts_while_it_is_used_and_a_week_at_most(store):
    signed_in = signing_in(store)
    assert who(store, signed_in, after(hours=13)) is None
    signed_in = signing_in(store)
    for hours in range(11, 7 * 24, 11):
        assert who(store, signed_in, after(hours=hours)) is not None
    assert who(store, signed_in, after(days=7)) is None


def test_too_many_failures_lock_a_name_out_for_a_while_and_in_the_right_words_too(store):
    for second in range(5):
        assert signing_in(store, password="no such password", at=after(seconds=second)).until is None
    refused = signing_in(store, at=after(seconds=10))
    assert refused.until == after(minutes=15)                         # the first failure is forgotten then
    assert signing_in(store, at=after(minutes=14), address="198.51.100.7").until is not None
    assert isinstance(signing_in(store, at=after(minutes=15, seconds=5)), SignedIn)


def test_failures_under_many_names_lock_their_address_out(store):
    for number in range(20):
        assert signing_in(store, f"name {number}").until is None
    assert signing_in(store).until is not None
    assert isinstance(signing_in(store, address="198.51.100.7"), SignedIn)


def test_who_gets_in_has_no_failures_any_more(store):
    for _ in range(3):
        for _ in range(4):
            signing_in(store, password="no such password")
        assert isinstance(signing_in(store), SignedIn)


def test_many_attempts_at_once_count_each_other(store, tmp_path):
    with open_record(tmp_path / "d.db") as worker:
        outcomes = [signing_in(one, password="no such password").until for one in (store, worker) * 4]
    assert [until is None for until in outcomes] == [True] * 5 + [False] * 3


def test_a_password_is_hashed_anew_when_the_parameters_change(store, monkeypatch):
    before = store.team.password_of("Ana")
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert isinstance(signing_in(store), SignedIn)
    after_ = store.team.password_of("Ana")
    assert "m=16,t=2" in after_ != before
    assert isinstance(signing_in(store), SignedIn)
    assert store.team.password_of("Ana") == after_


def test_whoever_is_disabled_is_out_at_once_with_their_tokens(store):
    people.add_person(store, "Ben", "coder", PASSWORD, by="Ana", at=NOON)
    signed_in = signing_in(store, "Ben")
    token = people.new_token(store, "map", "reader", by="Ana", at=NOON, person="ben").token
    people.disable(store, "Ben", by="Ana", at=NOON)
    assert who(store, signed_in) is None
    assert people.person_of_api_token(store, token, at=NOON) is None
    assert signing_in(store, "Ben") == Refused(people.WRONG)
    people.enable(store, "Ben", by="Ana", at=NOON)
    assert who(store, signed_in) is None
    assert isinstance(signing_in(store, "Ben"), SignedIn)


def test_a_new_password_ends_the_sessions_of_the_old(store):
    signed_in = signing_in(store)
    people.set_password(store, "ana", "four quite other words", by="Ana", at=NOON)
    assert who(store, signed_in) is None
    assert signing_in(store) == Refused(people.WRONG)
    assert isinstance(signing_in(store, password="four quite other words"), SignedIn)


def test_the_last_editor_stays(store):
    with pytest.raises(DecisionError, match="only editor"):
        people.disable(store, "Ana", by="Ana", at=NOON)
    with pytest.raises(DecisionError, match="only editor"):
        people.set_role(store, "Ana", "coder", by="Ana", at=NOON)
    people.add_person(store, "Ben", "reader", PASSWORD, by="Ana", at=NOON)
    people.set_role(store, "Ben", "editor", by="Ana", at=NOON)
    people.set_role(store, "Ana", "reader", by="Ben", at=NOON)
    assert {one.name: one.role for one in store.team.people()} == {"Ana": "reader", "Ben": "editor"}


@pytest.mark.parametrize(("name", "role", "password", "said"), [
    ("ANA", "coder", PASSWORD, "already"), ("", "coder", PASSWORD, "1 to 80"), ("x" * 81, "coder", PASSWORD, "1 to 80"),
    ("a\u202eb", "coder", PASSWORD, "all of which show"), ("dateline", "coder", PASSWORD, "the machine"),
    ("Ben", "owner", PASSWORD, "reader, coder, editor"), ("Ben", "coder", "short", "12 to 1,000"),
    ("Benjamin Oake", "coder", "benjamin oake", "guessed"), ("Ben", "coder", "aaaaaaaaaaaaaa", "guessed"),
])
def test_an_account_that_cannot_be_is_refused(store, name, role, password, said):
    with pytest.raises(DecisionError, match=said) as refused:
        people.add_person(store, name, role, password, by="Ana", at=NOON)
    assert password not in str(refused.value)
    assert len(store.team.people()) == 1


def test_a_token_is_shown_once_expires_and_is_revoked(store):
    made = people.new_token(store, "newsroom map", "reader", by="Ana", at=NOON, expires_at=after(days=30))
    assert made.token.startswith("dtl_")
    known = people.person_of_api_token(store, made.token, at=after(hours=1))
    assert (known.label, known.role, known.person) == ("newsroom map", "reader", None)
    assert store.team.tokens()[0].used_at == after(hours=1)
    assert people.person_of_api_token(store, made.token, at=after(days=30)) is None
    people.revoke_token(store, made.known.id, by="Ana", at=after(days=1))
    assert people.person_of_api_token(store, made.token, at=after(days=1)) is None
    with pytest.raises(DecisionError, match="no token 1 that holds"):
        people.revoke_token(store, made.known.id, by="Ana", at=after(days=1))
    assert people.person_of_api_token(store, "dtl_guess", at=NOON) is None
    assert people.person_of_api_token(store, "", at=NOON) is None


def test_a_token_can_do_no_more_than_whose_it_is(store):
    people.add_person(store, "Ben", "coder", PASSWORD, by="Ana", at=NOON)
    token = people.new_token(store, "import", "editor", by="Ana", at=NOON, person="Ben").token
    assert people.person_of_api_token(store, token, at=NOON).role == "coder"


@pytest.mark.a_file(why="the bytes of the file")
def test_neither_passwords_nor_tokens_are_on_the_disk_or_in_what_is_printed(store, tmp_path):
    signed_in = signing_in(store)
    made = people.new_token(store, "map", "reader", by="Ana", at=NOON)
    signing_in(store, "my secret word typed as a name", "x")
    assert signed_in.token not in repr(signed_in)
    assert made.token not in repr(made)
    store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (PASSWORD, signed_in.token, made.token, "my secret word"):
        assert secret.encode() not in kept


def test_every_action_has_a_least_role_and_every_decision_an_action():
    assert set(LEAST_ROLE) == set(get_args(Action))
    assert set(OF_DECISIONS) == set(get_args(What))
    assert set(OF_DECISIONS.values()) <= set(LEAST_ROLE)


@pytest.mark.parametrize(("role", "can", "cannot"), [
    ("reader", "export", "comment"), ("coder", "enter", "review"), ("editor", "people", None)])
def test_a_role_may_do_what_lesser_roles_may(role, can, cannot):
    assert may(role, "read")
    assert may(role, can)
    assert cannot is None or not may(role, cannot)
    assert lesser(role, "reader") == "reader"
