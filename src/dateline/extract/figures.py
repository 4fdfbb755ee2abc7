"""Groups of people with a fate -> figures: bounds, who, side, scope, parts and totals, speaker."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.extract.asof import as_of
from dateline.extract.document import Document
from dateline.extract.drafts import Draft
from dateline.extract.people import People
from dateline.extract.persons import Person, persons_of
from dateline.extract.speakers import speaker_at
from dateline.records import Evidence, Figure, Span, span_of
from dateline.records.account import Effect, Modifier, Scope, Side

CUMULATIVE = re.compile(
    r"\b(?:since (?:the |early |late |mid-?)*(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|\w+ (?:began|started|erupted|broke out))|so far this (?:year|month)|this year alone|"
    r"(?:in|over|during) the (?:past|last|previous) (?:\w+ )?(?:years?|months?|decades?|weeks)|in recent (?:years|months|weeks)|"
    r"over the years|(?:\w+-year|civil|decade-long|decades-long) (?:war|conflict|insurgency)|"
    r"insurgency (?:has|that has)|(?:war|conflict) (?:has|that has))\b", re.I)
INCREMENT = re.compile(r"\b(?:more (?:people |bodies |victims )?(?:died|have died|had died|succumbed)|further deaths?)\b", re.I)
MORE = re.compile(r"\b(?:more|further|additional)\b", re.I)
TOTAL_WHO = {"people", "person", "dead", "victim", "death", "fatality", "body", "life", "other", "injury", "wounded", "injured",
             "casualty", "individual", "killed", "corpse"}


@dataclass(frozen=True, slots=True)
class Given:
    """A figure in the making, and the token that it hangs on."""

    figure: Figure
    head: int
    chain: int
    listed: bool                  # one of several counts listed together: a part
    people: People


def figures_of(document: Document, draft: Draft, actor_of: dict[int, str]) -> tuple[Figure, ...]:
    """The figures of one draft, in the order told; `actor_of`: head token -> id of the account's actor that lost them."""
    counted = [_counted(document, p, actor_of) for p in draft.people if p.count is not None]
    given = _parts(document, _deduplicated(counted))
    singles = _single_figures(document, draft, given, actor_of)
    plain = [_worded(document, p, actor_of) for p in draft.people if p.number == "some" and p.count is None]
    figures = [g.figure for g in given] + singles
    for figure, people in plain:
        if people.parent is not None or not any(f.effect == figure.effect for f in figures):
            parent = next((g.figure.id for g in given if g.head == people.parent), None)
            figures.append(replace(figure, scope="part" if parent else figure.scope, part_of=parent))
    unique = {f.id: f for f in figures}
    return tuple(sorted(unique.values(), key=lambda f: f.evidence[0].start))


def _counted(document: Document, people: People, actor_of: dict[int, str]) -> Given:
    count = people.count
    assert count is not None
    doc = document.spacy
    sentence = doc[people.head].sent
    scope = _scope(document, people, sentence)
    figure = _figure(document, people, people.fate.effect, actor_of, count.low, count.high, count.value, count.modifier,
                     count.words, scope, (people,))
    return Given(figure, people.head, people.chain, False, people)


def _figure(document: Document, people: People, effect: Effect, actor_of: dict[int, str], low: int | None, high: int | None,
            value: int | None, modifier: Modifier, words: str, scope: Scope, group: Sequence[People]) -> Figure:
    doc, text = document.spacy, document.report.text
    evidence = _evidence(document, group)
    attribution = speaker_at(document, evidence[0].start, evidence[0].end)
    speaker = attribution.speaker if attribution else None
    identity = hashlib.sha256(repr((document.report.id, effect, low, high, [(e.start, e.end) for e in evidence])).encode())
    who = _who(document, people)
    return Figure(
        id="F" + identity.hexdigest()[:16], effect=effect, who=who, of=actor_of.get(people.noun),
        side=_side(people, text), low=low, high=high, value=value, modifier=modifier, words=words, scope=scope, part_of=None,
        includes_attackers=_includes_attackers(doc, people), standing="stands", supersedes=(),
        speaker=speaker.text if speaker else None, speakers=(speaker,) if speaker else (),
        as_of=as_of(document, attribution), evidence=evidence)


def _evidence(document: Document, group: Sequence[People]) -> Evidence:
    doc, text = document.spacy, document.report.text
    spans: list[Span] = []
    for people in group:
        trigger = doc[people.fate.trigger]
        start = doc[people.first].idx
        end = doc[people.end - 1].idx + len(doc[people.end - 1])
        if trigger.sent == doc[people.head].sent:
            start, end = min(start, trigger.idx), max(end, trigger.idx + len(trigger))
        spans.append(span_of(text, start, end))
    return tuple(dict.fromkeys(spans))


def _who(document: Document, people: People) -> str | None:
    """Who they were, as written, without the count: "US service members"; None where only a number stands."""
    doc, text = document.spacy, document.report.text
    if people.count is None:
        start = doc[people.first].idx
    else:
        start = max(people.count.end, doc[people.first].idx)
    end = doc[people.end - 1].idx + len(doc[people.end - 1])
    words = text[start:end].strip(" -\n") if start < end else ""
    for article in ("of the ", "of ", "the ", "a ", "an "):
        words = words.removeprefix(article)
    return " ".join(words.split()) or None


def _side(people: People, text: str) -> Side:
    return people.side


def _includes_attackers(doc: Any, people: People) -> bool | None:
    for token in doc[people.end:min(people.end + 8, doc[people.head].sent.end)]:
        if token.lower_ in {"bomber", "bombers", "attacker", "attackers", "gunman", "gunmen"}:
            before = {t.lower_ for t in doc[max(people.end - 1, token.i - 4):token.i]}
            if "including" in before:
                return True
            if before & {"excluding", "besides", "without"}:
                return False
    return None


