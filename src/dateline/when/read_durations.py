"""Readers of durations, of what is counted in units from an anchor ("two weeks ago"), of sets and of vague references."""

from __future__ import annotations

from dateline.when.calendar import SEASONS, month_number, weekday_number
from dateline.when.readings import PARTS_OF_DAY, Anchor, Reading, duration_value, moved, singular, stretch
from dateline.when.said import Said

MODS = {"about": "APPROX", "around": "APPROX", "approximately": "APPROX", "roughly": "APPROX", "circa": "APPROX",
        "some": "APPROX", "nearly": "LESS_THAN", "almost": "LESS_THAN", "more than": "MORE_THAN", "over": "MORE_THAN",
        "well over": "MORE_THAN", "just over": "MORE_THAN", "a little more than": "MORE_THAN", "less than": "LESS_THAN",
        "under": "LESS_THAN", "just under": "LESS_THAN", "a little less than": "LESS_THAN", "at least": "EQUAL_OR_MORE",
        "no less than": "EQUAL_OR_MORE", "at most": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS", "no more than": "EQUAL_OR_LESS",
        "as long as": "EQUAL_OR_LESS", "within": "EQUAL_OR_LESS"}
BACK = frozenset(("ago", "before", "earlier", "previously"))
FROM_TOLD = frozenset(("before", "earlier", "previously", "later", "after", "afterwards"))
AFTER = frozenset(("later", "after", "afterwards"))
AHEAD = frozenset(("next", "coming", "following", "ensuing", "subsequent"))
NO_DAYS = frozenset(("first", "final", "intervening", "latest"))     # of what, the text says
LONGEST = 100_000                 # of any unit: beyond these nobody counts days
ADVERBS = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y", "nightly": "P1D",
           "hourly": "PT1H", "biweekly": "P2W", "fortnightly": "P2W"}


def _mod(said: Said) -> str | None:
    return MODS.get(said.words("mod"))


def _is_no_length(said: Said) -> bool:
    """"A second bomb", "a quarter of them", "many a day": the second of something, a fourth of something."""
    unit, n = said.words("unit"), said.words("n")
    one = singular(unit) == unit
    return ((unit == "second" and n in {"a", "an", "one", "some", "many"})
            or (unit == "quarter" and n in {"a", "an", "one", "some"})
            or (unit == "weekend" and n not in {"a", "one"})
            or (unit == "quarters" and said.next_word().lower() == "of")
            or (one and n in {"some", "many"}) or (not one and n in {"a", "an"}))


def read_duration(said: Said) -> Reading | None:
    """"Three days", "a two-year", "half an hour", "two and a half years", "months-long", "the year ended"."""
    unit = singular(said.words("unit"))
    if _is_no_length(said):
        return None
    number = said.number("n")
    if not said.words("n"):
        number = 0.5 if said.words("halved") else 1 if said.words("unit") == unit else None
    if number is not None and said.words("half"):
        number += 0.5
    if number is not None and number > LONGEST:
        return None
    return Reading(type="DURATION", value=duration_value(number, unit), mod=_mod(said))


def read_quarter_hour(said: Said) -> Reading:
    return Reading(type="DURATION", value="PT45M" if said.words("three") else "PT15M")


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
    if _is_no_length(said) or (way == "before" and said.next_word()[:1].isalnum()):      # "two days before the vote"
        return None
    direction, number = -1 if way in BACK else 1, said.whole("n")
    reach = moved(number, unit, direction) if number is not None and number <= LONGEST else None
    if reach is None:
        return Reading(value="PAST_REF" if direction < 0 else "FUTURE_REF", mod=_mod(said))
    told: Anchor = "after" if way in AFTER else "told"
    anchor: Anchor = told if way in FROM_TOLD else "quarter" if unit == "year" and number == 1 else "written"
    return Reading(past=reach, anchor=anchor, mod=_mod(said), deictic=way not in FROM_TOLD,
                   leads=way not in BACK or unit not in {"year", "decade"})


def read_vague_ago(said: Said) -> Reading:
    return Reading(value="PAST_REF" if said.words("way") in BACK else "FUTURE_REF")


def read_stretch(said: Said) -> Reading | None:
    """"The past two weeks", "the next few days", "the first nine months"."""
    which, words, n = said.words("which"), said.words("unit"), said.words("n")
    unit = singular(words)
    many = words != unit
    if unit in {"second", "minute", "weekend", "night"} and not many:
        return None
    if not n and not many and which != "past" and (which not in {"last", "next"} or unit in {"day", "week", "month", "year"}):
        return None                     # "last week" is a date
    if n in {"a", "an"} or (many and not n and which in {"coming", "past", "last", "next"} and not said.words("the")):
        return None                     # "coming months" is some time to come
    number = said.whole("n") if n else None if many else 1
    value = duration_value(number, unit)
    if which in NO_DAYS or number is None or number > LONGEST or said.next_word().lower() == "of":
        return Reading(type="DURATION", value=value, mod=_mod(said))         # "the last four months of 1998"
    return Reading(type="DURATION", past=stretch(number, unit, 1 if which in AHEAD else -1), value=value, mod=_mod(said),
                   leads=False)


def read_every(said: Said) -> Reading:
    weekday, month, season, each = (said.words(group) for group in ("weekday", "month", "season", "each"))
    suffix = PARTS_OF_DAY.get(said.words("part").rstrip("s") or each, (None, ""))[1]
    if weekday:
        return Reading(type="SET", value=f"XXXX-WXX-{weekday_number(weekday) + 1}{suffix}")
    if month:
        return Reading(type="SET", value=f"XXXX-{month_number(month):02}")
    if season:
        return Reading(type="SET", value=f"XXXX-{SEASONS[season][1]}")
    if each:
        return Reading(type="SET", value=f"XXXX-XX-XX{suffix}")
    times = 2 if said.words("other") == "other" else said.whole("other") or 1
    return Reading(type="SET", value=duration_value(times, singular(said.words("unit"))))


def read_rate(said: Said) -> Reading | None:
    unit = said.words("unit")
    if unit in {"second", "quarter", "fortnight"}:
        return None
    return Reading(type="SET", value=duration_value(1, "year" if unit == "annum" else singular(unit)))


def read_adverb(said: Said) -> Reading:
    return Reading(type="SET", value=ADVERBS[said.all_words()])


def read_present(said: Said) -> Reading:
    del said
    return Reading(value="PRESENT_REF")


def read_past(said: Said) -> Reading:
    del said
    return Reading(value="PAST_REF")


def read_future(said: Said) -> Reading:
    del said
    return Reading(value="FUTURE_REF")


def read_soon(said: Said) -> Reading:
    """Ahead of the day of writing; in what tells the past, "soon" is soon after what was told."""
    del said
    return Reading(value="FUTURE_REF", ahead_only=True)


def read_that_time(said: Said) -> Reading:
    """"At that time": when, only the events tell."""
    del said
    return Reading(leads=False)
