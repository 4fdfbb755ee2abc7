"""Incidents at a shelter: published by their district, with no name, point or address that is finer (docs/record.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from dateline.publish.names import Blanker, fold
from dateline.publish.walk import with_strings
from dateline.records import Account, Incident, Where
from dateline.records.codes import codes_of
from dateline.records.kinds import headline

WHY = "withheld to protect a shelter"
UNITS = {"admin2": 3, "admin1": 4, "country": 6}      # what may be shown, finest first, with its precision
# Fields that hold what may be shown, or codes: the town's name is not looked for there.
KEPT = frozenset({"country", "admin1", "admin2", "outlet", "agency", "kind", "id", "report", "incident", "zone"})
T = TypeVar("T")


def is_shelter(accounts: Iterable[Account]) -> bool:
    return any(one.kind == "shelter" for account in accounts for one in account.sensitive)


def by_district(incident: Incident) -> Incident:
    """`incident` as it may be shown: its district in place of where it was, in every field."""
    held = [joined.account for joined in incident.accounts]
    blanked = without_places(incident, held)
    where = district_of(incident.where)            # put in afterwards: a district may share a word with what is blanked
    return replace(
        blanked, where=where, headline=headline(incident.kind, where.name), codes=codes_of(incident.when, where),
        accounts=tuple(replace(joined, account=account_by_district(joined.account, account))
                       for joined, account in zip(blanked.accounts, held, strict=True)))


def without_places(record: T, accounts: Iterable[Account], kept: Iterable[Account] = ()) -> T:
    """`record` with the names of the places of `accounts` blanked that are finer than a district.

    kept: accounts of another incident, whose own places may be shown.
    """
    names, units = _names(accounts)
    own = {name for account in kept for name in (account.where.name, account.where.text) if name}
    names -= {name for name in names if fold(name) in set(map(fold, own))}
    if not names:
        return record
    blanker = Blanker(names, units | own)

    def change(text: str, key: str) -> str:
        if key in KEPT:
            return text
        return blanker.blank_address(text) if key == "source" else blanker.blank(text)

    return with_strings(record, change)


def district_of(where: Where) -> Where:
    """The district around `where`, else the province, else the country: without a point; what is no finer stays as it is."""
    if where.kind in UNITS and where.precision in UNITS.values():
        return where
    kind = next((unit for unit in ("admin2", "admin1") if getattr(where, unit)), "country")
    name = {"admin2": where.admin2, "admin1": where.admin1}.get(kind)
    return replace(
        where, text=name, name=name, kind=kind if where.country else None, lat=None, lon=None,
        radius_km=None, gazetteer_id=None, precision=UNITS[kind] if where.country else None, runners_up=(), evidence=(),
        unplaced=WHY, admin3=None)


def account_by_district(blanked: Account, held: Account) -> Account:
    """`blanked`, which is `held` without the names of places, with the district of `held` put in."""
    where = district_of(held.where)
    return replace(blanked, where=where, headline=headline(held.kind, where.name))


def _names(accounts: Iterable[Account]) -> tuple[set[str], set[str]]:
    """The names to leave out, and those of the units around them, which may share a word with them."""
    found: set[str] = set()
    units: set[str] = set()
    for account in accounts:
        where = account.where
        units |= {name for name in (where.admin1, where.admin2) if name}
        if where.kind not in UNITS:
            found |= {name for name in (where.name, where.text, where.admin3) if name}
            found |= {name.partition(",")[0] for name in where.runners_up}
        found |= {span.quote for one in account.sensitive if one.kind == "shelter" for span in one.evidence}
    shown = set(map(fold, units))
    return {name for name in found if fold(name) not in shown}, units
