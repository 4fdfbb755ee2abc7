"""The packaged word lists (data/lexicon.toml), ready to look up in a parsed report."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LONGEST_TERM = 4                  # words; "improvised explosive device" has three


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: token indices, end excluded, and what the list says of it."""

    first: int
    end: int
    term: str
    value: str


class Terms:
    """Terms of one or more words, found by lemma or by form; hyphens and case do not matter."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._values = {_fold(term): value for term, value in entries}
        self._last_words = {term.rsplit(" ", 1)[-1] for term in self._values}

    def find(self, words: Words) -> dict[int, Hit]:
        """The longest term that ends at each token, by the index of that token."""
        found: dict[int, Hit] = {}
        for index, (form, lemma) in enumerate(zip(words.forms, words.lemmas, strict=True)):
            if form not in self._last_words and lemma not in self._last_words:
                continue
            hit = self._longest(words, index, form, lemma)
            if hit is not None:
                found[index] = hit
        return found

    def terms(self) -> Iterable[str]:
        """Every term, folded."""
        return self._values.keys()

    def get(self, term: str) -> str | None:
        return self._values.get(_fold(term))

    def _longest(self, words: Words, index: int, form: str, lemma: str) -> Hit | None:
        best: Hit | None = None
        before: list[str] = []
        first = index
        for _ in range(LONGEST_TERM):
            for last in dict.fromkeys((lemma, form)):
                term = " ".join([*reversed(before), last])
                if term in self._values:
                    best = Hit(first, index + 1, term, self._values[term])
            first -= 1
            if first > 0 and words.forms[first] == "-":
                first -= 1
            if first < 0 or words.sentence_of[first] != words.sentence_of[index]:
                break
            before.append(words.forms[first])
        return best


@dataclass(frozen=True, slots=True)
class Words:
    """A parsed report's tokens as plain lists: quicker to look things up in than spaCy's own objects."""

    forms: list[str]              # lower case
    lemmas: list[str]             # lower case
    sentence_of: list[int]

    @classmethod
    def of(cls, doc: Any) -> Words:
        sentence_of = [0] * len(doc)
        for number, sentence in enumerate(doc.sents):
            for index in range(sentence.start, sentence.end):
                sentence_of[index] = number
        return cls([t.lower_ for t in doc], [_lemma(t) for t in doc], sentence_of)


def _lemma(token: Any) -> str:
    """The token's lemma; of a capitalised plural that was taken for a name ("Gunmen" opens a sentence) its singular."""
    lemma = str(token.lemma_.lower())
    if token.pos_ != "PROPN" or lemma != token.lower_:
        return lemma
    if lemma.endswith("men"):
        return lemma[:-3] + "man"
    return lemma[:-1] if lemma.endswith("s") and not lemma.endswith("ss") and len(lemma) > 4 else lemma


def _fold(term: str) -> str:
    return term.lower().replace("-", " ")


def _inverted(table: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(term, value) for value, terms in table.items() for term in terms]


@dataclass(frozen=True, slots=True)
class Lexicon:
    act_nouns: Terms              # term -> kind ("" where it tells only that something was done)
    act_verbs: dict[str, str]     # lemma -> kind
    patient_verbs: dict[str, str]  # lemma -> effect on its object, or "shot"
    subject_verbs: dict[str, str]  # lemma -> effect on its subject
    effect_words: dict[str, str]  # lemma -> effect
    nominal: dict[str, str]       # noun -> effect on those that "of" brings, or "shot"
    people: Terms                 # term -> side
    surely_attackers: frozenset[str]
    women: frozenset[str]
    children: frozenset[str]
    weapons: Terms                # term -> weapon type
    targets: Terms                # term -> target type
    affected: Terms               # term -> kind of protected people and things
    status: dict[str, str]        # lemma -> status
    told_as: dict[str, str]       # lemma -> told_as
    nature: dict[str, str]        # lemma -> nature
    gate: dict[str, str]          # words of violence beside these, for the first look -> what they are of
    gate_never: frozenset[str]    # words of the lists above that alone tell too little for it
    gate_settings: tuple[tuple[str, str], ...]  # word, what a sentence that has it may be about


    def common_words(self) -> set[str]:
        """Every single word of the lists that look for what is said, not for names."""
        terms = (*self.act_nouns.terms(), *self.people.terms(), *self.weapons.terms(), *self.targets.terms(),
                 *self.affected.terms())
        lemmas = (*self.act_verbs, *self.patient_verbs, *self.subject_verbs, *self.effect_words, *self.status, *self.told_as,
                  *self.nature)
        return {word for term in (*terms, *lemmas) for word in term.replace("-", " ").split()}


@cache
def lexicon() -> Lexicon:
    """The packaged lists, read once a process."""
    raw = tomllib.loads((resources.files("dateline") / "data" / "lexicon.toml").read_text("utf-8"))
    more = raw["people_more"]
    return Lexicon(
        act_nouns=Terms(_inverted(raw["acts"]["nouns"])),
        act_verbs=dict(_inverted(raw["acts"]["verbs"])),
        patient_verbs=dict(_inverted(raw["effects"]["patient"])),
        subject_verbs=dict(_inverted(raw["effects"]["subject"])),
        effect_words=dict(_inverted(raw["effects"]["words"])),
        nominal=dict(_inverted(raw["effects"]["nominal"])),
        people=Terms(_inverted(raw["people"])),
        surely_attackers=frozenset(more["surely_attackers"]),
        women=frozenset(more["women"]),
        children=frozenset(more["children"]),
        weapons=Terms(_inverted(raw["weapons"])),
        targets=Terms(_inverted(raw["targets"])),
        affected=Terms(_inverted(raw["affected"])),
        status=dict(_inverted(raw["status"])),
        told_as=dict(_inverted(raw["told_as"])),
        nature=dict(_inverted(raw["nature"])),
        gate=dict(_inverted({of: words for of, words in raw["gate"].items() if of != "never"})),
        gate_never=frozenset(raw["gate"]["never"]),
        gate_settings=tuple(_inverted(raw["gate_settings"])),
    )
