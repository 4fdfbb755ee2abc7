"""Near-copies: one wire story in several outlets is one source, and a later version replaces its figures.

A report's sketch is a sample of its shingles (FracMinHash: Irber et al. 2022): every run of five folded words is
hashed, and a hash is kept when it is divisible by 8. Sketches of any two lengths can be compared, and containment
in the shorter text survives trimming, which lowers MinHash's Jaccard. A short text keeps all of its hashes.

Two texts of which one holds a third of the other share one of the few hashes by which a sketch is looked up all but surely
(`looked_up_by`: sampled ones first, which sketches of any length have).

The sketch finds candidates; what two reports are to each other is then read from their words. Numbers are masked for
that, so that a rising toll does not hide that the story is the same; the numbers are compared afterwards.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import Literal

from dateline.reconcile.words import distinctive, numbers_as_figures, overlap, tokens, word_set
from dateline.records import Report
from dateline.records.report import UpdateKind

SHINGLE_WORDS = 5
KEEP_ONE_IN = 8
LOOKED_UP_BY = 16                    # hashes of a sketch: a third of a text has none of the other's once in 700 times
SHORT_SHINGLES = 16 * KEEP_ONE_IN    # up to here all are kept: the sample would hold fewer than 16

# Below: chosen so that a story cut to a third, re-titled and given another dateline is still found, while two stories
# that share their background paragraphs (up to half of a short text) are not.
COPY_CONTAINMENT = 0.7
LEAD_CONTAINMENT = 0.5               # of the shorter text's first half: closing boilerplate alone makes no copy
MARKED_CONTAINMENT = 0.3             # with a CORRECTS or WITHDRAWN mark: corrections rewrite more
MARKED_WORDS = 0.6                   # the same, for a notice in few words by the same outlet or agency
UNCHANGED = 0.95                     # of the new text is in the old one: nothing was added
SAME_SENTENCE = 0.6                  # Jaccard of the words of two sentences, numbers masked
STORY_DAYS = 10                      # versions of one story are not further apart
MOST_WORDS = 20_000                  # of a text that are compared word by word

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]?\s+|\n+")
_NOTICE_WORDS = distinctive("withdraw withdraws withdrawn retract retracts retracted correct corrects corrected "
                            "correction story stories article advisory editor editors kill please disregard version "
                            "error")
LEAD_SENTENCES = 2
_NO_PLACES = word_set("the a an its his her their this that which what one two three several all some front recent addition "
                      "part connection response total critical serious stable custody exchange central northern southern "
                      "eastern western january february march april may june july august september october november december")
_DAY_WORDS = word_set("monday tuesday wednesday thursday friday saturday sunday")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a new report is to one that is kept. `of`: id of the original, or of the first version."""

    kind: Literal["copy", "version"]
    of: str
    update_kind: UpdateKind | None = None


def sketch_of(text: str) -> frozenset[int]:
    """Signed 64-bit hashes of a sample of the shingles of `text`; empty for a text without words."""
    hashes = {blake2b(shingle.encode(), digest_size=8).digest() for shingle in _shingles(_tokens(text))}
    if len(hashes) > SHORT_SHINGLES:
        hashes = {value for value in hashes if value[-1] % KEEP_ONE_IN == 0}    # as the whole number is: 256 is divisible too
    return frozenset(struct.unpack(f">{len(hashes)}q", b"".join(hashes)))


def looked_up_by(sketch: Collection[int]) -> list[int]:
    """The hashes of a sketch under which it is filed: what may repeat it is sought by all of its own."""
    return sorted(sketch, key=lambda value: (value % KEEP_ONE_IN != 0, value))[:LOOKED_UP_BY]


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the shorter text's shingles that the longer one has, 0-1, estimated from two sketches."""
    shared = a & b
    if not shared:                    # most that are compared by hashes share no other
        return 0.0
    if not (_is_whole(a) and _is_whole(b)):
        a, b, shared = _sampled(a), _sampled(b), _sampled(shared)
    return len(shared) / min(len(a), len(b)) if a and b else 0.0


