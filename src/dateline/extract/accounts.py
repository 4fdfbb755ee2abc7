"""Drafts -> accounts: kind, status, when, where, headline and everything that an account carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dateline.extract.acts import Act
from dateline.extract.contexts import NOTICES
from dateline.extract.document import Document
from dateline.extract.drafts import Draft, put_together
from dateline.extract.figures import figures_of
from dateline.extract.home import at_home
from dateline.extract.lexicon import lexicon
from dateline.extract.parties import parties_of
from dateline.extract.people import find_people
from dateline.extract.people_group import People
from dateline.extract.reader.cast import cast_of
from dateline.extract.reader.fillers import Filler
from dateline.extract.reader.incident import likely_of
from dateline.extract.reader.parties import MODEL, Draw, weighed
from dateline.extract.register import Register
from dateline.extract.responsibility import responsibility_of
from dateline.extract.speakers import speaker_at
from dateline.extract.tables import Tables
from dateline.extract.whenwhere import Scenes, when_and_where
from dateline.records import (
    Account,
    Actor,
    Evidence,
    Occurrence,
    Responsibility,
    Sensitive,
    Span,
    When,
    Where,
    span_of,
)
from dateline.records.account import INCIDENT_STATUSES, Nature, SensitiveKind, Status, account_id
from dateline.records.kinds import KINDS, headline
from dateline.where.gazetteer import Gazetteer

CLASH = "armed clash"
ATTACK_WORDS = {"attack", "assault", "raid", "storm", "ambush", "rampage"}
PARTY_KINDS = {"armed group", "military"}


def build_accounts(document: Document, register: Register, gazetteer: Gazetteer) -> None:
    """Add the report's accounts to `document.accounts`, in the order told."""
    if not document.acts:
        return
    told = document
    document = replace(told, places=at_home(told, gazetteer))
    people = find_people(document)
    tables = document.tables
    drafts = put_together(document, people, tables.tokens)
    told.accounts = accounts_of(document, [d for d in drafts if _worth_keeping(document, d)], tables, register, gazetteer)


def accounts_of(
    document: Document, drafts: list[Draft], tables: Tables, register: Register, gazetteer: Gazetteer
) -> list[Account]:
    """The accounts that `drafts` become, whoever drafted them, in the order given. document: its places are those at home."""
    nature = _nature(document)
    said = responsibility_of(document, drafts)
    scenes = Scenes.of(document, tables.tokens, gazetteer)
    cast = cast_of(document, drafts, document.reading.fillers, tables.tokens) if document.reading else {}
    accounts = [_account(scenes, tables, register, nature, d, said.get(i, []), cast.get(i, [])) for i, d in enumerate(drafts)]
    return marked_main(told_apart(accounts))


def told_apart(accounts: Sequence[Account]) -> list[Account]:
    """`accounts`, in the order told, each with an id of its own: one sentence may tell of two incidents."""
    seen: Counter[str] = Counter()
    apart = []
    for one in accounts:
        again = seen[one.id]
        seen[one.id] += 1
        apart.append(replace(one, id=account_id(one.report, one.evidence, again)) if again else one)
    return apart


def marked_main(accounts: Sequence[Account]) -> list[Account]:
    """`accounts`, in the order told, with the one marked that the report is mostly about.

    Of those told as news, else of those that become incidents, the one with most sentences; of equals the first.
    """
    incidents = [one for one in accounts if one.status in INCIDENT_STATUSES]
    leading = [one for one in incidents if one.told_as == "news"] or incidents or accounts
    main = max(leading, key=lambda one: len(one.evidence), default=None)
    return [replace(one, main=one is main) for one in accounts]


def _worth_keeping(document: Document, draft: Draft) -> bool:
    """Whether enough is told of a draft to be an account: violence that is merely mentioned is none."""
    doc: Any = document.spacy
    tied = bool(draft.places or draft.times)
    groups = {i for g in document.groups for i in range(g.start, g.end)}
    agents = [i for a in draft.acts for i in a.agents]
    grouped = any(doc[i].idx in groups for i in agents)
    if draft.status in NOTICES:
        return draft.status != "hypothetical" and (grouped or any(doc[i].pos_ != "PRON" for i in agents))
    if draft.people:
        return True
    if all(a.plural and a.noun for a in draft.acts):
        return False
    specific = any(a.kind for a in draft.acts)
    done_to = any(a.patients for a in draft.acts)
    if all(a.noun and not a.kind for a in draft.acts):
        return tied and (grouped or done_to)
    return specific and (tied or grouped or (done_to and bool(agents)))


