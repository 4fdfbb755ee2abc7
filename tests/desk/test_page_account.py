"""Signing in and out of the desk, accounts, tokens: who gets in, and that nothing gives them in by another way."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from dateline.desk.who import COOKIE, is_ours
from dateline.store import open_record
from dateline.team import people
from made_desk import a_desk, csrf_of, post, text_of
from made_incidents import a_report, an_account

PASSWORD = "four made up words"
NOON = datetime(2024, 3, 15, 12, tzinfo=UTC)
TOLD = [(a_report(), [an_account()], [])]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Hashes of a test need not be slow."""
    monkeypatch.setattr(people, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    people._nobodys_hash.cache_clear()
    yield
    people._nobodys_hash.cache_clear()


@pytest.fixture
def record(tmp_path):
    return tmp_path / "d.db"


@pytest.fixture
def desk(record):
    """A desk of two: Ana, an editor, and Bo, a reader; nobody is signed in."""
    browser = a_desk(record, TOLD)
    with open_record(record) as store:
        people.add_person(store, "Ana", "editor", PASSWORD, by="cli", at=NOON)
        people.add_person(store, "Bo", "reader", PASSWORD, by="cli", at=NOON)
    return browser


def sign_in(browser: TestClient, name="Ana", password=PASSWORD, next="/"):
    return post(browser, "/sign-in", "/sign-in", name=name, password=password, next=next)


@pytest.mark.parametrize("page", ["/", "/incidents/DTL-1", "/groups", "/countries", "/sources", "/search?text=port", "/about",
                                  "/account", "/people", "/reports/R1", "/review", "/enter"])
def test_whoever_is_not_signed_in_is_asked_to_on_every_page(desk, page):
    answer = desk.get(page)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("address", ["/data/days", "/data/points", "/feed.atom", "/countries/XA/feed.atom"])
def test_programs_that_send_no_token_are_told_so(desk, address):
    answer = desk.get(address)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="dateline"')
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_desk_without_accounts_asks_for_nothing(record):
    assert a_desk(record, TOLD).get("/account").status_code == 200


def test_signing_in_leads_back_to_the_page_that_was_asked_for(desk):
    asked = desk.get("/incidents/DTL-1?rule=lowest").headers["location"]
    assert asked == "/sign-in?next=%2Fincidents%2FDTL-1%3Frule%3Dlowest"
    assert 'value="/incidents/DTL-1?rule=lowest"' in desk.get(asked).text
    done = sign_in(desk, next="/incidents/DTL-1?rule=lowest")
    assert (done.status_code, done.headers["location"]) == (303, "/incidents/DTL-1?rule=lowest")
    assert desk.get("/account").status_code == 200


@pytest.mark.parametrize("url",
                         ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/\t/elsewhere.example",
                                 "javascript:alert(1)", "", "/\n/elsewhere.example", "/a\\b"])
def test_nobody_is_sent_elsewhere_after_signing_in(desk, url):
    assert not is_ours(url)
    assert sign_in(desk, next=url).headers["location"] == "/"


def test_signing_in_gives_the_browser_another_seat(desk):
    desk.get("/sign-in")
    before = desk.cookies[COOKIE]
    old = csrf_of(desk, "/sign-in")
    sign_in(desk)
    assert desk.cookies[COOKIE] != before
    assert csrf_of(desk, "/account") != old
    stale = TestClient(desk.app, base_url="http://127.0.0.1", cookies={COOKIE: before}, follow_redirects=False)
    assert stale.get("/account").status_code == 303, "the seat of before opens nothing"


def test_signing_out_ends_the_session_on_the_server(desk):
    sign_in(desk)
    kept = desk.cookies[COOKIE]
    assert post(desk, "/sign-out", "/account").headers["location"] == "/sign-in"
    desk.cookies.set(COOKIE, kept, domain="127.0.0.1")
    assert desk.get("/account").status_code == 303


def test_a_form_of_another_site_signs_nobody_in_or_out(desk):
    assert desk.post("/sign-in", data={"name": "Ana", "password": PASSWORD}).status_code == 403
    sign_in(desk)
    assert desk.post("/sign-out", data={"csrf_token": "0" * 64}).status_code == 403
    assert desk.get("/account").status_code == 200


def test_a_disabled_person_is_out_at_once(desk, record):
    sign_in(desk, "Bo")
    assert desk.get("/account").status_code == 200
    with open_record(record) as store:
        people.disable(store, "Bo", by="Ana", at=NOON)
    assert desk.get("/account").status_code == 303