def _scope(document: Document, people: People, sentence: Any) -> Scope:
    doc = document.spacy
    near = doc[max(people.first - 12, sentence.start):min(people.end + 16, sentence.end)].text
    if CUMULATIVE.search(near):
        return "cumulative"
    trigger = doc[people.fate.trigger]
    governing = {a.i for a in trigger.ancestors} | {t.i for t in trigger.subtree if t.dep_ == "pobj"}
    for act in document.acts:
        if act.plural and act.noun and act.token in governing and not act.definite:
            return "several_incidents"
    after = doc[people.end - 1:min(people.end + 4, sentence.end)].text
    if INCREMENT.search(after) or (MORE.search(doc[people.first:people.end].text) and trigger.lemma_.lower() in {"die", "succumb"}):
        return "increment"
    return "incident"


def _deduplicated(given: Sequence[Given]) -> list[Given]:
    """One figure for one count of the same people by the same speaker, its evidence kept from every place it stands."""
    kept: list[Given] = []
    for new in given:
        for index, old in enumerate(kept):
            if _same_count(old.figure, new.figure):
                fuller = old.figure if (old.figure.who or old.figure.speaker is None) else new.figure
                merged = replace(fuller, evidence=tuple(dict.fromkeys((*old.figure.evidence, *new.figure.evidence))))
                kept[index] = replace(old, figure=merged)
                break
        else:
            kept.append(new)
    return kept


def _same_count(a: Figure, b: Figure) -> bool:
    return ((a.effect, a.low, a.high, a.value, a.scope) == (b.effect, b.low, b.high, b.value, b.scope)
            and a.modifier != "word" and (a.speaker == b.speaker or b.speaker is None)
            and (a.side == b.side or "unknown" in {a.side, b.side}))


def _parts(document: Document, given: Sequence[Given]) -> list[Given]:
    """Mark what is a part: named as such ("including"), or one of several counts listed for one effect."""
    by_head = {g.head: g for g in given}
    chains: dict[tuple[int, Effect], list[Given]] = {}
    for g in given:
        if g.people.parent is None and g.people.count is not None and g.figure.scope == "incident":
            chains.setdefault((g.chain, g.figure.effect), []).append(g)
    listed = {g.figure.id for group in chains.values() if len(group) > 1 for g in group}
    result = []
    for g in given:
        parent = by_head.get(g.people.parent) if g.people.parent is not None else None
        if parent is not None and parent.figure.effect == g.figure.effect:
            result.append(replace(g, figure=replace(g.figure, scope="part", part_of=parent.figure.id)))
        elif g.figure.id in listed:
            result.append(replace(g, figure=replace(g.figure, scope="part"), listed=True))
        else:
            result.append(g)
    return result


def _worded(document: Document, people: People, actor_of: dict[int, str]) -> tuple[Figure, People]:
    """ "civilians were killed": some, nobody says how many."""
    doc, text = document.spacy, document.report.text
    words = text[doc[people.first].idx:doc[people.end - 1].idx + len(doc[people.end - 1])]
    return _figure(document, people, people.fate.effect, actor_of, None, None, None, "word", " ".join(words.split()),
                   _scope(document, people, doc[people.head].sent), (people,)), people


def _single_figures(document: Document, draft: Draft, given: Sequence[Given], actor_of: dict[int, str]) -> list[Figure]:
    """Figures for persons told one by one: "a man, a woman and a child" is 3, and nobody is counted twice."""
    totals: dict[Effect, Given] = {}
    for g in given:
        if g.figure.scope == "incident" and g.figure.part_of is None:
            totals.setdefault(g.figure.effect, g)
    figures = []
    for group in _listed_together(persons_of(document, draft.people)):
        people = group[0].tellings[-1]
        effect = group[0].effect
        tellings = [p for person in group for p in _telling(person)]
        words = ", ".join(" ".join(document.spacy[p.first:p.end].text.split()) for p in dict.fromkeys(
            person.tellings[0] for person in group))
        figure = _figure(document, people, effect, actor_of, len(group), len(group), len(group), "exact", words, "incident",
                         tellings)
        total = totals.get(effect)
        if total is not None and total.figure.value is not None and total.figure.value < len(group):
            total = None
        if total is not None and _is_other(document, group, total):
            total = None
            figure = replace(figure, scope="part")
        if total is not None:
            if not people.attacker and (people.number != "one" or people.name is not None):
                continue                                        # one of those counted, told again by name
            figure = replace(figure, scope="part", part_of=total.figure.id)
        figures.append(figure)
    alone: dict[Effect, int] = {}
    for f in figures:
        alone[f.effect] = alone.get(f.effect, 0) + 1
    return [replace(f, scope="part") if alone[f.effect] > 1 and f.scope == "incident" else f for f in figures]


def _is_other(document: Document, group: Sequence[Person], total: Given) -> bool:
    """Whether the persons stand beside the counted ones: "himself and four others", "a guard and two students"."""
    heads = {t.chain for person in group for t in person.tellings} | {t.head for person in group for t in person.tellings}
    return total.chain in heads or (total.figure.who or "").split(" ")[0].lower() in {"other", "others"}


def _telling(person: Person) -> list[People]:
    return [person.tellings[0], person.tellings[-1]] if len(person.tellings) > 1 else [person.tellings[0]]


def _listed_together(persons: Sequence[Person]) -> list[list[Person]]:
    groups: dict[tuple[int, Effect, bool], list[Person]] = {}
    for person in persons:
        first = person.tellings[0]
        groups.setdefault((first.chain, person.effect, first.attacker), []).append(person)
    return list(groups.values())
