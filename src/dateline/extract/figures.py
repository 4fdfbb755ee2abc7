"""Groups of people with a fate -> figures: bounds, who, side, scope, parts and totals, speaker."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline.extract.asof import as_of
from dateline.extract.document import Document
from dateline.extract.drafts import Draft
from dateline.extract.figures_one import one_toll
from dateline.extract.figures_parts import Given, related
from dateline.extract.figures_self import hurt_alone
from dateline.extract.figures_shot import died_all, died_of_a_deadly_act, settled_shot
from dateline.extract.people_group import People
from dateline.extract.persons import Person, listed_together, persons_of
from dateline.extract.scopes import counts_a_war, is_increment, is_told_apart
from dateline.extract.speakers import speaker_at, speakers_at
from dateline.records import Evidence, Figure, Span, span_of
from dateline.records.account import Effect, Modifier, Nature, Scope

MORE = re.compile(r"\b(?:more|further|additional)\b", re.I)

def figures_of(document: Document, draft: Draft, actor_of: dict[int, str], nature: Nature = "unknown",
               attackers: frozenset[str] = frozenset()) -> tuple[Figure, ...]:
    """The figures of one draft, in the order told.

    actor_of: head token -> id of the account's actor that lost them. nature: of the account; where it is political, "shot"
    without a word of what became of them is killed or injured (`casualties`). attackers: ids of the actors who did it.
    """
    told = [people for people in draft.people if not _speaks(document, people)]
    counted = [_counted(document, p, actor_of) for p in told if p.count is not None]
    persons = [_persons(document, group, actor_of) for group in listed_together(persons_of(document, told))]
    pairs = [replace(g, persons=()) for g in persons if len(g.persons) == 1 and g.people.members > 1]   # "a couple": a count
    counted, persons = [*counted, *pairs], [g for g in persons if g.people.members == 1 or len(g.persons) > 1]
    given = related(document, counted, hurt_alone(document, counted, persons, attackers, nature))
    given = died_all(document, given, told)
    given = died_of_a_deadly_act(document, given, draft.acts) if nature != "political" else given
    effects = {g.figure.effect for g in given}
    for people in told:
        if people.number == "some" and people.count is None and (people.parent is not None or people.fate.effect not in effects):
            given.append(_worded(document, people, actor_of, given))
    given = settled_shot(document, given, political=nature == "political")
    given = one_toll(given, attackers) if nature != "political" else given
    unique = {g.figure.id: g.figure for g in given}
    return tuple(sorted(unique.values(), key=lambda f: f.evidence[0].start))


def _speaks(document: Document, people: People) -> bool:
    """Whether a name is a speaker's, whom the parse took for one of the hurt: "wounded 25 others Lena Orr told Hawk Wire"."""
    if people.name is None:
        return False
    at, told = document.spacy[people.head].idx, document.spacy[people.fate.trigger].idx
    return any(one.speaker_start <= at < one.speaker_end and one.start <= told < one.end for one in document.attributions)


def _counted(document: Document, people: People, actor_of: dict[int, str]) -> Given:
    count = people.count
    assert count is not None
    scope = _scope(document, people, document.spacy[people.head].sent)
    figure = _figure(document, people, people.fate.effect, actor_of, count.low, count.high, count.value, count.modifier,
                     count.words, scope, (people,))
    return Given(figure, people, (people,), people.fate.weak, people.fate.shot, people.fate.wounds)


def _persons(document: Document, group: Sequence[Person], actor_of: dict[int, str]) -> Given:
    """One figure for persons told one by one and listed together: "a man, a woman and a child" is 3."""
    people = _telling_best(group[0])
    tellings = [p for person in group for p in dict.fromkeys((person.tellings[0], _telling_outcome(person)))]
    words = ", ".join(" ".join(document.spacy[p.first:p.end].text.split()) for p in dict.fromkeys(
        person.tellings[0] for person in group))
    number = sum(person.tellings[0].members for person in group)
    figure = _figure(document, people, group[0].effect, actor_of, number, number, number, "exact", words, "incident", tellings)
    return Given(figure, people, tuple(t for person in group for t in person.tellings), all(p.weak for p in group),
                 all(p.shot for p in group), False, tuple(group))


