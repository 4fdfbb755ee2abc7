"""The country that a report is about, and names that only look like a place of another.

"Rosales Hospital" in a report from San Salvador is not in the Philippines. A name that alone in the report lies in a country
which the report never names is taken for a place that the gazetteer lacks, at home.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.extract.document import Document, PlaceMention
from dateline.extract.place_tokens import words
from dateline.extract.tokens import dateline_end
from dateline.extract.unlisted import unit_around
from dateline.where.answer import where_of
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold

HOME_SHARE = 0.45                 # of the places and peoples that a report names; on MUC-4's train 87 % of incidents lie there
POWERS = frozenset({"US", "GB", "FR", "RU"})      # they speak in everyone's wars: half a vote, unless the report is filed there
KNOWN_ABROAD = 300_000            # people; a larger town is named without its country ("Caracas")
KNOWN_ALONE = 50_000              # the same for the only town of its name


@dataclass(frozen=True, slots=True)
class Home:
    """country: what the report is about, None where none leads; named: those it names as countries, or by their people."""

    country: str | None
    named: frozenset[str]

    @classmethod
    def of(cls, document: Document) -> Home:
        head = dateline_end(document.report)
        filed = {p.where.country for p in document.places if p.start < head and p.where.country}
        named = {p.where.country for p in document.places if p.where.country and (p.adjective or p.where.kind == "country")}
        several = {code for code, names in _names_by_country(document.places).items() if len(names) > 1}
        votes: Counter[str] = Counter()
        for place in document.places:
            code = place.where.country
            if code is not None and code in named | filed | several:      # a name that stands alone may be a stray
                weight = 2 if place.start < head else 1
                votes[code] += weight if code in POWERS and code not in filed else 2 * weight
        leading = votes.most_common(2)
        leads = bool(leading) and leading[0][1] >= HOME_SHARE * votes.total() and leading[0][1] > (leading[1:] or [("", 0)])[0][1]
        return cls(leading[0][0] if leads else None, frozenset(named | filed))


def _names_by_country(places: Sequence[PlaceMention]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for place in places:
        if place.where.country is not None:
            names.setdefault(place.where.country, set()).add(fold(place.where.name or place.text))
    return names


def at_home(document: Document, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The report's places, with those that only look like a place abroad moved into the unit around them at home.

    None are where the report names no place in its home country: what is "Russian", or of "US soldiers", may be elsewhere.
    """
    home = Home.of(document)
    ground = gazetteer.country(home.country) if home.country else None
    if ground is None or not any(p.where.country == home.country and (p.where.precision or 9) < 6 for p in document.places):
        return document.places
    strays = [p for p in document.places if _is_stray(p, document.places, home, gazetteer)]
    settled = [p for p in document.places if p not in strays]
    sentences = [(s.start_char, s.end_char) for s in document.spacy.sents]
    at_home = [p for p in settled if p.where.country == home.country]
    return [_settled(p, at_home, sentences) or replace(p, where=where_of(ground, p.text, p.where.evidence)) if p in strays else p
            for p in document.places]


def _settled(stray: PlaceMention, at_home: Sequence[PlaceMention], sentences: list[tuple[int, int]]) -> PlaceMention | None:
    around = unit_around(stray.start, stray.end, at_home, sentences)
    if around is None:
        return None
    kind = "site" if around.where.precision == 1 else around.where.kind
    return replace(stray, where=replace(around.where, text=stray.text, kind=kind, evidence=stray.where.evidence))


def _is_stray(place: PlaceMention, places: Sequence[PlaceMention], home: Home, gazetteer: Gazetteer) -> bool:
    where = place.where
    if place.adjective or where.country is None or where.country in {home.country, *home.named} or where.precision == 6:
        return False
    if len(_names_by_country(places)[where.country]) > 1:
        return False
    if {fold(word) for word in place.text.split()} & words("site"):
        return True               # a street or a hospital has the name of a far town
    known = gazetteer.get(where.gazetteer_id) if where.gazetteer_id else None
    return known is None or known.population < (KNOWN_ABROAD if where.runners_up else KNOWN_ALONE)
