"""What an import would do or did, and a comparison, printed for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.importing.columns import FIELDS
from dateline.publish.layout import put, put_table
from dateline.publish.safe import plain
from dateline.publish.withhold import withhold
from dateline.publish.words import toll_words, when_words

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.importing.compare import Comparison
    from dateline.importing.edits import Difference
    from dateline.importing.mapping import ColumnMap
    from dateline.importing.own import Imported, SheetPlan
    from dateline.importing.returned import Refused, Returned, ReturnPlan, Stale
    from dateline.importing.rows import Coded
    from dateline.importing.sheets import Sheet

MOST_ROWS = 5  # that are shown as they were understood
MOST_TOLD = 20  # of problems, and of differences; --json gives all


def print_map(to: Console, map_: ColumnMap, sheet: Sheet) -> None:
    """Which column is which field, and which columns are none."""
    put(
        to,
        f"{plain(sheet.file)}: {len(sheet.rows):,} rows, read as sheet {plain(map_.name)}"
        + (f", with the columns of {map_.profile.upper()}" if map_.profile not in ("plain", "dateline") else ""),
    )
    rows = [(field, plain(column), "" if field in map_.guessed else "as you said") for field, column in map_.columns.items()]
    rows += [(field, f"always {plain(value)}", "as you said") for field, value in map_.always.items()]
    order = list(FIELDS)
    _table(to, ("field", "column", ""), sorted(rows, key=lambda row: order.index(row[0])))
    if kept := map_.without_field(sheet):
        put(to, f"no field, kept with each row: {', '.join(map(plain, kept))}", indent=2)
    to.print()


def print_plan(to: Console, plan: SheetPlan) -> None:
    """What would come of the rows: the first as they were understood, then what is in doubt and what is left out."""
    some = [*plan.new, *(one.coded for one in plan.changed)][:MOST_ROWS]
    for coded in some:
        put(to, f"row {coded.row.number}  {_coded_words(coded)}", hang=4)
    if some:
        to.print()
    _put_most(
        to,
        "changed",
        [
            f"row {one.coded.row.number}, {_id(one.coded)}: {plain('; '.join(one.what) or 'columns without a field')}"
            for one in plan.changed
        ],
    )
    _put_most(
        to,
        "held already",
        [
            f"row {one.row.number}, {_id(one)}: joins {plan.joins[one.id.source]}"
            for one in plan.new
            if one.id.source in plan.joins
        ],
    )
    _put_most(
        to,
        "read with doubt",
        [
            f"row {one.row.number}, {_id(one)}: {plain('; '.join(one.remarks))}"
            for one in (*plan.new, *(one.coded for one in plan.changed))
            if one.remarks
        ],
    )
    _put_most(
        to,
        "left out",
        [*map(plain, plan.sheet.problems), *(f"row {one.row.number}: {plain(why)}" for one in plan.unread for why in one.why)],
    )
    _put_most(to, "in the record, and no more in the sheet", [plain(one) for one in plan.gone])
    put(to, plan_words(plan))


def plan_words(plan: SheetPlan) -> str:
    """ "8 new, 1 changed, 3 as they were, 2 left out"."""
    return (
        f"{len(plan.new):,} new, {len(plan.changed):,} changed, {len(plan.same):,} as they were, "
        f"{len(plan.unread) + len(plan.sheet.problems):,} left out"
    )


def print_imported(to: Console, done: Imported) -> None:
    joined = [row for row in done.rows if row.joined]
    _put_most(
        to,
        "joined what others tell, and left for you to review",
        [f"row {row.coded.row.number}, {_id(row.coded)}: {row.incident}" for row in joined],
    )
    incidents = len({row.incident for row in done.rows if row.incident is not None})
    put(
        to,
        f"{len(done.rows):,} rows brought in, {incidents:,} incident{'s' if incidents != 1 else ''}, {done.accepted:,} accepted",
    )


def print_return(to: Console, plan: ReturnPlan) -> None:
    """The differences of an export that came back."""
    for edit in plan.edits[:MOST_TOLD]:
        put(to, f"{edit.incident}, row {', '.join(map(str, edit.rows))}")
        for one in edit.differences:
            put(to, _difference_words(one), indent=2)
    if len(plan.edits) > MOST_TOLD:
        put(to, f"and {len(plan.edits) - MOST_TOLD:,} incidents more; --json lists all")
    print_refused(to, plan.stale, plan.refused)
    if plan.added_columns:
        put(to, f"columns of your own, not taken: {', '.join(map(plain, plan.added_columns))}")
    put(to, f"{len(plan.edits):,} changed, {plan.same:,} as they left, {len(plan.stale):,} stale, {len(plan.refused):,} refused")


def print_refused(to: Console, stale: Sequence[Stale], refused: Sequence[Refused]) -> None:
    for one in stale[:MOST_TOLD]:
        put(
            to,
            f"stale: row {one.row}, {one.incident}: it left as {plain(one.seen)}, and is {one.held} since {plain(one.changed)}",
        )
        for difference in one.differences:
            put(
                to, f"{difference.column}: it is {_said(difference.before)} now; the row says {_said(difference.after)}", indent=2
            )
    if len(stale) > MOST_TOLD:
        put(to, f"and {len(stale) - MOST_TOLD:,} stale rows more; --json lists all")
    _put_most(to, "refused", [f"row {one.row}{f', {one.incident}' if one.incident else ''}: {plain(one.why)}" for one in refused])


def print_returned(to: Console, done: Returned) -> None:
    print_refused(to, done.stale, done.refused)
    events = [event for events in done.done.values() for event in events]
    put(
        to,
        f"{len(done.done):,} incident{'s' if len(done.done) != 1 else ''} changed"
        + (f", events {min(events)} to {max(events)}" if events else ""),
    )


def print_comparison(to: Console, told: Comparison) -> None:
    """Matched, theirs only, ours only: the first of each, then the counts."""
    _rows(
        to,
        "matched",
        ("theirs", "ours", "day", "place", "km", "killed"),
        (
            (
                _id(one.theirs),
                one.incident.id,
                _day(one.theirs),
                plain(one.incident.where.name),
                "" if one.km is None else f"{one.km:.0f}",
                f"{_killed(one.theirs)} / {toll_words(one.incident.toll.killed)}",
            )
            for one in told.matched
        ),
    )
    _rows(
        to,
        "theirs only",
        ("theirs", "kind", "day", "place", "killed", "nearest"),
        (
            (
                _id(one.theirs),
                one.theirs.account.kind,
                _day(one.theirs),
                plain(one.theirs.account.where.text),
                _killed(one.theirs),
                one.nearest or "",
            )
            for one in told.theirs_only
        ),
    )
    _rows(
        to,
        "ours only",
        ("ours", "kind", "day", "place", "killed"),
        (
            (shown.id, shown.kind, when_words(shown.when), plain(shown.where.name), toll_words(shown.toll.killed))
            for shown in (withhold(one).incident for one in told.ours_only)
        ),
    )
    _put_most(to, "not compared", [f"row {one.row.number}: {plain(why)}" for one in told.unread for why in one.why])
    put(
        to,
        f"{len(told.matched):,} matched, {len(told.theirs_only):,} theirs only, {len(told.ours_only):,} ours only, "
        f"{len(told.unread):,} not compared",
    )


def _rows(to: Console, title: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    told = list(rows)
    if not told:
        return
    put(to, f"{title}: {len(told):,}")
    _table(to, heads, told[:MOST_TOLD])
    if len(told) > MOST_TOLD:
        put(to, f"and {len(told) - MOST_TOLD:,} more; --json lists all", indent=2)
    to.print()


def _table(to: Console, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=any(heads), header_style="")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    put_table(to, table, indent=2)


def _put_most(to: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    put(to, f"{title}: {len(lines):,}")
    for line in lines[:MOST_TOLD]:
        put(to, line, indent=2)
    if len(lines) > MOST_TOLD:
        put(to, f"and {len(lines) - MOST_TOLD:,} more; --json lists all", indent=2)
    to.print()


def _coded_words(coded: Coded) -> str:
    account = coded.account
    who = ", ".join(actor.text for actor in account.actors)
    counts = "; ".join(f"{figure.effect} {figure.words}" for figure in account.figures)
    return plain(
        f"{_id(coded)}: {account.headline}; {when_words(account.when)}; {who or 'by nobody named'}; {counts or 'no counts'}"
    )


def _difference_words(one: Difference) -> str:
    return f"{one.column}: {_said(one.before)} -> {_said(one.after)}"


def _said(words: str) -> str:
    return plain(words) or "empty"


def _id(coded: Coded) -> str:
    return plain(coded.id.own or f"row {coded.row.number}")


def _day(coded: Coded) -> str:
    return plain(when_words(coded.account.when))


def _killed(coded: Coded) -> str:
    return next(
        (plain(figure.words) for figure in coded.account.figures if figure.effect == "killed" and figure.scope == "incident"), "-"
    )
