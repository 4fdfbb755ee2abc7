"""A briefing as an HTML mail."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import LayoutError
from dateline.publish.brief.frame import ALLEGED, NOTHING_NEW, shown
from dateline.publish.brief.html import MOST_BYTES, as_html
from dateline.publish.brief.links import Links
from dateline.publish.brief.mail import mail_of
from dateline.publish.brief.pictures import pictures_of
from dateline.records.briefing import Briefing, Line
from publish.brief.made_briefings import (
    HOSTILE,
    LINKS,
    ROOT,
    a_briefing,
    a_full_day,
    a_hostile_day,
    a_week,
    an_empty_day,
    an_item,
    everything,
)
from publish.brief.mail_lint import faults, text_of

BRIEFINGS = {
    "a-full-day": a_full_day(),
    "a-week": a_week(),
    "nothing-new": an_empty_day(),
    "five-lines": a_briefing(length="five lines"),
    "everything": everything(),
    "hostile-words": a_hostile_day(),
}


def html_of(briefing: Briefing, links: Links = LINKS) -> str:
    return as_html(briefing, links, pictures_of(briefing))


@pytest.mark.parametrize("briefing", BRIEFINGS.values(), ids=BRIEFINGS)
def test_outlook_and_gmail_show_it_as_it_is_meant(briefing):
    assert faults(html_of(briefing)) == []


@pytest.mark.parametrize("length", ["one page", "everything"])
def test_it_is_under_100_kb_with_its_pictures_for_one_page_and_without_for_everything(length):
    briefing = a_week() if length == "one page" else everything(60)
    pictures = pictures_of(briefing) if length == "one page" else ()
    assert len(as_html(briefing, LINKS, pictures).encode()) + sum(len(picture.png) for picture in pictures) < 100_000


def test_sixty_items_are_all_shown():
    shown_ = lxml.html.document_fromstring(html_of(everything(60)))
    assert len(shown_.findall(".//h3")) == 60


def test_what_would_be_cut_by_gmail_is_left_to_the_page_and_counted():
    html = html_of(everything(400, left_out=3))
    kept = len(lxml.html.document_fromstring(html).findall(".//h3"))
    assert len(html.encode()) <= MOST_BYTES
    assert 60 < kept < 400
    assert f"{403 - kept} more items on the web: {LINKS.page}" in text_of(html)
    assert faults(html) == []


def test_one_item_too_many_would_have_been_too_large():
    html = html_of(everything(400))
    kept = len(lxml.html.document_fromstring(html).findall(".//h3"))
    assert len(html.encode()) > MOST_BYTES - 3 * len(html.encode()) / kept


def test_words_without_end_are_cut_rather_than_sent():
    item = an_item(lines=tuple(Line("x" * 10_000) for _ in range(200)))
    html = html_of(a_briefing(item, an_item(413)))
    assert len(html.encode()) <= MOST_BYTES
    assert "2 more items on the web" in text_of(html)


def test_numbers_come_first_then_pictures_then_sections():
    text = text_of(html_of(a_full_day()))
    told = [
        "Daily briefing, 12 March 2024", "5 new incidents in 2 countries", "Telephone lines", "New incidents", "Western Africa",
        "Suicide bombing, Port Verity", "Eastern Africa", "What changed in earlier incidents", "Claims of responsibility",
        "Said of armed groups", "What stays uncertain", "7 more items", "Alleged:", "2 incidents are not told here",
        "To protect people: 3 names withheld", "Unsubscribe"]
    assert [text.index(words) for words in told] == sorted(text.index(words) for words in told)


def test_each_item_leads_to_its_page_and_each_sentence_names_its_outlets():
    html = html_of(a_full_day())
    assert f'href="{ROOT}/incidents/DTL-412"' in html
    assert "said. [Hawk Wire, The Bara Courier, Radio Selde]" in text_of(html)


def test_an_alleged_incident_is_marked_and_the_mark_is_explained():
    text = text_of(html_of(a_full_day()))
    assert "Air strike, near Oarewyn, Arden, 12 Mar 2024 alleged" in " ".join(text.replace("\xa0", " ").split())
    assert ALLEGED in text
    assert ALLEGED not in text_of(html_of(a_briefing()))


def test_links_are_the_real_addresses():
    tree = lxml.html.document_fromstring(html_of(a_briefing()))
    assert [link.get("href") for link in tree.iter("a")] == [f"{ROOT}/incidents/DTL-412", LINKS.page, LINKS.preferences,
                                                              LINKS.unsubscribe]


def test_an_empty_day_says_so_and_keeps_its_links():
    html = html_of(an_empty_day())
    assert NOTHING_NEW in text_of(html)
    assert LINKS.unsubscribe is not None
    assert LINKS.unsubscribe in html


def test_pictures_are_in_the_mail_and_have_words():
    images = [*lxml.html.document_fromstring(html_of(a_week())).iter("img")]
    assert [image.get("src") for image in images] == ["cid:map", "cid:timeline"]
    assert [image.get("alt")[:8] for image in images] == ["Map: 5 i", "Timeline"]


def test_the_table_of_weeks_has_a_row_for_each():
    tree = lxml.html.document_fromstring(html_of(a_week()))
    assert [cell.text_content() for cell in tree.findall(".//th[@scope='rowgroup']")] == [
        "this week", "28 Feb - 5 Mar 2024", "21-27 Feb 2024", "14-20 Feb 2024", "7-13 Feb 2024"]
    assert "at least 40 (best 52)" in text_of(html_of(a_week()))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words):
    item = an_item(heading=words, note=words, status=words, region=words, lines=(Line(words, (words,)),))
    briefing = a_briefing(item, title=words, headline=(words,), note=words, withheld=words)
    html = html_of(briefing)
    assert faults(html) == []
    assert " ".join(shown(words).split()) in text_of(html)


@settings(max_examples=150, deadline=None)
@given(words=st.text(max_size=80), more=st.sampled_from(HOSTILE))
def test_any_words_stay_words(words, more):
    told = words + more[:200] + words
    item = an_item(heading=told, note=told, status=told, region=told, lines=(Line(told, (told,)),))
    html = html_of(a_briefing(item, title=told, headline=(told,)), Links(ROOT, LINKS.page))
    tree = lxml.html.document_fromstring(html)
    assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= {
        "html", "head", "title", "meta", "style", "body", "div", "table", "tbody", "tr", "td", "h1", "h2", "h3", "p", "b", "a",
        "span", "img"}
    assert not [value for element in tree.iter() for name, value in element.attrib.items() if name.startswith("on")]
    assert " ".join(shown(told).split()) in text_of(html)


def test_the_same_briefing_is_the_same_mail():
    assert html_of(a_week()) == html_of(replace(a_week()))


def test_readers_of_the_same_briefing_get_the_same_but_for_their_own_addresses():
    one, other = (html_of(a_week(), replace(LINKS, preferences=f"{ROOT}/p/{who}?a=1&b=2", unsubscribe=f"{ROOT}/u/{who}"))
                  for who in ("one", "other"))
    assert one.replace("/p/one?", "/p/other?").replace("/u/one", "/u/other") == other
    assert f'href="{ROOT}/p/one?a=1&amp;b=2"' in one


def test_a_broken_template_is_an_error_with_its_name():
    with pytest.raises(LayoutError, match=r"none\.mjml: no mail could be made of it"):
        mail_of("none.mjml")
