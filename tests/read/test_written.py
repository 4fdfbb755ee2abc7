"""The day a report was written, from what it prints. Places are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read.written import not_before, update_kind, written_on
from dateline.records import PageDate

CRAWLED = PageDate(date(2022, 12, 7), "Wed, 07 Dec 2022")


def at(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.mark.parametrize(("dateline", "published", "page", "text", "days", "basis"), [
    pytest.param("1990-01-03", None, None, "", [date(1990, 1, 3)], "dateline", id="dateline-with-year"),
    pytest.param("1990-01-03", at(2004, 5, 6), CRAWLED, "", [date(1990, 1, 3)], "dateline",
                 id="dateline-beats-metadata"),
    pytest.param("--08-30", at(2021, 8, 31), None, "", [date(2021, 8, 30)], "dateline", id="metadata-of-the-same-days"),
    pytest.param("--01-01", at(2021, 12, 31), None, "", [date(2022, 1, 1)], "dateline", id="over-new-year"),
    pytest.param("--08-30", None, CRAWLED, "", [date(y, 8, 30) for y in (2019, 2020, 2021, 2022)], "dateline",
                 id="each-year-up-to-the-crawl"),
    pytest.param("--08-30", None, CRAWLED, "It lost ground during 2020, the report said.",
                 [date(y, 8, 30) for y in (2020, 2021, 2022)], "dateline", id="text-rules-out-a-year"),
    pytest.param("--12-25", None, CRAWLED, "", [date(y, 12, 25) for y in (2019, 2020, 2021)], "dateline",
                 id="no-day-behind-the-bound"),
    pytest.param("--02-29", None, CRAWLED, "", [date(2020, 2, 29)], "dateline", id="leap-day"),
    pytest.param("--01-28", None, CRAWLED, "A bomb went off on Monday, January 27, police said.", [date(2020, 1, 28)],
                 "dateline", id="weekday-beside-a-day-fixes-the-year"),
    pytest.param("--01-28", None, CRAWLED, "A bomb went off on January 27 (Monday), police said.", [date(2020, 1, 28)],
                 "dateline", id="a-day-beside-its-weekday-too"),
    pytest.param("--08-30", None, CRAWLED, "A bomber struck last Thursday, police said.",
                 [date(y, 8, 30) for y in (2019, 2020, 2021, 2022)], "dateline", id="last-thursday-fixes-nothing"),
    pytest.param("--08-30", None, CRAWLED, "A bomber struck on Thursday, August 26, police said.", [date(2021, 8, 30)],
                 "dateline", id="thursday-26-august-fixes-the-year"),
    pytest.param("--08-30", None, CRAWLED, "It lost ground during 2020. A bomber struck on Sunday, August 28.",
                 [date(2022, 8, 30)], "dateline", id="losses-and-a-weekday"),
    pytest.param("--08-30", None, CRAWLED, "Ten years after the 2011 uprising the city was shelled.",
                 [date(y, 8, 30) for y in (2021, 2022)], "dateline", id="years-counted-from-a-dated-event"),
    pytest.param("--08-30", None, CRAWLED, "It was founded in 2024, it said.",
                 [date(y, 8, 30) for y in (2019, 2020, 2021, 2022)], "dateline",
                 id="a-year-behind-the-bound-is-misread"),
    pytest.param("---27", at(2021, 3, 1), None, "", [date(2021, 2, 27)], "dateline", id="day-alone"),
    pytest.param(None, at(2021, 8, 30), CRAWLED, "", [date(2021, 8, 30)], "metadata", id="metadata"),
])
def test_the_days_on_which_a_report_can_have_been_written(dateline, published, page, text, days, basis):
    written = written_on(dateline, published, page, text)
    assert list(written.candidates) == days
    assert (written.earliest, written.latest, written.basis) == (days[0], days[-1], basis)


@pytest.mark.parametrize(("dateline", "page", "text", "earliest", "latest", "basis"), [
    pytest.param("1990-02", None, "", date(1990, 2, 1), date(1990, 2, 28), "dateline", id="month-in-dateline"),
    pytest.param(None, CRAWLED, "", None, date(2022, 12, 7), "page", id="page-date-is-a-bound-only"),
    pytest.param(None, None, "They fled in March 2015, he said.", date(2015, 3, 1), None, "text",
                 id="text-bounds-from-below"),
    pytest.param(None, None, "They fled.", None, None, "unknown", id="nothing-known"),
    pytest.param("--08-30", None, "They fled.", None, None, "unknown", id="no-year-and-no-bound"),
])
def test_bounds_without_single_days(dateline, page, text, earliest, latest, basis):
    written = written_on(dateline, None, page, text)
    assert (written.earliest, written.latest, written.candidates, written.basis) == (earliest, latest, (), basis)


@pytest.mark.parametrize(("text", "day"), [
    pytest.param("Since June 2020 it has had a new leader.", date(2020, 6, 1), id="since"),
    pytest.param("It suffered setbacks that began in summer 2018.", date(2018, 1, 1), id="season-is-its-year"),
    pytest.param("Two men were shot on 3 March 2015 in Arden.", date(2015, 3, 3), id="day"),
    pytest.param("Survivors of the 2014 siege met.", date(2014, 1, 1), id="named-event"),
    pytest.param("Raids doubled from 2015 to 2019, it said.", date(2019, 1, 1), id="span-of-years"),
    pytest.param("It lost two towns in the first quarter of 2021.", date(2021, 1, 1), id="quarter"),
    pytest.param("They met on the fifth anniversary of the 2014 massacre.", date(2019, 1, 1), id="anniversary"),
    pytest.param("It plans a march for the tenth anniversary of the 2014 massacre.", None,
                 id="an-anniversary-to-come"),
    pytest.param("It plans to leave by 2025, and elections will be held in 2026.", None, id="plans"),
    pytest.param("The vote expected in 2024 may be put off.", None, id="expected"),
    pytest.param("About 2015 people fled to Arden.", None, id="a-count-is-no-year"),
])
def test_what_is_told_as_past_bounds_the_day_from_below(text, day):
    assert not_before(text) == day


@pytest.mark.parametrize(("title", "marks", "text", "kind"), [
    pytest.param("UPDATE 2-Shelling kills 12", (), "", "update", id="update-in-title"),
    pytest.param(None, ("Arden-Blast, 2nd Ld-Writethru",), "", "update", id="lede-in-slug"),
    pytest.param("CORRECTED-Shelling kills 12, not 20", (), "", "correction", id="corrected-title"),
    pytest.param(None, ("Eds: CORRECTS number of dead",), "", "correction", id="corrects-mark"),
    pytest.param(None, (), "An earlier version of this article gave a wrong toll.", "correction", id="note-below"),
    pytest.param(None, ("BC-Arden-Blast, KILL",), "", "retraction", id="kill-slug"),
    pytest.param(None, (), "This story has been withdrawn.", "retraction", id="withdrawn"),
    pytest.param("Agency withdraws story on shelling", (), "", "retraction", id="withdraws-story"),
    pytest.param(None, ("2nd LEDE", "CORRECTS toll"), "", "correction", id="the-gravest-counts"),
    pytest.param("Rebels kill 12 in Arden", (), "They came to kill, the mayor said.", None, id="killing-is-no-kill"),
    pytest.param("Army withdraws from Arden", (), "The army was corrected by events.", None, id="ordinary-words"),
    pytest.param("Front updates its drones", (), "The front has updated its drones.", None,
                 id="updates-something-else"),
])
def test_whether_a_report_replaces_an_earlier_one(title, marks, text, kind):
    assert update_kind(title, marks, text) == kind


@given(st.none() | st.sampled_from(["--02-29", "---31", "--01-01", "1990", "2000-02", "1990-01-03"]), st.booleans(),
       st.dates(date(1900, 1, 1), date(2190, 1, 1)), st.text(max_size=100))
@settings(max_examples=100, deadline=None)
def test_the_ends_enclose_the_candidates(dateline, published, day, text):
    bound = datetime(day.year, day.month, day.day, tzinfo=UTC) if published else None
    written = written_on(dateline, bound, None if published else PageDate(day, "x"), text)
    assert list(written.candidates) == sorted(written.candidates)
    if written.candidates:
        assert (written.earliest, written.latest) == (written.candidates[0], written.candidates[-1])
