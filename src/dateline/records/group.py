"""ArmedGroup: an actor with a name history. GroupStatement: what a report says about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from dateline.records.account import AsOf
from dateline.records.span import Evidence

Attribute = Literal[
    "alias", "leader", "commander", "strength", "area", "ally", "rival", "parent", "split", "loss", "funding",
    "recruitment", "aim", "capability", "listing",
]


@dataclass(frozen=True, slots=True)
class GroupStatement:
    """One dated, attributed statement. `value` has the keys that docs/record.md gives for its attribute."""

    id: str
    report: str
    group: str | None             # id of a known armed group
    name: str                     # as written
    attribute: Attribute
    value: dict[str, Any]
    as_of: AsOf
    speaker: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Alias:
    name: str
    language: str | None = None
    source: str | None = None
    since: str | None = None      # partial dates; "from" in the data file
    until: str | None = None


@dataclass(frozen=True, slots=True)
class GroupType:
    """What kind of actor it is in a country: ACLED 1-8."""

    type: int
    country: str | None = None    # None: anywhere else
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The group that it came out of, and when, as far as known."""

    group: str                    # id
    since: str | None = None      # partial date


@dataclass(frozen=True, slots=True)
class ArmedGroup:
    id: str                       # "islamic-state-khorasan"
    name: str
    aliases: tuple[Alias, ...]
    types: tuple[GroupType, ...]
    active_in: tuple[str, ...]    # ISO 3166 alpha-2
    parent: str | None = None
    wikidata: str | None = None
    ucdp: str | None = None
    un_reference: str | None = None
    also_listed: tuple[str, ...] = ()      # "un:QDe.137", "ucdp:6815": further entries of those lists that mean it
    split_from: tuple[Split, ...] = ()
    founded: str | None = None             # partial dates
    dissolved: str | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """Its entries in the UN's and UCDP's lists: "un:QDe.115", "ucdp:234"."""
        own = (f"un:{self.un_reference}" if self.un_reference else "", f"ucdp:{self.ucdp}" if self.ucdp else "")
        return (*(ref for ref in own if ref), *self.also_listed)
