"""Find the words that name places: capitalised words of the gazetteer, less persons and bodies of that name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from spacy.symbols import PROPN

from dateline.extract.document import Document
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place, hand_lists
from dateline.where.reasons import Name

HYPHENED = frozenset(
    ["based", "born", "led", "backed", "bound", "trained", "made", "controlled", "run", "held", "friendly"]
)  # "Kabul-based"
LOWER_ARTICLES = frozenset(["al", "el", "as", "ash", "ad", "ar", "at", "az", "an"])
MOST_TOKENS = 9  # of one name, with its hyphens
STANDS_IN = frozenset(["in", "at", "near", "outside", "inside", "around"])  # "to Foo", "of Foo" may be said of a person
SMALL_TOWN = 50_000  # people; a smaller town of one word needs a word beside it too: it is more often a surname
MOST_OF_ABBREVIATION = 8  # letters: "w va", "calif"
FEW = 3  # letters: a name as short as this needs a word beside it that says that it is a place
OUTER = frozenset({"country", "admin1", "admin2", "region"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text and what it may mean."""

    first: int  # tokens, last included
    last: int
    start: int  # characters of the name alone
    end: int
    key: str
    candidates: tuple[Place, ...]
    adjective: bool
    kinds: frozenset[str] = frozenset()  # what the noun beside it says that it is
    noun: str | None = None  # that noun, in small letters
    noun_first: int | None = None  # token, where the noun stands before ("province of")
    noun_last: int | None = None  # token, where it stands after

    def named(self, outer: int | None = None, filed: bool = False) -> Name:
        """As the ranking takes it. outer: number of the name in which it is told to lie."""
        return Name(self.key, self.candidates, self.kinds, self.adjective, outer, filed)


