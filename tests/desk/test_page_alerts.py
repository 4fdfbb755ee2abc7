"""Pages of alerts: editors make webhooks; a subscriber, by the link in their mails, their own."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from alerts.made_alerts import NOW, SETTINGS, a_subscriber, a_watch, set_state, tell
from dateline.alerts.calls import Answer
from dateline.alerts.telling import tell_changes
from dateline.desk.pages import alerts as page
from dateline.desk.pages.alerts import MOST_OF_SUBSCRIBER
from dateline.records.briefing import Coverage
from dateline.store import open_record
from dateline.team import people
from made_desk import a_desk, csrf_of, post, text_of

PASSWORD = "four made up words"
HOOK = "https://hook.example.org/a/very-secret-path"


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


@pytest.fixture
def desk(store, tmp_path):
    return a_desk(tmp_path / "d.db", public_url="https://desk.example.org")


@pytest.fixture
def mira(store):
    return a_subscriber(store)


@pytest.fixture
def own(mira):
    return f"/briefing/alerts/{mira.token}"


# Editors


def test_a_webhook_is_made_and_its_secret_shown_once(desk, store):
    answer = post(desk, "/alerts", "/alerts", webhook=HOOK, country="ML", killed="10")
    assert answer.status_code == 200
    [made] = store.watches.all()
    assert (made.webhook, made.coverage, made.by, made.name) == (HOOK, Coverage(countries=("ML",), killed=10), "Ana",
                                                                "Mali; at least 10 killed")
    assert len(made.secret) >= 43
    assert made.secret in answer.text
    assert answer.headers["cache-control"] == "no-store"
    shown = desk.get("/alerts").text
    assert made.secret not in shown
    assert "very-secret-path" not in shown
    assert "hook.example.org" in shown


def test_what_is_wrong_with_a_webhook_is_told_at_its_field_and_nothing_lost(desk, store):
    answer = post(desk, "/alerts", "/alerts", webhook="http://hook.example.org", country="Nowhere", province="<b>Gao</b>")
    assert answer.status_code == 422
    assert store.watches.all() == []
    assert "begins with https://" in html.unescape(answer.text)
    assert "&lt;b&gt;Gao&lt;/b&gt;" in answer.text
    assert "<b>Gao" not in answer.text


def test_a_watch_is_paused_resumed_and_deleted(desk, store):
    a_watch(store, name="hook")
    for what, paused in (("pause", True), ("resume", False)):
        assert post(desk, f"/alerts/1/{what}", "/alerts").status_code == 303
        assert store.watches.get(1).paused is paused
    assert post(desk, "/alerts/1/delete", "/alerts").status_code == 303
    assert store.watches.all() == []
    assert post(desk, "/alerts/1/delete", "/alerts").status_code == 404
    assert [line.what for _, line in store.team.audit()] == ["deleted an alert", "resumed an alert", "paused an alert"]


@pytest.mark.parametrize(("answer", "words"), [
    (Answer(200, "200 OK: <i>taken</i>"), "answered the test call: 200 OK: <i>taken</i>"),
    (Answer(500, "500 Internal Server Error"), "answered the test call: 500"),
    (Answer(None, "no answer in time"), "The test call failed: no answer in time"),
])
def test_a_test_call_says_what_came_back(desk, store, monkeypatch, answer, words):
    a_watch(store, name="hook", webhook=HOOK)
    sent = []
    monkeypatch.setattr(page, "post", lambda *args: sent.append(args) or answer)
    assert post(desk, "/alerts/1/test", "/alerts").status_code == 303
    shown = desk.get("/alerts").text
    assert words in html.unescape(shown)
    assert "<i>" not in shown
    assert sent[0][0] == HOOK
    assert '"event":"test"' in sent[0][2]


def test_what_was_told_last_is_listed(desk, store, mira):
    a_watch(store, mira, name="Everything there is")
    tell(store)
    tell_changes(store, SETTINGS, NOW)
    words = text_of(desk.get("/alerts").text)
    assert "Everything there is DTL-1 first" in words


def test_without_public_url_the_page_says_that_nothing_is_told(tmp_path):
    assert "public_url is empty" in a_desk(tmp_path / "d.db").get("/alerts").text


def test_a_form_from_elsewhere_is_refused(desk, store):
    assert desk.post("/alerts", data={"webhook": HOOK}).status_code == 403
    token = csrf_of(desk, "/alerts")
    assert desk.post("/alerts", data={"csrf_token": token, "webhook": HOOK},
                     headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert store.watches.all() == []


def test_only_editors_see_alerts(desk, store, monkeypatch):
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobodys_hash.cache_clear()
    now = datetime.now(UTC)
    people.add_person(store, "Ana", "editor", PASSWORD, by="cli", at=now)
    people.add_person(store, "Bo", "coder", PASSWORD, by="cli", at=now)
    assert desk.get("/alerts").status_code == 303
    post(desk, "/sign-in", "/sign-in", name="Bo", password=PASSWORD)
    assert desk.get("/alerts").status_code == 403
    people._nobodys_hash.cache_clear()


# Subscribers


def test_a_subscriber_makes_pauses_and_deletes_their_own(desk, store, mira, own):
    assert desk.post(own, data={"country": "ML", "province": "Gao", "killed": "3", "affected": ["school"]}).status_code == 303
    [made] = store.watches.of(mira.id)
    assert (made.name, made.provinces, made.webhook) == ("Gao, Mali; school; at least 3 killed", ("ML:Gao",), None)
    assert "Gao, Mali; school; at least 3 killed" in text_of(desk.get(own).text)
    for what, paused in (("pause", True), ("resume", False)):
        assert desk.post(f"{own}/{made.id}/{what}").headers["location"].startswith(own)
        assert store.watches.get(made.id).paused is paused
    assert desk.post(f"{own}/{made.id}/delete").status_code == 303
    assert store.watches.of(mira.id) == []


def test_a_subscriber_sets_no_webhook(desk, store, mira, own):
    desk.post(own, data={"country": "ML", "webhook": HOOK})
    assert [one.webhook for one in store.watches.all()] == [None]


def test_nobody_has_more_than_twenty(desk, store, mira, own):
    for number in range(MOST_OF_SUBSCRIBER):
        assert desk.post(own, data={"country": "ML", "name": f"{number}"}).status_code == 303
    assert desk.post(own, data={"country": "ML"}).status_code == 422
    assert len(store.watches.of(mira.id)) == MOST_OF_SUBSCRIBER
    assert '<button type="submit" class="main">' not in desk.get(own).text


def test_anothers_alert_is_out_of_reach(desk, store, own):
    other = a_watch(store, a_subscriber(store, "bo@example.org"))
    hook = a_watch(store, name="hook")
    for number in (other.id, hook.id, 99):
        answer = desk.post(f"{own}/{number}/delete")
        assert (answer.status_code, "you have no such alert" in answer.text) == (404, True)
    assert len(store.watches.all()) == 2


@pytest.mark.parametrize("state", ["unconfirmed", "suspended", "unsubscribed"])
def test_a_link_of_whoever_is_not_confirmed_opens_nothing(desk, store, mira, own, state):
    set_state(store, mira, state)
    assert desk.get(own).status_code == 404
    assert desk.post(own, data={"country": "ML"}).status_code == 404
    assert store.watches.all() == []


def test_a_link_that_nobody_has_opens_nothing(desk, own):
    assert desk.get("/briefing/alerts/guessed").status_code == 404


def test_the_page_of_a_subscriber_needs_no_script_and_tells_nobody_where_it_is(desk, own):
    answer = desk.get(own)
    assert "<script" not in answer.text
    assert "csrf_token" not in answer.text
    assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("no-store", "noindex")
    ids = set(re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', answer.text))
    assert ids <= set(re.findall(r'<label for="([^"]+)"', answer.text))


def test_what_is_sent_is_shown_escaped_and_kept(desk, own):
    answer = desk.post(own, data={"country": "ML", "lat": "north", "province": '"><script>alert(1)</script>'})
    assert answer.status_code == 422
    assert "<script" not in answer.text
    assert "the latitude is a number from -90 to 90" in answer.text
    assert 'value="ML" selected' in answer.text


def test_a_form_longer_than_any_of_ours_is_refused(desk, store, own):
    assert desk.post(own, data={"country": "ML", "name": "x" * 70_000}).status_code == 413
    assert desk.post(own, data={"country": ["ML"] * 200}).status_code == 413
    assert store.watches.all() == []
