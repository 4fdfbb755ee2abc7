"""Whatever a report, a register or a person wrote: harmless on every page, feed and export, and nobody's private name in any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient

from dateline.settings import Settings
from dateline.store import open_record, schema
from desk.security.addresses import addresses
from desk.security.crawl import crawl, texts_in, wrong_with
from desk.security.hostile import HOUSE, HOUSE_LON, MINOR, SUSPECT, VICTIM, WITNESS

STARTS = (
    "/",
    "/incidents/DTL-1",
    "/incidents/DTL-3",
    "/review/twice/DTL-1",
    "/reports/R3",
    "/groups/x-front",
    "/countries/AF",
    "/sources",
    "/search?text=buried",
    "/about",
    "/people",
    "/api",
    "/editions",
    "/briefing",
)


@dataclass(frozen=True)
class Asked:
    """All addresses, each asked for once. before, after: the rows of the record."""

    answers: Mapping[str, httpx.Response]
    before: Mapping[str, list[tuple[object, ...]]]
    after: Mapping[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def asked(hostile: Settings, browser: TestClient) -> Asked:
    browser.get("/")
    before = rows_of(Path(hostile.record))
    answers = {address: browser.get(address) for address in addresses(browser.app)}
    return Asked(answers, before, rows_of(Path(hostile.record)))


def test_nothing_that_was_written_is_run_or_named_at_any_address(asked: Asked):
    assert not {address: wrong for address, answer in asked.answers.items() if (wrong := wrong_with(answer))}


@pytest.mark.slow
def test_all_that_pages_lead_to_is_there_and_harmless(browser: TestClient):
    _check_crawl(browser, of_a_shape=12)


def _check_crawl(browser: TestClient, of_a_shape: int) -> None:
    found, lost = {}, []
    for address, answer in crawl(browser, STARTS, of_a_shape=of_a_shape):
        if wrong := wrong_with(answer):
            found[address] = wrong
        if answer.status_code in (404, 422):
            lost.append(address)
    assert not found
    assert not lost, "links that lead nowhere"


@pytest.mark.parametrize("name", [VICTIM, WITNESS, SUSPECT, MINOR, HOUSE])
def test_searching_for_a_withheld_name_shows_no_report_and_no_words(browser: TestClient, name: str):
    asked = quote(name)
    page = browser.get(f"/search?text={asked}").text
    shown = page.partition("<main")[2]
    assert "/reports/" not in shown, "that it stands in a report is told too"
    found = browser.get(f"/api/v1/search?text={asked}").json()
    assert name.split()[-1].lower() not in str(found).lower()


def test_the_point_of_a_shelter_is_in_no_answer(asked: Asked):
    told = {
        address: list(texts_in(answer.content, answer.headers.get("content-type", "").partition(";")[0]))
        for address, answer in asked.answers.items()
    }
    assert not [address for address, texts in told.items() if any(str(HOUSE_LON) in text for text in texts)]


def test_reading_changes_nothing(asked: Asked):
    assert asked.after == asked.before


def rows_of(record: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the record but those that say when somebody was here last."""
    names = [table.name for table in schema.metadata.sorted_tables if table.name not in ("visit", "session")]
    with open_record(record) as store, store._read() as connection:
        # as the driver gives them: to put forty queries together takes longer than to answer them
        return {name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr) for name in names}
