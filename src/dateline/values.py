"""What a person writes for a field of an incident -> its value: "2018-01", "Gao, ML", "none"."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any

from dateline.errors import DecisionError
from dateline.records import When, Where, to_json

NOTHING = frozenset({"none", "null", "unknown"})


def value_of(field: str, text: str, evidence: str | None = None) -> Any:
    """The value of `field` as JSON has it: a When, a Where, a number, null, or the text itself.

    evidence: the words of a report that say so. Raises DecisionError for what is no day, and for a place that the gazetteer does
    not know, or knows in several countries.
    """
    if text.casefold() in NOTHING:
        return to_json(NO_DAY) if field == "when" else None
    if field == "when":
        return to_json(when_of(text))
    if field == "where":
        return to_json(place_of(text, evidence))
    return int(text) if re.fullmatch(r"-?\d+", text) else text


NO_DAY = When(None, None, False, None, None, (), None, "unknown", None, None, ())


def when_of(text: str) -> When:
    """The time that "2018", "2018-01", "2018-01-27" or "2018-01-27..2018-01-29" says."""
    first, _, last = text.partition("..")
    try:
        (a, b), (c, d) = _days(first), _days(last or first)
    except ValueError:
        raise DecisionError(f"{text!r} is no day: write 2018-01-27, 2018-01, 2018 or 2018-01-27..2018-01-29") from None
    lo, hi = min(a, c), max(b, d)
    length = (hi - lo).days
    precision = "day" if length == 0 else "days" if length < 6 else "week" if length < 8 else "month" if length < 31 else "year"
    return When(None, None, False, lo, hi, (), lo if lo == hi else None, precision, None, text, ())  # type: ignore[arg-type]


def _days(text: str) -> tuple[date, date]:
    """The first and last day of "2018", "2018-01", "2018-01-27"."""
    parts = [int(part) for part in text.strip().split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date(*parts[:3])
    return day, day


def place_of(text: str, evidence: str | None = None) -> Where:
    """The place of the gazetteer that "Gao" or "Gao, ML" names."""
    from dateline.where.answer import where_of
    from dateline.where.gazetteer import load_gazetteer

    name, _, country = (part.strip() for part in text.partition(","))
    found = [one for one in load_gazetteer().lookup(name) if not country or one.country == country.upper()]
    if not found:
        raise DecisionError(f"the gazetteer knows no {text!r}; dateline gazetteer lookup finds names, gazetteer point adds one")
    if len({one.country for one in found}) > 1 and not country:
        countries = ", ".join(sorted({one.country or "?" for one in found}))
        raise DecisionError(f"{name!r} lies in several countries ({countries}): write, for example, '{name}, {found[0].country}'")
    return where_of(found[0], evidence or name, ())
