"""JSON and JSON Lines."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError
from dateline.read.article import Article
from dateline.read.jsonl import articles_from_json, check_names, look_up

NEWS = "Shelling hit Port Verity overnight, the mayor said."


def found_in(raw: bytes | str, most: int = 10_000, **names: str) -> list[Article | ReadError]:
    raw = raw if isinstance(raw, bytes) else raw.encode()
    return list(articles_from_json(io.BytesIO(raw).read, raw[:65536], source="a", max_text_chars=most, names=names))


def told(raw: bytes | str, most: int = 10_000, **names: str) -> list[str]:
    """Each article's text, or what is wrong."""
    return [found.text if isinstance(found, Article) else str(found) for found in found_in(raw, most, **names)]


def test_an_object_is_an_article_with_what_it_gives() -> None:
    [found] = found_in(json.dumps({
        "text": NEWS, "title": "Shelling", "url": "https://www.arden.example/1", "outlet": "Arden Post",
        "byline": "Jo Marlow", "published": "2021-03-12T08:30:00+02:00"}))
    assert isinstance(found, Article)
    assert (found.source, found.outlet, found.title) == ("https://www.arden.example/1", "Arden Post", "Shelling")
    assert (found.byline, found.published_at) == ("Jo Marlow", datetime(2021, 3, 12, 6, 30, tzinfo=UTC))


def test_an_object_without_an_address_is_named_by_its_line() -> None:
    [_, found] = found_in('{"text": "One."}\n{"text": "Two."}\n')
    assert isinstance(found, Article)
    assert (found.source, found.outlet, found.published_at) == ("a#2", None, None)


@pytest.mark.parametrize("raw", [
    pytest.param('{"text": "One."}\n{"text": "Two."}\n', id="lines"),
    pytest.param('\ufeff{"text": "One."}\r\n\r\n{"text": "Two."}', id="lines-with-a-mark-and-empty-lines"),
    pytest.param('[{"text": "One."}, {"text": "Two."}]', id="array"),
    pytest.param('[\n  {\n    "text": "One."\n  },\n  {\n    "text": "Two."\n  }\n]\n', id="array-over-many-lines"),
    pytest.param('{\n  "text": "One."\n}\n{\n  "text": "Two."\n}\n', id="objects-over-many-lines"),
])
def test_lines_arrays_and_objects_in_a_row_are_read_alike(raw: str) -> None:
    assert told(raw) == ["One.", "Two."]


def test_brackets_and_quotes_within_a_text_do_not_end_it() -> None:
    texts = ['A "quoted" } bracket', "back\\slash ] and [", "{[", 'ends in a backslash \\']
    assert told(json.dumps([{"text": text, "more": [{"a": {}}]} for text in texts], indent=1)) == texts


def test_an_array_longer_than_what_is_held_is_read_item_by_item() -> None:
    texts = [f"{n} " + 'x"\\' * 300 for n in range(400)]
    assert told(json.dumps([{"text": text} for text in texts])) == texts


@pytest.mark.parametrize(("line", "said"), [
    pytest.param("{bad", "a: line 2: not JSON", id="malformed"),
    pytest.param('{"text": "half', "a: line 2: not JSON", id="cut"),
    pytest.param("[1, 2]", "a: line 2: a JSON array where an object was expected", id="array"),
    pytest.param("7", "a: line 2: a JSON number where an object was expected", id="number"),
    pytest.param('{"body": "x"}', "a: line 2: no text under 'text'; name the field", id="no-text"),
    pytest.param('{"text": 7}', "a: line 2: 'text' holds no text", id="text-that-is-none"),
    pytest.param('{"text": "  "}', "a: line 2: 'text' holds no text", id="blank-text"),
    pytest.param('{"text": "' + "x" * 400_000 + '"}', "a: line 2: longer than", id="too-long"),
    pytest.param("{" * 100_000, "a: line 2: ", id="nested-too-deeply"),
    pytest.param("\x00\x01\x02\x03", "a: line 2: binary", id="binary"),
])
def test_a_bad_line_is_named_and_the_rest_goes_on(line: str, said: str) -> None:
    first, problem, last = told(f'{{"text": "One."}}\n{line}\n{{"text": "Two."}}\n')
    assert (first, last) == ("One.", "Two.")
    assert problem.startswith(said)
    assert "\n" not in problem


def test_a_bad_first_line_is_named_too() -> None:
    problem, last = told('{bad\n{"text": "Two."}\n')
    assert problem.startswith("a: line 1: not JSON")
    assert last == "Two."


def test_a_bad_item_is_named_and_the_rest_goes_on() -> None:
    assert [line[:21] for line in told('[{"text": "One."}, {"text": }, oops, {"text": "Two."}]')] == [
        "One.", "a: item 2: not JSON: ", "a: item 3: not JSON: ", "Two."]


def test_an_item_that_is_cut_is_named() -> None:
    assert [line[:11] for line in told('[\n{"text": "One."},\n{"text": "Tw')] == ["One.", "a: item 2: "]


@pytest.mark.parametrize("raw", ["[]", "[ ]\n"])
def test_nothing_at_all_is_told(raw: str) -> None:
    assert told(raw) == ["a: this JSON holds no objects: there is nothing to read"]


@pytest.mark.parametrize("name", ["body", "content.body", "content.parts.0.body", "odd.name"])
def test_a_field_is_named_by_its_path(name: str) -> None:
    held = {"body": NEWS, "content": {"body": NEWS, "parts": [{"body": NEWS}]}, "odd.name": NEWS}
    assert told(json.dumps(held), text=name) == [NEWS]


def test_a_path_that_leads_nowhere_is_none() -> None:
    held = {"a": [1], "b": "text"}
    assert [look_up(held, name) for name in ("a.1", "a.-1", "a.x", "b.0", "c.d", "", "a.²")] == [None] * 7


def test_a_name_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ReadError, match=r"--map body=text: no such field; use one of text, title"):
        check_names({"body": "text"})


def test_a_text_in_html_is_read_as_paragraphs() -> None:
    assert told(json.dumps({"text": "<p>One.</p><p>Two.</p>"})) == ["One.\n\nTwo."]


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert told('{"text": "Port \\ud800 Verity"}') == ["Port ? Verity"]


@pytest.mark.parametrize(("published", "read"), [
    (1615530600, datetime(2021, 3, 12, 6, 30, tzinfo=UTC)), (1615530600000, datetime(2021, 3, 12, 6, 30, tzinfo=UTC)),
    ("Fri, 12 Mar 2021 08:30:00 +0200", datetime(2021, 3, 12, 6, 30, tzinfo=UTC)),
    ("March 12, 2021", datetime(2021, 3, 12, tzinfo=UTC)), ("20210312", datetime(2021, 3, 12, tzinfo=UTC)),
    ("yesterday", None), ("", None), ({}, None), (1e300, None), (True, None), ("0001-01-01", None),
])
def test_the_time_of_publishing_is_read_in_many_forms_or_unknown(published: object, read: datetime | None) -> None:
    [found] = found_in(json.dumps({"text": NEWS, "published": published}))
    assert isinstance(found, Article)
    assert found.published_at == read


@given(st.binary(max_size=200))
def test_any_bytes_are_articles_or_read_errors(raw: bytes) -> None:
    for begun in (b'{"text": ', b'[{"', b""):
        assert all(isinstance(found, Article | ReadError) for found in found_in(begun + raw))
