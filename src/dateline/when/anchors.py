"""What time expressions are counted from: the day of writing, or what the text told before; and which texts are narratives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.records import Written
from dateline.when import calendar
from dateline.when.calendar import Days
from dateline.when.find import Found
from dateline.when.readings import Reach, Reading

MOST_CANDIDATES = 10              # beyond these a span of days says as much
ANCHORED_BY_TOLD_CHARS = 600      # "a week before" looks back to a day told this near: about two paragraphs
NARRATIVE_DATES = 3               # so many dates with their year, at least, tell a narrative of the past
NARRATIVE_SHARE = 2               # for each word that only a report of the day uses ("yesterday")
LONG_NARRATIVE = 10               # so many, and for each such word, where the day of writing is known
CARRIED_CHARS = 300               # a date lends its year to a day or month told this soon after it
LONG_PAST_DAYS = 300
MONTH_PAST_DAYS = 14              # "the 11th" is of the month of a day so long past, told just before
YEARS_PAST = 2                    # a text of a known day narrates where its dates are this far behind it
OPENING_CHARS = 40                # a sentence's date stands so near its head
_SENTENCE_END = re.compile(r"[.!?][\"')\]]{0,2}\s|\n\s*\n")
_OPENING = re.compile(r"[.!?\n][\"')\]]{0,2}\s{0,9}(?:[^\s.!?]{1,30}\s{1,3}){0,3}$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """What expressions are counted from; several where it may be any. bounded: the ends of a span, all of it possible."""

    meant: tuple[Days, ...]
    bounded: bool = False


def at_writing(written: Written) -> Anchor | None:
    """None where the day of writing is unknown or open at an end."""
    if written.candidates:
        return Anchor(tuple(map(calendar.one_day, written.candidates)))
    if written.earliest is None or written.latest is None:
        return None
    length = (written.latest - written.earliest).days + 1
    if length <= MOST_CANDIDATES:
        days = (calendar.shift(written.earliest, step) for step in range(length))
        return Anchor(tuple(calendar.one_day(day) for day in days if day is not None))
    return Anchor((calendar.one_day(written.earliest), calendar.one_day(written.latest)), bounded=True)


def narrates(found: list[Found], written: Written) -> bool:
    """Whether the days are told one after another, the last telling the year of the next, as histories do.

    The day of writing is then unknown, or far later than all that is told.
    """
    dated = [one.reading.fixed[0] for one in found if one.reading.fixed and _is_near(one.reading.fixed[0])]
    deictic = sum(one.reading.deictic for one in found)
    if len(dated) < NARRATIVE_DATES or len(dated) < NARRATIVE_SHARE * deictic:
        return False
    if at_writing(written) is None:
        return True
    if written.earliest is None or len(dated) < LONG_NARRATIVE or len(dated) < LONG_NARRATIVE * deictic:
        return False
    recent = sum(days.latest.year > written.earliest.year - YEARS_PAST for days in dated)
    return recent * 10 < len(dated)


def opens(text: str, one: Found) -> bool:
    """Whether the expression stands at the head of a sentence, as "In June 1942," does."""
    before = text[max(one.start - OPENING_CHARS, 0):one.start]
    return one.start < OPENING_CHARS or _OPENING.search(before) is not None


def reached(reach: Reach, anchor: Days) -> Days | None:
    """`reach(anchor)`, or None beyond the calendar's ends ("9999 years ago")."""
    try:
        return reach(anchor)
    except (ValueError, OverflowError):
        return None


