"""The steps of extraction, in order, over batches of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.errors import ExtractError
from dateline.extract import NOTHING, Extraction, Failed, reads
from dateline.extract.accounts import build_accounts
from dateline.extract.acts import find_acts
from dateline.extract.counts import find_counts
from dateline.extract.document import Document, Step
from dateline.extract.extractor import BATCH
from dateline.extract.gate import may_tell_violence
from dateline.extract.groups import find_groups, names_a_group
from dateline.extract.nlp import pipeline, tokens_of
from dateline.extract.places import find_places
from dateline.extract.reader.step import read_near_acts
from dateline.extract.recase import recased
from dateline.extract.register import Register, load_register
from dateline.extract.speakers import find_attributions
from dateline.extract.statements import group_statements
from dateline.extract.times import find_times
from dateline.extract.tokens import dateline_end
from dateline.extract.truecase import Truecaser, load_table
from dateline.extract.truecase_words import knowledge_of
from dateline.records import Report
from dateline.settings import load_settings
from dateline.where.gazetteer import load_gazetteer


@cache
def steps(groups_file: str = "") -> tuple[Step, ...]:
    """The steps in force."""
    register, gazetteer = _register(groups_file), load_gazetteer()
    return (
        Step("times", ("spacy",), ("times",), find_times),
        Step("groups", ("spacy",), ("groups",), lambda d: find_groups(d, register)),
        Step("places", ("spacy", "groups"), ("places",), lambda d: find_places(d, gazetteer)),
        Step("counts", ("spacy",), ("counts",), find_counts),
        Step("attributions", ("spacy", "groups", "places"), ("attributions",), find_attributions),
        Step("acts", ("spacy",), ("acts",), find_acts),
        Step("reading", ("spacy", "acts"), ("reading",), read_near_acts),
        Step(
            "accounts",
            ("times", "groups", "places", "counts", "attributions", "acts", "reading"),
            ("accounts",),
            lambda d: build_accounts(d, register, gazetteer),
        ),
        Step("statements", ("times", "groups", "places", "counts", "attributions"), ("group_statements",), _state),
    )


def run_each(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction | Failed]]:
    """Each report with what it says; one that breaks a step comes back with its error and the rest go on."""
    for report, document in documents(reports):
        if isinstance(document, Document):
            yield report, Extraction(tuple(document.accounts), tuple(document.group_statements))
        else:
            yield report, document or NOTHING


def documents(reports: Iterable[Report]) -> Iterator[tuple[Report, Document | Failed | None]]:
    """Each report with its working document after all steps; None: it is in no language that is read, or tells no violence."""
    groups_file = load_settings().groups_file
    source = iter(reports)
    while batch := list(islice(source, BATCH)):
        worth = [r for r in batch if reads(r) and _is_worth(r.text, _register(groups_file))]
        docs = iter(pipeline().pipe((_tokens(r, groups_file) for r in worth), batch_size=BATCH))
        chosen = {r.id for r in worth}
        for report in batch:
            yield report, _stepped(Document(report, next(docs)), groups_file) if report.id in chosen else None


def read_documents(reports: Iterable[Report]) -> Iterator[Document]:
    """The working document of each report after all steps, those too that tell no violence.

    Raises ExtractError at a report that breaks a step.
    """
    groups_file = load_settings().groups_file
    source = iter(reports)
    while batch := list(islice(source, BATCH)):
        docs = pipeline().pipe((_tokens(r, groups_file) for r in batch), batch_size=BATCH)
        for report, doc in zip(batch, docs, strict=True):
            document = _stepped(Document(report, doc), groups_file)
            if isinstance(document, Failed):
                raise document.error
            yield document


def _is_worth(text: str, register: Register) -> bool:
    """A cheap look before the parse. A group's name is enough: what is said of groups need not tell violence."""
    return may_tell_violence(text) or names_a_group(text, register)


def _stepped(document: Document, groups_file: str) -> Document | Failed:
    try:
        for step in steps(groups_file):
            step.run(document)
    except Exception as error:  # whatever a hostile text breaks, the run goes on
        return Failed(ExtractError(document.report.id, document.report.source, f"{type(error).__name__}: {error}"))
    return document


def _register(groups_file: str) -> Register:
    return load_register(Path(groups_file) if groups_file else None)


def _tokens(report: Report, groups_file: str) -> Any:
    return tokens_of(recased(report.text, lambda: _truecaser(groups_file)), dateline_end(report))


def _state(document: Document) -> None:
    document.group_statements = list(group_statements(document))


@cache
def _truecaser(groups_file: str) -> Truecaser:
    return Truecaser(load_table(), knowledge_of(_register(groups_file), load_gazetteer()))
