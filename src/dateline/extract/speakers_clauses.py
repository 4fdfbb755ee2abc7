"""Where a sentence says who says what: verbs of speech with their subjects, "according to", "citing"."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from dateline.extract.speakers_lists import SpeakerLists
from dateline.extract.speakers_subjects import QUOTES, counts_people, is_nobody, noun_beside, of_whom, speaker_tokens, subject_of
from dateline.extract.speakers_trailing import is_a_name, named_last

Token = Any                       # spacy.tokens.Token; spaCy comes without types
Doc = Any

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
CLAUSES = frozenset(("ccomp", "xcomp", "parataxis"))
OPENERS = frozenset((",", ":", "that", ";", "\u2014", "-", "\u2013"))
FIRST_PERSON = frozenset(("i", "we", "you", "who", "what", "which", "there", "nobody", "one"))
# "claimed to have killed 12": what follows "to" is said
TO_HAVE_DONE = frozenset(("claim", "deny", "admit", "allege", "vow", "pledge", "promise", "threaten", "report"))
LONGEST_SENTENCE = 500            # tokens: beyond, it is a table or a script, and its parse tells nothing


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, in tokens [start, end); who says it, in tokens [speaker_start, speaker_end), head `speaker`."""

    start: int
    end: int
    speaker: Token | None         # None: nobody is named ("it was reported")
    speaker_start: int
    speaker_end: int
    cue_start: int
    cue_end: int


def sayings(doc: Doc, lists: SpeakerLists, places_end: Set[int] = frozenset()) -> Iterator[Said]:
    """Every place of `doc` where somebody is said to say something, in the order of their cues.

    places_end: the last token of each name of a place.
    """
    for sentence in doc.sents:
        if len(sentence) <= LONGEST_SENTENCE:
            yield from _in_sentence(doc, sentence, lists, places_end)


def _in_sentence(doc: Doc, sentence: Any, lists: SpeakerLists, places_end: Set[int]) -> Iterator[Said]:
    for token in sentence:
        lower = token.lower_
        said: Said | None = None
        if token.lemma_ in lists.speech:
            if (token.pos_ in {"VERB", "AUX"} or (token.tag_ or "").startswith("VB")) and not is_a_name(token):
                said = _surer(_by_verb(token, lists), named_last(token, lists, places_end), token)
        elif lower.endswith("according") and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            said = _by_source(token, doc[token.i + 1], lists)
        elif lower == "per" and ((token.i and doc[token.i - 1].lower_ == "as") or token.is_sent_start):
            said = _by_source(doc[token.i - 1] if token.i and doc[token.i - 1].lower_ == "as" else token, token, lists)
        elif lower in {"citing", "quoting"}:
            said = _by_citation(token, lists)
        if said is not None and said.end > said.start:
            yield said


def _surer(parsed: Said | None, last: tuple[int, int, int, int] | None, verb: Token) -> Said | None:
    """The parse's reading where a mark sets its name apart, else the words' own."""
    if last is None:
        return parsed
    start, end, speaker_start, speaker_end = last
    doc = verb.doc
    if parsed is not None and parsed.speaker_start <= speaker_start and speaker_end <= parsed.speaker_end:
        before = doc[parsed.speaker_start - 1] if parsed.speaker_start else None
        if parsed.speaker_start == speaker_start or (before is not None and (before.is_punct or before.is_space)):
            return parsed
    return Said(*_trimmed(doc, start, end), doc[speaker_end - 1], speaker_start, speaker_end, verb.i, verb.i + 1)


def _by_verb(verb: Token, lists: SpeakerLists) -> Said | None:
    if any(child.dep_ == "neg" for child in verb.children) and verb.lemma_ != "deny":
        return None
    if verb.dep_ == "amod" or (verb.dep_ == "compound"):
        return None
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if passive:
        return _passive(verb, lists)
    head = of_whom(subject_of(verb))
    head = noun_beside(verb, lists) if head is not None and counts_people(head) else head
    if head is None or head.lemma_ in lists.not_speakers or head.i == verb.i or head.lower_ in FIRST_PERSON:
        return None
    start, end = speaker_tokens(head, verb.i)
    content = _content(verb, start, end, lists)
    if content is None:
        return None
    nobody = is_nobody(head, lists)
    return Said(*content, None if nobody else head, start, end, verb.i, verb.i + 1)


