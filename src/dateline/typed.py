"""What a person types -> values of the record: a day, a place of the gazetteer, a count. In commands, forms and sheets alike."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.errors import DecisionError
from dateline.records import Evidence, When, Where, to_json
from dateline.records.account import Modifier, WhenPrecision

_DAY = re.compile(r"[0-9]{4}(-[0-9]{1,2}){0,2}")

if TYPE_CHECKING:
    from dateline.where.gazetteer import Gazetteer
    from dateline.where.place import Place


@dataclass(frozen=True, slots=True)
class TypedCount:
    """A count as it was typed. low None: no lower end said; high None: no upper end. of: whom it counts, None where not said."""

    low: int | None
    high: int | None
    value: int | None
    modifier: Modifier
    of: str | None


def typed_value(field: str, text: str, words: str | None = None) -> Any:
    """What `text` says for a field of an incident, as JSON has it: a When, a Where, a count, a number, null, or the text itself.

    words: those of a report that say so. Raises DecisionError as `typed_when` and `typed_where`.
    """
    if text.casefold() in ("none", "null", "unknown"):
        return to_json(no_day()) if field == "when" else None
    if field == "when":
        return to_json(typed_when(text))
    if field == "where":
        return to_json(typed_where(text, words=words))
    if field.startswith("figures.") and field.endswith(".count"):
        count = typed_count(text)
        return {"low": count.low, "high": count.high, "value": count.value, "modifier": count.modifier, "words": text}
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def typed_when(text: str, evidence: Evidence = ()) -> When:
    """The time that "2018-01-27", "2018-01", "2018" or "2018-01-27..2018-01-29" says. Raises DecisionError for other words."""
    first, _, last = text.partition("..")
    try:
        (a, b), (c, d) = _days(first), _days(last or first)
    except ValueError:
        raise DecisionError(f"{text!r} is no day: write 2018-01-27, 2018-01, 2018 or 2018-01-27..2018-01-29") from None
    lo, hi = min(a, c), max(b, d)
    length = (hi - lo).days
    precision: WhenPrecision = (
        "day" if length == 0 else "days" if length < 6 else "week" if length < 8 else "month" if length < 31 else "year")
    return When(None, None, False, lo, hi, (), lo if lo == hi else None, precision, None, text, evidence)


def typed_day(text: str) -> date:
    """The one day that "2018-01-27" says. Raises DecisionError for other words."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DecisionError(f"{text!r} is no day: write, for example, 2018-01-27") from None


def no_day(latest: date | None = None, evidence: Evidence = ()) -> When:
    """A time that nobody tells. latest: the day after which it cannot have been."""
    return When(None, None, False, None, latest, (), None, "unknown", None, None, evidence)


def _days(text: str) -> tuple[date, date]:
    """The first and last day of "2018", "2018-01", "2018-01-27"."""
    if not _DAY.fullmatch(text.strip()):
        raise ValueError(text)
    parts = [int(part) for part in text.strip().split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date(*parts[:3])
    return day, day


def typed_where(text: str, *, words: str | None = None, evidence: Evidence = (), within: str | None = None,
                gazetteer: Gazetteer | None = None) -> Where:
    """The place of the gazetteer that "Gao" or "Gao, ML" names.

    words: as a report prints it. within: the unit around a place that the gazetteer may lack ("Gao region, ML"): such a place
    stands there, at the unit's precision, under its own name. Raises DecisionError for a name that nothing has, or places in
    several countries.
    """
    from dateline.where.answer import where_of
    from dateline.where.choice import label

    known = gazetteer if gazetteer is not None else _gazetteer()
    name, _, country = (part.strip() for part in text.partition(","))
    found = _called(known, name, country)
    if not found and within is not None:
        around, _, code = (part.strip() for part in within.partition(","))
        units = _called(known, around, code or country)
        if not units:
            raise DecisionError(f"the gazetteer knows neither {name!r} nor {around!r}; dateline gazetteer lookup finds names")
        return where_of(_one_country(units, around), words or name, evidence)
    if not found:
        raise DecisionError(f"the gazetteer knows no {text!r}; dateline gazetteer lookup finds names, gazetteer point adds one")
    return where_of(_one_country(found, name), words or name, evidence, tuple(map(label, found[1:4])))


def country_where(code: str, evidence: Evidence = (), gazetteer: Gazetteer | None = None) -> Where:
    """A country (alpha-2) in which it was, where no place in it is told. Raises DecisionError for a code of none."""
    from dataclasses import replace

    from dateline.where.answer import where_of

    place = (gazetteer if gazetteer is not None else _gazetteer()).country(code.upper())
    if place is None:
        raise DecisionError(f"no country has the code {code!r}; write, for example, AF")
    return replace(where_of(place, place.name, evidence), text=None)


def typed_count(words: str) -> TypedCount:
    """The count that "12", "at least 12 civilians" or "dozens" says. Raises DecisionError for what counts nobody, or twice."""
    from dateline.extract.counts import read_counts

    words = " ".join(words.split())
    read = read_counts(words)
    if not read:                      # "12" alone may be anything; of people it is a count
        read = [one for one in read_counts(f"{words} people") if one.start == 0]
    if len(read) != 1 or words[:read[0].start].strip():
        raise DecisionError(f"{words!r} is no count: write 12, at least 12, more than 20, about 60, 15 to 20, no one or dozens; "
                            "with who they were, 12 civilians")
    [count] = read
    rest = words[count.end:].strip().removeprefix("of ").strip()
    return TypedCount(count.low, count.high, count.value, count.modifier, rest or None)


def _gazetteer() -> Gazetteer:
    from dateline.where.gazetteer import load_gazetteer

    return load_gazetteer()


def _called(gazetteer: Gazetteer, name: str, country: str) -> list[Place]:
    """The places of that name, the likeliest first as in a report that names it alone: the city before its province."""
    from dateline.where.choice import rank
    from dateline.where.names import fold
    from dateline.where.reasons import Name

    found = tuple(one for one in gazetteer.lookup(name) if not country or one.country == country.upper())
    return [ranked.place for ranked in rank([Name(fold(name), found)])[0]] if found else []


def _one_country(found: Sequence[Place], name: str) -> Place:
    """The first of them, where all lie in one country."""
    countries = sorted({one.country or "?" for one in found})
    if len(countries) > 1:
        raise DecisionError(f"{name!r} lies in several countries ({', '.join(countries)}): write, for example, "
                            f"'{name}, {found[0].country}'")
    return found[0]
