"""The day of publication that a text prints at its own head. Places are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dateline.read.stamp import stamp_in
from dateline.read.written import written_on


@pytest.mark.parametrize(("text", "day"), [
    pytest.param("Tue Mar 24 2015 Shells kill four in Arden. Four people died.", date(2015, 3, 24), id="weekday-first"),
    pytest.param("March 24, 2015\nShells kill four in Arden.", date(2015, 3, 24), id="on-a-line-of-its-own"),
    pytest.param("24-03-2015 Shells Kill Four in Arden.", date(2015, 3, 24), id="in-numbers"),
    pytest.param("Tue 24 Mar 2015 at 1459 Shells kill four in Arden.", date(2015, 3, 24), id="with-its-hour"),
    pytest.param("Posted on March 24 2015 by Arden Post Shells kill four.", date(2015, 3, 24), id="label-and-byline"),
    pytest.param("Last updated at Mar 242015 Shells kill four.", date(2015, 3, 24), id="commas-lost-behind-a-label"),
    pytest.param("Four die in Arden Mayor HWK Tuesday 24 Mar 2015 Four people died.", date(2015, 3, 24),
                 id="behind-the-headline-with-its-weekday"),
    pytest.param("Four died in Arden on Tuesday 24 Mar 2015 Mayor Venn said.", None, id="a-small-word-leads-to-it"),
    pytest.param("March 24, 2015, was the day on which Arden fell.", None, id="a-sentence-goes-on-behind-it"),
    pytest.param("24 March 2015 was the day on which Arden fell.", None, id="a-verb-behind-it"),
    pytest.param("Wed Mar 24 2015 Shells kill four in Arden.", None, id="not-on-that-weekday"),
    pytest.param("March 24 Shells kill four in Arden.", None, id="no-year"),
    pytest.param("Shells kill four in Arden.", None, id="no-day"),
])
def test_the_day_of_publication_at_the_head_of_a_text(text: str, day: date | None) -> None:
    stamp = stamp_in(text)
    assert (stamp.days if stamp else ()) == ((day,) if day else ())


@pytest.mark.parametrize(("published", "days"), [
    pytest.param(None, (date(2015, 3, 4), date(2015, 4, 3)), id="either"),
    pytest.param(datetime(2015, 4, 3, 12, tzinfo=UTC), (date(2015, 4, 3),), id="that-of-the-metadata"),
    pytest.param(datetime(2015, 3, 5, 12, tzinfo=UTC), (date(2015, 3, 4),), id="a-day-off-the-metadata"),
])
def test_numbers_that_may_be_two_days_are_told_apart_by_the_metadata(published: datetime | None, days: tuple[date, ...]) -> None:
    assert written_on(None, published, None, "03-04-2015 Shells Kill Four in Arden.").candidates == days


@pytest.mark.parametrize(("dateline", "text", "day", "basis"), [
    pytest.param(None, "Tue Mar 24 2015 Shells kill four in Arden.", date(2015, 3, 24), "text", id="beats-metadata"),
    pytest.param("2015-03-25", "Tue Mar 24 2015 Shells kill four.", date(2015, 3, 25), "dateline", id="not-the-dateline"),
    pytest.param(None, "24 March 2015 Arden fell. The town was shelled again in June 2018.", date(2021, 5, 6), "metadata",
                 id="not-where-the-text-tells-of-later-years"),
])
def test_a_printed_day_is_the_day_of_writing(dateline: str | None, text: str, day: date, basis: str) -> None:
    written = written_on(dateline, datetime(2021, 5, 6, 12, tzinfo=UTC), None, text)
    assert (written.day, written.basis) == (day, basis)
