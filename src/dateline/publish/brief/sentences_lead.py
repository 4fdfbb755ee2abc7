"""What happened, where and when, in words that keep their doubt: "A suicide bombing at Sidarat Square in Kabul, Afghanistan"."""

from __future__ import annotations

from datetime import date
from typing import Final

from dateline.publish.brief.sentences_speakers import a_or_an, capital, short
from dateline.publish.export.countries import country_name
from dateline.publish.names import BLANK
from dateline.publish.shelters import WHY
from dateline.publish.words import day_words, when_words
from dateline.records import Incident, When, Where
from dateline.records.kinds import headline
from dateline.where.answer import is_unlisted

# kind -> noun, and whether it takes an article
_NOUNS: Final[dict[str, tuple[str, bool]]] = {
    "government regains territory": ("recapture of ground by government forces", True),
    "non-state actor overtakes territory": ("capture of ground by an armed group", True),
    "armed clash": ("armed clash", True),
    "excessive force against protesters": ("force against protesters", False),
    "protest with intervention": ("protest that was broken up", True),
    "peaceful protest": ("peaceful protest", True),
    "violent demonstration": ("riot", True),
    "mob violence": ("mob violence", False),
    "chemical weapon": ("chemical attack", True),
    "air/drone strike": ("air or drone strike", True),
    "suicide bomb": ("suicide bombing", True),
    "shelling/artillery/missile attack": ("shelling", False),
    "remote explosive/landmine/ied": ("bombing", True),
    "grenade": ("grenade attack", True),
    "sexual violence": ("sexual violence", False),
    "attack": ("attack", True),
    "abduction/forced disappearance": ("abduction", True),
    "agreement": ("agreement", True),
    "arrests": ("arrests", False),
    "change to group/activity": ("change in an armed group", True),
    "disrupted weapons use": ("seizure or disarming of weapons", True),
    "headquarters or base established": ("base established", True),
    "looting/property destruction": ("looting or destruction of property", False),
    "non-violent transfer of territory": ("transfer of ground without violence", True),
    "other": ("incident", True),
}
UNIT_WORDS: Final = ("district", "province", "governorate", "state", "region", "county", "department", "prefecture", "division")
KNOWN_FROM: Final = {"background": "background", "anniversary": "a report on its anniversary", "legal": "a report from a court"}
LONGEST_ATTACKER = 40
MONTHS = 27                       # days: from here on a span is told by its months or years


def heading(incident: Incident) -> str:
    """ "Suicide bombing, Kabul, Afghanistan, 27 Jan 2018"; what is not known of place and day is said."""
    where = incident.where
    place = "place unknown" if where.unplaced and not _district(where) else _name(where) or "place unknown"
    country = country_name(where.country)
    parts = [capital(headline(incident.kind, None)), f"near {place}" if where.precision == 2 else place]
    parts += [country] if country and country.casefold() != place.casefold() else []
    return ", ".join([*parts, when_words(incident.when)])


def lead(incident: Incident) -> str:
    """ "A suicide bombing at Sidarat Square in Kabul, Afghanistan, on 27 January 2018"; "An attempted ..." where it was."""
    place = where_phrase(incident.where)
    words = " ".join(filter(None, (what(incident), by_attackers(incident), place)))
    return f"{words}{', ' if ',' in place else ' '}{when_phrase(incident.when)}"


def what(incident: Incident) -> str:
    noun, countable = _NOUNS.get(incident.kind, (headline(incident.kind, None), True))
    if incident.status in ("attempted", "foiled"):
        noun = f"{incident.status} {noun}"
    return capital(f"{a_or_an(noun)} {noun}" if countable else noun)


def by_attackers(incident: Incident) -> str:
    """ "by masked gunmen", where reports describe them and say no name; who they belonged to is told apart, with who says so."""
    if incident.kind == "suicide bomb" or incident.status == "alleged":
        return ""
    for actor in incident.actors:
        text = short(actor.text, 200)
        if (actor.role == "attacker" and actor.certainty == "stated" and not (actor.group or actor.person or actor.organisation)
                and len(text) <= LONGEST_ATTACKER and BLANK not in text and not any(w[:1].isupper() for w in text.split()[1:])):
            return f"by {text[:1].lower()}{text[1:]}"
    return ""


