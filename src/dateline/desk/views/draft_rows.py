"""A draft as a row of the columns that its reader types by hand today: ACLED's, UCDP's or our own, each cell lit in the text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.publish.export import About, Known, OneStream, write
from dateline.publish.export.cells import unguarded
from dateline.reconcile.merge import merge
from dateline.records import Account, Report

SHAPES = ("acled", "ucdp", "csv")
DRAFT = "DTL-0"                   # no incident's id: it is not held yet
# What a column's value rests on, by how its name begins; the first that fits. Columns of none rest on no words.
RESTS_ON: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("when", ("event_date", "date", "day", "time_", "earliest", "latest", "year")),
    ("where", ("location", "lat", "lon", "admin", "adm_", "country", "where", "place", "geo", "region", "iso", "priogrid")),
    ("figures", ("fatalities", "deaths", "best", "high", "low", "killed", "injured")),
    ("actors", ("actor", "assoc", "inter", "side", "attacker", "dyad")),
)


@dataclass(frozen=True, slots=True)
class RowCell:
    """field: keys that light with it; "" where no words say it."""

    column: str
    value: str
    field: str


def rows_of(account: Account, report: Report, known: Known, made_at: datetime | None = None) -> Mapping[str, Sequence[RowCell]]:
    """The row of `account` in each of SHAPES, cells without a value left out; empty where the shape lists no such incident."""
    incident = merge(DRAFT, [account], {report.id: report})
    about = About(made_at or datetime.now(UTC))
    found = {}
    for shape in SHAPES:
        to = io.BytesIO()
        write([incident], shape, OneStream(to), about, known=known)
        lines = list(csv.reader(io.StringIO(to.getvalue().decode("utf-8-sig"))))
        cells = zip(lines[0], lines[1], strict=True) if len(lines) > 1 else ()
        found[shape] = [RowCell(column, unguarded(value), _fields(column, account)) for column, value in cells if value != ""]
    return found


def _fields(column: str, account: Account) -> str:
    what = next((name for name, begins in RESTS_ON if column.lower().startswith(begins)), None)
    names: list[str] = []
    if what in ("when", "where"):
        names = [what]
    elif what == "figures":
        names = [figure.id for figure in account.figures]
    elif what == "actors":
        names = [actor.id for actor in account.actors]
    return " ".join(f"{account.id}-{name}" for name in names)
