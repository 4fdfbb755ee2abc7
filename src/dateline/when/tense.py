"""Whether the words around a time expression tell what is past or what is to come, by the parse."""

from __future__ import annotations

from typing import Any, Literal

Tense = Literal["past", "future", "unknown"]

_AHEAD = frozenset(("will", "shall", "'ll", "\u2019ll", "wo", "would", "'d", "\u2019d", "may", "might", "can", "could", "should",
                    "must"))
_BEHIND = frozenset(("had", "has", "have", "was", "were", "did", "'ve", "\u2019ve"))
_PLANNED = frozenset(("scheduled", "due", "expected", "planned", "slated", "supposed"))
_LOOK_AHEAD = frozenset(("plan", "expect", "schedule", "intend", "go", "set", "agree", "hope", "want", "vow", "decide", "promise",
                         "threaten", "propose", "ask", "urge", "order", "seek", "prepare", "need", "slate", "suppose"))
_HANGS = frozenset(("pobj", "npadvmod", "tmod", "nmod", "compound", "poss", "appos"))
_VERBS = frozenset(("VERB", "AUX"))


def tense_at(parsed: Any, start: int, end: int) -> Tense:
    """The tense of the verb that text[start:end] belongs to. parsed: the text's spaCy Doc; without one all is past.

    "unknown" where it belongs to a noun ("the summit in April") or to no verb at all.
    """
    if parsed is None:
        return "past"
    span = parsed.char_span(start, end, alignment_mode="expand")
    if span is None or len(span) == 0:
        return "past"
    root = span.root
    above = root.head if root.dep_ in _HANGS else root
    held_by = above.head if above.pos_ == "ADP" else above
    verb = next((token for token in (root, *root.ancestors) if token.pos_ in _VERBS), None)
    if verb is None:
        return "unknown"
    between = (token for token in (root, *root.ancestors) if token.i != verb.i and verb.is_ancestor(token))
    if any(token.lower_ in _PLANNED for token in between):
        return "future"
    tense = _of_verb(verb)
    return "unknown" if tense == "past" and held_by.pos_ in {"NOUN", "PROPN"} and held_by.i != root.i else tense


def _of_verb(verb: Any) -> Tense:
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    above = next((token for token in verb.ancestors if token.pos_ in _VERBS), None)
    if helpers & _AHEAD and "have" not in helpers:
        return "future"
    if verb.tag_ in {"VBN", "JJ"} and (
            verb.lower_ in _PLANNED or (verb.lower_ == "set" and any(child.lower_ == "for" for child in verb.children))):
        return "future"
    if "to" in helpers:
        if verb.dep_ in {"acl", "relcl"} or (above is not None and above.lemma_.lower() in _LOOK_AHEAD):
            return "future"
        return _of_verb(above) if above is not None else "unknown"
    if verb.tag_ == "VBG" and not helpers and above is not None:
        return _of_verb(above)
    return "past" if verb.tag_ in {"VBD", "VBN"} or helpers & _BEHIND else "unknown"
