"""The precision codes of ACLED and UCDP, derived from an incident's when and where.

Source: docs/record.md, "Codes". A code is None where the publisher has none for what is known, and would not list the event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateline.records.account import When, Where

FEW_DAYS = 6                      # UCDP's span of 2-6 days
WEEK_DAYS = 7
MONTH_DAYS = 31
YEAR_DAYS = 366
SMALL_DISTRICT_KM = 25.0          # UCDP's "near" is within about 25 km; ACLED's "small area" has no figure
GEO_PRECISION = {1: 1, 2: 2, 4: 3, 5: 3, 7: 3}


@dataclass(frozen=True, slots=True)
class Codes:
    """What the two data sets would write for one incident."""

    date_prec: int | None         # UCDP 1-5
    date_start: date | None       # UCDP: every day on which it may have been lies between these
    date_end: date | None
    where_prec: int | None        # UCDP 1-7
    time_precision: int | None    # ACLED 1-3
    event_date: date | None       # ACLED: the day, or the middle of the span
    geo_precision: int | None     # ACLED 1-3


NO_CODES = Codes(None, None, None, None, None, None, None)


def codes_of(when: When, where: Where) -> Codes:
    """The codes of an incident at that time and place."""
    first, last = bounds_of(when)
    days = (last - first).days + 1 if first and last and first <= last else None
    return Codes(
        date_prec=_date_prec(days), date_start=first if days else None, date_end=last if days else None,
        where_prec=where.precision, time_precision=_time_precision(when, days), event_date=_event_date(when, first, days),
        geo_precision=_geo_precision(where))


def bounds_of(when: When) -> tuple[date | None, date | None]:
    """The first day on which it may have begun and the last on which it may still have gone on; None: not bounded."""
    first = min(when.candidates, default=when.earliest)
    last = max(when.candidates, default=when.latest)
    ends = [day for day in (last, when.end) if day is not None]
    return first or when.start, max(ends, default=None) if last or when.end else None


def _date_prec(days: int | None) -> int | None:
    if days is None or days > YEAR_DAYS:
        return None
    limits = ((1, 1), (FEW_DAYS, 2), (WEEK_DAYS, 3), (MONTH_DAYS, 4))
    return next((code for most, code in limits if days <= most), 5)


def _time_precision(when: When, days: int | None) -> int | None:
    """ACLED writes a row a day: a fight whose days are all known is precise, however long it lasted."""
    if days is None:
        return None
    if when.start and when.end and when.earliest == when.latest:
        return 1
    limits = ((1, 1), (WEEK_DAYS, 2), (MONTH_DAYS, 3))
    return next((code for most, code in limits if days <= most), None)


def _event_date(when: When, first: date | None, days: int | None) -> date | None:
    """The day; of a week or month its middle, or its first or last day where the words say "start" or "end"."""
    if first is None or days is None or _time_precision(when, days) is None:
        return None
    if when.best is not None and first <= when.best <= first + timedelta(days=days - 1):
        return when.best
    mod = when.timex.mod if when.timex else None
    if days > WEEK_DAYS and mod in {"START", "END"}:
        return first if mod == "START" else first + timedelta(days=days - 1)
    return first + timedelta(days=(days - 1) // 2)


def _geo_precision(where: Where) -> int | None:
    if where.precision == 3:
        return 2 if (where.radius_km or 0.0) <= SMALL_DISTRICT_KM else 3
    return GEO_PRECISION.get(where.precision or 0)
