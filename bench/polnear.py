"""polnear: who is cited as saying what, in political news, against what the product reads as attributions.

The set has one attribution for every attitude that an article gives somebody ("doesn't like it", "appeared", "is expected"),
asking, wanting and endorsing among them. We read what is *said*, because that is what a figure or a claim hangs on: of its
attributions a third at least is out of our aim, and `precision` tells more of us than `recall`.

- Texts are read as they stand, by the product's own steps as far as attributions; the gate for violence is left out.
- `source_f1`, `cue_f1`, `content_f1`: words (runs of letters and digits) that stand in a span of that role, of any
  attribution of the document, theirs and ours; F1 over all. `exact.`: spans of the same characters, quotation marks, "that"
  and articles at their ends aside, each once.
- `attribution_f1`: theirs and ours, one with one, where the words that both contents share are at least half of each, and
  the head of the source is the same word of the text, or neither has a source. Head: the word of a span on which the others
  hang in our parse, the first where there are several. `content_only_f1`: the same without asking for the source.
- What goes on in another quotation of the same speech is one attribution of ours with two contents, as it is in the set.
- Beside it stands what the other annotators of the articles that were read more than once get by the same measures.

The licence of the set is not clear: it is measured against, and nothing of it stands in the project.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, percent, shorten
from bench.scores import Tally

Span = tuple[int, int]
Spans = tuple[Span, ...]
Row = dict[str, Any]
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ROLES = ("source", "cue", "content")
# what one annotator takes into a span and another leaves out
EDGES = re.compile(r"^(?:[\s\W]|(?:that|the|an?)\b)+|[\s\W]+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """One attribution: what is said, by whom, and the words that tell so; a role that is missing is ()."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class Text:
    """A text with the start of each of its words, and the head of a span (offset of a word; None: no word in it)."""

    id: str
    text: str
    head: Callable[[Span], int | None]

    def words(self, spans: Iterable[Span]) -> frozenset[int]:
        return frozenset(match.start() for span in spans for match in WORD.finditer(self.text, *span))

    def trimmed(self, span: Span) -> Span:
        """`span` without the marks, "that" and articles at its ends."""
        words = self.text[slice(*span)]
        left = EDGES.match(words)
        start = left.end() if left else 0
        kept = words[start:]
        right = re.search(r"[\s\W]+$", kept)
        return span[0] + start, span[0] + start + (right.start() if right else len(kept))


@dataclass(frozen=True, slots=True)
class Read:
    """A text with its attributions and ours, and which of them are one: numbers of theirs and ours."""

    text: Text
    gold: Sequence[Cited]
    ours: Sequence[Cited]
    pairs: Sequence[tuple[int, int]]          # contents agree
    right: Sequence[tuple[int, int]]          # and the source too


def same_source(text: Text, gold: Cited, ours: Cited) -> bool:
    """Whether both name nobody, or a word that heads a part of the one heads a part of the other."""
    if not gold.source or not ours.source:
        return not gold.source and not ours.source
    return bool({text.head(span) for span in gold.source} & {text.head(span) for span in ours.source} - {None})


def half_of_each(one: frozenset[int], other: frozenset[int]) -> bool:
    shared = len(one & other)
    return shared > 0 and 2 * shared >= len(one) and 2 * shared >= len(other)


def paired(text: Text, gold: Sequence[Cited], ours: Sequence[Cited], *, sources: bool) -> list[tuple[int, int]]:
    """Theirs and ours one with one, those that share most words first."""
    theirs, own = ([text.words(one.content) for one in them] for them in (gold, ours))
    fits = [(len(theirs[g] & own[o]), g, o) for g in range(len(gold)) for o in range(len(ours))
            if half_of_each(theirs[g], own[o]) and (not sources or same_source(text, gold[g], ours[o]))]
    pairs, used = [], (set[int](), set[int]())
    for _, g, o in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
        if g not in used[0] and o not in used[1]:
            pairs.append((g, o))
            used[0].add(g)
            used[1].add(o)
    return sorted(pairs)


def read_one(text: Text, gold: Sequence[Cited], ours: Sequence[Cited]) -> Read:
    return Read(text, gold, ours, paired(text, gold, ours, sources=False), paired(text, gold, ours, sources=True))


def figures_of(read: Sequence[Read]) -> dict[str, float]:
    """The figures named at the head of this module, each in percent."""
    figures = {f"{role}_f1": _by_words(read, role).f1 for role in ROLES}
    whole = _whole(read, lambda one: one.right)
    contents = _whole(read, lambda one: one.pairs)
    figures |= {"attribution_f1": whole.f1, "precision": whole.precision, "recall": whole.recall,
                "content_only_f1": contents.f1, "source_right": percent(whole.right, contents.right)}
    return figures | {f"exact.{role}_f1": _exact(read, role).f1 for role in ROLES}


