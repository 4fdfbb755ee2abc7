"""The desk in a real browser, as an analyst uses it in the first hour (issue 5, "It is done when", 1)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import httpx
import pandas
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

DISPATCH = (
    "KABUL, Jan. 28, 2018 (Lowland Courier) - The number of people killed in Saturday's ambulance bombing in Kabul has risen to "
    "103, the Interior Ministry said on Sunday. The Taliban claimed the attack near Sidarat Square. At least 235 others were "
    "wounded, the ministry said.")


expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


def open_kabul(page: Page, desk: str) -> None:
    """From the overview, by its filter, to the bombing of 27 January 2018."""
    page.goto(desk)
    page.get_by_text("More filters").click()
    page.get_by_role("checkbox", name=re.compile("Afghanistan")).check()
    page.get_by_role("button", name="Show").first.click()
    page.wait_for_url(re.compile("country=AF"))
    page.get_by_role("link", name="suicide bombing, Kabul").first.click()
    page.wait_for_url(re.compile(r"/incidents/DTL-\d+$"))


def wait_for_flash(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait for the page that says `words`, whole: what it says stands above the reports, which may still be on their way."""
    page.locator(".flash", has_text=words).wait_for()
    whole(page)


def whole(page: Page) -> None:
    """Wait until the document that is shown now has loaded; a load state may yet be that of the one before."""
    page.wait_for_function("document.readyState === 'complete'")


def test_filters_stay_in_the_address_and_list_map_and_timeline_show_the_same_set(page: Page, desk: str):
    page.goto(desk)
    everything = page.locator("[data-item]").count()
    page.get_by_text("More filters").click()
    page.get_by_role("checkbox", name=re.compile("Afghanistan")).check()
    page.get_by_role("button", name="Show").first.click()
    page.wait_for_url(re.compile("country=AF"))
    shown = page.locator("[data-item]").count()
    assert 0 < shown < everything
    query = page.url.partition("?")[2]
    points = httpx.get(f"{desk}/data/points?{query}").json()
    days = httpx.get(f"{desk}/data/days?{query}").json()
    assert len(points["points"]) + points["unplaced"] == shown
    assert sum(bar[1] for bar in days["bars"]) + days["undated"] == shown
    page.reload()
    assert page.locator("[data-item]").count() == shown


def test_the_words_of_each_figure_light_up(page: Page, desk: str):
    open_kabul(page, desk)
    rows = page.locator("table.ledger tbody tr")
    assert rows.count() >= 10
    for at in range(rows.count()):
        rows.nth(at).hover()
        lit = page.locator("mark.lit")
        assert lit.count() > 0, rows.nth(at).inner_text()
        number = re.search(r"\d+", rows.nth(at).locator("th").inner_text())
        assert number is not None
        assert any(number.group() in text for text in lit.all_inner_texts())


def test_another_rule_shows_another_toll_and_the_address_keeps_it(page: Page, desk: str):
    page.goto(desk)
    page.get_by_role("link", name="attack, Garissa University").first.click()
    toll = page.locator(".toll-words b").first
    assert toll.inner_text() == "147"
    page.get_by_role("link", name="lowest", exact=True).click()
    page.wait_for_url(re.compile("rule=lowest"))
    assert toll.inner_text() == "151"


def test_a_corrected_figure_is_undone(page: Page, desk: str):
    open_kabul(page, desk)
    before = page.locator(".toll-words b").first.inner_text()
    page.locator("table.ledger tbody tr", has_text="in the toll").first.get_by_role("link", name=re.compile("^Correct")).click()
    panel = page.locator("#correct")
    panel.get_by_label("What it is").fill("at least 104")
    panel.get_by_label("Why", exact=True).fill("the page was updated")
    panel.get_by_role("button", name="Correct", exact=True).click()
    wait_for_flash(page, "Corrected count")
    assert page.locator(".toll-words b").first.inner_text() == "at least 104"
    assert "the page was updated" in page.locator(".history").inner_text()
    page.locator(".flash").get_by_role("button", name=re.compile("Undo")).click()
    wait_for_flash(page, "Took back event")
    assert page.locator(".toll-words b").first.inner_text() == before


def test_words_that_are_chosen_in_a_report_correct_a_field(page: Page, desk: str):
    open_kabul(page, desk)
    page.keyboard.press("e")
    panel = page.locator("#correct")
    panel.get_by_label("Field").select_option("when")
    panel.get_by_label("What it is").fill("2018-01-28")
    mark = page.locator(".report-text mark", has_text="Saturday").first
    mark.scroll_into_view_if_needed()
    mark.dblclick()
    expect(panel.locator("[name=quote]")).to_have_value(re.compile("Saturday"))
    panel.get_by_role("button", name="Correct", exact=True).click()
    wait_for_flash(page, "Corrected when")
    assert "28 Jan 2018" in page.locator("dl.facts").first.inner_text()
    page.keyboard.press("u")
    wait_for_flash(page, "Took back event")


