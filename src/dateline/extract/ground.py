"""Places that are told of one incident, put together: "a market", "in Baidoa's centre", "Bay region"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.document import Document, PlaceMention
from dateline.records import Where
from dateline.where.answer import contains, finest
from dateline.where.names import fold

HOME_SHARE = 0.5  # of the places that a report names, from which a country is taken for its own
COARSE = 4  # precision from which a place is an area, within which another may be meant


def combined(places: Sequence[PlaceMention]) -> Where | None:
    """The finest of `places`, with the units above it that the others tell. None where there are none."""
    best = finest(places)
    if best is None or best.unplaced is not None:
        return best
    others = [p.where for p in places if p.where is not best and p.where.unplaced is None and not p.adjective]
    if is_unlisted(best):
        best = _on_finer_ground(best, others)
    for other in others:
        best = _with_units_of(best, other)
    return best


def is_unlisted(where: Where) -> bool:
    """Whether it names in `text` a place that the gazetteer lacks, and stands in the unit around it."""
    if where.text is None or where.name is None or where.unplaced is not None:
        return False
    text = fold(where.text)
    return not any(known and fold(known) in text for known in (where.name, where.admin1, where.admin2)) and (
        (where.precision or 9) > 1 or where.kind == "site")


def finer_within(outer: Where, places: Sequence[PlaceMention]) -> Where | None:
    """The finest of `places` that lies in `outer`, where one is finer than it."""
    inside = [p for p in places if p.where.unplaced is None and not p.adjective and contains(outer, p.where)
              and (p.where.precision or 9) < (outer.precision or 9)]
    return combined(inside) if inside else None


def home_country(document: Document) -> str | None:
    """The country that the report is about, by the places and peoples it names; None where no country leads."""
    votes: Counter[str] = Counter()
    for place in document.places:
        if place.where.country is not None:
            votes[place.where.country] += 1
    if not votes:
        return None
    [(code, most)] = votes.most_common(1)
    return code if most >= HOME_SHARE * votes.total() else None


def _on_finer_ground(unlisted: Where, others: Sequence[Where]) -> Where:
    """An unlisted place in the finest unit that the other sentences give, not the first."""
    finer = [o for o in others if o.lat is not None and not is_unlisted(o) and (o.precision or 9) < (unlisted.precision or 9)
             and (o.country == unlisted.country or unlisted.country is None)]
    if not finer:
        return unlisted
    ground = min(finer, key=lambda o: o.precision or 9)
    kind = "site" if ground.precision == 1 else ground.kind
    return replace(ground, text=unlisted.text, kind=kind, evidence=(*unlisted.evidence, *ground.evidence))


def _with_units_of(where: Where, other: Where) -> Where:
    """`where` with the province or district that only `other` tells, where it lies in it."""
    if other.kind == "admin1" and where.admin1 is None and contains(other, where):
        return replace(where, admin1=other.admin1 or other.name)
    if other.kind == "admin2" and where.admin2 is None and contains(other, where):
        return replace(where, admin2=other.admin2 or other.name, admin1=where.admin1 or other.admin1)
    return where
