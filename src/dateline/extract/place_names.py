"""Find the words that name places: capitalised words of the gazetteer, less persons and bodies of that name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.extract.place_evidence import NEVER, PLACE, Found, Sighting, read_sightings, seen
from dateline.extract.place_tokens import Tokens, words
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold

__all__ = ["Found", "Tokens", "find_names", "name_at", "words"]

LOWER_ARTICLES = frozenset(["al", "el", "as", "ash", "ad", "ar", "at", "az", "an"])
MOST_TOKENS = 9  # of one name, with its hyphens
MOST_OF_ABBREVIATION = 8  # letters: "w va", "calif"


def find_names(tokens: Tokens, gazetteer: Gazetteer) -> list[Found]:
    """The names of places in the order of the text, none overlapping another."""
    return read_sightings(tokens, list(_sightings(tokens, gazetteer)))


def _sightings(tokens: Tokens, gazetteer: Gazetteer) -> Iterator[Sighting]:
    """Every run of words that the gazetteer has as a name, with what the words beside it say that it is."""
    last: Sighting | None = None
    at, total = 0, len(tokens)
    while at < total:
        if tokens.blocked[at] or not (tokens.upper[at] or _article(tokens, at)):
            at += 1
            continue
        name = None if _is_noun_of_name(tokens, at) else _longest(tokens, at, gazetteer)
        demonym = _demonym(tokens, at, gazetteer)
        envoys = _of_envoys(tokens, name if name is not None else demonym)
        if envoys is not None:
            last = Sighting(envoys, PLACE)
        elif demonym is not None and (name is None or demonym.last >= name.last):
            last = Sighting(demonym, PLACE)
        elif name is not None:
            name = _with_direction(tokens, name, gazetteer)
            touches = last is not None and last.verdict == PLACE and tokens.before(name.first) == last.name.last
            last = Sighting(*seen(tokens, with_noun(tokens, name), touches, gazetteer))
        else:
            at += 1
            continue
        yield last
        at = last.name.last + 1
        if last.verdict != NEVER and tokens.lower(tokens.after(last.name.last)) in (",", "[", "("):
            short = _abbreviation(tokens, last.name, gazetteer)
            if short is not None:
                last = Sighting(short, PLACE)
                yield last
                at = short.last + 1


def _with_direction(tokens: Tokens, name: Found, gazetteer: Gazetteer) -> Found:
    """`name` with the direction before it where both are a region's own name: "central America" is not in the United States."""
    at = tokens.before(name.first)
    if at < 0 or tokens.low[at] not in words("direction") or tokens.upper[at]:
        return name
    key = f"{fold(tokens.text[at])} {name.key}"
    places = tuple(p for p in gazetteer.by_key(key) if p.kind in ("region", "country", "admin1") and p.hand_listed)
    return replace(name, first=at, start=tokens.start[at], key=key, candidates=places) if places else name


def _of_envoys(tokens: Tokens, name: Found | None) -> Found | None:
    """`name` where it says whose embassy or envoy it is: "the U.S. consulate", "the embassy of Chad"."""
    countries = tuple(p for p in name.candidates if p.kind == "country") if name is not None else ()
    if name is None or not countries:
        return None
    of = tokens.before(name.first)
    of = tokens.before(of) if tokens.lower(of) == "the" else of
    led = tokens.lower(of) == "of" and tokens.lower(tokens.before(of)) in words("mission")
    if not led and tokens.lower(tokens.after(name.last)) not in words("mission"):
        return None
    return replace(name, candidates=countries, adjective=True, abroad=True)


def _is_noun_of_name(tokens: Tokens, at: int) -> bool:
    """ "La Verita Canton" is a canton, and not the town of Canton; so with other nouns of settlements."""
    return (
        tokens.low[at] in words("settlement")
        and tokens.before(at) == at - 1 >= 0
        and tokens.upper[at - 1]
        and tokens.proper[at - 1]
        and not tokens.upper[min(at + 1, len(tokens) - 1)]
    )


def _article(tokens: Tokens, at: int) -> bool:
    return (
        tokens.low[at] in LOWER_ARTICLES
        and at + 2 < len(tokens)
        and tokens.text[at + 1] == "-"
        and tokens.upper[at + 2]
    )


def _longest(tokens: Tokens, at: int, gazetteer: Gazetteer) -> Found | None:
    parts = fold(tokens.text[at]).split(" ")
    if "-" in tokens.text[at] and len(parts) > 1 and tokens.low[at].split("-")[-1] in words("hyphened"):
        places = gazetteer.by_key(parts[0])
        end = tokens.start[at] + tokens.text[at].index("-")
        return Found(at, at, tokens.start[at], end, parts[0], places, True) if places else None
    limit = gazetteer.longest_from(parts[0])
    if not limit:
        return None
    best, key = None, ""
    for last in range(at, min(at + MOST_TOKENS, len(tokens))):
        text = tokens.text[last]
        if tokens.blocked[last]:
            break
        if text in ("-", "–", "\n"):
            continue
        piece = fold(text)
        if not piece or text[0] in "'’" or not text[0].isalnum():
            break
        key = f"{key} {piece}" if key else piece
        if key.count(" ") >= limit:
            break
        if last > at or limit == 1 or gazetteer.by_key(key):
            places = gazetteer.by_key(key)
            if places and not tokens.upper[last]:
                places = tuple(p for p in places if p.hand_listed)
            if places:
                best = Found(at, last, tokens.start[at], tokens.end(last), key, places, False)
    return best


