"""Readers of durations, of what is counted in units from an anchor ("two weeks ago"), of sets and of vague references."""

from __future__ import annotations

from dataclasses import replace

from dateline.when.calendar import month_number, weekday_number
from dateline.when.readings import PARTS_OF_DAY, Anchor, Reading, duration_value, moved, singular, stretch
from dateline.when.said import Said

MODS = {"about": "APPROX", "around": "APPROX", "approximately": "APPROX", "roughly": "APPROX", "circa": "APPROX",
        "some": "APPROX", "or so": "APPROX", "nearly": "LESS_THAN", "almost": "LESS_THAN", "more than": "MORE_THAN",
        "over": "MORE_THAN", "well over": "MORE_THAN", "just over": "MORE_THAN", "a little more than": "MORE_THAN",
        "less than": "LESS_THAN", "under": "LESS_THAN", "just under": "LESS_THAN", "a little less than": "LESS_THAN",
        "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS",
        "no more than": "EQUAL_OR_LESS", "as long as": "EQUAL_OR_LESS", "within": "EQUAL_OR_LESS"}
BACK = {"ago", "before", "earlier", "previously"}
LONGEST = 100_000                 # of any unit: beyond these nobody counts days


def _mod(said: Said) -> str | None:
    return MODS.get(said.words("mod"))


def _is_fraction(said: Said) -> bool:
    """"A second", "a quarter": the second of something, a fourth of something."""
    unit, n = said.words("unit"), said.words("n")
    return (unit == "second" and n in {"a", "an", "one", "some", "many", ""}) or (
        unit in {"quarter", "quarters"} and (n in {"a", "an", "one", "some", ""} or said.next_word().lower() == "of"))


def read_duration(said: Said) -> Reading | None:
    unit = singular(said.words("unit"))
    if _is_fraction(said) or (said.words("n") in {"some", "many"} and said.words("unit") == unit) or (
            said.words("n") in {"a", "an"} and said.words("unit") != unit):
        return None
    number = 1.0 if said.words("n") == "" else said.number("n")
    if said.words("halved"):
        number = 0.5
    elif said.words("n") == "" and said.words("unit") != unit:
        number = None                   # "months-long"
    tail = said.match.group()
    if number is not None and said.match.re.groupindex.get("way") is None and _says_and_a_half(said, tail):
        number += 0.5
    if number is not None and number > LONGEST:
        return None
    return Reading(type="DURATION", value=duration_value(number, unit), mod=_mod(said))


def _says_and_a_half(said: Said, tail: str) -> bool:
    start, end = said.encoded.starts[said.match.start()], said.encoded.ends[said.match.end() - 1]
    return "half" in said.encoded.text[start:end].lower().split() and bool(tail) and not said.words("halved")


def read_quarter_hour(said: Said) -> Reading:
    return Reading(type="DURATION", value="PT45M" if said.words("threes") else "PT15M")


def read_units(said: Said) -> Reading | None:
    """"Weeks", "months or years": how many, nobody says."""
    if said.next_word().lower() == "of" and said.words("unit") == "hours":
        return None
    return Reading(type="DURATION", value=duration_value(None, singular(said.words("unit"))))


def read_while(said: Said) -> Reading:
    del said
    return Reading(type="DURATION", value="PXX")


def read_ago(said: Said) -> Reading | None:
    """"Two weeks ago" from the day of writing; "three days later", "a year earlier" from what was told before."""
    way, unit = said.words("way"), singular(said.words("unit"))
    if _is_fraction(said) or (way in {"before", "after"} and said.next_word()[:1].isalnum() and way != "ago"):
        return None
    direction, number = -1 if way in BACK else 1, said.whole("n")
    reach = moved(number, unit, direction) if number is not None and number <= LONGEST else None
    if reach is None:
        return Reading(value="PAST_REF" if direction < 0 else "FUTURE_REF", mod=_mod(said))
    anchor: Anchor = "told" if way in {"before", "earlier", "previously", "later", "after", "afterwards"} else "quarter" if unit == "year" and number == 1 else "written"
    return Reading(past=reach, anchor=anchor, leads=way not in BACK or unit not in {"year", "decade"}, mod=_mod(said), deictic=anchor != "told")


