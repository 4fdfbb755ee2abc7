"""What was told of an incident, as compared with what is held now: an update tells what differs, in words. Pure.

The facts told last are kept with the notice (records/mailing.py). What is withheld today is not said again, though an earlier
mail said it: the words of a place are repeated only where the incident as it may be shown still names that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from dateline.alerts.match import NATURES
from dateline.publish.export.countries import country_name
from dateline.publish.safe import plain
from dateline.publish.withhold import Published
from dateline.publish.words import bounds_words, when_words, where_words
from dateline.records import Incident, Toll, Where
from dateline.records.account import INCIDENT_STATUSES
from dateline.records.briefing import Bounds
from dateline.records.kinds import headline

State = Literal["held", "rejected", "background", "other nature", "no incident", "gone", "merged"]
OWN_WORDS = {"claimed": "claimed responsibility", "admitted": "admitted it", "denied": "denied it",
             "withdrawn": "took its claim back"}
BECAME: dict[State, str] = {
    "rejected": "An editor rejected it: it counts in the record no longer.",
    "background": "It is no longer told as news: what is left of it in the record is background.",
    "other nature": "It is now held as a crime or an accident, of which alerts do not tell.",
    "no incident": "It is now held as something planned, threatened or supposed, which counts as no incident.",
    "gone": "It is no longer held: none of the reports that the record has tells it any more.",
    "merged": "It is held as an incident of its own again.",
    "held": "It counts in the record again.",
}
NO_GROUP = "~"
NO_NUMBER = Bounds(None, None, None)
STATUS = {
    ("alleged", "happened"): "it is no longer told by one side alone",
    ("happened", "alleged"): "everything that is told of it now comes from one side",
}


@dataclass(frozen=True, slots=True)
class OwnWord:
    """What a group says of its own part. of: its id; of somebody else "~" and the name in lower case. name: as written."""

    of: str
    stance: str
    name: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What an alert told. place: in words; corrected: how many corrections by persons its history had; into: of a merged one."""

    state: State
    kind: str = ""
    status: str = ""
    killed: Bounds = NO_NUMBER
    injured: Bounds = NO_NUMBER
    day: str = ""
    place: str = ""
    own_words: tuple[OwnWord, ...] = ()
    corrected: int = 0
    into: str | None = None


GONE = Facts("gone")


def facts_of(published: Published) -> Facts:
    one = published.incident
    corrected = sum(line.what.startswith("corrected ") for line in one.history)
    return Facts(state_of(one), one.kind, one.status, _bounds(one.toll.killed), _bounds(one.toll.injured), when_words(one.when),
                 place_words(one.where), own_words(one), corrected)


def state_of(incident: Incident) -> State:
    if incident.review.state == "rejected":
        return "rejected"
    if incident.told_as != "news":
        return "background"
    if incident.nature not in NATURES:
        return "other nature"
    return "held" if incident.status in INCIDENT_STATUSES else "no incident"


def place_words(where: Where) -> str:
    """With the country's name: "Gao, Mali"."""
    return plain(where_words(replace(where, country=country_name(where.country))))


def own_words(incident: Incident) -> tuple[OwnWord, ...]:
    """What groups claim, admit, deny or take back, each once."""
    names = {one.of: one.name for one in (*incident.attribution.by, *incident.attribution.set_aside)} \
        if incident.attribution else {}
    names |= {actor.group: actor.organisation or actor.text for actor in incident.actors
              if actor.group and actor.group not in names}
    found = {}
    for said in incident.responsibility:
        if said.stance in OWN_WORDS and (said.group or said.speaker):
            name = plain(names.get(said.group or "") or said.speaker or said.group)
            of = said.group or f"{NO_GROUP}{name.casefold()}"
            found[of, said.stance] = OwnWord(of, said.stance, name)
    return tuple(found[key] for key in sorted(found))


def differences(told: Facts, now: Facts, shown_places: frozenset[str]) -> tuple[str, ...]:
    """What matters and is other than it was told, a sentence each; none where nothing is.

    shown_places: words of places that may be repeated.
    """
    if now.state not in ("held", told.state):
        return (BECAME[now.state],)
    if now.state != "held":
        return ()
    lines = tuple(_differences(told, now, shown_places))
    return (*lines, "A person corrected what is held of it.") if lines and now.corrected > told.corrected else lines


def _differences(told: Facts, now: Facts, shown_places: frozenset[str]) -> Iterator[str]:
    if told.state != "held":
        yield BECAME["merged" if told.state == "merged" else "held"]
    if told.state == "gone":
        return                        # what it was then is not known any more
    if told.status != now.status:
        why = STATUS.get((told.status, now.status))
        yield f"Status: {told.status} -> {now.status}" + (f": {why}." if why else ".")
    if told.kind != now.kind:
        yield f"Kind: {headline(told.kind, None)} -> {headline(now.kind, None)}."
    for label, before, after in (("Killed", told.killed, now.killed), ("Injured", told.injured, now.injured)):
        if before != after:
            yield f"{label}: {_words(before)} -> {_words(after)}."
    if told.day != now.day:
        yield f"Day: {told.day} -> {now.day}."
    if told.place != now.place:
        yield f"Place: {told.place} -> {now.place}." if told.place in shown_places else f"Place: now {now.place}."
    before_said = {(one.of, one.stance): one for one in told.own_words}
    now_said = {(one.of, one.stance): one for one in now.own_words}
    yield from (f"{one.name} {OWN_WORDS[one.stance]}." for key, one in now_said.items() if key not in before_said)
    for (of, stance), one in before_said.items():
        if (of, stance) not in now_said:          # whoever is no group may be withheld by now
            yield f"That {'somebody' if of.startswith(NO_GROUP) else one.name} {OWN_WORDS[stance]} is no longer told."


def shown_places(published: Published) -> frozenset[str]:
    """The words of all places that the incident as it may be shown names; none of a shelter."""
    if published.sheltered:
        return frozenset()
    one = published.incident
    return frozenset(place_words(where) for where in (one.where, *(joined.account.where for joined in one.accounts)))


def _bounds(toll: Toll) -> Bounds:
    return Bounds(toll.low, toll.best, toll.high)


def _words(bounds: Bounds) -> str:
    return bounds_words(bounds.low, bounds.best, bounds.high)
