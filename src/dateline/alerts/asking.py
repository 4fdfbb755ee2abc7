"""A form that asks for a watch -> the watch, or what is wrong with each field. Pure; what comes in is anybody's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from dateline.alerts.words import watch_words
from dateline.publish.export.countries import acled_regions, country_of
from dateline.publish.safe import plain
from dateline.records import ArmedGroup
from dateline.records.account import AffectedKind
from dateline.records.briefing import Coverage
from dateline.records.kinds import KINDS
from dateline.records.mailing import Watch

LONGEST_NAME = 80                 # characters
LONGEST_FIELD = 200
LEAST_KM, MOST_KM = 1.0, 1_000.0
MOST_KILLED = 100_000
AFFECTED: tuple[str, ...] = get_args(AffectedKind)
PLACES = ("region", "country", "lat")     # fields of which one alone may say where


@dataclass(frozen=True, slots=True)
class Read:
    """What a form asks for. watch: None where something is wrong; errors: by field, in words."""

    watch: Watch | None
    errors: Mapping[str, str]


def read_watch(fields: Mapping[str, Sequence[str]], group_of: Callable[[str], ArmedGroup | None], *, may_be_all: bool) -> Read:
    """The watch that a form with these fields asks for, nobody's yet.

    group_of: the armed group of that id or name. may_be_all: whether it may be of everything anywhere.
    """
    errors: dict[str, str] = {}

    def first(name: str) -> str:
        value = plain(next(iter(fields.get(name, ())), ""))
        if len(value) > (LONGEST_NAME if name == "name" else LONGEST_FIELD):
            errors[name] = f"{name} is too long"
            return ""
        return value

    country, province, region = first("country"), first("province"), first("region")
    if country and country_of(country) is None:
        errors["country"] = "there is no such country in the list; choose one of it"
    if region and region not in acled_regions():
        errors["region"] = "there is no such region in the list; choose one of it"
    near = _near(first("lat"), first("lon"), first("km"), errors)
    if sum(map(bool, (country or province, region, near))) > 1:
        errors.setdefault("country", "say where in one way: a region, a country with or without a province, or a point; "
                                     "another place is another alert")
    group, group_id = first("group"), None
    if group and (found := group_of(group)) is None:
        errors["group"] = f"no one armed group is called {group!r}; give the name or id that the register has"
    elif group and found:
        group_id, group = found.id, found.name
    killed = _killed(first("killed"), errors)
    kinds, affected = _some("kind", fields, KINDS, errors), _some("affected", fields, AFFECTED, errors)
    covers = Coverage(
        (region,) if region else (), (country,) if country and not province else (), (group_id,) if group_id else (),
        kinds, affected, killed)
    provinces = (f"{country}:{province}" if country else province,) if province else ()
    name = first("name")
    if not errors and not may_be_all and covers == Coverage() and not provinces and near is None:
        errors["country"] = "say what the alert is for: a place, a group, a kind, who is affected, or how many killed"
    if errors:
        return Read(None, errors)
    watch = Watch(0, name, covers, provinces, near)
    words = watch_words(watch, {group_id: group} if group_id else None)
    return Read(watch if name else Watch(0, words[:LONGEST_NAME], covers, provinces, near), {})


def _near(lat: str, lon: str, km: str, errors: dict[str, str]) -> tuple[float, float, float] | None:
    if not (lat or lon or km):
        return None
    read = {}
    for name, value, least, most, what in (("lat", lat, -90.0, 90.0, "latitude"), ("lon", lon, -180.0, 180.0, "longitude"),
                                           ("km", km, LEAST_KM, MOST_KM, "number of kilometres")):
        number = _number(value)
        if number is None or not least <= number <= most:
            errors[name] = f"the {what} is a number from {least:g} to {most:g}; a point needs latitude, longitude and kilometres"
        else:
            read[name] = number
    return (read["lat"], read["lon"], read["km"]) if len(read) == 3 else None


def _number(value: str) -> float | None:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _killed(value: str, errors: dict[str, str]) -> int:
    if not value:
        return 0
    if not (value.isascii() and value.isdigit() and int(value[:9]) <= MOST_KILLED):
        errors["killed"] = f"the least number of killed is a whole number from 0 to {MOST_KILLED:,}"
        return 0
    return int(value[:9])


def _some(name: str, fields: Mapping[str, Sequence[str]], known: Sequence[str] | Mapping[str, object], errors: dict[str, str]
          ) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(one for one in fields.get(name, ()) if one))
    if any(one not in known for one in chosen):
        errors[name] = "there is no such choice in the list; choose some of it"
        return ()
    return chosen
