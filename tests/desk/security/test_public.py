"""What is open to whoever has no account: exactly the pages of the briefing and the form to sign in, without a cookie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.desk.public import is_briefing, is_public
from dateline.desk.serving import hosts_of
from dateline.errors import SettingsError
from dateline.settings import Settings
from desk.security.addresses import addresses_of
from desk.security.conftest import HERE, a_browser, sign_in
from desk.security.crawl import routes_of
from desk.security.hostile import EDITOR, PASSWORD, a_hostile_record
from desk.security.test_crawl import rows_of

PUBLIC = {
    ("GET", "/healthz"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/briefing"),
    ("GET", "/briefing/{slug}"),
    ("GET", "/briefing/{slug}/feed.atom"),
    ("GET", "/briefing/{slug}/{name}"),
    ("GET", "/briefing/{slug}/{name}/map.png"),
    ("GET", "/briefing/{slug}/{name}/timeline.png"),
    ("GET", "/briefing/sign-up"),
    ("POST", "/briefing/sign-up"),
    ("GET", "/briefing/confirm/{token}"),
    ("POST", "/briefing/confirm/{token}"),
    ("GET", "/briefing/unsubscribe/{token}"),
    ("POST", "/briefing/unsubscribe/{token}"),
    ("GET", "/briefing/preferences/{token}"),
    ("GET", "/briefing/preferences/{token}/data.json"),
    ("GET", "/briefing/preferences/{token}/delete"),
    ("POST", "/briefing/preferences/{token}/delete"),
    ("GET", "/briefing/preferences/{token}/editions/{slug}"),
    ("POST", "/briefing/preferences/{token}/editions/{slug}"),
    ("POST", "/briefing/preferences/{token}/leave"),
    ("POST", "/briefing/preferences/{token}/resume"),
    ("POST", "/briefing/preferences/{token}/link"),
    ("GET", "/briefing/alerts/{token}"),
    ("POST", "/briefing/alerts/{token}"),
    ("POST", "/briefing/alerts/{token}/{number}/{what}"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return a_hostile_record(tmp_path_factory.mktemp("public"))


@pytest.fixture
def anybody(settings: Settings) -> Iterator[TestClient]:
    """A browser in which nobody is signed in."""
    with a_browser(settings) as client:
        yield client


def is_refused(answer: object) -> bool:
    status, to = answer.status_code, answer.headers.get("location", "")  # type: ignore[attr-defined]
    return status == 401 or (status == 303 and to.startswith("/sign-in"))


def test_exactly_these_routes_are_answered_where_nobody_is_signed_in(anybody: TestClient):
    """Forms are sent whole, so that none is refused for want of a field."""
    from desk.security.test_forms import BODIES, FORMS

    answered = set()
    for method, path in routes_of(anybody.app):
        address = addresses_of(path)[0]
        body = {"json": BODIES[path][0]} if path in BODIES else {"data": FORMS[path][0]} if path in FORMS else {}
        answer = anybody.request(method, address, **({} if method == "GET" else body))
        # a form without its token is refused before it is asked who sends it
        if not is_refused(answer) and not (answer.status_code == 403 and path in {*FORMS, *BODIES}):
            answered.add((method, path))
    assert answered | {("POST", "/sign-in")} == PUBLIC


def test_one_function_says_which_these_are(anybody: TestClient):
    told = {(method, path) for method, path in routes_of(anybody.app) if is_public(path)}
    assert told == PUBLIC


@pytest.mark.parametrize(
    "path",
    [
        "/briefings", "/briefing-x", "/Briefing", "/BRIEFING/open", "//briefing", "/x/briefing", "/editions", "/api/v1/briefings",
        "/sign-in/", "/sign-in/x", "/static", "", "/", "/incidents/briefing", "/countries/AF/briefing/", "/%62riefing",
    ],
)
def test_what_only_looks_like_it_is_not_public(path: str):
    assert not is_public(path)


@pytest.mark.parametrize(
    "path",
    [
        "/briefing/../incidents/DTL-1", "/briefing/%2e%2e/incidents/DTL-1", "/briefing/..%2f..%2fpeople", "/briefing//people",
        "/briefing/open/../../people", "/countries/AF/..%2f..%2fbriefing%2f", "/incidents/DTL-1?x=/briefing/",
        "/incidents/DTL-1#/briefing/", "/briefing/open/daily-2024-07-02/../../../review", "/briefing;/incidents/DTL-1",
    ],
)
def test_no_spelling_of_an_address_leads_past_it(anybody: TestClient, path: str):
    from desk.security.test_paths import ask_raw

    for one in (path, path.replace("..", "%2e%2e")):
        status, body = ask_raw(anybody, one)
        assert status in (303, 401, 404, 422), one
        assert b"DTL-1" not in body or status == 404


@pytest.mark.parametrize("host", ["127.0.0.1:/briefing/?", "127.0.0.1:80/briefing?", "127.0.0.1:/briefing/#"])
def test_no_name_of_a_host_leads_past_it(anybody: TestClient, host: str):
    answer = anybody.get("/incidents/DTL-1", headers={"host": host})
    assert answer.status_code == 400 or is_refused(answer)


def test_a_public_page_sets_no_cookie_whoever_opens_it(settings: Settings, anybody: TestClient):
    signed_in = a_browser(settings)
    sign_in(signed_in, EDITOR, PASSWORD)
    for method, path in PUBLIC:
        if not is_briefing(path):
            continue
        for address in addresses_of(path):
            for browser in (anybody, signed_in):
                assert "set-cookie" not in browser.request(method, address).headers, address
    assert not anybody.cookies


def test_a_public_page_does_not_say_who_is_signed_in(settings: Settings):
    signed_in = a_browser(settings)
    sign_in(signed_in, EDITOR, PASSWORD)
    for path in ("/briefing", "/briefing/open", "/briefing/open/daily-2024-07-02", "/briefing/none"):
        page = signed_in.get(path).text
        assert "csrf" not in page, path
        assert "/sign-out" not in page, path
        assert "<script" not in page, path


def test_what_a_token_for_programs_is_worth_nothing_does_to_a_public_page(anybody: TestClient):
    assert anybody.get("/briefing/open", headers={"authorization": "Bearer none"}).status_code == 200
    assert anybody.get("/briefing/closed", headers={"authorization": "Bearer none"}).status_code == 404


def test_looking_changes_nothing_by_get_or_head(settings: Settings, anybody: TestClient):
    before = rows_of(Path(settings.record))
    for method, path in PUBLIC:
        if method == "GET":
            for address in addresses_of(path):
                assert anybody.head(address).content == b""
                anybody.get(address)
    assert rows_of(Path(settings.record)) == before


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://mail.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {}],
    ids=str,
)
def test_a_mail_service_unsubscribes_with_any_origin_without_cookie_or_redirect(
    settings: Settings, anybody: TestClient, headers: dict[str, str]
):
    """RFC 8058: one POST, whoever sends it."""
    from dateline.store import open_record
    from dateline.subscribing.links import unsubscribe_token
    from desk.kept_issues import a_subscriber

    with open_record(settings.record) as store:
        edition = store.editions.get("open")
        assert edition is not None
        one = a_subscriber(store, edition, f"reader{len(str(headers))}@example.org")
        token = unsubscribe_token(one, "open")
        answer = anybody.post(f"/briefing/unsubscribe/{token}", data={"List-Unsubscribe": "One-Click"}, headers=headers)
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert store.subscribers.choices(one.id, "open") is None


# By which name it is called


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://desk.example.org", "desk.example.org"), ("https://Desk.Example.org:8443/x/", "desk.example.org"),
        ("http://[2001:db8::1]:80", "[2001:db8::1]"),
    ],
)
def test_the_name_of_public_url_is_taken(url: str, name: str):
    assert name in hosts_of(replace(Settings(), public_url=url))


@pytest.mark.parametrize("url", ["desk.example.org", "https://", "ftp://desk.example.org", "https://[::1"])
def test_a_public_url_that_is_no_address_is_told_before_anything_is_served(url: str):
    with pytest.raises(SettingsError, match="PUBLIC_URL"):
        hosts_of(replace(Settings(), public_url=url))


def test_links_begin_with_public_url_whatever_server_stands_before_us(settings: Settings):
    """That server speaks https to readers and http to us."""
    behind = replace(settings, public_url="https://desk.example.org/")
    with TestClient(create_app(behind, hosts=hosts_of(behind)), base_url=HERE) as client:
        feed = client.get("/briefing/open/feed.atom", headers={"host": "desk.example.org"}).text
        page = client.get("/briefing/open/daily-2024-07-02", headers={"host": "desk.example.org"}).text
        mark = client.get("/briefing/open/daily-2024-07-02.md", headers={"host": "desk.example.org"}).text
    assert 'href="https://desk.example.org/briefing/open/daily-2024-07-02"' in feed
    assert "http://desk.example.org" not in feed + mark
    assert "https://desk.example.org/briefing/open/daily-2024-07-02" in page
    assert "(<https://desk.example.org/briefing/open/daily-2024-07-02>)" in mark
