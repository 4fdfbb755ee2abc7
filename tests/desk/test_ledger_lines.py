"""The ledger on an incident's page: each count once, parts under their total, and why one stands and another does not."""

from __future__ import annotations

from dataclasses import replace

from dateline.desk.views.incident import ledger_lines
from dateline.records import AsOf
from made_incidents import STORY, a_figure, an_account, an_incident

MORE = STORY.replace("At least 12", "Now 20")


def test_a_count_that_a_later_one_replaced_says_by_which():
    early = an_account(report="R1", figures=(a_figure("At least 12", 12, None, 12, "at_least"),))
    late = an_account(MORE, report="R2", figures=(
        a_figure("20", 20, 20, 20, "exact", text=MORE, id="F2"),))
    late = replace(late, figures=tuple(replace(one, as_of=AsOf("2024-03-13", "2024-03-13")) for one in late.figures))
    first, second = ledger_lines(an_incident([early, late]), {})
    assert (first.words, first.standing, first.counts) == ("20 killed", "stands", True)
    assert (second.words, second.standing, second.counts) == ("at least 12 killed", "superseded", False)
    assert second.why == "a later count of the same people: 20 killed, the mayor"


def test_parts_stand_under_the_total_that_they_are_parts_of():
    text = "12 people were killed: 5 at the port and 7 in the market. 3 were injured."
    told = an_account(text, figures=(
        a_figure("5", 5, 5, 5, "exact", text=text, scope="part", part_of="F-12"),
        a_figure("3", 3, 3, 3, "exact", text=text, effect="injured"),
        a_figure("7", 7, 7, 7, "exact", text=text, scope="part", part_of="F-12"),
        a_figure("12", 12, 12, 12, "exact", text=text)))
    assert [(line.words, line.is_part) for line in ledger_lines(an_incident([told]), {})] == [
        ("12 killed", False), ("7 killed", True), ("5 killed", True), ("3 injured", False)]


def test_two_reports_with_one_count_of_one_speaker_are_one_line_that_lights_both():
    told = [an_account(report=name, figures=(a_figure("At least 12", 12, None, 12, "at_least", id=f"F{name}"),))
            for name in ("R1", "R2")]
    [line] = ledger_lines(an_incident(told), {"R1": "rules-3", "R2": "rules-4, reader-1"})
    assert line.fields == ("A-R1-FR1", "A-R2-FR2")
    assert line.read == "a rule (rules-3); a rule (rules-4)"
