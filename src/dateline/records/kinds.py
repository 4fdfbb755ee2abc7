"""The incident kinds: ACLED's 25 sub-event types in lower case, in the order of its hierarchy.

Source: docs/conventions.md section 1 (ACLED codebook). Inside one event the higher event type, then the higher
sub-event type, wins; the lower ones are folded in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

EventType = Literal[
    "Battles", "Protests", "Riots", "Explosions/Remote violence", "Violence against civilians",
    "Strategic developments",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """One incident kind. `rank` 1 is the highest of the hierarchy; `sub_event_type` is spelt as ACLED does."""

    kind: str
    sub_event_type: str
    event_type: EventType
    rank: int


_HIERARCHY: tuple[tuple[EventType, tuple[str, ...]], ...] = (
    ("Battles", ("Government regains territory", "Non-state actor overtakes territory", "Armed clash")),
    ("Protests", ("Excessive force against protesters", "Protest with intervention", "Peaceful protest")),
    ("Riots", ("Violent demonstration", "Mob violence")),
    ("Explosions/Remote violence", (
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    )),
    ("Violence against civilians", ("Sexual violence", "Attack", "Abduction/forced disappearance")),
    ("Strategic developments", (
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
        "Other",
    )),
)


def _table() -> dict[str, Kind]:
    rows = [(name, event_type) for event_type, names in _HIERARCHY for name in names]
    return {name.lower(): Kind(name.lower(), name, event_type, rank) for rank, (name, event_type) in enumerate(rows, 1)}


KINDS: dict[str, Kind] = _table()

# What is done by one side to people who do not fight back, as ACLED has it.
ONE_SIDED: frozenset[EventType] = frozenset({"Explosions/Remote violence", "Violence against civilians"})


def event_type_of(kind: str) -> EventType | None:
    """ACLED's event type of `kind`; None for a kind that is none of theirs."""
    known = KINDS.get(kind)
    return known.event_type if known else None


def rank_of(kind: str) -> int:
    """Place in the hierarchy, 1 the highest; a kind that is none of theirs comes last."""
    known = KINDS.get(kind)
    return known.rank if known else len(KINDS) + 1


def highest(kinds: Iterable[str]) -> str:
    """The kind that wins inside one event.

    Raises ValueError when there is none.
    """
    return min(kinds, key=lambda kind: (rank_of(kind), kind))


_LABELS = {
    "suicide bomb": "suicide bombing",
    "remote explosive/landmine/ied": "bombing",
    "air/drone strike": "air strike",
    "shelling/artillery/missile attack": "shelling",
    "abduction/forced disappearance": "abduction",
    "looting/property destruction": "destruction of property",
    "excessive force against protesters": "force against protesters",
    "grenade": "grenade attack",
    "chemical weapon": "chemical attack",
    "disrupted weapons use": "weapon disrupted",
    "violent demonstration": "riot",
}


def headline(kind: str, place: str | None) -> str:
    """One line in our words: "suicide bombing, Kabul"."""
    label = _LABELS.get(kind, kind)
    return f"{label}, {place}" if place else label
