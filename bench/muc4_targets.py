"""Things and people of an account as MUC-4's slots hold them: each with its type, number, foreign nation and effect.

What the record lacks is derived from its own words:
- A person's name is what is left of it without the words of title before it; title, role or what else the actor's words say
  besides is the description. A name and a description that stand side by side ("Bel Corda, mayor of Arden") are one person, and
  so are two names of which one holds the other.
- A number is that of the actor or of the figure said of it, an effect the figure's or the target's; else what their words and
  sentences say (muc4_said.py).
- Armed groups' own people are no human targets (spec/template-doc-part1.v7, 1.0).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.muc4_fills import head_word, is_name
from bench.muc4_incidents import ARSON, KIDNAPPING
from bench.muc4_said import (
    DEATH,
    FREED,
    HUMAN_WORDS,
    INJURY,
    KIDNAPPED_WORDS,
    THING_WORDS,
    cleaned,
    effect_told,
    nation_told,
    number_told,
    number_words,
)
from bench.muc4_words import PEOPLE_DEFAULT, THING_DEFAULT, human_type, is_title, type_of
from dateline.extract.counts import read_counts
from dateline.records import Account, Actor, Figure

SUFFERING = frozenset({"victim", "intended target"})
GROUPS = frozenset({2, 3})        # ACLED's types of armed groups
REMAINS = frozenset({"BODY", "BODIES", "CORPSE", "CORPSES", "REMAINS", "CASUALTIES"})     # whose they are is told beside it
HUMAN_EFFECTS = {"killed": DEATH, "injured": INJURY, "released": FREED, "escaped": FREED}
THING_EFFECTS = {"destroyed": "DESTROYED", "damaged": "SOME DAMAGE", "none": "NO DAMAGE"}
_NOBODY = re.compile(r"(?:no|none|nobody)\b", re.IGNORECASE)
_BESIDE = re.compile(r"^[\s,]*$")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing, or people told in one phrase. words: as fills hold strings; None: unknown, and no fill."""

    words: str
    type: str
    number: str
    nation: str | None
    effect: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """One person or group of people; name or description may be missing, not both."""

    name: str | None
    description: str | None
    type: str
    number: str
    nation: str | None
    effect: str | None

    @property
    def referent(self) -> str:
        """What cross-references call it."""
        return self.name or self.description or ""


@dataclass(frozen=True, slots=True)
class _Told:
    """An actor on the way to a person."""

    name: str | None
    description: str | None
    actors: tuple[Actor, ...]


# --- things -----------------------------------------------------------------------------------------------------------

def things_of(account: Account, incident: str) -> tuple[Target, ...]:
    """The things attacked, each once."""
    found: dict[str, Target] = {}
    for target in account.targets:
        words = cleaned(target.text)
        effect = THING_EFFECTS.get(target.effect or "") or effect_told(account, target.evidence, THING_WORDS, elsewhere="first")
        if effect is None and incident == ARSON:
            effect = "SOME DAMAGE"                      # 7.17, note 2
        number = str(target.number) if target.number is not None else number_told(account, words, target.evidence)
        kind = type_of(words, "things") or THING_DEFAULT
        found.setdefault(words, Target(words, kind, number, nation_told(words, None, account), effect))
    return tuple(found.values())


# --- people -----------------------------------------------------------------------------------------------------------

def people_of(account: Account, incident: str) -> tuple[Person, ...]:
    """The people who suffered or were meant to, each once, in the order told."""
    told: list[_Told] = []
    actors = [a for a in account.actors if a.role in SUFFERING and a.type not in GROUPS and not _NOBODY.match(a.text)
              and head_word(cleaned(a.text)) not in REMAINS]
    for actor in sorted(actors, key=lambda a: a.evidence[0].start if a.evidence else 0):
        _join(told, account, _read(actor))
    return tuple(_person(account, incident, one) for one in told)


def nobody_hurt(account: Account) -> bool:
    """Whether the account says that no one was hurt, and of no one that they were."""
    hurt = [f for f in account.figures if f.effect in {"killed", "injured", "casualties"}]
    return any(f.high == 0 for f in hurt) and not any(f.high != 0 for f in hurt)


def total_of(account: Account) -> str | None:
    """The number of all who suffered, where the account has one that others are parts of."""
    wholes = {figure.part_of for figure in account.figures}
    whole = next((figure for figure in account.figures if figure.id in wholes), None)
    return number_words(whole.low, whole.high, whole.value, whole.modifier) if whole else None


