"""Material -> Briefing -> what one reader asked for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from dateline.publish.brief import sentences
from dateline.publish.brief.coverage import covers, fits
from dateline.publish.brief.items import WITHDRAWN
from dateline.records.briefing import (
    EVERYTHING,
    Bounds,
    Briefing,
    Coverage,
    DayBar,
    Frequency,
    Item,
    Length,
    Section,
    WeekRow,
)
from dateline.store.lists_brief import WeekIncident

if TYPE_CHECKING:
    from dateline.publish.brief.gathering import Material
    from dateline.records.mailing import Edits

SECTIONS: Final[tuple[Section, ...]] = ("new", "changed", "claims", "groups", "uncertain")
APPROVED = frozenset({"approved", WITHDRAWN})
SHORT_ITEMS = 5                   # "five lines"
PAGE_ITEMS, PAGE_LINES, PAGE_TOTAL = 14, 3, 34    # "one page": items, lines of one, lines of all: 600 to 700 words
WEEKS = 5                         # of the table of a weekly one
MOST_DAYS = 31                    # bars of the timeline
NOWHERE = ""


def compose(material: Material, *, coverage: Coverage = EVERYTHING, frequency: Frequency, approved_only: bool = False
            ) -> Briefing:
    """The briefing of an edition: everything in `material` that `coverage` asks for.

    approved_only: incidents that a person approved and whose facts are those that were approved, and those that were rejected
    since; no statements, which nobody approves.
    """
    def wanted(item: Item) -> bool:
        if not fits(item, coverage):
            return False
        if not approved_only:
            return not item.of_approval
        # what was approved only now is told as a whole, and its changes with it
        return item.review in APPROVED and (item.of_approval or item.incident not in only_now)

    only_now = {item.incident for item in material.items if item.of_approval}

    window = material.window
    items = in_order([item for item in material.items if wanted(item)])
    late = sum(1 for one in material.late if covers(coverage, one, [one.country], one.most_killed)
               and (not approved_only or one.review in APPROVED))
    weeks = _weeks([one for one in material.weeks if covers(coverage, one, [one.country], _most(one.killed))
                    and (not approved_only or one.review in APPROVED)], window.last) if frequency == "weekly" else ()
    return Briefing(
        title=sentences.title_of(frequency, window), frequency=frequency, window=window, coverage=coverage, length="everything",
        headline=sentences.headline_of(items), items=items, left_out=0, late=late, weeks=weeks, days=_days(items, window.last),
        withheld=sentences.withheld_of(items))


def cut(briefing: Briefing, coverage: Coverage, length: Length) -> Briefing:
    """`briefing` narrowed to `coverage` and to the room that `length` gives; its headline numbers are those of all that fits.

    Cut what was composed ("everything"), once: what an earlier cut left out is not counted again. The weekly table stays the
    edition's own and says so where it is wider; how many incidents came late is not known for a narrower coverage.
    """
    narrowed = coverage != EVERYTHING and coverage != briefing.coverage
    fitting = tuple(item for item in briefing.items if fits(item, coverage))
    kept = _LENGTHS[length](fitting)
    return replace(
        briefing, coverage=coverage if narrowed else briefing.coverage, length=length, headline=sentences.headline_of(fitting),
        items=kept, left_out=briefing.left_out + len(fitting) - len(kept), late=0 if narrowed else briefing.late,
        weeks=tuple(replace(row, name=f"{row.name}, whole edition") for row in briefing.weeks) if narrowed else briefing.weeks,
        days=_days(fitting, briefing.window.last), withheld=sentences.withheld_of(fitting))


def edited(briefing: Briefing, edits: Edits) -> Briefing:
    """`briefing` as an editor made it: items dropped, put in order within their sections, with notes; its numbers recounted.

    What is put first is also what a short briefing keeps. Ids that are not in it are left.
    """
    dropped, notes = set(edits.dropped), dict(edits.notes)
    place = {name: at for at, name in enumerate(dict.fromkeys(edits.order))}
    items = [replace(item, note=notes.get(item.id, item.note) or None) for item in briefing.items if item.id not in dropped]
    ordered = sorted(items, key=lambda item: (SECTIONS.index(item.section), place.get(item.id, len(place))))
    first = max((item.importance for item in items), default=0.0)
    ranked = tuple(replace(item, importance=first + len(place) - place[item.id]) if item.id in place else item
                   for item in ordered)
    return replace(briefing, items=ranked, headline=sentences.headline_of(ranked), days=_days(ranked, briefing.window.last),
                   withheld=sentences.withheld_of(ranked), note=edits.note or briefing.note)


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """Sections in their order; new incidents by region and country, those with the most important first; the rest by importance.

    What is equally important is told in the order of ids, so that one record makes one briefing.
    """
    held = list(items)
    regions, countries = _highest(held, lambda item: item.region), _highest(held, lambda item: item.country)

    def key(item: Item) -> tuple[object, ...]:
        by_place = (item.region is None, -regions[item.region or NOWHERE], item.region or "", -countries[item.country or NOWHERE],
                    item.country or "") if item.section == "new" else ()
        return (SECTIONS.index(item.section), *by_place, -item.importance, item.id)

    return tuple(sorted(held, key=key))


def _highest(items: Iterable[Item], of: Callable[[Item], str | None]) -> dict[str, float]:
    found: dict[str, float] = {}
    for item in items:
        if item.section == "new":
            name = of(item) or NOWHERE
            found[name] = max(item.importance, found.get(name, item.importance))
    return found


def _five_lines(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The five most important, a line each, no incident twice."""
    chosen: dict[str, Item] = {}
    for item in sorted(items, key=lambda item: -item.importance):
        if len(chosen) < SHORT_ITEMS:
            chosen.setdefault(item.incident or item.id, item)
    ids = {item.id for item in chosen.values()}
    return tuple(replace(item, lines=item.lines[:1]) for item in items if item.id in ids)


