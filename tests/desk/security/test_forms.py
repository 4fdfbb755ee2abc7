"""What changes something is sent from our own pages, by who may: CSRF, other sites, other names of the host, redirects, roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.records.team import Role
from dateline.settings import Settings
from dateline.store import open_record
from dateline.team import people
from dateline.team.roles import LEAST_ROLE, ROLES, Action, may
from desk.security.conftest import HERE, a_browser, sign_in
from desk.security.crawl import routes_of
from desk.security.hostile import PASSWORD, a_hostile_record
from desk.security.test_crawl import rows_of
from made_desk import csrf_of

AT = datetime(2024, 4, 1, tzinfo=UTC)
ENTERED = {"note": "A call.", "on": "2024-04-01", "kind": "attack", "day": "2024-04-01", "country": "AF", "killed": "1"}
NOTED = {"incident": "DTL-1", "words": "3", "note": "A call.", "date": "2024-04-01"}
API = {"why": "to try"}
# Each route that changes something: what its form or body says, and what the table of roles calls it (None: whoever is signed in,
# for themselves). None of them may be done by whoever may do less.
FORMS: dict[str, tuple[dict[str, str], Action | None]] = {
    "/incidents/{incident}/review": ({"what": "reject", "why": "to try"}, "review"),
    "/incidents/{incident}/confidence": ({"level": "low"}, "review"),
    "/incidents/{incident}/merge": ({"other": "DTL-4"}, "code"),
    "/incidents/{incident}/apart": ({"other": "DTL-4"}, "code"),
    "/incidents/{incident}/split": ({"account": "A-R2"}, "code"),
    "/incidents/{incident}/correct": ({"field": "kind", "value": "attack"}, "code"),
    "/incidents/{incident}/lock": ({}, "code"),
    "/incidents/{incident}/unlock": ({}, "code"),
    "/incidents/{incident}/comments": ({"words": "seen"}, "comment"),
    "/incidents/{incident}/comments/{number}": ({"settled": "true"}, "comment"),
    "/decisions/{event}/undo": ({}, "undo"),
    "/enter/drafts": ({"text": "Nothing happened in Arden on Monday."}, "draft"),
    "/enter/keep": ({"packed": "none"}, "enter"),
    "/enter": (ENTERED, "enter"),
    "/enter/figure": (NOTED, "enter"),
    "/import/plan": ({}, "import"),
    "/import/apply": ({}, "import"),
    "/review/twice/{incident}": ({"kind": "attack"}, "code"),
    "/sources": ({"name": "x-monitor", "why": "to try", "scale": "National"}, "sources"),
    "/editions/mails/again": ({"number": "1"}, "editions"),
    "/people": ({"name": "Zoe", "role": "editor", "password": PASSWORD}, "people"),
    "/people/change": ({"name": "reader", "what": "role", "role": "reader"}, "people"),
    "/account/password": ({"held": "wrong", "password": PASSWORD, "again": PASSWORD}, None),
    "/account/tokens": ({"label": "mine", "role": "editor"}, None),
    "/account/tokens/{number}/revoke": ({}, None),
    "/alerts/{number}/test": ({}, "editions"),             # before there is an alert: nothing is called
    "/alerts/{number}/{what}": ({}, "editions"),
    "/alerts": ({"webhook": "https://hook.example.org/a"}, "editions"),
    "/editions": ({"slug": "zoe", "title": "Zoe", "frequencies": "daily"}, "editions"),
    "/editions/{slug}": ({"title": "Zoe", "frequencies": "daily"}, "editions"),
    "/editions/{slug}/retire": ({"retired": "true"}, "editions"),
    "/editions/{slug}/drafts": ({"frequency": "daily", "day": "2024-03-12"}, "editions"),
    "/editions/{slug}/{name}": ({"do": "save", "seen": "{}"}, "editions"),
    "/editions/{slug}/{name}/send": ({"seen": "none"}, "editions"),
    "/editions/{slug}/{name}/drop": ({"seen": "none"}, "editions"),
    "/editions/subscribers/export": ({}, "subscribers"),
    "/editions/subscribers/import": ({"consent": "to try"}, "subscribers"),
    "/editions/subscribers/invite": ({"edition": "none", "addresses": "zoe@example.org"}, "subscribers"),
    "/editions/subscribers/forget": ({"address": "zoe@example.org"}, "subscribers"),
    "/sign-in": ({"name": "reader", "password": "wrong"}, None),
    "/sign-out": ({}, None),
}
BODIES: dict[str, tuple[dict[str, object], Action]] = {
    "/api/v1/incidents/{incident}/review": ({**API, "what": "accept"}, "review"),
    "/api/v1/incidents/{incident}/confidence": ({**API, "level": "low"}, "review"),
    "/api/v1/incidents/{incident}/correct": ({**API, "field": "kind", "value": "attack"}, "code"),
    "/api/v1/incidents/{incident}/merge": ({**API, "other": "DTL-4"}, "code"),
    "/api/v1/incidents/{incident}/apart": ({**API, "other": "DTL-4"}, "code"),
    "/api/v1/incidents/{incident}/split": ({**API, "accounts": ["A-R2"]}, "code"),
    "/api/v1/decisions/{event}/undo": (API, "undo"),
    "/api/v1/enter": (
        {"entered": {"note": "A call.", "date": "2024-04-01", "outlet": None, "kind": "attack", "country": "AF"}},
        "enter",
    ),
}
# What anybody may send, from anywhere: without account or token of the desk. What proves who they are is in the address.
PUBLIC = {
    "/briefing/sign-up",
    "/briefing/confirm/{token}",
    "/briefing/unsubscribe/{token}",
    "/briefing/preferences/{token}/editions/{slug}",
    "/briefing/preferences/{token}/leave",
    "/briefing/preferences/{token}/resume",
    "/briefing/preferences/{token}/link",
    "/briefing/preferences/{token}/delete",
    "/briefing/alerts/{token}",
    "/briefing/alerts/{token}/{number}/{what}",
}
IDS = {"incident": "DTL-1", "event": "1", "number": "1", "what": "pause", "slug": "open", "name": "weekly-2024-07-02"}
ELSEWHERE = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "http://127.0.0.1:3000"},
    {"origin": HERE, "sec-fetch-site": "same-site"},
)


def filled(path: str) -> str:
    return path.format(**{name: value for name, value in IDS.items() if f"{{{name}}}" in path})


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A record of its own, which tests do change: with a person of each role."""
    held = a_hostile_record(tmp_path_factory.mktemp("forms"))
    with open_record(held.record) as store:
        for role in ROLES:
            people.add_person(store, role, role, PASSWORD, by="tests", at=AT)
    return held


