"""Our record in MUC-4's words: the accounts of one report as templates with slots 2-24.

How each slot is told (spec/template-doc-part1.v7, 7.3-7.25; types of incident: muc4_incidents.py; targets: muc4_targets.py):
- Date and place as muc4_forms.py writes them; where an account has no country, the one most accounts of the report have.
- Stage: ACCOMPLISHED; ATTEMPTED for what was attempted or foiled; THREATENED for threats.
- Instruments by their words, else by the record's type of weapon. None named: a bombing has a bomb, an air strike aerial bombs,
  and words of shooting a gun (7.8, note 7).
- Category: STATE-SPONSORED VIOLENCE where an attacker is of a state's forces (ACLED's types 1 and 8), else TERRORIST ACT, also
  where no attacker is known: of train's templates without a perpetrator, three in four say so.
- Perpetrators as muc4_roles.py parts them. Confidence: what the account says of the organisation's responsibility, else the
  attacker's certainty; accusers that hold an office make it BY AUTHORITIES. An organisation held responsible is a perpetrator
  also where no attacker of the account is of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from bench.muc4_forms import Location, days_text, nation_name, our_days, our_location
from bench.muc4_incidents import (
    BLASTS,
    BOMBING,
    STRIKE,
    has_instruments,
    has_things,
    incident_type,
    is_recent,
    words_of,
)
from bench.muc4_key import (
    CATEGORY,
    CONFIDENCE,
    DATE,
    DESCRIPTION,
    HUMAN_EFFECT,
    HUMAN_NATION,
    HUMAN_NUMBER,
    HUMAN_TYPE,
    HUMANS,
    INDIVIDUAL,
    INSTRUMENT,
    INSTRUMENT_TYPE,
    LOCATION,
    NAME,
    NOTHING,
    ORGANIZATION,
    SLOTS,
    STAGE,
    THING,
    THING_EFFECT,
    THING_NATION,
    THING_NUMBER,
    THING_TYPE,
    TYPE,
    Fill,
    Template,
    text_of,
)
from bench.muc4_roles import narrowed, perpetrator_of
from bench.muc4_said import UNHURT, cleaned
from bench.muc4_targets import nobody_hurt, people_of, things_of, total_of
from bench.muc4_when_where import town_of
from bench.muc4_words import type_of
from dateline.records import Account, Actor

STAGES = {"attempted": "ATTEMPTED", "foiled": "ATTEMPTED", "threatened": "THREATENED"}
WEAPONS = {"explosives": "EXPLOSIVE", "firearms": "GUN", "melee": "CUTTING DEVICE"}      # by the record's types
STATE_TYPES = frozenset({1, 8})
FACT, CLAIMED, POSSIBLE = "REPORTED AS FACT", "CLAIMED OR ADMITTED", "POSSIBLE"
ACCUSED, BY_AUTHORITIES = "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES"
STANCES = {"claimed": CLAIMED, "admitted": CLAIMED, "blamed": ACCUSED, "suspected": ACCUSED}
CONFIDENCES = {**STANCES, "stated": FACT, "unknown": POSSIBLE}
_OFFICIAL = re.compile(
    r"\b(?:police|army|military|armed\s+forces|government|minist\w+|president|general|colonel|captain|lieutenant|commander|"
    r"battalion|brigade|authorit\w+|officials?|governor|mayor|prosecutor|judge|security|intelligence)\b", re.IGNORECASE)
# What the sentence says in which an attacker stands, where the record has it as stated (spec/template-doc-part2.v7, slot 11).
DOUBT = (
    (CLAIMED, re.compile(r"\b(?:claim\w*|credit|admit\w*|acknowledg\w*)\b", re.IGNORECASE)),
    (ACCUSED, re.compile(r"\b(?:alleg\w+|presum\w+|apparent\w*|suspect\w*|accus\w+|blam\w+|believ\w+|attribut\w+|supposed\w*|"
                         r"responsib\w+|reportedly|probabl\w+|denounc\w+|charged)\b", re.IGNORECASE)))
_SHOOTING = re.compile(r"\b(?:shot|shoot\w*|gunned|gunfire|gunmen|gunshot\w*|bullets?|opened\s+fire|riddled)\b", re.IGNORECASE)
_MACHINE = re.compile(r"\bmachine-?\s?gun(?:ned|ning)\b", re.IGNORECASE)


def templates_of(accounts: Iterable[Account], written: date | None) -> tuple[Template, ...]:
    """The templates of one report. written: the latest day on which it can have been written."""
    counted = [account for account in narrowed(accounts) if is_recent(account, written)]
    countries = Counter(account.where.country for account in counted if account.where.country)
    country = next((code for code, _ in countries.most_common(1)), None)
    return tuple(_template(number, account, written, country) for number, account in enumerate(counted, 1))


def _template(number: int, account: Account, written: date | None, country: str | None) -> Template:
    incident = incident_type(account)
    slots: dict[str, list[Fill]] = defaultdict(list)
    for slot, fill in (*_incident(account, incident, written, country), *_perpetrators(account), *_things(account, incident),
                       *_people(account, incident)):
        if fill not in slots[slot]:
            slots[slot].append(fill)
    return Template(number, {slot: tuple(slots[slot]) for slot in SLOTS if slots[slot]})


def _incident(account: Account, incident: str, written: date | None, country: str | None) -> Iterator[tuple[str, Fill]]:
    days = our_days(account.when, written)
    if days:
        yield DATE, Fill((days_text(days),))
    place = our_location(account.where, town_of(account.where)) or (Location(country, ()) if country else None)
    if place:
        yield LOCATION, Fill((_place_text(place),), place=place)
    yield TYPE, Fill((incident,))
    yield STAGE, Fill((STAGES.get(account.status, "ATTEMPTED" if account.kind == "disrupted weapons use" else "ACCOMPLISHED"),))
    if has_instruments(incident):
        yield from _instruments(account, incident)


def _instruments(account: Account, incident: str) -> Iterator[tuple[str, Fill]]:
    types = set()
    for weapon in account.weapons:
        words = cleaned(weapon.text)
        kind = type_of(words, "instruments") or WEAPONS.get(weapon.type or "")
        types.add(kind)
        yield INSTRUMENT, Fill((words,))
        if kind:
            yield INSTRUMENT_TYPE, Fill((kind,), (words,))
    words = words_of(account)
    if not types and account.kind == STRIKE:
        yield INSTRUMENT_TYPE, Fill(("AERIAL BOMB",), (NOTHING,))
    elif not types and incident == BOMBING and account.kind in BLASTS:
        yield INSTRUMENT_TYPE, Fill(("BOMB",), (NOTHING,))
    elif not types and incident != BOMBING and (_SHOOTING.search(words) or _MACHINE.search(words)):
        yield INSTRUMENT_TYPE, Fill(("MACHINE GUN" if _MACHINE.search(words) else "GUN",), (NOTHING,))


def _perpetrators(account: Account) -> Iterator[tuple[str, Fill]]:
    attackers = [actor for actor in account.actors if actor.role == "attacker"]
    state = any(actor.type in STATE_TYPES for actor in attackers)
    yield CATEGORY, Fill(("STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT",))
    organisations: dict[str, tuple[str, str]] = {}      # id of a group, else its words -> words and confidence
    for actor in attackers:
        individual, organisation = perpetrator_of(actor)
        if individual:
            yield INDIVIDUAL, Fill((cleaned(individual),))
        if organisation:
            words = cleaned(organisation)
            organisations.setdefault(actor.group or words, (words, _confidence(account, actor)))
    for held in account.responsibility:
        if held.stance in STANCES and held.text and (held.group or held.text) not in {*organisations, None}:
            words = cleaned(held.text)
            organisations.setdefault(held.group or words, (words, _stance(held.stance, held.speaker)))
    for words, confidence in organisations.values():
        yield ORGANIZATION, Fill((words,))
        yield CONFIDENCE, Fill((confidence,), (words,))


def _confidence(account: Account, actor: Actor) -> str:
    """What the account says of the responsibility of the attacker's organisation; what it says itself comes first."""
    said = [held for held in account.responsibility if held.group is not None and held.group == actor.group]
    for stances in ({"claimed", "admitted"}, {"blamed", "suspected"}):
        for held in said:
            if held.stance in stances:
                return _stance(held.stance, held.speaker)
    confidence = CONFIDENCES[actor.certainty]
    if confidence != FACT:
        return confidence
    sentences = [span.quote for span in account.evidence for one in actor.evidence if span.start <= one.start < span.end]
    return next((told for told, words in DOUBT if any(map(words.search, sentences))), FACT)


