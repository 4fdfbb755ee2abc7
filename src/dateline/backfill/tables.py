"""The tables of the archive job: columns with their form and where each value comes from; docs/exports.md lists them.

`body` holds the whole record as JSON: `load` makes it again from there, and the other columns are for those who ask the files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from dateline.extract import Extraction, Failed, reads
from dateline.reconcile.copies import Relation, related
from dateline.records import Account, Figure, GroupStatement, Report, to_json, to_line
from dateline.store.keeping import DONE, FAILED, LANGUAGE

Form = Literal["text", "int", "float", "day", "time", "flag", "hashes"]
NO_MONTH = "unknown"


class Told(NamedTuple):
    """One report with all that it gives."""

    report: Report                # as it was read
    relation: Relation | None     # to those before it in its file
    sketch: frozenset[int]
    outcome: Extraction | Failed

    @property
    def related(self) -> Report:
        return related(self.report, self.relation)

    @property
    def accounts(self) -> tuple[Account, ...]:
        return () if isinstance(self.outcome, Failed) else self.outcome.accounts

    @property
    def statements(self) -> tuple[GroupStatement, ...]:
        return () if isinstance(self.outcome, Failed) else self.outcome.group_statements


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    form: Form
    of: Callable[[Told, Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """each: what the rows of one report are about."""

    name: str
    columns: tuple[Column, ...]
    each: Callable[[Told], Iterator[Any]]

    def rows(self, told: Told) -> Iterator[tuple[Any, ...]]:
        for one in self.each(told):
            yield tuple(column.of(told, one) for column in self.columns)


class Quoted(NamedTuple):
    """A piece of evidence. field: of what of the record, "where", "figures F2"; of: "report", "account", "statement"."""

    of: str
    id: str
    field: str
    start: int
    end: int
    quote: str


def month_of(report: Report) -> str:
    """The partition of a report and of all that it tells: the month in which it was written, "2021-08", as far as known."""
    day = report.written.day or report.written.latest or report.written.earliest
    return f"{day:%Y-%m}" if day else NO_MONTH


def state_of(told: Told) -> str:
    """How far extraction came, in the record's words: "done", "failed", "language:ar"."""
    if not reads(told.report):
        return f"{LANGUAGE}{told.report.language}"
    return FAILED if isinstance(told.outcome, Failed) else DONE


def _report(name: str, form: Form, get: Callable[[Report], Any]) -> Column:
    return Column(name, form, lambda told, _: get(told.report))


def _each(name: str, form: Form, get: Callable[[Any], Any]) -> Column:
    return Column(name, form, lambda _, one: get(one))


def _of_figure(name: str, form: Form) -> Column:
    return Column(name, form, lambda _, pair: getattr(pair[1], name))


def _figures(told: Told) -> Iterator[tuple[Account, Figure]]:
    return ((account, figure) for account in told.accounts for figure in account.figures)


def _evidence(told: Told) -> Iterator[Quoted]:
    if told.report.dateline:
        yield from (Quoted("report", told.report.id, "dateline", span.start, span.end, span.quote)
                    for span in told.report.dateline.evidence)
    for account in told.accounts:
        yield from _quoted("account", account.id, to_json(account), "")
    for statement in told.statements:
        yield from _quoted("statement", statement.id, to_json(statement), "")


def _quoted(of: str, name: str, held: dict[str, Any], path: str) -> Iterator[Quoted]:
    """The evidence of a record and of all its parts; a part is called by its field and its id, or its place from 0."""
    for span in held.get("evidence") or ():
        yield Quoted(of, name, path, span["start"], span["end"], span["quote"])
    for field, value in held.items():
        at = f"{path} {field}".strip()
        if isinstance(value, dict):
            yield from _quoted(of, name, value, at)
        elif isinstance(value, list) and field != "evidence":
            for place, part in enumerate(value):
                if isinstance(part, dict):
                    yield from _quoted(of, name, part, f"{at} {part.get('id', place)}")


