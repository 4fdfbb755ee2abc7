"""Signing in and out, tokens, and what of them is seen: no session that another chose, nothing in logs, pages or records."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.desk.who import COOKIE
from dateline.settings import Settings
from dateline.store import open_record
from dateline.team import people
from desk.security.conftest import a_browser, sign_in
from desk.security.hostile import settings_of
from made_desk import a_record_of, csrf_of
from made_incidents import a_report, an_account

PASSWORD, AT = "four plain words here", datetime(2024, 4, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record that each test has a copy of: making the hashes of three passwords takes half a second."""
    folder = tmp_path_factory.mktemp("sessions")
    a_record_of(folder / "d.db", [(a_report(), [an_account()], [])], settings_of(folder))
    with open_record(folder / "d.db") as store:
        for name, role in (("Ana", "editor"), ("Ben", "coder"), ("Cem", "reader")):
            people.add_person(store, name, role, PASSWORD, by="tests", at=AT)
    return folder / "d.db"


@pytest.fixture
def settings(tmp_path: Path, made: Path) -> Settings:
    shutil.copy(made, tmp_path / "d.db")
    return settings_of(tmp_path)


@pytest.fixture
def browser(settings: Settings) -> Iterator[TestClient]:
    with a_browser(settings) as client:
        yield client


