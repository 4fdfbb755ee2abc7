"""What lists show and ask for stands in short rows: an incident's body is kept apart from its columns, which are more.

The columns are worked out from the incidents held; nothing is reconciled anew for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AT_ONCE = 200                     # incidents: some MB

Row = dict[str, Any]
_TEXTS = ("kind", "status", "told_as", "nature", "headline", "day_precision", "groups", "affected", "sides_killed", "review")
_MAY_BE_TEXTS = ("country", "admin1", "place", "held_at", "changed_at", "deleted_at")
_DAYS = ("earliest", "latest", "best")
_POINT = ("lat", "lon", "radius_km")
_MAY_BE_NUMBERS = ("precision", "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high")
_NUMBERS = ("accounts", "figures", "reports", "stories", "origins", "origins_not_party", "disagreements", "day", "first_day",
            "deaths", "doubt", "change")
_COLUMNS = ("number", "scattered", "shelter", *_TEXTS, *_MAY_BE_TEXTS, *_DAYS, *_POINT, *_MAY_BE_NUMBERS, *_NUMBERS)


def upgrade() -> None:
    _short_rows()
    _figures()
    _fill()
    op.drop_table("incident_group")
    op.drop_table("incident")
    op.rename_table("incident_short", "incident")
    for name in ("day", "first_day", "deaths", "doubt", "change"):
        op.create_index(f"ix_incident_{name}", "incident", [name])
    op.create_index("ix_incident_country_day", "incident", ["country", "day"])
    op.create_index("ix_figure_speaker", "figure", ["speaker", "written", "alone"])
    _reports()
    _memberships()


def _short_rows() -> None:
    op.create_table(
        "incident_short",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.Text) for name in _MAY_BE_TEXTS),
        *(sa.Column(name, sa.Date) for name in _DAYS),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("scattered", "shelter")),
        *(sa.Column(name, sa.Float) for name in _POINT),
        *(sa.Column(name, sa.Integer) for name in _MAY_BE_NUMBERS),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _NUMBERS),
        sa.PrimaryKeyConstraint("number", name="pk_incident"),
    )
    op.create_table(
        "incident_body",
        _of_incident("incident_body"),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "incident_facet",
        sa.Column("facet", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        _of_incident("incident_facet"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_incident_facet_incident_number", "incident_facet", ["incident_number"])
    op.create_table(
        "incident_span",
        _of_incident("incident_span"),
        sa.Column("first", sa.Date, primary_key=True),
        sa.Column("last", sa.Date, nullable=False),
        sqlite_with_rowid=False,
    )


def _of_incident(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("incident.number", ondelete="CASCADE", name=f"fk_{table}_incident_number")
    return sa.Column("incident_number", sa.Integer, key, primary_key=True, autoincrement=False)


def _fill() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("INSERT INTO incident_body (incident_number, body) SELECT number, body FROM incident"))
    last = 0
    while some := connection.execute(sa.text("SELECT number, body, deleted_at FROM incident WHERE number > :last "
                                             "ORDER BY number LIMIT :most"), {"last": last, "most": AT_ONCE}).all():
        last = some[-1].number
        _fill_some(connection, some)


def _fill_some(connection: sa.Connection, some: Sequence[Any]) -> None:
    from dateline.store import rows
    from dateline.store.incident_rows import facet_rows, gone, incident_from, incident_row, span_rows, standing_alone

    span = {"first": some[0].number, "last": some[-1].number}
    joined = _by_number(connection.execute(_JOINED, span).mappings())
    lines = _by_number(connection.execute(_HISTORY, span).mappings())
    short: list[Row] = []
    facets: list[Row] = []
    spans: list[Row] = []
    figures: list[Row] = []
    for number, body, deleted_at in some:
        one = replace(incident_from(body), accounts=tuple(rows.joined_from(row) for row in joined.get(number, ())),
                      history=tuple(rows.change_from(row) for row in lines.get(number, ())))
        row = incident_row(one, number) | (gone(deleted_at, number) if deleted_at else {})
        short.append({name: row[name] for name in _COLUMNS})
        if deleted_at is None:
            facets += facet_rows(number, one)
            spans += span_rows(number, one)
            figures += [{"account": account, "id": figure, "alone": alone}
                        for (account, figure), alone in standing_alone(one.accounts).items()]
    for table, columns, values in (
        ("incident_short", _COLUMNS, short),
        ("incident_span", ("incident_number", "first", "last"), spans),
        ("incident_facet", ("facet", "value", "incident_number"), facets),
    ):
        if values:
            connection.execute(sa.insert(sa.table(table, *(_typed(name) for name in columns))), values)
    if figures:
        connection.execute(sa.text("UPDATE figure SET alone = :alone WHERE account_id = :account AND id = :id"), figures)


def _typed(name: str) -> sa.ColumnClause[Any]:
    return sa.column(name, sa.Date() if name in (*_DAYS, "first", "last") else sa.types.NullType())


def _by_number(found: Iterable[sa.RowMapping]) -> dict[int, list[sa.RowMapping]]:
    return {number: list(some) for number, some in groupby(found, key=lambda row: int(row["incident_number"]))}


_JOINED = sa.text("""
    SELECT m.incident_number, m.reasons, m.figures, a.body AS account_body, a.report_id, r.outlet, r.agency, r.title, r.source,
           r.published_at, r.written_earliest, r.written_latest, r.copy_of, r.version_of, r.update_kind
    FROM membership m JOIN account a ON a.id = m.account_id JOIN report r ON r.id = a.report_id
    WHERE m.incident_number BETWEEN :first AND :last ORDER BY m.incident_number, m.position""").columns(
        written_earliest=sa.Date, written_latest=sa.Date)
_HISTORY = sa.text("SELECT * FROM history WHERE incident_number BETWEEN :first AND :last ORDER BY incident_number, position")


def _reports() -> None:
    op.drop_index("ix_report_outlet_written_latest", "report")
    op.create_index("ix_report_outlet_written_latest", "report", ["outlet", "written_latest", "language", "extracted"])
    op.create_index("ix_report_language", "report", ["language", "extracted"])


def _memberships() -> None:
    op.drop_index("ix_membership_incident_number", "membership")
    op.add_column("membership", sa.Column("report_seq", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE membership SET report_seq = (SELECT seq FROM report JOIN account ON account.report_id = report.id "
               "WHERE account.id = membership.account_id)")
    op.create_index("ix_membership_incident_number", "membership", ["incident_number", "account_id"])
    op.create_index("ix_membership_report_seq", "membership", ["report_seq", "incident_number"])


def _figures() -> None:
    op.drop_index("ix_figure_speaker", "figure")
    op.add_column("figure", sa.Column("written", sa.Date))
    op.add_column("figure", sa.Column("alone", sa.Boolean))
    op.execute("UPDATE figure SET written = (SELECT written_latest FROM report JOIN account ON account.report_id = report.id "
               "WHERE account.id = figure.account_id)")
