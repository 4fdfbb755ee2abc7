"""How far telling our record in MUC-4's slots can get: `python -m bench.muc4_ceiling FILE` scores accounts made of the key.

Such an account has what a perfect reading of people, things, weapons and organisations would give: each told by the first of
the key's strings that stands in the text, with the sentences that hold them. It has no place, day, figure or certainty: what
is lost is lost by the mapping, or by what such an account lacks.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.core import load_lines
from bench.muc4_key import (
    CATEGORY,
    DESCRIPTION,
    INDIVIDUAL,
    INSTRUMENT,
    NAME,
    ORGANIZATION,
    STAGE,
    THING,
    Fill,
    Template,
    key_templates,
)
from bench.muc4_match import Judged, match_report
from bench.muc4_slots import figures_of
from bench.muc4_told import templates_of
from bench.muc4_when_where import places_of
from dateline.records import Account, Actor, Evidence, Span, Target, Weapon, When, Where, span_of
from dateline.records.account import Status

KINDS = {"ATTACK": "attack", "BOMBING": "remote explosive/landmine/ied", "KIDNAPPING": "abduction/forced disappearance"}
STATUSES: dict[str, Status] = {"ATTEMPTED": "attempted", "THREATENED": "threatened"}
OTHERWISE = "looting/property destruction"      # arson, robbery, forced work stoppage
_SENTENCE_END = re.compile(r"(?<=[.!?\"])\s+(?=[A-Z\"(\[])|\n\s*\n")
_NOWHERE = Where(None, None, None, None, None, None, None, None, None, None, None, (), ())
_NO_DAY = When(None, None, False, None, None, (), None, "unknown", None, None, ())


def main(arguments: Sequence[str]) -> int:
    from bench.reading import articles

    rows = load_lines(Path(arguments[0]))
    judged: list[Judged] = []
    for row, report in zip(rows, articles((row["doc_id"], row["text"]) for row in rows), strict=True):
        if report is not None:
            keys = key_templates(row["templates"])
            accounts = [account_of(key, report.text) for key in keys if not key.optional]
            judged += match_report(templates_of(accounts, report.written.latest), keys)
    for name, value in figures_of(judged).items():
        print(f"{name:32} {value:6}")
    return 0


def account_of(key: Template, text: str) -> Account:
    """The account that a perfect reading of `text` would give of one incident of its key."""
    actors = tuple(_actors(key, text))
    targets = tuple(Target(words, None, None, None, said) for words, said in _strings(key.fills(THING), text))
    weapons = tuple(Weapon(words, None, said) for words, said in _strings(key.fills(INSTRUMENT), text))
    said = [*(a.evidence for a in actors), *(t.evidence for t in targets), *(w.evidence for w in weapons)]
    kind = KINDS.get(key.types[0], OTHERWISE)
    return Account(
        id=f"A{key.number}", report="R", kind=kind, acts=(kind,), status=STATUSES.get(_first(key, STAGE), "happened"),
        told_as="news", nature="political", headline="", when=_NO_DAY, where=_NOWHERE, actors=actors, targets=targets,
        weapons=weapons, affected=(), figures=(), responsibility=(), occurrence=(), sensitive=(),
        evidence=tuple(s for s in _sentences(text) if any(s.start <= span.start < s.end for one in said for span in one)))


def _actors(key: Template, text: str) -> Iterator[Actor]:
    state = "STATE" in _first(key, CATEGORY)
    number = 0

    def actor(role: str, words: str, said: Evidence, person: str | None = None, organisation: str | None = None) -> Actor:
        nonlocal number
        number += 1
        of_type = (1 if state else 2) if organisation else None
        return Actor(f"a{number}", role, words, person, organisation, None, of_type, None, "stated", said)  # type: ignore[arg-type]

    for words, said in _strings(key.fills(INDIVIDUAL), text):
        yield actor("attacker", words, said)
    for words, said in _strings(key.fills(ORGANIZATION), text):
        yield actor("attacker", words, said, organisation=words)
    for fill, (words, said) in zip(key.fills(NAME), _strings(key.fills(NAME), text), strict=True):
        titles = [each.values[0] for each in key.fills(DESCRIPTION) if set(each.tags) & set(fill.values)]
        yield actor("victim", " ".join([*titles[:1], words]), said, person=words)
    for words, said in _strings([fill for fill in key.fills(DESCRIPTION) if not fill.tags], text):
        yield actor("victim", words, said)


def _strings(fills: Sequence[Fill], text: str) -> Iterator[tuple[str, Evidence]]:
    """Of each fill the first string that stands in the text, with where."""
    for fill in fills:
        found = ((words, span_of(text, *spot)) for words in fill.values for spot in places_of(words, text))
        words, span = next(found, (fill.values[0], None))
        yield words, (span,) if span else ()


def _first(key: Template, slot: str) -> str:
    return next((fill.values[0] for fill in key.fills(slot)), "")


def _sentences(text: str) -> Iterator[Span]:
    at = 0
    for end in _SENTENCE_END.finditer(text):
        yield span_of(text, at, end.start())
        at = end.end()
    yield span_of(text, at, len(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
