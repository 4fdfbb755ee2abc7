"""What the lists count, over columns in memory: which incidents a filter shows, and their counts, values, days, cells, order.

Each function gives what the query of the same name gives (lists.py, lists_map.py, lists_values.py). Pure but for `shown`, which
asks the database for what is in no column: words of reports, and to whom an incident is assigned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from dateline.store.columns import Columns, Mask, Texts, lines_of
from dateline.store.counted_words import Words, numbers_of
from dateline.store.filters import IncidentFilter, in_no_column, lower
from dateline.store.incident_rows import LAST_OF_ALL, NO_DAY
from dateline.store.listed import Order

if TYPE_CHECKING:
    from dateline.store.lists_map import Box

Places = npt.NDArray[np.intp]     # of incidents in the columns, upwards
KEYS: Mapping[Order, tuple[str, bool]] = {        # as lists.ORDERS: what an order goes by, and whether downwards
    "day": ("first_day", False), "newest": ("day", True), "changed": ("change", True), "killed": ("deaths", True),
    "doubt": ("doubt", True), "first": ("number", False)}
GRID = 1_000_000                  # fields of a grid that are counted one by one; of a finer one those that hold something


def shown(columns: Columns, wanted: IncidentFilter, connection: sa.Connection, words: Words) -> Places:
    """The incidents that `wanted` shows."""
    held = columns["held"].copy()
    for mask in _masks(columns, wanted):
        held &= mask
    for query in in_no_column(wanted):
        held &= columns.mask_of(numbers_of(connection, query))
    if wanted.text is not None:
        held &= words.mask(columns, held, wanted.text, connection)
    return np.flatnonzero(held)


def _masks(columns: Columns, wanted: IncidentFilter) -> Iterator[Mask]:
    yield from _days(columns, wanted)
    for name, values in (("kind", wanted.kinds), ("nature", wanted.natures), ("status", wanted.statuses),
                         ("country", tuple(country.upper() for country in wanted.countries)), ("review", wanted.reviews)):
        if values:
            yield _among(columns, name, frozenset(values))
    if wanted.provinces:
        provinces = frozenset(map(lower, wanted.provinces))
        yield columns.texts["admin1"].where(lambda text: text is not None and lower(text) in provinces)[columns["admin1"]]
    for name, values in (("groups", wanted.groups), ("affected", wanted.affected), ("sides_killed", wanted.sides_killed)):
        if values:
            among = frozenset(values)
            yield np.array([not among.isdisjoint(lines) for lines in lines_of(columns.texts[name])], bool)[columns[name]]
    if wanted.unplaced:
        yield np.isnan(columns["lat"])
    if wanted.undated:
        yield columns["day"] == NO_DAY
    if wanted.precision is not None:
        yield (columns["precision"] >= 0) & (columns["precision"] <= wanted.precision)
    for name, least in (("origins", wanted.origins), ("origins_not_party", wanted.origins_not_party)):
        if least is not None:
            yield columns[name] >= least
    if wanted.changed_since is not None:
        yield columns["changed_at"] > instant(wanted.changed_since)


def _among(columns: Columns, name: str, values: frozenset[str]) -> Mask:
    held: Mask = columns.texts[name].where(values.__contains__)[columns[name]]
    return held


def instant(at: datetime) -> np.datetime64:
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "us")


def _days(columns: Columns, wanted: IncidentFilter) -> Iterator[Mask]:
    since = wanted.since.toordinal() if wanted.since else None
    until = wanted.until.toordinal() if wanted.until else None
    if since is None and until is None:
        return
    first, last = columns["first_day"], columns["latest"]
    if wanted.surely:
        if since is not None:
            yield (first >= since) & (first < LAST_OF_ALL)
        if until is not None:
            yield last <= until
        return
    yield _may_lie(first, last, since, until)
    spans = columns.spans
    one_of_its_days = np.zeros(len(columns), bool)
    one_of_its_days[spans["place"][_may_lie(spans["first"], spans["last"], since, until)]] = True
    yield ~columns["scattered"] | one_of_its_days


def _may_lie(first: npt.NDArray[Any], last: npt.NDArray[Any], since: int | None, until: int | None) -> Mask:
    """A last day that is not known is LAST_OF_ALL, which is late enough for all; so is a first one, which is early enough."""
    held = np.ones(len(first), bool)
    if since is not None:
        held &= last >= since
    if until is not None:
        held &= (first <= until) | (first == LAST_OF_ALL)
    return held


def ordered(columns: Columns, at: Places, order: Order, after: tuple[int, int] | None, most: int) -> list[int]:
    """The numbers of the first `most` of them in `order`, after the row with the key `after`."""
    name, down = KEYS[order]
    key, number = columns[name][at], columns["number"][at]
    if after is not None:
        beyond = (key < after[0]) if down else (key > after[0])
        beyond |= (key == after[0]) & ((number < after[1]) if down else (number > after[1]))
        key, number = key[beyond], number[beyond]
    if down:
        key, number = -key, -number
    if len(key) > most:
        near = key <= np.partition(key, most - 1)[most - 1]
        key, number = key[near], number[near]
    found: list[int] = np.abs(number[np.lexsort((number, key))[:most]]).tolist()
    return found


def gone_since(columns: Columns, at: datetime) -> int:
    """How many were deleted since: that is the last change of a row."""
    return int((~columns["held"] & (columns["changed_at"] > instant(at))).sum())


def counts(columns: Columns, at: Places) -> tuple[int, int, int, int, int]:
    """All, without a point, without a day; their accounts and figures."""
    return (len(at), int(np.isnan(columns["lat"][at]).sum()), int((columns["day"][at] == NO_DAY).sum()),
            int(columns["accounts"][at].sum()), int(columns["figures"][at].sum()))


def values(columns: Columns, at: Places, name: str) -> dict[str | None, int]:
    """How many of them have each text of a column."""
    held = columns.texts[name].values
    counted = np.bincount(columns[name][at], minlength=len(held))
    return {held[place]: int(counted[place]) for place in np.flatnonzero(counted)}


def precisions(columns: Columns, at: Places) -> dict[int | None, int]:
    counted = np.bincount(columns["precision"][at] + 1)
    return {int(place) - 1 if place else None: int(counted[place]) for place in np.flatnonzero(counted)}


def provinces(columns: Columns, at: Places) -> dict[tuple[str | None, str], int]:
    """(country, name) -> how many."""
    countries, names = columns.texts["country"].values, columns.texts["admin1"].values
    counted = np.bincount(columns["country"][at] * np.int64(len(names)) + columns["admin1"][at])
    found = {}
    for pair in np.flatnonzero(counted).tolist():
        country, place = divmod(pair, len(names))
        if (name := names[place]) is not None:
            found[countries[country], name] = int(counted[pair])
    return found


def killed(columns: Columns, at: Places) -> tuple[npt.NDArray[np.int64], ...]:
    """Of each the least, best and most that are added up: see `reading.KILLED`."""
    low, best, high = (columns[f"killed_{name}"][at] for name in ("low", "best", "high"))
    best = np.where(best < 0, low, best)
    high = np.where(high < 0, best, high)
    return tuple(np.maximum(one, 0) for one in (low, best, high))


def sums(columns: Columns, at: Places, name: str) -> list[tuple[str | None, int, int, int, int, int]]:
    """(text, incidents, last day as an ordinal, killed: least, best, most) for each text of a column."""
    texts, places = columns.texts[name].values, columns[name][at]
    counted = np.bincount(places, minlength=len(texts))
    dead = [np.bincount(places, one, len(texts)) for one in killed(columns, at)]
    last = np.zeros(len(texts), np.int64)
    np.maximum.at(last, places, columns["day"][at])
    return [(texts[place], int(counted[place]), int(last[place]), *(int(one[place]) for one in dead))  # type: ignore[misc]
            for place in np.flatnonzero(counted)]


def sums_of_lines(columns: Columns, at: Places, name: str) -> list[tuple[str, int, int, int, int, int]]:
    """The same for each value of a column whose texts have one a line."""
    found: dict[str, list[int]] = {}
    for text, number, last, *dead in sums(columns, at, name):
        for value in (text or "").splitlines():
            held = found.setdefault(value, [0, 0, 0, 0, 0])
            found[value] = [held[0] + number, max(held[1], last), *(a + b for a, b in zip(held[2:], dead, strict=True))]
    return [(value, *held) for value, held in found.items()]  # type: ignore[misc]


def bars(columns: Columns, at: Places) -> list[tuple[date, int, int, int, int]]:
    """What a Bar holds, by day, in their order; what has none is left out."""
    at = at[columns["day"][at] != NO_DAY]
    if not len(at):
        return []
    day = columns["day"][at]
    first = int(day.min())
    counted = np.bincount(day - first)
    dead = [np.bincount(day - first, one) for one in killed(columns, at)]
    return [(date.fromordinal(first + place), int(counted[place]), *(int(one[place]) for one in dead))  # type: ignore[misc]
            for place in np.flatnonzero(counted).tolist()]


def inside(columns: Columns, at: Places, box: Box | None) -> Places:
    """Those of them that have a point in the box."""
    lat, lon = columns["lat"][at], columns["lon"][at]
    held = ~np.isnan(lat)
    if box is not None:
        held &= (lat >= box.south) & (lat <= box.north)
        held &= (lon >= box.west) | (lon <= box.east) if box.west > box.east else (lon >= box.west) & (lon <= box.east)
    there: Places = at[held]
    return there


def points(columns: Columns, at: Places) -> Iterator[tuple[int, float, float, int | None, int | None, str, date | None]]:
    """What a Point holds."""
    kinds = columns.texts["kind"].values
    days = {day: date.fromordinal(day) if day != NO_DAY else None for day in np.unique(columns["day"][at]).tolist()}
    numbers, lons, lats, precision, dead, kind, day = (one.tolist() for one in (
        columns["number"][at], np.round(columns["lon"][at], 4), np.round(columns["lat"][at], 4), columns["precision"][at],
        columns["killed_best"][at], columns["kind"][at], columns["day"][at]))
    return ((number, lon, lat, None if exact < 0 else exact, None if best < 0 else best, str(kinds[which]), days[when])
            for number, lon, lat, exact, best, which, when in zip(numbers, lons, lats, precision, dead, kind, day, strict=True))


def cells(columns: Columns, at: Places, step: float) -> list[tuple[float, float, int, int]]:
    """What a Cell holds. step: degrees."""
    lon, lat = columns["lon"][at], columns["lat"][at]
    across = int(360 / step) + 2
    field = ((lat + 180.0) / step).astype(np.int64) * across + ((lon + 180.0) / step).astype(np.int64)
    if across * across > GRID:
        _, field = np.unique(field, return_inverse=True)
    counted = np.bincount(field)
    there = np.flatnonzero(counted)
    many = counted[there]
    middles = (np.round(np.bincount(field, one)[there] / many, 4).tolist() for one in (lon, lat))
    dead = np.bincount(field, np.maximum(columns["killed_best"][at], 0))[there].astype(np.int64)
    return list(zip(*middles, many.tolist(), dead.tolist(), strict=True))


def each_line(texts: Texts, counted: Mapping[str | None, int]) -> dict[str, int]:
    """How many have each value, of texts that have one a line."""
    found: dict[str, int] = {}
    for text, lines in zip(texts.values, lines_of(texts), strict=True):
        if count := counted.get(text, 0):
            for value in lines:
                found[value] = found.get(value, 0) + count
    return found


def holding(columns: Columns, at: Places, terms: Sequence[str]) -> Places:
    """Those of them with each term in the headline, the place or the province, in any case of ASCII letters."""
    for term in terms:
        held = np.zeros(len(at), bool)
        for name in ("headline", "place", "admin1"):
            held |= columns.texts[name].holding(term)[columns[name][at]]
        at = at[held]
    return at if terms else at[:0]
