"""What names of places that stand together say of each other: "Kunar and Nangarhar provinces", "Gao, in northern Mali"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.extract.place_evidence import OUTER, Found
from dateline.extract.place_tokens import Tokens, words

NOUNS = words("direction") | words("admin1") | words("admin2") | words("settlement")
PASSED = NOUNS | {",", "in", "the", "of", "'s", "[", "("}  # what may stand between a name and the unit in which it lies


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
    if between[:2] in ([",", "a"], [",", "the"]) and outer.first - inner.last <= 9 and between[-1] == "in":
        between = [",", *(word for word in between[2:] if word not in ("small", "remote", "village", "town", "city", "camp"))]
    if (
        not between
        or len(between) > 5
        or between[0] not in {",", "in", "[", "("} | NOUNS - words("direction")
    ):
        return not between and not outer.adjective
    return all(word in PASSED for word in between)
