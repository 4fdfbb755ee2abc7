"""Whether words that the gazetteer has as a place's name are one here, or a person's, or part of a body's name.

Each sighting is judged by the words beside it; then all sightings of one name together. A surname that is also a town's is
told by "Ann Hill" anywhere in the report, a town by "in Hill" or "the town of Hill".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.extract.people_names import AFTER_AGE
from dateline.extract.place_tokens import Tokens, words
from dateline.where.gazetteer import Gazetteer
from dateline.where.names import fold
from dateline.where.place import Place
from dateline.where.reasons import Name

JOINS = frozenset([",", "and", "or", "&", "-", "/", "\n"])
SMALL_TOWN = 50_000  # people; a smaller town of one word needs a word beside it too: it is more often a surname
GREAT = 500_000  # people; a city that a surname somewhere in the report does not take away
FEW = 3  # letters: a name as short as this needs a word beside it that says that it is a place
LETTERS = 5  # of a word in capitals that is more often letters for other words
OUTER = frozenset({"country", "admin1", "admin2", "admin3", "region"})


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
    abroad: bool = False  # says whose embassy or envoy it is, which stands in another country

    def named(self, outer: int | None = None, filed: bool = False) -> Name:
        """As the ranking takes it. outer: number of the name in which it is told to lie."""
        return Name(self.key, self.candidates, self.kinds, self.adjective, outer, filed, self.abroad)


Verdict = str
PLACE, PERSON, OPEN, NEVER = "place", "person", "open", "never"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name as it stands once in the text, and what the words beside it say that it is."""

    name: Found
    verdict: Verdict


def read_sightings(tokens: Tokens, sightings: Sequence[Sighting]) -> list[Found]:
    """Those that are places, each judged by its own words and by those of all others of its name."""
    places = Counter(s.name.key for s in sightings if s.verdict == PLACE)
    persons = Counter(s.name.key for s in sightings if s.verdict == PERSON)
    taken = [_alone(tokens, s, places, persons) for s in sightings]
    for order in (range(1, len(sightings)), range(len(sightings) - 2, -1, -1)):
        for at in order:
            beside = at - 1 if order.step > 0 else at + 1
            if not taken[at] and taken[beside] and sightings[at].verdict == OPEN and not persons[sightings[at].name.key]:
                taken[at] = _joined(tokens, sightings[min(at, beside)].name, sightings[max(at, beside)].name, at > beside)
    return [s.name for s, is_place in zip(sightings, taken, strict=True) if is_place]


def _alone(tokens: Tokens, sighting: Sighting, places: Counter[str], persons: Counter[str]) -> bool:
    """Whether it is a place for all that is known without the names it is joined to."""
    name = sighting.name
    if sighting.verdict != OPEN:
        return sighting.verdict == PLACE
    if places[name.key]:
        return places[name.key] >= persons[name.key]
    great = name.key not in words("given_names") and any(p.population >= GREAT and p.kind == "city" for p in name.candidates)
    if (persons[name.key] and not great) or not any(tokens.proper[at] for at in range(name.first, name.last + 1)):
        return False
    return " " in name.key or not doubtful(name)


def _joined(tokens: Tokens, left: Found, right: Found, later: bool) -> bool:
    """Whether two names stand in one list, or one in the other: "Gao, Kidal and Menaka", "Franklin, Indiana".

    later: the right one is asked about. "In Gao, Hill fled" is no list.
    """
    between = {tokens.low[at] for at in range(left.last + 1, right.first)}
    if not between or right.first - left.last > 4 or not between <= JOINS:
        return False
    return not later or "and" in between or tokens.doc[right.last].dep_ not in ("nsubj", "nsubjpass")


def seen(tokens: Tokens, name: Found, touches: bool, gazetteer: Gazetteer) -> tuple[Found, Verdict]:
    """What the words beside `name` say that it is. touches: it follows on another place's name, as in "Baghdad Iraq"."""
    key, previous, following = name.key, tokens.before(name.first), tokens.after(name.last)
    if name.adjective:
        return name, PLACE
    if key in words("never") or key in words("no_place") or _letters_alone(tokens, name, following):
        return name, NEVER
    local = all(p.kind in ("city", "admin2", "admin3") and not p.hand_listed for p in name.candidates)
    if name.noun in words("natural") and local:
        return name, NEVER  # "Blue River" is not in Blue
    country = any(p.kind == "country" for p in name.candidates)
    if tokens.lower(name.last + 1) == "-" and tokens.lower(name.last + 2) in words("hyphened"):
        sure = tokens.lower(name.last + 2) in words("from_there") or country
        return replace(name, adjective=True), PLACE if sure else OPEN
    if country and name.noun in words("named_after"):
        return name, NEVER  # "America Street" is not in the United States
    if _goes_on(tokens, name, gazetteer):
        return name, NEVER
    text = tokens.text[name.first]
    stands = name.noun is not None or tokens.lower(previous) in words("stands_in") or tokens.lower(following) in words("peopled")
    led = tokens.lower(previous) in words("before")
    begins = name.first == 0 or (text.isupper() and tokens.text[previous] in (".", "!", "?", "”", '"', "\n"))
    headed = begins and tokens.lower(following) in words("heads")
    if len(key) <= FEW:
        capitals = text.replace(".", "").isupper()
        if capitals != country or not (country or stands or led or headed):
            return name, NEVER
    if not country and not (stands or led or headed) and " " not in key and tokens.low[name.first] in tokens.small:
        return name, NEVER
    if previous > 0 and tokens.text[previous] == "." and tokens.low[previous - 1] in words("titles"):
        previous -= 1  # "Col." is two tokens to some tokenisers
    listed = any(p.hand_listed or p.kind == "admin1" for p in name.candidates)
    firm = (country or (" " in key and listed)) and key not in words("given_names")
    if not touches and not led and name.noun is None and previous >= 0 and _named_after(tokens, name, previous, firm, gazetteer):
        return name, PERSON
    if following < len(tokens) and tokens.upper[following] and _beside(tokens, name.last, following) and name.noun is None:
        return _before_capital(tokens, name, following, firm, gazetteer)
    if not stands and not country and _acts_as_person(tokens, name, following):
        return name, PERSON
    return name, PLACE if stands or headed or country else OPEN