def _by_words(read: Sequence[Read], role: str) -> Tally:
    total = Tally()
    for one in read:
        gold, ours = (one.text.words(_spans(them, role)) for them in (one.gold, one.ours))
        total += Tally(len(gold & ours), len(ours), len(gold))
    return total


def _exact(read: Sequence[Read], role: str) -> Tally:
    total = Tally()
    for one in read:
        gold, ours = ({one.text.trimmed(span) for span in _spans(them, role)} for them in (one.gold, one.ours))
        total += Tally(len(gold & ours), len(ours), len(gold))
    return total


def _whole(read: Sequence[Read], right: Callable[[Read], Sequence[tuple[int, int]]]) -> Tally:
    return sum((Tally(len(right(one)), len(one.ours), len(one.gold)) for one in read), Tally())


def _spans(cited: Iterable[Cited], role: str) -> Iterator[Span]:
    return (span for one in cited for span in getattr(one, role))


# ---- the run

def run(request: Request) -> Result:
    rows = load_lines(request.data)[: request.limit]
    read, others = list[Read](), list[Read]()
    for row, document in zip(rows, _documents(rows), strict=True):
        text, gold = a_text(row["id"], row["text"], document.spacy), gold_of(row["attributions"])
        read.append(read_one(text, gold, ours_of(document)))
        others += [read_one(text, gold, gold_of(other["attributions"])) for other in row.get("other_annotators") or ()]
    beside = {f"other annotators ({len(others)} readings of {len({one.text.id for one in others})} articles)":
              figures_of(others)} if others else {}
    return Result(sum(len(one.gold) for one in read), figures_of(read), beside, tuple(errors_of(read)))


def _documents(rows: Sequence[Row]) -> Iterator[Any]:
    from bench.reading import read_as_written

    return read_as_written(((row["id"], row["text"], row["date"]) for row in rows), "attributions")


def a_text(name: str, text: str, parsed: Any) -> Text:
    """parsed: the spaCy Doc of `text`."""
    def head(span: Span) -> int | None:
        tokens = parsed.char_span(*span, alignment_mode="expand")
        return tokens.root.idx if tokens is not None and len(tokens) else None

    return Text(name, text, head)


def gold_of(attributions: Sequence[Row]) -> list[Cited]:
    return [Cited(*(tuple((start, end) for start, end in one.get(role, ())) for role in ROLES)) for one in attributions]


def ours_of(document: Any) -> list[Cited]:
    """The document's attributions in the set's words; "it" in "it was reported" is no source."""
    contents: dict[tuple[Span, Span, bool], list[Span]] = {}
    for one in document.attributions:
        told_by, cue = (one.speaker_start, one.speaker_end), (one.cue_start, one.cue_start + len(one.cue))
        spoken = one.speaker is not None or document.report.text[slice(*told_by)].lower() not in ("it", "what")
        contents.setdefault((told_by, cue, spoken), []).append((one.start, one.end))
    return [Cited((told_by,) if spoken else (), (cue,), tuple(dict.fromkeys(spans)))
            for (told_by, cue, spoken), spans in contents.items()]


def errors_of(read: Sequence[Read]) -> Iterator[str]:
    """How many of each kind; the cues that were missed and made up most; then a line for each attribution that was wrong."""
    lines: list[tuple[str, str, str]] = []
    for one in read:
        lines += _lines_of(one)
    for kind, count in sorted(Counter(kind for kind, _, _ in lines).items()):
        yield f"{count:5} {kind}"
    for kind in ("missed", "made up"):
        cues = Counter(cue.lower() for k, cue, _ in lines if k == kind)
        yield f"{kind}, by cue: " + ", ".join(f"{cue or '(none)'} {count}" for cue, count in cues.most_common(40))
    yield from (f"{kind:12} {shorten(cue, 24):24} {told}" for kind, cue, told in sorted(lines))


def _lines_of(one: Read) -> Iterator[tuple[str, str, str]]:
    text = one.text.text

    def words(spans: Spans) -> str:
        return shorten(" ... ".join(text[slice(*span)] for span in spans), 60)

    met, found = {g for g, _ in one.pairs}, {o for _, o in one.pairs}
    for g, o in one.pairs:
        if not same_source(one.text, one.gold[g], one.ours[o]):
            told = f"{words(one.ours[o].source)!r}, right {words(one.gold[g].source)!r}"
            yield "wrong source", words(one.gold[g].cue), f"{told}   {one.text.id}"
    for kind, them, known in (("missed", one.gold, met), ("made up", one.ours, found)):
        for number, cited in enumerate(them):
            if number not in known:
                yield kind, words(cited.cue), f"{words(cited.source)!r}: {words(cited.content)!r}   {one.text.id}"


BENCHES = {"polnear": Bench("polnear", SHARED / "bench/polnear/dev.jsonl.gz", "attributions", run)}
