"""The editors' pages of the briefing: editions made and changed, drafts arranged, approved, sent, dropped; never unseen."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from dateline.desk.headers import OF_A_MAIL
from dateline.records.briefing import Coverage
from dateline.records.mailing import Edits, Issue
from dateline.store import Store, open_record
from desk.kept_issues import AT, INVITED, OPEN, a_subscriber, an_issue
from made_desk import a_desk, csrf_of, text_of
from made_incidents import a_report, an_account
from publish.brief.made_briefings import a_briefing, a_full_day, an_item

NAME = "/editions/arden/daily-2024-03-12"
FORM = {"title": "Arden, day by day", "frequencies": ["daily", "weekly"], "zone": "UTC", "hour": "6", "weekday": "0"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_record(tmp_path / "d.db") as store:
        yield store


@pytest.fixture
def desk(store: Store) -> Iterator[TestClient]:
    """The one person of a desk without accounts, who is its editor."""
    with a_desk(Path(store.name)) as client:
        yield client


def seen_on(desk: TestClient, page: str, form: str = "") -> str:
    """The hidden field `seen` of the form of that page which is posted to `form`; of its first one where none is named."""
    part = desk.get(page).text.partition(f'action="{form or page}"')[2]
    found = re.search(r'name="seen" value="([^"]*)"', part)
    assert found, f"{page} has no such form"
    return html.unescape(found[1])


def send(desk: TestClient, url: str, page: str, **fields: Any) -> httpx.Response:
    return desk.post(url, data={"csrf_token": csrf_of(desk, page), **fields})


def press(desk: TestClient, do: str, seen: str | None = None, **fields: str) -> httpx.Response:
    """A button of the draft's form."""
    return send(desk, NAME, NAME, do=do, seen=seen_on(desk, NAME) if seen is None else seen, **fields)


def held(store: Store) -> Issue:
    found = store.editions.issue("arden", "daily", date(2024, 3, 12))
    assert found is not None
    return found


# Editions


def test_the_first_page_says_what_there_is_and_what_waits(store: Store, desk: TestClient):
    store.editions.keep(replace(OPEN, coverage=Coverage(countries=("ML",))), AT)
    store.editions.keep(replace(INVITED, retired=True), AT)
    a_subscriber(store, OPEN)
    an_issue(store, OPEN, state="draft")
    words = text_of(desk.get("/editions").text)
    assert "Waiting for an editor" in words
    assert "countries: Mali" in words
    assert re.search(r"Arden, day by day .* UTC\b.* 1\b", words)
    assert "retired" in words
    assert desk.get("/").text.count('href="/editions"') == 1, "the menu leads here"


def test_an_edition_is_made_with_all_that_it_can_have(store: Store, desk: TestClient):
    answer = send(desk, "/editions", "/editions", slug="mali-weekly", title="Mali, weekly", about="What reports tell of Mali.",
                  countries=["ML", "NE"], regions="Western Africa", kinds=["attack"], affected=["aid worker"], killed="3",
                  groups="Islamic State Khorasan\n", frequencies="weekly", zone="Africa/Bamako", hour="7", weekday="4",
                  is_open="false", by_itself="true")
    assert answer.status_code == 303, text_of(answer.text)[:400]
    made = store.editions.get("mali-weekly")
    assert made is not None
    assert made.coverage == Coverage(
        ("Western Africa",), ("ML", "NE"), ("islamic-state-khorasan",), ("attack",), ("aid worker",), 3)
    assert (made.zone, made.hour, made.weekday, made.is_open, made.by_itself) == ("Africa/Bamako", 7, 4, False, True)
    page = desk.get("/editions/mali-weekly").text
    assert "Fridays at 07:00" in page
    assert re.search(r'value="ML" checked', page)


@pytest.mark.parametrize(("field", "value", "said"), [
    ("slug", "Mali Weekly", "slug"), ("slug", "mails", "slug"), ("slug", "sign-up", "slug"), ("title", "", "title"),
    ("zone", "Mars/Olympus", "Africa/Bamako"), ("countries", "XX", "country"), ("regions", "Narnia", "region"),
    ("kinds", "picnic", "kind"), ("affected", "nobody", "affected"), ("groups", "no such group", "no such group"),
    ("killed", "many", "killed"), ("killed", "-1", "killed"), ("killed", "٣", "killed")])
def test_what_an_edition_cannot_have_is_told_and_nothing_of_the_form_is_lost(
        store: Store, desk: TestClient, field: str, value: str, said: str):
    given = {**FORM, "slug": "arden", "about": "Kept words.", field: value}
    answer = send(desk, "/editions", "/editions", **given)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert "Kept words." in answer.text
    assert store.editions.all() == []


def test_an_edition_is_changed_and_its_address_never(store: Store, desk: TestClient):
    store.editions.keep(OPEN, AT)
    answer = send(desk, "/editions/arden", "/editions/arden", **{**FORM, "title": "Arden daily", "slug": "other"},
                  seen=seen_on(desk, "/editions/arden"))
    assert answer.status_code == 303
    changed = store.editions.get("arden")
    assert changed is not None
    assert changed.title == "Arden daily"
    assert store.editions.get("other") is None


