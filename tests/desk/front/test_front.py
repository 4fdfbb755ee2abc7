"""The frame, macros and modules in a real browser, under the desk's Content Security Policy (the fixture `page` watches it)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

SAMPLES = ("list", "incident", "form", "problem")


def opened(page: Page, name: str) -> None:
    page.goto(f"/{name}")
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_axe_finds_nothing_serious(page, sample, theme):
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=theme)
    opened(page, sample)
    for more in page.locator("summary").all():
        more.click()
    found = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in Axe().run(page).response["violations"]
             if one["impact"] in {"serious", "critical"}]
    assert found == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_nothing_is_wider_than_a_phone(page, sample):
    page.set_viewport_size({"width": 360, "height": 780})
    opened(page, sample)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("sample", SAMPLES)
def test_targets_are_large_enough_for_a_finger(page, sample):
    page.set_viewport_size({"width": 360, "height": 780})
    opened(page, sample)
    small = page.evaluate("""[...document.querySelectorAll('button, summary, select, .button, input:not([type=hidden])')]
        .filter((one) => one.checkVisibility() && !one.closest('.maplibregl-map, .unseen') && !one.closest('label'))
        .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)])
        .filter(([box]) => box.width > 1 && (box.height < 24 || box.width < 24)).map(([, html]) => html)""")
    assert small == []


def test_a_page_weighs_less_than_400_kb_besides_the_map(page):
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    opened(page, "list")
    light = {url: size for url, size in sizes.items() if not any(part in url for part in ("maplibre", "/outlines/", "/data/"))}
    assert sum(light.values()) < 400_000, light


def test_a_field_and_its_words_light_each_other(page):
    opened(page, "incident")
    page.locator("table.ledger tr[data-field=f1]").hover()
    assert page.locator("mark.lit").all_inner_texts() == ["at least 63 people"]
    page.locator("mark[data-for=where]").hover()
    assert page.locator("[data-field=where].lit").count() == 1
    page.locator("[data-field=when]").focus()
    assert page.locator("mark.lit").all_inner_texts() == ["Saturday"]


def test_what_was_clicked_stays_lit_until_escape(page):
    opened(page, "incident")
    page.locator("table.ledger tr[data-field=f1]").click(position={"x": 5, "y": 5})
    page.mouse.move(5, 5)
    assert page.locator("mark.lit").all_inner_texts() == ["at least 63 people"]
    page.keyboard.press("Escape")
    assert page.locator("mark.lit").count() == 0


def test_script_in_a_report_is_words(page):
    opened(page, "incident")
    assert "<script>alert(1)</script>" in page.locator(".report-text").inner_text()
    assert page.locator(".report-text script").count() == 0


def chosen(page: Page) -> tuple[int, int, str]:
    # the browser tells of a selection when it comes to it: the form has the words a moment later
    words = page.evaluate("document.getSelection().getRangeAt(0).toString().trim()")
    assert words
    expect(page.locator("#edit [name=quote]")).to_have_value(words)
    start, end, quote = (page.locator(f"#edit [name={name}]").input_value() for name in ("start", "end", "quote"))
    return int(start), int(end), quote


def test_chosen_words_are_counted_in_code_points(page):
    opened(page, "incident")
    text = page.locator(".report-text").inner_text()
    page.evaluate("""() => {
        const node = [...document.querySelectorAll('.report-text span')].at(-1).firstChild;
        const at = node.data.indexOf('Later');
        document.getSelection().setBaseAndExtent(node, at - 1, node, at + 6);
    }""")
    start, end, quote = chosen(page)
    assert quote == "Later"
    assert text[start:end] == quote   # code points, as the record counts; an emoji, two units to a browser, stands before it


def test_words_over_several_pieces_are_chosen_without_their_white_space(page):
    opened(page, "incident")
    text = page.locator(".report-text").inner_text()
    page.evaluate("""() => {
        const pieces = document.querySelectorAll('.report-text [data-start]');
        document.getSelection().setBaseAndExtent(pieces[4].firstChild, 0, pieces[6].firstChild, 4);
    }""")
    start, end, quote = chosen(page)
    assert quote == "killed at least 63 people in"
    assert text[start:end] == quote


def test_words_are_chosen_by_keyboard_alone(page):
    opened(page, "incident")
    page.get_by_role("button", name="Choose words in the text").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    start, end, quote = chosen(page)
    assert quote
    assert page.locator(".report-text").inner_text()[start:end] == quote
    assert page.evaluate("document.activeElement.hasAttribute('data-choose')")


def test_keys_move_in_a_list_and_press_what_they_name(page):
    opened(page, "list")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.locator(".incident.current").get_attribute("data-incident") == "DTL-412"
    page.keyboard.press("?")
    assert page.locator("#keyboard-help").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.locator("#search-words").input_value() == "jk?"
    assert not page.locator("#keyboard-help").is_visible()


def test_keys_can_be_turned_off_and_stay_so(page):
    opened(page, "list")
    page.locator("details.reader summary").click()
    page.get_by_label("Keyboard shortcuts").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.locator(".incident.current").count() == 0


def test_a_theme_is_kept(page):
    opened(page, "form")
    page.locator("details.reader summary").click()
    page.get_by_label("dark").check()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_times_are_the_readers_own_with_utc_on_hover(page):
    opened(page, "incident")
    shown = page.locator(".history time").first
    assert "14:00" in shown.inner_text()
    assert shown.get_attribute("title") == "22 Nov 2026 09:30 UTC"


def test_dragging_over_days_puts_them_into_the_address(page):
    opened(page, "list")
    box = page.locator("[data-timeline] .u-over").first.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 25, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=2018-*&until=2018-*")


def test_a_click_on_the_map_lists_what_is_there(page):
    opened(page, "list")
    page.locator("[data-map][data-ready]").wait_for()
    page.locator("[data-map] canvas").focus()
    for _ in range(40):                                   # Enter lists what is around the middle; move until there is something
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        if page.locator("[data-map-panel]").is_visible():
            break
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(400)
    panel = page.locator("[data-map-panel]")
    panel.get_by_role("link", name="suicide bombing, Port Verity bus station").first.wait_for()
    assert panel.get_by_role("link").first.get_attribute("href").startswith("/incidents/DTL-")
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"


def test_20_000_incidents_are_drawn_within_seconds(page):
    page.route("**/data/300", lambda route: route.continue_(url=route.request.url.replace("/300", "/20000")))
    began = time.monotonic()
    page.goto("/list")
    page.locator("[data-map][data-ready]").wait_for(timeout=20_000)
    assert time.monotonic() - began < 10                  # 3 s on two busy cores with a software renderer


def test_a_users_own_boundaries_lie_under_the_map(page):
    answers: list[tuple[str, int]] = []
    page.on("response", lambda answer: answers.append((answer.url.rsplit("/", 1)[-1], answer.status)))
    opened(page, "under")
    page.locator("[data-map][data-ready]").nth(1).wait_for()
    assert ("boundaries.geojson", 200) in answers
    assert ("boundaries.pmtiles", 206) in answers         # parts of the archive, not all of it


def test_a_map_of_too_many_asks_again_for_what_is_looked_at(page):
    opened(page, "under")
    page.locator("[data-map][data-ready]").nth(1).wait_for()
    with page.expect_request("**/data/cells?west=*") as asked:
        page.locator("[data-map] canvas").first.focus()
        page.keyboard.press("+")
    assert all(f"&{edge}=" in asked.value.url for edge in ("south", "east", "north", "zoom"))


def test_a_map_follows_the_theme(page):
    opened(page, "list")
    page.locator("[data-map][data-ready]").wait_for()
    page.locator("details.reader summary").click()
    page.get_by_label("dark").check()
    page.wait_for_timeout(1500)                           # the fixture fails for what the map complains of


def test_nothing_is_asked_of_another_machine(page, site):
    opened(page, "list")
    page.locator("[data-map][data-ready]").wait_for()
    assert any("maplibre-gl-worker.mjs" in path for path in site[1])
    assert any("outlines/countries-110m.json" in path for path in site[1])
