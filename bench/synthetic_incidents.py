"""What happened in the made-up world, and how often and how late it is told."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.synthetic_world import SENTENCE, Country, Town, World, a_name, a_person, some_words, words

FIRST_DAY = datetime(2018, 1, 1, tzinfo=UTC)
INCIDENTS_A_DAY = 16.0            # with 2.4 accounts each, 100,000 accounts are seven years: ACLED's pace outside of protests
FACTS = 7                         # of an incident: what can be told of it beside who, where and how many
NAMES_SOMEBODY, NAMES_A_STREET = 0.5, 0.2
TWIN = 0.03                       # another attack in the same town on the same day
DELAYS_H = (2.0, 40.0)            # most reports come within two days
LATE = 0.045                      # of reports come later than a week, as in GVC
LATE_DAYS = (8, 400)


@dataclass(frozen=True, slots=True)
class Truth:
    """One made-up incident. killed, injured: what is known in the end; facts: the words of what else is told of it."""

    number: int
    at: datetime
    country: Country
    town: Town
    kind: str
    group: tuple[str, str] | None
    killed: int
    injured: int
    victim: str
    spokesmen: Sequence[str]
    facts: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Telling:
    """One report to come. turn: how many were told before it; late: weeks or months after."""

    at: datetime
    of: Truth
    turn: int
    late: bool


def incidents_of_day(world: World, day: int, first_number: int, seed: int) -> Iterator[Truth]:
    """The incidents of the `day`-th day, in the order of their numbers."""
    rng = random.Random(f"{seed}-day-{day}")
    count = max(1, round(rng.gauss(INCIDENTS_A_DAY, INCIDENTS_A_DAY ** 0.5)))
    number = first_number
    while number < first_number + count:
        one = _an_incident(world, day, number, rng)
        yield one
        number += 1
        if rng.random() < TWIN:
            yield _twin(one, number, rng)
            number += 1


def tellings_of(one: Truth, seed: int) -> list[Telling]:
    """The reports on `one`: most are told of once or twice, few by dozens; the more dead, the more."""
    rng = random.Random(f"{seed}-told-{one.number}")
    count = 1
    goes_on = min(0.9, 0.45 + 0.02 * one.killed)
    while count < 40 and rng.random() < goes_on:
        count += 1
    told = []
    for turn in range(count):
        late = turn > 0 and rng.random() < 2 * LATE         # about half of the reports are the first on their incident
        wait = timedelta(days=rng.randint(*LATE_DAYS)) if late else timedelta(hours=rng.uniform(*DELAYS_H))
        told.append((one.at + wait, late))
    return [Telling(at, one, turn, late) for turn, (at, late) in enumerate(sorted(told))]


def _an_incident(world: World, day: int, number: int, rng: random.Random) -> Truth:
    country, town = world.somewhere(rng)
    kinds = words()["kinds"]
    [kind] = rng.choices(list(kinds), [one["share"] for one in kinds.values()])
    at = FIRST_DAY + timedelta(days=day, minutes=rng.randrange(24 * 60))
    group = rng.choice(country.groups) if rng.random() < 0.7 else None
    return Truth(number, at, country, town, kind, group, *_toll(kinds[kind], rng), *_told_of(rng))


def _twin(one: Truth, number: int, rng: random.Random) -> Truth:
    """Another attack on the same town on the same day, often of the same kind and by the same group."""
    kinds = words()["kinds"]
    kind = one.kind if rng.random() < 0.5 else rng.choice(list(kinds))
    killed, injured = _toll(kinds[kind], rng)
    victim, spokesmen, facts = _told_of(rng)
    return replace(one, number=number, kind=kind, killed=killed, injured=injured, victim=victim, spokesmen=spokesmen, facts=facts)


def _toll(kind: dict[str, Any], rng: random.Random) -> tuple[int, int]:
    if not kind["dead"]:
        return 0, 0
    killed = int(rng.expovariate(1.0 / kind["dead"]))
    return killed, int(killed * rng.uniform(0.0, 4.0)) + rng.choice((0, 0, 1, 2))


def _told_of(rng: random.Random) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return a_person(rng), (a_person(rng), a_person(rng)), tuple(_a_fact(rng) for _ in range(FACTS))


def _a_fact(rng: random.Random) -> tuple[str, ...]:
    """The words of a sentence; half of them have somebody's name, some a street's."""
    told = some_words(rng, SENTENCE)
    if rng.random() < NAMES_SOMEBODY:
        told = (*a_person(rng).split(), "said", *told)
    return (*told, a_name(rng), "Street") if rng.random() < NAMES_A_STREET else told
