"""What extraction would give for a made-up report, with the errors and the doubt that it has on real ones."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from typing import cast, get_args

from bench.synthetic_incidents import Telling, Truth
from bench.synthetic_texts import ToldOf
from bench.synthetic_world import Town, World, words
from dateline.records import Account, Actor, AsOf, Figure, Report, Span, Speaker, When, Where
from dateline.records.account import ToldAs, WhenPrecision
from dateline.records.span import Evidence

WRONG_DAY, VAGUE_DAY, NO_DAY = 0.03, 0.07, 0.03
WRONG_TOWN, PROVINCE, COUNTRY = 0.02, 0.06, 0.03
WRONG_KIND, NO_GROUP, VICTIM = 0.12, 0.3, 0.2


def an_account(report: Report, told: ToldOf, telling: Telling, world: World, rng: random.Random) -> Account:
    """One account of `report`; its evidence is where the text tells the incident."""
    evidence = tuple(Span(start, end, report.text[start:end]) for start, end in told.spans)
    one = told.truth
    kind = rng.choice(words()["kinds"][one.kind]["mistaken"]) if rng.random() < WRONG_KIND else one.kind
    where = _where(one, world, evidence, rng)
    spans = "".join(f"|{start}-{end}" for start, end in told.spans)
    assert told.told_as in get_args(ToldAs)
    return Account(
        id="A" + hashlib.sha256(f"{report.id}{spans}".encode()).hexdigest()[:16], report=report.id, kind=kind, acts=(kind,),
        status="happened", told_as=cast("ToldAs", told.told_as), nature="political", headline=f"{kind}, {where.name or '?'}",
        when=_when(told, telling, evidence, rng), where=where, actors=_actors(one, evidence, rng), targets=(), weapons=(),
        affected=(), figures=_figures(told, telling.at.date(), evidence), responsibility=(), occurrence=(), sensitive=(),
        evidence=evidence, main=told.main)


def _when(told: ToldOf, telling: Telling, evidence: Evidence, rng: random.Random) -> When:
    day, written = told.truth.at.date(), telling.at.date()
    drawn = rng.random()
    if drawn < NO_DAY:
        return _span(None, written, "unknown", None, evidence)
    if drawn < NO_DAY + VAGUE_DAY or (telling.late and drawn < 0.5):
        first = day - timedelta(days=day.weekday())
        return _span(first, min(first + timedelta(days=6), written), "week", "that week", evidence)
    if drawn > 1.0 - WRONG_DAY:
        day += timedelta(days=rng.choice((-7, -1, 1)))
    return _span(day, day, "day", "that day", evidence)


def _span(first: date | None, last: date, precision: WhenPrecision, text: str | None, evidence: Evidence) -> When:
    return When(start=None, end=None, ongoing=False, earliest=first, latest=last, candidates=(),
                best=first if first == last else None, precision=precision, time_of_day=None, text=text, evidence=evidence[:1])


def _where(one: Truth, world: World, evidence: Evidence, rng: random.Random) -> Where:
    drawn = rng.random()
    if drawn < COUNTRY:
        return _place(one.country.name, "country", one.country.towns[0], 600.0, 6, evidence)
    if drawn < COUNTRY + PROVINCE:
        seat = next(town for town in one.country.towns if town.admin1 == one.town.admin1)
        return _place(f"{one.country.code} province {seat.admin1}", "admin1", seat, 80.0, 4, evidence)
    wrong = drawn > 1.0 - WRONG_TOWN
    town = rng.choice(one.country.towns) if wrong else one.town
    return _place(town.name, "city", town, 5.0, 1, evidence)


def _place(name: str, kind: str, at: Town, radius_km: float, precision: int, evidence: Evidence) -> Where:
    admin1 = at.admin1 if kind != "country" else None
    known_as = at.id if kind == "city" else f"{kind}:{at.country}{admin1 or ''}"
    return Where(text=name, name=name, kind=kind, country=at.country, admin1=admin1, admin2=None, lat=at.lat, lon=at.lon,
                 radius_km=radius_km, gazetteer_id=known_as, precision=precision, runners_up=(), evidence=evidence[:1])


def _actors(one: Truth, evidence: Evidence, rng: random.Random) -> tuple[Actor, ...]:
    actors = []
    if one.group is not None and rng.random() >= NO_GROUP:
        actors.append(Actor("a1", "attacker", one.group[1], None, None, one.group[0], 2, None, "blamed", evidence[:1]))
    if one.killed and rng.random() < VICTIM:
        actors.append(Actor("a2", "victim", one.victim, one.victim, None, None, 7, one.country.code, "stated", evidence[:1]))
    return tuple(actors)


def _figures(told: ToldOf, written: date, evidence: Evidence) -> tuple[Figure, ...]:
    if not told.killed:
        return ()
    kind = "police" if "police" in told.speaker else "hospital" if "hospital" in told.speaker else "other"
    as_of = AsOf(written.isoformat(), written.isoformat())
    speaker = Speaker(told.speaker, None, None, told.speaker, kind, None)  # type: ignore[arg-type]
    return (Figure(
        id="F1", effect="killed", who="people", of=None, side="unknown", low=told.killed, high=told.killed, value=told.killed,
        modifier="exact", words=str(told.killed), scope="incident", part_of=None, includes_attackers=None, standing="stands",
        supersedes=(), speaker=told.speaker, speakers=(speaker,), as_of=as_of, evidence=evidence[:1]),)
