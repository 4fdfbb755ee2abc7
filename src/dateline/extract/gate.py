"""Before the parse: which reports may tell violence, and which name an armed group. The others are not read."""

from __future__ import annotations

import re
from functools import cache

from dateline.extract.lexicon import lexicon
from dateline.extract.register import Register, key_of

LONGEST_GROUP_NAME = 5            # words; a longer name is missed by the gate only where no word of violence stands


def may_tell_violence(text: str) -> bool:
    """Whether any word of violence stands in the text."""
    return bool(_words().search(text))


def names_a_group(text: str, register: Register) -> bool:
    """Whether a name of the register's groups stands in the text; what may be a people or a common word is none."""
    words = key_of(text).split(" ")
    spans = (" ".join(words[i : i + n]) for i in range(len(words)) for n in range(1, LONGEST_GROUP_NAME + 1))
    return any(not name.called for span in spans for name in register.names.get(span, ()))


@cache
def _words() -> re.Pattern[str]:
    """Words without which a report tells no violence: the lexicon's."""
    lex = lexicon()
    verbs = {form for lemma in (*lex.act_verbs, *lex.patient_verbs, *lex.subject_verbs) for form in _stems(lemma)}
    nouns = {stem for term in lex.act_nouns.terms() for stem in _stems(term.split(" ")[-1])}
    effects = set(lex.effect_words)
    words = sorted(verbs | nouns | effects, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")", re.I)


def _stems(lemma: str) -> set[str]:
    """The beginnings that all forms of a regular word share, with the irregular forms of the lexicon's verbs."""
    irregular = {
        "shoot": {"shoot", "shot"},
        "slay": {"slay", "slain", "slew"},
        "strike": {"strik", "struck"},
        "die": {"die", "dying"},
        "blow": {"blow", "blew"},
        "throw": {"throw", "threw"},
        "flee": {"flee", "fled"},
    }
    return irregular.get(lemma, {lemma.removesuffix("e")} if len(lemma) > 4 else {lemma})