def test_two_incidents_are_merged_and_split_again(page: Page, desk: str):
    open_kabul(page, desk)
    kabul = page.url.rpartition("/")[2]
    reports = page.locator(".report-card").count()
    page.keyboard.press("m")
    merging = page.locator("dialog#merge")
    other = next(one["id"] for one in httpx.get(f"{desk}/api/v1/incidents?country=ML&nature=all").json()["items"])
    merging.get_by_label("The other incident").fill(other)
    merging.get_by_role("button", name="Merge").click()
    wait_for_flash(page, f"Merged {kabul} and {other}")
    assert page.locator(".report-card").count() > reports, page.url
    page.keyboard.press("s")
    splitting = page.locator("dialog#split")
    for box in splitting.get_by_role("checkbox", name=re.compile("Gao")).all():
        box.check()
    splitting.get_by_role("button", name="Split").click()
    wait_for_flash(page, f"off {kabul}")
    assert (page.url.rpartition("/")[2], page.locator(".report-card").count()) == (kabul, reports)


def test_a_pasted_dispatch_joins_the_incident_that_it_tells_of(page: Page, desk: str):
    open_kabul(page, desk)
    kabul = page.url.rpartition("/")[2]
    page.goto(f"{desk}/enter")
    page.get_by_label("Its text").fill(DISPATCH)
    page.get_by_label("Outlet").fill("Lowland Courier")
    page.get_by_role("button", name="Read it").click()
    card = page.locator("section.card").first
    card.wait_for()
    whole(page)
    assert f"already held as {kabul}" in " ".join(card.inner_text().split())
    card.locator("[data-field]", has_text="103").first.hover()
    assert any("103" in text for text in page.locator("mark.lit").all_inner_texts())
    page.get_by_role("button", name="Keep").click()
    page.wait_for_url(re.compile(f"/incidents/{kabul}"))
    assert "Lowland Courier" in page.locator(".reports-side").inner_text()
    held = httpx.get(f"{desk}/api/v1/incidents/{kabul}").json()
    assert any(joined["report"]["outlet"] == "Lowland Courier" for joined in held["accounts"])


def test_what_no_report_tells_is_entered_by_hand_and_found(page: Page, desk: str):
    page.goto(f"{desk}/")
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/enter$"))
    page.get_by_label(re.compile("^Note")).fill("The mayor's office says by phone: at least 12 people died in a bombing in Gao.")
    page.get_by_label("Where it comes from").fill("phone call, mayor's office")
    page.get_by_label("Kind").fill("suicide bomb")
    page.get_by_label("Day of the incident").fill("2019-05-03")
    page.get_by_label("Place").fill("Gao, ML")
    page.get_by_label("Killed").fill("at least 12")
    page.get_by_label("Who counts").fill("mayor's office")
    page.get_by_role("button", name="Enter", exact=True).click()
    page.wait_for_url(re.compile(r"/incidents/DTL-\d+"))
    assert page.locator(".toll-words b").first.inner_text() == "at least 12"
    assert "phone call, mayor's office" in page.locator(".reports-side").inner_text()
    found = httpx.get(f"{desk}/api/v1/incidents", params={"text": "phone", "since": "2019-05-03", "until": "2019-05-03"}).json()
    assert [one["toll"]["killed"]["low"] for one in found["items"]] == [12]


def test_the_queue_is_worked_through_with_the_keyboard_alone(page: Page, desk: str):
    page.goto(f"{desk}/review")
    waiting = page.locator("[data-item]").count()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/incidents/DTL-\d+"))
    page.keyboard.press("a")
    page.get_by_text("Approved").first.wait_for()
    page.goto(f"{desk}/review")
    assert page.locator("[data-item]").count() == waiting - 1


def test_an_edit_of_what_somebody_else_changed_meanwhile_shows_both(page: Page, desk: str, context: object):
    open_kabul(page, desk)
    other = page.context.new_page()
    other.goto(page.url)
    other.keyboard.press("a")
    other.get_by_text("Approved").first.wait_for()
    page.keyboard.press("e")
    panel = page.locator("#correct")
    panel.get_by_label("Field").select_option("nature")
    panel.get_by_label("What it is").fill("crime")
    with page.expect_response(lambda answer: answer.status == 409):
        panel.get_by_role("button", name="Correct", exact=True).click()
    expect(page.locator("main")).to_contain_text("was changed meanwhile")
    expect(page.locator("main")).to_contain_text("crime")


READERS = {
    "csv": lambda path: pandas.read_csv(path), "acled": lambda path: pandas.read_csv(path),
    "ucdp": lambda path: pandas.read_csv(path), "hxl": lambda path: pandas.read_csv(path, skiprows=[1]),
    "xlsx": lambda path: pandas.read_excel(path), "parquet": lambda path: pandas.read_parquet(path),
    "jsonl": lambda path: pandas.read_json(path, lines=True), "plover": lambda path: pandas.read_json(path, lines=True),
    "geojson": lambda path: pandas.json_normalize(json.loads(path.read_text("utf-8")), "features"),
}


def test_the_set_on_the_page_is_exported_in_nine_shapes_and_read_back(page: Page, desk: str, tmp_path: Path):
    page.goto(f"{desk}/?country=AF&until=2018-12-31")
    shown = page.locator("[data-item]").count()
    page.get_by_role("link", name="Export", exact=True).click()
    page.wait_for_url(re.compile("/export"))
    shapes = page.locator("tbody th").all_inner_texts()
    assert sorted(shapes) == sorted(READERS)
    for shape in shapes:
        with page.expect_download() as started:
            page.locator("tr", has=page.locator(f"th:text-is('{shape}')")).get_by_role("link", name="file alone").click()
        path = tmp_path / started.value.suggested_filename
        started.value.save_as(path)
        assert 0 < len(READERS[shape](path)) <= shown, shape
    assert len(READERS["csv"](next(tmp_path.glob("incidents-csv*")))) == shown
