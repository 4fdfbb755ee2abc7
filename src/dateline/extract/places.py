"""Find the places that a report names and say where they are."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.extract.document import Document, PlaceMention
from dateline.extract.lines import lines_of
from dateline.extract.place_evidence import doubtful
from dateline.extract.place_links import outers, share_plural_nouns
from dateline.extract.place_names import Found, Tokens, find_names, words
from dateline.extract.place_unknown import Unknown, around, find_unknown, spelled_otherwise
from dateline.extract.tokens import dateline_end
from dateline.extract.unlisted import unlisted_places
from dateline.records import Where, span_of
from dateline.where.answer import NEAR_KM, bearing, contains, finest, moved, unplaced, where_of
from dateline.where.choice import Chosen, Context, Ranking, choose, label, rank
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place, distance_km
from dateline.where.reasons import within

__all__ = ["contains", "distance_km", "find_places", "finest"]

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
EDGE_OF = re.compile(r"\b(?:outskirts|vicinity|suburbs|(?<!the\s)suburb)\sof\s(?:the\s)?(?:city\sof\s)?$|\bclose\sto\s$", re.IGNORECASE)
OFF_COAST = re.compile(r"\boff\s(?:the\s)?(?:\w{1,15}\s)?(?:coast|shore)s?\sof\s(?:the\s)?$", re.IGNORECASE)
NUMBERS = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
KM_PER_MILE = 1.609
NO_VILLAGE = 100_000  # people
KNOWN_TOLD = 1_000_000  # people; a city of which another country may be told in one breath: "Paris, Mali and"
KNOWN_CITY, KNOWN_PROVINCE = 300_000, 1_000_000  # people
BESIDE_KM = 150.0  # a place that is told beside another lies nearer
LOOK_BACK = 90  # characters before a name in which a distance to it may stand


def find_places(document: Document, gazetteer: Gazetteer) -> None:
    """Add a PlaceMention to `document.places` for each place named, in the order of the text.

    Needs `document.spacy` and `document.groups`: words that name a group name no place. A name that fits two places
    equally well is kept with the reason in `where.unplaced`; names that are read as persons or bodies are left out.
    """
    text, tokens = document.report.text, Tokens(document)
    active = _active(document)
    filed_before = dateline_end(document.report)
    found = share_plural_nouns(tokens, find_names(tokens, gazetteer), gazetteer)
    read = _ranked(tokens, found, filed_before, active, gazetteer)
    context = _context(read, active)
    read = _at_home(read, active, gazetteer)
    unknown = find_unknown(tokens, _taken(tokens, [r.name for r in read]))
    spelled = [name for u in unknown if (name := spelled_otherwise(text, tokens, u, context, gazetteer)) is not None]
    if spelled:
        found = sorted([*(r.name for r in read), *spelled], key=lambda name: name.first)
        again = _ranked(tokens, found, filed_before, active, gazetteer)
        read = _at_home([r for r in again if not (r.name in spelled and _far(r, again))], active, gazetteer)
    mentions = [_mention(text, tokens, r.name, choose(r.ranking, gazetteer), gazetteer) for r in read]
    mentions += _by_description(text, tokens, mentions, context, gazetteer)
    mentions += _placed_around(document, tokens, unknown, {r.name.first for r in read}, mentions, context, gazetteer)
    mentions += unlisted_places(text, tokens, document, mentions, context, gazetteer)
    mentions += lines_of(text, mentions)
    mentions = [replace(m, adjective=True) if _says_whose(document, m) else m for m in mentions]
    document.places.extend(sorted(mentions, key=lambda m: (m.start, m.end)))


def _says_whose(document: Document, mention: PlaceMention) -> bool:
    """A country's name before a noun says whose something is: "the U.S. embassy", "Peru troops"; not "the Mali border"."""
    if mention.adjective or mention.where.kind != "country":
        return False
    span = document.spacy.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    named = root.head.lower_ in words("line") | words("direction") | {"side", "capital", "city", "area", "region"}
    return root.dep_ in {"compound", "nmod"} and root.head.i >= span.end and root.head.pos_ == "NOUN" and not named


@dataclass(frozen=True, slots=True)
class Read:
    """A name with its ranking. outer: the likeliest place of the name in which it is told to lie."""

    name: Found
    ranking: Ranking
    filed: bool
    outer: Place | None

    @property
    def noun_of_village(self) -> bool:
        return self.name.noun in ("village", "villages", "hamlet")


def _ranked(
    tokens: Tokens, found: Sequence[Found], filed_before: int, active: Counter[str], gazetteer: Gazetteer
) -> list[Read]:
    told = outers(tokens, found)
    names = [name.named(outer, name.start < filed_before) for name, outer in zip(found, told, strict=True)]
    rankings = rank(names, gazetteer.neighbours, active)
    return [
        Read(name, ranking, asked.filed, rankings[outer][0].place if outer is not None else None)
        for name, asked, ranking, outer in zip(found, names, rankings, told, strict=True)
    ]


