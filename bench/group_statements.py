"""group-statements: what 300 sentences of five sets state of the armed groups that they name.

Each document is read whole, by the product's own steps; of what it is read to say, the statements count whose evidence
lies in a labelled sentence and whose group that sentence names ("the group" alone is not labelled). The gold's form and
how it was labelled: gold/README.md.

A statement is right when the group is the same (its name is read where the label has it, or it has the label's id), the
attribute is equal and the value's head agrees:
- names (`alias`, `leader`, `commander`, `ally`, `rival`, `parent`, `split`): the last word of one stands in the other, or
  both are the same known group. Which of two names is the alias, which of two enemies or allies is told first, is free.
- `strength`: low and high are equal. `area`: the place's words overlap and the sense is equal.
- `loss`: `of` is equal and the words share half of the shorter. A place lost is one thing, be it told as an area of the
  sense `loss` or as a loss of `territory`.
- texts (`funding`, `recruitment`, `aim`, `capability`, `listing`): the words share half of the shorter one's, small words aside.
A label is met once; what tells it again counts for nothing, neither right nor wrong.

Figures: `f1`, `precision`, `recall`, `f1.<attribute>`; `fitted.f1` of every second line (the rules may be fitted on those)
and `held_out.f1` of the others; `quiet`: share of the sentences without statements that are read so; `speaker`: of the right
ones, share with the label's speaker, or like it without one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.core import SHARED, Bench, BenchError, Request, Result, load_lines, percent, shorten
from bench.scores import Tally
from dateline.extract.document import Document
from dateline.records import GroupStatement, Report, Span
from dateline.where.names import fold

GOLD = Path("bench/gold/group_statements.jsonl")
SETS = {
    "fakes": ("fakes/train",), "muc4": ("muc4/train",), "re3d": ("re3d/train",),
    "wikievents": ("wikievents/train", "wikievents/dev"), "polnear": ("polnear/train",),
}
NAMES = frozenset({"alias", "leader", "commander", "ally", "rival", "parent", "split"})
BOTH_WAYS = frozenset({"alias", "ally", "rival"})
TEXTS = frozenset({"funding", "recruitment", "aim", "capability", "listing"})
SMALL = frozenset({
    "a", "an", "the", "of", "in", "on", "at", "by", "for", "from", "to", "and", "or", "its", "their", "his", "her", "as", "with",
    "that", "which", "is", "are", "was", "were", "it",
})
SAME_NAME = {"u.s": "us", "u.s.": "us", "american": "us", "united states": "us", "turkish": "turkey", "saudi": "saudi arabia"}


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a sentence, at their offsets in the report's text."""

    start: int
    end: int
    text: str

    def meets(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled statement. kind: an area's sense, a loss's `of`; other: id of the other group; bounds: a strength's."""

    group: str | None
    name: Words
    attribute: str
    value: Words
    kind: str | None = None
    other: str | None = None
    bounds: tuple[int | None, int | None] | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One statement that was read in a sentence. value: the words of its value; names_at: where that names its group."""

    group: str | None
    name: str
    attribute: str
    value: str
    kind: str | None = None
    other: str | None = None
    bounds: tuple[int | None, int | None] | None = None
    speaker: str | None = None
    names_at: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with its statements: which were met, missed and made up."""

    line: int
    met: Sequence[tuple[Gold, Told]]
    missed: Sequence[Gold]
    wrong: Sequence[Told]
    text: str = field(default="", repr=False)

    @property
    def quiet(self) -> bool:
        return not self.met and not self.missed


def same_group(gold: Gold, told: Told) -> bool:
    """Whether it is told of the label's group: named in the same place, or known by the same id."""
    return (gold.group is not None and gold.group == told.group) or any(gold.name.meets(*at) for at in told.names_at)


def same_name(one: str, other: str) -> bool:
    """Whether the last word of one name stands in the other: "Polay Campos", "Victor Polay Campos"."""
    first, second = _name_words(one), _name_words(other)
    return bool(first and second) and (first[-1] in second or second[-1] in first)


def shared_half(one: str, other: str) -> bool:
    """Whether two texts share half of the words of the shorter, small words aside."""
    first, second = _content(one), _content(other)
    return bool(first and second) and 2 * len(first & second) >= min(len(first), len(second))


def right(gold: Gold, told: Told) -> bool:
    """Whether `told` says what `gold` says."""
    pair = gold.attribute, told.attribute
    if pair == ("area", "loss") or pair == ("loss", "area"):
        place_lost = {gold.kind, told.kind} == {"loss", "territory"}
        return place_lost and same_group(gold, told) and shared_half(gold.value.text, told.value)
    if gold.attribute != told.attribute:
        return False
    if gold.attribute in NAMES:
        forth = same_group(gold, told) and _same_other(gold, told)
        back = gold.attribute in BOTH_WAYS and same_name(gold.name.text, told.value) and same_name(gold.value.text, told.name)
        return forth or back
    if not same_group(gold, told):
        return False
    if gold.attribute == "strength":
        return gold.bounds == told.bounds
    return gold.kind == told.kind and shared_half(gold.value.text, told.value)


def score(line: int, golds: Sequence[Gold], told: Sequence[Told], text: str = "") -> Scored:
    """The statements of one sentence beside its labels, one with one; what tells a met label again is left out."""
    met: list[tuple[Gold, Told]] = []
    left = list(told)
    for gold in golds:
        # of several that are right, the one with the label's own attribute
        found = sorted((t for t in left if right(gold, t)), key=lambda t: t.attribute != gold.attribute)
        if found:
            met.append((gold, found[0]))
            left.remove(found[0])
    missed = [g for g in golds if not any(g is m for m, _ in met)]
    wrong = [t for t in left if not any(right(gold, t) for gold, _ in met)]
    return Scored(line, met, missed, wrong, text)


def figures_of(scored: Sequence[Scored]) -> dict[str, float]:
    """The figures named at the head of this module, each in percent."""
    whole = _tally(scored)
    quiet = [s for s in scored if s.quiet]
    met = [pair for s in scored for pair in s.met]
    figures = {
        "f1": whole.f1, "precision": whole.precision, "recall": whole.recall,
        "fitted.f1": _tally([s for s in scored if s.line % 2 == 0]).f1,
        "held_out.f1": _tally([s for s in scored if s.line % 2 == 1]).f1,
        "quiet": percent(sum(not s.wrong for s in quiet), len(quiet)),
        "speaker": percent(sum(_same_speaker(*pair) for pair in met), len(met)),
    }
    for attribute in sorted({g.attribute for s in scored for g in (*s.missed, *(g for g, _ in s.met))}):
        figures[f"f1.{attribute}"] = _tally(scored, attribute).f1
    return figures


def errors_of(scored: Sequence[Scored]) -> tuple[str, ...]:
    """How many labels of each attribute were met, missed and made up, then a line for each that was missed or made up."""
    met = Counter(g.attribute for s in scored for g, _ in s.met)
    missed = Counter(g.attribute for s in scored for g in s.missed)
    wrong = Counter(t.attribute for s in scored for t in s.wrong)
    lines = [f"{a:12} {met[a]:3} met {missed[a]:3} missed {wrong[a]:3} made up" for a in sorted(met | missed | wrong)]
    told = [
        (f"missed  {g.attribute:11}", f"{s.line}: {g.name.text} / {g.kind or ''} {g.value.text}", s.text)
        for s in scored for g in s.missed]
    told += [(f"made up {t.attribute:11}", f"{s.line}: {t.name} / {t.kind or ''} {t.value}", s.text)
             for s in scored for t in s.wrong]
    return tuple(lines + [f"{kind} {shorten(what, 110)} | {shorten(text, 240)}" for kind, what, text in sorted(told)])


def run(request: Request) -> Result:
    from bench.reading import documents

    rows = load_lines(request.data)[: request.limit]
    texts = texts_of(rows)
    keys = list(dict.fromkeys(map(_key, rows)))
    read = dict(zip(keys, documents(a_document(key, texts[key]) for key in keys), strict=True))
    scored = []
    for line, row in enumerate(rows, 1):
        document, text = read[_key(row)], document_text(texts[_key(row)])
        golds, here = golds_of(row, text), list[Told]()
        if at := placed(text, document.report.text, row["start"], row["end"]):
            golds = [moved(gold, row["start"], at, document.report) for gold in golds]
            here = [told for statement in document.group_statements
                    if (told := told_in(statement, names_of(document, statement), *at))]
        scored.append(score(line, golds, here, text[row["start"]:row["end"]]))
    return Result(len(scored), figures_of(scored), errors=errors_of(scored))


def texts_of(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The documents that `rows` are of, by set and id. Raises BenchError for one that its set lacks."""
    wanted = {_key(row) for row in rows}
    found = {}
    for name in sorted({name for name, _ in wanted}):
        if name not in SETS:
            raise BenchError(f"{name}: no set of this bench; there are {', '.join(SETS)}")
        for file in SETS[name]:
            for row in load_lines(SHARED / "bench" / f"{file}.jsonl.gz"):
                if (key := (name, str(row.get("id") or row.get("doc_id")))) in wanted:
                    found[key] = row
    if missing := sorted(wanted - set(found)):
        raise BenchError(f"{missing[0][0]}: no document {missing[0][1]}")
    return found


def document_text(row: Mapping[str, Any]) -> str:
    """The text that a label's offsets are of; train of wikievents has sentences alone."""
    return str(row["text"]) if row.get("text") else "\n".join(sentence.strip() for sentence in row["sentences"])


def a_document(key: tuple[str, str], row: Mapping[str, Any]) -> Report:
    from bench.reading import a_report

    return a_report(f"{key[0]}/{key[1]}", document_text(row), title=row.get("title"), day=day_of(row.get("date")))


def day_of(words: object) -> str | None:
    """A set's date as YYYY-MM-DD: month/day/year in fakes, ISO elsewhere; None where it tells no day."""
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(str(words)[:10], form).date().isoformat()
        except ValueError:
            continue
    return None


def placed(text: str, in_report: str, start: int, end: int) -> tuple[int, int] | None:
    """Where [start, end) of `text` stands in the report, which may have lost what is no part of the article; None: it lost it.

    White space may differ. Of several places that have the words, the one with as many of them before it.
    """
    words = text[start:end].split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    spots = [match.span() for match in pattern.finditer(in_report)]
    before = sum(1 for match in pattern.finditer(text) if match.start() < start and match.end() <= start)
    return spots[min(before, len(spots) - 1)] if spots else None


def golds_of(row: Mapping[str, Any], text: str) -> list[Gold]:
    """The labels of one line. Raises BenchError where one lies outside its sentence."""
    golds = []
    for label in row["statements"]:
        value = label["value"]
        at = value["words"] if label["attribute"] == "strength" else value
        speaker = label["speaker_start"]
        for start, end in ((label["name_start"], label["name_end"]), (at["start"], at["end"])):
            if not row["start"] <= start < end <= row["end"]:
                raise BenchError(f"{row['set']} {row['id']}: a label at {start} outside its sentence")
        golds.append(Gold(
            label["group"], _words(text, label["name_start"], label["name_end"]), label["attribute"],
            _words(text, at["start"], at["end"]), value.get("sense") or value.get("of"), value.get("group"),
            (value["low"], value["high"]) if label["attribute"] == "strength" else None,
            None if speaker is None else text[speaker:label["speaker_end"]]))
    return golds


def moved(gold: Gold, sentence: int, at: tuple[int, int], report: Report) -> Gold:
    """`gold` with its name where that stands in the report: white space aside the sentence's words are the same there."""
    pattern = re.compile(r"\s+".join(map(re.escape, gold.name.text.split())))
    spots = [match.span() for match in pattern.finditer(report.text, *at)]
    near = min(spots, key=lambda spot: abs((spot[0] - at[0]) - (gold.name.start - sentence)), default=at)
    return replace(gold, name=Words(*near, report.text[slice(*near)]))


def names_of(document: Document, statement: GroupStatement) -> list[tuple[int, int]]:
    """Where the document names the statement's group: its mentions, or its name as written where the register lacks it."""
    if statement.group is not None:
        return [(m.start, m.end) for m in document.groups if m.group == statement.group]
    return [m.span() for m in re.finditer(re.escape(statement.name), document.report.text)]


def told_in(statement: GroupStatement, names: Sequence[tuple[int, int]], start: int, end: int) -> Told | None:
    """`statement` as told in [start, end), or None where no words that make it lie there, or none that name its group."""
    made = [span for span in statement.evidence if start <= span.start < end and _makes(statement, span)]
    names_at = tuple(at for at in names if start <= at[0] < end)
    if not made or not names_at:
        return None
    value = statement.value
    bounds = (value["low"], value["high"]) if statement.attribute == "strength" else None
    words = _value_words(statement)
    if statement.attribute == "loss" and sum(_makes(statement, span) for span in statement.evidence) > 1:
        words = " ".join(span.quote for span in made)     # told in several sentences: the value has the first one's words
    return Told(statement.group, statement.name, statement.attribute, words,
                value.get("sense") or value.get("of"), value.get("group"), bounds, statement.speaker, names_at)


def _makes(statement: GroupStatement, span: Span) -> bool:
    """Whether the span holds the words that state it, not only those that name the group ("it": the name stands elsewhere)."""
    return span.quote != statement.name or len(statement.evidence) == 1


def _value_words(statement: GroupStatement) -> str:
    value = statement.value
    if statement.attribute == "area":
        return str(value.get("text") or value.get("name") or "")
    if statement.attribute == "loss":
        where = value.get("where") or {}
        return " ".join(filter(None, (value.get("text"), where.get("text"))))
    return str(value.get("name") or value.get("words") or value.get("text") or "")


def _same_other(gold: Gold, told: Told) -> bool:
    return (gold.other is not None and gold.other == told.other) or same_name(gold.value.text, told.value)


def _same_speaker(gold: Gold, told: Told) -> bool:
    if gold.speaker is None or told.speaker is None:
        return gold.speaker is told.speaker
    return same_name(gold.speaker, told.speaker)


def _tally(scored: Sequence[Scored], attribute: str | None = None) -> Tally:
    total = Tally()
    for s in scored:
        for gold, _ in s.met:
            if attribute in (None, gold.attribute):
                total += Tally(1, 1, 1)
        total += Tally(0, 0, sum(attribute in (None, g.attribute) for g in s.missed))
        total += Tally(0, sum(attribute in (None, t.attribute) for t in s.wrong), 0)
    return total


def _name_words(name: str) -> list[str]:
    folded = fold(name).strip()
    return _plain(SAME_NAME.get(folded, folded))


def _content(text: str) -> set[str]:
    return {word for word in _plain(fold(text)) if word not in SMALL} or set(_plain(fold(text)))


def _plain(text: str) -> list[str]:
    """Words without a possessive: "Qaedas" is how a set with its punctuation gone writes "Qaeda's"."""
    return [word.removesuffix("'s") for word in re.findall(r"[\w]+(?:'s)?", text)]


def _words(text: str, start: int, end: int) -> Words:
    return Words(start, end, text[start:end])


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["set"], row["id"]


BENCHES = {"group-statements": Bench("group-statements", GOLD, "sentences that name an armed group", run)}