class Tokens:
    """What is asked of each token, once."""

    def __init__(self, document: Document) -> None:
        doc = document.spacy
        self.text = [t.text for t in doc]
        self.start = [t.idx for t in doc]
        self.low = [t.lower() for t in self.text]
        self.proper = [pos == PROPN for pos in doc.to_array("POS").tolist()]
        self.upper = [t[:1].isupper() for t in self.text]
        self.small = {low for low, text in zip(self.low, self.text, strict=True) if low == text}
        self.blocked = [False] * len(self.text)
        spans = iter(sorted((m.start, m.end) for m in document.groups))
        span = next(spans, None)
        for at, start in enumerate(self.start):
            while span is not None and span[1] <= start:
                span = next(spans, None)
            if span is not None and start < span[1] and start + len(self.text[at]) > span[0]:
                self.blocked[at] = True

    def __len__(self) -> int:
        return len(self.text)

    def end(self, at: int) -> int:
        return int(self.start[at]) + len(self.text[at])

    def before(self, at: int) -> int:
        """The token before `at`, line ends passed over; -1 where none is."""
        at -= 1
        while at >= 0 and self.text[at] == "\n":
            at -= 1
        return at

    def after(self, at: int) -> int:
        """The token after `at`, line ends passed over; the number of tokens where none is."""
        at += 1
        while at < len(self.text) and self.text[at] == "\n":
            at += 1
        return at

    def lower(self, at: int) -> str:
        return self.low[at] if 0 <= at < len(self.text) else ""


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of data/places.toml."""
    return frozenset(hand_lists("places.toml")["words"][name])


def find_names(tokens: Tokens, gazetteer: Gazetteer) -> list[Found]:
    """The names of places in the order of the text, none overlapping another."""
    found: list[Found] = []
    persons: set[str] = set()
    known: set[str] = set()  # read as places before in this report
    at, total = 0, len(tokens)
    while at < total:
        if tokens.blocked[at] or not (tokens.upper[at] or _article(tokens, at)):
            at += 1
            continue
        name = _longest(tokens, at, gazetteer)
        demonym = _demonym(tokens, at, gazetteer)
        if demonym is not None and (name is None or demonym.last >= name.last):
            found.append(demonym)
            at = demonym.last + 1
            continue
        if name is None:
            at += 1
            continue
        glued = bool(found) and tokens.before(name.first) == found[-1].last
        accepted = _accept(tokens, with_noun(tokens, name), glued, persons, known, gazetteer)
        if accepted is not None:
            found.append(accepted)
            known.add(accepted.key)
            if tokens.lower(tokens.after(accepted.last)) in (",", "[", "("):
                short = _abbreviation(tokens, accepted, gazetteer)
                found += [short] if short else []
        at = found[-1].last + 1 if accepted is not None else name.last + 1
    return found


def _article(tokens: Tokens, at: int) -> bool:
    return (
        tokens.low[at] in LOWER_ARTICLES
        and at + 2 < len(tokens)
        and tokens.text[at + 1] == "-"
        and tokens.upper[at + 2]
    )


def _longest(tokens: Tokens, at: int, gazetteer: Gazetteer) -> Found | None:
    parts = fold(tokens.text[at]).split(" ")
    if "-" in tokens.text[at] and len(parts) > 1 and tokens.low[at].split("-")[-1] in HYPHENED:
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
                places = tuple(p for p in places if p.id.startswith("dateline:"))
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


def _accept(
    tokens: Tokens, name: Found, glued: bool, persons: set[str], known: set[str], gazetteer: Gazetteer
) -> Found | None:
    """`name` if it is read as a place here, marked as an adjective where it only tells whose something is."""
    key, previous, following = name.key, tokens.before(name.first), tokens.after(name.last)
    led = tokens.lower(previous) in words("before")
    sure = led or name.noun is not None or key in known or (tokens.lower(following) in (",", "[") and name.first == 0)
    country = any(p.kind == "country" for p in name.candidates)
    text = tokens.text[name.first]
    if tokens.lower(name.last + 1) == "-" and tokens.lower(name.last + 2) in HYPHENED and key not in words("never"):
        return replace(name, adjective=True)
    if previous > 0 and tokens.text[previous] == "." and tokens.low[previous - 1] in words("titles"):
        previous -= 1  # "Col." is two tokens to some tokenisers
    if key in words("never") or name.adjective:
        return name if name.adjective else None
    if len(key) <= FEW and not (text.replace(".", "").isupper() if country else sure and not text.isupper()):
        return None
    if not country and not sure:
        if not any(tokens.proper[at] for at in range(name.first, name.last + 1)):
            return None
        if " " not in key and (tokens.low[name.first] in tokens.small or key in persons):
            return None
    stands = name.noun is not None or key in known or tokens.lower(previous) in STANDS_IN or (sure and name.first == 0)
    if not (country or stands or " " in key) and _doubtful(name) and not _in_list(tokens, previous, following):
        return None
    hand = any(p.id.startswith("dateline:") for p in name.candidates)
    firm = (country or (" " in key and hand)) and key not in words("given_names")
    if (
        not glued
        and previous >= 0
        and _beside(tokens, previous, name.first)
        and not led
        and (tokens.proper[previous] or tokens.low[previous] in words("titles"))
    ):
        before = tokens.low[previous]
        if before in words("titles") and not name.noun:
            persons.add(key)
            return None
        if not firm and not name.noun and not _harmless(tokens, previous, gazetteer):
            persons.add(key)
            return None
    if (
        following < len(tokens)
        and tokens.upper[following]
        and _beside(tokens, name.last, following)
        and name.noun is None
    ):
        return _before_capital(tokens, name, following, firm, persons, gazetteer)
    return name


def _doubtful(name: Found) -> bool:
    """Whether the gazetteer alone says little for a place: an alternate name, or a small town's."""
    return not any(
        not p.id.startswith("geonames:") or (p.population >= SMALL_TOWN and fold(p.name) == name.key)
        for p in name.candidates
    )


def _in_list(tokens: Tokens, previous: int, following: int) -> bool:
    """Whether commas or "and" join a name to other names, as in "Gao, Kidal and Menaka" or "Gao, Mali"."""
    joins = (",", "and", "or", "[", "(")
    return (
        tokens.lower(following) in joins
        and following + 1 < len(tokens)
        and tokens.upper[tokens.after(following) % len(tokens)]
    ) or (tokens.lower(previous) in joins and previous > 0 and tokens.upper[previous - 1])


