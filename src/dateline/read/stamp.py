"""The day that a report prints at its own head, with its year and without a place: "24 March 2015 Shells hit ...".

Outlets print the day of publication above or behind the headline, and a copy of the article keeps it in the text where the
metadata tells the day of the copy. A day in a sentence is none: what stands before and behind it tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dateline.read.dateline_parts import MONTH, WEEKDAY, DatePiece, month_number, read_day, weekday_number

_HEAD_CHARS = 300                # how far a headline can run on into the day
_LEAD = re.compile(r"\s*(?P<label>(?:date of publication|(?:first )?published|posted|last updated|last modified|updated|created)"
                   r"(?: on| at)?\s*:?\s*)?", re.IGNORECASE)
_CLOCK = r"(?:\s?,?\s?(?:at\s)?\d\d?:?\d\d(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|[A-Z]{2,4}T)\b)?)?"
# A headline, a sentence or a new line begins behind it: "24 March 2015 was", "24 March 2015, when" go on.
_BEHIND = re.compile(_CLOCK + r"\s?(?:[|:–—-]\s?)?(?=\n|\s*[A-Z0-9\"“'‘]|$)")
# Behind a headline the day has its weekday, and no small word leads to it ("killed on Friday 3 March 2017").
_BEHIND_TITLE = re.compile(rf"(?<=[\w.!?)|])\s(?=(?:{WEEKDAY})\s?,?\s(?:\d|{MONTH}))", re.IGNORECASE)
_LAST_WORD = re.compile(r"(\S+)\s*$")
# Text that lost its commas: "Jan 032017". Taken for a day behind a label alone.
_RUN_TOGETHER = re.compile(rf"(?P<month>{MONTH})\s?(?P<day>\d\d)(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.]((?:19|20)\d\d)(?![\w:/])")
_WEEKDAY_FIRST = re.compile(rf"(?P<weekday>{WEEKDAY})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day printed at the head of a text; the two that "03-04-2015" may be, the earlier first."""

    days: tuple[date, ...]


def stamp_in(text: str) -> Stamp | None:
    """The day of publication that the head of `text` prints, or None.

    >>> stamp_in("Tue Mar 24 2015 Shells kill four in Arden. Shells killed").days
    (datetime.date(2015, 3, 24),)
    """
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    first = _stamp_at(text, at, labelled=bool(lead and lead["label"]))
    if first is not None:
        return first
    for gap in _BEHIND_TITLE.finditer(text[:_HEAD_CHARS]):
        before = _LAST_WORD.search(text, 0, gap.start())
        if before is not None and not before.group(1)[0].islower():
            found = _stamp_at(text, gap.end(), labelled=False)
            if found is not None:
                return found
    return None


def _stamp_at(text: str, at: int, *, labelled: bool) -> Stamp | None:
    """The full day at `at`, if its weekday is right and a headline or sentence begins behind it, or a label led to it."""
    found = _either_day(text, at) or _full_day(text, at, labelled=labelled)
    if found is None:
        return None
    days, end = found
    weekday = _WEEKDAY_FIRST.match(text, at)
    if weekday is not None and weekday_number(weekday["weekday"].rstrip(".")) != days[0].weekday():
        return None
    return Stamp(days) if labelled or _BEHIND.match(text, end) else None


def _full_day(text: str, at: int, *, labelled: bool) -> tuple[tuple[date, ...], int] | None:
    """The one day printed at `at`, and where it ends."""
    run_together = _RUN_TOGETHER.match(text, at) if labelled else None
    said = read_day(text, at) if run_together is None else _parted(run_together)
    if said is None or said.date is None or len(said.date) != 10:
        return None
    try:
        return (date.fromisoformat(said.date),), said.end
    except ValueError:
        return None


def _either_day(text: str, at: int) -> tuple[tuple[date, ...], int] | None:
    """The two days that the numbers at `at` may be, and where they end; None where they are one day, or none."""
    said = _NUMBERS.match(text, at)
    if said is None or said[1] == said[2] or not (1 <= int(said[1]) <= 12 and 1 <= int(said[2]) <= 12):
        return None
    year, low, high = int(said[3]), *sorted((int(said[1]), int(said[2])))
    return (date(year, low, high), date(year, high, low)), said.end()


def _parted(found: re.Match[str]) -> DatePiece:
    return DatePiece(f"{found['year']}-{month_number(found['month']):02d}-{found['day']}", found.end())
