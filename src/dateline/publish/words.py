"""Values in words that keep their doubt: "at least 63", "26-27 Aug 2021", "13-213 (best 200)"."""

from __future__ import annotations

from datetime import date

from dateline.records import Figure, Incident, Speaker, Toll, When, Where

PRECISION = {
    1: "exact place", 2: "near a place", 3: "district", 4: "province", 5: "region, road or river", 6: "country only",
    7: "sea or airspace",
}


def day_words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def when_words(when: When) -> str:
    """The day, or what is known of it: "18 Jan 2017", "26 Aug 2020, 2021 or 2022", "on or before 3 May 2018"."""
    if when.best is not None:
        return day_words(when.best)
    if when.candidates:
        shown = [day_words(d) for d in when.candidates[:4]]
        return " or ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    if when.earliest and when.latest:
        return f"{day_words(when.earliest)} - {day_words(when.latest)}"
    if when.latest:
        return f"on or before {day_words(when.latest)}"
    if when.earliest:
        return f"on or after {day_words(when.earliest)}"
    return "day unknown"


def where_words(where: Where) -> str:
    if where.unplaced:
        return f"{where.text or 'place unknown'} (not placed: {where.unplaced})" if where.text else "place unknown"
    name = where.name or where.text or "place unknown"
    around = ", ".join(p for p in (where.admin1, where.country) if p and p != name)
    return f"{name}, {around}" if around else name


def toll_words(toll: Toll) -> str:
    """ "102" where all agree, "at least 102" where the top is open, "77-80 (best 77)", "none told" without a number."""
    low, best, high = toll.low, toll.best, toll.high
    if best is None and not low and high is None:
        return "not told"
    if best is not None and low == best == high:
        return str(best)
    if high is None:
        floor = f"at least {low}" if low else "not told how many"
        return floor if best is None or best == low else f"{floor} (best {best})"
    span = f"{low or 0}-{high}"
    return span if best is None else f"{span} (best {best})"


def figure_words(figure: Figure) -> str:
    """ "at least 63 killed (people)", as the source's words have it."""
    who = f" ({figure.who})" if figure.who else ""
    return f"{' '.join(figure.words.split())} {figure.effect}{who}"


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
