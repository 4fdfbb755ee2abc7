"""A coder's own sheet -> incidents that are accepted: what would come of each row, and doing it.

    plan_sheet(store, sheet, map, by, settings) -> SheetPlan          what would happen; changes nothing
    apply_sheet(store, plan, by, settings) -> Imported                does it

A row keeps the id that it has in the sheet: it is found again under it when the sheet comes back, so that the same sheet twice
changes nothing, and a row that was changed changes its incident. Two rows of one sheet are never one incident: the coder told
them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.decisions import By, Deciding, Done, decide_all, decision, reviewing
from dateline.entered import NOTE, Known
from dateline.entering import kept_apart
from dateline.errors import DecisionError
from dateline.importing import cells
from dateline.importing.mapping import ColumnMap
from dateline.importing.rows import Coded, Unread, code_row, ids_of
from dateline.importing.sheets import Sheet
from dateline.importing.told import Reading
from dateline.records import Account, Incident, to_json
from dateline.records.decision import Decision
from dateline.records.report import SHEET
from dateline.store.keeping import ENTERED

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

AT_ONCE = 500  # rows of one transaction: others who write wait no longer than for these

Progress = Callable[[int], None]
"""Told how many rows are done."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that is held and says something else now. what: in words, "killed 3 -> 5"."""

    coded: Coded
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What would come of each row. same: rows that are held as they are. gone: ids of rows held that the sheet lacks now.

    joins: for new rows, by source, the incident held already that the row would join; empty where that was not asked.
    """

    sheet: Sheet
    map: ColumnMap
    new: tuple[Coded, ...]
    changed: tuple[Changed, ...]
    same: tuple[Coded, ...]
    unread: tuple[Unread, ...]
    gone: tuple[str, ...]
    apart: bool = False
    joins: Mapping[str, str] = field(default_factory=dict)

    @property
    def coded(self) -> tuple[Coded, ...]:
        """The rows that are to be kept."""
        return (*self.new, *(one.coded for one in self.changed))


@dataclass(frozen=True, slots=True)
class Brought:
    """What a row became. joined: whether its incident has accounts of others too, and is left for a person to review."""

    coded: Coded
    incident: str | None  # None: a notice
    event: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Imported:
    rows: tuple[Brought, ...]
    accepted: int  # incidents


def plan_sheet(
    store: Store,
    sheet: Sheet,
    map_: ColumnMap,
    by: By,
    settings: Settings,
    *,
    private: Iterable[str] = (),
    apart: bool = False,
    with_joins: bool = True,
) -> SheetPlan:
    """What would come of each row of a sheet. Nothing is kept of it.

    private: columns that hold names not to be published, besides those whose names say so. apart: each row is an incident of
    its own,
    whatever is held. with_joins: find out which incidents held the new rows would join; it takes as long as doing it.
    """
    dates = (row.cells.get(map_.columns.get("date", "")) for row in sheet.rows)
    order = map_.always.get("date_order") or cells.date_order(dates)
    reading = Reading(map_, _known(settings), by.who, datetime.now(UTC), order, frozenset(private))  # type: ignore[arg-type]
    ids = ids_of(sheet.rows, map_)
    held = {report.source: (report, account) for report, account in store.notes(f"{SHEET}{map_.name}#")}
    plan = SheetPlan(sheet, map_, (), (), (), (), (), apart)
    new, changed, same, unread = list[Coded](), list[Changed](), list[Coded](), list[Unread]()
    for row, id in zip(sheet.rows, ids, strict=True):
        report, before = held.get(id.source, (None, None))
        read = code_row(row, id, reading, report)
        if isinstance(read, Unread):
            unread.append(read)
        elif report is None or before is None:
            new.append(read)
        elif (read.report.text, read.account) == (report.text, before):
            same.append(read)
        else:
            changed.append(Changed(read, _changes(before, read.account)))
    here = {id.source for id in ids}
    gone = tuple(source.partition("#")[2] for source, (_, account) in held.items() if account is not None and source not in here)
    plan = replace(plan, new=tuple(new), changed=tuple(changed), same=tuple(same), unread=tuple(unread), gone=gone)
    return replace(plan, joins=_joins(store, plan, by, settings)) if with_joins and new else plan


def apply_sheet(
    store: Store, plan: SheetPlan, by: By, settings: Settings, progress: Progress | None = None, *, accept: bool = True
) -> Imported:
    """Bring the new and changed rows of a plan in, AT_ONCE in one transaction each; what stands alone is accepted by the person.

    accept: whether the person may. An incident that others tell of too keeps its review: the person has not seen what they say.
    Raises StoreError; what was brought in before stays, and the same sheet again goes on from there.
    """
    brought: list[Brought] = []
    accepted = 0
    what = {one.coded.id.source: f"changed: {'; '.join(one.what) or 'columns without a field'}" for one in plan.changed}
    for at in range(0, len(plan.coded), AT_ONCE):
        some = plan.coded[at : at + AT_ONCE]
        with store.writing():
            rows = _entered(store, plan, some, what, by, settings)
            reviews = _accepting(store, rows, by, settings, plan.map.name) if accept else []
            decide_all(store, reviews, settings)
        brought += rows
        accepted += len(reviews)
        if progress is not None:
            progress(len(brought))
    return Imported(tuple(brought), accepted)


def _entered(
    store: Store, plan: SheetPlan, some: Sequence[Coded], what: Mapping[str, str], by: By, settings: Settings
) -> list[Brought]:
    """Keep the rows and enter their accounts; the incidents that hold them then."""
    given = [_entering(store, coded, by) for coded in some]
    if plan.apart:
        given = kept_apart(store, given, range(len(given)), lambda at, other: False, settings)
    done = decide_all(store, [(one, _line(plan, coded, what)) for one, coded in zip(given, some, strict=True)], settings)
    while apart := _telling_apart(store, plan, some, by):  # each time two rows at least part for good
        decide_all(store, apart, settings)
    return _told(store, some, done)


def _telling_apart(store: Store, plan: SheetPlan, some: Sequence[Coded], by: By) -> list[Deciding]:
    """Decisions that tell rows of the sheet apart which stand in one incident: what others tell of both may bring them
    together."""
    ours = {coded.id.report: coded for coded in (*plan.coded, *plan.same)}
    held = store.incidents_called(set(store.incidents_of([coded.account.id for coded in some]).values()))
    found = []
    for one in held.values():
        rows = [joined.account for joined in one.accounts if joined.account.report in ours]
        found += [
            (decision("apart", by, one.id, [first], others=rows[at:]), f"told rows of sheet {plan.map.name} apart")
            for at, first in enumerate(rows[:-1], 1)
        ]
    return found


def _line(plan: SheetPlan, coded: Coded, what: Mapping[str, str]) -> str:
    """The line of history."""
    return f"row {coded.row.number} of sheet {plan.map.name} {what.get(coded.id.source, 'imported')}"


def _entering(store: Store, coded: Coded, by: By) -> Decision:
    """The decision that enters a row; its report is kept."""
    if not store.keep(coded.report, None, extracted=ENTERED):
        store.rewrite_note(coded.report)
    return replace(decision("enter", by, None, [coded.account]), value=to_json(coded.account))


def _told(store: Store, some: Sequence[Coded], done: Sequence[Done]) -> list[Brought]:
    incident_of = store.incidents_of([coded.account.id for coded in some])
    sizes = {name: len(held.accounts) for name, held in store.incidents_called(set(incident_of.values())).items()}
    return [
        Brought(coded, name := incident_of.get(coded.account.id), one.event, sizes.get(name or "", 0) > 1)
        for coded, one in zip(some, done, strict=True)
    ]


def _accepting(store: Store, rows: Sequence[Brought], by: By, settings: Settings, name: str) -> list[Deciding]:
    """The decisions that accept what stands in the sheet alone: once more where its facts have changed."""
    why = replace(by, why=by.why or f"coded in sheet {name}")
    held = store.incidents_called({row.incident for row in rows if row.incident is not None})
    return [
        reviewing(store, one, "accept", why, settings)
        for one in held.values()
        if _is_persons(one) and one.review.state in ("unreviewed", "approved")
    ]


def _is_persons(incident: Incident) -> bool:
    """Whether persons alone told it: sheets and notes."""
    return all(joined.report.source.startswith((SHEET, NOTE)) for joined in incident.accounts)


def _joins(store: Store, plan: SheetPlan, by: By, settings: Settings) -> dict[str, str]:
    """The incidents held already that the new rows would join, found by a rehearsal."""
    found: dict[str, str] = {}
    for at in range(0, len(plan.new), AT_ONCE):
        some = plan.new[at : at + AT_ONCE]
        with store.rehearsing():
            rows = _entered(store, plan, some, {}, by, settings)
        found |= {row.coded.id.source: row.incident for row in rows if row.joined and row.incident is not None}
    return found


def _changes(before: Account, after: Account) -> tuple[str, ...]:
    """What the fields of a row say now and said before, in words."""

    def told(one: Account) -> dict[str, str]:
        counts = {
            f"{figure.effect}{'' if figure.scope == 'incident' else f' {figure.side}'}": figure.words for figure in one.figures
        }
        return {
            "kind": one.kind,
            "status": one.status,
            "day": one.when.text or "none",
            "place": one.where.text or one.where.name or "none",
            "point": f"{one.where.lat} {one.where.lon}",
            "who": ", ".join(actor.text for actor in one.actors),
            **counts,
        }

    old, new = told(before), told(after)
    return tuple(
        f"{name} {old.get(name, 'none')} -> {new.get(name, 'none')}"
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )


def _known(settings: Settings) -> Known:
    from dateline.queries import register_in_force
    from dateline.where.gazetteer import load_gazetteer

    return Known(load_gazetteer(), register_in_force(settings.groups_file))


def incident_of_row(store: Store, words: str) -> str | None:
    """The id of the incident that a row of a sheet is in, by the row's own id ("X-12"), or with the sheet's name ("march#X-12").

    None where no row has it. Raises DecisionError where rows of several sheets do.
    """
    sheet, _, own = words.rpartition("#")
    beginning = f"{SHEET}{sheet}#{own}" if sheet else SHEET
    found = {
        report.source: account
        for report, account in store.notes(beginning)
        if account is not None and report.source.partition("#")[2] == own
    }
    if len(found) > 1:
        raise DecisionError(
            f"{words!r} is a row of several sheets: write {', or '.join(one.removeprefix(SHEET) for one in found)}"
        )
    where = store.incidents_of([account.id for account in found.values()])
    return next(iter(where.values()), None)
