"""The words of the made-up reports: one sentence of who, where and how many, facts of the incident, what outlets add."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.synthetic_incidents import Telling, Truth
from bench.synthetic_world import some_words, words

BRIEF = 0.12                      # of reports have the first sentence alone
FURNITURE = 0.1                   # of reports still have their outlet's last words: the reader takes most of them off
FACTS_TOLD = (2, 5)
OTHER_WORDS = 0.25                # of the words of a fact are another outlet's own
_CHOICE = re.compile(r"\{([^{}]*)\}")
OPENINGS = (
    "{At least |}{count} people were killed in {what} in {town} on {day}, {speaker} said.",
    "{what} in {town}, {country}, left {count} {people |}dead on {day}, according to {speaker}.",
    "{speaker} said that {what} on {day} had killed {count} {people|residents} in {town}.",
)
NO_DEAD = ("{speaker} reported {what} in {town} on {day}.", "There was {what} in {town} on {day}, {speaker} said.")


@dataclass(frozen=True, slots=True)
class ToldOf:
    """One incident as a text tells it. spans: [start, end) of its sentences in the text."""

    truth: Truth
    told_as: str                  # "news" or "background"
    main: bool
    killed: int | None
    speaker: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Written:
    title: str
    text: str
    told: tuple[ToldOf, ...]
    copies: bool = False
    corrects: bool = False


def a_text(telling: Telling, beside: tuple[Truth, str] | None, boilerplate: str, rng: random.Random) -> Written:
    """The text of one report; beside: another incident that it tells, and as what."""
    one = telling.of
    killed, speaker = _toll_known(telling, rng), _speaker(one, rng)
    weekday = f"{one.at:%A}" if not telling.late else f"{one.at.day} {one.at:%B %Y}"
    sentences = [_opening(one, killed, speaker, weekday, rng)]
    if rng.random() >= BRIEF:
        sentences += [_told(fact, rng) for fact in rng.sample(list(one.facts), rng.randint(*FACTS_TOLD))]
        if one.killed and rng.random() < 0.4:
            sentences.append(f"One of the dead was {one.victim}.")
    own = len(sentences)
    told: list[tuple[Truth, str, str]] = []
    if beside is not None:
        other = _speaker(beside[0], rng)
        when = f"{beside[0].at.day} {beside[0].at:%B}"
        sentences.append(_opening(beside[0], beside[0].killed, other, when, rng))
        told.append((*beside, other))
    sentences += [_told(said, rng) for said in rng.sample(one.country.background, rng.randint(1, 3))]
    if rng.random() < FURNITURE:
        sentences.append(boilerplate)
    text, spans = _joined(sentences)
    main = ToldOf(one, "news", True, killed, speaker, tuple(spans[:own]))
    others = [ToldOf(truth, told_as, False, truth.killed, other, (spans[own],)) for truth, told_as, other in told]
    return Written(_title(one, rng), text, (main, *others))


def a_copy(of: Written, *, corrects: bool, boilerplate: str) -> Written:
    """The same words by another outlet, or by the same with a corrected toll."""
    if not corrects:
        return replace(of, text=f"{of.text}\n\n{boilerplate}", copies=True, corrects=False)
    first = replace(of.told[0], killed=of.told[0].truth.killed)
    return replace(of, title=f"Correction: {of.title}", told=(first, *of.told[1:]), copies=False, corrects=True)


def chosen(pattern: str, rng: random.Random) -> str:
    """`pattern` with each {one|another} chosen, as a sentence."""
    sentence = " ".join(_CHOICE.sub(lambda found: rng.choice(found[1].split("|")), pattern).replace(" ,", ",").split())
    return sentence[0].upper() + sentence[1:]


def _opening(one: Truth, killed: int | None, speaker: str, day: str, rng: random.Random) -> str:
    what = rng.choice(words()["kinds"][one.kind]["words"])
    pattern = rng.choice(OPENINGS if killed else NO_DEAD)
    values = {"{count}": str(killed), "{what}": what, "{town}": one.town.name, "{country}": one.country.name, "{day}": day,
              "{speaker}": speaker}
    for slot, value in values.items():
        pattern = pattern.replace(slot, value)
    told_by = f" It was the work of {one.group[1]}, they said." if one.group and rng.random() < 0.6 else ""
    return chosen(pattern, rng) + told_by


def _toll_known(telling: Telling, rng: random.Random) -> int | None:
    """Tolls rise in the first hours, and now and then one outlet has another."""
    one = telling.of
    if not one.killed:
        return None
    hours = (telling.at - one.at).total_seconds() / 3600
    known = one.killed if telling.late or hours > 24 else round(one.killed * rng.uniform(0.6, 1.0))
    return max(1, known + rng.choice((0, 0, 0, 0, 0, -1, 1)))


def _speaker(one: Truth, rng: random.Random) -> str:
    return rng.choice((f"police spokesman {one.spokesmen[0]}", f"the mayor, {one.spokesmen[1]}", "a hospital official",
                       "the army", "a monitoring group"))


def _title(one: Truth, rng: random.Random) -> str:
    what = rng.choice(words()["kinds"][one.kind]["words"])
    return f"{what[0].upper()}{what[1:]} in {one.town.name}"


def _told(fact: Sequence[str], rng: random.Random) -> str:
    """A sentence of the words of `fact`, some of them in this outlet's words."""
    told = " ".join(some_words(rng, 1)[0] if rng.random() < OTHER_WORDS else word for word in fact)
    return f"{told[0].upper()}{told[1:]}."


def _joined(sentences: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The sentences as one text, and where each of them stands."""
    text, spans = "", []
    for sentence in sentences:
        text += " " if text else ""
        spans.append((len(text), len(text) + len(sentence)))
        text += sentence
    return text, spans
