"""The steps of extraction, in order, over batches of reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from dateline.errors import ExtractError
from dateline.extract import NOTHING, Extraction, reads
from dateline.extract.accounts import build_accounts
from dateline.extract.acts import find_acts
from dateline.extract.counts import find_counts
from dateline.extract.document import Document, Step
from dateline.extract.gazetteer import open_gazetteer
from dateline.extract.groups import find_groups, load_register
from dateline.extract.lexicon import lexicon
from dateline.extract.nlp import pipeline
from dateline.extract.places import find_places
from dateline.extract.recase import recased
from dateline.extract.speakers import find_attributions
from dateline.extract.statements import group_statements
from dateline.extract.times import find_times
from dateline.records import Report

BATCH = 32                        # reports a batch: spaCy's speed no longer grows beyond it


@dataclass(frozen=True, slots=True)
class Failed:
    """A report that broke a step."""

    error: ExtractError


@cache
def steps() -> tuple[Step, ...]:
    """The steps in force. A model takes one over by standing here under the same name."""
    register, gazetteer = load_register(), open_gazetteer()
    return (
        Step("times", ("spacy",), ("times",), find_times),
        Step("groups", ("spacy",), ("groups",), lambda d: find_groups(d, register)),
        Step("places", ("spacy", "groups"), ("places",), lambda d: find_places(d, gazetteer, register)),
        Step("counts", ("spacy",), ("counts",), find_counts),
        Step("attributions", ("spacy", "groups", "places"), ("attributions",), find_attributions),
        Step("acts", ("spacy",), ("acts",), find_acts),
        Step("accounts", ("times", "groups", "places", "counts", "attributions", "acts"), ("accounts",),
             lambda d: build_accounts(d, register)),
        Step("statements", ("times", "groups", "places", "counts", "attributions"), ("group_statements",), _state),
    )


def run(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction]]:
    """Each report with what it says. Raises ExtractError at a report that breaks a step."""
    for report, outcome in run_each(reports):
        if isinstance(outcome, Failed):
            raise outcome.error
        yield report, outcome


def run_each(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction | Failed]]:
    """As `run`, but a report that breaks a step comes back with its error and the rest go on."""
    source = iter(reports)
    while batch := list(islice(source, BATCH)):
        worth = [r for r in batch if reads(r) and may_tell_violence(r.text)]
        docs = iter(pipeline().pipe((recased(r.text, _names()) for r in worth), batch_size=BATCH))
        chosen = {r.id for r in worth}
        for report in batch:
            yield report, _extracted(Document(report, next(docs))) if report.id in chosen else NOTHING


def _extracted(document: Document) -> Extraction | Failed:
    try:
        for step in steps():
            step.run(document)
    except Exception as error:                                   # whatever a hostile text breaks, the run goes on
        return Failed(ExtractError(document.report.id, document.report.source, f"{type(error).__name__}: {error}"))
    return Extraction(tuple(document.accounts), tuple(document.group_statements))


def _state(document: Document) -> None:
    document.group_statements = list(group_statements(document))


@cache
def _gate() -> re.Pattern[str]:
    """Words without which a report tells no violence: the lexicon's, and the armed groups' names."""
    lex = lexicon()
    verbs = {form for lemma in (*lex.act_verbs, *lex.patient_verbs, *lex.subject_verbs) for form in _stems(lemma)}
    nouns = {stem for term in lex.act_nouns.terms() for stem in _stems(term.split(" ")[-1])}
    effects = set(lex.effect_words)
    words = sorted(verbs | nouns | effects, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")", re.I)


def _stems(lemma: str) -> set[str]:
    """The beginnings that all forms of a regular word share, with the irregular forms of the lexicon's verbs."""
    irregular = {"shoot": {"shoot", "shot"}, "slay": {"slay", "slain", "slew"}, "strike": {"strik", "struck"}, "die": {"die", "dying"},
                 "blow": {"blow", "blew"}, "throw": {"throw", "threw"}, "flee": {"flee", "fled"}}
    return irregular.get(lemma, {lemma.removesuffix("e")} if len(lemma) > 4 else {lemma})


def may_tell_violence(text: str) -> bool:
    """A cheap look before the parse: whether any word of violence, or a known group, stands in the text."""
    return bool(_gate().search(text)) or load_register().names_in(text)


@cache
def _names() -> frozenset[str]:
    """Words that a one-case text has in capitals: those of armed groups and places that are no common words."""
    return load_register().name_words() | open_gazetteer().name_words()
