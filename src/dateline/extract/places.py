"""Find the places that a report names and say where they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.extract.document import Document, PlaceMention
from dateline.extract.lines import lines_of
from dateline.extract.place_evidence import doubtful
from dateline.extract.place_links import outers, share_plural_nouns
from dateline.extract.place_mentions import by_description, mention_of
from dateline.extract.place_names import Found, Tokens, find_names, words
from dateline.extract.place_unknown import Unknown, around, find_unknown, spelled_otherwise
from dateline.extract.tokens import dateline_end
from dateline.extract.unlisted import unlisted_places
from dateline.where.answer import contains, finest
from dateline.where.choice import Context, Ranking, choose, rank
from dateline.where.gazetteer import Gazetteer
from dateline.where.place import Place, distance_km
from dateline.where.reasons import within

__all__ = ["contains", "distance_km", "find_places", "finest"]

NO_VILLAGE = 100_000  # people
KNOWN_TOLD = 1_000_000  # people; a city of which another country may be told in one breath: "Paris, Mali and"
KNOWN_CITY, KNOWN_PROVINCE = 300_000, 1_000_000  # people
BESIDE_KM = 150.0  # a place that is told beside another lies nearer


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
    mentions = [mention_of(text, tokens, r.name, choose(r.ranking, gazetteer), gazetteer) for r in read]
    mentions += by_description(text, tokens, mentions, context, gazetteer)
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