REPORTS = Table("reports", (
    _report("id", "text", lambda r: r.id),
    _report("source", "text", lambda r: r.source),
    _report("fetched_at", "time", lambda r: r.fetched.at),
    _report("outlet", "text", lambda r: r.outlet),
    _report("agency", "text", lambda r: r.agency),
    _report("title", "text", lambda r: r.title),
    _report("language", "text", lambda r: r.language),
    _report("published_at", "time", lambda r: r.published_at),
    _report("written_earliest", "day", lambda r: r.written.earliest),
    _report("written_latest", "day", lambda r: r.written.latest),
    Column("copy_of", "text", lambda told, _: told.related.copy_of),
    Column("version_of", "text", lambda told, _: told.related.version_of),
    Column("update_kind", "text", lambda told, _: told.related.update_kind),
    Column("extracted", "text", lambda told, _: state_of(told)),
    Column("failure", "text", lambda told, _: told.outcome.error.what if isinstance(told.outcome, Failed) else None),
    Column("accounts", "int", lambda told, _: len(told.accounts)),
    Column("sketch", "hashes", lambda told, _: sorted(told.sketch)),
    _report("text", "text", lambda r: r.text),
    _report("body", "text", lambda r: to_line(replace(r, text=""))),
), lambda told: iter((told.report,)))

ACCOUNTS = Table("accounts", (
    _each("id", "text", lambda a: a.id),
    _each("report_id", "text", lambda a: a.report),
    Column("position", "int", lambda told, a: told.accounts.index(a)),
    _each("kind", "text", lambda a: a.kind),
    _each("status", "text", lambda a: a.status),
    _each("told_as", "text", lambda a: a.told_as),
    _each("nature", "text", lambda a: a.nature),
    _each("main", "flag", lambda a: a.main),
    _each("headline", "text", lambda a: a.headline),
    _each("when_best", "day", lambda a: a.when.best),
    _each("when_earliest", "day", lambda a: a.when.earliest),
    _each("when_latest", "day", lambda a: a.when.latest),
    _each("when_precision", "text", lambda a: a.when.precision),
    _each("place", "text", lambda a: a.where.name),
    _each("admin2", "text", lambda a: a.where.admin2),
    _each("admin1", "text", lambda a: a.where.admin1),
    _each("country", "text", lambda a: a.where.country),
    _each("lat", "float", lambda a: a.where.lat),
    _each("lon", "float", lambda a: a.where.lon),
    _each("location_precision", "int", lambda a: a.where.precision),
    _each("body", "text", to_line),
), lambda told: iter(told.accounts))

FIGURES = Table("figures", (
    Column("id", "text", lambda _, pair: pair[1].id),
    Column("account_id", "text", lambda _, pair: pair[0].id),
    Column("report_id", "text", lambda _, pair: pair[0].report),
    *(_of_figure(name, "text") for name in ("effect", "who", "side")),
    *(_of_figure(name, "int") for name in ("low", "high", "value")),
    *(_of_figure(name, "text") for name in ("modifier", "words", "scope", "standing", "speaker")),
), _figures)

STATEMENTS = Table("statements", (
    _each("id", "text", lambda s: s.id),
    _each("report_id", "text", lambda s: s.report),
    Column("position", "int", lambda told, s: told.statements.index(s)),
    _each("group", "text", lambda s: s.group),
    _each("name", "text", lambda s: s.name),
    _each("attribute", "text", lambda s: s.attribute),
    _each("value", "text", lambda s: json.dumps(to_json(s.value), ensure_ascii=False, sort_keys=True)),
    _each("as_of_earliest", "text", lambda s: s.as_of.earliest),
    _each("as_of_latest", "text", lambda s: s.as_of.latest),
    _each("speaker", "text", lambda s: s.speaker),
    _each("body", "text", to_line),
), lambda told: iter(told.statements))

EVIDENCE = Table("evidence", (
    Column("report_id", "text", lambda told, _: told.report.id),
    _each("of", "text", lambda q: q.of),
    _each("id", "text", lambda q: q.id),
    _each("field", "text", lambda q: q.field or None),
    _each("start", "int", lambda q: q.start),
    _each("end", "int", lambda q: q.end),
    _each("quote", "text", lambda q: q.quote),
), _evidence)

TABLES = (REPORTS, ACCOUNTS, FIGURES, STATEMENTS, EVIDENCE)
