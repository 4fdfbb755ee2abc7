"""Mails as a browser shows them: on a phone 320 px wide and on a screen, in both schemes."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from dateline.publish.brief.html import as_html
from dateline.publish.brief.pictures import pictures_of
from publish.brief.made_briefings import LINKS, a_confirmation, a_hostile_day, a_week, an_empty_day, everything

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow
BRIEFINGS = {"a-week": a_week(), "nothing-new": an_empty_day(), "everything": everything(), "hostile-words": a_hostile_day()}
# Of all words that are shown: the smallest letters (the table's headings aside), and how far they reach to the right.
MEASURE = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = 99, furthest = 0;
  while (walk.nextNode()) {
    const within = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !within.getClientRects().length) continue;
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    furthest = Math.max(furthest, range.getBoundingClientRect().right);
    if (within.tagName !== 'TH') smallest = Math.min(smallest, parseFloat(getComputedStyle(within).fontSize));
  }
  return {smallest, furthest, width: document.documentElement.scrollWidth};
}"""


def shown_mails() -> dict[str, str]:
    mails = {"a-letter": a_confirmation().html}
    for name, briefing in BRIEFINGS.items():
        pictures = pictures_of(briefing)
        html = as_html(briefing, LINKS, pictures)
        for picture in pictures:
            html = html.replace(f"cid:{picture.cid}", "data:image/png;base64," + base64.b64encode(picture.png).decode())
        mails[name] = html
    return mails


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640])
def test_nothing_runs_out_of_the_window_and_all_words_are_large_enough(browser: Browser, width: int, scheme: str):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    for name, html in shown_mails().items():
        page.set_content(html)
        found = page.evaluate(MEASURE)
        assert found["width"] == width, name
        assert found["furthest"] <= width, name
        assert found["smallest"] >= 15, name
    context.close()
    assert asked == [], "a mail asks for nothing"


def test_pictures_are_as_wide_as_the_words(browser: Browser):
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.set_content(shown_mails()["a-week"])
    assert page.evaluate("[...document.images].map((image) => [image.complete, image.width])") == [[True, 288], [True, 288]]
    context.close()
