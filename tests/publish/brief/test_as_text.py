"""A briefing as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dateline.publish.brief.links import Links
from dateline.publish.brief.text import WIDTH, as_text, wrapped
from dateline.records.briefing import Bounds, WeekRow
from publish.brief.made_briefings import (
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


def test_a_day_can_be_read_alone():
    briefing = a_briefing(an_item(status="alleged", note="Lines were cut until noon."), note="Few reports today.", left_out=2)
    assert as_text(briefing, LINKS) == f"""\
Daily briefing, 12 March 2024
=============================

1 new incident: at least 7 killed; injured not told.

Editor\u2019s note: Few reports today.


NEW INCIDENTS
-------------
- [alleged] Shelling, Port Verity, Arden, 12 Mar 2024
  At least 7 people were killed, the mayor of Port Verity said. [Hawk
  Wire, Arden Post]
  Editor\u2019s note: Lines were cut until noon.
  {ROOT}/incidents/DTL-412


------------------------------------------------------------------------
2 more items on the web:
  {LINKS.page}

Alleged: everything told of it comes from one side. What is alleged is
in none of the numbers at the top.

Made from news reports; in brackets the outlets that each sentence was
read in. What no report tells is not here.

This briefing on the web:
  {LINKS.page}
Change what you get:
  {LINKS.preferences}
Unsubscribe:
  {LINKS.unsubscribe}
"""


def test_an_empty_day_is_short():
    text = as_text(an_empty_day(), LINKS)
    assert text.splitlines()[3:5] == ["Nothing new: no report of these days tells of anything that this", "briefing covers."]
    assert str(LINKS.unsubscribe) in text


def test_weeks_are_side_by_side_where_they_fit():
    incidents = WeekRow("incidents", (Bounds(31, 31, 31), Bounds(4, 4, 4)))
    weeks = (incidents, WeekRow("killed", (Bounds(7, 7, None), Bounds(12, 15, 21))))
    assert """\
THIS WEEK AND THE FOUR BEFORE
-----------------------------
week                 incidents  killed
this week            31         at least 7
28 Feb - 5 Mar 2024  4          12-21 (best 15)
""" in as_text(a_briefing(weeks=weeks), LINKS)


def test_weeks_are_lines_where_they_are_too_wide():
    told = "- 28 Feb - 5 Mar 2024: incidents: 24; killed: at least 40 (best 52);\n  injured: at least 70;"
    assert told in as_text(a_week(), LINKS)


@pytest.mark.parametrize("briefing", [a_full_day(), a_week(), everything(), an_empty_day(), a_hostile_day()])
def test_no_line_is_wider_than_72_columns_but_an_address(briefing):
    for line in as_text(briefing, LINKS).splitlines():
        assert cell_len(line) <= WIDTH or line.strip().startswith("https://")
        assert line.isprintable()
        assert line == line.rstrip()


@given(words=st.text(max_size=300))
def test_words_go_into_lines_whole(words):
    told = " ".join(words.split())
    lines = [*wrapped(told, "- ", "  ")]
    assert "".join(line[2:] for line in lines).replace(" ", "") == told.replace(" ", "")
    assert all(cell_len(line) <= WIDTH for line in lines)


def test_wide_letters_are_counted_as_wide():
    assert [*wrapped("\u7206" * 50)] == ["\u7206" * 36, "\u7206" * 14]


def test_a_readers_own_addresses_are_at_its_end():
    text = as_text(a_week(), Links(ROOT, None, f"{ROOT}/p/one?a=1&b=2", f"{ROOT}/u/one"))
    assert text.endswith(f"Change what you get:\n  {ROOT}/p/one?a=1&b=2\nUnsubscribe:\n  {ROOT}/u/one\n")


def test_without_a_reader_there_are_no_links_of_theirs():
    text = as_text(a_briefing(), Links(ROOT, None))
    assert "Unsubscribe" not in text
    assert "on the web" not in text
