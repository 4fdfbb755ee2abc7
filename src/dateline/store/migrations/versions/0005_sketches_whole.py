"""A report's sketch is kept whole beside it, and a few of its hashes are left to find it by."""

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
    _take_over()


def _take_over() -> None:
    from dateline.store.sketches import add_sketch

    connection = op.get_bind()
    connection.execute(sa.text("CREATE TEMPORARY TABLE sketch_before AS SELECT report_seq, hash FROM sketch"))
    connection.execute(sa.text("DELETE FROM sketch"))
    held = connection.execute(sa.text("SELECT report_seq, hash FROM sketch_before ORDER BY report_seq"))
    for seq, some in groupby(held, key=lambda row: int(row[0])):
        add_sketch(connection, seq, [value for _, value in some])
    connection.execute(sa.text("DROP TABLE sketch_before"))
