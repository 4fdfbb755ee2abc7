"""A publisher's file, or anybody's sheet, laid beside the record: what both have, what only theirs has, what only ours. Nothing
is kept.

Their rows become accounts in memory, judged against those of our incidents by the same table of reasons that joins reports:
place, days, kind, groups and counts; there are no words to compare. One of their rows is matched with one incident, the likeliest
pairs first; a row a day of a fight that lasted is matched with the one incident that it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dateline.entered import Known
from dateline.importing import cells
from dateline.importing.mapping import ColumnMap
from dateline.importing.rows import Coded, Unread, code_row, ids_of
from dateline.importing.sheets import Sheet
from dateline.importing.told import Reading
from dateline.reconcile.candidates import block_keys, may_be_one, sort_of
from dateline.reconcile.nearness import distance_km
from dateline.reconcile.reasons import POSSIBLY_SAME, SAME, Judgement, judge
from dateline.records import Account, Incident
from dateline.records.codes import bounds_of
from dateline.store.filters import IncidentFilter

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

LEAST_DEAD = 1  # UCDP lists deadly events alone


@dataclass(frozen=True, slots=True)
class Match:
    """One of their rows and an incident of ours. km: between the points, days: between the days; None where one has none."""

    theirs: Coded
    incident: Incident
    judgement: Judgement
    km: float | None
    days: int | None


@dataclass(frozen=True, slots=True)
class TheirsOnly:
    """A row that no incident of ours is. nearest: the likeliest that is not it, or that another row is already."""

    theirs: Coded
    nearest: str | None
    points: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """first, last, countries: what their file covers; ours that lie in it, surely, are counted."""

    sheet: Sheet
    matched: tuple[Match, ...]
    theirs_only: tuple[TheirsOnly, ...]
    ours_only: tuple[Incident, ...]
    unread: tuple[Unread, ...]
    first: date | None
    last: date | None
    countries: tuple[str, ...]


def compare(store: Store, sheet: Sheet, map_: ColumnMap, settings: Settings, *, natures: Sequence[str] = ()) -> Comparison:
    """Lay a sheet beside the record. natures: of the incidents compared; none for all."""
    coded, unread = _coded(sheet, map_, settings)
    days = [day for one in coded for day in bounds_of(one.account.when) if day is not None]
    first, last = min(days, default=None), max(days, default=None)
    countries = tuple(sorted({one.account.where.country for one in coded if one.account.where.country}))
    if not coded:
        return Comparison(sheet, (), (), (), unread, None, None, ())
    wanted = IncidentFilter(since=first, until=last, countries=countries, natures=tuple(natures))
    ours = {one.id: one for one in store.incidents(wanted)}
    pairs = _judged(coded, ours.values())
    matched = _matched(pairs, coded, ours)
    taken = {one.theirs.id.source for one in matched}
    nearest: dict[int, tuple[str, float]] = {}
    for points, at, name, _ in pairs:                       # the likeliest first
        nearest.setdefault(at, (name, points))
    alone = tuple(TheirsOnly(one, *nearest.get(at, (None, None))) for at, one in enumerate(coded) if one.id.source not in taken)
    met = {one.incident.id for one in matched}
    lone = tuple(one for one in ours.values() if one.id not in met and _is_covered(one, map_, first, last))
    return Comparison(sheet, tuple(matched), alone, lone, unread, first, last, countries)


def _coded(sheet: Sheet, map_: ColumnMap, settings: Settings) -> tuple[list[Coded], tuple[Unread, ...]]:
    from dateline.queries import register_in_force
    from dateline.where.gazetteer import load_gazetteer

    order = cells.date_order(row.cells.get(map_.columns.get("date", "")) for row in sheet.rows)
    reading = Reading(map_, Known(load_gazetteer(), register_in_force(settings.groups_file)), "", datetime.now(UTC), order)
    read = [code_row(row, id, reading) for row, id in zip(sheet.rows, ids_of(sheet.rows, map_), strict=True)]
    coded = [one for one in read if isinstance(one, Coded)]
    if map_.profile == "ucdp":  # it tells who fought whom, and not how
        coded = [replace(one, account=replace(one.account, kind="other", acts=("other",))) for one in coded]
    return coded, tuple(one for one in read if isinstance(one, Unread))


Pairs = list[tuple[float, int, str, Judgement]]  # points, position of their row, id of our incident


def _judged(coded: Sequence[Coded], ours: Iterable[Incident]) -> Pairs:
    """Each of their rows with the incidents near it, by the account of ours that is most like it; the likeliest first."""
    under: dict[str, list[tuple[str, Account]]] = defaultdict(list)
    for incident in ours:
        for joined in incident.accounts:
            for key in block_keys(joined.account):
                under[key].append((incident.id, joined.account))
    best: dict[tuple[int, str], Judgement] = {}
    for at, one in enumerate(coded):
        near = {
            (incident, account.id): account
            for key in block_keys(one.account)
            for incident, account in under.get(key, ())
            if may_be_one(sort_of(key), one.account, account)
        }
        for (name, _), account in near.items():
            judged = judge(one.account, account)
            held = best.get((at, name))
            if judged.points >= POSSIBLY_SAME and (held is None or judged.points > held.points):
                best[at, name] = judged
    return sorted(
        ((judged.points, at, name, judged) for (at, name), judged in best.items()), key=lambda pair: (-pair[0], pair[1], pair[2])
    )


def _matched(pairs: Pairs, coded: Sequence[Coded], ours: dict[str, Incident]) -> list[Match]:
    rows: set[int] = set()
    met: set[str] = set()
    found = []
    for points, at, name, judged in pairs:
        if points < SAME or at in rows or (name in met and not _is_a_day_of(coded[at].account, ours[name])):
            continue
        rows.add(at)
        met.add(name)
        found.append(_match(coded[at], ours[name], judged))
    return sorted(found, key=lambda match: match.theirs.row.number)


def _match(theirs: Coded, incident: Incident, judged: Judgement) -> Match:
    ours, their = bounds_of(incident.when), bounds_of(theirs.account.when)
    days = max((ours[0] - their[1]).days, (their[0] - ours[1]).days, 0) if ours[0] and ours[1] and their[0] and their[1] else None
    return Match(theirs, incident, judged, distance_km(theirs.account.where, incident.where), days)


def _is_a_day_of(account: Account, incident: Incident) -> bool:
    """Whether it is one of the days that a fight of ours lasted."""
    start, end, day = incident.when.start, incident.when.end, account.when.best
    return start is not None and end is not None and day is not None and start < end and start <= day <= end


def _is_covered(incident: Incident, map_: ColumnMap, first: date | None, last: date | None) -> bool:
    """Whether their file would have it: it surely lies in the days that the file covers, and UCDP has only what is deadly."""
    begins, ends = bounds_of(incident.when)
    if begins is None or ends is None or first is None or last is None or begins < first or ends > last:
        return False
    return (
        map_.profile != "ucdp"
        or (incident.toll.killed.high or incident.toll.killed.best or 0) >= LEAST_DEAD
        or (incident.toll.killed.high is None and bool(incident.toll.killed.figures))
    )