def relate(report: Report, sketch: frozenset[int],
           candidates: Sequence[tuple[Report, frozenset[int]]]) -> Relation | None:
    """Whether `report` repeats one of `candidates`, or is another version of it; None when it is a story of its own.

    candidates: reports kept before, with their sketches. A copy is told from a version by the numbers in sentences
    that say the same, by a mark (`update_kind`), and by a later time at the same outlet or agency with words added.
    The answer names the root: the original of a copy, the first version of a version.
    """
    found: list[tuple[int, float, str, Relation]] = []
    marked = report.update_kind is not None
    for kept, kept_sketch in candidates:
        if kept.id == report.id or (not marked and sketch.isdisjoint(kept_sketch)):
            continue
        likeness, is_near = _likeness(_masked(report), _masked(kept))
        if not is_near and not (marked and _is_noticed(report, kept, likeness)):
            continue
        relation = _relation(report, kept)
        if relation is not None:
            found.append((0 if relation.kind == "copy" else 1, -likeness, kept.id, relation))
    return min(found, key=lambda row: row[:3])[3] if found else None


def related(report: Report, relation: Relation | None) -> Report:
    """`report` with what it repeats or replaces."""
    if relation is None:
        return report
    if relation.kind == "copy":
        return replace(report, copy_of=relation.of)
    return replace(report, version_of=relation.of, update_kind=relation.update_kind)


def written_time(report: Report) -> datetime | None:
    """When `report` was written, as far as it can be ordered: UTC; a day without a time is its midnight."""
    if report.published_at is not None:
        at = report.published_at
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    day = report.written.day
    return datetime.combine(day, time(), UTC) if day else None


def _relation(report: Report, kept: Report) -> Relation | None:
    root = kept.copy_of or kept.id
    first = kept.version_of or root
    if report.update_kind is not None:
        return Relation("version", first, report.update_kind)
    if kept.update_kind == "retraction":
        return Relation("version", first)
    ours, theirs = written_time(report), written_time(kept)
    apart = abs(ours - theirs) if ours and theirs else timedelta()
    difference = _difference(body_of(report), body_of(kept))
    if difference == "another place" or (difference == "another day" and apart >= timedelta(days=1)):
        return None                          # the same template filled in for another incident
    if apart > timedelta(days=STORY_DAYS) and difference != "none":
        return None
    if difference == "figures":
        arrived_late = ours is not None and theirs is not None and ours < theirs
        return Relation("version", first, None if arrived_late else "update")
    if _is_later_edition(report, kept):
        return Relation("version", first, "update")
    return Relation("copy", root)


def _is_later_edition(report: Report, kept: Report) -> bool:
    """Whether the same outlet or agency printed it again later, with words added."""
    ours, theirs = written_time(report), written_time(kept)
    same_house = (report.agency or report.outlet) == (kept.agency or kept.outlet) and report.outlet == kept.outlet
    if not same_house or (report.agency or report.outlet) is None or ours is None or theirs is None or ours <= theirs:
        return False
    new, old = _masked(report).all, _masked(kept).all
    added = len(new - old) / len(new) if new else 0.0
    return added > 1 - UNCHANGED


def _is_noticed(report: Report, kept: Report, likeness: float) -> bool:
    """Whether a marked report (a correction, a withdrawal) speaks of the kept one, though its words are others."""
    ours, theirs = written_time(report), written_time(kept)
    if ours and theirs and not timedelta() <= ours - theirs <= timedelta(days=STORY_DAYS):
        return False
    houses = {house for house in (report.agency, report.outlet) if house}
    if not houses & {kept.agency, kept.outlet}:
        return False
    head, kept_head = (distinctive(" ".join(filter(None, (one.title, one.text[:600])))) for one in (report, kept))
    head -= _NOTICE_WORDS | distinctive(" ".join(houses))
    return likeness >= MARKED_CONTAINMENT or (len(head) >= 3 and overlap(head, kept_head) >= MARKED_WORDS)


@dataclass(frozen=True, slots=True)
class _Wording:
    """The shingles of a text, numbers masked, in order and all of them once: as Python hashes them, which takes less memory."""

    told: tuple[int, ...]
    all: frozenset[int]


