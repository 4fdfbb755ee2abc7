"""Places that are told of one incident, put together: "a market", "in Baidoa's centre", "Bay region"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.document import PlaceMention
from dateline.extract.place_tokens import words
from dateline.records import Where
from dateline.where.answer import contains, finest, is_unlisted
from dateline.where.names import fold

AREA = 3                          # where_prec from which it is an area
WIDE = 6                          # where_prec of a country
FAR = 25                          # km or miles from a town; so far off it is told to find another name on a map
_DISTANCE = re.compile(r"(\d[\d,]{0,5})[\s-]?(?:km|kms|kilomet|miles?)", re.IGNORECASE)


def combined(places: Sequence[PlaceMention]) -> Where | None:
    """The finest of `places`, with the units above it that the others tell. None where there are none.

    A place that the gazetteer lacks is finer than the unit in which it stands: "the village of Kwanzou, in Gao region".
    """
    near = [p for p in places if not _orients(p.where)] or list(places)
    best = finest(near)
    if best is None or best.unplaced is not None:
        return best
    others = [p.where for p in near if p.where is not best and p.where.unplaced is None and not p.adjective]
    unlisted = [w for w in others if is_unlisted(w) and _may_hold(best, w)]
    if unlisted and not is_unlisted(best) and (best.precision or 9) >= AREA:
        best, others = unlisted[0], [best, *(w for w in others if w is not unlisted[0])]
    elif unlisted and not is_unlisted(best) and best.kind == "city" and (within := next(filter(is_in_town, unlisted), None)):
        best = replace(best, text=within.text, kind="site", evidence=(*within.evidence, *best.evidence))
    if is_unlisted(best):
        best = on_finer_ground(best, others)
    for other in others:
        best = _with_units_of(best, other)
    return best


def is_in_town(where: Where) -> bool:
    """Whether the words name a part of a town: a quarter, a street, a market."""
    return bool({fold(word) for word in (where.text or "").split()} & words("site"))


def is_vague(where: Where) -> bool:
    """Whether what is told around it may say more: somewhere in a country, or "Latin America"."""
    return (where.precision or 0) >= WIDE and where.unplaced is None and (is_unlisted(where) or where.country is None)


def _orients(where: Where) -> bool:
    """ "460 km northwest of Bogota" says where another name is to be looked for, and is no place of its own."""
    told = _DISTANCE.search(where.text or "")
    return told is not None and float(told[1].replace(",", "")) >= FAR


def _may_hold(ground: Where, unlisted: Where) -> bool:
    return ground.country == unlisted.country or None in (ground.country, unlisted.country)


def on_finer_ground(unlisted: Where, others: Sequence[Where]) -> Where:
    """An unlisted place in the finest unit that the other sentences give, not the first."""
    finer = [o for o in others if o.lat is not None and not is_unlisted(o) and (o.precision or 9) < (unlisted.precision or 9)
             and _may_hold(o, unlisted) and (is_in_town(unlisted) or (o.precision or 9) >= AREA)]
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
