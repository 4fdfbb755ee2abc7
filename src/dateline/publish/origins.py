"""Who read a value of the record, and how likely the reader finds it, in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.publish.safe import plain
from dateline.records import Account, Actor, Target, Weapon
from dateline.records.account import BY_HAND, Origin

UNSURE = 0.5                      # below it the reader finds a party rather not so than so
DOUBTED = 0.2                     # the least score at which the reader takes words for a party of any role by itself
_RULES, _READER = re.compile(r"\brules-\w+"), re.compile(r"\breader-\w+")
_ENDPOINT = "endpoint:"


def origin_words(origin: Origin, extractor: str | None = None) -> str:
    """Who read it: "a rule and the reader (rules-4, reader-1)". extractor: the version that extracted its report, where known.

    >>> origin_words("rule+person", "rules-4, reader-1")
    'a rule (rules-4), corrected by a person'
    """
    said = origin.removesuffix(BY_HAND)
    corrected = ", corrected by a person" if said != origin else ""
    if said.startswith(_ENDPOINT):
        return f"the model {plain(said.removeprefix(_ENDPOINT))} at an address{corrected}"
    words, versions = {
        "rule": ("a rule", (_RULES,)), "model": ("the reader", (_READER,)),
        "rule+model": ("a rule and the reader", (_RULES, _READER)), "person": ("a person", ()),
        "sheet": ("a person, in a sheet", ()),
    }.get(said, (plain(said), ()))
    named = [found[0] for version in versions if (found := version.search(extractor or ""))]
    return f"{words} ({', '.join(named)})" + corrected if named else words + corrected


def doubt_words(likely: float | None) -> str:
    """How likely the reader finds a party: "the reader doubts it (0.04)"; empty where it was not asked."""
    if likely is None:
        return ""
    found = "doubts it" if likely < DOUBTED else "is unsure of it" if likely < UNSURE else "finds it likely"
    return f"the reader {found} ({likely:.2f})"


def read_by_words(party: Actor | Target | Weapon, extractor: str | None = None) -> str:
    """Who read a party, and how likely the reader finds it: "read by a rule (rules-4); the reader doubts it (0.04)"."""
    doubt = doubt_words(party.likely)
    if "model" in party.origin.split("+"):
        doubt = doubt.replace("the reader", "which", 1)
        return f"read by {origin_words(party.origin, extractor)}" + (f", {doubt}" if doubt else "")
    return f"read by {origin_words(party.origin, extractor)}" + (f"; {doubt}" if doubt else "")


def told_by_words(account: Account, extractor: str | None = None) -> str:
    """Who read an account, and how likely the reader finds that an incident is told there: "read by a rule (rules-7); the reader
    doubts that an incident is told (0.04)"."""
    read = f"read by {origin_words(account.origin, extractor)}"
    if account.likely is None:
        return read
    found = ("doubts that" if account.likely < DOUBTED else "is unsure whether" if account.likely < UNSURE
             else "finds it likely that")
    return f"{read}; the reader {found} an incident is told ({account.likely:.2f})"


def doubted(parties: Iterable[Actor | Target | Weapon]) -> list[Actor | Target | Weapon]:
    """The parties that the reader finds less likely than all that it would find itself."""
    return [one for one in parties if one.likely is not None and one.likely < DOUBTED]