def _likeness(a: _Wording, b: _Wording) -> tuple[float, bool]:
    """Containment of the shorter in the longer, and whether that makes them near-copies."""
    shorter, longer = sorted((a, b), key=lambda one: len(one.told))
    if not shorter.told:
        return 0.0, False
    share = len(shorter.all & longer.all) / len(shorter.all)
    if share < COPY_CONTAINMENT:
        return share, False
    lead = set(shorter.told[: max(1, (len(shorter.told) + 1) // 2)])
    return share, len(lead & longer.all) / len(lead) >= LEAD_CONTAINMENT


def _difference(new: str, old: str) -> Literal["none", "figures", "another day", "another place"]:
    """What sentences that say the same have otherwise: their figures, the day of the week, or, in the lead, the place."""
    result: Literal["none", "figures"] = "none"
    old_sentences = [(set(_mask(words)), words) for words in _sentences(old)]
    index: dict[str, list[int]] = {}
    for number, (masked, _) in enumerate(old_sentences):
        for word in masked:
            index.setdefault(word, []).append(number)
    for position, words in enumerate(_sentences(new)):
        other = _twin(set(_mask(words)), old_sentences, index)
        if other is None:
            continue
        if _changed([w for w in words if w in _DAY_WORDS], [w for w in other if w in _DAY_WORDS]):
            return "another day"
        if position < LEAD_SENTENCES and _changed(_placed(words), _placed(other)):
            return "another place"
        if _changed([w for w in words if w.isdigit()], [w for w in other if w.isdigit()]):
            result = "figures"
    return result


def _twin(masked: set[str], others: list[tuple[set[str], list[str]]], index: dict[str, list[int]]) -> list[str] | None:
    """The sentence of `others` that says the same as `masked`, if one does."""
    shared: dict[int, int] = {}
    for word in masked:
        numbers = index.get(word, [])
        if len(numbers) <= 200:              # a word of every sentence finds nothing, and would cost the square
            for number in numbers:
                shared[number] = shared.get(number, 0) + 1
    best = max(shared, key=lambda number: (shared[number] / len(masked | others[number][0]), -number), default=None)
    if best is None or len(masked & others[best][0]) / len(masked | others[best][0]) < SAME_SENTENCE:
        return None
    return others[best][1]


def _placed(words: list[str]) -> list[str]:
    """The words that "in", "near" and "outside" lead to, where they may be names."""
    return [after for word, after in pairwise(words)
            if word in ("in", "near", "outside") and after.isalpha() and after not in _NO_PLACES]


def _changed(a: list[str], b: list[str]) -> bool:
    """Whether neither holds all of the other: a sentence that was cut has fewer, not others."""
    return bool(set(a) - set(b)) and bool(set(b) - set(a))


def body_of(report: Report) -> str:
    """The report's text after its dateline."""
    return report.text[_body_start(report):]


def _body_start(report: Report) -> int:
    evidence = report.dateline.evidence if report.dateline else ()
    end = max([span.end for span in evidence], default=0)
    return end if end < len(report.text) // 2 else 0


def _masked(report: Report) -> _Wording:
    return _masked_words(report.text, _body_start(report))


@lru_cache(maxsize=384)           # what is near one new report is near the next ones too
def _masked_words(text: str, start: int) -> _Wording:
    """Of the text from `start` on."""
    is_between = not start or text[start].isspace()       # else a word may be cut there
    words = _tokens(text)[len(tokens(text[:start])):] if is_between else tokens(text[start:])
    told = tuple(map(hash, _shingles(_mask(numbers_as_figures(words[:MOST_WORDS])))))
    return _Wording(told, frozenset(told))


@lru_cache(maxsize=1)             # of a new report its sketch is made, and then it is compared
def _tokens(text: str) -> list[str]:
    return tokens(text)


def _mask(words: list[str]) -> list[str]:
    return ["#" if word.isdigit() else word for word in words]


def _sentences(text: str) -> list[list[str]]:
    parts = (numbers_as_figures(tokens(part)) for part in _SENTENCE_END.split(text[: MOST_WORDS * 8]))
    return [words for words in parts if len(words) >= 4]


def _shingles(words: list[str]) -> list[str]:
    if not words:
        return []
    if len(words) <= SHINGLE_WORDS:
        return [" ".join(words)]
    return list(map(" ".join, zip(*(words[at:] for at in range(SHINGLE_WORDS)), strict=False)))


def _is_whole(sketch: frozenset[int]) -> bool:
    return len(_sampled(sketch)) < len(sketch)


@lru_cache(maxsize=1024)          # each new report is compared with the same ones
def _sampled(sketch: frozenset[int]) -> frozenset[int]:
    return frozenset(value for value in sketch if value % KEEP_ONE_IN == 0)
