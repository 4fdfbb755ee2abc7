"""HTML pages."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.read.article import Article, fetched_now
from dateline.read.page import article_from_page, html_to_text

PAGES = Path(__file__).parent / "pages"
BODY = "<p>Shelling hit Port Verity overnight, killing at least 12 people, the mayor said on Friday.</p>" * 3


def article(raw: bytes | str, **given: str) -> Article:
    raw = raw if isinstance(raw, bytes) else raw.encode()
    return article_from_page(raw, source="a.html", fetched=fetched_now(raw), **given)


def test_the_article_comes_without_the_page_around_it() -> None:
    found = article((PAGES / "article.html").read_bytes())
    paragraphs = found.text.split("\n\n")
    assert paragraphs[0].startswith("ARDEN, March 12 (Hawk Wire) - Shelling hit")
    assert [p.split()[0] for p in paragraphs] == ["ARDEN,", "The", "No"]
    assert "More from" not in found.text
    assert (found.title, found.outlet, found.byline) == ("Shelling hits Port Verity", "Arden Post", "Jo Marlow")


@pytest.mark.parametrize(("head", "body", "published"), [
    pytest.param('<script type="application/ld+json">{"@graph": [{"datePublished": "2021-03-12T08:30:00+02:00"}]}'
                 "</script>", "", datetime(2021, 3, 12, 6, 30, tzinfo=UTC), id="linked-data"),
    pytest.param('<meta property="article:published_time" content="2021-03-12">', "", datetime(2021, 3, 12, tzinfo=UTC),
                 id="meta-element-with-a-day-alone"),
    pytest.param("", '<time datetime="2021-03-12T08:30Z">today</time>', datetime(2021, 3, 12, 8, 30, tzinfo=UTC),
                 id="the-only-time-of-the-page"),
    pytest.param('<script type="application/ld+json">{broken</script><meta name="date" content="not a day">', "", None,
                 id="nothing-that-can-be-read"),
    pytest.param('<meta property="article:published_time" content="0000-00-00">', "", None, id="no-such-day"),
])
def test_the_time_of_publishing_is_what_the_page_says_outright(
    head: str, body: str, published: datetime | None,
) -> None:
    page = f"<html><head><title>A</title>{head}</head><body><article>{body}{BODY}</article></body></html>"
    assert article(page).published_at == published


def test_a_day_guessed_from_the_page_is_a_page_date_only() -> None:
    found = article((PAGES / "several-times.html").read_bytes())
    assert found.published_at is None
    assert found.page_date is not None
    assert found.page_date.date in (date(2021, 3, 14), date(2021, 3, 15))


def test_the_outlet_is_the_host_where_the_page_names_none() -> None:
    page = f"<html><head><title>A</title></head><body>{BODY}</body></html>"
    assert article(page, address="https://www.arden-post.example/1").outlet == "arden-post.example"


def test_a_declared_encoding_is_undone() -> None:
    page = '<?xml version="1.0" encoding="iso-8859-1"?>' \
           f"<html><body>{BODY}<p>Le café de Vérité a brûlé, dit-on.</p></body></html>"
    assert "café de Vérité" in article(page.encode("latin-1"), charset="iso-8859-1").text


@pytest.mark.parametrize("page", [
    pytest.param((PAGES / "no-article.html").read_text(), id="menus-only"),
    pytest.param("<html></html>", id="empty-page"),
    pytest.param("<p></p>", id="empty-paragraph"),
    pytest.param("<html><body><script>story = 'Shelling hit Port Verity.'</script></body></html>", id="script-only"),
    pytest.param("<" * 5000, id="no-html"),
])
def test_a_page_without_an_article_is_a_read_error(page: str) -> None:
    with pytest.raises(ReadError, match=r"a\.html: .*(no article|empty or no HTML|cannot be)"):
        article(page)


def test_tags_nested_without_end_do_no_harm() -> None:
    with contextlib.suppress(ReadError):
        article("<html><body>" + "<div>" * 20_000 + BODY)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("words", [
    '"author":' * 30_000, '{"a":[' * 30_000, '{"name":"' + " " * 30_000, "{" + '"@type":' * 5000,
])
def test_linked_data_made_to_hold_up_the_reader_does_no_harm(words: str) -> None:
    page = f'<html><head><script type="application/ld+json">{words}</script></head><body>{BODY}</body></html>'
    assert article(page).text.startswith("Shelling")


def test_a_page_of_very_many_elements_is_refused() -> None:
    with pytest.raises(ReadError, match="more than 100,000 elements"):
        article("<html><body>" + "<i>a</i>" * 110_000)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<div", ">", "<!--", "-->", "<script>", "<table><tr>", "\x00", "&#x110000;", "<meta charset=",
    "<time datetime='9999-99-99'>", "Shelling hit Port Verity overnight, the mayor said. ", "<html>", "<title>",
    "<br/>", "\ud800",
]), max_size=25))
def test_any_page_is_an_article_or_a_read_error(parts: list[str]) -> None:
    with contextlib.suppress(ReadError):
        article("".join(parts).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(("fragment", "text"), [
    ("<p>One.</p><p>Two <b>and</b> more.</p>", "One.\n\nTwo and more."),
    ("One.<br><br>Two.", "One.\n\nTwo."),
    ("One &amp; two.<script>bad()</script><!-- note --> Three.", "One & two. Three."),
    ("no markup", "no markup"),
    ("", ""),
])
def test_a_piece_of_html_becomes_paragraphs(fragment: str, text: str) -> None:
    assert html_to_text(fragment) == text
