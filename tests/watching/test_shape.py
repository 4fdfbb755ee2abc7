"""When the pages of a feed no longer give what they used to."""

from __future__ import annotations

import pytest

from dateline.records.watching import Shape
from dateline.watching.shape import ADOPTED, FEWEST, IN_A_ROW, NO_ARTICLE, PageSeen, has_changed, next_shape

USUAL = PageSeen(3000, True, True)


def after(*pages: PageSeen, shape: Shape = Shape()) -> Shape:      # noqa: B008  frozen
    for page in pages:
        shape = next_shape(shape, page)
    return shape


KNOWN = after(*[USUAL] * 20)


@pytest.mark.parametrize(("page", "why"), [
    pytest.param(PageSeen(0, False, False), NO_ARTICLE, id="no-article"),
    pytest.param(PageSeen(300, True, True), "its articles have 300 characters, where 3,000 were usual", id="a-tenth-of-the-text"),
    pytest.param(PageSeen(3000, False, True), "its pages have no title any more", id="no-title"),
    pytest.param(PageSeen(3000, False, False), "its pages have no title and no date any more", id="neither"),
])
def test_pages_unlike_the_others_are_a_change_when_there_are_some_in_a_row(page, why):
    assert not has_changed(after(*[page] * (IN_A_ROW - 1), shape=KNOWN))
    changed = after(*[page] * IN_A_ROW, shape=KNOWN)
    assert has_changed(changed)
    assert changed.why == why


@pytest.mark.parametrize("page", [
    pytest.param(PageSeen(900, True, True), id="a-third-of-the-text-is-a-short-report"),
    pytest.param(PageSeen(60_000, True, True), id="a-long-one"),
])
def test_pages_like_the_others_change_nothing(page):
    assert not has_changed(after(*[page] * IN_A_ROW, shape=KNOWN))


def test_one_usual_page_ends_it():
    assert not has_changed(after(*[PageSeen(0, False, False)] * 10, USUAL, shape=KNOWN))


def test_what_odd_pages_give_is_not_learnt_as_usual():
    assert after(*[PageSeen(100, True, True)] * 10, shape=KNOWN).chars == KNOWN.chars


def test_after_many_the_new_shape_is_the_usual_one():
    short = PageSeen(400, True, False)
    assert not has_changed(after(*[short] * (ADOPTED + FEWEST + IN_A_ROW), shape=KNOWN))


def test_no_article_at_all_never_becomes_usual():
    assert has_changed(after(*[PageSeen(0, False, False)] * (3 * ADOPTED), shape=KNOWN))


def test_a_site_that_never_had_dates_lacks_none():
    undated = PageSeen(3000, True, False)
    assert not has_changed(after(*[undated] * 40))


def test_few_pages_tell_no_shape():
    assert not has_changed(after(*[USUAL] * (FEWEST - 1), *[PageSeen(10, False, False)] * IN_A_ROW))
