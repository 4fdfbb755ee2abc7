"""The briefing on the web, as whoever has no account reads it: editions, archives, issues, their other forms, feeds."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.editions.keys import briefing_key
from dateline.records.briefing import Coverage
from dateline.records.mailing import Edits
from dateline.settings import Settings
from dateline.store import Store, open_record
from dateline.team import people
from desk.kept_issues import AT, INVITED, OPEN, a_subscriber, an_issue
from made_desk import text_of
from publish.brief.made_briefings import HOSTILE, a_briefing, a_full_day, a_hostile_day, a_week, an_empty_day, an_item

PASSWORD = "four plain words here"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A record of a desk with accounts."""
    with open_record(tmp_path / "d.db") as store:
        people.add_person(store, "Ana", "reader", PASSWORD, by="tests", at=AT)
        yield store


def a_browser(store: Store, **given: object) -> TestClient:
    settings = replace(Settings(), record=store.name, **given)  # type: ignore[arg-type]  # fields of Settings
    return TestClient(create_app(settings), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture
def anybody(store: Store) -> Iterator[TestClient]:
    with a_browser(store) as client:
        yield client


@pytest.fixture
def reader(store: Store) -> Iterator[TestClient]:
    """Somebody who is signed in to the desk as reader."""
    from made_desk import csrf_of

    with a_browser(store) as client:
        client.post("/sign-in", data={"csrf_token": csrf_of(client, "/sign-in"), "name": "Ana", "password": PASSWORD})
        yield client


# The editions that there are


def test_a_record_without_editions_says_so(anybody: TestClient):
    page = anybody.get("/briefing")
    assert page.status_code == 200
    assert "No briefing yet" in page.text


def test_open_editions_are_listed_with_what_they_are_and_their_last_issues(store: Store, anybody: TestClient):
    edition = replace(OPEN, coverage=Coverage(countries=("ML",), affected=("school",), killed=3), zone="Africa/Bamako", hour=7)
    store.editions.keep(edition, AT)
    for day in range(1, 6):
        an_issue(store, edition, day=date(2024, 3, day))
    page = anybody.get("/briefing").text
    words = text_of(page)
    assert "Daily at 07:00 and weekly, Mondays at 07:00 (Africa/Bamako)" in words
    assert "Mali" in words
    assert "school" in words
    assert "3 or more" in words
    assert "5 March 2024" in words
    assert "2 March 2024" not in words, "the archive has those before"
    assert 'href="/briefing/sign-up?edition=arden"' in page


def test_an_edition_by_invitation_is_not_listed_but_for_those_who_read_the_desk(
        store: Store, anybody: TestClient, reader: TestClient):
    an_issue(store, INVITED)
    assert INVITED.title not in anybody.get("/briefing").text
    assert INVITED.title in reader.get("/briefing").text


def test_a_retired_edition_keeps_its_issues_and_takes_no_subscribers(store: Store, anybody: TestClient):
    store.editions.keep(replace(OPEN, retired=True), AT)
    an_issue(store, OPEN)
    for path in ("/briefing", "/briefing/arden"):
        page = anybody.get(path).text
        assert "o longer made" in page
        assert "/briefing/sign-up?edition=" not in page
    assert anybody.get("/briefing/arden/daily-2024-03-12").status_code == 200


# The archive


def test_an_archive_goes_by_month_the_newest_first(store: Store, anybody: TestClient):
    for month in (12, 1, 2):
        an_issue(store, OPEN, day=date(2023 if month == 12 else 2024, month, 7))
    page = anybody.get("/briefing/arden").text
    headings = re.findall(r'<h2 id="m\d+">([^<]+)</h2>', page)
    assert headings == ["February 2024", "January 2024", "December 2023"]


def test_a_long_archive_comes_in_pages_that_miss_nothing(store: Store, anybody: TestClient):
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(130)]
    for day in days:
        an_issue(store, OPEN, day=day)
    found: list[str] = []
    url: str | None = "/briefing/arden"
    while url:
        page = anybody.get(url).text
        found += re.findall(r'href="/briefing/arden/daily-(\d{4}-\d\d-\d\d)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        url = following[1] if following else None
    assert found == [day.isoformat() for day in reversed(days)]


def test_an_edition_without_issues_says_so(store: Store, anybody: TestClient):
    store.editions.keep(OPEN, AT)
    assert "No issue yet" in anybody.get("/briefing/arden").text


# One issue


def test_an_issue_is_told_with_sections_outlets_notes_table_and_pictures(store: Store, anybody: TestClient):
    an_issue(store, OPEN, a_week(), frequency="weekly")
    page = anybody.get("/briefing/arden/weekly-2024-03-12").text
    words = text_of(page)
    for told in ("New incidents", "Claims of responsibility and denials", "At least 151 injured, the Health Ministry said.",
                 "Hawk Wire", "Editor’s note:", "Telephone lines to Selde province were cut", "reporting sources",
                 "at least 40 (best 52)", "alleged", "7 more items"):
        assert told in words, told
    assert re.search(r'<img src="/briefing/arden/weekly-2024-03-12/map\.png" alt="Map: [^"]+" width="\d+" height="\d+">', page)


def test_an_issue_is_shown_as_its_editor_left_it(store: Store, anybody: TestClient):
    edits = Edits(order=("DTL-2", "DTL-1"), dropped=("DTL-3",), notes=(("DTL-1", "Disputed since."),), note="Few reports.")
    items = [an_item(number, heading=f"Shelling {number}, Port Verity") for number in (1, 2, 3)]
    an_issue(store, OPEN, a_briefing(*items), edits=edits)
    words = text_of(anybody.get("/briefing/arden/daily-2024-03-12").text)
    assert words.index("Shelling 2") < words.index("Shelling 1")
    assert "Shelling 3" not in words
    assert "Disputed since." in words
    assert "Few reports." in words


def test_an_empty_issue_says_that_there_is_nothing_new(store: Store, anybody: TestClient):
    an_issue(store, OPEN, an_empty_day())
    assert "Nothing new" in text_of(anybody.get("/briefing/arden/daily-2024-03-12").text)


@pytest.mark.parametrize("state", ["draft", "approved", "dropped"])
def test_only_what_was_issued_is_public(store: Store, anybody: TestClient, reader: TestClient, state):
    an_issue(store, OPEN, state=state)
    for browser in (anybody, reader):
        for path in ("", ".md", ".json", "/map.png", "/timeline.png"):
            assert browser.get(f"/briefing/arden/daily-2024-03-12{path}").status_code == 404, path
        assert "daily-2024-03-12" not in browser.get("/briefing/arden").text
        assert "daily-2024-03-12" not in browser.get("/briefing/arden/feed.atom").text


def test_items_lead_to_the_desk_only_for_those_who_may_read_it(store: Store, anybody: TestClient, reader: TestClient):
    an_issue(store, OPEN)
    assert "/incidents/" not in anybody.get("/briefing/arden/daily-2024-03-12").text, "a link that ends at a form to sign in"
    assert 'href="http://127.0.0.1/incidents/DTL-412"' in reader.get("/briefing/arden/daily-2024-03-12").text


def test_pages_have_no_script_and_no_style_of_their_own(store: Store, anybody: TestClient):
    an_issue(store, OPEN, a_week())
    for path in ("/briefing", "/briefing/arden", "/briefing/arden/daily-2024-03-12", "/briefing/none"):
        page = anybody.get(path).text
        assert "<script" not in page
        assert "style=" not in page


def test_words_of_others_stay_words(store: Store, anybody: TestClient):
    words = tuple(one for one in HOSTILE if "\ud83d" not in one or len(one) > 1)
    words = tuple(one.encode("utf-8", "ignore").decode() or "x" for one in words)
    an_issue(store, replace(OPEN, title=words[0], about=words[3]), a_hostile_day(words))
    for path in ("/briefing", "/briefing/arden", "/briefing/arden/daily-2024-03-12"):
        page = anybody.get(path).text
        assert "<script" not in page
        assert "onclick=x>" not in page
        assert "{{ 7" in page or "49" not in page
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)
    ET.fromstring(anybody.get("/briefing/arden/feed.atom").content)


