"""What the gate looks at: sentences that hold a word of violence, and the features by which such a sentence is judged.

Names say nothing here: a report from a place where much happens tells no more violence for that. What is asked of a sentence is
which words of violence it holds, what stands around them, and what else it is about: sport, a disease, talks. The word lists
are those of data/lexicon.toml.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from dateline.extract.lexicon import Lexicon, lexicon
from dateline.extract.plain import plain_sentences
from dateline.numbers import TENS, UNITS
from dateline.when.calendar import MONTHS, WEEKDAYS

WORD = re.compile(r"[^\W\d_]{1,40}|\d+(?:[.,]\d+)*")
LONGEST = 60                      # words of a sentence; what runs on is cut
WINDOW = 4                        # words on either side of a word of violence that are around it
LEVELS = (("+", 0.02), ("++", 0.05))    # shares of a text's words from which on it is about what they speak of
NUMBERS = frozenset((
    *UNITS, *TENS, "hundred", "hundreds", "thousand", "thousands", "dozen", "dozens", "several", "many", "scores",
))  # fmt: skip
DAYS = frozenset((*WEEKDAYS, *MONTHS)) - {"may"}
IRREGULAR = {
    "shoot": ("shot", "shots"), "slay": ("slew", "slain"), "strike": ("struck", "stricken"), "die": ("dying",),
    "blow": ("blew", "blown"), "flee": ("fled",), "beat": ("beaten",), "fight": ("fought",), "overrun": ("overran",),
    "retake": ("retook", "retaken"), "knife": ("knives",), "body": ("bodies",), "sink": ("sank", "sunk"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence's words in small letters, with where it stands in the text, end excluded, blanks after it included."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What a word is to the gate. cue: what of violence it tells ("" none); classes: of what else it speaks."""

    stem: str
    cue: str
    classes: tuple[str, ...]


def sentences(text: str) -> list[Sentence]:
    """The text's sentences that hold a word; what is longer than LONGEST words is several of one place."""
    found = []
    for start, end in plain_sentences(text):
        words = WORD.findall(text[start:end].lower())
        found += [Sentence(start, end, tuple(words[at : at + LONGEST])) for at in range(0, len(words), LONGEST)]
    return found


def tells_of(words: Iterable[str]) -> bool:
    """Whether any of the words is a word of violence."""
    return not cues().keys().isdisjoint(words)


def topics(told: Iterable[Sentence]) -> tuple[str, ...]:
    """What a text is about, by the share of its words that speak of one thing."""
    words = [word for sentence in told for word in sentence.words]
    counts: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for one in word_of(word).classes:
            counts[one] += count
    least = [(level, share * len(words)) for level, share in LEVELS]
    return tuple(f"@{of}{level}" for of, count in sorted(counts.items()) if ":" not in of
                 for level, enough in least if count >= enough)


def features(words: Iterable[str], topic: Iterable[str]) -> set[str]:
    """What is asked of a sentence. topic: what its text is about.

    `stem`, `stem stem`: its words; `=word`: a word of violence as it is written; `kind<x`, `kind>x`: what stands before and
    after one of that kind; `[class]`: what else the sentence speaks of; `@[class]+`: what the text is about; `kind [class]` too.
    """
    known = [(word, word_of(word)) for word in words]
    besides = {*(one for _, word in known for one in word.classes), *topic}
    stems = [word.stem for _, word in known]
    found = {*stems, *map(" ".join, pairwise(["^", *stems, "$"])), *besides}
    for at, (written, word) in enumerate(known):
        if not word.cue:
            continue
        found.add(f"={written}")
        found.update(f"{word.cue} {one}" for one in besides)
        for _, other in known[max(at - WINDOW, 0) : at]:
            found.update(f"{word.cue}<{one}" for one in (other.stem, *other.classes))
        for _, other in known[at + 1 : at + 1 + WINDOW]:
            found.update(f"{word.cue}>{one}" for one in (other.stem, *other.classes))
    return found


@lru_cache(maxsize=65536)
def word_of(word: str) -> Word:
    """What one word, in small letters, is to the gate."""
    if word[0].isdecimal():
        year = len(word) == 4 and word[:2] in {"18", "19", "20"}
        return Word("#", "", ("[year]",) if year else ("[number]",))
    if word in NUMBERS:
        return Word("#", "", ("[number]",))
    if word in DAYS:
        return Word("#day", "", ("[day]",))
    return Word(stem_of(word), cues().get(word, ""), _classes().get(word, ()))


def stem_of(word: str) -> str:
    """What forms of a word share, roughly.

    >>> stem_of("elections"), stem_of("voted"), stem_of("voting"), stem_of("running")
    ('election', 'vot', 'vot', 'run')
    """
    for ending in ("ings", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3:
        if word[-1] == word[-2] and word[-1] not in "ls":
            return word[:-1]
        if word[-1] in "ey":
            return word[:-1] + ("i" if word[-1] == "y" else "")
    return word


@cache
def cues() -> dict[str, str]:
    """Every form of a word of violence -> the kind of what it tells, in one word."""
    lex = lexicon()
    weapons, acts = ([(term.split(" ")[-1], terms.get(term)) for term in terms.terms()] for terms in (lex.weapons, lex.act_nouns))
    told = (lex.gate, lex.effect_words, lex.subject_verbs, lex.patient_verbs, lex.act_verbs)
    kinds: dict[str, str] = {}
    # what is listed later says more of a word
    for lemma, kind in (*weapons, *(entry for listed in told for entry in listed.items()), *acts):
        if lemma.isalpha() and lemma not in lex.gate_never:
            kinds[lemma] = kind.split("/")[0].replace(" ", "-") if kind else kinds.get(lemma, "act")
    return {form: kind for lemma, kind in kinds.items() for form in forms_of(lemma)} | kinds


def forms_of(lemma: str) -> Iterator[str]:
    """The forms of an English verb or noun; some that no one writes are among them.

    >>> {"stabs", "stabbed", "stabbing"} < set(forms_of("stab"))
    True
    """
    yield from (lemma, *IRREGULAR.get(lemma, ()))
    if lemma.endswith("man"):
        yield lemma[:-3] + "men"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
        return
    yield lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    stem = lemma.removesuffix("e")
    stems = [stem]
    if stem == lemma and re.search(r"[^aeiou][aeiou][bgmnpt]$", stem):
        stems.append(stem + stem[-1])  # stabbed, kidnapping
    yield from (one + ending for one in stems for ending in ("ed", "er", "ers", "ing", "ings"))


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    """Of each word that speaks of people, weapons, things attacked or a setting what it speaks of."""
    lex = lexicon()
    found: dict[str, set[str]] = {}
    for word, of in _single_words(lex):
        forms = {word} if len(word) < 4 else set(forms_of(word))
        for form in forms:
            found.setdefault(form, set()).add(f"[{of}]")
    return {word: tuple(sorted(of)) for word, of in found.items()}


def _single_words(lex: Lexicon) -> Iterator[tuple[str, str]]:
    """(word, what it is of) of the lists of people, weapons, things attacked and settings."""
    for name, terms in (("people", lex.people), ("weapon", lex.weapons), ("target", lex.targets)):
        yield from ((term, f"{name}: {terms.get(term)}") for term in terms.terms() if " " not in term)
    yield from (("people", "people: unknown"), ("men", "people: unknown"), ("children", "people: civilians"))
    yield from lex.gate_settings