def _goes_on(tokens: Tokens, name: Found, gazetteer: Gazetteer) -> bool:
    """Whether the name is the beginning of a longer one: "Ceel-Dheere" is not Ceel; "Goma-Sake" are two towns on a road."""
    at = name.last + 2
    joined = at < len(tokens) and tokens.text[name.last + 1] == "-" and tokens.start[at] - tokens.end(name.last) == 1
    other = joined and tokens.upper[at] and tokens.text[at].isalpha()
    small = all(p.kind == "city" for p in name.candidates)
    return bool(other) and small and not gazetteer.by_key(fold(tokens.text[at]))


def _letters_alone(tokens: Tokens, name: Found, following: int) -> bool:
    """Whether it stands for other words, or money: "the SWAT team", "US$"; "GOMA, Congo" heads a report."""
    text = tokens.text[name.first]
    if tokens.lower(name.last + 1) == "$" or "$" in text:
        return True
    if name.first != name.last or len(text) > LETTERS or not text.isalpha() or not text.isupper() or not tokens.small:
        return False
    return tokens.lower(following) not in words("heads") and not any(p.kind == "country" for p in name.candidates)


def doubtful(name: Found) -> bool:
    """Whether the gazetteer alone says little for a place: an alternate name, or a small town's or district's."""
    return not any(
        p.hand_listed
        or p.kind in ("country", "admin1", "airport", "region", "sea")
        or (p.population >= SMALL_TOWN and fold(p.name) == name.key)
        for p in name.candidates
    )


def _named_after(tokens: Tokens, name: Found, previous: int, firm: bool, gazetteer: Gazetteer) -> bool:
    """Whether a title or a given name stands right before: "Gen. Hill", "Ann Hill"."""
    if not _beside(tokens, previous, name.first):
        return False
    if tokens.low[previous] in words("titles"):
        return True
    return tokens.proper[previous] and not firm and not _harmless(tokens, previous, gazetteer)


def _acts_as_person(tokens: Tokens, name: Found, following: int) -> bool:
    """ "Hill, 24, ...", "Hill, who ...", "Hill said" """
    at = tokens.after(following)
    after, behind = tokens.lower(at), tokens.lower(tokens.after(at))
    of_age = after.isdigit() and len(after) == 2 and behind in AFTER_AGE  # not "Lima, 25 Oct"
    if tokens.lower(following) == "," and (after == "who" or of_age):
        return True
    token = tokens.doc[name.last]
    return doubtful(name) and token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_.lower() in words("human")


def _before_capital(
    tokens: Tokens, name: Found, following: int, firm: bool, gazetteer: Gazetteer
) -> tuple[Found, Verdict]:
    """A name with a capitalised word after it: "Kabul Police", "Jordan Smith", "Baghdad Iraq"."""
    low = tokens.low[following]
    body = PLACE if firm or not doubtful(name) else OPEN
    if tokens.blocked[following] or low in words("organisation") or low in words("titles"):
        return replace(name, adjective=True), body
    ahead = _run_of_capitals(tokens, following)
    if low in words("never") or any(w in words("site") for w in ahead) or gazetteer.demonym(fold(low)):
        return name, body
    if any(word in words("organisation") for word in ahead):
        return replace(name, adjective=True), body
    outer = (p for p in gazetteer.by_key(fold(low)) if p.kind in OUTER and (p.kind not in ("admin2", "admin3") or p.hand_listed))
    if tokens.proper[following] and any(outer):
        return name, body
    if firm or (any(p.kind == "admin1" for p in name.candidates) and name.key not in words("given_names")):
        return replace(name, adjective=True), PLACE
    return (name, PERSON) if tokens.proper[following] else (name, OPEN)


def _run_of_capitals(tokens: Tokens, at: int) -> list[str]:
    """The capitalised words from `at` on, and the noun right behind them: "Liqueur plant"."""
    run = [tokens.lower(i) for i in range(at, min(at + 4, len(tokens))) if tokens.upper[i]]
    return [*run, tokens.lower(at + len(run))]


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