def _passive(verb: Token, lists: SpeakerLists) -> Said | None:
    """"5 deaths were reported by the ministry"; "it was reported that 5 died"; "he was told by police that ..."."""
    if verb.lemma_ not in lists.thing and verb.lemma_ not in {"say", "report", "believe", "estimate", "tell"}:
        return None
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    agent = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
    clause = next((child for child in verb.children if child.dep_ in {"ccomp", "xcomp"} and child.i > verb.i), None)
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    expletive = subject if subject is not None and subject.lower_ in {"it", "what"} else None
    if agent is not None:
        start, end = speaker_tokens(agent, verb.i)
        content = (clause.left_edge.i, clause.right_edge.i + 1) if clause is not None and expletive is not None else (
            verb.left_edge.i, agent.left_edge.i - 1)
        return Said(*_trimmed(verb.doc, *content), agent, start, end, verb.i, verb.i + 1)
    if expletive is not None and clause is not None:
        content = _trimmed(verb.doc, clause.left_edge.i, clause.right_edge.i + 1)
        return Said(*content, None, expletive.i, expletive.i + 1, verb.i, verb.i + 1)
    return None


def _content(verb: Token, speaker_start: int, speaker_end: int, lists: SpeakerLists) -> tuple[int, int] | None:
    """Tokens of what the verb's subject says: after the verb, before it ("..., X said"), or around it."""
    doc, sent = verb.doc, verb.sent
    low, high = min(speaker_start, verb.i), verb.i + 1
    if speaker_start > verb.i:                                  # "said X": the name follows the verb
        high = max(high, speaker_end)
        low = verb.i
    clauses = [child for child in verb.children
               if child.dep_ in CLAUSES and (child.dep_ != "xcomp" or verb.lemma_ in TO_HAVE_DONE)]
    before = [child for child in clauses if child.i < low]
    after = [child for child in clauses if child.i >= high]
    beside = verb.dep_ in {"parataxis", "ccomp"} and verb.head.i < low and _closes(doc, low)
    quoted_before = low > 0 and doc[low - 1].text in QUOTES
    firm = quoted_before or verb.lemma_ not in lists.clause_only or verb.lemma_ == "add"
    if before or beside or (not after and firm and _closes(doc, low) and _has_verb(doc, sent.start, low)):
        start = _start_before(verb, before, lists)
        stop = sent.end if after or _quote_follows(doc, high, sent.end) else low
        return _trimmed(doc, start, stop)
    if verb.lemma_ in lists.clause:
        quoted = _quote_follows(doc, high, sent.end)
        if after or quoted:
            start = min((child.left_edge.i for child in after), default=high)
            end = max((child.right_edge.i + 1 for child in after), default=sent.end)
            if after or not quoted:
                end = _cut_at_next_speech(verb, max(end, verb.right_edge.i + 1), lists)
            return _trimmed(doc, max(start, high), end)
    return _thing(verb, high, lists)


def _thing(verb: Token, high: int, lists: SpeakerLists) -> tuple[int, int] | None:
    """"reported 12 dead", "put the toll at 60", "spoke of 12 dead"."""
    if verb.lemma_ in lists.of_thing:
        of = next((child for child in verb.children if child.lower_ == "of" and child.i >= high), None)
        return _trimmed(verb.doc, of.i + 1, _cut_at_next_speech(verb, of.right_edge.i + 1, lists)) if of is not None else None
    objects = [child for child in verb.children if child.dep_ in {"dobj", "obj", "oprd", "attr"} and child.i >= high]
    if not objects or verb.lemma_ in lists.clause_only or objects[0].lemma_ in lists.not_said:
        return None
    toll = verb.lemma_ in lists.toll_verbs and any(
        token.lemma_ in lists.tolls for token in (objects[0], *objects[0].children))
    if not toll and verb.lemma_ not in lists.thing - lists.toll_verbs:
        return None
    start = min(child.left_edge.i for child in objects)
    return _trimmed(verb.doc, start, _cut_at_next_speech(verb, verb.right_edge.i + 1, lists))


def _closes(doc: Doc, low: int) -> bool:
    """Whether a comma or a quotation mark stands before the name: "..., X said"."""
    return low > 0 and (doc[low - 1].text in {",", "\u2014", "\u2013", "-"} or doc[low - 1].text in QUOTES
                        or doc[low - 1].text in {"?", "!"})


def _has_verb(doc: Doc, start: int, end: int) -> bool:
    return any(token.pos_ in {"VERB", "AUX"} or token.text in QUOTES for token in doc[start:end])


def _quote_follows(doc: Doc, index: int, end: int) -> bool:
    return any(token.text in {"\"", "\u201c", "``"} for token in doc[index:min(index + 4, end)])


