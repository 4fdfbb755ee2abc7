"""Readers of clock times and parts of the day."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.when import calendar
from dateline.when.calendar import Days
from dateline.when.read_parts import PART_MODS
from dateline.when.readings import Anchor, Reading, days_from, part_of_day
from dateline.when.said import Said


def read_this_part(said: Said) -> Reading | None:
    """"This morning", "last night", "that afternoon", "the next morning"."""
    which, part = said.words("which").split()[-1], said.words("part")
    if which == "last" and part not in {"night", "evening"}:
        return None
    step = {"this": 0, "last": -1, "that": 0, "same": 0, "next": 1, "following": 1, "previous": -1}[which]
    by_writer = which in {"this", "last"}
    anchor: Anchor = ("written" if by_writer else "that" if which in {"that", "same"} else
                      "after" if which in {"next", "following"} else "told")
    reading = Reading(past=days_from(step), anchor=anchor, deictic=by_writer, mod=PART_MODS.get(said.words("when")))
    return part_of_day(part, reading)


def read_part(said: Said) -> Reading | None:
    words = said.words("part") if said.words("part") else said.words("x")
    reading = Reading(type="TIME", mod=PART_MODS.get(said.words("when")), zone=_zone(said.words("zone")))
    if words == "nighttime":
        words = "night"
    return replace(reading, suffix="TDT") if words == "daytime" else part_of_day(words, reading)


def read_overnight(said: Said) -> Reading:
    del said
    return part_of_day("overnight", Reading(past=_night_before, deictic=True))


def _night_before(anchor: Days) -> Days | None:
    eve = calendar.shift(anchor.earliest, -1)
    return Days(eve, anchor.earliest, "days") if eve and anchor.unit == "day" else None


def read_clock(said: Said) -> Reading | None:
    """"12:50 p.m.", "1300 GMT", "9 a.m.", "five o'clock in the evening", "0900Z"."""
    digits = re.sub(r"[^0-9:.]", "", said.words("clock") or said.words("hhmm") or said.words("hhmm2"))
    half, part, zone = said.words("half")[:1], said.words("part"), said.words("zone")
    if digits:
        hour, minute = (int(p) for p in re.split("[:.]", digits)[:2]) if re.search("[:.]", digits) else (
            int(digits) // 100, int(digits) % 100)
    else:
        hour, minute = said.whole("h") or -1, 0
    if not 0 <= hour <= 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if not digits and not half and not 1 <= hour <= 12:
        return None
    later = half == "p" or part in {"afternoon", "evening", "night"}
    if half or part:
        hour = hour % 12 + (12 if later else 0)
    clock = f"{hour:02}:{minute:02}"
    if said.words("hhmm2").endswith("z"):
        zone = "z"
    return Reading(type="TIME", suffix=f"T{clock}", time_of_day=clock, zone=_zone(zone),
                   mod="APPROX" if said.words("mod") else None)


def read_at(said: Said) -> Reading | None:
    """"At 1530", but not "at 1500 metres"."""
    following = said.next_word()
    return None if following.islower() and (following.endswith("s") or following in {"feet", "percent"}) else read_clock(said)


def read_half_past(said: Said) -> Reading | None:
    """"Half past six", "a quarter to nine"."""
    hour = said.whole("h")
    if hour is None or not 1 <= hour <= 12:
        return None
    minute = 30 if said.words("past") == "half" else 15
    if said.words("to"):
        hour, minute = (hour - 2) % 12 + 1, 45
    clock = f"{hour:02}:{minute:02}"
    return Reading(type="TIME", suffix=f"T{clock}", time_of_day=clock)


def _zone(words: str) -> str | None:
    return "local" if words.startswith("local") else words.upper() or None
