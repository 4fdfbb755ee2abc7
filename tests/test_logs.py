"""The log: for people, or one JSON object a line, whatever is quoted in it."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime

import pytest

from dateline.logs import set_up, told

log = logging.getLogger("dateline.tests")


@pytest.fixture
def written():
    """Sets the log up on a stream of its own and gives that; leaves no handler behind."""
    root, stream = logging.getLogger(), io.StringIO()
    before, level = list(root.handlers), root.level

    def begin(form):
        set_up(form, stream=stream)
        # not to pytest's own: half a pair of surrogates cannot be sent to the process that reports
        root.handlers[:] = [handler for handler in root.handlers if handler not in before]
        return stream

    yield begin
    root.handlers[:], root.level = before, level


def test_each_line_is_an_object_with_what_is_told(written):
    stream = written("json")
    log.warning("left out", extra=told(url="https://arden.example/1", count=3, at=datetime(2024, 3, 1, tzinfo=UTC), where=None))
    line = json.loads(stream.getvalue())
    assert line["at"].endswith("Z")
    assert {name: line[name] for name in line if name != "at"} == {
        "level": "warning", "of": "dateline.tests", "what": "left out", "url": "https://arden.example/1", "count": 3}


def test_a_line_for_people_ends_with_what_is_told(written):
    stream = written("plain")
    log.info("left out", extra=told(url="https://arden.example/1", problem="no answer in time"))
    assert stream.getvalue().endswith(
        ' info dateline.tests: left out url=https://arden.example/1 problem="no answer in time"\n')


@pytest.mark.parametrize("form", ["plain", "json"])
@pytest.mark.parametrize("words", ["a\nb", "\x1b[31mred", "a\u2028b", "\u202eturned", "x" * 10_000, "\ud800"],
                         ids=["line-end", "colour", "separator", "direction", "long", "half-a-pair"])
def test_what_a_page_says_makes_no_line_of_its_own(written, form, words):
    stream = written(form)
    log.error(words, extra=told(problem=words))
    assert stream.getvalue().count("\n") == 1
    assert stream.getvalue()[:-1].isprintable()
    assert len(stream.getvalue()) < 5_000


def test_a_trace_goes_with_its_line(written):
    stream = written("json")
    try:
        raise ValueError("broken")
    except ValueError:
        log.exception("a feed broke its reader")
    assert "ValueError: broken" in json.loads(stream.getvalue())["trace"]


def test_to_set_up_again_writes_each_line_once_and_libraries_only_warn(written):
    written("plain")
    stream = written("json")
    log.debug("unseen")
    logging.getLogger("some.library").info("unseen")
    logging.getLogger("some.library").warning("seen")
    assert len(stream.getvalue().splitlines()) == 1
