"""Names that stand as places and that the gazetteer lacks, or has only where the report is not: found, and placed around.

A name is looked for under other spellings in the countries of the report ("Al Hawl" for "Al-Hol"). What is not found so takes
the finest unit around it that the text gives, at that unit's precision, and keeps its own name in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.extract.place_evidence import JOINS, Found
from dateline.extract.place_links import PASSED
from dateline.extract.place_names import with_noun
from dateline.extract.place_tokens import Tokens, words
from dateline.records import Where, span_of
from dateline.where.answer import NEAR_KM, unplaced, where_of
from dateline.where.choice import Context
from dateline.where.gazetteer import Gazetteer
from dateline.where.mention import PlaceMention
from dateline.where.names import fold
from dateline.where.place import Place

REACH = 8  # words between a name and what it is told to lie in
ANYWHERE_IN = 2.0  # times its radius: a unit's is of a disc of its area, and a place in it may lie twice as far from the middle
LONG_KM = 75.0  # of a river or a range of which no more is told than where one point of it is
APPOSED = 5  # words in which "a small farming village" has its noun
LONGEST = 4  # words of a name
DOMINANT = 0.6  # share of the report's names from which its country or province is taken
LEAST_LETTERS = 4  # of a name that may be another spelling
LOOK_IN = 3  # countries of the report in which other spellings are looked for


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that stands as a place. noun: what it is said to be ("village"), within the words or beside them."""

    first: int  # tokens, last included; the noun left out
    last: int
    noun: str | None
    span_first: int  # the same with the noun
    span_last: int


def find_unknown(tokens: Tokens, taken: Sequence[bool]) -> list[Unknown]:
    """Capitalised names that the words beside them show to be places. taken: tokens of places already read."""
    nouns = words("settlement") | words("admin1") | words("admin2") | words("site") | words("line") | words("airport")
    runs = list(_runs(tokens, taken))
    persons = {tokens.low[last] for first, last in runs if _is_person(tokens, first, last)}
    found: list[Unknown] = []
    for first, last in runs:
        name = _stands(tokens, first, last, nouns, found)
        if name is not None and not persons & {tokens.low[name.first], tokens.low[name.last]}:
            found.append(name)
    return found