def where_phrase(where: Where) -> str:
    """ "in Port Verity, Arden", "in or near Port Verity", "somewhere in the district of Verity", "at an unknown place"."""
    country = country_name(where.country)
    name, text = _name(where), short(where.text, 60)
    tail = f", {country}" if country else ""
    if where.unplaced and not _district(where):
        said = f", which reports call “{text}”" if text and BLANK not in text else ""
        return f"at a place that is not known{f' in {country}' if country else ''}{said}"
    if _district(where) and where.unplaced == WHY:
        return f"in {_unit(name, 'district') if where.kind == 'admin2' else name or country or 'an unknown place'}" \
               f"{tail if name else ''} (shown by its district)"
    if where.precision == 6 or not name or (country or "").casefold() == name.casefold():
        return f"somewhere in {country or name or 'an unknown place'}"
    if where.precision == 7:
        return f"at sea or in the air, {name}{tail}"
    if where.precision == 5:
        return f"somewhere in {name}{tail}"
    if where.precision in (3, 4):
        return f"somewhere in {_unit(name, 'district' if where.precision == 3 else 'province')}{tail}"
    if is_unlisted(where) and text and BLANK not in text and text.casefold() != name.casefold():
        return f"at {text} {'in or near' if where.precision == 2 else 'in'} {name}{tail}"
    if where.precision == 2:
        return f"in or near {name}{tail}"
    return f"{'at' if where.kind in ('site', 'airport') else 'in'} {name}{tail}"


def when_phrase(when: When) -> str:
    """ "on 27 January 2018", "on a day from 24 to 27 January 2018", "in 2013", "on or before 3 May 2018"."""
    if when.start and when.end and when.end > when.start and when.best == when.start:
        return f"from {_from_to(when.start, when.end)}"
    if when.ongoing and when.start and when.best:
        return f"since {long_day(when.start)}"
    if len(when.candidates) > 1:
        return f"on {_one_of(when.candidates)}"
    first, last = when.earliest, when.latest
    if first is not None and first == last:
        return f"on {long_day(first)}"
    if first is not None and last is not None:
        return _in_span(first, last)
    if last is not None:
        return f"on or before {long_day(last)}"
    if first is not None:
        return f"on or after {long_day(first)}"
    return f"on {long_day(when.best)}" if when.best else "on a day that is not known"


def long_day(day: date) -> str:
    """ "27 January 2018"."""
    return f"{day.day} {day:%B} {day.year}"


def _one_of(days: tuple[date, ...]) -> str:
    """ "26 August 2020, 2021 or 2022", "3 May 2018 or 10 May 2018"."""
    first, shown = days[0], days[:4]
    same = all((day.month, day.day) == (first.month, first.day) for day in shown)
    words = [str(day.year) for day in shown] if same else [long_day(day) for day in shown]
    words[0] = long_day(first)
    return f"{', '.join(words)} or another day" if len(days) > len(shown) else " or ".join([", ".join(words[:-1]), words[-1]])


def _in_span(first: date, last: date) -> str:
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"in {first.year}" if first.year == last.year else f"in {first.year} to {last.year}"
    if first.day == 1 and (last - first).days >= MONTHS and (first.year, first.month) == (last.year, last.month):
        return f"in {first:%B} {first.year}"
    return f"on a day from {_from_to(first, last)}"


def _from_to(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {long_day(last)}"
    return f"{first.day} {first:%B}{'' if first.year == last.year else f' {first.year}'} to {long_day(last)}"


def place_words(where: Where) -> str:
    """A place in a few words, for what changed: "Port Verity", "near Port Verity", "the province of Herat", "unknown"."""
    if where.unplaced and not _district(where):
        return "unknown"
    name = _name(where)
    if where.precision in (3, 4) and name:
        return _unit(name, "district" if where.precision == 3 else "province")
    if is_unlisted(where) and where.text and BLANK not in where.text:
        return f"{short(where.text, 60)}, {name}"
    return f"near {name}" if where.precision == 2 else name or country_name(where.country) or "unknown"


def days_words(when: When) -> str:
    """A day in a few words: "18 Jan 2017", "17-18 Jan 2017"."""
    return day_words(when.best) if when.best and when.precision == "day" else when_words(when) if when.best is None else (
        f"{when_words(when)} or a day near it")


def _district(where: Where) -> bool:
    return where.unplaced == WHY


def _name(where: Where) -> str:
    name = short(where.name or where.text, 60)
    return "" if BLANK in name else name


def _unit(name: str, kind: str) -> str:
    """ "the district of Verity"; a name that says what it is stays as it is: "Verity District"."""
    return name if any(word in name.casefold().split() for word in UNIT_WORDS) else f"the {kind} of {name}"