def _one_page(items: tuple[Item, ...]) -> tuple[Item, ...]:
    chosen: set[str] = set()
    lines = 0
    for item in sorted(items, key=lambda item: -item.importance)[:PAGE_ITEMS]:
        lines += min(len(item.lines), PAGE_LINES)
        if lines > PAGE_TOTAL:
            break
        chosen.add(item.id)
    return tuple(replace(item, lines=item.lines[:PAGE_LINES]) for item in items if item.id in chosen)


def _everything(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return items


_LENGTHS: Final[dict[Length, Callable[[tuple[Item, ...]], tuple[Item, ...]]]] = {
    "five lines": _five_lines, "one page": _one_page, "everything": _everything}


def _days(items: Iterable[Item], last: date) -> tuple[DayBar, ...]:
    """The new incidents that count, by their best day, from the first of these days to the last; none older than MOST_DAYS."""
    by_day: dict[date, list[Item]] = {}
    for item in items:
        if item.counts and item.day is not None and 0 <= (last - item.day).days < MOST_DAYS:
            by_day.setdefault(item.day, []).append(item)
    if not by_day:
        return ()
    first, count = min(by_day), (max(by_day) - min(by_day)).days + 1
    days = [first + timedelta(days=at) for at in range(count)]
    held = [(day, by_day.get(day, [])) for day in days]
    return tuple(DayBar(day, len(some), sentences.total(item.killed for item in some)) for day, some in held)


def _weeks(incidents: Sequence[WeekIncident], last: date) -> tuple[WeekRow, ...]:
    """Incidents, killed, injured and the outlets that report them, this week first; () where nothing happened in any of them."""
    if not incidents:
        return ()
    weeks = [[one for one in incidents if one.week == week] for week in range(WEEKS)]

    def row(name: str, of: Callable[[list[WeekIncident]], Bounds]) -> WeekRow:
        return WeekRow(name, tuple(map(of, weeks)))

    return (row("incidents", lambda some: _number(len(some))),
            row("killed", lambda some: sentences.total(Bounds(*one.killed) for one in some)),
            row("injured", lambda some: sentences.total(Bounds(*one.injured) for one in some)),
            row("reporting outlets", lambda some: _number(len({name for one in some for name in one.outlets}))))


def _number(count: int) -> Bounds:
    return Bounds(count, count, count)


def _most(killed: tuple[int | None, ...]) -> int | None:
    return max((number for number in killed if number is not None), default=None)