class Told:
    """What the text told before, as it is read from its head."""

    def __init__(self) -> None:
        self._day: Anchor | None = None
        self._span: Anchor | None = None             # the last date of any unit up to a year
        self._day_end = self._span_end = 0
        self._aside: int | None = None               # the year of a date told beside the narrative
        self._dated = False                          # the last date gave its year

    def hear(self, one: Found, meant: tuple[Days, ...], *, aside: bool = False) -> None:
        """Take note of what `one` means. aside: it stands where a narrative does not set its date."""
        if one.reading.type not in {"DATE", "TIME"} or not meant or not one.reading.leads or not _is_near(meant[0]):
            return
        if aside and self._jumps(meant[0]):
            return
        if self._span and meant[0].unit == "year" and _holds(meant[0], self._span.meant[0]):
            self._span_end = one.end                 # "in 1942" after a day of 1942 says nothing new
            return
        self._span, self._span_end, self._dated = Anchor(meant), one.end, self._gives_year(one)
        if meant[0].unit == "day":
            self._day, self._day_end = self._span, one.end

    def near_day(self, one: Found) -> Anchor | None:
        """The last day, if it was told shortly before."""
        return self._day if self._day and one.start - self._day_end <= ANCHORED_BY_TOLD_CHARS else None

    def near_span(self, one: Found) -> Anchor | None:
        return self._span if self._span and one.start - self._span_end <= ANCHORED_BY_TOLD_CHARS else None

    def in_news(self, one: Found, writing: Anchor | None) -> Anchor | None:
        """What `one` is counted from in a report of its day. writing: the day it was written."""
        wanted, span = one.reading.anchor, self.near_span(one)
        if wanted in {"written", "writer"}:
            return writing
        if wanted == "quarter":
            return span if span and span.meant[0].unit == "quarter" else writing
        near = span if _counts_from(one.reading, span) else self.near_day(one)
        return near or (None if wanted in {"that", "after"} else writing)

    def carried(self, one: Found, writing: Anchor | None) -> Anchor | None:
        """The date told just before, where it gave a year long past, which a day or month without one then shares.

        "On 27 January 2018 a bomb went off. On 30 January ...", written in 2021.
        """
        reading = one.reading
        lent = reading.future is not None and not reading.deictic and (self._dated or reading.of_month)
        if not lent or one.start - self._span_end > CARRIED_CHARS:
            return None
        span = self._span.meant[0] if self._span else None
        if span is None or writing is None or span.unit not in {"day", "days"}:
            return None
        ago = (writing.meant[0].earliest - span.latest).days
        if ago < (MONTH_PAST_DAYS if reading.of_month else LONG_PAST_DAYS):
            return None
        return self._span

    def within(self, one: Found, writing: Anchor | None, text: str) -> Days | None:
        """The day or feast without a year that falls in the month, season or year told earlier in its sentence.

        "In summer 2018 a bomb went off in Gao during Ramadan", written years later.
        """
        reading, span = one.reading, self._span.meant[0] if self._span else None
        if span is None or writing is None or span.unit in {"day", "days"} or not self._dated or reading.future is None:
            return None
        if reading.deictic or reading.past is None or _SENTENCE_END.search(text[self._span_end:one.start]):
            return None
        if (writing.meant[0].earliest - span.latest).days < LONG_PAST_DAYS:
            return None
        found = reached(reading.past, calendar.one_day(span.latest))
        return found if found is not None and found.latest >= span.earliest else None

    @property
    def last(self) -> Days | None:
        """The last date of any unit up to a year."""
        return self._span.meant[0] if self._span else None

    def in_narrative(self, reading: Reading) -> Anchor | None:
        """The last date, or the last day where only from a day it can be counted; nothing for a quoted "today"."""
        if reading.anchor == "writer":
            return None
        return self._span if self._day is None or _counts_from(reading, self._span) else self._day

    def _gives_year(self, one: Found) -> bool:
        return bool(one.reading.fixed) or (self._dated and one.reading.future is not None and not one.reading.deictic)

    def _jumps(self, days: Days) -> bool:
        """Whether a date lies years off the narrative, and no second one of its time has followed."""
        if self._span is None:
            return False
        year, held = days.earliest.year, self._span.meant[0]
        near = held.earliest.year - 1 <= year <= held.latest.year + 1
        if near or (self._aside is not None and abs(self._aside - year) <= 1):
            self._aside = None
            return False
        self._aside = year
        return True


def _is_near(days: Days) -> bool:
    return days.unit not in {"decade", "century"}


def _counts_from(reading: Reading, anchor: Anchor | None) -> bool:
    return anchor is not None and reading.past is not None and reached(reading.past, anchor.meant[0]) is not None


def _holds(outer: Days, inner: Days) -> bool:
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest
