"""Values in words that keep their doubt: "at least 63", "26-27 Aug 2021", "13-213 (best 200)"."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from dateline.publish.safe import plain
from dateline.reconcile.words import word_set
from dateline.records import Figure, GroupStatement, Incident, ReportRef, Speaker, Toll, When, Where
from dateline.records.incident import TollPart
from dateline.where.answer import is_unlisted

PRECISION = {
    1: "exact place", 2: "near a place", 3: "district", 4: "province", 5: "region, road or river", 6: "country only",
    7: "sea or airspace",
}
ANYBODY = frozenset({"people", "persons", "others", "other people"})   # say nothing about who they are
# Words that a count begins with: written small, so that the same count from two outlets is one line.
COUNT_WORDS = word_set(
    "a about almost an another around as at between dozens exactly few fewer half hundreds less many more most multiple nearly "
    "no nobody none over roughly scores several some tens the thousands up zero one two three four five six seven eight nine "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred")


def day_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def instant_words(at: datetime) -> str:
    """The minute in UTC: "12 Mar 2024 09:30"."""
    at = at.astimezone(UTC)
    return f"{day_words(at.date())} {at:%H:%M}"


def when_words(when: When) -> str:
    """The day, or what is known of it: "18 Jan 2017", "26 Aug 2020, 2021 or 2022", "on or before 3 May 2018"."""
    if when.best is not None:
        return day_words(when.best)
    if when.candidates:
        shown = [day_words(d) for d in when.candidates[:4]]
        return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    return between_words(when.earliest, when.latest)


def between_words(earliest: date | None, latest: date | None) -> str:
    """What is known of a day that has these bounds; None: not bounded."""
    if earliest and latest:
        return span_words(earliest, latest)
    if latest:
        return f"on or before {day_words(latest)}"
    return f"on or after {day_words(earliest)}" if earliest else "day unknown"


def written_words(ref: ReportRef, when: When) -> str:
    """The day a report was written, "" where it is not known."""
    day = written_day(ref.written_earliest, ref.written_latest, when.best)
    return day_words(day) if day else ""


def written_day(earliest: date | None, latest: date | None, told: date | None) -> date | None:
    """The day on which a report was written that has these bounds; None: not known.

    A dispatch whose dateline has no year may be of that day in any of several: it is of the first one on or after `told`, the day
    of the incident that it tells.
    """
    if earliest is None or latest is None:
        return None
    if earliest == latest:
        return earliest
    if told is None or (earliest.month, earliest.day) != (latest.month, latest.day):
        return None
    years = (earliest.replace(year=year) for year in range(earliest.year, latest.year + 1)
             if (earliest.month, earliest.day) != (2, 29))
    return next((day for day in years if day >= told), None)


def span_words(first: date, last: date) -> str:
    """ "2013", "Aug 2021", "26-27 Aug 2021", "28 Jan - 3 Feb 2018"."""
    after = last + timedelta(days=1) if last < date.max else last
    if first == last:
        return day_words(first)
    if (first.month, first.day, after.month, after.day) == (1, 1, 1, 1):
        return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
    if (first.year, first.month) != (last.year, last.month):
        return f"{first.day} {first:%b}{'' if first.year == last.year else f' {first.year}'} - {day_words(last)}"
    return f"{first:%b %Y}" if (first.day, after.day) == (1, 1) else f"{first.day}-{day_words(last)}"


def clock_words(when: When) -> str:
    """Time of day and duration: "12:50 Asia/Kabul (08:20 UTC); lasted 3-5 May 2019"; empty where neither is told."""
    told = f"{when.time_of_day} {when.zone or 'local time'}" if when.time_of_day else ""
    if told and when.utc:
        first, last = (instant[11:16] for instant in (when.utc.earliest, when.utc.latest))
        told += f" ({first if when.utc.earliest == when.utc.latest else f'{first}-{last}'} UTC)"
    lasted = ""
    if when.start and when.end and when.start != when.end:
        lasted = f"lasted {span_words(when.start, when.end)}"
    elif when.ongoing:
        lasted = "goes on" + (f" since {day_words(when.start)}" if when.start else "")
    return "; ".join(part for part in (told, lasted) if part)


def where_words(where: Where) -> str:
    if where.unplaced:
        return f"{where.text or 'place unknown'} (not placed: {where.unplaced})" if where.text else "place unknown"
    name = where.name or where.text or "place unknown"
    around = ", ".join(p for p in (where.admin1, where.country) if p and p != name)
    within = f"{name}, {around}" if around else name
    how = "near" if where.precision == 2 else "in"  # as where_prec tells
    return f"{' '.join((where.text or '').split())}, {how} {within}" if is_unlisted(where) else within


def toll_words(toll: Toll) -> str:
    """ "102" where all agree, "at least 102" where the top is open, "77-80 (best 77)", "none told" without a number."""
    return bounds_words(toll.low, toll.best, toll.high)


def bounds_words(low: int | None, best: int | None, high: int | None) -> str:
    """The same of a toll's bounds alone."""
    if best is None and not low and high is None:
        return "not told"
    if best is not None and low == best == high:
        return str(best)
    if high is None:
        floor = f"at least {low}" if low else "not told how many"
        return floor if best is None or best == low else f"{floor} (best {best})"
    span = f"{low or 0}-{high}"
    return span if best is None else f"{span} (best {best})"


def part_bounds(part: TollPart) -> str:
    """The bounds of one side's or actor's part of a toll: "at least 7", "7", "7-9", "not told how many"."""
    if part.high is None:
        return f"at least {part.low}" if part.low else "not told how many"
    return f"{part.high}" if part.low == part.high else f"{part.low or 0}-{part.high}"


def figure_words(figure: Figure) -> str:
    """ "at least 63 killed", "11 killed (soldiers)": the source's words, and who they were where it says so."""
    words, who = small_first(plain(figure.words)), plain(figure.who)
    told = who.casefold() in ANYBODY or who.casefold() in words.casefold()
    return f"{words} {figure.effect}" + (f" ({who})" if who and not told else "")


def small_first(words: str) -> str:
    """`words` without the capital that only the beginning of a sentence gave them: "At least 12", "A bomber"."""
    first = words.partition(" ")[0]
    return words[:1].lower() + words[1:] if first.lower() in COUNT_WORDS else words


def speaker_words(figure: Figure) -> str:
    if not figure.speakers:
        return figure.speaker or "the report itself"
    return " and ".join(_speaker(s) for s in figure.speakers)


def _speaker(speaker: Speaker) -> str:
    return " ".join(speaker.text.split())


def sources_words(incident: Incident) -> str:
    s = incident.sources
    copies = s.reports - s.stories
    words = f"{s.reports} report{'s' if s.reports != 1 else ''}"
    if copies:
        words += f", {copies} {'copies' if copies != 1 else 'copy'}"
    return words


def statement_words(statement: GroupStatement) -> str:
    """What a statement says of its group: "about 60,000 fighters", "Mosul (loss)", "Tam Quillip (until 2021-05, killed)"."""
    held = statement.value
    said = {key: plain(str(value)) for key, value in held.items() if isinstance(value, str | int) and not isinstance(value, bool)}
    marks = [f"{word} {said[word]}" for word in ("since", "until") if said.get(word)]
    if statement.attribute == "strength":
        words = " ".join(p for p in (said.get("words") or said.get("value"), said.get("unit")) if p)
    elif statement.attribute == "loss":
        words = f"{said['of']}: {said['text']}" if said.get("of") and said.get("text") else said.get("text") or said.get("of", "")
    else:
        words = said.get("name") or said.get("text", "")
    marks += [said[key] for key in ("sense", "fate", "hedge") if said.get(key)]
    return f"{words} ({', '.join(marks)})" if marks else words


def names_words(count: int) -> str:
    """How many names were withheld: "2 names withheld (victims, witnesses, suspects)"."""
    return f"{count:,} name{'s' if count != 1 else ''} withheld (victims, witnesses, suspects)"


def withheld_words(names: int, passages: int = 0, places: int = 0) -> str:
    """ "2 names withheld (victims, witnesses, suspects); 1 shelter shown by district"; "" where nothing was withheld."""
    told = [names_words(names)] * bool(names)
    told += [f"{passages:,} passage{'s' if passages != 1 else ''} withheld (minors, detainees, sexual violence)"] * bool(passages)
    told += [f"{places:,} shelter{'s' if places != 1 else ''} shown by district"] * bool(places)
    return "; ".join(told)