def _account(
    scenes: Scenes, tables: Tables, register: Register, nature: Nature, draft: Draft, said: list[Responsibility],
    cast: Sequence[Filler],
) -> Account:
    document = scenes.document
    evidence = _evidence(document, draft)
    when, where = when_and_where(scenes, scenes.telling(draft), evidence)
    parties = parties_of(document, draft, tables, register, when.best or when.latest, where.country)
    kind, acts = _kinds(document, draft)
    if document.reading is not None:
        parties = weighed(parties, Draw(document, document.reading, cast, kind, tables, register, when.best or when.latest,
                                        where.country))
    attackers = frozenset(actor.id for actor in parties.actors if actor.role == "attacker")
    figures = figures_of(document, draft, parties.actor_of, nature, attackers)
    actors = _with_claimed(document, parties.actors, said, register, when, where)
    account = Account(
        id=account_id(document.report.id, evidence),
        report=document.report.id,
        kind=kind,
        acts=acts,
        status=_status(document, draft),
        told_as=draft.told_as,
        nature=nature,
        headline=headline(kind, where.name or where.text),
        when=when,
        where=where,
        actors=actors,
        targets=parties.targets,
        weapons=parties.weapons,
        affected=parties.affected,
        figures=figures,
        responsibility=tuple(said),
        occurrence=_occurrence(document, draft),
        sensitive=_sensitive(document, draft, cast),
        evidence=evidence,
    )
    return replace(account, likely=likely_of(account, document))


def _kinds(document: Document, draft: Draft) -> tuple[str, tuple[str, ...]]:
    """The kind and the acts in the order told. A clash told within another attack (guards firing back) is an act of it,
    and not its kind: ACLED's hierarchy would make every attack that met resistance a battle."""
    told = [kind for a in draft.acts if (kind := a.kind or _generic_attack(document, a))]
    if any(a.kind == "remote explosive/landmine/ied" for a in draft.acts) and _suicide_told(document, draft):
        told.append("suicide bomb")
    if not told:
        return "attack", ("attack",)
    acts = tuple(dict.fromkeys(told))
    candidates = [k for k in acts if k != CLASH] if acts[0] != CLASH and len(acts) > 1 else list(acts)
    return min(candidates, key=lambda k: KINDS[k].rank), acts


def _generic_attack(document: Document, act: Act) -> str:
    """ "stormed the town", "the raid": an attack, which keeps a clash that follows from being the kind."""
    return "attack" if document.spacy[act.token].lemma_.lower() in ATTACK_WORDS else ""


def _suicide_told(document: Document, draft: Draft) -> bool:
    """A bomber who drives the bomb to its place: "a bomber drove a vehicle packed with explosives into"."""
    doc: Any = document.spacy
    for number, sentence in enumerate(doc.sents):
        if number in draft.sentences:
            lemmas = {t.lemma_.lower() for t in sentence}
            if (not lemmas.isdisjoint(("drive", "ram")) and not lemmas.isdisjoint(("explosive", "explosives", "bomb"))
                    and not lemmas.isdisjoint(("bomber", "attacker", "suicide", "himself"))
                    and any(t.lemma_.lower() in {"drive", "ram"} and t.pos_ == "VERB" for t in sentence)):
                return True
    return False


def _status(document: Document, draft: Draft) -> Status:
    """As the acts are told; alleged where everything about it is said by parties to the conflict."""
    if draft.status in NOTICES:
        return draft.status
    statuses = [a.status for a in draft.acts]
    if "happened" not in statuses:
        return statuses[0]
    doc: Any = document.spacy
    speakers = []
    for act in draft.acts:
        attribution = speaker_at(document, doc[act.token].idx, doc[act.token].idx + 1)
        denied = attribution is not None and attribution.cue.lower().startswith(("den", "reject", "dismiss"))
        speakers.append(attribution.speaker if attribution and not denied else None)
    if all(s is not None and (s.party is not None or s.kind in PARTY_KINDS) for s in speakers):
        return "alleged"
    if all(a.denied for a in draft.acts):
        return "alleged"
    return "happened"


