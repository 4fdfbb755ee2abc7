"""Look-up tables over one parsed report, made once: what of the lexicon stands where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.extract.lexicon import Hit, Words, lexicon
from dateline.extract.tokens import TokenIndex


@dataclass(frozen=True, slots=True)
class Tables:
    """Terms by the index of their last token."""

    words: Words
    tokens: TokenIndex
    people: dict[int, Hit]
    targets: dict[int, Hit]
    weapons: dict[int, Hit]
    affected: dict[int, Hit]
    weapons_in: dict[int, list[int]]  # sentence -> tokens of `weapons` in it

    @classmethod
    def of(cls, doc: Any) -> Tables:
        lex, words = lexicon(), Words.of(doc)
        weapons = lex.weapons.find(words)
        weapons_in: dict[int, list[int]] = {}
        for index in weapons:
            weapons_in.setdefault(words.sentence_of[index], []).append(index)
        return cls(
            words, TokenIndex(doc), lex.people.find(words), lex.targets.find(words), weapons, lex.affected.find(words), weapons_in
        )