def _read(actor: Actor) -> _Told:
    words = cleaned(actor.text)
    title, name = _parted(cleaned(actor.person) if actor.person else words, named=bool(actor.person))
    if name is None:
        return _Told(None, words, (actor,))
    before, _, after = words.partition(name)
    if after.startswith(("'S", "’S")):                  # "Bel Corda's driver"
        return _Told(None, words, (actor,))
    told = [title] if name not in words else [before.strip(" ,"), after.strip(" ,"), title]
    return _Told(name, next(filter(None, told), None), (actor,))


def _parted(words: str, *, named: bool) -> tuple[str, str | None]:
    """ "MAYOR BEL CORDA" -> "MAYOR", "BEL CORDA": the name is what follows the last word of title.

    named: the words are said to be a name. Else it is one only after a title, of two words at least, which are names.
    """
    parts = words.split()
    titles = [i for i, word in enumerate(parts) if is_title(word.strip(".,"))]
    first = titles[-1] + 1 if titles else 0
    name = parts[first:]
    if named and name:
        return " ".join(parts[:first]), " ".join(name)
    if titles and len(name) > 1 and all(is_name(word.strip(".,")) for word in name):
        return " ".join(parts[:first]), " ".join(name)
    return words, None


def _join(told: list[_Told], account: Account, one: _Told) -> None:
    """Add `one`, or make it one with a person who is there already."""
    for place, other in enumerate(told):
        if one.name and other.name and _same_name(one.name, other.name):
            told[place] = _Told(max(one.name, other.name, key=len), other.description or one.description,
                                other.actors + one.actors)
            return
        if not one.name and not other.name and _told_again(one.description or "", other.description or ""):
            told[place] = replace(other, actors=other.actors + one.actors)
            return
    if told and bool(told[-1].name) != bool(one.name) and not (told[-1].name and told[-1].description) and not (
            one.name and one.description) and _side_by_side(account, told[-1].actors[-1], one.actors[0]):
        last = told.pop()
        told.append(_Told(last.name or one.name, last.description or one.description, last.actors + one.actors))
        return
    told.append(one)


def _told_again(words: str, before: str) -> bool:
    """Whether a description tells again of those told before: "THE PRIESTS" of "SIX JESUIT PRIESTS", not two boys of one boy."""
    if words == before or head_word(words) != head_word(before):
        return words == before
    one, other = (next((count.words for count in read_counts(each.lower())), None) for each in (words, before))
    return one is None or other is None or one == other


def _same_name(one: str, other: str) -> bool:
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return set(shorter) <= set(longer)


def _side_by_side(account: Account, first: Actor, second: Actor) -> bool:
    """Whether nothing but a comma parts them in the text."""
    if not first.evidence or not second.evidence:
        return False
    end, start = first.evidence[0].end, second.evidence[0].start
    for span in account.evidence:
        if span.start <= end <= start <= span.end:
            return _BESIDE.match(span.quote[end - span.start:start - span.start]) is not None
    return False


def _person(account: Account, incident: str, one: _Told) -> Person:
    ids = {actor.id for actor in one.actors}
    figures = [f for f in account.figures if f.of in ids and f.standing != "retracted" and f.high != 0]
    effects = [HUMAN_EFFECTS[f.effect] for f in figures if f.effect in HUMAN_EFFECTS]
    effect = effects[0] if effects else None
    if effect is None and any(actor.role == "victim" for actor in one.actors):
        told_by = tuple(span for actor in one.actors for span in actor.evidence)
        if incident == KIDNAPPING:
            effect = effect_told(account, told_by, KIDNAPPED_WORDS, elsewhere="none")
        else:
            effect = effect_told(account, told_by, HUMAN_WORDS, elsewhere="agreed")
    country = next((actor.country for actor in one.actors if actor.country), None)
    kind = human_type(one.description) if one.description else PEOPLE_DEFAULT
    number = "1" if one.name else _number(account, one, figures)
    return Person(one.name, one.description, kind, number, nation_told(one.description or "", country, account), effect)


def _number(account: Account, one: _Told, figures: Sequence[Figure]) -> str:
    numbers = [actor.number for actor in one.actors if actor.number is not None]
    if numbers:
        return str(numbers[0])
    told = next((f for f in figures if f.scope != "cumulative"), None)
    if told is not None:
        return number_words(told.low, told.high, told.value, told.modifier)
    return number_told(account, one.description or "", one.actors[0].evidence)
