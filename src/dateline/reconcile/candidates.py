"""Which accounts are worth comparing: those that share a key of time and place, time and group, or a person's name, and
those whose reports share some of their rarest words.

Both are symmetric: two accounts are compared when their keys meet, or their reports' words do, so that the store can
index them and a run looks at the neighbourhood of what is new only. The number of pairs grows with the density of
incidents in a country and week, not with the length of the record.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dateline.reconcile.facts import facts_of
from dateline.reconcile.likeness import rarest, rarity
from dateline.reconcile.nearness import days_between, days_of, distance_km, sure_place
from dateline.reconcile.pair import report_words
from dateline.reconcile.ranks import written_day
from dateline.reconcile.words import fold, words_of
from dateline.records import Account, Report

WEEK = 7
MOST_WEEKS = 60          # of an account that may be any day of a long time: a year is 53
CELL_DEGREES = 1.0       # two points within half a cell of each other meet in one of four overlapping cells
PERSON, PLACE = "p:", "u|"     # under the name of a place stand years of incidents: only for what has no day
REPORT, SENTENCES = ":r", ":s"  # after the word: what a report has in both lies side by side in an index
WORDS_KEPT = {REPORT: 20, SENTENCES: 8}               # the rarest of what is compared
RARE = 3.0              # of rarity: words of more than one incident in twenty bring too many together
VERY_RARE = 5.0         # one in 150: these alone bring reports together that were written months apart
WEEKS, YEAR = 30, 400   # days between writing within which rare words, and very rare ones, bring together
FEWEST_SHARED = 2
ALIKE = {                                             # (days between writing, likeness): months later it must be more
    REPORT: ((WEEKS, 0.10), (YEAR, 0.20)),
    SENTENCES: ((WEEKS, 0.40), (YEAR, 0.50)),
}
FAR_KM = 300.0


def block_keys(account: Account) -> frozenset[str]:
    """The keys under which `account` is compared. Accounts of one country at most three days apart share one."""
    times = _time_keys(account)
    places = _place_keys(account)
    groups = {f"g:{group}" for group in (*(one.group for one in account.actors),
                                         *(one.group for one in account.responsibility)) if group}
    people = {f"{PERSON}{name[-1]}:{name[0]}" for one in account.actors if one.person and len(name := words_of(one.person)) > 1}
    if not times:
        named = fold(account.where.name or account.where.text or "")
        return frozenset({f"{PLACE}{named}"} | people) if named else frozenset(people)
    keys = {f"{time}|{place}" for time in times for place in places | groups}
    if not places and not groups:
        keys |= set(times)
    if (named := fold(account.where.name or account.where.text or "")):
        keys.add(f"{PLACE}{named}")
    return frozenset(keys | people)


class WordKey(NamedTuple):
    """A rare word by which an account is found. word: with ":r" (of its report) or ":s" (of its sentences). weight: there.

    lasting: brings reports together that were written months apart, where both say so.
    """

    word: str
    weight: float
    lasting: bool


@dataclass(frozen=True, slots=True)
class WordKeys:
    """day: on which the report was written, as an ordinal."""

    keys: tuple[WordKey, ...]
    day: int


def word_keys(account: Account, report: Report) -> WordKeys | None:
    """Words of its sentences, and of the report where that is mostly about it; None where the day of writing is unknown.

    Names of its place and groups do not last: in the next attack there they are told again.
    """
    day = written_day(report, None) or report.written.latest or report.written.earliest
    if day is None:
        return None
    facts = facts_of(account)
    told = {SENTENCES: facts.rare, **({REPORT: report_words(report)} if account.main else {})}
    return WordKeys(tuple(WordKey(f"{word}{of}", words[word], rarity(word) >= VERY_RARE and word not in facts.named)
                          for of, words in told.items() for word in rarest(words, WORDS_KEPT[of], RARE)), day.toordinal())


def are_alike(of: str, shared: int, likeness: float, days: int) -> bool:
    """Whether two that share so many rare words, of reports or of sentences, are worth comparing; written `days` apart.

    likeness: the sum of the products of the weights that these words have in the two.
    """
    return shared >= FEWEST_SHARED and any(days <= most and round(likeness, 6) >= least for most, least in ALIKE[of])


def sort_of(key: str) -> str:
    """PERSON, PLACE, or "" for a key of time with something else: two accounts may share many of these."""
    return next((sort for sort in (PERSON, PLACE) if key.startswith(sort)), "")


def may_be_one(sort: str, a: Account, b: Account) -> bool:
    """Whether two that stand under one key of this `sort` are worth comparing. Under the name of a place only the undated are: it
    holds years."""
    gap = days_between(facts_of(a).days, facts_of(b).days)
    if gap is None:
        return True
    return gap <= 1 and sort != PLACE and (sort == PERSON or not _are_far_apart(a, b))


def pairs(accounts: Sequence[Account], reports: Mapping[str, Report] | None = None) -> list[tuple[int, int]]:
    """Positions of the accounts to compare, the lower first, sorted. Pairs that no reason could join are left out."""
    blocks: dict[str, list[int]] = {}
    for position, account in enumerate(accounts):
        for key in block_keys(account):
            blocks.setdefault(key, []).append(position)
    beside = {(sort_of(key), a, b) for key, members in blocks.items() for a, b in itertools.combinations(members, 2)}
    found = {(a, b) for sort, a, b in beside if may_be_one(sort, accounts[a], accounts[b])}
    return sorted(found.union(_of_like_words(accounts, reports or {})))


def _of_like_words(accounts: Sequence[Account], reports: Mapping[str, Report]) -> Iterator[tuple[int, int]]:
    """Accounts of two reports that share enough of their rare words."""
    found: dict[str, list[_Telling]] = defaultdict(list)
    days: dict[int, int] = {}
    for position, account in enumerate(accounts):
        if account.report in reports and (keys := word_keys(account, reports[account.report])):
            days[position] = keys.day
            for word, weight, lasting in keys.keys:
                found[word].append(_Telling(keys.day, position, weight, lasting))
    for of in ALIKE:
        shared: Counter[tuple[int, int]] = Counter()
        likeness: dict[tuple[int, int], float] = defaultdict(float)
        for word, told in found.items():
            if word.endswith(of):
                for a, b in _in_reach(sorted(told)):
                    pair = (min(a.position, b.position), max(a.position, b.position))
                    shared[pair] += 1
                    likeness[pair] += a.weight * b.weight
        yield from (pair for pair, words in shared.items()
                    if are_alike(of, words, likeness[pair], abs(days[pair[0]] - days[pair[1]]))
                    and accounts[pair[0]].report != accounts[pair[1]].report)


class _Telling(NamedTuple):
    """A word as the account at `position` has it."""

    day: int
    position: int
    weight: float
    lasting: bool


def _in_reach(told: Sequence[_Telling]) -> Iterator[tuple[_Telling, _Telling]]:
    """Those of one word that were written near enough to each other. told: sorted."""
    for at, one in enumerate(told):
        until = bisect.bisect_left(told, (one.day + (YEAR if one.lasting else WEEKS) + 1,), at + 1)
        for other in told[at + 1:until]:
            if other.day - one.day <= WEEKS or other.lasting:
                yield one, other


def _are_far_apart(a: Account, b: Account) -> bool:
    """Whether both have a point and no doubt of a place reaches that far: only words or names can say that it is one."""
    return sure_place(a) and sure_place(b) and (distance_km(a.where, b.where) or 0.0) > FAR_KM


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
