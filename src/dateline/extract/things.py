"""The things of a draft: with what it was done, and what is protected among those attacked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dateline.extract.document import Document
from dateline.extract.drafts import Draft
from dateline.extract.lexicon import lexicon
from dateline.extract.tables import Tables
from dateline.records import Actor, Affected, Target, Weapon, span_of
from dateline.records.account import AffectedKind

# Nouns that stand for an act, or for nothing: neither attackers nor what was attacked.
THINGS = {
    "attack",
    "blast",
    "explosion",
    "bombing",
    "shooting",
    "assault",
    "strike",
    "airstrike",
    "raid",
    "violence",
    "incident",
    "clash",
    "fire",
    "which",
    "that",
    "it",
    "who",
    "they",
    "he",
    "she",
    "we",
    "i",
    "you",
    "this",
    "one",
    "gunfire",
    "bullet",
    "fighting",
    "shelling",
    "device",
    "war",
    "conflict",
    "operation",
    "offensive",
    "what",
    "suicide",
    "battle",
    "crash",
}


def weapons_of(document: Document, draft: Draft, tables: Tables) -> tuple[Weapon, ...]:
    """The weapons named in the sentences that tell the draft's acts, each once."""
    doc: Any = document.spacy
    found: dict[str, Weapon] = {}
    for sentence in sorted(draft.sentences):
        for index in tables.weapons_in.get(sentence, ()):
            token, hit = doc[index], tables.weapons[index]
            if token.pos_ not in {"NOUN", "PROPN"}:
                continue
            if (
                token.dep_ in {"compound", "amod"}
                and token.head.i not in tables.weapons
                and token.head.lemma_.lower() not in THINGS
            ):
                continue  # "bomb squad", "gun control"
            start = doc[hit.first].idx
            span = span_of(document.report.text, start, token.idx + len(token))
            found.setdefault(hit.term, Weapon(span.quote, hit.value, (span,)))
    taken = {i for weapon in found.values() for e in weapon.evidence for i in range(e.start, e.end)}
    for start, end in draft.weapons:
        if not taken.intersection(range(start, end)):
            found.setdefault(f"{start}", _weapon_told(document, tables, start, end))
    return tuple(found.values())


def _weapon_told(document: Document, tables: Tables, start: int, end: int) -> Weapon:
    """What characters [start, end) name, which are said to name a weapon; its type is the lexicon's."""
    span = span_of(document.report.text, start, end)
    hits = (tables.weapons.get(i) for i in range(tables.tokens.at(span.end - 1), tables.tokens.at(span.start) - 1, -1))
    return Weapon(span.quote, next((hit.value for hit in hits if hit is not None), None), (span,))


def affected_of(
    document: Document, draft: Draft, tables: Tables, actors: Sequence[Actor], targets: Sequence[Target]
) -> tuple[Affected, ...]:
    """The protected people and things among those attacked, each kind once."""
    doc: Any = document.spacy
    spans = [e for t in targets for e in t.evidence]
    spans += [e for a in actors if a.role in {"victim", "intended target"} for e in a.evidence]
    tokens = {i for s in spans for i in range(tables.tokens.at(s.start), tables.tokens.at(s.end - 1) + 1)}
    tokens |= {i for p in draft.people if not p.attacker for i in range(p.first, p.end)}
    found: dict[AffectedKind, Affected] = {}
    for index in sorted(tokens):
        for kind in _kinds_at(doc, tables, index):
            token = doc[index]
            span = span_of(document.report.text, token.idx, token.idx + len(token))
            found.setdefault(kind, Affected(kind, span.quote, (span,)))
    return tuple(found.values())


def _kinds_at(doc: Any, tables: Tables, index: int) -> list[AffectedKind]:
    kinds: list[AffectedKind] = []
    hit = tables.affected.get(index)
    if hit is not None:
        kinds.append(hit.value)  # type: ignore[arg-type]  # checked by the lexicon's test
    lemma = doc[index].lemma_.lower()
    if lemma in lexicon().women:
        kinds.append("women")
    if lemma in lexicon().children:
        kinds.append("children")
    return kinds
