"""Whether what is told of an act tells it apart from others: by its place, or by words such as "elsewhere"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dateline.extract.document import PlaceMention, TimeMention
from dateline.extract.place_tokens import words
from dateline.extract.unlisted import PARTS, UNIT_NOUNS
from dateline.records import Where
from dateline.where.answer import contains, finest, is_unlisted
from dateline.where.names import fold
from dateline.where.place import distance_km

Token = Any

TOWNS_KM = 10.0  # two towns by name so far from each other are two places
APART_KM = 60.0  # two towns further apart are two places
ANOTHER = re.compile(
    r"\b(?:separate(?:ly)?|elsewhere|in another|another (?:attack|bomb|blast|incident|shooting|explosion|strike|clash)|"
    r"(?:a|the) (?:second|third|fourth) (?:attack|bomb\w*|blast|incident|explosion|strike|shooting)|in a different|"
    r"also (?:on|in) \w+day|unrelated)\b|^\W*(?:meanwhile|in addition|also \w+day|in other parts of|in the meantime)\b|"
    r"^\W*(?:in|at|near|around|on|north|south|east|west) (?:\S+ ){1,6}meanwhile\b",
    re.I,
)
IN_TOWN = 2  # precision of a town, and of what is near it
AFTER_VERB = 40  # characters behind an act in which such words may stand
OF_WOUNDS = {"hospital", "injury", "wound", "surgery"}
QUARTERS = PARTS | UNIT_NOUNS | {"area", "city", "region", "town", "village"}


def starts_another(sentence: str, at: int) -> bool:
    """Whether the words up to an act at `at` tell that it is another than those before: "elsewhere, rebels shelled"."""
    return bool(ANOTHER.search(sentence[: max(at + AFTER_VERB, 0)]))


def died_later(token: Token, times: Sequence[TimeMention], held: Sequence[TimeMention]) -> bool:
    """Whether a death of a later day is of what is held: "A third person died at a hospital on Sunday", shot on Friday."""
    named = any(c.dep_ == "nsubj" and c.pos_ == "PROPN" for c in token.children)
    if token.lemma_.lower() not in {"die", "succumb"} or not (named or {t.lemma_.lower() for t in token.sent} & OF_WOUNDS):
        return False
    days = [t.earliest for t in times if t.earliest is not None]
    before = [t.latest for t in held if t.latest is not None]
    return bool(days and before) and max(before) <= min(days)


def told_besides(token: Token, places: Sequence[PlaceMention], held: Sequence[PlaceMention]) -> bool:
    """ "The air force also hit targets in Arden", told after an attack of which Arden was not said to be the place."""
    above = (token, *token.ancestors)
    also = any(c.lower_ == "also" and c.i <= token.i + 2 for node in above for c in node.children)
    return also and bool(places and held) and not any(_same_name(p.where, q.where) for p in places for q in held)


def _same_name(mine: Where, held: Where) -> bool:
    if mine.gazetteer_id is not None and mine.gazetteer_id == held.gazetteer_id:
        return not is_unlisted(mine) or not is_unlisted(held) or fold(mine.text or "") == fold(held.text or "")
    quarter = (held.precision or 9) <= IN_TOWN and contains(held, mine)  # "also damaged houses in the suburb of"
    return quarter or contains(mine, held)


def at_another_place(places: Sequence[PlaceMention], held: Sequence[PlaceMention]) -> bool:
    """Whether `places` cannot be where that happened which is told at `held`; False where either says nothing."""
    mine = finest(places) if places else None
    theirs = finest(held) if held else None
    if mine is None or theirs is None:
        return False
    if mine.lat is None or mine.lon is None or theirs.lat is None or theirs.lon is None:
        return False
    if _other_town(mine, theirs) or _other_quarter(places, held):
        return True
    near = distance_km(mine.lat, mine.lon, theirs.lat, theirs.lon) <= APART_KM
    return not (near or contains(mine, theirs) or contains(theirs, mine))


def _other_town(mine: Where, held: Where) -> bool:
    """Two towns, or what lies in or near them, each named as the place: one act in each, however near they are."""
    near = {mine.precision, held.precision} <= {1, 2} and {mine.kind, held.kind} <= {"city", "site", "airport"}
    if not near or mine.gazetteer_id == held.gazetteer_id:
        return False
    if mine.lat is None or mine.lon is None or held.lat is None or held.lon is None:
        return False
    doubt = sum(where.radius_km or 0.0 for where in (mine, held) if where.precision == 2)
    return distance_km(mine.lat, mine.lon, held.lat, held.lon) > TOWNS_KM + doubt


def _other_quarter(places: Sequence[PlaceMention], held: Sequence[PlaceMention]) -> bool:
    """Quarters or villages by name that the gazetteer lacks, none of them named on both sides."""
    mine, theirs = _quarters(places), _quarters(held)
    return bool(mine and theirs) and not any(a & b for a in mine for b in theirs)


def _quarters(places: Sequence[PlaceMention]) -> list[frozenset[str]]:
    """The words of the names of those of `places` that the gazetteer lacks; of no building, which stands in a quarter."""
    names = (fold(p.text).split() for p in places if not p.adjective and is_unlisted(p.where))
    plain = (frozenset(w for w in name if w not in words("direction") | words("settlement") | QUARTERS | words("small_words"))
             for name in names)
    return [name for name in plain if name and not name & words("site")]
