"""Who is said to say which stretch of a report."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import Any

from dateline.extract.document import Attribution, Document
from dateline.extract.speakers_again import named_later
from dateline.extract.speakers_clauses import Said, sayings
from dateline.extract.speakers_lists import speaker_lists
from dateline.extract.speakers_names import SpeakerNames
from dateline.records import Speaker

LONGEST_QUOTATION = 3000          # characters: beyond, a closing mark was lost
_QUOTATION = re.compile(rf"\u201c[^\u201c\u201d]{{1,{LONGEST_QUOTATION}}}\u201d"
                        rf"|(?<!\w)\"[^\"]{{1,{LONGEST_QUOTATION}}}\"")
CITED = frozenset(("citing", "quoting"))   # of two who say the same words, the one cited is the speaker
MOST_QUOTATIONS = 20              # in one stretch of speech
_FEW_WORDS = 25                   # characters: a shorter quotation is a phrase ("self-defensive"), not speech


def find_attributions(document: Document) -> None:
    """Add who says what to `document.attributions`, in the order of the text. Needs the parse, groups and places."""
    names = SpeakerNames(document, speaker_lists())
    found = [_attribution(document, said, names) for said in sayings(document.spacy, names.lists, _places_end(document))]
    told = named_later([one for one in found if one is not None], names.lists)
    document.attributions.extend(_with_quotations(document, told))


def speaker_at(document: Document, start: int, end: int) -> Attribution | None:
    """The narrowest attribution whose words hold characters [start, end); None: the report says it itself."""
    around = [one for one in document.attributions if one.start <= start and end <= one.end]
    return min(around, key=lambda one: (one.end - one.start, one.cue.lower() not in CITED), default=None)


def speakers_at(document: Document, start: int, end: int) -> tuple[Speaker, ...]:
    """Each speaker of `speaker_at`, where several are named together ("X and Y said"); () where there is none."""
    attribution = speaker_at(document, start, end)
    if attribution is None or attribution.speaker is None:
        return ()
    return _apart(document, attribution) or (attribution.speaker,)


def _places_end(document: Document) -> frozenset[int]:
    """The last token of each name of a place; "Syrian" is none."""
    spans = (document.spacy.char_span(place.start, place.end, alignment_mode="expand")
             for place in document.places if not place.adjective)
    return frozenset(span.end - 1 for span in spans if span is not None and len(span))


def _attribution(document: Document, said: Said, names: SpeakerNames) -> Attribution | None:
    doc, text = document.spacy, document.report.text
    start, end = doc[said.start].idx, _end_of(doc, said.end)
    if said.speaker is not None and said.speaker_start >= said.speaker_end:
        return None
    cue = doc[said.cue_start].lemma_.lower()
    speaker = names.speaker(said.speaker_start, said.speaker_end, cue) if said.speaker is not None else None
    speaker_start = said.speaker_start
    if said.speaker is not None:
        speaker_start = _after_the(doc, speaker_start, said.speaker_end)
    return Attribution(start, end, speaker, doc[speaker_start].idx, _end_of(doc, said.speaker_end),
                       text[doc[said.cue_start].idx:_end_of(doc, said.cue_end)], doc[said.cue_start].idx)


def _after_the(doc: Any, start: int, end: int) -> int:
    return start + 1 if end - start > 1 and doc[start].lower_ in {"the", "a", "an"} else start


def _end_of(doc: Any, end: int) -> int:
    return int(doc[end - 1].idx + len(doc[end - 1].text))


def _apart(document: Document, attribution: Attribution) -> tuple[Speaker, ...]:
    """The speakers that "and" joins in the attribution's words, none where it is one name."""
    span = document.spacy.char_span(attribution.speaker_start, attribution.speaker_end, alignment_mode="contract")
    if span is None or len(span) == 0:
        return ()
    joints = [token.i for token in span[1:-1] if token.lower_ in {"and", "or"} and _joins_speakers(token)]
    if not joints:
        return ()
    names = SpeakerNames(document, speaker_lists())
    starts = [span.start, *(joint + 1 for joint in joints)]
    ends = [*joints, span.end]
    found = (names.speaker(start, end) for start, end in zip(starts, ends, strict=True) if end > start)
    return tuple(speaker for speaker in found if speaker is not None)


def _joins_speakers(joint: Any) -> bool:
    """Whether "and" stands between two speakers and not inside one's name ("Ministry of Health and Population")."""
    lists = speaker_lists()
    before, after = joint.nbor(-1), joint.nbor(1)
    whole = before.lower_ in lists.organisations or lists.kind_of(before.text) not in {"other", "agency"}
    return after.lower_ in {"the", "a", "an"} or whole or (joint.dep_ == "cc" and joint.head.dep_ in {"nsubj", "pobj"}
                                                           and joint.head.i == before.i)


# ---- quotations ----

def _with_quotations(document: Document, found: list[Attribution]) -> list[Attribution]:
    """`found` with what is said widened to whole quotations, and quotations without a verb given to who spoke last."""
    text = document.report.text
    spans = [match.span() for match in _QUOTATION.finditer(text)]
    if not spans:
        return sorted(found, key=lambda one: (one.start, one.end))
    widened = [_widened(one, spans) for one in found]
    starts = sorted(widened, key=lambda one: one.speaker_end)
    ends_of_speech = [one.speaker_end for one in starts]
    begun, reach = _reach(widened)
    for start, end in spans:
        spoken = end - start >= _FEW_WORDS and text[start + 1: start + 2].isupper()
        covering = bisect_right(begun, start + 1) - 1
        if spoken and not (covering >= 0 and reach[covering] >= end - 1):
            before = bisect_right(ends_of_speech, start) - 1
            if before >= 0 and _goes_on(text, max(starts[before].end, starts[before].speaker_end), start):
                widened.append(replace(starts[before], start=start, end=end))
    return sorted(widened, key=lambda one: (one.start, one.end))


def _reach(found: list[Attribution]) -> tuple[list[int], list[int]]:
    """The starts of what is said, sorted, and for each the furthest end of those that have begun by then."""
    in_order = sorted((one.start, one.end) for one in found)
    return [start for start, _ in in_order], list(accumulate((end for _, end in in_order), max))


def _widened(one: Attribution, spans: list[tuple[int, int]]) -> Attribution:
    """A quotation that begins in what is said, or ends in it, belongs to it whole unless its verb stands inside."""
    start, end = one.start, one.end
    first = max(bisect_right(spans, (start, 0)) - 2, 0)
    for opening, closing in spans[first:first + MOST_QUOTATIONS]:
        if opening > end:
            break
        inside = opening < one.speaker_start < closing
        touches = opening < end and start < closing
        if touches and not inside:
            start, end = min(start, opening), max(end, closing)
    return one if (start, end) == (one.start, one.end) else replace(one, start=start, end=end)


def _goes_on(text: str, last_end: int, start: int) -> bool:
    """Whether only marks and a little narration stand between the last speech and the quotation, within a paragraph."""
    between = text[last_end:start]
    return len(between) < 200 and between.count("\n\n") <= 1
