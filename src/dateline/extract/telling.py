"""Verbs that tell of an act, or answer to it: what hangs on them says when and where it was said, not when it was done."""

from __future__ import annotations

from typing import Any

Token = Any

SPEECH = frozenset({
    "say", "tell", "report", "add", "announce", "note", "state", "confirm", "claim", "write", "quote", "speak", "declare",
    "explain", "indicate", "disclose", "interview", "publish", "broadcast", "issue", "release"})
# They answer to what was done before: "today condemned the killing", "arrested on Monday a man suspected of the bombing".
ANSWERS = frozenset({
    "accuse", "acknowledge", "admit", "agree", "allege", "analyze", "appeal", "approve", "argue", "arrive", "arrest", "ask",
    "assert", "assure", "attend", "attribute", "blame", "bury", "call", "charge", "comment", "commemorate", "condemn",
    "congratulate", "convict", "criticize", "demand", "denounce", "deny", "deplore", "describe", "detain", "discuss",
    "distribute", "emphasize", "express", "extradite", "hear", "hint", "honor", "honour", "identify", "implicate", "inform",
    "insist", "investigate", "lament", "learn", "link", "maintain", "meet", "mention", "mourn", "name", "offer", "pledge",
    "point", "present", "probe", "promise", "protest", "question", "recall", "recognize", "refer", "regret", "reiterate",
    "reject", "remember", "repeat", "request", "return", "reveal", "sentence", "sign", "stress", "suggest", "summon",
    "suspend", "travel", "urge", "visit", "vow", "warn", "welcome"})


def is_of_telling(verb: Token) -> bool:
    """Whether what hangs on `verb` is of the telling: "said on Monday that", "today condemned the killing".

    A verb of speech counts only with what is said: "declared mourning on Monday after the attack" says when.
    """
    lemma = verb.lemma_.lower()
    if lemma in ANSWERS:
        return True
    if lemma not in SPEECH:
        return False
    return verb.dep_ in {"parataxis", "ccomp"} or any(c.dep_ in {"ccomp", "parataxis"} for c in verb.children)


def answers(verb: Token) -> bool:
    return verb.lemma_.lower() in ANSWERS
