"""The country that a report is about, and names that only look like a place of another.

"Rosales Hospital" in a report from San Salvador is not in the Philippines. A name that alone in the report lies in a country
which the report never names is taken for a place that the gazetteer lacks, at home.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.extract.document import Document, PlaceMention
from dateline.extract.people_names import person_words
from dateline.extract.place_tokens import words
from dateline.extract.tokens import dateline_end
from dateline.extract.unlisted import unit_around
from dateline.records import span_of
from dateline.where.answer import where_of
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place

HOME_SHARE = 0.45                 # of the places and peoples that a report names; on MUC-4's train 87 % of incidents lie there
POWERS = frozenset({"US", "GB", "FR", "RU"})      # they speak in everyone's wars: half a vote, unless the report is filed there
GROUP = 2                         # votes of an armed group named that is active in one country alone
KNOWN_ABROAD = 300_000            # people; a larger town is named without its country ("Caracas")
KNOWN_ALONE = 50_000              # the same for the only town of its name
_COUNTRY = re.compile(r", ([A-Z]{2}) \(")
STREETS = frozenset({"street", "avenue", "boulevard", "neighborhood", "neighbourhood", "quarter", "square", "plaza", "park"})
_ARTICLE = re.compile(r"(?<!\w)(?:San|Santa|El|La|Los|Las)\s{1,2}$", re.IGNORECASE)
LONGEST_ARTICLE = len("Santa  ") + 1
# Before a town that is told as one, and is no person's name.
_AS_PLACE = re.compile(r"\b(?:in|near|of|at|from|to)\s{1,2}(?:the\s{1,2})?(?:(?:city|town|village)\sof\s{1,2}|downtown\s{1,2}|"
                       r"(?:north|south|east|west|central)\w{0,8}\s{1,2})?$|,\s{1,2}$", re.IGNORECASE)
LONGEST_BEFORE = 40
_ID = re.compile(r"\(([^()\s]+)\)$")                 # of "Tripoli, LB (geonames:266826)"


@dataclass(frozen=True, slots=True)
class Home:
    """country: what the report is about, None where none leads; named: those it names as countries, or by their people."""

    country: str | None
    named: frozenset[str]
    is_ground: bool = False       # named as a place, not by its people alone: "Russian shelling" is told of elsewhere

    @classmethod
    def of(cls, document: Document, gazetteer: Gazetteer) -> Home:
        head = dateline_end(document.report)
        filed = {p.where.country for p in document.places if p.start < head and p.where.country} or _filed(document, gazetteer)
        named = {p.where.country for p in document.places if p.where.country and (p.adjective or p.where.kind == "country")}
        grounds = {p.where.country for p in document.places if not p.adjective} | filed
        named -= {code for code in POWERS - grounds if named - POWERS}    # "U.S. citizens" are elsewhere
        several = {code for code, names in _names_by_country(document.places).items() if len(names) > 1}
        votes = Counter(dict.fromkeys(filed, 2))
        for place in document.places:
            code = place.where.country
            if code is not None and code in named | filed | several:      # a name that stands alone may be a stray
                weight = 2 if place.start < head else 1
                votes[code] += weight if code in POWERS and code not in filed else 2 * weight
        votes.update({code: GROUP * n for code, n in Counter(g.country for g in document.groups if g.country).items()})
        leading = votes.most_common(2)
        leads = bool(leading) and leading[0][1] >= HOME_SHARE * votes.total() and leading[0][1] > (leading[1:] or [("", 0)])[0][1]
        code = leading[0][0] if leads else None
        is_ground = code in filed or any(code in _countries(p) and not p.adjective for p in document.places)
        return cls(code, frozenset(named | filed), is_ground)


def _filed(document: Document, gazetteer: Gazetteer) -> set[str]:
    """The country of the dateline's town, the largest of its name, where no place was found in the dateline itself."""
    dateline = document.report.dateline
    found = gazetteer.lookup(dateline.place) if dateline is not None and dateline.place else ()
    return {found[0].country} if found and found[0].country else set()


def _countries(place: PlaceMention) -> set[str]:
    """The country in which it lies, or those in which the places of its name lie that fit alike."""
    if place.where.country is not None:
        return {place.where.country}
    return {found[1] for label in place.where.runners_up if (found := _COUNTRY.search(label))}


