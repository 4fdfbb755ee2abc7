"""The first record: reports, accounts, figures, incidents, and the index of words."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WORDS = (                        # external content: the words are indexed, the text stays in `report` alone
    """CREATE VIRTUAL TABLE report_words USING fts5(
        title, text, content='report', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER report_words_insert AFTER INSERT ON report BEGIN
        INSERT INTO report_words(rowid, title, text) VALUES (new.seq, new.title, new.text);
    END""",
    """CREATE TRIGGER report_words_delete AFTER DELETE ON report BEGIN
        INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
    END""",
    """CREATE TRIGGER report_words_update AFTER UPDATE OF title, text ON report BEGIN
        INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.seq, old.title, old.text);
        INSERT INTO report_words(rowid, title, text) VALUES (new.seq, new.title, new.text);
    END""",
)


def upgrade() -> None:
    _reports()
    _accounts()
    _incidents()
    if op.get_bind().dialect.name == "sqlite":
        for statement in _WORDS:
            op.execute(statement)


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("outlet", "agency", "title", "language", "published_at")),
        sa.Column("written_earliest", sa.Date),
        sa.Column("written_latest", sa.Date),
        *(sa.Column(name, sa.Text) for name in ("copy_of", "version_of", "update_kind")),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("extracted", sa.Text, nullable=False),
        sa.Column("extractor", sa.Text),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.UniqueConstraint("id", name="uq_report_id"),
        sqlite_autoincrement=True,
    )
    for columns in (["copy_of"], ["version_of"], ["extracted"], ["outlet", "written_latest"],
                    ["agency", "written_latest"]):
        _index("report", *columns)
    op.create_table(
        "sketch",
        sa.Column("hash", sa.BigInteger, primary_key=True, autoincrement=False),
        _child("report_seq", "report.seq", "sketch", sa.Integer, primary_key=True),
        sqlite_with_rowid=False,
    )
    _index("sketch", "report_seq")
    op.create_table(
        "source_seen",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("reports", sa.Integer, nullable=False),
    )
    op.create_table(
        "group_statement",
        sa.Column("id", sa.Text, primary_key=True),
        _child("report_id", "report.id", "group_statement", sa.Text, nullable=False),
        sa.Column("group_id", sa.Text),
        sa.Column("attribute", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
    )
    _index("group_statement", "report_id")
    _index("group_statement", "group_id")


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Text, primary_key=True),
        _child("report_id", "report.id", "account", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "status", "told_as", "nature")),
        sa.Column("earliest", sa.Date),
        sa.Column("latest", sa.Date),
        sa.Column("country", sa.Text),
        sa.Column("admin1", sa.Text),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("reconciled", sa.Boolean, nullable=False),
    )
    _index("account", "report_id")
    _index("account", "reconciled")
    op.create_table(
        "account_key",
        sa.Column("key", sa.Text, primary_key=True),
        _child("account_id", "account.id", "account_key", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    _index("account_key", "account_id")
    op.create_table(
        "figure",
        _child("account_id", "account.id", "figure", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("effect", sa.Text, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer) for name in ("low", "high", "value")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("modifier", "scope", "standing")),
        sa.Column("speaker", sa.Text),
    )
    _index("figure", "speaker")
    op.create_table(
        "actor",
        _child("account_id", "account.id", "actor", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("group_id", sa.Text),
        sa.Column("type", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("person", sa.Text),
        sa.Column("organisation", sa.Text),
    )
    _index("actor", "group_id")


def _incidents() -> None:
    op.create_table(
        "incident",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "status", "told_as", "nature", "headline")),
        sa.Column("earliest", sa.Date),
        sa.Column("latest", sa.Date),
        sa.Column("country", sa.Text),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        *(sa.Column(f"{effect}_{end}", sa.Integer)
          for effect in ("killed", "injured") for end in ("low", "best", "high")),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("deleted_at", sa.Text),
    )
    for columns in (["kind"], ["earliest"], ["latest"], ["country", "earliest"]):
        _index("incident", *columns)
    op.create_table(
        "incident_group",
        sa.Column("group_id", sa.Text, primary_key=True),
        _child("incident_number", "incident.number", "incident_group", sa.Integer, primary_key=True),
    )
    _index("incident_group", "incident_number")
    op.create_table(
        "membership",
        _child("account_id", "account.id", "membership", sa.Text, primary_key=True),
        _child("incident_number", "incident.number", "membership", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("figures", sa.Text),
    )
    _index("membership", "incident_number")
    op.create_table(
        "history",
        _child("incident_number", "incident.number", "history", sa.Integer, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "what", "who", "why")),
    )
    op.create_table(
        "judgement",
        sa.Column("account_a", sa.Text, primary_key=True),
        sa.Column("account_b", sa.Text, primary_key=True),
        sa.Column("same", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "at", "why")),
    )
    _index("judgement", "account_b")


def _child(name: str, parent: str, table: str, kind: type[sa.types.TypeEngine[Any]], *, primary_key: bool = False,
           nullable: bool | None = None) -> sa.Column[Any]:
    """A column that names a row of `parent` and goes when that row goes."""
    key = sa.ForeignKey(parent, ondelete="CASCADE", name=f"fk_{table}_{name}")
    return sa.Column(name, kind, key, primary_key=primary_key, nullable=False if nullable is None else nullable)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
