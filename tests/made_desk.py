"""A desk over a small record that is made in memory, for tests of its pages: real records, invented news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.extract import Extraction
from dateline.job import run as run_job
from dateline.records import Account, GroupStatement, Report
from dateline.settings import Settings
from dateline.store import open_record

Told = tuple[Report, Sequence[Account], Sequence[GroupStatement]]
CSRF = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


def a_record_of(path: Path, told: Sequence[Told], settings: Settings | None = None) -> Path:
    """A record at `path` as a run leaves it that read these reports and found these accounts and statements in them."""
    found = {report.id: Extraction(tuple(accounts), tuple(statements)) for report, accounts, statements in told}

    def read(source: object, **_: Any) -> Iterator[Report]:
        yield from (report for report, _, _ in told)

    def extract_all(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
        for report in reports:
            yield report, found[report.id]

    with open_record(path) as store:
        run_job(["made"], store, settings or Settings(), on_problem=print, read=read, extract_all=extract_all)
    return path


def a_desk(path: Path, told: Sequence[Told] = (), **settings: Any) -> TestClient:
    """A browser at the desk of that record; redirects are not followed."""
    held = Settings(record=str(path), user="Ana", **settings)
    if told:
        a_record_of(path, told, held)
    return TestClient(create_app(held), base_url="http://127.0.0.1", follow_redirects=False)


def csrf_of(browser: TestClient, page: str) -> str:
    """The token that the forms of `page` carry."""
    found = CSRF.search(browser.get(page).text)
    assert found, f"{page} has no form"
    return found[1]


def post(browser: TestClient, url: str, page: str, **fields: str) -> httpx.Response:
    """Send a form that stands on `page`."""
    return browser.post(url, data={"csrf_token": csrf_of(browser, page), **fields})


def text_of(page: str) -> str:
    """What a reader of the page reads: its words with one space between."""
    import html

    inside = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split())
