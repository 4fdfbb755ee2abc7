"""A briefing as Markdown, as a reader of Markdown reads it."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dateline.publish.brief.frame import shown
from dateline.publish.brief.markdown import as_markdown, escaped, link
from dateline.records.briefing import Line
from publish.brief.made_briefings import HOSTILE, LINKS, ROOT, a_briefing, a_full_day, a_week, an_empty_day, an_item

OURS = {"html", "body", "h1", "h2", "h3", "ul", "li", "p", "a", "strong", "blockquote", "hr"}


def read(markdown):
    """The page that it makes, with HTML and tables allowed."""
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown)
    return lxml.html.document_fromstring(f"<html><body>{page}</body></html>")


def words_of(element):
    return " ".join(element.text_content().split())


def test_a_day_has_headings_lists_and_links():
    assert as_markdown(a_briefing(an_item(status="alleged", note="Lines were cut."), note="Few reports."), LINKS) == f"""\
# Daily briefing, 12 March 2024

- 1 new incident: at least 7 killed; injured not told.

> **Editor\u2019s note:** Few reports.

## New incidents

### [Shelling, Port Verity, Arden, 12 Mar 2024](<{ROOT}/incidents/DTL-412>) \\[alleged\\]

- At least 7 people were killed, the mayor of Port Verity said. \\[Hawk Wire, Arden Post\\]

> **Editor\u2019s note:** Lines were cut.

---

Alleged: everything told of it comes from one side. What is alleged is in none of the numbers at the top.

Made from news reports; in brackets the outlets that each sentence was read in. What no report tells is not here.

[This briefing on the web](<{LINKS.page}>)
"""


def test_nobodys_own_links_are_in_it():
    markdown = as_markdown(a_full_day(), LINKS)
    assert str(LINKS.preferences) not in markdown
    assert str(LINKS.unsubscribe) not in markdown


def test_an_empty_day_says_so():
    assert "- Nothing new:" in as_markdown(an_empty_day(), LINKS)


def test_a_week_has_its_table():
    table = read(as_markdown(a_week(), LINKS)).find(".//table")
    assert [words_of(cell) for cell in table.findall(".//tr")[2]] == [
        "28 Feb - 5 Mar 2024", "24", "at least 40 (best 52)", "at least 70", "13"]


def hostile(words):
    item = an_item(heading=words, note=words, status=words, lines=(Line(words, (words,)),))
    return a_briefing(item, title=words, headline=(words,), note=words, withheld=words)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words):
    page = read(as_markdown(hostile(words), LINKS))
    assert {element.tag for element in page.iter()} <= OURS
    assert {anchor.get("href").startswith(ROOT) for anchor in page.iter("a")} == {True}
    assert words_of(page.find(".//h1")) == " ".join(shown(words, 300).split())
    assert words_of(page.find(".//ul/li")) == " ".join(shown(words).split())


MARKUP = st.text(alphabet="\\`*_{}[]()<>#+-.!|~&:=/\"'@^$1aw \n\t\x00\u202e")


@settings(max_examples=400, deadline=None)
@given(words=st.one_of(MARKUP, st.text()))
def test_any_words_stay_words(words):
    told = shown(words)
    page = read(f"- {escaped(told)} \\[x\\]")
    assert {element.tag for element in page.iter()} <= {"html", "body", "ul", "li"}
    assert words_of(page) == " ".join(f"{told} [x]".split())
    assert words_of(read(f"# {escaped(told)}x")) == " ".join(f"{told}x".split())


@settings(max_examples=200, deadline=None)
@given(words=MARKUP)
def test_a_cell_stays_a_cell(words):
    page = read(f"| a | b |\n| --- | --- |\n| {escaped(shown(words))} | x |")
    assert [words_of(cell) for cell in page.findall(".//tr")[1]] == [" ".join(shown(words).split()), "x"]


@pytest.mark.parametrize("words", ["https://evil.example", "HTTP://evil.example", "www.evil.example", "a@evil.example"])
def test_addresses_in_words_are_not_made_into_links_by_github(words):
    assert words not in escaped(words)


def test_an_address_cannot_end_its_link():
    [anchor] = read(link("x", f"{ROOT}/a>b <c\\d(e) f")).iter("a")
    assert anchor.get("href") == f"{ROOT}/a%3Eb%20%3Cc%5Cd(e)%20f"