def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(desk):
    wrong, unknown = sign_in(desk, password="some other words"), sign_in(desk, "Nobody")
    assert wrong.status_code == unknown.status_code == 422
    assert "the name or the password is wrong" in text_of(wrong.text)
    assert "the name or the password is wrong" in text_of(unknown.text)
    assert "some other words" not in wrong.text


def test_many_failures_lock_the_name_out_for_a_while(desk):
    for _ in range(5):
        sign_in(desk, password="some other words")
    assert (answer := sign_in(desk)).status_code == 429
    assert "too many failures" in text_of(answer.text)


def test_a_new_password_ends_other_sessions_and_keeps_this_one(desk):
    other = TestClient(desk.app, base_url="http://127.0.0.1", follow_redirects=False)
    sign_in(desk)
    sign_in(other)
    done = post(desk, "/account/password", "/account", held=PASSWORD, password="another four words", again="another four words")
    assert done.headers["location"] == "/account"
    assert desk.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


@pytest.mark.parametrize(("held", "new", "again", "said"), [
    pytest.param("not mine at all", "another four words", "another four words", "that is not the password you have", id="wrong"),
    pytest.param(PASSWORD, "another four words", "another for words", "this is not what was written above", id="mistyped"),
    pytest.param(PASSWORD, "2 few words", "2 few words", "a password has 12 to", id="poor"),
])
def test_a_password_that_cannot_be_changed_says_why(desk, held, new, again, said):
    sign_in(desk)
    done = post(desk, "/account/password", "/account", held=held, password=new, again=again)
    assert done.status_code == 422
    assert said in text_of(done.text)
    assert new not in done.text


def test_a_token_is_shown_once_and_opens_the_desk_to_a_program(desk):
    sign_in(desk)
    made = post(desk, "/account/tokens", "/account", label="map <b>", role="reader", days="30")
    token = text_of(made.text).partition("dtl_")[2].split()[0]
    assert made.headers["cache-control"] == "no-store"
    page = desk.get("/account").text
    assert token not in page
    assert "map &lt;b&gt;" in page
    program = TestClient(desk.app, base_url="http://127.0.0.1", follow_redirects=False,
                         headers={"authorization": f"Bearer dtl_{token}"})
    assert program.get("/data/days").status_code == 200
    assert program.post("/incidents/DTL-1/review",
                        data={"what": "accept"}).status_code == 403, "a reader's token approves nothing"
    post(desk, "/account/tokens/1/revoke", "/account")
    assert program.get("/data/days").status_code == 401


def test_a_token_does_no_more_than_its_person_may(desk):
    sign_in(desk, "Bo")
    made = post(desk, "/account/tokens", "/account", label="more", role="editor", days="30")
    assert "what a reader may" in text_of(made.text)


def test_nobody_revokes_anothers_token(desk, record):
    with open_record(record) as store:
        people.new_token(store, "Ana's", "editor", by="Ana", at=NOON, person="Ana")
    sign_in(desk, "Bo")
    assert post(desk, "/account/tokens/1/revoke", "/account").status_code == 404


def test_no_password_or_token_is_logged(desk, caplog):
    caplog.set_level(logging.DEBUG)
    sign_in(desk, password="some other words")
    sign_in(desk)
    assert "some other words" not in caplog.text
    assert PASSWORD not in caplog.text
    assert desk.cookies[COOKIE] not in caplog.text


def test_editors_keep_the_accounts(desk):
    sign_in(desk)
    assert post(desk, "/people", "/people", name="Cy", role="coder", password="five words nobody guesses").status_code == 303
    assert post(desk, "/people/change", "/people", name="Cy", what="role", role="editor").status_code == 303
    assert post(desk, "/people/change", "/people", name="Bo", what="disable").status_code == 303
    shown = text_of(desk.get("/people").text)
    assert "Cy editor" in shown
    assert "Bo disabled reader" in shown
    assert "added as coder" in shown, "the audit log says what was done"


def test_the_only_editor_cannot_be_taken_away(desk):
    sign_in(desk)
    done = post(desk, "/people/change", "/people", name="Ana", what="disable")
    assert (done.status_code, "is the only editor" in text_of(done.text)) == (409, True)


def test_a_reader_does_not_see_the_accounts(desk):
    sign_in(desk, "Bo")
    assert desk.get("/people").status_code == 403
    assert "/people" not in desk.get("/account").text


def test_the_first_person_of_a_desk_is_an_editor(record):
    browser = a_desk(record, TOLD)
    done = post(browser, "/people", "/people", name="Bo", role="reader", password=PASSWORD)
    assert "the first person of a desk is an editor" in text_of(done.text)
    assert post(browser, "/people", "/people", name="Bo", role="editor", password=PASSWORD).status_code == 303
    assert browser.get("/people").headers["location"].startswith("/sign-in")
