"""The keys by which subscribers open an edition by invitation: nobody can make one, and each ends when it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.editions.keys import briefing_key, issue_url, page_for, reader_of
from dateline.store import Store, open_record
from desk.kept_issues import AT, INVITED, OPEN, a_subscriber, an_issue


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_record(tmp_path_factory.mktemp("keys") / "d.db") as store:
        for edition in (OPEN, INVITED):
            store.editions.keep(edition, AT)
        yield store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_record(tmp_path / "d.db") as store:
        for edition in (OPEN, INVITED):
            store.editions.keep(edition, AT)
        yield store


def test_a_key_opens_its_own_edition_to_its_own_subscriber(store: Store):
    one, other = a_subscriber(store, INVITED), a_subscriber(store, INVITED, "other@example.org")
    found = reader_of(store, "staff", briefing_key(store, "staff", one))
    assert found is not None
    assert found.id == one.id
    assert briefing_key(store, "staff", one) != briefing_key(store, "staff", other)
    assert reader_of(store, "arden", briefing_key(store, "staff", one)) is None


def test_whose_mails_come_back_may_still_read(store: Store):
    one = a_subscriber(store, INVITED)
    store.subscribers.change(replace(one, state="suspended"))
    assert reader_of(store, "staff", briefing_key(store, "staff", one)) is not None


def test_a_key_ends_when_its_owner_leaves_or_asks_for_another_link(store: Store):
    one = a_subscriber(store, INVITED)
    key = briefing_key(store, "staff", one)
    store.subscribers.change(replace(one, token="another"))
    assert reader_of(store, "staff", key) is None
    store.subscribers.change(one)
    assert reader_of(store, "staff", key) is not None
    store.subscribers.leave(one.id, "staff", AT)
    assert reader_of(store, "staff", key) is None


def test_a_key_of_another_record_opens_nothing(store: Store, held: Store):
    one = a_subscriber(store, INVITED)
    a_subscriber(held, INVITED)
    assert reader_of(held, "staff", briefing_key(store, "staff", one)) is None


@given(key=st.text() | st.from_regex(r"\d{1,30}\.[A-Za-z0-9_-]{0,40}", fullmatch=True))
def test_no_other_words_are_a_key(held: Store, key: str):
    assert reader_of(held, "staff", key) is None


def test_a_key_that_was_changed_in_one_place_is_none(store: Store):
    one = a_subscriber(store, INVITED)
    key = briefing_key(store, "staff", one)
    for at in range(len(key)):
        assert reader_of(store, "staff", key[:at] + ("x" if key[at] != "x" else "y") + key[at + 1 :]) is None


def test_a_mail_leads_to_a_page_that_its_reader_may_open(store: Store):
    reader = a_subscriber(store, INVITED)
    issue, own = an_issue(store, OPEN), an_issue(store, INVITED)
    root = "https://desk.example.org"
    assert page_for(store, root, OPEN, issue, reader) == f"{root}/briefing/arden/daily-2024-03-12"
    url = page_for(store, root, INVITED, own, reader)
    assert url == issue_url(root, own, briefing_key(store, "staff", reader))
    assert reader_of(store, "staff", url.partition("?key=")[2]) is not None
