"""Outlets, agencies and speakers by what they gave, languages and failures, and the search over it all. Part of `store.lists`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from dateline.store import counted, search
from dateline.store.dialect import containing, how_many, without_index
from dateline.store.filters import ALL, IncidentFilter, conditions
from dateline.store.keeping import DONE, FAILED, PENDING
from dateline.store.listed import COLUMNS, Listed, checked_most, listed
from dateline.store.reading import Reading, extraction_of
from dateline.store.schema import figure, incident, report

MOST_SOURCES = 1_000


class OnDay(NamedTuple):
    """day: on which reports were written, the last that is possible; None: not known."""

    day: date | None
    told: int


@dataclass(frozen=True, slots=True)
class OutletSum:
    """An outlet by its name as printed. failed: reports that could not be extracted; unread: in languages not read."""

    name: str
    reports: int
    first: date | None
    last: date | None
    failed: int
    unread: int


@dataclass(frozen=True, slots=True)
class SpeakerSum:
    """A speaker as written. standing: its figures that stand; alone: of those, how many nobody else gives their incident."""

    name: str
    figures: int
    first: date | None
    last: date | None
    standing: int
    alone: int


@dataclass(frozen=True, slots=True)
class LanguageSum:
    """language None: not known."""

    language: str | None
    reports: int
    done: int
    pending: int
    failed: int
    unread: int


@dataclass(frozen=True, slots=True)
class SourcesIndex:
    """The outlets and speakers with most reports and figures, up to MOST_SOURCES of each; how many there are of each."""

    outlets: tuple[OutletSum, ...]
    speakers: tuple[SpeakerSum, ...]
    all_outlets: int
    all_speakers: int


@dataclass(frozen=True, slots=True)
class SourceSums:
    """What one source gave, a row for each spelling of its name; languages: of its reports."""

    outlets: tuple[OutletSum, ...]
    speakers: tuple[SpeakerSum, ...]
    languages: tuple[LanguageSum, ...]


@dataclass(frozen=True, slots=True)
class SearchFound:
    """What words lead to. The totals say how many there are beside those listed."""

    reports: tuple[search.Found, ...]
    all_reports: int
    incidents: tuple[Listed, ...]
    all_incidents: int


class SourceLists(Reading):
    """Whom the record has its reports and figures from, and where words stand in it."""

    def source_days(self, *, outlets: Collection[str] = (), speakers: Collection[str] = ()) -> tuple[OnDay, ...]:
        """By day: the reports of `outlets` (agencies too), or the figures of `speakers`; names as printed, each spelling."""
        if speakers:
            query = sa.select(figure.c.written, sa.func.count()).where(figure.c.speaker.in_(speakers)).group_by(
                figure.c.written).order_by(figure.c.written.nulls_first())
        else:
            query = sa.select(report.c.written_latest, sa.func.count()).where(_of_outlets(outlets)).group_by(
                report.c.written_latest).order_by(report.c.written_latest.nulls_first())
        with self._read() as connection:
            return tuple(OnDay(*row) for row in connection.execute(query))

    def sources_index(self) -> SourcesIndex:
        with self._read() as connection:
            return self._remembered(connection, ("sources", extraction_of(connection)), lambda: SourcesIndex(
                tuple(_houses(connection, report.c.outlet)), tuple(_speakers(connection)), _distinct(connection, report.c.outlet),
                _distinct(connection, figure.c.speaker)))

    def agencies(self) -> Sequence[OutletSum]:
        """The agencies that reports credit, those with most reports first; a report counts for its outlet too."""
        with self._read() as connection:
            return self._remembered(connection, ("agencies", extraction_of(connection)), lambda: (
                _houses(connection, report.c.agency)))

    def source(self, *, outlets: Collection[str] = (), speakers: Collection[str] = ()) -> SourceSums:
        """What the spellings of one source gave: its rows of the index, and the languages of its reports."""
        with self._read() as connection:
            return SourceSums(tuple(_houses(connection, report.c.outlet, outlets)) if outlets else (),
                              tuple(_speakers(connection, speakers)) if speakers else (),
                              tuple(_languages(connection, _of_outlets(outlets))) if outlets else ())

    def languages(self) -> tuple[LanguageSum, ...]:
        """Reports by language, and how far extraction came with them; those of most reports first."""
        with self._read() as connection:
            return self._remembered(connection, ("languages", extraction_of(connection)), lambda: tuple(
                _languages(connection, sa.true())))

    def search(self, words: str, wanted: IncidentFilter = ALL, most: int = 20) -> SearchFound:
        """Reports that hold all of `words`, and incidents whose headline, place or province does (newest first).

        What is shown of a report may hold names: see lists_told.py. Armed groups are found by name in their register.
        """
        most, newest = checked_most(most), (incident.c.day.desc(), incident.c.number.desc())
        with self._read() as connection:
            if (shown := self._shown(connection, wanted)) is not None:
                there = counted.holding(*shown, search.terms_in(words))
                numbers, held = counted.ordered(shown.columns, there, "newest", None, most), len(there)
            else:
                every = connection.execute(sa.select(incident.c.number).where(*conditions(wanted), *_holding(words)).order_by(
                    without_index(incident.c.day).desc(), incident.c.number.desc())).scalars().all()
                numbers, held = list(every[:most]), len(every)
            query = sa.select(*COLUMNS).where(incident.c.number.in_(numbers)).order_by(*newest)
            incidents = tuple(listed(row) for row in connection.execute(query))
            if shown is not None and self._columns is not None:
                seqs = np.flatnonzero(self._columns.reports(words, connection))
                last = seqs[:-most - 1:-1].tolist() if len(seqs) > search.RANKED else None
                return SearchFound(tuple(search.find(connection, words, most, last)), len(seqs), incidents, held)
            reports = self._remembered(connection, ("search", words), lambda: search.count(connection, words))
            return SearchFound(tuple(search.find(connection, words, most)), reports, incidents, held)


def _of_outlets(names: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.or_(report.c.outlet.in_(names), report.c.agency.in_(names))


def _distinct(connection: sa.Connection, column: sa.Column[str | None]) -> int:
    return connection.execute(sa.select(sa.func.count(sa.distinct(column)))).scalar_one()


def _is(extracted: str) -> sa.ColumnElement[int]:
    return how_many(report.c.extracted == extracted)


_UNREAD = how_many(report.c.extracted.not_in((DONE, FAILED, PENDING)))


def _houses(connection: sa.Connection, name: sa.Column[str | None], names: Collection[str] = ()) -> Sequence[OutletSum]:
    """name: the column of outlets, or of agencies."""
    day = report.c.written_latest
    query = sa.select(name, sa.func.count(), sa.func.min(day), sa.func.max(day), _is(FAILED), _UNREAD)
    query = query.where(name.in_(names) if names else name.is_not(None)).group_by(name)
    return [OutletSum(*row) for row in connection.execute(query.order_by(sa.func.count().desc(), name).limit(MOST_SOURCES))]


def _speakers(connection: sa.Connection, names: Collection[str] = ()) -> Sequence[SpeakerSum]:
    name, day, alone = figure.c.speaker, figure.c.written, figure.c.alone
    query = sa.select(name, sa.func.count(), sa.func.min(day), sa.func.max(day), sa.func.count(alone),
                      how_many(alone))
    query = query.where(name.in_(names) if names else name.is_not(None)).group_by(name)
    return [SpeakerSum(*row) for row in connection.execute(query.order_by(sa.func.count().desc(), name).limit(MOST_SOURCES))]


def _languages(connection: sa.Connection, asked: sa.ColumnElement[bool]) -> Sequence[LanguageSum]:
    query = sa.select(report.c.language, sa.func.count(), _is(DONE), _is(PENDING), _is(FAILED), _UNREAD).where(asked)
    query = query.group_by(report.c.language).order_by(sa.func.count().desc(), report.c.language.nulls_first())
    found = connection.execute(query)
    return [LanguageSum(*row) for row in found]


def _holding(words: str) -> Sequence[sa.ColumnElement[bool]]:
    """Each word, or "phrase", stands in the headline, the place or the province, in any case of ASCII; no word finds nothing."""
    terms = search.terms_in(words)
    texts = (incident.c.headline, incident.c.place, incident.c.admin1)
    return [sa.or_(*(containing(text, term) for text in texts)) for term in terms] or [sa.false()]
