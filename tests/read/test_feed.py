"""RSS and Atom feeds. `fetch` is a look-up here: address -> what is found there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.read.article import Article, fetched_now
from dateline.read.feed import articles_from_feed, read_entries, read_feed

PAGES = Path(__file__).parent / "pages"
FEED = (PAGES / "feed.xml").read_bytes()
ATOM = (PAGES / "atom.xml").read_bytes()
Fetch = Callable[[str], Iterator[Article | ReadError]]


def pages(held: dict[str, Article | ReadError] | None = None) -> Fetch:
    def fetch(url: str) -> Iterator[Article | ReadError]:
        yield (held or {}).get(url, ReadError(url, "the server answered 404 (not found)", todo="check the address"))
    return fetch


def a_page(url: str, **given: object) -> Article:
    return Article(url, fetched_now(b""), "Shelling hit Port Verity overnight.", **given)  # type: ignore[arg-type]


def found_in(raw: bytes, fetch: Fetch) -> list[Article | ReadError]:
    return list(articles_from_feed(raw, source="feed.xml", fetched=fetched_now(raw), address=None, fetch=fetch))


def test_entries_give_link_title_outlet_author_and_time() -> None:
    first, second = read_entries(FEED)
    assert (first.link, first.title, first.outlet) == (
        "http://arden-post.example/shelling", "Shelling hits Port Verity", "Arden Post")
    assert first.published_at == datetime(2021, 3, 12, 6, 30, tzinfo=UTC)
    assert second.text.startswith("LOWMOOR (Hawk Wire) - Gunmen stopped")
    assert second.text.count("\n\n") == 2
    assert "alert" not in second.text
    [entry] = read_entries(ATOM)
    assert (entry.title, entry.byline, entry.published_at) == (
        "Harbour & market closed", "Kit Arbor", datetime(2021, 3, 14, 6, tzinfo=UTC))


def test_the_page_of_an_entry_is_read_and_the_feed_fills_in_what_it_lacks() -> None:
    url = "http://arden-post.example/shelling"
    first, *_ = found_in(FEED, pages({url: a_page(url, outlet="arden-post.example")}))
    assert isinstance(first, Article)
    assert (first.outlet, first.title) == ("Arden Post", "Shelling hits Port Verity")
    assert first.published_at == datetime(2021, 3, 12, 6, 30, tzinfo=UTC)


def test_what_the_page_says_goes_before_what_the_feed_says() -> None:
    url = "http://arden-post.example/shelling"
    page = a_page(url, outlet="Hawk Wire", title="Twelve killed", published_at=datetime(2021, 3, 11, tzinfo=UTC))
    assert found_in(FEED, pages({url: page}))[0] == page


def test_a_page_that_cannot_be_had_is_told_unless_the_feed_holds_the_article() -> None:
    problem, article = found_in(FEED, pages())
    assert str(problem) == "http://arden-post.example/shelling: the server answered 404 (not found); check the address"
    assert isinstance(article, Article)
    assert article.source == "http://arden-post.example/bus"
    assert article.text.startswith("LOWMOOR (Hawk Wire)")


def test_a_page_that_has_not_changed_is_passed_over() -> None:
    assert found_in(FEED, lambda url: iter(())) == []


SY = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


@pytest.mark.parametrize(("inside", "seconds"), [
    pytest.param("<ttl>45</ttl>", 2700.0, id="ttl-counts-minutes"),
    pytest.param("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800.0,
                 id="twice-an-hour"),
    pytest.param("<sy:updatePeriod>Daily</sy:updatePeriod>", 86_400.0, id="daily"),
    pytest.param("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600.0,
                 id="no-frequency"),
    pytest.param("<ttl>soon</ttl>", None, id="no-number"),
    pytest.param("<ttl>99999999999999999999</ttl>", None, id="beyond-all-bounds"),
    pytest.param("<sy:updatePeriod>now and then</sy:updatePeriod>", None, id="no-such-period"),
    pytest.param("", None, id="says-nothing"),
])
def test_a_feed_says_how_long_it_wants_to_be_left_alone(inside: str, seconds: float | None) -> None:
    raw = f"<rss version='2.0' {SY}><channel><title>a</title>{inside}<item><link>http://a.example/1</link></item></channel></rss>"
    assert read_feed(raw.encode()).ask_after_s == seconds


def test_a_feed_that_is_cut_is_told_after_its_entries() -> None:
    *_, problem = found_in(FEED[:-60], pages())
    assert str(problem) == "feed.xml: the feed is cut: it ends early, after entry 2; fetch or copy it again"


@pytest.mark.parametrize("raw", [
    pytest.param(b"<rss><channel>", id="cut-at-once"),
    pytest.param(b"<rss version='2.0'><channel><item><title>&undefined;", id="broken"),
    pytest.param(b"<feed>\xff\xfe\x00", id="noise"),
])
def test_a_feed_without_entries_that_can_be_read_is_one_line(raw: bytes) -> None:
    found = found_in(raw, pages())
    assert found
    assert all(isinstance(problem, ReadError) and "\n" not in str(problem) for problem in found)


def test_a_well_formed_feed_may_be_empty() -> None:
    assert found_in(b'<rss version="2.0"><channel><title>Arden Post</title></channel></rss>', pages()) == []


def test_a_line_end_within_a_link_is_left_out_as_browsers_do() -> None:
    [entry] = read_entries(b"<rss version='2.0'><channel><item><link>https://arden-post\r\n.example/\t1</link></item></channel></rss>")
    assert entry.link == "https://arden-post.example/1"


def test_entities_that_multiply_do_no_harm() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    raw = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]>' \
          '<rss version="2.0"><channel><item>' \
          "<title>&l11;</title><link>http://a.example/</link></item></channel></rss>"
    assert all(len(str(found)) < 10_000 for found in found_in(raw.encode(), pages()))


def test_an_address_within_a_feed_is_never_fetched_by_the_parser(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    raw = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>' \
          '<rss version="2.0"><channel><item>' \
          "<title>&x;</title><link>http://a.example/</link></item></channel></rss>"
    assert "secret words" not in str(read_entries(raw.encode()))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([
    b"<rss>", b"<channel>", b"<item>", b"</item>", b"<link>javascript:x</link>", b"<link>http://[</link>", b"<title>",
    b"<pubDate>99 Foo 99999</pubDate>", b"<content:encoded><![CDATA[<p>", b"]]>", b"<entry>", b"<source><title>x",
    b"\xff", b"</rss>",
]), max_size=20))
def test_any_feed_is_articles_or_read_errors(parts: list[bytes]) -> None:
    assert all(isinstance(found, Article | ReadError) for found in found_in(b"".join(parts), pages()))
