"""Which accounts are worth comparing: those that share a key of time and place, time and group, or a person's name.

The keys are symmetric: two accounts are compared when their keys meet, so that the store can index them and a run looks
at the neighbourhood of what is new only. The number of pairs grows with the density of incidents in a country and week,
not with the length of the record.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from dateline.reconcile.nearness import days_between, days_of, sure_place
from dateline.reconcile.words import fold, tokens
from dateline.records import Account

WEEK = 7
MOST_WEEKS = 60          # of an account that may be any day of a long time: a year is 53
CELL_DEGREES = 1.0       # two points within half a cell of each other meet in one of four overlapping cells


def block_keys(account: Account) -> frozenset[str]:
    """The keys under which `account` is compared. Accounts at most three days and about 50 km apart share one."""
    times = _time_keys(account)
    places = _place_keys(account)
    groups = {f"g:{group}" for group in (*(one.group for one in account.actors),
                                         *(one.group for one in account.responsibility)) if group}
    people = {f"p:{name[-1]}:{name[0]}" for one in account.actors if one.person and len(name := tokens(one.person)) > 1}
    if not times:
        named = fold(account.where.name or account.where.text or "")
        return frozenset({f"u|{named}"} | people) if named else frozenset(people)
    keys = {f"{time}|{place}" for time in times for place in places | groups}
    if not places and not groups:
        keys |= set(times)
    if (named := fold(account.where.name or account.where.text or "")):
        keys.add(f"u|{named}")
    return frozenset(keys | people)


def pairs(accounts: Sequence[Account]) -> list[tuple[int, int]]:
    """Positions of the accounts to compare, the lower first, sorted. Pairs that no reason could join are left out."""
    blocks: dict[str, list[int]] = {}
    for position, account in enumerate(accounts):
        for key in block_keys(account):
            blocks.setdefault(key, []).append(position)
    found = {(a, b) for key, members in blocks.items() for a, b in _within(key, members, accounts)}
    return sorted(found)


def _within(key: str, members: list[int], accounts: Sequence[Account]) -> Iterable[tuple[int, int]]:
    """Pairs of one block. Under the name of a place only the undated are compared: it holds years of incidents."""
    dated = {one: bool(days_of(accounts[one].when).spans()) for one in members}
    seekers = [one for one in members if not dated[one]] if key.startswith("u|") else members
    for at, first in enumerate(seekers):
        others = members if seekers is not members else members[at + 1:]
        for second in others:
            if first == second or (seekers is not members and not dated[second] and second < first):
                continue
            a, b = accounts[first], accounts[second]
            gap = days_between(days_of(a.when), days_of(b.when))
            if gap is None or (gap <= 1 and not _far(a, b)):
                yield (min(first, second), max(first, second))


def _far(a: Account, b: Account) -> bool:
    """Whether both have a point and those are more than two degrees apart: no doubt of a place reaches that far."""
    if not (sure_place(a) and sure_place(b)) or a.where.lat is None or b.where.lat is None:
        return False
    return abs(a.where.lat - b.where.lat) > 2 * CELL_DEGREES


def _time_keys(account: Account) -> set[str]:
    """Weeks of two calendars half a week apart, so that days up to three apart share one."""
    weeks: set[str] = set()
    for first, last in days_of(account.when).spans():
        weeks |= {f"a{week}" for week in _weeks(first, last, 0)} | {f"b{week}" for week in _weeks(first, last, 3)}
    return weeks


def _weeks(first: date, last: date, shift: int) -> range:
    start, end = (first.toordinal() + shift) // WEEK, (last.toordinal() + shift) // WEEK
    return range(max(start, end - MOST_WEEKS), end + 1)


def _place_keys(account: Account) -> set[str]:
    """The country, which the vaguest account has too; four overlapping cells where no country is known."""
    where = account.where
    if where.country:
        return {f"c:{where.country}"}
    if where.lat is None or where.lon is None:
        named = fold(where.name or where.text or "")
        return {f"n:{named}"} if named else set()
    half = CELL_DEGREES / 2
    return {f"x:{math.floor((where.lat + north) / CELL_DEGREES)}:{math.floor((where.lon + east) / CELL_DEGREES)}"
            for north in (-half, half) for east in (-half, half)}