def read_vague_ago(said: Said) -> Reading:
    return Reading(value="PAST_REF" if said.words("way") in BACK else "FUTURE_REF")


def read_stretch(said: Said) -> Reading | None:
    """"The past two weeks", "the next few days", "recent years", "the first nine months"."""
    which, words, unit = said.words("which"), said.words("unit"), singular(said.words("unit"))
    many = words != unit
    if not many and not said.words("n") and which not in {"past", "last", "next"}:
        return None
    if not many and which in {"last", "next"} and unit in {"week", "month", "year"} and not said.words("n"):
        return None                     # "last week" is a date
    if said.words("n") in {"a", "an"} or (which in {"coming", "past"} and many and not said.words("n") and which == _first(said)):
        return None
    number = said.whole("n") if said.words("n") else None if many else 1
    value = duration_value(number, unit)
    ahead = which in {"next", "coming", "following", "ensuing", "subsequent"}
    if which in {"first", "final", "recent", "intervening", "latest"} or number is None or number > LONGEST:
        return Reading(type="DURATION", value=value, mod=_mod(said))
    if said.next_word().lower() == "of":              # "the last four months of 1998": not up to now
        return Reading(type="DURATION", value=value, mod=_mod(said))
    reach = stretch(number, unit, 1 if ahead else -1)
    return Reading(type="DURATION", past=reach, value=value, mod=_mod(said), leads=False)


def _first(said: Said) -> str:
    first = said.match.start()
    return said.encoded.text[said.encoded.starts[first]:said.encoded.ends[first]].lower()


def read_every(said: Said) -> Reading:
    each = said.words("each") or said.words("each2")
    part = said.words("part") or said.words("part2")
    suffix = PARTS_OF_DAY.get(part.rstrip("s"), (None, ""))[1]
    number = weekday_number(each) if each.rstrip("s").endswith("day") and len(each) > 4 else -1
    if number >= 0:
        return Reading(type="SET", value=f"XXXX-WXX-{number + 1}{suffix}")
    if each in {"spring", "summer", "autumn", "fall", "winter"}:
        return Reading(type="SET", value="XXXX-" + {"spring": "SP", "summer": "SU", "winter": "WI"}.get(each, "FA"))
    if each in PARTS_OF_DAY and each != "night":
        return Reading(type="SET", value=f"XXXX-XX-XX{PARTS_OF_DAY[each][1]}")
    if month_number(each) and each not in {"second", "seconds"} and len(each) >= 3 and each[:3] in _MONTH_HEADS:
        return Reading(type="SET", value=f"XXXX-{month_number(each):02}")
    times = said.whole("other") if said.words("other") != "other" else 2
    return Reading(type="SET", value=duration_value(times or 1, singular(each)))


_MONTH_HEADS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}


def read_rate(said: Said) -> Reading | None:
    words = said.words("unit")
    if words in {"second", "quarter", "fortnight"}:
        return None
    return Reading(type="SET", value=duration_value(1, "year" if words == "annum" or not words else singular(words)))


def read_adverb(said: Said) -> Reading:
    value = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y", "nightly": "P1D",
             "hourly": "PT1H", "quarterly": "P1Q", "biweekly": "P2W", "fortnightly": "P2W"}[said.words("adverb")]
    return Reading(type="SET", value=value)


def read_present(said: Said) -> Reading:
    del said
    return Reading(value="PRESENT_REF")


def read_past(said: Said) -> Reading:
    del said
    return Reading(value="PAST_REF")


def read_future(said: Said) -> Reading:
    return replace(read_past(said), value="FUTURE_REF")


def read_soon(said: Said) -> Reading:
    """Ahead of the day of writing; in what tells the past, "soon" is soon after what was told."""
    del said
    return Reading(value="FUTURE_REF", ahead_only=True)


def read_that_time(said: Said) -> Reading:
    """"At that time": when, only the events tell."""
    del said
    return Reading(leads=False)
