"""Editions and their issues through the API: closed as the rest of it, and only what is out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.records.mailing import Edits
from dateline.store import Store, open_record
from dateline.team import people
from desk.api_records import a_client
from desk.kept_issues import AT, INVITED, OPEN, an_issue
from publish.brief.made_briefings import a_full_day


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_record(tmp_path / "d.db") as store:
        yield store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    with a_client(Path(store.name)) as client:
        yield client


def test_editions_are_listed_with_the_address_of_their_archive(store: Store, client: TestClient):
    for edition in (OPEN, INVITED):
        store.editions.keep(edition, AT)
    told = client.get("/api/v1/briefings").json()
    assert [(one["slug"], one["is_open"], one["address"]) for one in told["items"]] == [
        ("arden", True, "http://127.0.0.1/briefing/arden"), ("staff", False, "http://127.0.0.1/briefing/staff")]


def test_issues_come_in_pages_the_newest_first_and_only_those_that_are_out(store: Store, client: TestClient):
    for day in range(1, 6):
        an_issue(store, OPEN, day=date(2024, 3, day), state="draft" if day == 3 else "issued")
    found, url = [], "/api/v1/briefings/arden?most=2"
    while url:
        answer = client.get(url)
        found += [one["name"] for one in answer.json()["items"]]
        url = answer.links.get("next", {}).get("url", "")
    assert found == [f"daily-2024-03-0{day}" for day in (5, 4, 2, 1)]


def test_an_issue_is_given_as_its_editor_left_it(store: Store, client: TestClient):
    an_issue(store, OPEN, a_full_day(), edits=Edits(dropped=("DTL-412",), note="Few reports."))
    told = client.get("/api/v1/briefings/arden/daily-2024-03-12").json()
    assert told["address"] == "http://127.0.0.1/briefing/arden/daily-2024-03-12"
    assert told["briefing"]["note"] == "Few reports."
    assert "DTL-412" not in [item["id"] for item in told["briefing"]["items"]]


def test_a_draft_and_an_edition_that_is_not_there_are_not_held(store: Store, client: TestClient):
    an_issue(store, OPEN, state="draft")
    for path in ("arden/daily-2024-03-12", "none", "none/daily-2024-03-12", "arden/none", "arden/daily-2024-03-12.md"):
        assert client.get(f"/api/v1/briefings/{path}").status_code == 404, path
    assert client.get("/api/v1/briefings/arden?after=daily-2024-03-12").status_code == 422


def test_the_api_asks_who_calls_even_for_open_editions(store: Store, client: TestClient):
    an_issue(store, OPEN)
    people.add_person(store, "Ana", "reader", "four plain words here", by="tests", at=AT)
    for path in ("", "/arden", "/arden/daily-2024-03-12"):
        assert client.get(f"/api/v1/briefings{path}").status_code == 401
    token = people.new_token(store, "sync", "reader", by="tests", at=AT).token
    assert client.get("/api/v1/briefings/arden", headers={"authorization": f"Bearer {token}"}).status_code == 200
