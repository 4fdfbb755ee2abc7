"""What a subscriber can choose of an edition, and reading what they chose. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast, get_args
from zoneinfo import available_timezones

from dateline.publish.export.countries import acled_regions, all_countries
from dateline.records.account import AffectedKind
from dateline.records.briefing import LENGTHS, Coverage, Frequency, Length
from dateline.records.kinds import KINDS
from dateline.records.mailing import Choices

if TYPE_CHECKING:
    from dateline.records.mailing import Edition

Option = tuple[str, str]          # value, label
MOST_KILLED = 100_000             # of a threshold
SEVERAL = ("regions", "countries", "groups", "kinds", "affected")


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen of one edition: value and label of each. What the edition does not tell is not offered."""

    frequencies: tuple[Frequency, ...]
    regions: tuple[Option, ...]
    countries: tuple[Option, ...]
    groups: tuple[Option, ...]
    kinds: tuple[Option, ...]
    affected: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """errors: what is wrong, by the name of the field; where there are any, `choices` is not to be kept."""

    choices: Choices
    errors: Mapping[str, str] = field(default_factory=dict)


def offers_of(edition: Edition, groups: Iterable[Option]) -> Offers:
    """groups: all of the register, (id, name)."""
    within, countries = edition.coverage, all_countries()
    names = sorted(((code, one.acled_name) for code, one in countries.items()), key=lambda one: one[1].casefold())
    return Offers(
        edition.frequencies,
        _within(((one, one) for one in acled_regions()), within.regions),
        tuple(one for one in _within(names, within.countries)
              if not within.regions or within.countries or countries[one[0]].acled_region in within.regions),
        _within(sorted(groups, key=lambda one: one[1].casefold()), within.groups),
        _within(((one, one) for one in KINDS), within.kinds),
        _within(((one, one) for one in get_args(AffectedKind)), within.affected))


def _within(options: Iterable[Option], told: Sequence[str]) -> tuple[Option, ...]:
    return tuple(one for one in options if not told or one[0] in told)


def read_choices(given: Mapping[str, Sequence[str]], offers: Offers) -> Read:
    """What a form or the cells of a row choose. given: the values under each name; a name that is missing leaves it open."""
    errors: dict[str, str] = {}

    def one(name: str) -> str:
        return next((value.strip() for value in given.get(name, ()) if value.strip()), "")

    def several(name: str) -> tuple[str, ...]:
        offered = {value for value, _ in getattr(offers, name)}
        wanted = tuple(dict.fromkeys(value for value in given.get(name, ()) if value))
        if unknown := [value for value in wanted if value not in offered]:
            errors[name] = f"{unknown[0][:60]!r} is none of the {name} of this edition"
        return tuple(value for value in wanted if value in offered)

    frequency, length = one("frequency") or offers.frequencies[0], one("length") or Choices().length
    if frequency not in offers.frequencies:
        errors["frequency"] = f"this edition comes {' or '.join(offers.frequencies)}"
    if length not in LENGTHS:
        errors["length"] = f"a length is one of: {', '.join(LENGTHS)}"
    if (zone := one("zone")) and zone not in zones():
        errors["zone"] = "no such time zone; write one as Africa/Bamako"
    killed = _number(one("killed") or "0", MOST_KILLED, "killed", errors)
    hour = _number(one("hour"), 23, "hour", errors) if one("hour") else None
    coverage = Coverage(**{name: several(name) for name in SEVERAL}, killed=killed)
    return Read(Choices(cast(Frequency, frequency), coverage, cast(Length, length), one("when_empty") in ("true", "yes", "1"),
                        zone or None, hour), errors)


def _number(text: str, most: int, name: str, errors: dict[str, str]) -> int:
    if text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= most:
        return int(text)
    errors[name] = f"write a whole number from 0 to {most:,}"
    return 0


@cache
def known_values() -> Mapping[str, frozenset[str]]:
    """All that can be chosen at all under each name, whatever the edition; armed groups are known by the register alone."""
    return {"regions": frozenset(acled_regions()), "countries": frozenset(all_countries()),
            "kinds": frozenset(KINDS), "affected": frozenset(get_args(AffectedKind))}


@cache
def zones() -> frozenset[str]:
    """The IANA names of time zones that this machine knows."""
    return frozenset(available_timezones())


@cache
def zone_names() -> tuple[str, ...]:
    """Those that are offered: of places, without the old names that stand for the same ("US/Eastern", "GMT+3")."""
    areas = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return ("UTC", *sorted(name for name in zones() if name.startswith(areas)))
