"""What stands around the sentences of a briefing, in every shape of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.publish.brief.frame import ALLEGED, LONGEST, NOTHING_NEW, SECTIONS, outlets_of, sheet_of, shown
from dateline.publish.brief.links import Links
from dateline.records.briefing import Bounds, Line, WeekRow
from publish.brief.made_briefings import LINKS, ROOT, a_briefing, a_full_day, an_empty_day, an_item


def remarks_of(briefing, links=LINKS):
    return [remark.text for remark in sheet_of(briefing, links).remarks]


def blocks_of(*items):
    [part] = sheet_of(a_briefing(*items), LINKS).parts
    return [(block.region, [told.heading for told in block.items]) for block in part.blocks]


def test_sections_come_as_they_are_told():
    assert [part.heading for part in sheet_of(a_full_day(), LINKS).parts] == list(SECTIONS.values())


def test_items_of_regions_that_stand_together_are_told_under_them():
    items = [an_item(1, heading="a"), an_item(2, heading="b"), an_item(3, heading="c", region="Caribbean")]
    assert blocks_of(*items) == [("Western Africa", ["a", "b"]), ("Caribbean", ["c"])]


def test_an_editors_order_is_not_torn_apart_by_regions():
    items = [an_item(1, heading="a"), an_item(2, heading="b", region="Caribbean"), an_item(3, heading="c")]
    assert blocks_of(*items) == [("", ["a", "b", "c"])]


def test_one_region_needs_no_heading():
    assert blocks_of(an_item(1, heading="a"), an_item(2, heading="b")) == [("", ["a", "b"])]


@pytest.mark.parametrize(("status", "mark"), [("happened", ""), (None, ""), ("alleged", "alleged"), ("foiled", "foiled")])
def test_what_did_not_simply_happen_is_marked(status, mark):
    [told] = sheet_of(a_briefing(an_item(status=status)), LINKS).parts[0].blocks[0].items
    assert told.mark == mark


def test_nothing_new_is_said_where_nothing_else_is():
    assert sheet_of(an_empty_day(), LINKS).headline == (NOTHING_NEW,)
    assert sheet_of(an_empty_day(headline=("No new incidents.",)), LINKS).headline == ("No new incidents.",)


@pytest.mark.parametrize(("briefing", "says"), [
    pytest.param(a_briefing(left_out=1), "1 more item on the web:", id="one-left-out"),
    pytest.param(a_briefing(left_out=1_204), "1,204 more items on the web:", id="many-left-out"),
    pytest.param(a_briefing(late=1), "1 incident is not told here: its reports were written long before these days.",
                 id="one-late"),
    pytest.param(a_briefing(late=2), "2 incidents are not told here: their reports were written long before these days.",
                 id="several-late"),
    pytest.param(a_briefing(withheld="2 names withheld"), "To protect people: 2 names withheld.", id="withheld"),
    pytest.param(a_briefing(an_item(status="alleged")), ALLEGED, id="what-alleged-means"),
    pytest.param(a_briefing(an_item(1, review="coded"), an_item(2)), "No editor has approved 1 of the 2 incidents told here.",
                 id="some-not-approved"),
    pytest.param(a_briefing(an_item(review="unreviewed")), "No editor has approved the incident told here.",
                 id="the-one-not-approved"),
    pytest.param(a_briefing(an_item(1, review="unreviewed"), an_item(2, review="query")),
                 "No editor has approved the 2 incidents told here.", id="none-approved"),
])
def test_remarks(briefing, says):
    assert remarks_of(briefing) == [says]


def test_nothing_to_remark_is_no_remark():
    assert remarks_of(a_briefing()) == []


def test_an_incident_that_is_told_twice_waits_for_approval_once():
    briefing = a_briefing(an_item(1, review="coded"), an_item(1, "claims", review="coded"), an_item(2))
    assert "No editor has approved 1 of the 2 incidents told here." in remarks_of(briefing)


def test_what_is_left_out_leads_to_the_page_where_there_is_one():
    assert sheet_of(a_briefing(left_out=2), LINKS).remarks[0].url == LINKS.page
    [remark] = sheet_of(a_briefing(left_out=2), Links(ROOT, None)).remarks
    assert (remark.text, remark.url) == ("2 more items, for which there was no room.", None)


def test_items_beyond_the_room_are_counted_with_those_left_out():
    sheet = sheet_of(a_briefing(an_item(1), an_item(2), an_item(3), left_out=4), LINKS, most=1)
    assert sheet.remarks[0].text == "6 more items on the web:"


def test_the_footer_has_the_links_that_there_are():
    assert [url for _, url in sheet_of(a_briefing(), LINKS).footer] == [LINKS.page, LINKS.preferences, LINKS.unsubscribe]
    assert sheet_of(a_briefing(), Links(ROOT, None)).footer == ()


def test_weeks_are_rows_the_latest_first_and_keep_their_doubt():
    killed = WeekRow("killed", (Bounds(63, 95, 103), Bounds(7, 7, None), Bounds(None, None, None)))
    weeks = (killed, WeekRow("sources", (Bounds(9, 9, 9),)))
    table = sheet_of(a_briefing(weeks=weeks), LINKS).table
    assert table is not None
    assert table.head == ("week", "killed", "sources")
    assert table.rows == (
        ("this week", "63-103 (best 95)", "9"), ("28 Feb - 5 Mar 2024", "at least 7", ""), ("21-27 Feb 2024", "not told", ""))


def test_words_are_one_line_without_controls_and_have_an_end():
    assert shown("a\x00b\r\n\u202ec\ufffe") == "a b c\ufffd"
    assert shown(None) == ""
    assert (len(shown("x" * 10_000)), shown("x" * 10_000)[-1]) == (LONGEST, "\u2026")


def test_outlets_beyond_the_room_are_counted():
    assert outlets_of(Line("x", ("Hawk Wire", " ", "Arden\nPost"))) == "Hawk Wire, Arden Post"
    assert outlets_of(Line("x", tuple(f"The Very Long Outlet {number}" for number in range(40)))).endswith("Outlet 15, 24 more")
    assert outlets_of(Line("x", ("x" * 10_000,))) == "x" * 299 + "\u2026"


@pytest.mark.parametrize(("path", "address"), [
    ("/incidents/DTL-412", f"{ROOT}/incidents/DTL-412"),
    ("//evil.example/x", f"{ROOT}/evil.example/x"),
    ("/groups/a b?x=1#S1f", f"{ROOT}/groups/a%20b?x=1#S1f"),
    ("/incidents/\"><script>\r\n", f"{ROOT}/incidents/%22%3E%3Cscript%3E%0D%0A"),
    ("/groups/\u05e9\ud83d", f"{ROOT}/groups/%D7%A9"),
])
def test_no_path_leads_off_the_desk(path, address):
    assert Links(ROOT, None).to(path) == address


def test_a_sheet_is_the_same_for_the_same_briefing():
    assert sheet_of(a_full_day(), LINKS) == sheet_of(replace(a_full_day()), LINKS)
