"""People whom somebody else found in a report, by the words that name them: how many they are is read here, by our own rules."""

from __future__ import annotations

from typing import Any

from dateline.extract.document import Document
from dateline.extract.effects_verbs import Fate
from dateline.extract.lexicon import Lexicon, lexicon
from dateline.extract.people import PeopleFinder
from dateline.extract.people_group import People
from dateline.extract.people_numbers import may_be_people, number_of
from dateline.extract.people_person import LONGEST_LEFT, person_of
from dateline.extract.tokens import TokenIndex
from dateline.records.account import Effect

Token = Any

OF_SHOTS = frozenset({"killed", "injured", "casualties"})       # what "shot" may have come to
OF_PEOPLE = frozenset({"of", "by", "among", "including"})       # before those of whom it is told
HELD = frozenset({"abducted", "captured", "arrested", "missing"})  # which of these a word means, its report may tell


def people_told(
    document: Document, finder: PeopleFinder, tokens: TokenIndex, start: int, end: int, fate: Fate
) -> list[People]:
    """Those whom characters [start, end) name, of whom `fate` is said: one group that is counted, or persons who are listed.

    The count is that of the whole noun phrase: of "at least 12 workers" it is the same for "12 workers" and for "workers", and
    "no civilians" are none. []: the words name nobody. Several that are counted: one figure cannot hold them.
    """
    root = tokens.root_of(start, end)
    begin = min(start, document.spacy[max(root.left_edge.i, root.i - LONGEST_LEFT)].idx)
    within = [count for count in document.counts if count.start < end and begin < count.end]
    found = (finder.counted(tokens.at(count.end - 1), count, fate) for count in within)
    counted = {people.head: people for people in found if people is not None}
    if counted:
        return list(counted.values())
    first, last = tokens.at(start), tokens.at(end - 1)
    heads = (t for t in document.spacy[first:last + 1] if t.dep_ in {"conj", "ROOT"} or not first <= t.head.i <= last)
    found = (person_of(finder.words, head, fate) or _unlisted(finder, head, fate) for head in heads)
    return [people for people in found if people is not None]


def _unlisted(finder: PeopleFinder, noun: Token, fate: Fate) -> People | None:
    """People by a word that the lexicon lacks: "mourners"."""
    first = max(noun.left_edge.i, noun.i - LONGEST_LEFT)
    beside = noun.dep_ == "pobj" and noun.head.lower_ not in OF_PEOPLE        # "perished in the flames"
    if beside or not may_be_people(noun) or any(i in finder.words.count_of for i in range(first, noun.i)):
        return None
    return People(noun.i, noun.i, first, noun.i + 1, None, number_of(noun, None), "unknown", None, fate, None,
                  finder.words.chain_of(noun), False)


def fits_its_words(effect: Effect, words: list[Token]) -> bool:
    """Whether `words` may say `effect`: "wounded" does not say killed. Words that the lexicon lacks may say anything."""
    told = {one for word in words for one in _told_by(word, lexicon())}
    certain = told - {"shot"}
    if not certain:
        return not told or effect in OF_SHOTS
    both = effect == "casualties" and {"killed", "injured"} <= certain
    return effect in certain or both or (effect in HELD and bool(certain & HELD))


def _told_by(word: Token, lex: Lexicon) -> set[str]:
    lemma = word.lemma_.lower()
    tables = (lex.patient_verbs, lex.subject_verbs, lex.effect_words, lex.nominal)
    return {effect for table in tables for key in {lemma, word.lower_} if (effect := table.get(key)) is not None}
