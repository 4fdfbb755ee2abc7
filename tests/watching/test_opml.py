"""Lists of feeds, also from those who mean harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.watching.opml import DEEPEST, MOST_BYTES, MOST_FEEDS, MOST_OUTLINES, Listed, read_opml


def a_list(body: str, head: str = "<?xml version='1.0'?>") -> bytes:
    return f"{head}<opml version='2.0'><head><title>Ours</title></head><body>{body}</body></opml>".encode()


def an_outline(address: str, name: str = "Arden Post") -> str:
    return f"<outline type='rss' text='{name}' xmlUrl='{address}'/>"


POST = "https://arden-post.example/rss"


def test_feeds_have_their_address_name_and_folder():
    held = read_opml(a_list("<outline text='Sahel'><outline text='Mali'>" + an_outline(POST) + "</outline></outline>"
                            + an_outline("http://quill.example/atom", "Quill Daily")), "feeds.opml")
    assert held.feeds == (Listed(POST, "Arden Post", "Sahel / Mali"), Listed("http://quill.example/atom", "Quill Daily", None))
    assert held.left_out == ()


def test_a_feed_that_stands_twice_is_one():
    assert len(read_opml(a_list(an_outline(POST) + an_outline(POST, "again")), "x").feeds) == 1


def test_names_of_attributes_are_read_in_any_case():
    assert read_opml(a_list(f"<outline TITLE='Arden Post' xmlurl='{POST}'/>"), "x").feeds == (Listed(POST, "Arden Post"),)


@pytest.mark.parametrize(("address", "why"), [
    pytest.param("file:///etc/passwd", "not an http or https address", id="a-file"),
    pytest.param("feed.xml", "not an http or https address", id="a-path"),
    pytest.param("https://mira:secret@arden.example/", "carries a name or password", id="a-password"),
])
def test_what_is_no_address_of_a_feed_is_left_out_and_told(address, why):
    held = read_opml(a_list(an_outline(address) + an_outline(POST)), "feeds.opml")
    assert [one.address for one in held.feeds] == [POST]
    [line] = held.left_out
    assert why in line


def test_a_list_that_is_included_is_told_and_not_fetched():
    more = "<outline type='include' text='more' url='https://quill.example/more.opml'/>"
    held = read_opml(a_list(more + an_outline(POST)), "x")
    assert held.left_out == ("https://quill.example/more.opml: another list that it includes; give that list too",)


LAUGHS = "<!DOCTYPE opml [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12)) + "]>"

HOSTILE = [
    pytest.param(a_list("<outline text='&m;'/>" + an_outline(POST), LAUGHS), "declares the entity", id="a-billion-laughs"),
    pytest.param(a_list(an_outline("https://arden.example/?&m;"), LAUGHS), "declares the entity", id="laughs-in-an-attribute"),
    pytest.param(a_list("&x;" + an_outline(POST), "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
                 "declares the entity", id="a-file-of-ours"),
    pytest.param(a_list("<outline text='a'>" * 100_000), "more than 100 deep", id="a-hundred-thousand-deep"),
    pytest.param(a_list("<b>" * (DEEPEST + 1)), "more than 100 deep", id="deep-in-other-elements"),
    pytest.param(a_list("<outline text='a'/>" * (MOST_OUTLINES + 1)), "more than 100,000 outlines", id="too-many-outlines"),
    pytest.param(a_list("".join(an_outline(f"{POST}/{n}") for n in range(MOST_FEEDS + 1))), "more than 10,000 feeds",
                 id="too-many-feeds"),
    pytest.param(b"<opml>" + b" " * MOST_BYTES, "longer than", id="too-long"),
    pytest.param(b"", "not an XML file", id="empty"),
    pytest.param(a_list(an_outline(POST))[:-20], "not an XML file", id="cut"),
    pytest.param(b"<rss version='2.0'><channel/></rss>", "where <opml> was expected", id="a-feed"),
    pytest.param(a_list(""), "no feed on this list", id="no-feed"),
    pytest.param(a_list(an_outline(POST), "<?xml version='1.0' encoding='utf-13'?>"), "not an XML file", id="no-such-encoding"),
]


@pytest.mark.parametrize(("raw", "why"), HOSTILE)
def test_what_is_no_list_or_means_harm_is_refused_at_once(raw, why):
    began = time.process_time()
    with pytest.raises(ReadError, match=why) as raised:
        read_opml(raw, "feeds.opml")
    assert str(raised.value).startswith("feeds.opml")
    assert time.process_time() - began < 2


@given(st.binary(max_size=2000) | st.text(max_size=2000).map(lambda words: a_list(words)))
def test_whatever_it_is_it_is_a_list_or_a_problem(raw):
    try:
        told = read_opml(raw, "feeds.opml").feeds[0].address
    except ReadError as problem:
        told = str(problem)
    assert told
    assert "\n" not in told