def _before_capital(
    tokens: Tokens, name: Found, following: int, firm: bool, persons: set[str], gazetteer: Gazetteer
) -> Found | None:
    """A name with a capitalised word after it: "Kabul Police", "Jordan Smith", "Baghdad Iraq"."""
    low = tokens.low[following]
    if tokens.blocked[following] or low in words("organisation") or low in words("titles"):
        return replace(name, adjective=True)
    ahead = [tokens.lower(at) for at in range(following, min(following + 4, len(tokens))) if tokens.upper[at]]
    if low in words("never") or any(w in words("site") for w in ahead) or gazetteer.demonym(fold(low)):
        return name
    if any(p.kind in OUTER for p in gazetteer.by_key(fold(low))) and tokens.proper[following]:
        return name
    if firm:
        return replace(name, adjective=True)
    if not tokens.proper[following]:
        return name
    persons.add(name.key)
    return None


def _beside(tokens: Tokens, left: int, right: int) -> bool:
    """Whether only white space stands between two tokens, the left one a capitalised word."""
    return (
        tokens.upper[left]
        and right - left <= 2
        and tokens.start[right] - tokens.end(left) <= 2
        and (tokens.text[left][-1] != "." or len(tokens.text[left]) <= 4)
    )


def _harmless(tokens: Tokens, at: int, gazetteer: Gazetteer) -> bool:
    """A capitalised word that may stand before the name of a place without making it a person's."""
    low = tokens.low[at]
    return (
        low in words("direction")
        or low in words("before")
        or low in words("settlement")
        or low in words("never")
        or low in words("site")
        or low in words("admin1")
        or tokens.blocked[at]
        or gazetteer.demonym(fold(low)) is not None
        or low in ("greater", "camp", "fort", "mount", "lake", "downtown", "occupied", "rural", "inner", "outer")
    )


def with_noun(tokens: Tokens, name: Found) -> Found:
    """`name` with the noun beside it: "Kunar Province", "the province of Kunar", "Kabul's international airport"."""
    at = tokens.after(name.last)
    if tokens.lower(at) in ("'s", "’s", "'"):
        at = tokens.after(at)
    if tokens.lower(at) == "international" and tokens.lower(tokens.after(at)) in words("airport"):
        at = tokens.after(at)
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
    yield "admin2", frozenset({"admin2"})
    yield "airport", frozenset()
    yield "settlement", frozenset({"city"})
    yield "site", frozenset()


def share_plural_nouns(tokens: Tokens, found: list[Found]) -> list[Found]:
    """In "Kunar and Nangarhar Provinces" both are provinces."""
    shared = list(found)
    for at in range(len(shared) - 1, 0, -1):
        name, earlier = shared[at], shared[at - 1]
        plural = name.noun is not None and name.noun.endswith(("s", "ies")) and name.kinds
        between = {tokens.low[i] for i in range(earlier.last + 1, name.first)}
        if plural and earlier.noun is None and between and between <= {",", "and", "or", "&", "\n"}:
            shared[at - 1] = replace(earlier, kinds=name.kinds, noun=name.noun)
    return shared


def outers(tokens: Tokens, found: Sequence[Found]) -> list[int | None]:
    """For each name the number of the one right after it in which it is told to lie: "Gao, in northern Mali"."""
    told: list[int | None] = [None] * len(found)
    for at, (inner, outer) in enumerate(pairwise(found)):
        if any(p.kind in OUTER for p in outer.candidates) and leads_to(tokens, inner, outer):
            told[at] = at + 1
    return told


def leads_to(tokens: Tokens, inner: Found, outer: Found) -> bool:
    """Whether the words between two names say that the first lies in the second: "Gao, in northern Mali"."""
    if outer.adjective and tokens.lower(outer.last + 1) not in words("admin1") | words("settlement"):
        return False
    between = [tokens.low[at] for at in range(inner.last + 1, outer.first) if tokens.text[at] != "\n"]
    if (
        not between
        or len(between) > 5
        or between[0] not in {",", "in", "[", "("} | words("admin1") | words("admin2") | words("settlement")
    ):
        return not between and not outer.adjective
    allowed = (
        {",", "in", "the", "of", "'s", "[", "("}
        | words("direction")
        | words("admin1")
        | words("admin2")
        | words("settlement")
    )
    return all(word in allowed for word in between)


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