def test_two_editors_of_one_edition_the_later_sees_what_is_there_now(store: Store, desk: TestClient):
    store.editions.keep(OPEN, AT)
    seen = seen_on(desk, "/editions/arden")
    first = send(desk, "/editions/arden", "/editions/arden", **{**FORM, "title": "By Ben"}, seen=seen)
    later = send(desk, "/editions/arden", "/editions/arden", **{**FORM, "title": "By Cem"}, seen=seen)
    assert (first.status_code, later.status_code) == (303, 409)
    words = text_of(later.text)
    assert "changed this edition since you opened the form" in words
    assert "Title: now By Ben , you sent By Cem" in words
    kept = store.editions.get("arden")
    assert kept is not None
    assert kept.title == "By Ben"


def test_an_edition_is_retired_and_taken_up_again(store: Store, desk: TestClient):
    store.editions.keep(OPEN, AT)
    for retired in ("true", "false"):
        answer = send(desk, "/editions/arden/retire", "/editions/arden", retired=retired,
                      seen=seen_on(desk, "/editions/arden", "/editions/arden/retire"))
        assert answer.status_code == 303
        one = store.editions.get("arden")
        assert one is not None
        assert one.retired == (retired == "true")


def test_a_draft_is_made_for_a_day_that_was(tmp_path: Path):
    with a_desk(tmp_path / "d.db", [(a_report(), [an_account()], [])]) as desk, open_record(tmp_path / "d.db") as store:
        store.editions.keep(OPEN, AT)
        day = a_report().written.latest
        assert day is not None
        for said in ("is made.", "was there already."):
            answer = send(desk, "/editions/arden/drafts", "/editions/arden", frequency="daily", day=day.isoformat())
            assert answer.headers["location"] == f"/editions/arden/daily-{day}"
            assert said in html.unescape(desk.get(answer.headers["location"]).text)
        [issue] = store.editions.issues("arden")
        assert issue.state == "draft"
        assert [item.incident for item in issue.briefing.items] == ["DTL-1"]


@pytest.mark.parametrize("fields", [
    {"frequency": "weekly", "day": "2024-03-12"}, {"frequency": "daily", "day": "2999-01-01"},
    {"frequency": "hourly", "day": "2024-03-12"}, {"frequency": "daily", "day": "soon"}])
def test_a_draft_that_cannot_be_is_refused(store: Store, desk: TestClient, fields: dict[str, str]):
    store.editions.keep(replace(OPEN, frequencies=("daily",)), AT)
    assert send(desk, "/editions/arden/drafts", "/editions/arden", **fields).status_code in (409, 422)
    assert store.editions.issues("arden") == []


# Drafts


def test_a_draft_is_shown_to_be_arranged_as_web_page_text_and_mail(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_full_day(), state="draft")
    for view in ("", "?as=draft", "?as=web", "?as=text"):
        words = text_of(desk.get(NAME + view).text)
        assert "At least 151 injured, the Health Ministry said." in words, view
        assert "Hawk Wire" in words


def test_items_are_moved_left_out_and_told_again_without_a_script(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_briefing(an_item(1), an_item(2), an_item(3)), state="draft")
    assert press(desk, "up DTL-2").headers["location"] == f"{NAME}#item-DTL-2"
    assert held(store).edits.order == ("DTL-2", "DTL-1", "DTL-3")
    press(desk, "drop DTL-3")
    assert held(store).edits.dropped == ("DTL-3",)
    press(desk, "keep DTL-3")
    press(desk, "down DTL-2")
    assert held(store).edits == Edits(order=("DTL-1", "DTL-2", "DTL-3"))


def test_every_button_keeps_the_notes_that_were_written(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_briefing(an_item(1), an_item(2)), state="draft")
    press(desk, "drop DTL-2", **{"note": "Few\r\nreports.", "note:DTL-1": "Disputed."})
    assert held(store).edits == Edits(dropped=("DTL-2",), notes=(("DTL-1", "Disputed."),), note="Few reports.")
    press(desk, "save", **{"note": "", "note:DTL-1": ""})
    assert held(store).edits == Edits(dropped=("DTL-2",))


def test_two_editors_of_one_draft_the_later_sees_what_changed_and_what_they_meant(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_briefing(an_item(1, heading="Shelling, Arden"), an_item(2, heading="Attack, Bara")), state="draft")
    seen = seen_on(desk, NAME)
    assert press(desk, "drop DTL-1", seen).status_code == 303
    later = press(desk, "drop DTL-2", seen, note="My note.")
    assert later.status_code == 409
    words = text_of(later.text)
    assert "Ana changed this issue since you opened the page" in words
    assert "meanwhile: Left out: Shelling, Arden" in words
    assert "about to do: Left out: Attack, Bara Note above all: My note." in words
    assert held(store).edits == Edits(dropped=("DTL-1",))


