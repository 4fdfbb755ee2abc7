"""What a filter can be set to, with counts, and the filters in force in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pycountry

from dateline.desk.asked import Asked, given_in, query_of
from dateline.publish.words import PRECISION
from dateline.records.kinds import KINDS
from dateline.store.lists_values import Facet, Value

if TYPE_CHECKING:
    from dateline.desk.context import Desk

Choice = tuple[str, str, int | None]          # value, label, how many have it
LABELS = {
    "since": "from", "until": "to", "surely": "surely in these days", "country": "country", "province": "province",
    "kind": "kind", "group": "group", "affected": "affected", "side_killed": "killed among", "precision": "place at least",
    "origins": "origins at least", "origins_not_party": "origins of no party at least", "review": "review", "nature": "nature",
    "status": "status", "text": "words", "facts_changed": "changed since approved", "assigned_to": "assigned to",
    "unplaced": "without a place", "undated": "without a day", "changed_since": "changed since"}
NOT_FILTERS = frozenset({"order", "rule", "attribution", "after", "most"})


def _words(name: str, value: str, desk: Desk) -> str:
    if name == "country":
        return country_name(value)
    if name == "group":
        return desk.group_name(value) or value
    return PRECISION[int(value)] if name == "precision" else value


def country_name(code: str) -> str:
    """The name of a country in English; its code where it has none."""
    found = pycountry.countries.get(alpha_2=code)
    return str(getattr(found, "common_name", found.name)) if found else code


def options_of(facets: Mapping[Facet, Sequence[Value]], chosen: Mapping[str, Sequence[str]], desk: Desk
               ) -> dict[str, list[Choice]]:
    """facets: filter -> its values with how many incidents have them, most first. chosen: what is, though it may fit nothing."""
    found: dict[str, list[Choice]] = {}
    for facet, values in facets.items():
        name = facet.replace(" ", "_")
        counts = {str(one.value): one.incidents for one in values if one.value is not None}
        counts |= {value: 0 for value in chosen.get(name, ()) if value not in counts}
        found[name] = [(value, _words(name, value, desk), count) for value, count in counts.items()]
    found["kind"] = found.get("kind") or [(kind, kind, None) for kind in KINDS]
    for name in ("country", "group", "province"):
        found[name] = sorted(found.get(name, ()), key=lambda one: one[1].casefold())
    return found


def parts_in_force(asked: Asked, desk: Desk) -> list[tuple[str, str, str]]:
    """(label, value in words, address without it) of each filter that `asked` sets."""
    found = []
    for name, value in given_in(asked):
        if name in NOT_FILTERS:
            continue
        held = getattr(asked, name)
        rest = [one for one in held if str(one) != value] if isinstance(held, list) else None
        words = _words(name, value, desk) if held is not True else ""
        found.append((LABELS[name], words, "?" + query_of(asked, {name: rest or None})))
    return found
