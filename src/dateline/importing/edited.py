"""Columns of an export that were changed -> the When, Where and counts that they say now. Pure; what cannot be raises
DecisionError."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from dateline.errors import DecisionError
from dateline.importing.places import Told as ToldPlace
from dateline.importing.places import country_code, where_told
from dateline.importing.same import words_of
from dateline.records import Figure, When, Where
from dateline.records.account import Modifier, TimeOfDay, WhenPrecision
from dateline.typed import typed_count, typed_when
from dateline.where.answer import where_of
from dateline.where.gazetteer import Gazetteer


def edited_when(before: When, told: Mapping[str, Any]) -> When:
    """`before` with the columns that were changed. A new best day alone is the day; new bounds leave a best one that they
    hold."""
    best = told.get("when_best", before.best)
    earliest, latest = told.get("when_earliest", before.earliest), told.get("when_latest", before.latest)
    if "when_best" in told and best is not None and not {"when_earliest", "when_latest"} & set(told):
        after = replace(typed_when(best.isoformat()), start=before.start, end=before.end)
    elif {"when_best", "when_earliest", "when_latest"} & set(told):
        after = _bounded(earliest, latest, best)
    else:
        after = before
    start, end = told.get("when_start", before.start), told.get("when_end", before.end)
    if start and end and end < start:
        raise DecisionError(f"when_end: {end} is before when_start, {start}")
    if "when_precision" in told and told["when_precision"] not in get_args(WhenPrecision):
        raise DecisionError(f"when_precision: {told['when_precision']!r} is none of {', '.join(get_args(WhenPrecision))}")
    time_of_day = told.get("time_of_day", before.time_of_day)
    if time_of_day is not None and time_of_day not in get_args(TimeOfDay) and not _is_clock(time_of_day):
        raise DecisionError(f"time_of_day: {time_of_day!r} is none of {', '.join(get_args(TimeOfDay))}, and no time as 12:50")
    shifted = after.best != before.best and start == before.start and start is not None and after.best is not None
    return replace(
        after,
        start=None if shifted and "when_start" not in told else start,
        end=None if shifted and "when_end" not in told else end,
        ongoing=bool(told.get("ongoing", before.ongoing)),
        precision=told.get("when_precision") or after.precision,
        time_of_day=time_of_day,
        text=before.text,
        evidence=before.evidence,
        zone=before.zone,
    )


def edited_where(before: Where, told: Mapping[str, Any], gazetteer: Gazetteer) -> Where:
    """`before` with the columns that were changed: another gazetteer id, another point, another name, or its parts alone."""
    if (place_id := told.get("gazetteer_id")) is not None:
        place = gazetteer.get(place_id)
        if place is None:
            raise DecisionError(f"gazetteer_id: the gazetteer has no {place_id!r}; dateline gazetteer lookup finds places")
        return where_of(place, before.text or place.name, before.evidence)
    lat, lon = told.get("lat", before.lat), told.get("lon", before.lon)
    for name, value, most in (("lat", lat, 90.0), ("lon", lon, 180.0)):
        if value is not None and not -most <= value <= most:
            raise DecisionError(f"{name}: {value} lies not between -{most:g} and {most:g}")
    country = country_code(told.get("country", before.country), gazetteer)
    precision = told.get("location_precision", before.precision)
    if precision is not None and precision not in range(1, 8):
        raise DecisionError(f"location_precision: {precision} is none of 1 to 7")
    moved = {"lat", "lon"} & set(told)
    if moved and (lat is None) != (lon is None):
        raise DecisionError("lat, lon: a point has both")
    if not moved and not {"place", "country"} & set(told):
        parts = {name: told[name] for name in ("admin1", "admin2", "admin3", "radius_km") if name in told}
        return replace(before, **parts, precision=precision)
    renamed = "place" in told
    named = ToldPlace(
        told.get("place", before.name),
        told.get("admin2") if renamed or "country" in told else told.get("admin2", before.admin2),
        told.get("admin1") if renamed or "country" in told else told.get("admin1", before.admin1),
        country,
        lat if moved else None,
        lon if moved else None,
        precision if moved or "location_precision" in told else None,
    )
    after, remarks = where_told(named, "plain", before.evidence, gazetteer)
    if remarks:
        raise DecisionError(
            f"place: {remarks[0].replace(': it stands in', '; nearest to it would be')}; give lat and lon with it"
        )
    return replace(after, text=before.text or after.text, radius_km=told.get("radius_km") or after.radius_km)


def edited_bounds(left: Sequence[int | None], told: Mapping[str, Any], names: Sequence[str]) -> list[int | None]:
    """Low, best and high with those that were changed. Where the best alone was, an end that was the same goes with it: 12, 12,
    12
    becomes 14, 14, 14."""
    best = told.get(names[1])
    alone = best is not None and not {names[0], names[2]} & set(told)
    return [best if alone and before == left[1] else told.get(name, before) for name, before in zip(names, left, strict=True)]


def bounds_words(low: int | None, best: int | None, high: int | None) -> tuple[Modifier, str]:
    """How a count with these bounds is said."""
    if low is None and high is None and best is None:
        return "word", "an unknown number"
    if low == high and best in (None, low):
        return "exact", str(low)
    if high is None:
        return "at_least", f"at least {low if low is not None else best}"
    if low is None:
        return "up_to", f"up to {high}"
    return "range", f"{low} to {high}" + (f", most likely {best}" if best is not None else "")


def _bounded(earliest: date | None, latest: date | None, best: date | None) -> When:
    if earliest and latest and latest < earliest:
        raise DecisionError(f"when_latest: {latest} is before when_earliest, {earliest}")
    if earliest is None or latest is None:
        return When(None, None, False, earliest, latest, (), best, "unknown", None, None, ())
    spanned = typed_when(f"{earliest}..{latest}")
    if best is not None and not earliest <= best <= latest:
        raise DecisionError(f"when_best: {best} lies not between when_earliest and when_latest")
    return replace(spanned, best=best if best is not None else spanned.best)


def edited_count(figure: Figure, told: Mapping[str, Any]) -> dict[str, Any]:
    """The count that edited columns of a figure say: its numbers; or its words, where these alone are new."""
    if "words" in told and told["words"] and not {"low", "value", "high", "modifier"} & set(told):
        count = typed_count(told["words"])
        return {"low": count.low, "high": count.high, "value": count.value, "modifier": count.modifier, "words": told["words"]}
    low, value, high = edited_bounds((figure.low, figure.value, figure.high), told, ("low", "value", "high"))
    in_order = [one for one in (low, high) if one is not None]
    if in_order != sorted(in_order) or any(one < 0 for one in (*in_order, value or 0)):
        raise DecisionError(f"low, high: {words_of(low) or '?'} to {words_of(high) or '?'} are not in order")
    modifier, words = bounds_words(low, value, high)
    modifier = told.get("modifier") or (figure.modifier if not {"low", "value", "high"} & set(told) else modifier)
    if modifier not in get_args(Modifier):
        raise DecisionError(f"modifier: {modifier!r} is none of {', '.join(get_args(Modifier))}")
    return {"low": low, "high": high, "value": value, "modifier": modifier, "words": told.get("words") or words}


def _is_clock(words: str) -> bool:
    hour, mark, minute = words.partition(":")
    return bool(mark) and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60 and len(minute) == 2