def _demonym(tokens: Tokens, at: int, gazetteer: Gazetteer) -> Found | None:
    for last in (at + 1, at):
        if last >= len(tokens) or not tokens.upper[last]:
            continue
        text = " ".join(tokens.text[at : last + 1])
        code = gazetteer.demonym(fold(text))
        country = gazetteer.country(code) if code else None
        if country is not None:
            return Found(at, last, tokens.start[at], tokens.end(last), fold(text), (country,), True)
    return None


def _abbreviation(tokens: Tokens, name: Found, gazetteer: Gazetteer) -> Found | None:
    """The state in "Franklin, Ind." """
    at = tokens.after(tokens.after(name.last))
    if at >= len(tokens) or not tokens.upper[at] or name.adjective:
        return None
    text = tokens.text[at]
    if not (
        text.endswith(".")
        or (at + 1 < len(tokens) and tokens.text[at + 1] == ".")
        or (len(text) == 2 and text.isupper())
    ):
        return None
    states = gazetteer.abbreviation(text)
    inner = {p.country for p in name.candidates}
    states = tuple(s for s in states if s.country in inner)
    return (
        Found(at, at, tokens.start[at], tokens.end(at), fold(text), states, False, frozenset({"admin1"}))
        if states
        else None
    )


def with_noun(tokens: Tokens, name: Found) -> Found:
    """`name` with the noun beside it: "Kunar Province", "the province of Kunar", "Kabul's international airport"."""
    at = tokens.after(name.last)
    if tokens.lower(at) in ("'s", "’s", "'"):
        at = tokens.after(at)
    if tokens.lower(at) == "international" and tokens.lower(tokens.after(at)) in words("airport"):
        at = tokens.after(at)
    behind = tokens.after(at)
    if tokens.lower(at) in words("of_site") and tokens.lower(behind) in words("site") and not tokens.upper[behind]:
        at = behind  # "Kutupalong refugee camp"
    for section, kinds in noun_kinds():
        if tokens.lower(at) in words(section) and not (section == "site" and tokens.lower(at) in words("line")):
            return replace(name, kinds=kinds, noun=tokens.lower(at), noun_last=at)
    if tokens.lower(at) in words("line"):
        return replace(name, noun=tokens.lower(at), noun_last=at)
    back = tokens.before(name.first)
    if tokens.lower(back) == "the":
        back = tokens.before(back)
    if tokens.lower(back) == "of" and not tokens.upper[max(back - 2, 0)]:  # "Foo district of Bar": the noun is Foo's
        back = tokens.before(back)
        for section, kinds in noun_kinds():
            if section != "site" and tokens.lower(back) in words(section):
                return replace(name, kinds=kinds, noun=tokens.lower(back), noun_first=back)
    return name


def noun_kinds() -> Iterator[tuple[str, frozenset[str]]]:
    """Sections of nouns and the kinds of place that they name; the airport and site are found from the town's."""
    yield "admin1", frozenset({"admin1", "region"})
    yield "admin2", frozenset({"admin2", "admin3"})
    yield "airport", frozenset()
    yield "settlement", frozenset({"city"})
    yield "site", frozenset()


def name_at(tokens: Tokens, first: int, last: int, gazetteer: Gazetteer) -> Found | None:
    """The tokens `first` to `last` (included) read as a place's name, whatever else they might be; None: nothing fits."""
    while first < last and tokens.low[first] in ("the", *words("direction")) and not gazetteer.by_key(_key(tokens, first, last)):
        first += 1
    if first < last and tokens.low[last] in ("'s", "’s", "'"):
        last -= 1
    key = _key(tokens, first, last)
    bare = Found(first, last, tokens.start[first], tokens.end(last), key, (), False)
    code = gazetteer.demonym(key)
    country = gazetteer.country(code) if code else None
    places = gazetteer.by_key(key)
    if country is not None and not any(p.kind == "country" for p in places):
        return replace(bare, candidates=(country,), adjective=True)
    states = gazetteer.abbreviation(key) if len(key) <= MOST_OF_ABBREVIATION else ()
    if states and not any(p.kind == "country" for p in places):
        return replace(bare, candidates=states, kinds=frozenset({"admin1"}))
    if places:
        return with_noun(tokens, replace(bare, candidates=places))
    for kinds, part in _without_noun(tokens, first, last):
        places = gazetteer.by_key(_key(tokens, *part))
        if places:
            return replace(bare, key=_key(tokens, *part), candidates=places, kinds=kinds)
    return None


def _key(tokens: Tokens, first: int, last: int) -> str:
    return fold(" ".join(tokens.text[at] for at in range(first, last + 1) if tokens.text[at] != "\n"))


def _without_noun(tokens: Tokens, first: int, last: int) -> Iterator[tuple[frozenset[str], tuple[int, int]]]:
    for section, kinds in noun_kinds():
        if first < last and tokens.low[last] in words(section):
            yield kinds, (first, last - 1)
        if first + 1 < last and tokens.low[first] in words(section) and tokens.low[first + 1] == "of":
            yield kinds, (first + 2, last)
        if first < last and tokens.low[first] in words(section):
            yield kinds, (first + 1, last)
