"""Which incidents a list shows: the filter, and what it asks of the columns (store/incident_rows.py says what they hold)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_lowercase, ascii_uppercase

import sqlalchemy as sa

from dateline.store import search
from dateline.store.incident_rows import AFFECTED, ASSIGNED, FACTS_CHANGED, GROUP, NO_DAY, OWN_WORD, REVIEWED, SIDE_KILLED
from dateline.store.rows import instant
from dateline.store.schema import incident, incident_facet, incident_span, membership


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents a list shows. An empty tuple or None leaves the question open.

    since, until: days, both included; what may fall between them is shown, with `surely` only what must.
    text: words of its reports, see `search.match_expression`. Values of one field are alternatives.
    """

    since: date | None = None
    until: date | None = None
    surely: bool = False
    countries: tuple[str, ...] = ()       # ISO 3166 alpha-2
    groups: tuple[str, ...] = ()          # ids of armed groups
    kinds: tuple[str, ...] = ()
    natures: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    text: str | None = None
    unplaced: bool = False                # those alone that have no point
    provinces: tuple[str, ...] = ()       # names as `where.admin1` has them, in any case of ASCII letters
    affected: tuple[str, ...] = ()        # kinds of people and things, as `affected` has them
    sides_killed: tuple[str, ...] = ()    # sides of whose dead a figure stands that is not 0
    precision: int | None = None          # UCDP's where_prec: the worst still shown, 1-7; what has none is not shown then
    origins: int | None = None            # at least so many
    origins_not_party: int | None = None  # at least so many
    reviews: tuple[str, ...] = ()         # states
    undated: bool = False                 # those alone that no day can be given to: neither a best nor an earliest one
    changed_since: datetime | None = None  # added or changed after this instant
    assigned_to: tuple[str, ...] = ()     # persons, as histories name them
    facts_changed: bool = False           # those alone whose facts are others than a person reviewed
    own_word: tuple[str, ...] = ()        # ids of armed groups that claim, admit or deny it, or take that back


ALL = IncidentFilter()
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def matching(wanted: IncidentFilter) -> sa.Select[int]:
    """Numbers of the incidents that `wanted` shows, by their first day, those without one last."""
    query = sa.select(incident.c.number).where(*conditions(wanted))
    return query.order_by(incident.c.first_day, incident.c.number)


def conditions(wanted: IncidentFilter, *, met: bool = False) -> Iterator[sa.ColumnElement[bool]]:
    """What `wanted` asks of a row of `incident`, deleted ones left out.

    met: the rows are met one by one, and few of them: words are looked for in the reports of each, rather than all reports
    that hold them found first.
    """
    yield incident.c.deleted_at.is_(None)
    yield from _days(wanted)
    for column, values in (
        (incident.c.kind, wanted.kinds), (incident.c.nature, wanted.natures), (incident.c.status, wanted.statuses),
        (incident.c.country, tuple(country.upper() for country in wanted.countries)), (incident.c.review, wanted.reviews),
        (sa.func.lower(incident.c.admin1), tuple(map(lower, wanted.provinces))),
    ):
        if values:
            yield column.in_(values)
    for facet, values in ((GROUP, wanted.groups), (AFFECTED, wanted.affected), (SIDE_KILLED, wanted.sides_killed)):
        if values:
            yield incident.c.number.in_(_having(facet, values))
    for having in in_no_column(wanted):
        yield incident.c.number.in_(having)
    if wanted.unplaced:
        yield incident.c.lat.is_(None)
    if wanted.undated:
        yield incident.c.day == NO_DAY
    if wanted.precision is not None:
        yield incident.c.precision <= wanted.precision
    for column, least in ((incident.c.origins, wanted.origins), (incident.c.origins_not_party, wanted.origins_not_party)):
        if least is not None:
            yield column >= least
    if wanted.changed_since is not None:
        yield incident.c.changed_at > instant(wanted.changed_since)
    if wanted.text is not None:
        yield _told_in(wanted.text, met)


def in_no_column(wanted: IncidentFilter) -> Iterator[sa.Select[int]]:
    """For what it asks of that no column of `incident` holds, but for words: the numbers of the incidents that have it."""
    for facet, values in ((ASSIGNED, wanted.assigned_to), (REVIEWED, (FACTS_CHANGED,) if wanted.facts_changed else ()),
                          (OWN_WORD, wanted.own_word)):
        if values:
            yield _having(facet, values)


def told_in(words: str) -> sa.Select[int]:
    """The numbers of the incidents that a report tells which holds `words`; of several reports, several times."""
    return sa.select(membership.c.incident_number).where(membership.c.report_seq.in_(search.seqs_matching(words)))


def _having(facet: str, values: Sequence[str]) -> sa.Select[int]:
    return sa.select(incident_facet.c.incident_number).where(incident_facet.c.facet == facet, incident_facet.c.value.in_(values))


def lower(words: str) -> str:
    """In lower case as the databases make it, which is ASCII letters alone."""
    return words.translate(_LOWER)


def _told_in(words: str, met: bool) -> sa.ColumnElement[bool]:
    if not met:
        return incident.c.number.in_(told_in(words))
    return sa.select(1).select_from(membership).where(
        membership.c.incident_number == incident.c.number, search.holds(words, membership.c.report_seq)
    ).correlate(incident).exists()


def _days(wanted: IncidentFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.since is None and wanted.until is None:
        return
    if wanted.surely:             # an end that is not bounded is no answer: NULL >= :since is not true
        if wanted.since:
            yield incident.c.earliest >= wanted.since
        if wanted.until:
            yield incident.c.latest <= wanted.until
        return
    yield from _may_lie(incident.c.earliest, incident.c.latest, wanted)
    one_of_its_days = sa.select(1).where(incident_span.c.incident_number == incident.c.number, *_may_lie(
        incident_span.c.first, incident_span.c.last, wanted)).correlate(incident).exists()
    yield sa.or_(incident.c.scattered.is_(False), one_of_its_days)


def _may_lie(first: sa.ColumnElement[date | None], last: sa.ColumnElement[date | None],
             wanted: IncidentFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.since:
        yield sa.or_(last.is_(None), last >= wanted.since)
    if wanted.until:
        yield sa.or_(first.is_(None), first <= wanted.until)
