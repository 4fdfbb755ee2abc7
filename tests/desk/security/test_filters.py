"""Whatever is asked: never a fault, never more than all there is, never a change. Filters, orders, cursors, searches, ids."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.desk.asked import Asked
from dateline.settings import Settings
from desk.security.crawl import routes_of
from desk.security.test_crawl import rows_of

INJECTED = (
    "' OR '1'='1",
    "'; DROP TABLE incident; --",
    '" OR ""="',
    "') OR 1=1 --",
    "1; ATTACH DATABASE '/tmp/x' AS x",
    "%' OR 1=1 --",
    "_%",
    "%",
    "\\",
    "' UNION SELECT body FROM account --",
    "text:a OR b",
    "NEAR(a b)",
    "a NOT b",
    "^a",
    "a*",
    "*",
    '"',
    '"a',
    "{a b}: c",
    "report_id:R1",
    "a AND (b",
    "-a",
    "+a",
    "(",
    ")",
    ":",
    'title : "x"',
    "a\x00b",
    "\x00",
    "\u202e",
    "\ud800",
    "\U0001f4a5",
    "%00",
    "${7*7}",
    "{{7*7}}",
    "a" * 5_000,
    "0",
    "-1",
    "1e999",
    "NaN",
    "9" * 40,
    "DTL-" + "9" * 40,
    "2024-02-30",
    "0000-00-00",
    "10000-01-01",
    "2024-03-12T99:00",
    "null",
    "[]",
    "{}",
    "true",
    " ",
)
FIELDS = tuple(Asked.model_fields)
LISTS = ("/api/v1/incidents", "/api/v1/accounts", "/api/v1/figures")
PAGES = ("/", "/review", "/data/points", "/data/days", "/feed.atom", "/export")
OTHER = {
    "/api/v1/statements": ("group", "attribute", "after", "most"),
    "/api/v1/reports": ("outlet", "language", "extracted", "after", "most"),
    "/api/v1/groups": ("text",),
    "/api/v1/sources": ("text",),
    "/api/v1/search": ("text", "most"),
    "/api/v1/changes": ("after", "whole", "most"),
    "/search": ("text",),
    "/groups": ("text",),
    "/sources": ("text",),
    "/data/headlines": ("number",),
    "/export/csv": ("id", "rule"),
    "/review/twice": ("after",),
    "/people": ("before",),
    "/data/points": ("west", "south", "east", "north", "zoom"),
    "/sign-in": ("next",),
    "/reports/R1/text": ("incident",),
    "/api/v1/incidents/DTL-1": ("rule", "attribution"),
    "/countries/AF/2024-03": ("after", "most"),
}
CLEAR = (200, 301, 303, 304, 400, 404, 410, 422)
FEW = settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=1_500, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", autouse=True)
def _nothing_changes(hostile: Settings, browser: TestClient):
    browser.get("/")
    before = rows_of(Path(hostile.record))
    yield
    assert rows_of(Path(hostile.record)) == before


def query(name: str, value: str) -> str:
    """As a browser sends it; half a pair as the bytes that some programs make of it."""
    return f"{quote(name, errors='surrogatepass')}={quote(value, safe='', errors='surrogatepass')}"


@pytest.mark.parametrize("field", FIELDS)
def test_no_value_of_a_filter_is_taken_for_sql_or_for_the_language_of_the_search(browser: TestClient, field: str):
    most = _total(browser, "/api/v1/incidents", "")
    for value in INJECTED:
        answer = browser.get(f"/api/v1/incidents?{query(field, value)}")
        assert answer.status_code in CLEAR, (field, value, answer.text[:300])
        assert "sqlite" not in answer.text.lower(), "nobody is told of the database"
        if answer.status_code == 200:
            assert answer.json()["total"] <= most


@pytest.mark.parametrize("field", ["province", "assigned_to", "text"])
@pytest.mark.parametrize("value", ["' OR '1'='1", "%", "_%", "*", '" OR ""="', "x' UNION SELECT 1 --"])
def test_a_value_that_nothing_has_finds_nothing(browser: TestClient, field: str, value: str):
    answer = browser.get(f"/api/v1/incidents?{query(field, value)}")
    assert answer.status_code in (200, 422)
    if answer.status_code == 200 and not (field == "text" and not any(char.isalnum() for char in value)):
        assert answer.json()["total"] == 0


@pytest.mark.parametrize("path", dict.fromkeys([*PAGES, *LISTS, *OTHER]))
def test_no_other_parameter_breaks_a_page_or_list(browser: TestClient, path: str):
    for field in OTHER.get(path, ("text", "after", "changed_since")):
        for value in INJECTED:
            answer = browser.get(f"{path}?{query(field, value)}")
            assert answer.status_code in CLEAR, (path, field, value, answer.text[:300])


def test_no_id_in_an_address_breaks_anything(browser: TestClient):
    paths = {path for method, path in routes_of(browser.app) if method == "GET" and "{" in path}
    for path in sorted(paths):
        for value in INJECTED:
            address = path
            while "{" in address:
                address = address.partition("{")[0] + quote(value, safe="", errors="surrogatepass") + address.partition("}")[2]
            answer = browser.get(address, params={"incident": "DTL-1"} if path.endswith("/text") else None)
            assert answer.status_code in (*CLEAR, 405), (address, answer.status_code, answer.text[:300])


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ("since=2024-13-01", "since"),
        ("precision=9", "precision"),
        ("kind=picnic", "kind"),
        ("country=Nowhere", "country"),
        ("group=nobody", "group"),
        ("most=0", "most"),
        ("most=1000000", "most"),
        ("order=random", "order"),
        ("review=done", "review"),
        ("surely=perhaps", "surely"),
        ("origins=-1", "origins"),
        ("changed_since=yesterday", "changed_since"),
        ("side_killed=them", "side_killed"),
    ],
)
def test_an_impossible_filter_is_named(browser: TestClient, parameters: str, names: str):
    for path in ("/", "/api/v1/incidents", "/feed.atom", "/export/csv", "/data/points"):
        answer = browser.get(f"{path}?{parameters}")
        assert answer.status_code == 422, path
        assert names in answer.text, path
        if path.startswith(("/api", "/data", "/feed")):
            assert answer.headers["content-type"] == "application/problem+json"


def test_a_span_that_ends_before_it_begins_finds_nothing_or_says_so(browser: TestClient):
    answer = browser.get("/api/v1/incidents?since=2024-05-01&until=2024-04-01&surely=true")
    assert answer.status_code == 422 or answer.json()["total"] == 0


def test_a_cursor_of_another_list_is_refused(browser: TestClient):
    cursor = browser.get("/api/v1/incidents?most=1").json()["after"]
    for path in ("/api/v1/incidents?order=killed", "/api/v1/accounts?", "/api/v1/reports?", "/api/v1/changes?"):
        answer = browser.get(f"{path}&{urlencode({'after': cursor})}")
        assert answer.status_code in (200, 400, 422), path


@pytest.mark.parametrize(
    "parameters",
    [
        "&".join(f"x{number}=1" for number in range(6_000)),
        "&".join(["country=AF"] * 5_000),
        "text=" + "a" * 60_000,
        "&" * 60_000,
        "=" * 60_000,
        "id=DTL-1&" * 2_000,
    ],
)
def test_so_many_parameters_are_refused_or_taken(browser: TestClient, parameters: str):
    for path in ("/", "/api/v1/incidents", "/export/csv", "/search"):
        assert browser.get(f"{path}?{parameters}").status_code in (200, 400, 414, 422), path


def _total(browser: TestClient, path: str, parameters: str) -> int:
    return int(browser.get(f"{path}?{parameters}").json()["total"])


# Asked at random

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(INJECTED),
    st.sampled_from(["AF", "attack", "x-front", "unreviewed", "all", "2024-03-12", "1"]),
)
asked = st.lists(st.tuples(st.sampled_from(FIELDS), words), max_size=6)


def _ask(browser: TestClient, parameters: list[tuple[str, str]]) -> None:
    sent = "&".join(query(name, value) for name, value in parameters)
    for path in (*LISTS, *PAGES):
        answer = browser.get(f"{path}?{sent}")
        assert answer.status_code in CLEAR, (path, parameters, answer.text[:300])
    answer = browser.get(f"/api/v1/incidents?{sent}")
    if answer.status_code == 200:
        assert answer.json()["total"] <= _total(browser, "/api/v1/incidents", "nature=all")
        assert len(answer.json()["items"]) <= 200


@given(parameters=asked)
@example(parameters=[("text", '"a'), ("after", "eyJ9")])
@FEW
def test_filters_at_random_never_break_a_page(browser: TestClient, parameters: list[tuple[str, str]]):
    _ask(browser, parameters)


@pytest.mark.slow
@given(parameters=asked)
@MANY
def test_many_filters_at_random_never_break_a_page(browser: TestClient, parameters: list[tuple[str, str]]):
    _ask(browser, parameters)


@given(
    cursor=st.one_of(
        st.text(max_size=60),
        st.binary(max_size=40).map(lambda raw: raw.hex()),
        st.recursive(
            st.one_of(st.none(), st.integers(), st.text(max_size=5), st.floats(allow_nan=False)), st.lists, max_leaves=5
        ).map(json.dumps),
    )
)
@FEW
def test_cursors_at_random_are_refused_clearly(browser: TestClient, cursor: str):
    import base64

    for value in (cursor, base64.urlsafe_b64encode(cursor.encode("utf-8", "replace")).decode().rstrip("=")):
        for path in (*LISTS, "/api/v1/statements", "/api/v1/reports", "/api/v1/changes", "/", "/countries/AF/2024-03"):
            assert browser.get(f"{path}?{query('after', value)}").status_code in CLEAR, (path, value)
