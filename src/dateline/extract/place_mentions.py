"""A name and its place as a mention of the text, with the words beside it that move or widen the place."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.extract.document import PlaceMention
from dateline.extract.place_names import Found, Tokens, words
from dateline.records import Where, span_of
from dateline.where.answer import NEAR_KM, bearing, moved, unplaced, where_of
from dateline.where.choice import Chosen, Context, label
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place

NEAR = frozenset({"near", "outside", "around", "nearby"})
DISTANCE = re.compile(
    r"(?P<number>\d{1,4}(?:[.,]\d{1,3})?|[a-z]{2,12})[\s-]{1,2}(?P<unit>km|kms|kilomet(?:er|re)s?|miles?)\s{1,2}(?:\([^()\n]{1,30}\)\s{1,2})?"
    r"(?:to the\s)?(?P<direction>(?:north|south)?-?(?:east|west)?)\s?(?:of|from|outside|away from)\s(?:the\s)?"
    r"(?:(?:city|town|capital|village)\s(?:of\s)?)?$",
    re.IGNORECASE,
)
DIRECTION_OF = re.compile(
    r"\b(?P<direction>(?:north|south)(?:-?(?:east|west))?|east|west)(?:ern part)?\sof\s(?:the\s)?$", re.IGNORECASE
)
EDGE_OF = re.compile(
    r"\b(?:outskirts|vicinity|suburbs|(?<!the\s)suburb)\sof\s(?:the\s)?(?:city\sof\s)?$|\bclose\sto\s$", re.IGNORECASE
)
OFF_COAST = re.compile(r"\boff\s(?:the\s)?(?:\w{1,15}\s)?(?:coast|shore)s?\sof\s(?:the\s)?$", re.IGNORECASE)
NUMBERS = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
KM_PER_MILE = 1.609
LOOK_BACK = 90  # characters before a name in which a distance to it may stand


def mention_of(text: str, tokens: Tokens, name: Found, choice: Chosen, gazetteer: Gazetteer) -> PlaceMention:
    """One name as a mention; the words beside it that move or widen the place are part of it."""
    start, end = name.start, name.end
    if name.noun_last is not None:
        end = tokens.end(name.noun_last)
    if name.noun_first is not None:
        start = tokens.start[name.noun_first]
    if choice.place is None:
        span = span_of(text, start, end)
        countries = {p.country for p in choice.runners_up}
        where = unplaced(
            span.quote,
            choice.reason or "not known",
            (span,),
            tuple(map(label, choice.runners_up)),
            countries.pop() if len(countries) == 1 else None,
        )
        return PlaceMention(span.start, span.end, span.quote, where, name.adjective)
    place = choice.place
    if name.noun in words("airport"):
        place = gazetteer.airport_near(place) or place if place.kind == "city" else place
    if not name.adjective:
        start = _start_with_direction(tokens, name, start)
    span = span_of(text, start, end)
    where = where_of(place, span.quote, (span,), tuple(map(label, choice.runners_up)))
    where = _as_noun_says(where, name, place)
    return _moved_by_words(text, PlaceMention(span.start, span.end, span.quote, where, name.adjective))


def _start_with_direction(tokens: Tokens, name: Found, start: int) -> int:
    before = tokens.before(name.first)
    if before >= 0 and tokens.low[before] in words("direction") and name.noun_first is None:
        return int(tokens.start[before])
    return start


def _as_noun_says(where: Where, name: Found, place: Place) -> Where:
    """`where` as wide as its noun: the province of a town that stands for it, a border, a neighbourhood."""
    if name.noun in words("admin1") and where.kind == "city":
        return replace(
            where,
            kind="admin1",
            precision=4,
            radius_km=max(where.radius_km or 0.0, 75.0),
            admin1=place.admin1 or place.name,
        )
    if name.noun in words("admin2") and where.kind in ("city", "admin1"):
        return replace(
            where, kind="admin2", precision=3, radius_km=min(max(where.radius_km or 0.0, 20.0), 60.0), admin2=place.name
        )
    if name.noun in words("line") and where.kind in ("country", "admin1", "city", "region"):
        return replace(where, kind="region", precision=5)
    if name.noun in words("airport") and where.kind == "city":
        return replace(where, kind="airport", precision=2, radius_km=(where.radius_km or 0.0) + NEAR_KM)
    if name.noun in words("site") and where.kind == "city":
        return replace(where, kind="site")
    return where


def _moved_by_words(text: str, mention: PlaceMention) -> PlaceMention:
    """`mention` with "15 km north of", "near", "northern", "off the coast of" taken into it and into its point."""
    where, start = mention.where, mention.start
    if mention.adjective or where.lat is None:
        return mention
    ahead = text[max(0, start - LOOK_BACK) : start].replace("\n", " ")
    local = (where.precision or 9) <= 3
    if local and (match := DISTANCE.search(ahead)):
        km = _kilometres(match["number"], match["unit"])
        if km is not None:
            direction = bearing(match["direction"]) or (0.0, 0.0)
            doubt = max(3.0, 0.2 * km) if match["direction"] else km
            return _grown(text, mention, start - len(ahead) + match.start(), km, direction, "site", 2, doubt)
    if match := OFF_COAST.search(ahead):
        return _grown(
            text, mention, start - len(ahead) + match.start(), 0.0, (0, 0), "sea", 7, where.radius_km or 100.0
        )
    before = re.search(r"([A-Za-z]{4,8})\s(?:the\s(?:city\sof\s|town\sof\s|village\sof\s)?)?$", ahead)
    near = (before and before[1].lower() in NEAR and before) or EDGE_OF.search(ahead)
    if local and near:
        return _grown(
            text,
            mention,
            start - len(ahead) + near.start(),
            0.0,
            (0, 0),
            where.kind or "site",
            2,
            (where.radius_km or 0.0) + NEAR_KM,
        )
    of = DIRECTION_OF.search(ahead)
    word = of["direction"] if of else mention.text.split()[0]
    toward = bearing(word)
    if toward is None or fold(mention.text.split()[0]) == fold((where.name or "").split()[0]):
        return mention
    begin = start - len(ahead) + of.start() if of else start
    if where.kind == "country":
        shift = 0.45 * (where.radius_km or 0.0)
        return _grown(text, mention, begin, shift, toward, "region", 5, 0.6 * (where.radius_km or 0.0))
    if of and local:
        return _grown(text, mention, begin, 10.0, toward, where.kind or "site", 2, (where.radius_km or 0.0) + NEAR_KM)
    return mention


def _grown(
    text: str,
    mention: PlaceMention,
    start: int,
    km: float,
    direction: tuple[float, float],
    kind: str,
    precision: int,
    radius_km: float,
) -> PlaceMention:
    span = span_of(text, start, mention.end)
    name = span.quote if kind == "region" else None
    where = moved(
        mention.where,
        km,
        direction,
        kind=kind,
        precision=precision,
        radius_km=radius_km,
        text=span.quote,
        evidence=(span,),
        name=name,
    )
    return PlaceMention(span.start, span.end, span.quote, where, False)


def _kilometres(number: str, unit: str) -> float | None:
    low = number.lower()
    value = float(NUMBERS[low]) if low in NUMBERS else _float(low)
    return None if value is None else value * (KM_PER_MILE if unit.lower().startswith("mi") else 1.0)


def _float(number: str) -> float | None:
    try:
        return float(number.replace(",", "" if len(number.rpartition(",")[2]) == 3 else "."))
    except ValueError:
        return None


def by_description(
    text: str, tokens: Tokens, mentions: list[PlaceMention], context: Context, gazetteer: Gazetteer
) -> list[PlaceMention]:
    """Places told without their name: "the Afghan capital", "the airport in Kabul", or "the airport" of a report."""
    made: list[PlaceMention] = []
    for at, low in enumerate(tokens.low):
        if (
            low != "capital"
            or tokens.text[at] != low
            or tokens.lower(at + 1) in ("punishment", "of", "letters", "city", "offence")
        ):
            continue
        owner = next((m for m in mentions if m.adjective and 0 <= tokens.start[at] - m.end <= 1), None)
        code = owner.where.country if owner else None
        if code is None and tokens.lower(at - 1) == "the" and context.votes:
            top = context.votes.most_common(1)[0][0]
            code = top if context.share(top) >= 0.6 else None
        city = gazetteer.capital(code) if code else None
        if city is not None:
            span = span_of(text, owner.start if owner else tokens.start[at - 1], tokens.end(at))
            made.append(PlaceMention(span.start, span.end, span.quote, where_of(city, span.quote, (span,)), False))
    known = {m.where.gazetteer_id: m.where for m in mentions if m.where.kind == "airport" and m.where.precision == 1}
    for at, low in enumerate(tokens.low):
        if low != "airport" or any(m.start <= tokens.start[at] < m.end for m in mentions):
            continue
        ahead = [
            m
            for m in (*mentions, *made)
            if 0 < m.start - tokens.end(at) <= 9 and not m.adjective and m.where.kind == "city"
        ]
        begin = tokens.start[at - 1] if tokens.lower(at - 1) in ("the", "an", "international") else tokens.start[at]
        airport, last = None, tokens.end(at)
        if ahead and tokens.lower(at + 1) in ("in", "of", "at", "near", "outside") and ahead[0].where.gazetteer_id:
            city = gazetteer.get(ahead[0].where.gazetteer_id)
            airport = gazetteer.airport_near(city) if city else None
            last = ahead[0].end
        elif len(known) == 1 and tokens.lower(at - 1) == "the":
            airport = gazetteer.get(next(iter(known)) or "")
        if airport is not None:
            span = span_of(text, begin, last)
            made.append(PlaceMention(span.start, span.end, span.quote, where_of(airport, span.quote, (span,)), False))
    return made