def _taken(tokens: Tokens, found: Sequence[Found]) -> list[bool]:
    taken = [False] * len(tokens)
    for name in found:
        for at in range(name.first, name.last + 1):
            taken[at] = True
    return taken


def _placed_around(
    document: Document,
    tokens: Tokens,
    unknown: Sequence[Unknown],
    read: set[int],
    mentions: Sequence[PlaceMention],
    context: Context,
    gazetteer: Gazetteer,
) -> list[PlaceMention]:
    """Mentions of the names that no spelling led to a place, by what their sentence and the report tell around them."""
    ends = [s.end_char for s in document.spacy.sents]
    starts = [0, *ends]
    made = []
    for name in unknown:
        if name.first not in read:
            at = bisect_right(ends, tokens.start[name.first])
            sentence = (starts[at], ends[at] if at < len(ends) else len(document.report.text))
            mention = around(document.report.text, tokens, name, mentions, sentence, context, gazetteer)
            made += [mention] if mention is not None else []
    return made


def _active(document: Document) -> Counter[str]:
    """Countries of the armed groups named, where a group is active in one alone."""
    return Counter(mention.country for mention in document.groups if mention.country)


def _context(read: Sequence[Read], active: Counter[str]) -> Context:
    """Which countries the report names, by what its names are likeliest to mean; small towns and the dateline left out."""
    votes = Counter(active)
    for own in _votes(read).values():
        votes.update(own)
    return Context(votes)


def _votes(read: Sequence[Read]) -> dict[str, Counter[str]]:
    """By key, what its names say of the report's country."""
    votes: dict[str, Counter[str]] = {}
    for r in read:
        best = r.ranking[0].place
        if best.country and not r.filed and not r.name.abroad and (not doubtful(r.name) or _fits(best, r.outer)):
            weight = 2 if best.kind in ("country", "admin1") and not r.name.adjective else 1
            votes.setdefault(r.name.key, Counter())[best.country] += weight
    return votes


def _at_home(read: Sequence[Read], active: Counter[str], gazetteer: Gazetteer) -> list[Read]:
    """The names without what they cannot mean where the report is, by the countries that the other names tell."""
    total, own = _context(read, active).votes, _votes(read)
    kept = []
    for r in read:
        votes = total - own.get(r.name.key, Counter())
        ranking = tuple(ranked for ranked in r.ranking if not _strange(r, ranked.place, votes, gazetteer))
        if ranking and ranking[0] is r.ranking[0]:
            kept.append(r)  # with all its rivals
        elif ranking and not doubtful(r.name):
            kept.append(replace(r, ranking=ranking))
    return kept


def _fits(place: Place, outer: Place | None) -> bool:
    """Whether a name's place lies in the place in which it is told to lie."""
    if outer is None or place.id == outer.id:
        return False
    if outer.kind == "city":
        return distance_km(place.lat, place.lon, outer.lat, outer.lon) < BESIDE_KM
    return within(place, outer) > 0


def _strange(read: Read, place: Place, votes: Counter[str], gazetteer: Gazetteer) -> bool:
    """Whether `place` is small and elsewhere: in a country that the report does not speak of, or not in the unit in which
    the name is told to lie.

    Where all places of a name are, it is a person's, a street's, or a village's that the gazetteer lacks: that is then placed
    in what is told around it.
    """
    if read.filed:
        return False
    if read.noun_of_village and place.population >= NO_VILLAGE:
        return True
    outer = read.outer if place.population < KNOWN_TOLD else None
    abroad = outer is not None and place.country != outer.country and place.kind == "city"
    if outer is not None and outer.id != place.id and (abroad or doubtful(read.name)):
        return not _fits(place, outer)
    if not votes or place.country is None or votes[place.country] or _known_anywhere(place, read.name):
        return False
    return not (doubtful(read.name) and gazetteer.neighbours(place.country) & votes.keys())


def _far(read: Read, all_read: Sequence[Read]) -> bool:
    """Whether the place of a name that is only spelled like its own lies far from all others that the report tells."""
    best = read.ranking[0].place
    others = [r.ranking[0].place for r in all_read if r.name.key != read.name.key and not r.name.adjective and not r.filed]
    local = [p for p in others if p.kind not in ("country", "region", "sea")]
    near = (distance_km(best.lat, best.lon, p.lat, p.lon) < BESIDE_KM + p.radius_km for p in local)
    return bool(local) and not any(near)


def _known_anywhere(place: Place, name: Found) -> bool:
    """Whether a report on another country may name the place and be understood."""
    if place.kind == "admin1":
        return name.noun not in words("site") and place.population >= KNOWN_PROVINCE
    return place.kind in ("country", "region", "sea") or place.hand_listed or place.population >= KNOWN_CITY


def _mention(text: str, tokens: Tokens, name: Found, choice: Chosen, gazetteer: Gazetteer) -> PlaceMention:
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


def _by_description(
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
