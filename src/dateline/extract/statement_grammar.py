"""Who a clause is about: mentions of groups, the pronouns that stand for them, and the subject of a verb."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from dateline.extract.document import Document, PlaceMention, TimeMention
from dateline.extract.statement_lexis import (
    ARTICLES,
    BACKED,
    CONDITIONS,
    DENIALS,
    GROUP_ADJECTIVES,
    GROUP_NOUNS,
    HEDGES,
    HEDGING_HEADS,
    IN_NAME,
    LIST_JOINT,
    MEMBER_NOUNS,
    MEMBER_PREPOSITIONS,
    NEGATIONS,
    SUBJECTS,
    UNREAL_HEADS,
    UNREAL_MODALS,
    ends_sentence,
    matched_text,
)
from dateline.extract.statement_unlisted import unlisted_names
from dateline.where.names import fold

Reality = Literal["stated", "hedged", "unreal", "negated"]

LONGEST_SENTENCE = 400            # characters: what the parse cut apart is put together up to here
LONGEST_LIST = 12                 # groups that one list joins: longer ones are tables
CLIMB = 8                         # heads followed at most: longer chains are the parser's mistakes


@dataclass(frozen=True, slots=True)
class GroupRef:
    """Words that stand for a group: its name, or a pronoun or "the group" with the mention that it takes up."""

    start: int
    end: int
    group: str                    # id in the register, or a key of a group that it lacks: what tells groups apart here
    name: str                     # as written where the group was named
    named: bool
    named_at: tuple[int, int]     # the mention that names it; its own span when named

    @property
    def id(self) -> str | None:
        """Its id in the register; None: the register lacks it."""
        return None if self.group.startswith(UNLISTED) else self.group


UNLISTED = "?"                    # no id begins so


class _Located(Protocol):
    @property
    def start(self) -> int: ...


Mention = TypeVar("Mention", bound=_Located)


class Reading:
    """A parsed document with its group references by token, in the order of the text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.doc = document.spacy
        self.text: str = matched_text(document.report.text, self.doc.text)
        self._starts = [token.idx for token in self.doc]
        self._lines: dict[int, tuple[int, int]] = {}
        self._by_token: dict[int, GroupRef] = {}
        self.refs: list[GroupRef] = []
        for mention in document.groups:
            here = mention.start, mention.end
            self._add(GroupRef(*here, mention.group, self.written(*here).removesuffix("'S").removesuffix("’S"), True, here))
        known = [(mention.start, mention.end) for mention in document.groups]
        places, peoples = ([(p.start, p.end) for p in document.places if p.adjective is adjective] for adjective in (False, True))
        for here in unlisted_names(self.text, known, places, peoples):
            name = self.written(*here)
            self._add(GroupRef(*here, UNLISTED + fold(name), name, True, here))
        self._resolve_pronouns()
        self.refs.sort(key=lambda ref: ref.start)
        self._ref_starts = {ref.start: ref for ref in self.refs}
        self._places = sorted(document.places, key=lambda place: place.start)
        self._times = sorted(document.times, key=lambda time: time.start)
        self.sentences = [s for s in self.doc.sents if any(t.i in self._by_token for t in s)]

    def written(self, start: int, end: int) -> str:
        """The report's own words, with their capitals; a line's end inside them is a space."""
        return " ".join(self.document.report.text[start:end].split())

    def _add(self, ref: GroupRef) -> None:
        self.refs.append(ref)
        first = max(bisect_right(self._starts, ref.start) - 1, 0)
        for i in range(first, len(self._starts)):
            if self._starts[i] >= ref.end:
                break
            self._by_token[i] = ref

    def ref_of(self, token: Any) -> GroupRef | None:
        return self._by_token.get(token.i)

    def ref_at(self, start: int) -> GroupRef | None:
        """The reference that starts at `start`, an article or "both" before it left out."""
        skipped = ARTICLES.match(self.text, start)
        return self._ref_starts.get(start) or (self._ref_starts.get(skipped.end()) if skipped else None)

    def refs_between(self, start: int, end: int) -> list[GroupRef]:
        return _within(self.refs, start, end)

    def places_between(self, start: int, end: int) -> list[PlaceMention]:
        return _within(self._places, start, end)

    def times_between(self, start: int, end: int) -> list[TimeMention]:
        return [time for time in _within(self._times, start, end) if time.end <= end]

    def list_of(self, ref: GroupRef) -> list[GroupRef]:
        """The groups that "and" and commas join with `ref`, itself among them, in the order of the text: "A, B and C"."""
        at = bisect_left(self.refs, ref.start, key=lambda one: one.start)
        first = last = at
        while first > 0 and self._joined(self.refs[first - 1], self.refs[first]):
            first -= 1
        while last + 1 < len(self.refs) and self._joined(self.refs[last], self.refs[last + 1]):
            last += 1
        return self.refs[first:last + 1] if last - first < LONGEST_LIST else [ref]

    def _joined(self, one: GroupRef, other: GroupRef) -> bool:
        gap = self.text[one.end:other.start]
        return one.named and other.named and one.group != other.group and LIST_JOINT.fullmatch(gap) is not None

    def line_of(self, ref: GroupRef) -> tuple[int, int]:
        """The sentence around `ref`, no more than 400 characters either side, and within its line."""
        if (known := self._lines.get(ref.start)) is not None:
            return known
        span = self.doc.char_span(ref.start, ref.end, alignment_mode="expand")   # slow in a long text, hence kept
        sent = span.sent if span is not None and len(span) else None
        low, high = self._whole_sentence(sent) if sent is not None else (ref.start, ref.end)
        low, high = max(low, ref.start - 400), min(high, ref.end + 400)
        line_end = self.text.find("\n", ref.end, high)
        line = max(low, self.text.rfind("\n", low, ref.start) + 1), line_end if line_end >= 0 else high
        self._lines[ref.start] = line
        return line

    def _whole_sentence(self, sent: Any) -> tuple[int, int]:
        """The sentence with those before and after it that the parse cut off where no sentence ends: "M-19" | "Commander ..."."""
        low, high = sent.start_char, sent.end_char
        if high - low > LONGEST_SENTENCE:
            return low, high
        follows = sent.end < len(self.doc) and "\n" not in self.text[high:self._starts[sent.end]]
        if follows and not ends_sentence(self.text[low:high]):
            after = self.doc[sent.end].sent.end_char
            high = after if after - low <= LONGEST_SENTENCE else high
        if sent.start > 0:
            before = self.doc[sent.start - 1].sent.start_char
            if high - before <= LONGEST_SENTENCE and not ends_sentence(self.text[before:low]):
                low = before
        return low, high

    def _resolve_pronouns(self) -> None:
        """Give "it", "they" and "the group" the group that was the last subject of its paragraph.

        "It" needs that group to be the last singular subject of any kind: in "the army said it holds X" it is the army.
        "The group" may also reach back to the paragraph before, when that named one group only.
        """
        focus: GroupRef | None = None         # last group that was a subject in this paragraph
        last_subject: GroupRef | None = None  # as focus, None when something else was a subject since
        in_paragraph: set[str] = set()
        before: GroupRef | None = None        # the only group of the paragraph before
        latest: GroupRef | None = None
        for sentence in self.doc.sents:
            for token in sentence:
                if token.is_space:
                    if "\n" in token.text:
                        before = latest if len(in_paragraph) == 1 else before if not in_paragraph else None
                        focus = last_subject = latest = None
                        in_paragraph = set()
                    continue
                ref = self._by_token.get(token.i)
                found = ref or self._taken_up(token, focus, last_subject, in_paragraph, latest or before)
                if ref is None and found is not None:
                    start = token.left_edge.idx if token.lemma_.lower() in GROUP_NOUNS else token.idx
                    ref = GroupRef(start, token.idx + len(token), found.group, found.name, False, found.named_at)
                    self._add(ref)
                if ref is not None:
                    in_paragraph.add(ref.group)
                    latest = ref
                if token.dep_ in SUBJECTS and token.tag_ not in ("WDT", "WP", "EX"):
                    about = ref or self._owner(token)
                    if about is not None:
                        focus = last_subject = about
                    elif token.tag_ in ("NN", "NNP", "PRP", "DT") and token.lower_ not in ("they", "we", "i", "you"):
                        last_subject = None

    @staticmethod
    def _taken_up(token: Any, focus: GroupRef | None, last_subject: GroupRef | None, in_paragraph: set[str],
                  before: GroupRef | None) -> GroupRef | None:
        word = token.lower_
        if word in ("it", "its"):
            return last_subject if len(in_paragraph) < 3 else None
        if word in ("they", "their"):
            return last_subject
        if token.lemma_.lower() in GROUP_NOUNS and token.tag_ == "NN" and any(
                c.lower_ in ("the", "this", "that") and c.dep_ == "det" for c in token.children):
            plain = all(c.dep_ in ("det", "case") or c.lower_ in GROUP_ADJECTIVES | BACKED for c in token.lefts)
            follows = any(c.dep_ in ("appos", "acl") or c.lower_ == "of" for c in token.rights)
            # "the rights group", "the group of students" are other things
            return (focus or before) if plain and not follows else None
        return None

    def _owner(self, noun: Any) -> GroupRef | None:
        """The group in "Taliban fighters", "the group's leadership", "fighters of the Taliban"."""
        for child in noun.children:
            if child.dep_ in IN_NAME and (ref := self.ref_of(child)):
                return ref
            if child.dep_ == "prep" and child.lower_ in MEMBER_PREPOSITIONS:
                for inner in child.children:
                    if ref := self.ref_of(inner):
                        return ref
        return None

    def stands_for(self, noun: Any) -> GroupRef | None:
        """The group that `noun` is, or whose people it is."""
        if ref := self.ref_of(noun):
            return ref
        return self._owner(noun) if noun.lemma_.lower() in MEMBER_NOUNS else None

    def subject_of(self, verb: Any, depth: int = 0) -> GroupRef | None:
        """The group that does what `verb` says (or undergoes it, in the passive), or None."""
        if depth > CLIMB:
            return None
        # the parser hangs the subject of "remains weakened" on "remains"
        auxiliaries = (inner for child in verb.children if child.dep_ in ("aux", "auxpass") for inner in child.children)
        for child in (*verb.children, *auxiliaries):
            if child.dep_ in SUBJECTS:
                if child.tag_ in ("WDT", "WP") or (child.lower_ == "that" and verb.dep_ == "relcl"):
                    return self.stands_for(verb.head)
                return self.stands_for(child)
        head = verb.head
        if head.i == verb.i:
            return None
        if verb.dep_ in ("xcomp", "ccomp"):
            for child in head.children:
                if child.dep_ == "dobj":      # "forced the group to leave"
                    return self.stands_for(child)
        if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "pcomp", "auxpass", "prep"):
            return self.subject_of(head, depth + 1)
        if verb.dep_ in ("acl", "relcl"):
            return self.stands_for(head) or self._owner(head)
        if verb.dep_ in ("acomp", "attr") or head.pos_ in ("ADP", "ADJ", "SCONJ"):
            return self.subject_of(head, depth + 1)
        return None

    def sits_in(self, noun: Any) -> Any | None:
        """The verb that governs `noun` through prepositions, lists and nouns, or None."""
        token = noun
        for _ in range(CLIMB):
            if token.head.i == token.i:
                return None
            token = token.head
            if token.pos_ in ("VERB", "AUX") and not (token.tag_ == "VBN" and token.dep_ == "amod"):
                return token
        return None

    def reality_of(self, verb: Any) -> Reality:
        """How far a clause goes: "controls", "is believed to control", "wants to control", "does not control"."""
        reality: Reality = "stated"
        token, came_by = verb, ""
        for step in range(CLIMB):
            lemma = token.lemma_.lower()
            for child in token.children:
                word = child.lower_
                if child.dep_ == "neg" or (word in NEGATIONS and child.dep_ in ("advmod", "det", "cc", "preconj")):
                    return "negated"
                if (child.dep_ == "aux" and word in UNREAL_MODALS) or (child.dep_ == "mark" and word in CONDITIONS):
                    reality = "unreal"
                if child.dep_ == "advmod" and HEDGES.fullmatch(word) and reality == "stated":
                    reality = "hedged"
            if token.dep_ in ("advcl", "acl") and reality == "stated" and any(
                    c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
                reality = "unreal"            # a purpose: "a campaign to defeat X"
            if step and lemma in DENIALS:
                return "negated"
            if step and lemma in UNREAL_HEADS and came_by in ("xcomp", "acl"):
                reality = "unreal"
            if step and lemma in HEDGING_HEADS and came_by == "xcomp" and reality == "stated":
                reality = "hedged"
            came_by = token.dep_
            if came_by not in ("xcomp", "conj", "ccomp", "advcl", "acl", "pcomp", "prep") or token.head.i == token.i:
                return reality
            if came_by in ("advcl", "prep") and any(c.dep_ == "mark" for c in token.children):
                return reality                # "although it controls X, it does not ...": the other clause's "not"
            if came_by == "conj" and any(c.dep_ in SUBJECTS for c in token.children):
                return reality
            token = token.head
        return reality

    def verbs(self) -> Iterator[tuple[Any, GroupRef]]:
        """Each verb of the sentences that name a group, with the group that is its subject."""
        for sentence in self.sentences:
            for token in sentence:
                if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass") and (
                        ref := self.subject_of(token)):
                    yield token, ref


def _within(mentions: Sequence[Mention], start: int, end: int) -> list[Mention]:
    """Those that begin in [start, end), of mentions in the order of the text."""
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    return list(mentions[first:bisect_left(mentions, end, lo=first, key=lambda mention: mention.start)])