def _runs(tokens: Tokens, taken: Sequence[bool]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(tokens):
        last = _run(tokens, taken, at) if tokens.upper[at] else at - 1
        if last >= at:
            yield at, last
        at = max(at, last) + 1


def _is_person(tokens: Tokens, first: int, last: int) -> bool:
    """ "Gen. Hill", "Ann Hill said" """
    before = tokens.before(first)
    if before > 0 and tokens.text[before] == ".":
        before -= 1  # "Col." is two tokens to some tokenisers
    token = tokens.doc[last]
    return tokens.lower(before) in words("titles") or (
        token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_.lower() in words("human")
    )


def _run(tokens: Tokens, taken: Sequence[bool], first: int) -> int:
    """The last token of the capitalised name from `first` on; `first` - 1 where none begins."""
    last, at, count = first - 1, first, 0
    while at < len(tokens) and count < LONGEST and not taken[at] and not tokens.blocked[at]:
        if _part(tokens, at):
            last, count = at, count + 1
            at += 1
        elif at > first and (tokens.text[at] == "-" or tokens.low[at] in words("small_words")) and at + 1 < len(tokens):
            at += 1
        else:
            break
    return first - 1 if any(tokens.low[at] in _no_places() for at in range(first, last + 1)) else last


@cache
def _no_places() -> frozenset[str]:
    """Words of bodies, and of what is no place. A university is a body, and yet stands somewhere."""
    return (words("organisation") | words("never")) - words("site") | words("no_place")


def _part(tokens: Tokens, at: int) -> bool:
    return (
        tokens.upper[at]
        and tokens.proper[at]
        and tokens.text[at][-1] != "."
        and tokens.low[at] not in words("titles")
        and tokens.low[at] not in words("direction")
        and tokens.low[at] not in tokens.small
    )


def _stands(tokens: Tokens, first: int, last: int, nouns: frozenset[str], found: Sequence[Unknown]) -> Unknown | None:
    """The run as an unknown place, if the words around it say that it is one."""
    if first > 1 and tokens.text[first - 1] == "-" and tokens.low[first - 2] in words("small_words"):
        first -= 2  # "in al-Telmar"
    if first == last and tokens.low[first] in nouns:
        return None
    inner = next((at for at in range(last, first, -1) if tokens.low[at] in nouns), None)  # "Verity Camp"
    if inner == last:
        return Unknown(first, last - 1, tokens.low[last], first, last)
    after = tokens.lower(last + 1)
    if after in nouns and not tokens.upper[last + 1]:
        return Unknown(first, last, after, first, last + 1)
    before = tokens.before(first)
    low = tokens.lower(before)
    if low == "the":
        before = tokens.before(before)
        low = tokens.lower(before)
    noun = tokens.lower(before - 1)
    if low == "of" and noun in words("settlement") | words("admin2") | words("admin1"):
        if tokens.text[before - 1] == "Department":
            return None  # a ministry's
        return Unknown(first, last, noun, before - 1, last)
    plain = Unknown(first, last, None, first, last)
    if low in words("settlement") and last - first < 2:
        return replace(plain, noun=low)
    if after in words("peopled"):
        return plain
    if after == "," and (said := _said_to_be(tokens, last + 2)) is not None:
        return replace(plain, noun=said)
    shelled = low == "on" and noun in words("rained")
    if shelled or low in words("stands_in") or low in words("taken_by") or (low in words("heading") and noun in words("ways")):
        return plain if low != "at" or last == first else None
    joined = bool(found) and first - found[-1].span_last <= 3 and _joins(tokens, found[-1].span_last + 1, first)
    return plain if joined and found[-1].noun != "airport" else None


def _said_to_be(tokens: Tokens, at: int) -> str | None:
    """The noun in "Foo, a small farming village in"; None where no such words stand from `at` on."""
    if tokens.lower(at) not in ("a", "an", "the"):
        return None
    ahead = [tokens.lower(i) for i in range(at + 1, at + APPOSED)]
    noun = next((low for low in ahead if low in words("settlement") or low in words("admin2")), None)
    return noun if noun is not None and "," not in ahead[: ahead.index(noun)] else None


def _joins(tokens: Tokens, first: int, end: int) -> bool:
    between = {tokens.low[at] for at in range(first, end)}
    return bool(between & {"and", "or", ",", "&"}) and between <= JOINS


def spelled_otherwise(text: str, tokens: Tokens, unknown: Unknown, context: Context, gazetteer: Gazetteer) -> Found | None:
    """The name with the places of the report's countries that are spelled nearly so; of their neighbours too at a border."""
    start, end = tokens.start[unknown.first], tokens.end(unknown.last)
    name = text[start:end]
    if len(fold(name)) < LEAST_LETTERS:
        return None
    countries = [code for code, _ in context.votes.most_common(LOOK_IN)]
    places = gazetteer.similar(name, countries)
    if not places and "border" in tokens.small:
        places = gazetteer.similar(name, sorted({other for code in countries[:1] for other in gazetteer.neighbours(code)}))
    if unknown.noun in words("site"):
        places = tuple(p for p in places if p.kind == "site")  # a camp is no town of nearly its name
    if not places:
        return None
    return with_noun(tokens, Found(unknown.first, unknown.last, start, end, fold(name), places, False))


def around(
    text: str,
    tokens: Tokens,
    unknown: Unknown,
    mentions: Sequence[PlaceMention],
    sentence: tuple[int, int],
    context: Context,
    gazetteer: Gazetteer,
) -> PlaceMention | None:
    """The name as a mention placed in what is told around it; None where the report tells nothing."""
    span = span_of(text, tokens.start[unknown.span_first], tokens.end(unknown.span_last))
    placed = [m for m in mentions if m.where.lat is not None]
    here = [m for m in placed if sentence[0] <= m.start < sentence[1] and not m.adjective]
    people = next((m.where for m in placed if m.adjective and 0 < span.start - m.end <= 2), None)  # "the Peruvian town of Foo"
    told = _told_after(tokens, unknown, here, gazetteer) or people
    where = told if told is not None and told.kind != "country" else None
    if where is None:
        if told is not None:
            here = [m for m in here if m.where.country == told.country]
        fled = unknown.noun in words("site") and bool(tokens.small & words("fleeing"))  # their homes do not tell where they are
        unit = _finest_unit(here, context, gazetteer) if told is not None or not fled else None
        where = unit or told or (None if fled else _dominant(placed, context, gazetteer))
        if where is None:
            lost = unplaced(span.quote, "not in the gazetteer, and the report names no place around it", (span,))
            return PlaceMention(span.start, span.end, span.quote, lost, False) if unknown.noun else None
        where = replace(where, radius_km=round(ANYWHERE_IN * (where.radius_km or 0.0), 1))
    if unknown.noun in words("line"):
        wide = max(where.radius_km or 0.0, LONG_KM)
        where = replace(where, kind="region", precision=max(where.precision or 5, 5), radius_km=wide)
    elif unknown.noun in words("site") and where.precision in (1, 2):
        where = replace(where, kind="site")
    return PlaceMention(span.start, span.end, span.quote, replace(where, text=span.quote, evidence=(span,)), False)


def _told_after(tokens: Tokens, unknown: Unknown, here: Sequence[PlaceMention], gazetteer: Gazetteer) -> Where | None:
    """What the name is told to lie in or near, right after it: "Foo, in Helmand", "Foo, 40 km north of Gao"."""
    end = tokens.end(unknown.span_last)
    following = min((m for m in here if m.start >= end), key=lambda m: m.start, default=None)
    if following is None:
        return None
    between = _words_between(tokens, unknown.span_last + 1, following.start)
    allowed = PASSED | words("stands_in") | words("links")
    if not between or len(between) > REACH or not set(between) <= allowed:
        return None
    where = following.where
    if where.kind == "city" and unknown.noun in words("settlement") and "in" in between:
        unit = _province(gazetteer.get(where.gazetteer_id or ""), gazetteer)
        if unit is not None and fold(unit.name) == fold(where.name or ""):
            where = where_of(unit, unit.name, where.evidence)  # "a village in Kaduna": in the province, not in the town
    if where.precision == 1 and unknown.noun not in words("site") - words("open_ground"):  # a square is in its city
        return replace(where, precision=2, radius_km=(where.radius_km or 0.0) + NEAR_KM)
    if (where.precision or 9) >= 6:
        return where if where.kind == "country" else None
    within = where.kind in ("admin1", "admin2", "admin3", "region")
    return replace(where, radius_km=round(ANYWHERE_IN * (where.radius_km or 0.0), 1)) if within else where


def _words_between(tokens: Tokens, at: int, end: int) -> list[str]:
    found = []
    while at < len(tokens) and tokens.start[at] < end:
        if tokens.text[at] != "\n":
            found.append(tokens.low[at])
        at += 1
    return found


def _finest_unit(here: Sequence[PlaceMention], context: Context, gazetteer: Gazetteer) -> Where | None:
    """The smallest district or province that the sentence names, else the province of its towns where they have one."""
    units = [m.where for m in here if m.where.kind in ("admin3", "admin2", "admin1") and (m.where.precision or 9) in (3, 4)]
    if units:
        return min(units, key=lambda where: (-context.votes[where.country or ""], where.precision or 9))
    provinces = {}
    for mention in here:
        if (where := mention.where).kind in ("city", "site", "airport"):
            unit = _province(gazetteer.get(where.gazetteer_id or ""), gazetteer)
            provinces[unit.id if unit else None] = (unit, where)
    if len(provinces) == 1:
        unit, where = next(iter(provinces.values()))
        return where_of(unit, unit.name, where.evidence) if unit else None
    return None


def _province(place: Place | None, gazetteer: Gazetteer) -> Place | None:
    if place is None or place.admin1 is None:
        return None
    units = (p for p in gazetteer.lookup(place.admin1) if p.kind == "admin1" and p.country == place.country)
    return next((p for p in units if p.adm1 == place.adm1), None)


def _dominant(placed: Sequence[PlaceMention], context: Context, gazetteer: Gazetteer) -> Where | None:
    """The country that most names of the report lie in."""
    top = context.votes.most_common(1)
    if not placed or not top or context.share(top[0][0]) < DOMINANT:
        return None
    country = gazetteer.country(top[0][0])
    return where_of(country, country.name, ()) if country else None
