"""What an editor does to a draft, as `Edits`: always of the draft's own items, within their sections."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.views.arranging import arranged, moved, noted, what_changed, with_again, without
from dateline.errors import DecisionError
from dateline.publish.brief.compose import edited
from dateline.records.mailing import Edits
from publish.brief.made_briefings import a_briefing, an_item

DRAFT = a_briefing(an_item(1), an_item(2), an_item(3), an_item(4, "changed"), an_item(5, "changed"))
IDS = [item.id for item in DRAFT.items]


def told(edits: Edits) -> list[str]:
    """What readers would get."""
    return [item.id for item in edited(DRAFT, edits).items]


def test_an_item_goes_up_and_down_by_one():
    up = moved(DRAFT, Edits(), "DTL-3", -1)
    assert told(up) == ["DTL-1", "DTL-3", "DTL-2", "DTL-4/changed", "DTL-5/changed"]
    assert told(moved(DRAFT, up, "DTL-3", 1)) == IDS


def test_an_item_does_not_leave_its_section():
    assert told(moved(DRAFT, Edits(), "DTL-3", 1)) == IDS
    assert told(moved(DRAFT, Edits(), "DTL-4/changed", -1)) == IDS
    assert told(moved(DRAFT, Edits(), "DTL-1", -1)) == IDS


def test_a_dropped_item_is_passed_over_because_no_reader_sees_it():
    edits = moved(DRAFT, without(Edits(), "DTL-2"), "DTL-3", -1)
    assert told(edits)[:2] == ["DTL-3", "DTL-1"]


def test_a_dropped_item_comes_back_where_it_stood():
    edits = with_again(moved(DRAFT, without(Edits(), "DTL-2"), "DTL-5/changed", -1), "DTL-2")
    assert told(edits) == ["DTL-1", "DTL-2", "DTL-3", "DTL-5/changed", "DTL-4/changed"]


def test_the_first_and_last_that_are_told_say_so():
    rows = {one.item.id: one for one in arranged(DRAFT, without(Edits(), "DTL-1"))}
    assert rows["DTL-1"].is_dropped
    assert (rows["DTL-2"].is_first, rows["DTL-2"].is_last) == (True, False)
    assert rows["DTL-3"].is_last
    assert rows["DTL-4/changed"].is_first


def test_a_note_is_written_changed_and_taken_out():
    edits = noted(noted(Edits(), "DTL-1", "First."), "DTL-2", "Other.")
    assert dict(noted(edits, "DTL-1", "Second.").notes) == {"DTL-1": "Second.", "DTL-2": "Other."}
    assert dict(noted(edits, "DTL-1", "").notes) == {"DTL-2": "Other."}


def test_what_another_editor_did_is_told_in_their_headings():
    now = Edits(order=("DTL-2", "DTL-1"), dropped=("DTL-3",), notes=(("DTL-1", "Disputed."),), note="Few reports.")
    lines = what_changed(Edits(dropped=("DTL-2",)), now, DRAFT)
    heading = DRAFT.items[0].heading
    assert lines == [f"Left out: {heading}", f"Told again: {heading}", f"Note on {heading}: Disputed.",
                     "Note above all: Few reports.", "Items stand in another order"]
    assert what_changed(now, now, DRAFT) == []


def test_an_item_that_is_not_in_the_draft_is_refused():
    with pytest.raises(DecisionError, match="DTL-99"):
        moved(DRAFT, Edits(), "DTL-99", 1)


@given(steps=st.lists(st.tuples(st.sampled_from(["up", "down", "drop", "keep"]), st.sampled_from(IDS)), max_size=30))
def test_whatever_is_pressed_no_item_is_lost_or_told_twice_or_leaves_its_section(steps: Any):
    edits = Edits()
    for what, item in steps:
        before = told(edits)
        edits = (without(edits, item) if what == "drop" else with_again(edits, item) if what == "keep"
                 else moved(DRAFT, edits, item, -1 if what == "up" else 1))
        if what in ("up", "down"):
            assert sorted(told(edits)) == sorted(before)
            moves = sum(one != other for one, other in zip(before, told(edits), strict=True))
            assert moves in (0, 2), "it changes places with one other"
    rows = arranged(DRAFT, edits)
    assert sorted(one.item.id for one in rows) == sorted(IDS)
    assert [one.item.id for one in rows if not one.is_dropped] == told(edits), "the page shows what readers will get"
    assert [one.item.section for one in rows] == [item.section for item in DRAFT.items]
