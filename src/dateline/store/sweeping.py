"""Blanking words in every column of the record that may hold words of a report or the name of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import sqlalchemy as sa

from dateline.store.dialect import chunks
from dateline.store.schema import (
    account,
    account_link,
    actor,
    decision,
    figure,
    group_statement,
    history,
    incident,
    incident_body,
    incident_facet,
    membership,
    report,
    source_seen,
)
from dateline.store.schema_feeds import watched_entry, watched_feed
from dateline.store.schema_mailing import call, edition, issue, mail, notice, watch
from dateline.store.schema_team import audit, coding, comment
from dateline.store.search import keep_words

Blank = Callable[[str, str], str]         # (words, the name of the column or field that holds them) -> what stands there instead
# Whatever may hold words of a report or the name of a person, whoever wrote it. Those of the desk's own people and of subscribers
# are not among them: they have their own way out. A test holds this list to all tables.
SWEPT: tuple[sa.Column[Any], ...] = (
    report.c.source, report.c.outlet, report.c.agency, report.c.title, report.c.text, report.c.body,
    account.c.body, account.c.extracted, account_link.c.reasons, figure.c.speaker, actor.c.text, actor.c.person,
    actor.c.organisation, group_statement.c.body, incident.c.headline, incident.c.place, incident_body.c.body,
    incident_facet.c.value, membership.c.reasons, membership.c.figures, history.c.what, history.c.who, history.c.why,
    decision.c.body, comment.c.body, coding.c.body, audit.c.what, audit.c.about, edition.c.body, edition.c.failed,
    issue.c.briefing, issue.c.edits, watch.c.body, notice.c.facts, mail.c.body, mail.c.said, call.c.body, call.c.said,
    watched_feed.c.body, watched_entry.c.body,
)
AT_ONCE = 500                     # rows that are looked through at a time


def sweep(connection: sa.Connection, blank: Blank, table: sa.Table | None = None, *where: sa.ColumnElement[bool]
          ) -> dict[str, int]:
    """Blank words in every column of SWEPT, or in those of `table` where its rows fit; table -> rows that held some."""
    places: dict[str, int] = {}
    for column in SWEPT:
        if table is None or column.table is table:
            count = _blank_rows(connection, column, blank, where)
            if count:
                places[column.table.name] = places.get(column.table.name, 0) + count
    if table is None:
        _forget_addresses(connection, blank)
    return places


def _blank_rows(connection: sa.Connection, column: sa.Column[Any], blank: Blank, where: tuple[sa.ColumnElement[bool], ...]
                ) -> int:
    table = column.table
    keys = list(table.primary_key.columns)
    query = sa.select(*keys, column.label("held_words")).where(column.is_not(None), *where)
    changed = [(row[:len(keys)], after) for row in connection.execute(query.execution_options(yield_per=AT_ONCE))
               if (after := blanked(row.held_words, column.key, blank)) != row.held_words]
    for values, after in changed:
        these = [key == value for key, value in zip(keys, values, strict=True)]
        if column in keys:        # what incidents are found by: reconciling makes it anew
            connection.execute(sa.delete(table).where(*these))
        else:
            connection.execute(sa.update(table).where(*these).values({column.key: after}))
    if table is report and column.key in ("title", "text"):
        for some in chunks(values[0] for values, _ in changed):
            held = connection.execute(sa.select(report.c.seq, report.c.title, report.c.text).where(report.c.seq.in_(some)))
            keep_words(connection, [dict(row) for row in held.mappings()])
    return len(changed)


def _forget_addresses(connection: sa.Connection, blank: Blank) -> None:
    """The address of a page that was fetched: its validators go, and the page is asked for anew."""
    for source in connection.execute(sa.select(source_seen.c.source)).scalars().all():
        if blank(source, "source") != source:
            connection.execute(sa.delete(source_seen).where(source_seen.c.source == source))


def blanked(words: str, key: str, blank: Blank) -> str:
    """`words` blanked; in JSON each string of it under its own name, and no name of a field."""
    if words[:1] in ("{", "["):
        try:
            held = msgspec.json.decode(words)
        except msgspec.DecodeError:
            return blank(words, key)
        after = _walked(held, key, blank)
        return words if after == held else msgspec.json.encode(after).decode()
    return blank(words, key)


def _walked(value: Any, key: str, blank: Blank) -> Any:
    if isinstance(value, str):
        return blank(value, key)
    if isinstance(value, list):
        return [_walked(one, key, blank) for one in value]
    if isinstance(value, dict):
        return {name: _walked(one, name, blank) for name, one in value.items()}
    return value
