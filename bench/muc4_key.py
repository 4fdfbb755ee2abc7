"""Templates of MUC-4's full form as its key writes them: slots, fills, alternatives, cross-references.

A fill line of the key is `["?"] VALUE ["/" VALUE ...] [":" REFERENT ["/" REFERENT ...]]`: values that are all right, the names
of the one thing or person of another slot that they are said of, and "?" where the fill may be left out.
Source: spec/template-doc-part1.v7, 3.0, 4.0 and 6.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.muc4_forms import Location, alternatives

DATE, LOCATION, TYPE, STAGE = "INCIDENT: DATE", "INCIDENT: LOCATION", "INCIDENT: TYPE", "INCIDENT: STAGE OF EXECUTION"
INSTRUMENT, INSTRUMENT_TYPE = "INCIDENT: INSTRUMENT ID", "INCIDENT: INSTRUMENT TYPE"
CATEGORY, INDIVIDUAL = "PERP: INCIDENT CATEGORY", "PERP: INDIVIDUAL ID"
ORGANIZATION, CONFIDENCE = "PERP: ORGANIZATION ID", "PERP: ORGANIZATION CONFIDENCE"
THING, THING_TYPE, THING_NUMBER = "PHYS TGT: ID", "PHYS TGT: TYPE", "PHYS TGT: NUMBER"
THING_NATION, THING_EFFECT, THINGS = "PHYS TGT: FOREIGN NATION", "PHYS TGT: EFFECT OF INCIDENT", "PHYS TGT: TOTAL NUMBER"
NAME, DESCRIPTION, HUMAN_TYPE, HUMAN_NUMBER = "HUM TGT: NAME", "HUM TGT: DESCRIPTION", "HUM TGT: TYPE", "HUM TGT: NUMBER"
HUMAN_NATION, HUMAN_EFFECT, HUMANS = "HUM TGT: FOREIGN NATION", "HUM TGT: EFFECT OF INCIDENT", "HUM TGT: TOTAL NUMBER"

SLOTS = (DATE, LOCATION, TYPE, STAGE, INSTRUMENT, INSTRUMENT_TYPE, CATEGORY, INDIVIDUAL, ORGANIZATION, CONFIDENCE,
         THING, THING_TYPE, THING_NUMBER, THING_NATION, THING_EFFECT, THINGS,
         NAME, DESCRIPTION, HUMAN_TYPE, HUMAN_NUMBER, HUMAN_NATION, HUMAN_EFFECT, HUMANS)     # 2-24, in their order
STRINGS = frozenset({INSTRUMENT, INDIVIDUAL, ORGANIZATION, THING, NAME, DESCRIPTION})
# What a slot's cross-reference names: fills of these slots. A person's name and description are one referent.
REFERENTS: Mapping[str, tuple[str, ...]] = {
    INSTRUMENT_TYPE: (INSTRUMENT,), CONFIDENCE: (ORGANIZATION,), DESCRIPTION: (NAME,),
    **dict.fromkeys((THING_TYPE, THING_NUMBER, THING_NATION, THING_EFFECT), (THING,)),
    **dict.fromkeys((HUMAN_TYPE, HUMAN_NUMBER, HUMAN_NATION, HUMAN_EFFECT), (NAME, DESCRIPTION))}
NOTHING = "-"                     # as a value: no fill; as a referent: none that the report names

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[:/]|[^":/]+|"')


@dataclass(frozen=True, slots=True)
class Fill:
    """One fill. In a key `values` and `tags` list what is right, each in capitals; an answer has one value and at most one tag.

    tags: the referent; (NOTHING,): none that is named; empty: the fill has no cross-reference.
    """

    values: tuple[str, ...]
    tags: tuple[str, ...] = ()
    optional: bool = False
    place: Location | None = None     # of an answer's location, whose parts have several spellings


@dataclass(frozen=True, slots=True)
class Template:
    """One incident. A slot without fills is not in `slots`; inapplicable slots are not scored."""

    number: int
    slots: Mapping[str, tuple[Fill, ...]]
    optional: bool = False
    inapplicable: frozenset[str] = frozenset()

    def fills(self, slot: str) -> tuple[Fill, ...]:
        return self.slots.get(slot, ())

    @property
    def types(self) -> tuple[str, ...]:
        """The incident types that are right."""
        return tuple(value for fill in self.fills(TYPE) for value in fill.values)


def key_templates(rows: Iterable[Mapping[str, Any]]) -> tuple[Template, ...]:
    """The templates of one report, as `templates` of the data lists them."""
    return tuple(Template(row["number"], dict(_slots(row["slots"])), row["optional"], frozenset(row["inapplicable"]))
                 for row in rows)


def key_fill(slot: str, line: str) -> Fill | None:
    """The fill that one line of the key writes; None where it says that there is none ("-")."""
    optional = line.lstrip(" (").startswith("?")
    tags: tuple[str, ...] = ()
    if slot in {DATE, LOCATION}:
        values = tuple(alternatives(line))
    else:
        left, right = _halves(re.sub(r'""(?=\w)', '"', line))     # a quotation mark too many in the data
        values, tags = _listed(left), _listed(right)
    values = tuple(value for value in values if value not in {NOTHING, "*"})
    return Fill(values, tags, optional) if values else None


def text_of(words: str) -> str:
    """A string as fills hold it: capitals, one blank between words."""
    return " ".join(words.split()).upper()


def _slots(written: Mapping[str, list[str] | None]) -> Iterator[tuple[str, tuple[Fill, ...]]]:
    for slot in SLOTS:
        fills = tuple(fill for line in written.get(slot) or () if (fill := key_fill(slot, line)))
        if fills:
            yield slot, fills


def _halves(line: str) -> tuple[str, str]:
    """What stands before and after the first colon outside quotation marks."""
    at = 0
    for token in _TOKEN.findall(line):
        if token == ":":
            return line[:at], line[at + 1:]
        at += len(token)
    return line, ""


def _listed(half: str) -> tuple[str, ...]:
    """Alternatives of one half of a line: its quoted strings, or the plain ones."""
    quoted = [found[1].replace('\\"', "").replace("\\", "") for found in _QUOTED.finditer(half)]
    parts = quoted or [part.strip(' ?()"') for part in half.split("/")]
    return tuple(dict.fromkeys(filter(None, map(text_of, parts))))
