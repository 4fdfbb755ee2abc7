"""The sentences that the gate is trained on: all of the train sets and of our own that hold a word of violence.

Labelled are those of training/own/gate_sentences.tsv (of the train sets, by set, id and offsets), training/own/gate.tsv and
training/own/reports.txt. What nobody read, or read in doubt, has no label; but reports of ECB+ on what is no violence are quiet.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.extract.gate_words import Sentence, sentences, tells_of, topics
from training import own_reports
from training.truecase import joined

BENCH = Path("../shared/bench")
OWN = Path("training/own/gate.tsv")
LABELS = Path("training/own/gate_sentences.tsv")
# of ECB+: films, boxing, species, baseball, elections, an earthquake, injured players, software, football, cables, basketball
QUIET_TOPICS = frozenset(("6", "7", "9", "10", "11", "20", "25", "27", "29", "30", "31"))
LABEL = {"violent": True, "quiet": False, "doubt": None}
NO_ROLE_OF_VIOLENCE = frozenset(("speaker", "time", "place"))
PARTS = 5                         # of which each is held out once

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with a word of violence. topic: what its text is about. label None: not known."""

    words: tuple[str, ...]
    topic: tuple[str, ...]
    label: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """One text. violent: whether it tells violence; None: not known, or in doubt, or it is no whole report."""

    group: str                    # texts on one incident share it
    own: bool                     # written by ourselves
    violent: bool | None
    told: tuple[Told, ...]

    @property
    def part(self) -> int:
        """In which of PARTS it is held out when the thresholds are chosen."""
        return int(hashlib.sha256(f"f{self.group}".encode()).hexdigest(), 16) % PARTS


@dataclass(frozen=True, slots=True)
class SetText:
    """A text of a train part; offsets of labels are those of `text`."""

    set: str
    id: str
    group: str                    # texts on one incident share it
    text: str
    violent: bool                 # the set's own labels tell of an incident; where they tell of none there may be one


def reports() -> list[Report]:
    """All, in a fixed order."""
    return [*of_the_sets(), *own_sentences(), *written_reports()]


def of_the_sets() -> Iterator[Report]:
    """The train parts. Those that we read in full are violent where a sentence is, quiet where none is or may be."""
    labels, read = _labels()
    for one in set_texts():
        of = labels.get((one.set, one.id), {})
        quiet = one.set == "ecbplus" and one.group.split("_")[0] in QUIET_TOPICS
        violent: bool | None = one.violent or None
        if (one.set, one.id) in read:
            violent = True if True in of.values() else None if None in of.values() else False
        yield Report(f"{one.set[0]}{one.group}", False, violent, tuple(_told(one.text, of, False if quiet else None)))


def set_texts() -> Iterator[SetText]:
    """The train parts of the four sets."""
    for row in _rows("muc4"):
        yield SetText("muc4", row["doc_id"], row["doc_id"], row["text"], bool(row["templates"]))
    for row in _rows("wikievents"):
        yield SetText("wikievents", row["id"], row["id"], joined(row["tokens"]), False)
    for row in _rows("gvc"):
        yield SetText("gvc", row["id"], str(row["incident_id"]), row["text"], True)
    for row in _rows("ecbplus"):
        text = "\n".join(joined(row["tokens"][a:b]) for a, b in row["sentences"])
        yield SetText("ecbplus", row["id"], row["subtopic"], text, False)


def own_sentences(path: Path = OWN) -> Iterator[Report]:
    """Our own sentences: those of one number are one report; a sentence of its own is taken as one, whatever stops are in it."""
    held: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for row in _table(path):
        held[row["report"]].append((row["sentence"], row["label"] == "violent"))
    for lines in held.values():
        text, spans, at = "\n\n".join(line for line, _ in lines), {}, 0
        for line, violent in lines:
            spans[at, at + len(line)] = violent
            at += len(line) + 2
        if len(lines) > 1:
            yield Report(f"mini{text}", True, any(violent for _, violent in lines), tuple(_told(text, spans)))
        else:
            found = sentences(text)
            words = tuple(word for sentence in found for word in sentence.words)
            yield Report(f"own{text}", True, None, (Told(words, topics(found), lines[0][1]),) if tells_of(words) else ())


def written_reports() -> Iterator[Report]:
    """Our own reports with their roles: what holds a role of an incident is violent, and in a quiet report nothing is."""
    for report in own_reports.load():
        spans = {(span.start, span.end): True for span in report.spans if span.role not in NO_ROLE_OF_VIOLENCE}
        told = tuple(_told(report.text, spans if report.tells_violence else {(0, len(report.text)): False}))
        yield Report(f"ownr{report.text}", True, report.tells_violence, told)


def _told(text: str, labels: Mapping[Span, bool | None], otherwise: bool | None = None) -> Iterator[Told]:
    """The sentences of a text that hold a word of violence. otherwise: the label of those that have none."""
    found = sentences(text)
    topic = topics(found)
    for sentence in found:
        if tells_of(sentence.words):
            yield Told(sentence.words, topic, _label(sentence, labels, otherwise))


def _label(sentence: Sentence, labels: Mapping[Span, bool | None], otherwise: bool | None) -> bool | None:
    """Of the labelled spans that it shares most of itself, or of them, with: violent before doubt before quiet."""
    over = {label for (start, end), label in labels.items()
            if 2 * (min(end, sentence.end) - max(start, sentence.start)) > min(end - start, sentence.end - sentence.start)}
    return next((label for label in (True, None, False) if label in over), otherwise)


def _labels(path: Path = LABELS) -> tuple[dict[tuple[str, str], dict[Span, bool | None]], set[tuple[str, str]]]:
    """Labels by set and id, then by offsets; and which reports were read in full."""
    labels: dict[tuple[str, str], dict[Span, bool | None]] = defaultdict(dict)
    read = set()
    for row in _table(path):
        key = row["set"], row["id"]
        labels[key][int(row["start"]), int(row["end"])] = LABEL[row["label"]]
        if row["read"] == "report":
            read.add(key)
    return labels, read


def _table(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(BENCH / name / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
