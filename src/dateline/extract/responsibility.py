"""Who claims, admits, denies or is blamed for an incident."""

from __future__ import annotations

import re
from typing import Any, Literal

from dateline.extract.document import Document, GroupMention
from dateline.extract.doubt import INSIDE, SUSPECTING, is_aimed_at, is_doubted
from dateline.extract.drafts import Draft
from dateline.extract.parties import STATE_WORDS
from dateline.extract.speakers import speaker_at
from dateline.extract.speakers_subjects import speaker_tokens, subject_of
from dateline.records import AsOf, Responsibility, span_of
from dateline.records.account import Stance

PATTERNS: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    (
        "none_claimed",
        re.compile(
            r"\bno (?:group|one|organi[sz]ation|faction)\b[^.]{0,40}\b(?:claimed|taken|took|claim)\b[^.]{0,30}"
            r"|\b(?:no|without any) (?:immediate )?claims? of responsibility|\bnobody (?:has |had )?claimed",
            re.I,
        ),
    ),
    ("withdrawn", re.compile(r"\b(?:withdrew|retracted|took back) (?:its|their|the|a) claim", re.I)),
    (
        "denied",
        re.compile(r"\bden(?:y|ies|ied|ying)\b[^.]{0,40}\b(?:responsibility|involvement|role|carrying|behind|part)", re.I),
    ),
    (
        "claimed",
        re.compile(
            r"\b(?:claim(?:s|ed|ing)?|assum(?:es|ed|ing)|took|taken|taking) (?:\w+ ){0,2}(?:responsibility|credit)"
            r"|\bresponsibility (?:for [^.,]{0,60} )?(?:was|has been|had been) (?:later )?(?:claimed|assumed)"
            r"|\bclaim(?:s|ed)? (?:the|this|that|it|to have)\b(?! \w+ of)"
            r"|\b(?:said|says|saying) (?:that )?(?:it|they|the (?:group|movement|organi[sz]ation)|its \w+|their \w+) "
            r"(?:was|were|had|has|is|are) (?:behind|responsible|carried|theirs|its)|\bwas (?:the group's|its) work",
            re.I,
        ),
    ),
    (
        "admitted",
        re.compile(r"\b(?:admit(?:s|ted)?|acknowledg(?:es|ed))\b[^.]{0,40}\b(?:attack|strike|responsib|carr|kill)", re.I),
    ),
    (
        "blamed",
        re.compile(r"\b(?:blam(?:es|ed|ing)|accus(?:es|ed|ing)|attribut(?:es|ed)|point(?:ed|ing) (?:the |a )?finger)\b", re.I),
    ),
    ("suspected", re.compile(r"\b(?:suspected|believed to (?:be|have)|presumed|suspicion)\b", re.I)),
)
OWN = frozenset(("claimed", "admitted", "denied", "withdrawn"))  # a group's own words about itself
FOR = re.compile(r"\b(?:on behalf of|in the name of|for) (?:the )?\Z", re.I)   # ends where the name begins
NOBODY = re.compile(r"no(?:body| one| group| organi[sz]ation| faction)?\b", re.I)    # speaks
NEAR = 160  # characters between the words and the group's name


def responsibility_of(document: Document, drafts: list[Draft]) -> dict[int, list[Responsibility]]:
    """By the index of a draft: what is said of responsibility for it, in the order told."""
    found: dict[int, list[Responsibility]] = {}
    doc: Any = document.spacy
    for number, sentence in enumerate(doc.sents):
        nobody: range = range(0)          # where it says that nobody claimed it
        for stance, pattern in PATTERNS:
            matches = [one for one in pattern.finditer(sentence.text) if stance not in OWN or one.start() not in nobody]
            for match in matches if stance == "suspected" else matches[:1]:
                start = sentence.start_char + match.start()
                group = _group_near(document, sentence, start, stance) if stance != "none_claimed" else None
                if group is not None or stance == "none_claimed":
                    break
            else:
                continue
            if stance == "none_claimed":
                nobody = range(match.start(), match.end())
            draft = _draft_for(drafts, number, _head_of(document, group) if stance == "suspected" else None)
            if draft is None:
                continue
            found.setdefault(draft, []).append(
                _responsibility(document, stance, sentence, group, start, start + len(match.group()))
            )
    return found


def _claimant(document: Document, sentence: Any, start: int) -> GroupMention | Literal["another"] | None:
    """The group that is the subject of the verb at `start`: "X, a battalion of Y, claimed" is X. "another": forces of a state, or
    whoever else has a name, speak. "Ana Orr, a spokeswoman for X" speaks for X."""
    doc = document.spacy
    verb = next((t for t in sentence if t.idx + len(t) > start and t.pos_ in {"VERB", "AUX"}), None)
    while verb is not None:
        for child in verb.children:
            if child.dep_ not in {"nsubj", "agent"}:
                continue
            noun = child if child.dep_ == "nsubj" else next((g for g in child.children if g.dep_ == "pobj"), child)
            if noun.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl":  # "X, the group that claimed it": X
                noun = verb.head.head if verb.head.dep_ == "appos" else verb.head
            first, last = doc[noun.left_edge.i].idx, noun.idx + len(noun)
            for group in document.groups_meant():
                if first <= group.start < last or group.start <= noun.idx < group.end:
                    return group
            if noun.lemma_.lower() in STATE_WORDS:
                return "another"
            if noun.pos_ == "PROPN":
                beside = (g for g in document.groups_meant() if last <= g.start <= doc[noun.right_edge.i].idx)
                return next(beside, "another")
        if verb.dep_ not in {"ccomp", "xcomp", "conj", "advcl"}:
            return None
        verb = verb.head
    return None