@pytest.fixture(scope="module")
def desks(settings: Settings) -> Iterator[dict[Role, TestClient]]:
    """A browser of a person of each role."""
    found = {}
    for role in ROLES:
        found[role] = a_browser(settings)
        sign_in(found[role], role, PASSWORD)
    yield found
    for one in found.values():
        one.close()


def test_every_route_that_changes_something_is_tried_here(desks: dict[Role, TestClient]):
    changing = {path for method, path in routes_of(desks["editor"].app) if method not in ("GET", "HEAD", "OPTIONS")}
    assert changing == {*FORMS, *BODIES, *PUBLIC}


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", [None, "", "0" * 64, "another's"], ids=["no token", "empty", "made up", "another's"])
def test_a_form_without_the_token_of_its_browser_is_refused(
    desks: dict[Role, TestClient], settings: Settings, path: str, token: str | None
):
    browser, before = desks["editor"], rows_of(Path(settings.record))
    fields = dict(FORMS[path][0])
    if token is not None:
        fields["csrf_token"] = csrf_of(desks["coder"], "/account") if token == "another's" else token
    assert browser.post(filled(path), data=fields).status_code == 403
    assert rows_of(Path(settings.record)) == before


@pytest.mark.parametrize("path", BODIES)
def test_a_body_without_token_or_csrf_token_is_refused(desks: dict[Role, TestClient], settings: Settings, path: str):
    before = rows_of(Path(settings.record))
    assert desks["editor"].post(filled(path), json=BODIES[path][0]).status_code == 403
    assert desks["editor"].post(filled(path), content='{"why": ""}', headers={"content-type": "text/plain"}).status_code in (
        403,
        422,
    )
    assert rows_of(Path(settings.record)) == before


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize("path", ["/incidents/{incident}/comments", "/sign-in", "/sign-out", "/account/tokens", "/people"])
def test_what_a_page_of_another_site_sends_is_refused_even_with_the_token(
    desks: dict[Role, TestClient], settings: Settings, path: str, headers: dict[str, str]
):
    browser = desks["editor"]
    fields = {**FORMS[path][0], "csrf_token": csrf_of(browser, "/account")}
    before = rows_of(Path(settings.record))
    answer = browser.post(filled(path), data=fields, headers=headers)
    assert answer.status_code == 403
    assert rows_of(Path(settings.record)) == before


