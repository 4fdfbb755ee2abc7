"""A report's sketch is kept whole beside it, and a few of its hashes are left to find it by; rare words that name the place or a
group bring together only what was written within weeks."""

from __future__ import annotations

from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_sketch",
        sa.Column("report_seq", sa.Integer,
                  sa.ForeignKey("report.seq", ondelete="CASCADE", name="fk_report_sketch_report_seq"), primary_key=True,
                  autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.drop_table("account_word")
    op.create_table(
        "account_word",
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("account_id", sa.Text,
                  sa.ForeignKey("account.id", ondelete="CASCADE", name="fk_account_word_account_id"), primary_key=True),
        sa.Column("weight", sa.Float, nullable=False),
        sa.Column("lasting", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_word_account_id", "account_word", ["account_id"])
    _find_words()
    _take_over_sketches()


def _find_words() -> None:
    from dateline.records import Account
    from dateline.records.codec import from_line
    from dateline.store import rows
    from dateline.store.keeping import add_words

    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT * FROM report")).mappings():
        bodies = connection.execute(sa.text("SELECT body FROM account WHERE report_id = :id"), {"id": row["id"]}).scalars()
        add_words(connection, [(from_line(Account, body), rows.report_from(row)) for body in bodies.all()])


def _take_over_sketches() -> None:
    from dateline.store.sketches import add_sketch

    connection = op.get_bind()
    connection.execute(sa.text("CREATE TEMPORARY TABLE sketch_before AS SELECT report_seq, hash FROM sketch"))
    connection.execute(sa.text("DELETE FROM sketch"))
    held = connection.execute(sa.text("SELECT report_seq, hash FROM sketch_before ORDER BY report_seq"))
    for seq, some in groupby(held, key=lambda row: int(row[0])):
        add_sketch(connection, seq, [value for _, value in some])
    connection.execute(sa.text("DROP TABLE sketch_before"))