# The same in other forms


def test_the_same_is_there_as_markdown_and_json(store: Store, anybody: TestClient):
    an_issue(store, OPEN, a_full_day())
    mark, told = (anybody.get(f"/briefing/arden/daily-2024-03-12{form}") for form in (".md", ".json"))
    assert mark.headers["content-type"] == "text/markdown; charset=utf-8"
    assert mark.text.startswith("# Daily briefing, 12 March 2024")
    held = json.loads(told.text)
    assert held["address"] == "http://127.0.0.1/briefing/arden/daily-2024-03-12"
    assert len(held["items"]) == len(a_full_day().items)


def test_pictures_are_kept_by_browsers_and_not_sent_twice(store: Store, anybody: TestClient):
    an_issue(store, OPEN, a_full_day())
    answer = anybody.get("/briefing/arden/daily-2024-03-12/map.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(PNG)
    assert answer.headers["cache-control"] == "public, max-age=86400"
    again = anybody.get("/briefing/arden/daily-2024-03-12/map.png", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_issue_with_nothing_to_draw_has_no_pictures(store: Store, anybody: TestClient):
    an_issue(store, OPEN, an_empty_day())
    assert "<img" not in anybody.get("/briefing/arden/daily-2024-03-12").text
    assert anybody.get("/briefing/arden/daily-2024-03-12/map.png").status_code == 404


def test_a_feed_has_an_entry_an_issue_under_ids_that_stay(store: Store, anybody: TestClient):
    for day in (1, 2):
        an_issue(store, OPEN, day=date(2024, 3, day))
    feeds = [ET.fromstring(one.get("/briefing/arden/feed.atom").content)
             for one in (anybody, a_browser(store, public_url="https://desk.example.org"))]
    ids = [[one.text for one in feed.findall("a:entry/a:id", ATOM)] for feed in feeds]
    assert ids[0] == ids[1], "wherever the desk is served from"
    assert [one.rpartition("/")[2] for one in ids[0] if one] == ["daily-2024-03-02", "daily-2024-03-01"]
    link = feeds[1].find("a:entry/a:link", ATOM)
    assert link is not None
    assert link.attrib["href"] == "https://desk.example.org/briefing/arden/daily-2024-03-02"
    assert "At least 7 people were killed" in (feeds[0].findtext("a:entry/a:content", "", ATOM))
    assert feeds[0].findtext("a:updated", "", ATOM) == "2024-03-13T06:00:00Z"


# By invitation


def test_an_edition_by_invitation_does_not_exist_for_others(store: Store, anybody: TestClient):
    an_issue(store, INVITED, a_full_day())
    for path in ("", "/daily-2024-03-12", "/daily-2024-03-12.md", "/daily-2024-03-12/map.png", "/feed.atom"):
        there, not_there = (anybody.get(f"/briefing/{slug}{path}") for slug in ("staff", "nobody"))
        assert there.status_code == not_there.status_code == 404, path
        assert there.text.replace("staff", "*") == not_there.text.replace("nobody", "*"), path
        assert dict(there.headers) == dict(not_there.headers) | {"content-length": there.headers["content-length"]}, path


def test_a_subscribers_key_opens_it_and_goes_on_with_every_link(store: Store, anybody: TestClient):
    an_issue(store, INVITED, a_full_day())
    an_issue(store, INVITED, day=date(2024, 3, 11))
    key = briefing_key(store, "staff", a_subscriber(store, INVITED))
    for path in ("", "/daily-2024-03-12", "/feed.atom"):
        answer = anybody.get(f"/briefing/staff{path}", params={"key": key})
        assert answer.status_code == 200, path
        own = [one for one in re.findall(r'(?:href|src)="([^"]+)"', answer.text) if "/briefing/staff" in one]
        assert own, path
        for url in own:
            if "rel=\"canonical\"" in answer.text and url == "/briefing/staff/daily-2024-03-12":
                continue
            assert f"key={key}" in url, url
            assert anybody.get(url).status_code == 200, url
        assert "noindex" in answer.headers["x-robots-tag"]
        assert answer.headers["cache-control"].startswith("private")


def test_who_reads_the_desk_reads_it_without_a_key(store: Store, reader: TestClient):
    an_issue(store, INVITED)
    assert reader.get("/briefing/staff/daily-2024-03-12").status_code == 200


def test_nobody_else_keeps_what_is_by_invitation(store: Store, anybody: TestClient):
    an_issue(store, INVITED, a_full_day())
    key = briefing_key(store, "staff", a_subscriber(store, INVITED))
    picture = anybody.get("/briefing/staff/daily-2024-03-12/map.png", params={"key": key})
    assert picture.headers["cache-control"] == "private, max-age=86400"


# What is not there


@pytest.mark.parametrize("name", [
    "daily-2024-03-13", "daily-2024-3-12", "daily-2024-02-30", "hourly-2024-03-12", "daily-2024-03-12.html", "DAILY-2024-03-12",
    "daily-٢٠٢٤-03-12", "daily-2024-03-12.md.json", "none", "daily-99999-01-01", "weekly-2024-03-12"])
def test_a_name_that_is_no_issues_is_not_held(store: Store, anybody: TestClient, name: str):
    an_issue(store, OPEN)
    answer = anybody.get(f"/briefing/arden/{name}")
    assert answer.status_code == 404


def test_what_is_not_there_is_told_in_the_frame_of_readers(anybody: TestClient):
    page = anybody.get("/briefing/none").text
    assert 'href="/briefing"' in page
    assert "/review" not in page
    assert anybody.get("/briefing/none/daily-2024-03-12.json").headers["content-type"] == "application/problem+json"


def test_pages_of_sign_up_are_not_taken_for_editions(store: Store, anybody: TestClient):
    an_issue(store, OPEN)
    assert "by mail" in text_of(anybody.get("/briefing/sign-up").text)
    assert anybody.get("/briefing/confirm/none").status_code == 404
    assert "no briefing at this address" not in anybody.get("/briefing/confirm/none").text


def test_instants_are_told_in_utc(store: Store, anybody: TestClient):
    an_issue(store, OPEN)
    assert f"{datetime(2024, 3, 13, 6, tzinfo=UTC):%-d %b %Y %H:%M} UTC" in anybody.get("/briefing/arden/daily-2024-03-12").text
