"""dateline.connect gives what dateline.open gives, as the desk shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx
import pytest

import dateline
from dateline import decisions
from dateline.decisions import By
from dateline.errors import StoreError
from dateline.publish.withhold import withhold, withhold_decided
from dateline.remote import Remote
from dateline.store import IncidentFilter, Store, open_record
from desk.api_records import HERE, a_client, a_settings, made


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("remote") / "d.db")


@pytest.fixture
def store(record: Path) -> Store:
    return open_record(record)


@pytest.fixture
def remote(record: Path) -> Remote:
    return Remote(HERE, client=a_client(record, desk_report_text=True))


@pytest.mark.parametrize("wanted", [
    pytest.param(IncidentFilter(), id="all"),
    pytest.param(IncidentFilter(since=date(2024, 3, 14), surely=True, natures=("political",)), id="days"),
    pytest.param(IncidentFilter(kinds=("attack",)), id="kinds"),
    pytest.param(IncidentFilter(text="mayor", reviews=("unreviewed",)), id="words"),
    pytest.param(IncidentFilter(sides_killed=("civilians",), provinces=()), id="sides"),
])
def test_incidents(store: Store, remote: Remote, wanted: IncidentFilter):
    assert list(remote.incidents(wanted)) == [withhold(one).incident for one in store.incidents(wanted)]


def test_lists_are_followed_to_their_end(store: Store, remote: Remote, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dateline.remote.AT_ONCE", 1)
    assert [one.id for one in remote.incidents()] == [one.id for one in store.incidents()]
    assert len(list(remote.reports())) == 5


def test_one_incident_report_and_group(store: Store, remote: Remote):
    kept = store.incident("DTL-1")
    assert kept is not None
    assert remote.incident("1") == withhold(kept).incident
    assert remote.incident("DTL-99") is remote.report("R99") is None
    report = store.report("R1")
    assert report is not None
    assert remote.report("R1") == withhold_decided(report, store.accounts_of("R1"))
    assert [one.id for one in remote.accounts_of("R1")] == [one.id for one in store.accounts_of("R1")]
    assert remote.accounts_of("R99") == []
    assert remote.group_statements("islamic-state-khorasan") == store.group_statements("islamic-state-khorasan")
    assert remote.group_statements("nobody") == []


def test_words_are_found(store: Store, remote: Remote):
    assert [one.report for one in remote.search("shelling")] == [one.report for one in store.search("shelling")]
    assert remote.search(" ") == []


def test_changes_go_on_where_they_stopped(tmp_path: Path):
    path = made(tmp_path / "d.db")
    with Remote(HERE, client=a_client(path)) as remote, open_record(path) as store:
        first = list(remote.changes())
        assert len(first) == 3
        assert list(remote.changes(first[-1].after)) == []
        decisions.merge(store, "1", "2", By("Ana"), a_settings(path))
        later = {one.id: one.incident for one in remote.changes(first[-1].after)}
        assert later == {"DTL-1": remote.incident("1"), "DTL-2": None}
        assert remote.incident("DTL-2") is None


def _answering(status: int, text: str, **headers: str) -> httpx.Client:
    answers = httpx.MockTransport(lambda _: httpx.Response(status, text=text, headers=headers))
    return httpx.Client(base_url=HERE, transport=answers)


@pytest.mark.parametrize(("client", "words"), [
    pytest.param(_answering(401, "{}"), "give a token", id="sign-in"),
    pytest.param(_answering(404, "<html>"), "is this the address of a desk", id="another-site"),
    pytest.param(_answering(200, "<html>"), "none of a desk", id="a-page"),
    pytest.param(_answering(503, '{"detail": "the record is locked"}',
                            **{"content-type": "application/problem+json", "retry-after": "5"}),
                 "the record is locked; try again in 5 seconds", id="busy"),
    pytest.param(_answering(200, '{"items": [{"id": 7}], "after": null}'), "of this version", id="another-version"),
])
def test_what_fails_is_told_in_plain_words(client: httpx.Client, words: str):
    with pytest.raises(StoreError, match=words):
        list(Remote(HERE, client=client).incidents())


def test_a_mistake_in_a_filter_is_told(remote: Remote):
    with pytest.raises(StoreError, match="no country has this code"):
        list(remote.incidents(IncidentFilter(countries=("Atlantis",))))


def test_a_desk_that_is_not_there():
    with pytest.raises(StoreError, match="cannot be reached"):
        dateline.connect("http://127.0.0.1:9").incident("1")
    with pytest.raises(StoreError, match="no address of a desk"):
        dateline.connect("dateline.db")