def _nature(document: Document) -> Nature:
    """Of the report as a whole: a known armed group makes it political, else the words that speak for one or the other."""
    lex = lexicon()
    if document.groups:
        return "political"
    votes = {"political": 0, "crime": 0, "accident": 0}
    seen = set()
    for token in document.spacy:
        lemma = token.lemma_.lower()
        nature = lex.nature.get(lemma)
        if nature and lemma not in seen:
            seen.add(lemma)
            votes[nature] += 1
    if votes["accident"] and not votes["political"]:
        return "accident"
    if votes["political"] > votes["crime"] + votes["accident"]:
        return "political"                   # "a military hospital" makes no politics of an accident
    return "crime" if votes["crime"] > votes["political"] else "unknown"


def _evidence(document: Document, draft: Draft) -> Evidence:
    """The sentences that tell the acts."""
    doc: Any = document.spacy
    spans: dict[int, Span] = {}
    for act in draft.acts:
        sentence = doc[act.token].sent
        spans.setdefault(sentence.start, span_of(document.report.text, sentence.start_char, sentence.end_char))
    return tuple(spans[s] for s in sorted(spans))


def _with_claimed(
    document: Document, actors: tuple[Actor, ...], said: list[Responsibility], register: Register, when: When, where: Where
) -> tuple[Actor, ...]:
    """Actors, and as attackers the groups that claimed it, admitted it, or are blamed for it."""
    result = list(actors)
    for responsibility in said:
        stance = responsibility.stance
        if responsibility.group is None or stance not in {"claimed", "admitted", "blamed", "suspected"}:
            continue
        held = next((i for i, a in enumerate(result) if a.group == responsibility.group and a.role == "attacker"), None)
        if held is not None:
            if result[held].origin == MODEL:         # which does not say whose word it is
                result[held] = replace(result[held], certainty=stance)
            continue
        mention = next(g for g in document.groups_meant() if g.group == responsibility.group)
        result.append(
            Actor(
                f"a{len(result) + 1}",
                "attacker",
                mention.text,
                None,
                mention.text,
                responsibility.group,
                register.type_in(responsibility.group, where.country, when.best or when.latest),
                None,
                stance,
                responsibility.evidence,
            )
        )
    return tuple(result)


def _occurrence(document: Document, draft: Draft) -> tuple[Occurrence, ...]:
    doc: Any = document.spacy
    result = []
    for act in draft.acts:
        if act.denied:
            sentence = doc[act.token].sent
            denier = next((a for a in doc[act.token].ancestors if lexicon().status.get(a.lemma_.lower()) == "denied"), None)
            subject = next((c for c in denier.children if c.dep_ == "nsubj"), None) if denier is not None else None
            speaker = doc[subject.left_edge.i : subject.i + 1].text if subject is not None else None
            result.append(
                Occurrence("denied", "act", speaker, (span_of(document.report.text, sentence.start_char, sentence.end_char),))
            )
    return tuple(result)


def _sensitive(document: Document, draft: Draft, cast: Sequence[Filler] = ()) -> tuple[Sensitive, ...]:
    doc, text, lex = document.spacy, document.report.text, lexicon()
    result = []

    def add(kind: SensitiveKind, first: int, end: int) -> None:
        result.append(Sensitive(kind, (span_of(text, doc[first].idx, doc[end - 1].idx + len(doc[end - 1])),)))

    for people in draft.people:
        if people.name is not None and not people.attacker:
            add("victim or witness name", people.first, people.end)
        elif doc[people.noun].lemma_.lower() in lex.children and _single(people):
            add("minor", people.first, people.end)
    named = [span for one in result for span in one.evidence]
    for mention in (one for filler in cast if filler.role == "victim_name" for one in filler.mentions):
        if not any(span.start < mention.end and mention.start < span.end for span in named):
            result.append(Sensitive("victim or witness name", (span_of(text, mention.start, mention.end),)))
    for act in draft.acts:
        if act.kind == "sexual violence":
            add("sexual violence", act.first, act.end)
    return tuple(dict.fromkeys(result))


def _single(people: People) -> bool:
    return people.number in {"one", "definite one"}
