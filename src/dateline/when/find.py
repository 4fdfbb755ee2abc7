"""The time expressions of a text, before they are tied to days."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dateline.when.encode import encode
from dateline.when.forms import FORMS
from dateline.when.readings import Reading
from dateline.when.said import Said

_BETWEEN_PARTS = re.compile(
    r"[ \t\n]{0,3},?[ \t\n]{0,3}(?:(?:on|at|of|in the|in|early|late|about|around|at about|at around|on the)[ \t\n]{1,3})?"
    r"(?:the[ \t\n]{1,3})?", re.IGNORECASE)
_CLOCK = re.compile(r"T[0-9]{2}:[0-9]{2}")
_AFTER_BRACKET = re.compile(r"\)\s{0,3},?\s{0,3}(?:on\s{1,3})?")
_PARTS_AFTER_NOON = frozenset(("TAF", "TEV", "TNI"))


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    reading: Reading


def find(text: str) -> list[Found]:
    """The expressions of `text`, in its order and apart."""
    return _lend_days(text, _join_parts(text, _longest(_all_forms(text))))


def _all_forms(text: str) -> list[Found]:
    encoded = encode(text)
    found = []
    for form in FORMS:
        for match in form.pattern.finditer(encoded.codes):
            first, last = match.span(form.group)
            if first < 0:               # the form has another way of saying it
                first, last = match.span()
            if first == last:
                continue
            reading = form.read(Said(encoded, match))
            if reading is not None:
                found.append(Found(encoded.starts[first], encoded.ends[last - 1], reading))
    return found


def _longest(found: list[Found]) -> list[Found]:
    """Of those that overlap the longest, of equals the form listed first; in order of the text."""
    kept: list[Found] = []
    best: Found | None = None
    for one in sorted(found, key=lambda f: (f.start, f.start - f.end)):
        if best is None or one.start >= best.end:
            kept.append(one)
            best = one
        elif one.end - one.start > best.end - best.start:
            kept[-1] = best = one
    return kept


def _join_parts(text: str, found: list[Found]) -> list[Found]:
    """A clock time or part of day beside a date is one expression: "at 9 a.m. on Sunday", "Sunday at dawn"."""
    joined: list[Found] = []
    for one in found:
        if joined and _BETWEEN_PARTS.fullmatch(text, joined[-1].end, one.start):
            both = _one_of(joined[-1], one)
            if both is not None:
                joined[-1] = both
                continue
        joined.append(one)
    return joined


def _one_of(first: Found, second: Found) -> Found | None:
    a, b = first.reading, second.reading
    for day, part in ((a, b), (b, a)):
        is_part = part.type == "TIME" and part.past is None and not part.fixed and part.value is None
        is_day = day.type == "DATE" and day.value is None and (day.past is not None or day.fixed) and not day.suffix
        if is_part and day.type == "TIME" and day.past is not None and _CLOCK.fullmatch(part.suffix) and (
                day.suffix in _PARTS_AFTER_NOON or day.suffix == "TMO"):
            clock = _in_part(part.time_of_day or "", day.suffix)
            return Found(first.start, second.end, replace(day, suffix=f"T{clock}", time_of_day=clock, zone=part.zone))
        if is_part and is_day:
            whole = replace(day, type="TIME", suffix=part.suffix, time_of_day=part.time_of_day, zone=part.zone,
                            mod=part.mod or day.mod)
            return Found(first.start, second.end, whole)
    return None


def _lend_days(text: str, found: list[Found]) -> list[Found]:
    """In "at 10:35 a.m. (0735 GMT) Friday" the first time has its day too; of the second it may be another day."""
    lent = list(found)
    for n, (first, second, day) in enumerate(zip(found, found[1:], found[2:], strict=False)):
        around = text[first.end:second.start], text[second.end:day.start]
        if around[0].strip() == "(" and _AFTER_BRACKET.fullmatch(around[1]):
            both = _one_of(first, day)
            if both is not None:
                lent[n] = Found(first.start, first.end, both.reading)
    return lent


def _in_part(clock: str, part: str) -> str:
    """7:30 of a night is 19:30; 2:30 of a night is 2:30."""
    if not clock[:2].isdigit():   # "last night at midnight"
        return clock
    hour = int(clock[:2])
    later = part in _PARTS_AFTER_NOON and 1 <= hour < 12 and (part != "TNI" or hour >= 6)
    return f"{hour + 12 if later else hour:02}{clock[2:]}"