def _telling_best(person: Person) -> People:
    """The telling that says most of who it was: the first that is no name."""
    return next((p for p in person.tellings if p.name is None), person.tellings[0])


def _telling_outcome(person: Person) -> People:
    """The first telling of what became of the person in the end."""
    return next((p for p in person.tellings if person.effect in {p.fate.effect, *(f.effect for _, f in p.later)}),
                person.tellings[-1])


def _figure(document: Document, people: People, effect: Effect, actor_of: dict[int, str], low: int | None, high: int | None,
            value: int | None, modifier: Modifier, words: str, scope: Scope, group: Sequence[People]) -> Figure:
    doc = document.spacy
    evidence = _evidence(document, group)
    attribution = speaker_at(document, evidence[0].start, evidence[0].end)
    speaker = attribution.speaker if attribution else None
    identity = hashlib.sha256(repr((document.report.id, effect, low, high, [(e.start, e.end) for e in evidence])).encode())
    who = _who(document, people)
    return Figure(
        id="F" + identity.hexdigest()[:16], effect=effect, who=who, of=actor_of.get(people.noun),
        side=people.side, low=low, high=high, value=value, modifier=modifier, words=words, scope=scope, part_of=None,
        includes_attackers=_includes_attackers(doc, people), standing="stands", supersedes=(),
        speaker=speaker.text if speaker else None, speakers=speakers_at(document, evidence[0].start, evidence[0].end),
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
        for pronoun, fate in people.later:                      # "He died at a hospital"
            first, last = sorted((doc[pronoun], doc[fate.trigger]), key=lambda t: t.i)
            spans.append(span_of(text, first.idx, last.idx + len(last)))
    return tuple(dict.fromkeys(spans))


def _who(document: Document, people: People) -> str | None:
    """Who they were, as written, without the count: "US service members"; None where only a number stands."""
    doc, text = document.spacy, document.report.text
    start = max(people.count.end if people.count is not None else 0, doc[people.first].idx)
    end = doc[people.end - 1].idx + len(doc[people.end - 1])
    words = text[start:end].strip(" -\n") if start < end else ""
    for article in ("of the ", "of ", "the ", "a ", "an "):
        words = words.removeprefix(article)
    return " ".join(words.split()) or None


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
    trigger = doc[people.fate.trigger]
    near = _words_around(doc[max(people.first - 12, sentence.start):min(people.end + 16, sentence.end)], trigger)
    if counts_a_war(near):
        return "cumulative"
    governing = {a.i for a in trigger.ancestors} | {t.i for t in trigger.subtree if t.dep_ == "pobj"}
    for act in document.acts:
        if act.plural and act.noun and act.token in governing and not act.definite and is_told_apart(act.kind, near):
            return "several_incidents"
    after = doc[people.end - 1:min(people.end + 4, sentence.end)].text
    more = MORE.search(doc[people.first:people.end].text) and trigger.lemma_.lower() in {"die", "succumb"}
    if is_increment(after) or more:
        return "increment"
    return "incident"


def _words_around(span: Any, trigger: Any) -> str:
    """The words around a count less clauses on other nouns: of "two in a city that is divided since 2012" the first three."""
    aside = {t.i for c in span if c.dep_ == "relcl" and c.i > trigger.i for t in c.subtree}
    return "".join(t.text_with_ws for t in span if t.i not in aside)


def _worded(document: Document, people: People, actor_of: dict[int, str], given: Sequence[Given]) -> Given:
    """ "civilians were killed": some, nobody says how many."""
    doc, text = document.spacy, document.report.text
    words = text[doc[people.first].idx:doc[people.end - 1].idx + len(doc[people.end - 1])]
    figure = _figure(document, people, people.fate.effect, actor_of, None, None, None, "word", " ".join(words.split()),
                     _scope(document, people, doc[people.head].sent), (people,))
    parent = next((g.figure.id for g in given if g.people.head == people.parent), None)
    if parent is not None:
        figure = replace(figure, scope="part", part_of=parent)
    return Given(figure, people, (people,), people.fate.weak, people.fate.shot, people.fate.wounds)
