"""New statements about armed groups -> items of a briefing. What a group was said to be before the window is not told again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.publish.beside import beside_reports
from dateline.publish.brief import sentences
from dateline.publish.brief.importance import OF_STATEMENT
from dateline.publish.brief.known import Clock, Position, day_of_report
from dateline.publish.profiles import identity
from dateline.publish.safe import plain
from dateline.publish.withhold import Surroundings, withhold_statement
from dateline.records import GroupStatement
from dateline.records.briefing import Item, Line, Window
from dateline.store.lists_brief import ToldStatement

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.store import Store

Key = tuple[str, str, tuple[Any, ...]]


def statement_items(store: Store, window: Window, reports: Collection[str], register: Register, late_days: int) -> list[Item]:
    """An item for each armed group of which reports of the window say something for the first time: a line a value, with all who
    give it."""
    clock = Clock(window, {}, late_days)
    new = [one for one in store.lists.statements_in(reports) if _position(one, clock) == "within" and _key(one) is not None
           and one.statement.attribute in OF_STATEMENT]
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
    by_group: dict[str, list[_Value]] = {}
    for (group, *_), some in by_key.items():
        by_group.setdefault(group, []).append(_value(some, around, register, window))
    return [_item(group, values, register) for group, values in by_group.items()]


@dataclass(frozen=True, slots=True)
class _Value:
    """One value that a group was given, as it may be shown: the first statement of it, and all of them as a line."""

    statement: GroupStatement
    line: Line
    day: date | None


def _value(some: Sequence[ToldStatement], around: Mapping[str, Surroundings], register: Register, window: Window) -> _Value:
    shown = [withhold_statement(one.statement, around[one.statement.report].accounts) for one in some]
    repeated = {one.statement.report for one in some}
    own = [one for one in some if one.copy_of is None or one.copy_of not in repeated]
    outlets = tuple(dict.fromkeys(name for one in own if (name := plain(one.outlet))))
    speakers = tuple(dict.fromkeys(name for one in shown if (name := plain(one.speaker))))
    written = day_of_report(some[0].written_earliest, some[0].written_latest, some[0].published_at, None, window.zone)
    return _Value(shown[0], sentences.statement_line(shown[0], speakers, outlets, _names(register), written), written)


def _item(group: str, values: Sequence[_Value], register: Register) -> Item:
    """All that is new of one group, what matters most first."""
    values = sorted(values, key=lambda one: -OF_STATEMENT[one.statement.attribute])
    known = register.get(group)
    return Item(
        id=f"statement/{values[0].statement.id}", section="groups", path=f"/groups/{group}",
        heading=sentences.statement_heading([one.statement for one in values], _names(register)),
        lines=tuple(one.line for one in values), importance=OF_STATEMENT[values[0].statement.attribute], groups=(group,),
        group_countries=known.active_in if known is not None else (), day=values[0].day)


def _names(register: Register) -> sentences.Names:
    def name_of(group: str) -> str | None:
        found = register.get(group)
        return found.name if found is not None else None

    return name_of


def _position(one: ToldStatement, clock: Clock) -> Position:
    if one.kept_at is not None:
        clock = Clock(clock.window, {one.statement.report: one.kept_at}, clock.late_days)
    return clock.position(one.statement.report, one.written_earliest, one.written_latest, one.published_at, None)


def _key(one: ToldStatement) -> Key | None:
    """What makes it one value of one group; None where the value has not what its attribute should have."""
    said = one.statement
    try:
        return (str(said.group), said.attribute, identity(said.attribute, said.value))
    except (KeyError, TypeError, IndexError):
        return None
