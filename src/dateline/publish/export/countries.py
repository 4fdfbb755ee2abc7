"""Countries as the publishers write them: data/countries.csv, whose head says what of it is checked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Country:
    alpha3: str
    numeric: int
    acled_name: str
    acled_region: str
    gw: int | None                # Gleditsch-Ward number; None: no state of its own
    ucdp_name: str | None
    ucdp_region: str | None


def country_of(code: str | None) -> Country | None:
    """The country of an ISO 3166 alpha-2 code; None for no code, and for one that nobody has."""
    return all_countries().get(code) if code else None


def country_name(code: str | None) -> str | None:
    """The country's name; a code that nobody has stays as it is."""
    found = country_of(code)
    return found.acled_name if found is not None else code


@cache
def acled_regions() -> tuple[str, ...]:
    """All of ACLED's regions, in the order of their names."""
    return tuple(sorted({one.acled_region for one in all_countries().values()}))


@cache
def all_countries() -> Mapping[str, Country]:
    """By ISO 3166 alpha-2 code."""
    lines = resources.files("dateline.data").joinpath("countries.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["country"]: Country(
            row["alpha3"], int(row["numeric"]), row["acled_name"], row["acled_region"], int(row["gw"]) if row["gw"] else None,
            row["ucdp_name"] or None, row["ucdp_region"] or None)
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))}
