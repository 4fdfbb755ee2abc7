"""Places on the way: "between Gao and Kidal", "the Gao-Kidal road", "on the road to Gao". They are stretches, not towns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.extract.document import PlaceMention
from dateline.records import span_of
from dateline.where.answer import NEAR_KM
from dateline.where.place import distance_km

STRETCH_PRECISION = 5             # a stretch of road, as UCDP's where_prec has it
NEAR_PRECISION = 2                # an approach road near a town
LONGEST_KM = 800.0                # a stretch longer than this says nothing
LOOK_BACK = 70                    # characters before a name in which the words stand that make a stretch of it
_ROAD = r"(?:roads?|highways?|motorways?|routes?|tracks?|railways?|rail line|pipelines?|axis|corridor)"
# Before the first name. What two capitals have between them is mostly no place.
_BETWEEN = re.compile(
    r"(?P<what>[\w'’-]{1,20}\s)?\b(?P<words>(?:on|along|in|at|of|near)\s(?:an?\s|the\s)(?:[\w-]{1,20}\s){0,2}"
    rf"{_ROAD}\s(?:\w{{1,12}}\s){{0,2}}?(?:between|from|linking|connecting|joining)\s|"
    r"between\s)(?:the\s)?(?:(?:towns?|villages?|cities|city)\sof\s)?$", re.IGNORECASE)
_AND = re.compile(r"\s?,?\s(?:and|to|with)\s(?:the\s)?(?:(?:town|village|city)\sof\s)?$", re.IGNORECASE)
_HYPHEN = re.compile(r"\s?[-–—/]\s?$")
_ROAD_AFTER = re.compile(rf"\s(?:main\s|national\s)?{_ROAD}\b", re.IGNORECASE)
_ROAD_TO = re.compile(rf"\b(?:on|along|off)\s(?:an?\s|the\s)(?:[\w-]{{1,20}}\s){{0,2}}{_ROAD}\s(?:leading\s)?(?:to|towards?)\s"
                      r"(?:the\s(?:town|village|city)\sof\s)?$", re.IGNORECASE)
_NO_PLACE = frozenset({
    "war", "talks", "relations", "tensions", "fighting", "clashes", "conflict", "ties", "dialogue", "negotiations", "deal",
    "agreement", "ceasefire", "truce", "hostilities", "dispute", "difference", "differences", "choose", "cooperation", "border"})


def lines_of(text: str, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Mentions of stretches and roads, each around the names in `mentions` that it is told by."""
    placed = [m for m in sorted(mentions, key=lambda m: m.start) if not m.adjective and m.where.lat is not None]
    made: list[PlaceMention] = []
    for first, second in pairwise(placed):
        if (stretch := _stretch(text, first, second)) is not None:
            made.append(stretch)
    within = [(m.start, m.end) for m in made]
    for mention in placed:
        if not any(start <= mention.start < end for start, end in within) and (road := _approach(text, mention)) is not None:
            made.append(road)
    return made


def _stretch(text: str, first: PlaceMention, second: PlaceMention) -> PlaceMention | None:
    """The stretch between two towns that are named one after the other."""
    a, b = first.where, second.where
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None or max(a.precision or 9, b.precision or 9) > 3:
        return None
    gap = text[first.end:second.start].replace("\n", " ")
    ahead = text[max(first.start - LOOK_BACK, 0):first.start].replace("\n", " ")
    start, end = first.start, second.end
    if _HYPHEN.fullmatch(gap) and (after := _ROAD_AFTER.match(text, second.end)):
        end = after.end()
    elif _AND.fullmatch(gap) and (before := _BETWEEN.search(ahead)):
        if (before["what"] or "").strip().lower() in _NO_PLACE:
            return None
        start = first.start - len(ahead) + before.start("words")
    else:
        return None
    km = distance_km(a.lat, a.lon, b.lat, b.lon)
    if km > LONGEST_KM or (a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id):
        return None
    span = span_of(text, start, end)
    same = [value if value == getattr(b, unit) else None for unit in ("country", "admin1", "admin2")
            for value in (getattr(a, unit),)]
    where = replace(
        a, text=span.quote, name=span.quote, kind="region", country=same[0], admin1=same[1], admin2=same[2],
        admin3=None, lat=round((a.lat + b.lat) / 2, 4), lon=round((a.lon + b.lon) / 2, 4), gazetteer_id=None,
        radius_km=round(km / 2 + max(a.radius_km or 0.0, b.radius_km or 0.0), 1), precision=STRETCH_PRECISION, runners_up=(),
        evidence=(span,))
    return PlaceMention(span.start, span.end, span.quote, where, False)


def _approach(text: str, mention: PlaceMention) -> PlaceMention | None:
    """ "on the road to Gao", "on the Gao road": near the town, on an approach to it."""
    if (mention.where.precision or 9) > 2:
        return None
    ahead = text[max(mention.start - LOOK_BACK, 0):mention.start].replace("\n", " ")
    before, after = _ROAD_TO.search(ahead), _ROAD_AFTER.match(text, mention.end)
    if before is None and after is None:
        return None
    start = mention.start - len(ahead) + before.start() if before is not None else mention.start
    span = span_of(text, start, after.end() if after is not None else mention.end)
    where = replace(mention.where, text=span.quote, precision=NEAR_PRECISION, evidence=(span,),
                    radius_km=round((mention.where.radius_km or 0.0) + NEAR_KM, 1))
    return PlaceMention(span.start, span.end, span.quote, where, False)
