"""What names of places that stand together say of each other: "Kunar and Nangarhar provinces", "Gao, in northern Mali"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.extract.place_evidence import OUTER, Found
from dateline.extract.place_tokens import Tokens, words
from dateline.where.gazetteer import Gazetteer

GROUND = frozenset(["area", "areas", "zone", "sector", "locality", "axis"])  # "the Sirba area of Tillaberi"
NOUNS = words("direction") | words("admin1") | words("admin2") | words("settlement") | GROUND
PASSED = NOUNS | {",", "in", "the", "of", "'s", "[", "("}  # what may stand between a name and the unit in which it lies


def share_plural_nouns(tokens: Tokens, found: list[Found], gazetteer: Gazetteer) -> list[Found]:
    """In "Kunar and Nangarhar Provinces" both are provinces; "Verity and Arden counties" are "Verity County", "Arden County"."""
    shared = list(found)
    for at in range(len(shared) - 1, 0, -1):
        name, earlier = shared[at], shared[at - 1]
        plural = name.noun is not None and name.noun.endswith(("s", "ies")) and name.kinds
        between = {tokens.low[i] for i in range(earlier.last + 1, name.first)}
        if plural and earlier.noun is None and between and between <= {",", "and", "or", "&", "\n"}:
            shared[at - 1] = replace(earlier, kinds=name.kinds, noun=name.noun)
    return [_with_units(name, gazetteer) for name in shared]


def _with_units(name: Found, gazetteer: Gazetteer) -> Found:
    """`name` with the units that are called by it and its noun alone: "Verity County"."""
    if name.noun is None or not name.kinds or name.adjective:
        return name
    singular = f"{name.noun[:-3]}y" if name.noun.endswith("ies") else name.noun.removesuffix("s")
    known = {p.id for p in name.candidates}
    more = tuple(p for p in gazetteer.by_key(f"{name.key} {singular}") if p.kind in name.kinds and p.id not in known)
    return replace(name, candidates=name.candidates + more) if more else name


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
    if between[:2] in ([",", "a"], [",", "the"]) and outer.first - inner.last <= 9 and between[-1] == "in":
        between = [",", *(word for word in between[2:] if word not in ("small", "remote", "village", "town", "city", "camp"))]
    if (
        not between
        or len(between) > 5
        or between[0] not in {",", "in", "[", "("} | NOUNS - words("direction")
    ):
        return not between and not outer.adjective
    return all(word in PASSED for word in between)