def cookie_lines(answer: object) -> list[str]:
    return [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{COOKIE}=")]  # type: ignore[attr-defined]


def test_the_seat_before_signing_in_is_not_the_session_after(settings: Settings, browser: TestClient):
    browser.get("/sign-in")
    before = browser.cookies[COOKIE]
    sign_in(browser, "Ana", PASSWORD)
    assert browser.cookies[COOKIE] != before
    attacker = a_browser(settings)
    attacker.cookies.set(COOKIE, before, domain="127.0.0.1")
    assert attacker.get("/").status_code == 303, "who had the browser use a seat of theirs is signed in nowhere"


def test_the_token_of_a_form_from_before_signing_in_holds_no_more(browser: TestClient):
    before = csrf_of(browser, "/sign-in")
    sign_in(browser, "Ana", PASSWORD)
    assert browser.post("/incidents/DTL-1/comments", data={"csrf_token": before, "words": "seen"}).status_code == 403


@pytest.mark.parametrize("value", ["session:made-up", "eyJhIjoxfQ.AAAA", "", "a" * 5000, "\x7f", '"x"'])
def test_a_cookie_that_we_did_not_sign_signs_nobody_in(browser: TestClient, value: str):
    answer = browser.get("/", headers={"cookie": f"{COOKIE}={value}"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
    assert cookie_lines(answer), "the browser gets a seat of our own"


def test_signing_out_ends_the_session_on_the_server(settings: Settings, browser: TestClient):
    sign_in(browser, "Ana", PASSWORD)
    kept = browser.cookies[COOKIE]
    assert browser.post("/sign-out", data={"csrf_token": csrf_of(browser, "/account")}).status_code == 303
    thief = a_browser(settings)
    thief.cookies.set(COOKIE, kept, domain="127.0.0.1")
    assert thief.get("/").status_code == 303


def test_another_password_ends_all_sessions_but_ones_own(settings: Settings, browser: TestClient):
    other = a_browser(settings)
    for one in (browser, other):
        sign_in(one, "Ana", PASSWORD)
    answer = browser.post(
        "/account/password",
        data={
            "csrf_token": csrf_of(browser, "/account"),
            "held": PASSWORD,
            "password": "four other words now",
            "again": "four other words now",
        },
    )
    assert answer.status_code == 303
    assert browser.get("/").status_code == 200
    assert other.get("/").status_code == 303


def test_a_disabled_person_is_out_at_once_and_so_are_their_tokens(settings: Settings, browser: TestClient):
    sign_in(browser, "Ben", PASSWORD)
    with open_record(settings.record) as store:
        token = people.new_token(store, "sync", "coder", by="Ben", at=AT, person="Ben").token
        assert browser.get("/").status_code == 200
        people.disable(store, "Ben", by="Ana", at=AT)
    assert browser.get("/").status_code == 303
    assert browser.get("/api/v1/incidents", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_a_role_that_is_taken_away_is_gone_at_once(settings: Settings, browser: TestClient):
    sign_in(browser, "Ben", PASSWORD)
    assert browser.get("/enter").status_code == 200
    with open_record(settings.record) as store:
        people.set_role(store, "Ben", "reader", by="Ana", at=AT)
    assert browser.get("/enter").status_code == 403


def test_a_session_ends_without_use(settings: Settings, browser: TestClient):
    sign_in(browser, "Ana", PASSWORD)
    with open_record(settings.record) as store, store.writing():
        import sqlalchemy as sa

        with store._write() as connection:
            connection.execute(sa.text("UPDATE session SET expires_at = :past"), {"past": "2001-01-01T00:00:00+00:00"})
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_the_cookie_is_for_our_pages_alone(settings: Settings, scheme: str, is_secure: bool):
    client = TestClient(create_app(settings), base_url=f"{scheme}://127.0.0.1", follow_redirects=False)
    lines = cookie_lines(client.get("/sign-in"))
    sign_in(client, "Ana", PASSWORD)
    lines += [f"{COOKIE}=…; {line}" for line in _sent_at_sign_in(settings, scheme)]
    assert len(lines) == 2
    for line in lines:
        parts = {part.strip().lower() for part in line.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= parts
        assert ("secure" in parts) == is_secure
        assert not any(part.startswith("domain") for part in parts)


def _sent_at_sign_in(settings: Settings, scheme: str) -> list[str]:
    client = TestClient(create_app(settings), base_url=f"{scheme}://127.0.0.1", follow_redirects=False)
    answer = client.post("/sign-in", data={"csrf_token": csrf_of(client, "/sign-in"), "name": "Ana", "password": PASSWORD})
    return [line.partition(";")[2] for line in cookie_lines(answer)]


# Tokens of programs


def test_a_token_that_does_not_hold_opens_nothing(browser: TestClient):
    sign_in(browser, "Ana", PASSWORD)
    for sent in ("Bearer wrong", "Bearer ", "Bearer dtl_" + "x" * 43, "bearer dtl_\u00e9", "Bearer " + "x" * 100_000):
        for path in ("/api/v1/incidents", "/", "/feed.atom", "/export/csv", "/people"):
            answer = browser.get(path, headers={"authorization": sent.encode("utf-8")})
            assert answer.status_code == 401, "not even with a session beside it: the program is told"
            assert "DTL-1" not in answer.text


@pytest.mark.parametrize("what", ["expired", "revoked"])
def test_a_token_that_held_once_opens_nothing(settings: Settings, what: str):
    now = datetime.now(UTC)
    with open_record(settings.record) as store:
        past = now - timedelta(days=2)
        made = people.new_token(
            store, "sync", "reader", by="Ana", at=past, expires_at=past + timedelta(days=1) if what == "expired" else None
        )
        if what == "revoked":
            people.revoke_token(store, made.known.id, by="Ana", at=now)
    answer = a_browser(settings).get("/api/v1/incidents", headers={"authorization": f"Bearer {made.token}"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_is_no_session_and_a_session_no_token(settings: Settings, browser: TestClient):
    sign_in(browser, "Ana", PASSWORD)
    with open_record(settings.record) as store:
        made = people.new_token(store, "sync", "editor", by="Ana", at=AT, person="Ana")
    other = a_browser(settings)
    answer = other.get("/", headers={"authorization": f"Bearer {made.token}"})
    assert answer.status_code == 200
    assert other.get("/").status_code == 303, "what a program sent once is not remembered for the browser"
    assert other.get("/", headers={"authorization": f"Bearer {browser.cookies[COOKIE]}"}).status_code == 401
    kept = a_browser(settings)
    kept.cookies.set(COOKIE, made.token, domain="127.0.0.1")
    assert kept.get("/").status_code == 303


def test_after_so_many_failures_even_the_right_password_waits(settings: Settings, browser: TestClient):
    token = csrf_of(browser, "/sign-in")
    for _ in range(settings.sign_in_failures):
        assert browser.post("/sign-in", data={"csrf_token": token, "name": "Ana", "password": "wrong"}).status_code == 422
    assert browser.post("/sign-in", data={"csrf_token": token, "name": "ANA", "password": PASSWORD}).status_code == 429
    assert browser.post("/sign-in", data={"csrf_token": token, "name": "Ben", "password": PASSWORD}).status_code == 303, (
        "others may"
    )


def test_an_unknown_name_is_answered_as_a_wrong_password(browser: TestClient):
    token = csrf_of(browser, "/sign-in")
    known, unknown = (
        browser.post("/sign-in", data={"csrf_token": token, "name": name, "password": "wrong words here"})
        for name in ("Ana", "Nobody")
    )
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace("Ana", "") == unknown.text.replace("Nobody", "")


# What is seen of secrets


@pytest.mark.a_file(why="the bytes of the file")
def test_no_password_or_token_is_logged_shown_kept_or_printed(
    settings: Settings, browser: TestClient, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    typed = "typed in the wrong field"
    browser.post("/sign-in", data={"csrf_token": csrf_of(browser, "/sign-in"), "name": typed, "password": "a wrong one here"})
    sign_in(browser, "Ana", PASSWORD)
    made = browser.post("/account/tokens", data={"csrf_token": csrf_of(browser, "/account"), "label": "sync", "role": "reader"})
    token = "dtl_" + made.text.partition("dtl_")[2][:43]
    assert made.headers["cache-control"] == "no-store"
    program = a_browser(settings)
    program.get("/api/v1/incidents", headers={"authorization": f"Bearer {token}"})
    program.get("/api/v1/incidents", headers={"authorization": f"Bearer {token}x"})
    program.get("/api/v1/none", headers={"authorization": f"Bearer {token}"})
    browser.post(
        "/people", data={"csrf_token": csrf_of(browser, "/people"), "name": "Ana", "role": "coder", "password": PASSWORD}
    )
    session = browser.cookies[COOKIE]
    seen = [record.getMessage() + str(record.exc_info) for record in caplog.records]
    seen += [browser.get(path).text for path in ("/account", "/people", "/", "/about", "/api/v1/", "/api")]
    with open_record(settings.record) as store:
        seen += [repr(line) for line in store.team.audit(most=100)] + [
            repr(one) for one in (*store.team.tokens(), *store.team.people())
        ]
        seen.append(repr(people.sign_in(store, "Ana", PASSWORD, settings, at=datetime.now(UTC), address=None)))
        seen.append(repr(people.new_token(store, "other", "reader", by="Ana", at=AT)).replace("other", ""))
    secrets = (PASSWORD, typed, token, token.removeprefix("dtl_"), session.partition(".")[0])
    assert not [(secret, line[:200]) for line in seen for secret in secrets if secret in line]
    kept = Path(settings.record).read_bytes() + b"".join(
        path.read_bytes() for path in Path(settings.record).parent.glob("d.db-wal")
    )
    assert not [secret for secret in (PASSWORD, typed, token) if secret.encode() in kept]


def test_addresses_carry_no_secret(browser: TestClient):
    """What addresses say is kept in logs of servers before us, and in browsers' histories."""
    sign_in(browser, "Ana", PASSWORD)
    for path in ("/", "/account", "/people", "/incidents/DTL-1", "/enter", "/search"):
        page = browser.get(path).text
        assert "csrf_token=" not in page
        forms = [form.partition("</form>")[0] for form in page.split("<form")[1:]]
        assert not [form for form in forms if 'method="post"' not in form and "csrf_token" in form], path


def test_the_server_writes_no_access_log(monkeypatch: pytest.MonkeyPatch, settings: Settings):
    import uvicorn

    from dateline.desk import serving

    told: dict[str, object] = {}

    class Config:
        def __init__(self, app: object, **given: object) -> None:
            told.update(given)

    class Server:
        def __init__(self, config: object) -> None: ...
        def run(self, sockets: object) -> None: ...

    monkeypatch.setattr(uvicorn, "Config", Config)
    monkeypatch.setattr(uvicorn, "Server", Server)
    from dataclasses import replace

    serving.serve(replace(settings, desk_port=0), ready=lambda address: None)
    assert told["access_log"] is False
    assert told["proxy_headers"] is False, "an address that whoever asks made up must not count as theirs"
    assert told["server_header"] is False