@pytest.mark.parametrize(
    "headers",
    [{"origin": HERE}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": HERE.upper()}],
    ids=str,
)
def test_what_our_own_page_sends_is_taken(desks: dict[Role, TestClient], headers: dict[str, str]):
    browser = desks["editor"]
    fields = {"words": "seen", "csrf_token": csrf_of(browser, "/account")}
    assert browser.post("/incidents/DTL-1/comments", data=fields, headers=headers).status_code == 303


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8471", "169.254.169.254", ""])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/api/v1/incidents", "/feed.atom", "/static/desk.css"])
def test_another_name_that_leads_here_is_refused(desks: dict[Role, TestClient], host: str, path: str):
    answer = desks["editor"].get(path, headers={"host": host})
    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    "where",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/%0d%0aset-cookie:x=1",
        "/\r\nset-cookie: x=1",
        "http:evil.example",
        "///evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/x/..//evil.example",
    ],
)
def test_nobody_is_sent_to_another_site(settings: Settings, where: str):
    browser = a_browser(settings)
    page = browser.get("/sign-in", params={"next": where})
    answer = browser.post(
        "/sign-in", data={"csrf_token": csrf_of(browser, "/sign-in"), "name": "editor", "password": PASSWORD, "next": where}
    )
    assert answer.status_code == 303
    _stays(answer.headers["location"])
    assert "x=1" not in answer.headers.get("set-cookie", "")
    review = browser.post(
        "/incidents/DTL-1/review",
        data={"csrf_token": csrf_of(browser, "/account"), "what": "query", "to": "coder", "why": "to try", "then": where},
    )
    assert review.status_code == 303
    _stays(review.headers["location"])
    _stays(browser.get("/sign-in", params={"next": where}).headers["location"])
    assert page.status_code == 200


def _stays(location: str) -> None:
    """As a browser reads it: dots taken out first, a backslash as a slash."""
    import httpx

    sent = httpx.URL(f"{HERE}/sign-in").join(location.replace("\\", "/"))
    assert sent.host == "127.0.0.1", location


@pytest.mark.parametrize("path", [path for path, (_, action) in FORMS.items() if action is not None])
def test_each_role_may_do_what_the_table_says(desks: dict[Role, TestClient], path: str):
    fields, action = FORMS[path]
    assert action is not None
    for role in ROLES:
        answer = desks[role].post(filled(path), data={**fields, "csrf_token": csrf_of(desks[role], "/account")})
        assert (answer.status_code != 403) == may(role, action), (role, answer.status_code, answer.text[-400:])


@pytest.mark.parametrize("path", BODIES)
def test_a_token_may_do_what_its_role_may(desks: dict[Role, TestClient], settings: Settings, path: str):
    body, action = BODIES[path]
    for role in ROLES:
        with open_record(settings.record) as store:
            token = people.new_token(store, "tests", role, by="tests", at=AT, person="editor").token
        answer = a_browser(settings).post(filled(path), json=body, headers={"authorization": f"Bearer {token}"})
        assert (answer.status_code != 403) == may(role, action), (role, answer.status_code, answer.text[:400])


def test_a_reader_makes_no_token_that_may_more(desks: dict[Role, TestClient], settings: Settings):
    browser = desks["reader"]
    answer = browser.post("/account/tokens", data={"csrf_token": csrf_of(browser, "/account"), "label": "mine", "role": "editor"})
    assert answer.status_code == 200
    with open_record(settings.record) as store:
        assert [one.role for one in store.team.tokens() if one.person == "reader"] == ["reader"]


@pytest.mark.parametrize("path", ["/people", "/review/twice", "/enter"])
def test_a_reader_does_not_see_pages_of_others(desks: dict[Role, TestClient], path: str):
    assert desks["reader"].get(path).status_code == 403


def test_the_table_names_every_action_that_pages_need():
    assert {action for _, action in [*FORMS.values(), *BODIES.values()] if action} <= set(LEAST_ROLE)