def test_approved_it_can_be_sent_and_a_change_takes_the_approval_back(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_briefing(an_item(1), an_item(2)), state="draft")
    assert f'action="{NAME}/send"' not in desk.get(NAME).text
    press(desk, "approve", note="Seen by two.")
    assert (held(store).state, held(store).by, held(store).edits.note) == ("approved", "Ana", "Seen by two.")
    press(desk, "drop DTL-1")
    assert held(store).state == "draft"


def test_sending_puts_it_on_the_web_and_queues_a_mail_for_each_subscriber(store: Store, desk: TestClient):
    an_issue(store, OPEN, state="draft")
    a_subscriber(store, OPEN)
    press(desk, "approve")
    assert desk.get("/briefing/arden/daily-2024-03-12").status_code == 404
    seen = seen_on(desk, NAME, f"{NAME}/send")
    assert send(desk, f"{NAME}/send", NAME, seen=seen).status_code == 303
    assert held(store).state == "issued"
    assert desk.get("/briefing/arden/daily-2024-03-12").status_code == 200
    assert "1 queued" in text_of(desk.get(NAME).text)
    again = desk.post(f"{NAME}/send", data={"csrf_token": csrf_of(desk, "/editions"), "seen": seen})
    assert again.status_code == 409
    assert store.editions.mails_of(held(store).id) == {"queued": 1}, "nobody gets two"


def test_what_somebody_changed_since_is_not_sent(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_briefing(an_item(1), an_item(2)), state="draft")
    press(desk, "approve")
    seen = seen_on(desk, NAME, f"{NAME}/send")
    press(desk, "drop DTL-1")
    press(desk, "approve")
    assert send(desk, f"{NAME}/send", NAME, seen=seen).status_code == 409
    assert held(store).state == "approved"


def test_a_draft_is_not_sent_before_it_is_approved(store: Store, desk: TestClient):
    an_issue(store, OPEN, state="draft")
    seen = seen_on(desk, NAME, f"{NAME}/drop")
    assert send(desk, f"{NAME}/send", NAME, seen=seen).status_code == 409
    assert held(store).state == "draft"


def test_a_dropped_issue_is_never_out(store: Store, desk: TestClient):
    an_issue(store, OPEN, state="draft")
    assert send(desk, f"{NAME}/drop", NAME, seen=seen_on(desk, NAME, f"{NAME}/drop")).status_code == 303
    assert held(store).state == "dropped"
    page = desk.get(f"{NAME}?as=draft").text
    assert "/send" not in page
    assert 'value="approve"' not in page


@pytest.mark.parametrize("state", ["issued", "dropped"])
def test_what_is_out_or_dropped_is_changed_no_more(store: Store, desk: TestClient, state: Any):
    an_issue(store, OPEN, state=state)
    answer = desk.post(NAME, data={"csrf_token": csrf_of(desk, "/editions"), "do": "drop DTL-412", "seen": "{}"})
    assert answer.status_code == 409
    assert held(store).edits == Edits()


@pytest.mark.parametrize("fields", [
    {"do": "drop DTL-99"}, {"do": "explode"}, {"do": "up"}, {"do": ""}, {"seen": ""}, {"seen": "[]"}, {"seen": '{"order": 1}'},
    {"do": "up DTL-99"}, {"note": "x" * 2_001}, {"note:DTL-412": "x" * 2_001}], ids=range(10))
def test_what_no_form_of_ours_sends_changes_nothing(store: Store, desk: TestClient, fields: dict[str, str]):
    an_issue(store, OPEN, state="draft")
    answer = send(desk, NAME, NAME, **{"do": "save", "seen": seen_on(desk, NAME), **fields})
    assert answer.status_code == 409
    assert held(store).edits == Edits()


def test_an_item_of_a_thousand_can_be_moved(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_briefing(*(an_item(number) for number in range(1_200))), state="draft")
    notes = {f"note:DTL-{number}": "Noted." for number in range(1_200)}
    assert press(desk, "up DTL-1199", **notes).status_code == 303
    assert held(store).edits.order[-2:] == ("DTL-1199", "DTL-1198")
    assert len(held(store).edits.notes) == 1_200


# The mail


def test_a_mail_is_looked_at_under_a_policy_that_lets_nothing_run_or_load(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_full_day(), state="draft")
    answer = desk.get(f"{NAME}/mail")
    assert answer.headers["content-security-policy"] == OF_A_MAIL
    assert answer.headers["x-frame-options"] == "DENY"
    assert "style=" in answer.text
    assert 'src="data:image/png;base64,' in answer.text
    assert "cid:" not in answer.text
    assert "<script" not in answer.text


def test_a_mail_that_is_looked_at_unsubscribes_nobody(store: Store, desk: TestClient):
    an_issue(store, OPEN, a_full_day(), state="draft")
    a_subscriber(store, OPEN)
    assert not re.search(r'href="[^"]*/briefing/(unsubscribe|preferences)', desk.get(f"{NAME}/mail").text)


def test_no_other_page_has_that_policy(store: Store, desk: TestClient):
    an_issue(store, OPEN, state="draft")
    for path in (NAME, f"{NAME}?as=web", "/editions", "/briefing", "/editions/arden/none/mail"):
        assert "unsafe-inline" not in desk.get(path).headers["content-security-policy"]
