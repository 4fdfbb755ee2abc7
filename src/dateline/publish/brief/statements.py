"""New statements about armed groups -> items of a briefing. What a group was said to be before the window is not told again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.publish.beside import beside_reports
from dateline.publish.brief import sentences
from dateline.publish.brief.importance import OF_STATEMENT
from dateline.publish.brief.known import Clock, Position, day_of_report
from dateline.publish.profiles import identity
from dateline.publish.safe import plain
from dateline.publish.withhold import withhold_statement
from dateline.records.briefing import Item, Window
from dateline.store.lists_brief import ToldStatement

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.store import Store

Key = tuple[str, str, tuple[Any, ...]]


def statement_items(store: Store, window: Window, reports: Collection[str], register: Register, late_days: int) -> list[Item]:
    """An item for each value that reports of the window give an armed group for the first time, with all who give it."""
    clock = Clock(window, {}, late_days)
    new = [one for one in store.lists.statements_in(reports) if _position(one, clock) == "within" and _key(one) is not None]
    if not new:
        return []
    known = {key for one in store.lists.statements_about(
        {str(one.statement.group) for one in new}, {one.statement.attribute for one in new})
        if _position(one, clock) == "before" and (key := _key(one)) is not None}
    by_key: dict[Key, list[ToldStatement]] = {}
    for one in new:
        key = _key(one)
        if key is not None and key not in known:
            by_key.setdefault(key, []).append(one)
    around = beside_reports(store, {one.statement.report for some in by_key.values() for one in some})
    return [_item(some, register, window, {name: beside.accounts for name, beside in around.items()}) for some in by_key.values()]


def _item(some: Sequence[ToldStatement], register: Register, window: Window, accounts: dict[str, Any]) -> Item:
    shown = [withhold_statement(one.statement, accounts.get(one.statement.report, ())) for one in some]
    first, statement = some[0], shown[0]
    own = [one for one in some if one.copy_of is None or not any(other.statement.report == one.copy_of for other in some)]
    outlets = tuple(dict.fromkeys(name for one in own if (name := plain(one.outlet))))
    speakers = tuple(dict.fromkeys(name for one in shown if (name := plain(one.speaker))))

    def name_of(group: str) -> str | None:
        found = register.get(group)
        return found.name if found is not None else None

    group = register.get(statement.group or "")
    written = _day(first, window.zone)
    return Item(
        id=f"statement/{statement.id}", section="groups", path=f"/groups/{statement.group}",
        heading=sentences.statement_heading(statement, name_of), importance=OF_STATEMENT[statement.attribute],
        lines=(sentences.statement_line(statement, speakers, outlets, name_of, written),),
        groups=(statement.group,) if statement.group else (), group_countries=group.active_in if group is not None else (),
        day=written)


def _position(one: ToldStatement, clock: Clock) -> Position:
    if one.kept_at is not None:
        clock = Clock(clock.window, {one.statement.report: one.kept_at}, clock.late_days)
    return clock.position(one.statement.report, one.written_earliest, one.written_latest, one.published_at, None)


def _day(one: ToldStatement, zone: str) -> date | None:
    return day_of_report(one.written_earliest, one.written_latest, one.published_at, None, zone)


def _key(one: ToldStatement) -> Key | None:
    """What makes it one value of one group; None where the value has not what its attribute should have."""
    said = one.statement
    try:
        return (str(said.group), said.attribute, identity(said.attribute, said.value))
    except (KeyError, TypeError, IndexError):
        return None
