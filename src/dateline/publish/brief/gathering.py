"""The record -> all that briefings of one window may tell. Read once; every edition is composed from it (compose.py)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.publish.beside import beside_incidents
from dateline.publish.brief.compose import WEEKS
from dateline.publish.brief.coverage import groups_of, most_killed
from dateline.publish.brief.items import Shown, items_of
from dateline.publish.brief.known import Clock, Known, known, needs_reports
from dateline.publish.brief.statements import statement_items
from dateline.publish.withhold import Published, Surroundings, withhold
from dateline.reconcile.views import View
from dateline.records import Incident, Report
from dateline.records.briefing import Item, Window
from dateline.store.lists_brief import WeekIncident

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.store import Store

AT_ONCE = 50                      # incidents put together at a time: some MB
WEEKLY_DAYS = 7                   # a window of fewer days has no such table


@dataclass(frozen=True, slots=True)
class Context:
    """What the settings say of all briefings. natures: those that are told, () for all; late_days: see known.Clock."""

    register: Register
    view: View
    natures: tuple[str, ...]
    late_days: int

    def name_of(self, group: str) -> str | None:
        found = self.register.get(group)
        return found.name if found is not None else None


@dataclass(frozen=True, slots=True)
class Late:
    """An incident that late reports alone tell: enough to know which editions it concerns."""

    country: str | None
    groups: tuple[str, ...]
    kind: str
    affected: tuple[str, ...]
    most_killed: int | None
    review: str


@dataclass(frozen=True, slots=True)
class Material:
    """All that may be told of a window. items: in no order. weeks: of a window of a week, incidents of five weeks."""

    window: Window
    items: tuple[Item, ...]
    late: tuple[Late, ...] = ()
    weeks: tuple[WeekIncident, ...] = ()


def gather(store: Store, window: Window, context: Context) -> Material:
    """Read what is told of `window`, at one moment of the record. Names, passages and shelters are withheld here."""
    items: list[Item] = []
    late: list[Late] = []
    with store.at_one_moment():
        concerned = store.lists.concerned(window)
        for at in range(0, len(concerned.incidents), AT_ONCE):
            for one in _some(store, window, context, concerned.incidents[at:at + AT_ONCE]):
                if isinstance(one, Late):
                    late.append(one)
                else:
                    items += items_of(one, context.name_of, window.last)
        items += statement_items(store, window, concerned.reports, context.register, context.late_days)
        is_weekly = (window.last - window.first).days + 1 >= WEEKLY_DAYS
        weeks = store.lists.weeks(window.last, WEEKS, context.natures) if is_weekly else []
    return Material(window, tuple(items), tuple(late), tuple(weeks))


def _some(store: Store, window: Window, context: Context, numbers: Sequence[int]) -> Iterator[Shown | Late]:
    """Those of the incidents that are told, or counted as late."""
    held = store.lists.incidents(numbers)
    ids = {joined.report.id for one in held for joined in one.accounts}
    clock = Clock(window, store.lists.kept_times(ids) if window.kept_since is not None else {}, context.late_days)
    reports = _reports(store, held, clock, context.view)
    told: list[tuple[Incident, Known]] = []
    for one in held:
        found = known(one, clock, reports, context.view)
        if found.is_late and one.review.state != "rejected" and _is_asked(one, context):
            yield Late(one.where.country, groups_of(one), one.kind, tuple({held.kind for held in one.affected}),
                       most_killed(one), one.review.state)
        if found.after is not None and _is_asked(found.after, context):
            told.append((one, found))
    # what stands around an incident is looked for around all of it: a name may be withheld that only a later report marks
    around = beside_incidents(store, [one for one, _ in told])
    for one, found in told:
        if found.after is not None:
            before = _withheld(found.before, one, around[one.id]) if found.before is not None else None
            yield Shown(before, _withheld(found.after, one, around[one.id]), found)


def _withheld(known_then: Incident, held: Incident, around: Surroundings) -> Published:
    """An incident as it was known, as it may be shown; held: as it is known now. A shelter was one before a report said so."""
    marks = tuple(one for joined in held.accounts for one in joined.account.sensitive if one.kind == "shelter")
    if not marks:
        return withhold(known_then, around)
    first, *others = known_then.accounts
    marked = replace(first, account=replace(first.account, sensitive=(*first.account.sensitive, *marks)))
    return withhold(replace(known_then, accounts=(marked, *others)), around)


def _reports(store: Store, held: Sequence[Incident], clock: Clock, view: View) -> dict[str, Report]:
    """The reports of those incidents that have to be rebuilt; most new ones are told as they are held."""
    ids = {joined.report.id for one in held if needs_reports(one, clock, view) for joined in one.accounts}
    return store.lists.reports_called(ids)


def _is_asked(one: Incident, context: Context) -> bool:
    return not context.natures or one.nature in context.natures
