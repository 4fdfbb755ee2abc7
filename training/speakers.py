"""How well a head on the packaged encoder tells who speaks of violence, beside the rules, on our own reports.

    python -m training.speakers [--errors]

Asked of is each noun phrase: whether it is a speaker (training/own/README.md: who tells of it, gives a figure, blames or
denies). The head is a logistic regression over what the encoder's first layers make of the phrase's last word and of the words
beside the phrase; with the rules' answer as one more sign it says what the two know together. Each fifth of the reports is asked
of the head that the other four taught.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.reading import read_as_written
from bench.scores import Tally
from dateline.extract.document import Document
from dateline.extract.reader.rows import rows_of
from dateline.extract.reader.session import first_layers
from training.logistic import Array, weights_of
from training.own_reports import OwnReport, load

FOLDS = 5
PENALTY = 30.0                    # of a squared weight; the encoder's numbers are about 0.5 large
CERTAIN = 0.5
AROUND = (-2, -1, 1, 2)           # words before the phrase's first and after its last


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase. gold: number of the labelled speaker that its last word stands in; -1: none. rule: the rules' answer."""

    words: str
    vector: Array
    gold: int
    rule: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One report: its phrases, and how many speakers are labelled in it."""

    id: str
    phrases: tuple[Phrase, ...]
    gold: int


def asked_of(report: OwnReport, document: Document) -> Asked:
    gold = [(span.start, span.end) for span in report.spans if span.role == "speaker"]
    by_rule = [(one.speaker_start, one.speaker_end) for one in document.attributions if one.speaker is not None]
    at = _hidden_at(report.text, document)
    phrases = []
    for chunk in document.spacy.noun_chunks:
        head = chunk.root
        begin, end = head.idx, head.idx + len(head)
        near = [chunk.start + step if step < 0 else chunk.end - 1 + step for step in AROUND]
        vector = np.concatenate([at(head.i), *(at(place) for place in near)])
        phrases.append(Phrase(chunk.text, vector, _within(gold, begin, end), _within(by_rule, begin, end) >= 0))
    return Asked(report.id, tuple(phrases), len(gold))


def _within(spans: Sequence[tuple[int, int]], begin: int, end: int) -> int:
    return next((number for number, (start, stop) in enumerate(spans) if start <= begin and end <= stop), -1)


def _hidden_at(text: str, document: Document) -> Any:
    """What the encoder makes of a token, by its number: of its last piece; zeros where there is none."""
    model, doc = first_layers(), document.spacy
    held: dict[int, Array] = {}
    for row in rows_of(text, [(sent.start_char, sent.end_char) for sent in doc.sents], model.tokenizer):
        hidden = model.hidden(row.ids)
        for last, end in zip(row.last.tolist(), row.end.tolist(), strict=True):
            held[end] = hidden[last].astype(np.float64)
    none = np.zeros(next(iter(held.values())).shape)

    def at(token: int) -> Array:
        if not 0 <= token < len(doc):
            return none
        return held.get(doc[token].idx + len(doc[token]), none)

    return at


def learn(reports: Sequence[Asked], with_rules: bool) -> Array:
    table, label = _table(reports, with_rules), np.array([float(one.gold >= 0) for report in reports for one in report.phrases])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[:2] = 0.0, 2.0        # of the start, and of the rules' answer
    return weights_of(table, label, penalty)


def _table(reports: Sequence[Asked], with_rules: bool) -> Array:
    return np.array([np.concatenate([[1.0, float(one.rule and with_rules)], one.vector])
                     for report in reports for one in report.phrases])


def in_turn(reports: Sequence[Asked], with_rules: bool) -> Iterator[tuple[Asked, list[bool]]]:
    """Each report with the answers of the head that the other folds taught."""
    for fold in range(FOLDS):
        weights = learn([one for at, one in enumerate(reports) if at % FOLDS != fold], with_rules)
        for report in reports[fold::FOLDS]:
            odds = _table([report], with_rules) @ weights
            yield report, [bool(1 / (1 + np.exp(-one)) >= CERTAIN) for one in odds]


def tally(report: Asked, answers: Sequence[bool]) -> Tally:
    """Speakers found, phrases said to be one, and speakers that are labelled."""
    said = [phrase for phrase, answer in zip(report.phrases, answers, strict=True) if answer]
    return Tally(len({one.gold for one in said if one.gold >= 0}), len(said), report.gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show what rules and head together have wrong")
    given = parser.parse_args()
    own = load()
    documents = read_as_written(((report.id, report.text, None) for report in own), "attributions")
    reports = [asked_of(report, document) for report, document in zip(own, documents, strict=True) if report.text]
    reports = [one for one in reports if one.phrases]
    both = list(in_turn(reports, with_rules=True))
    ways = {"rules": [(one, [phrase.rule for phrase in one.phrases]) for one in reports],
            "head": list(in_turn(reports, with_rules=False)), "both": both,
            "either": [(one, [said or of.rule for said, of in zip(told, one.phrases, strict=True)]) for one, told in both]}
    for name, answered in ways.items():
        found = sum((tally(report, answers) for report, answers in answered), Tally())
        print(f"{name}: F1 {found.f1} (precision {found.precision}, recall {found.recall}) of {found.gold} speakers")
    for report, answers in both if given.errors else ():
        for phrase, answer in zip(report.phrases, answers, strict=True):
            if answer != (phrase.gold >= 0):
                rules_too = " (rules too)" * (phrase.rule == answer)
                print(f"{report.id}: {'too much' if answer else 'missed'}{rules_too}: {phrase.words}")


if __name__ == "__main__":
    main()