def _group_near(document: Document, sentence: Any, start: int, stance: Stance) -> GroupMention | None:
    inside = [g for g in document.groups_meant() if sentence.start_char <= g.start < sentence.end_char]
    if stance in {"blamed", "suspected"}:
        after = [g for g in inside if 0 <= g.start - start <= NEAR]
        if stance == "suspected":
            return _suspect(document, start, inside, after)
        if after:
            return after[0]
    claimant = _claimant(document, sentence, start)
    if claimant is not None:
        if claimant == "another":     # unless it says in whose name
            return next((g for g in inside if FOR.search(document.report.text, start, g.start)), None)
        return claimant
    near = [g for g in inside if abs(g.start - start) <= NEAR]
    if near:
        before = [g for g in near if g.start < start]
        return before[-1] if before else near[0]
    if stance in {"claimed", "denied", "admitted"} and re.search(
        r"\b(?:the (?:group|movement|militants?|organi[sz]ation)|it|they)\b", sentence.text[:80], re.I
    ):
        earlier = [g for g in document.groups_meant() if g.start < sentence.start_char]
        return earlier[-1] if earlier and sentence.start_char - earlier[-1].start < 600 else None
    return None


def _suspect(document: Document, start: int, inside: list[GroupMention], after: list[GroupMention]) -> GroupMention | None:
    """The group that is suspected by the word at `start`: its subject, else the one named after it. Of those who are only called
    suspects where they are struck ("killed twelve suspected rebels") nobody says that they did it."""
    span = document.spacy.char_span(start, start + 1, alignment_mode="expand")
    word = span[0] if span is not None and len(span) else None
    if word is not None:
        subject = next((child for child in word.children if is_doubted(child)), None)
        if subject is not None:
            first, last = document.spacy[subject.left_edge.i].idx, subject.idx + len(subject)
            named = next((g for g in inside if first <= g.start < last), None)
            if named is not None:
                return named
        if word.lower_ in SUSPECTING and is_aimed_at(word):
            return None
    return after[0] if after else None


def _head_of(document: Document, group: GroupMention | None) -> int | None:
    """The noun that the group's name belongs to: "suspected Red Lantern gunmen"."""
    span = document.spacy.char_span(group.start, group.end, alignment_mode="expand") if group is not None else None
    if span is None or not len(span):
        return None
    head = span.root
    while head.dep_ in INSIDE:
        head = head.head
    return int(head.i)


def _draft_for(drafts: list[Draft], sentence: int, by: int | None) -> int | None:
    """The draft told in the sentence, the one done by that noun first; else the one told last before it, else the first."""
    here = [i for i, d in enumerate(drafts) if sentence in d.sentences]
    if here:
        return next((i for i in here if any(by in act.agents for act in drafts[i].acts)), here[0])
    before = [
        (max(s for s in d.sentences if s < sentence), -i) for i, d in enumerate(drafts) if any(s < sentence for s in d.sentences)
    ]
    if before:
        return -max(before)[1]
    return 0 if drafts else None


def _speaker(document: Document, stance: Stance, group: GroupMention | None, start: int, end: int) -> str | None:
    """Who says it: whose words hold the claim whole, else its end, else the claimant, or the subject that blames; as written."""
    first, last = (min(start, group.start), max(end, group.end)) if group is not None else (start, end)
    for said in (speaker_at(document, first, last), speaker_at(document, end - 1, end)):
        if said is not None and said.speaker is not None and not NOBODY.match(said.speaker.text):
            return said.speaker.text
    if stance in OWN and group is not None:
        return group.text
    if stance != "blamed":
        return None
    span = document.spacy.char_span(start, end, alignment_mode="expand")
    verb = next((token for token in span if token.pos_ == "VERB"), None) if span is not None else None
    subject = subject_of(verb) if verb is not None else None
    if verb is None or subject is None or subject.pos_ not in {"NOUN", "PROPN"}:
        return None
    words = str(document.spacy[slice(*speaker_tokens(subject, verb.i))].text)
    return " ".join(words.removeprefix("The ").removeprefix("the ").removeprefix("A ").removeprefix("An ").split()) or None


def _responsibility(
    document: Document, stance: Stance, sentence: Any, group: GroupMention | None, start: int, end: int
) -> Responsibility:
    text = document.report.text
    speaker = _speaker(document, stance, group, start, end)
    if group is not None:
        start, end = min(start, group.start), max(end, group.end)
    span = span_of(text, start, end)
    written = document.report.written
    as_of = AsOf(
        written.earliest.isoformat() if written.earliest else None, written.latest.isoformat() if written.latest else None
    )
    return Responsibility(stance, span.quote, group.group if group else None, speaker, as_of, (span,))