def _names_by_country(places: Sequence[PlaceMention]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for place in places:
        if place.where.country is not None:
            names.setdefault(place.where.country, set()).add(fold(place.where.name or place.text))
    return names


def at_home(document: Document, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The report's places, with those that only look like a place abroad moved into the unit around them at home.

    Of several places of one name that fit alike, the one at home is taken. None are moved where the report names no place
    in its home country: what is "Russian", or of "US soldiers", may be elsewhere.
    """
    home = Home.of(document, gazetteer)
    ground = gazetteer.country(home.country) if home.country and home.is_ground else None
    sentences = [(s.start_char, s.end_char) for s in document.spacy.sents]
    chosen = [_chosen(place, ground, gazetteer) for place in document.places]
    chosen = [_in_its_town(place, chosen, sentences, document) for place in chosen]
    if ground is None or not any(p.where.country == home.country and (p.where.precision or 9) < 6 for p in chosen):
        return chosen
    strays = {n for n, place in enumerate(chosen) if _is_stray(n, chosen, home, gazetteer, sentences)}
    ours = [place for n, place in enumerate(chosen) if n not in strays and place.where.country == home.country]
    whole = [_whole(place, document.report.text) if n in strays else place for n, place in enumerate(chosen)]
    return [_settled(place, ours, sentences) or replace(place, where=where_of(ground, place.text, place.where.evidence))
            if n in strays else place for n, place in enumerate(whole)]


def _chosen(place: PlaceMention, ground: Place | None, gazetteer: Gazetteer) -> PlaceMention:
    """An unplaced name as the one place of the home country that it may be, or the one that is called so by its own name."""
    where = place.where
    if where.unplaced is None or where.lat is not None:
        return _as_country(place, gazetteer)
    fitting = [found for label in where.runners_up if (id_ := _ID.search(label)) and (found := gazetteer.get(id_[1]))]
    country = [found for found in fitting if found.kind == "country" and fold(found.name) == fold(place.text)]
    at_home = [found for found in fitting if ground is not None and found.country == ground.country]
    by_name = [found for found in fitting if fold(found.name) == fold(place.text)]
    best = next((some[0] for some in (country, at_home, by_name) if len(some) == 1), None)
    return replace(place, where=where_of(best, place.text, where.evidence, where.runners_up)) if best else place


def _as_country(place: PlaceMention, gazetteer: Gazetteer) -> PlaceMention:
    """ "Guatemala" is the country, unless a word beside it says that the town or the province is meant."""
    where = place.where
    if place.adjective or where.kind not in {"city", "admin1"} or where.country is None or (where.precision or 9) == 2:
        return place
    country = gazetteer.country(where.country)
    if country is None or fold(place.text) != fold(country.name):
        return place
    return replace(place, where=where_of(country, place.text, where.evidence, where.runners_up))


def _in_its_town(
    place: PlaceMention, places: Sequence[PlaceMention], sentences: list[tuple[int, int]], document: Document
) -> PlaceMention:
    """ "Bulnes Street" is in the town that is told around it, and not in a town called Bulnes."""
    last = fold(place.text.split()[-1]) if place.text.split() else ""
    is_country = place.where.kind == "country" and fold(place.where.name or "") in fold(place.text)
    if place.adjective or last not in STREETS or is_country:
        return place
    text, head = document.report.text, dateline_end(document.report)
    named = [p for p in places if p is not place and p.where.kind == "city" and p.where.precision == 1
             and not p.adjective and fold(p.where.name or "") not in fold(place.text)]
    towns = [p for p in named if p.start < head or _AS_PLACE.search(text, max(p.start - LONGEST_BEFORE, 0), p.start)]
    beside = unit_around(place.start, place.end, towns, sentences)
    before = [p for p in towns if p.start < place.start and p.start >= head] or [
        p for p in named if p.start < place.start and (p.start < head or fold(p.text) not in person_words())]
    around = beside or (before[-1] if before else None)
    if around is None or (place.where.country or around.where.country) != around.where.country:
        return place
    precision = 1 if beside is not None else 2      # "the Miralba quarter", of the town named last
    return replace(place, where=replace(around.where, text=place.text, kind="site", precision=precision,
                                        evidence=place.where.evidence))


def _settled(stray: PlaceMention, at_home: Sequence[PlaceMention], sentences: list[tuple[int, int]]) -> PlaceMention | None:
    around = unit_around(stray.start, stray.end, at_home, sentences)
    if around is None:
        return None
    kind = "site" if around.where.precision == 1 else around.where.kind
    return replace(stray, where=replace(around.where, text=stray.text, kind=kind, evidence=stray.where.evidence))


def _whole(place: PlaceMention, text: str) -> PlaceMention:
    """A quarter's name with the article before it that the gazetteer's name did not have: "La Mascota quarter"."""
    before = _ARTICLE.search(text, max(place.start - LONGEST_ARTICLE, 0), place.start)
    if before is None or place.adjective:
        return place
    span = span_of(text, before.start(), place.end)
    return replace(place, start=span.start, text=span.quote, where=replace(place.where, text=span.quote, evidence=(span,)))


def _is_stray(number: int, places: Sequence[PlaceMention], home: Home, gazetteer: Gazetteer,
              sentences: Sequence[tuple[int, int]]) -> bool:
    place, where = places[number], places[number].where
    if place.adjective or where.country == home.country or where.precision == 6 or _is_told_with_its_unit(number, places):
        return False
    in_town = bool({fold(word) for word in place.text.split()} & words("site"))
    if where.unplaced is not None:
        return in_town            # "Bernal Avenue", which has the name of two far towns
    if where.country is None:
        return False
    begin, end = next(((a, b) for a, b in sentences if a <= place.start < b), (0, 0))
    if in_town and any(begin <= p.start < end and p.where.country == home.country and p.where.kind == "city" for p in places):
        return True               # "the Rosales quarter of Arden"
    if where.country not in POWERS and (where.country in home.named or len(_names_by_country(places)[where.country]) > 1):
        return False
    known = gazetteer.get(where.gazetteer_id) if where.gazetteer_id else None
    return in_town or known is None or known.population < (KNOWN_ABROAD if where.runners_up else KNOWN_ALONE)


def _is_told_with_its_unit(number: int, places: Sequence[PlaceMention]) -> bool:
    """ "Escalon, California": the state or country around it stands right behind."""
    place = places[number]
    behind = places[number + 1:number + 2]
    return bool(behind and 0 <= behind[0].start - place.end <= len(" , in ") and behind[0].where.country == place.where.country)