def _start_before(verb: Token, before: list[Token], lists: SpeakerLists) -> int:
    """Where what stands before "X said" begins: the sentence, unless somebody else speaks first in it."""
    start = min((child.left_edge.i for child in before), default=verb.sent.start)
    earlier = verb.doc[verb.sent.start:start]
    spoken = any(token.lemma_ in lists.clause and token.pos_ == "VERB" for token in earlier)
    return int(start if spoken else verb.sent.start)


def _cut_at_next_speech(verb: Token, end: int, lists: SpeakerLists) -> int:
    """Before "... and Y said": another's words are not this speaker's."""
    for child in verb.children:
        own = any(grandchild.dep_ == "nsubj" for grandchild in child.children)
        if child.dep_ in {"conj", "advcl"} and child.i > verb.i and own and child.lemma_ in lists.clause:
            end = min(end, child.left_edge.i)
    return int(end)


def _by_source(cue: Token, preposition: Token, lists: SpeakerLists) -> Said | None:
    """"according to X, ...", "..., according to X": what is said is the clause, or the sentence where X opens it."""
    doc, sent = cue.doc, cue.sent
    head = next((child for child in preposition.children if child.dep_ in {"pobj", "pcomp"}), None)
    if head is None:
        following = doc[preposition.i + 1:min(preposition.i + 8, sent.end)]
        nearby = [token for token in following if token.pos_ in {"NOUN", "PROPN"}]
        if not nearby:
            return None
        head = nearby[0]
        while head.dep_ in {"compound", "amod", "nmod"} and head.head.i > head.i and head.head.i - preposition.i < 12:
            head = head.head
    start, end = speaker_tokens(head, cue.i)
    end = min(end, _comma_before_a_verb(doc, start, end))
    glued = cue.lower_ not in {"according", "as", "per"}         # no space before it: 'threat."According to X'
    if head.lemma_ in lists.not_speakers:
        return None
    opens = glued or not _has_verb(doc, sent.start, cue.i)
    if opens:
        content = (end, sent.end)
    else:
        clause = next((token for token in cue.ancestors if token.pos_ in {"VERB", "AUX"}), None)
        # "killing 40 and wounding 140, according to X": both are X's; a clause with a subject of its own may be alone X's
        own = clause is not None and any(child.dep_ in SUBJECTS for child in clause.children)
        first = clause.left_edge.i if clause is not None and clause.dep_ == "conj" and own else sent.start
        rest = sent.end if end < sent.end and doc[end].text == "," and not _next_clause(doc, end, sent.end) else cue.i
        content = (min(first, cue.i), rest)
    return Said(*_trimmed(doc, *content), head, start, end, cue.i, preposition.i + 1)


def _comma_before_a_verb(doc: Doc, start: int, end: int) -> int:
    """A name runs to its comma where the parse took the following clause into it."""
    for token in doc[start:end] if end > start else ():
        if token.text == "," and any(later.pos_ in {"VERB", "AUX"} for later in doc[token.i:end]):
            return int(token.i)
    return end


def _next_clause(doc: Doc, start: int, end: int) -> bool:
    """Whether another clause begins there: ", while ...", ", but ..."."""
    return start + 1 < end and doc[start + 1].lower_ in {"while", "but", "although", "though", "whereas"}


def _by_citation(cue: Token, lists: SpeakerLists) -> Said | None:
    """"the agency reported, citing police, that ...": police say it, and no more than the agency reports."""
    head = next((child for child in cue.children if child.dep_ in {"dobj", "obj", "pobj"}), None)
    if head is None:
        return None
    start, end = speaker_tokens(head, cue.i)
    sent = cue.sent
    reporting = next((token for token in (*cue.ancestors, *cue.doc[end:sent.end])
                      if token.lemma_ in lists.clause and token.pos_ == "VERB"), None)
    subject = subject_of(reporting) if reporting is not None else None
    content = None
    if reporting is not None and subject is not None:
        content = _content(reporting, *speaker_tokens(subject, reporting.i), lists)
    if end + 1 < sent.end and cue.doc[end].text == "," and cue.doc[end + 1].lower_ == "that":
        content = (end + 2, sent.end)
    if content is None:
        content = (sent.start, cue.i)
    elif content[0] < cue.i < content[1]:
        content = (content[0], cue.i)
    return Said(*_trimmed(cue.doc, *content), head, start, end, cue.i, cue.i + 1)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """[start, end) without "that" and a comma before it, and marks and space after it. Quotation marks are kept."""
    while start < end and (doc[start].lower_ in OPENERS or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in {",", ";", ":", "\u2014", "\u2013", "-"}
                           or doc[end - 1].lower_ in {"and", "but", "as"}):
        end -= 1
    return start, end
