"""Each page of the desk, as axe judges it (WCAG 2.2 AA): nothing serious, on a desktop and on a phone, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tools.desk_screenshots import SIZES, THEMES, pages_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
REFLOW = 320                      # pixels, to which a page must fit without scrolling both ways (WCAG 1.4.10)
SERIOUS = {"serious", "critical"}


def serious_in(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found if one["impact"] in SERIOUS for node in one["nodes"]]


def test_every_page_fits_into_a_narrow_phone(browser: Browser, desk: str):
    context = browser.new_context(viewport={"width": REFLOW, "height": 700})
    page = context.new_page()
    wider = {}
    for name, path in pages_of(desk).items():
        page.goto(desk + path)
        page.wait_for_timeout(300)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > REFLOW:
            wider[name] = width
    context.close()
    assert wider == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_serious_and_nothing_runs_out_of_the_page(browser: Browser, desk: str, size: str, theme: str):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong = []
    for name, path in pages_of(desk).items():
        page.goto(desk + path)
        page.wait_for_timeout(300)
        wrong += [f"{name}: {one}" for one in serious_in(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append(f"{name}: wider than the page")
    context.close()
    assert wrong == []