def _stance(stance: str, speaker: str | None) -> str:
    confidence = STANCES[stance]
    return BY_AUTHORITIES if confidence == ACCUSED and speaker and _OFFICIAL.search(speaker) else confidence


def _things(account: Account, incident: str) -> Iterator[tuple[str, Fill]]:
    if not has_things(incident):
        return
    for thing in things_of(account, incident):
        tag = (thing.words,)
        yield THING, Fill((thing.words,))
        yield THING_TYPE, Fill((thing.type,), tag)
        yield THING_NUMBER, Fill((thing.number,), tag)
        if thing.nation:
            yield THING_NATION, Fill((thing.nation,), tag)
        if thing.effect:
            yield THING_EFFECT, Fill((thing.effect,), tag)


def _people(account: Account, incident: str) -> Iterator[tuple[str, Fill]]:
    people = people_of(account, incident)
    for person in people:
        tag = (person.referent,)
        if person.name:
            yield NAME, Fill((person.name,))
        if person.description:
            yield DESCRIPTION, Fill((person.description,), tag if person.name else ())
        yield HUMAN_TYPE, Fill((person.type,), tag)
        yield HUMAN_NUMBER, Fill((person.number,), tag)
        if person.nation:
            yield HUMAN_NATION, Fill((person.nation,), tag)
        if person.effect:
            yield HUMAN_EFFECT, Fill((person.effect,), tag)
    total = total_of(account)
    if len(people) > 1 and total:
        yield HUMANS, Fill((total,))
    if not people and nobody_hurt(account):
        yield HUMAN_EFFECT, Fill((UNHURT,), (NOTHING,))


def _place_text(place: Location) -> str:
    units = (" - ".join("/".join(sorted(spot)) for spot in unit.spots) for unit in place.units)
    return text_of(": ".join((nation_name(place.country), *units)))
