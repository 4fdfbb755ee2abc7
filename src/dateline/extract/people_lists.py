"""People told beside others: "were among the dead", "along with two others", "15 in Arden and six in Bara"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateline.extract.document import Count
from dateline.extract.effects import fate_of
from dateline.extract.effects_verbs import Fate
from dateline.extract.hurt import WOUNDS
from dateline.extract.lexicon import Lexicon, Words
from dateline.extract.people_numbers import head_of_count

if TYPE_CHECKING:
    from dateline.extract.people_group import People

Token = Any                       # spacy.tokens.Token

AMONG = {"among", "amongst"}
BESIDE = ({"along", "with"}, {"together", "with"}, {"addition", "to"})
WHERE = {"in", "at", "near", "outside", "on", "from"}
STATES = {"condition", "conditions", "custody", "hospital", "surgery", "care"}
BEFORE_NEXT = {",", "and", "another", "a", "further"}
LISTED = {"and", "as", "well", "plus", "&"}
HARM = {"killed", "injured"}
AGE_WORDS = {"age", "ages", "aged"}
TOLD_OF_IT = {"dead", "wounded", "injured", "hurt", "hospitalized", "who"}
LONGEST_PHRASE = 8                # tokens of "her 33-year-old father"
FEWEST = 2                        # numbers that have to follow a count to be its parts by their sum


def among(head: Token, lex: Lexicon) -> Fate | None:
    """ "six children were among the dead", "among at least 22 people killed"; the order may be turned round"""
    whole = whole_of(head)
    return fate_of(whole, lex) if whole is not None else None


def whole_of(head: Token) -> Token | None:
    """The people that `head` "were among"; None where it is not told so."""
    while head.dep_ == "conj" and head.head.i < head.i and head.head.pos_ in {"NOUN", "PROPN", "NUM"}:
        head = head.head
    verb = head.head
    if head.dep_ not in {"nsubj", "attr"} or verb.lemma_ != "be":
        return None
    nouns = (noun for prep in verb.children if prep.lower_ in AMONG for noun in prep.children if noun.dep_ == "pobj")
    return next(nouns, None)


def is_told_first(head: Token) -> bool:
    """Whether a person among others is new: listed with another, or among those counted here. "The boy was among them" is not."""
    whole = whole_of(head)
    one = any(child.lower_ in {"a", "an"} for child in head.lefts)
    listed = head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.children)
    return one and whole is not None and (listed or any(child.like_num for child in whole.lefts))


def beside(head: Token, lex: Lexicon) -> Fate | None:
    """What became of those "along with", "together with" or "in addition to" whom these people are told."""
    others = beside_whom(head)
    return next((fate for other in others if (fate := _told_of(other, lex)) is not None), None)


def beside_whom(head: Token) -> list[Token]:
    """The people "along with" whom these are told: "two boys are dead along with their father"; none where it is not told so."""
    prep = head.head
    if head.dep_ != "pobj" or prep.i == 0 or {prep.doc[prep.i - 1].lower_, prep.lower_} not in BESIDE:
        return []
    verb = next((node for node in prep.ancestors if node.pos_ in {"VERB", "AUX"}), None)
    return [] if verb is None else [
        child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and child.i < head.i]


def _told_of(other: Token, lex: Lexicon) -> Fate | None:
    fate, verb = fate_of(other, lex), other.head
    passive = other.dep_ != "nsubj"
    told = fate is not None and ((passive and fate.trigger == verb.i) or _is_state_of(verb, fate))
    return fate if told else None                               # "found dead along with" is none


def _is_state_of(verb: Token, fate: Fate) -> bool:
    """ "are dead along with their father" """
    return bool(verb.lemma_ == "be" and verb.doc[fate.trigger].head.i == verb.i)


def noun_after(token: Token, is_people: Callable[[Token], bool]) -> Token | None:
    """The plural right after a number that the parse tied to a later noun: "11 children state media reported"."""
    doc, at = token.doc, token.i + 1
    if [t.lower_ for t in doc[at:at + 2]] == ["co", "-"]:
        at += 2                                                 # "three co-workers"
    after = doc[at] if at < len(doc) else None
    plural = after is not None and after.tag_ in {"NNS", "NNPS"} and after.sent == token.sent
    return after if after is not None and plural and is_people(after) else None


def counts_going_on(doc: Any, words: Words, counts: Mapping[int, Count], found: Mapping[int, People],
                    is_people: Callable[[Token], bool]) -> list[People]:
    """The counts that go on with one of `found`, and of which nothing is told in words of their own.

    "150 bodies were counted in Arden, 100 in Bara"; "six farmers and five guards", "18 people including 11 children", however
    they were parsed. counts: by their last token. Sides are still those of the people before.
    """
    known = dict(found)
    shares: dict[int, list[People]] = {}
    for last, count in counts.items():
        head = head_of_count(doc[last])
        if head.i in known or last in known or count.value is None:
            continue
        first = _first_token(doc, last, count)
        before = [p for p in known.values() if p.head < first and words.sentence_of[p.head] == words.sentence_of[last]]
        of = max(before, key=lambda p: p.head, default=None)
        if of is None:
            continue
        joint = _joint(doc, of.end, first)
        noun = noun_after(doc[last], is_people) if joint is not None else None
        if noun is not None:
            parent, chain = (of.head, noun.i) if joint == "including" else (of.parent, of.chain)
            known[noun.i] = replace(of, head=noun.i, noun=noun.i, first=first, end=noun.i + 1, count=count, parent=parent,
                                    chain=chain, some_of=False, later=())
        elif head.i == last and _told_on(doc, first, last):
            whole = known.get(of.chain, of)
            known[last] = replace(whole, head=last, noun=last, first=first, end=last + 1, count=count, parent=None,
                                  chain=whole.head, some_of=False, later=())
            shares.setdefault(whole.head, []).append(known[last])
    for of_head, listed in shares.items():
        if _share_out(known[of_head], listed):
            known.update({p.head: replace(p, parent=of_head, chain=p.head) for p in listed})
    return [people for head, people in known.items() if head not in found]


def persons_going_on(doc: Any, words: Words, found: Mapping[int, People],
                     is_person: Callable[[Token], bool]) -> dict[int, People]:
    """The persons listed behind objects of harm, to whom the parse gave another place: by head, those whom the list tells before.

    "shot a 9-year-old and her 40-year-old father as they walked": what they are listed with is told of them too.
    """
    listed: dict[int, People] = {}
    for people in sorted(found.values(), key=lambda p: p.head):
        if people.fate.effect not in HARM or people.fate.trigger >= people.first:
            continue
        at = behind_age(doc, people.end)
        at += 1 if at < len(doc) and doc[at].text == "," else 0
        if at >= len(doc) or doc[at].lower_ != "and":
            continue
        noun = _phrase_behind(doc, at + 1, is_person)
        if noun is None or noun.i in found or words.sentence_of[noun.i] != words.sentence_of[people.fate.trigger]:
            continue
        if not _goes_on_apart(doc, noun.i + 1):
            listed[noun.i] = people
    return listed


def _goes_on_apart(doc: Any, at: int) -> bool:
    """Whether what follows a noun is told of it alone: "shot a clerk and a woman called police", "a boy in bad condition"."""
    after = doc[at:at + 5]
    if not len(after):
        return False
    state = after[0].lower_ in {"in", "with"} and any(t.lower_ in STATES or t.lemma_.lower() in WOUNDS for t in after)
    return state or after[0].pos_ in {"VERB", "AUX"} or after[0].lower_ in TOLD_OF_IT or after[0].text in {",", "'s", "\u2019s"}


def behind_age(doc: Any, at: int) -> int:
    """The token behind an age that stands behind people: "Orla Venn, 34", "two children, ages 3 and 5"."""
    if at + 1 < len(doc) and doc[at].text == "," and (doc[at + 1].like_num or doc[at + 1].lower_ in AGE_WORDS):
        at += 1
        while at < len(doc) and (doc[at].like_num or doc[at].lower_ in AGE_WORDS or (
                doc[at].lower_ in {"and", ","} and at + 1 < len(doc) and doc[at + 1].like_num)):
            at += 1
    return at


def _phrase_behind(doc: Any, first: int, is_person: Callable[[Token], bool]) -> Token | None:
    """The noun of the phrase for one person that begins at a token: "her 40-year-old father"."""
    if first >= len(doc) or (doc[first].tag_ != "PRP$" and doc[first].lower_ not in {"a", "an"}):
        return None
    for token in doc[first + 1:first + LONGEST_PHRASE]:
        going_on = token.i + 1 < len(doc) and (doc[token.i + 1].pos_ in {"NOUN", "ADJ"} or doc[token.i + 1].tag_ == "HYPH")
        if is_person(token) and not going_on:
            return token
        if not (token.pos_ in {"ADJ", "NUM", "NOUN"} or token.tag_ == "HYPH"):
            return None
    return None


def _first_token(doc: Any, last: int, count: Count) -> int:
    first = last
    while first and doc[first - 1].idx >= count.start:
        first -= 1
    return first


def _joint(doc: Any, end: int, first: int) -> str | None:
    """What alone stands between people that end at `end` and a number: "and", "including"; None where more does."""
    between = [doc[index].lower_ for index in range(end, first)]
    if between and between[-1] == "including" and set(between[:-1]) <= {","}:
        return "including"
    return "and" if 0 < len(between) <= 3 and set(between) <= LISTED else None


def _told_on(doc: Any, first: int, last: int) -> bool:
    """Whether a bare number goes on with a count of before, by place or day: ", 100 in Arden", "and another six near Bara"."""
    before = doc[first - 1].lower_ if first else ""
    after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    if after == "in" and any(t.lower_ in STATES for t in doc[last + 2:last + 6]):
        return False                                            # "three were shot, one in critical condition"
    return after in WHERE and (before in BEFORE_NEXT or doc[first - 1].pos_ in {"NOUN", "PROPN"})


def _share_out(count: People, following: Sequence[People]) -> bool:
    """Whether the numbers that follow a count share it out: "21 were killed, 15 in Arden and six in Bara"."""
    values = [p.count.value for p in following if p.count is not None and p.count.value is not None]
    return count.count is not None and len(values) >= FEWEST and sum(values) == count.count.value
