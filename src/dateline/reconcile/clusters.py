"""Accounts -> groups that tell one incident each: average-link agglomeration over the judgements.

Average link, because one chance resemblance must not chain two incidents into one, and one report that got the place
wrong must not split an incident. Two accounts that nothing brought together count as unlikely. What a person decided
comes first: accounts joined by hand start as one group, and groups told apart by hand never meet. The result depends on
the accounts only, never on the order in which they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.reconcile.candidates import pairs
from dateline.reconcile.reasons import POSSIBLY_SAME, SAME, UNCOMPARED, Judgement, judge
from dateline.records import Account, Report

Judge = Callable[[Account, Account], Judgement]
Pairing = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Partition:
    """groups: account ids, sorted, the groups by their first id. judgements: of every pair that was compared."""

    groups: tuple[tuple[str, ...], ...]
    judgements: Mapping[Pairing, Judgement]
    possibly_same: tuple[tuple[int, int, float], ...]    # positions in `groups`, and the mean points


@dataclass(slots=True)
class _Link:
    """What two groups have between them: points summed over compared pairs, and whether they must stay apart."""

    points: float
    pairs: int
    never: bool

    def mean(self, all_pairs: int) -> float:
        return (self.points + UNCOMPARED * (all_pairs - self.pairs)) / all_pairs


def partition(accounts: Sequence[Account], reports: Mapping[str, Report] | None = None,
              ruling: Mapping[Pairing, bool] | None = None, judged: Mapping[Pairing, Judgement] | None = None) -> Partition:
    """Group `accounts` into incidents.

    ruling: what a person decided on pairs (ids sorted): one incident or not; it wins over the table of reasons.
    judged: what `judge` said of pairs already.
    """
    ordered = sorted({account.id: account for account in accounts}.values(), key=lambda account: account.id)
    known = judged or {}
    judgements = {}
    for a, b in pairs(ordered, reports):
        pair = (ordered[a].id, ordered[b].id)
        judgements[pair] = known.get(pair) or judge(ordered[a], ordered[b], reports)
    held = {account.id for account in ordered}
    ruled = {pair: same for pair, same in (ruling or {}).items() if held.issuperset(pair)}
    starts = _joined_by_hand(held, (pair for pair, same in ruled.items() if same))
    apart = {pair for pair, same in ruled.items() if not same}
    groups = tuple(sorted(tuple(sorted(group)) for group in _Agglomeration(starts, judgements, apart).run()))
    return Partition(groups, judgements, _possibly(groups, judgements, apart))


def judge_new(new: Sequence[Account], held: Sequence[Account], reports: Mapping[str, Report]) -> dict[Pairing, Judgement]:
    """The judgement of every pair of a `new` account and another that is worth comparing, by ids (sorted)."""
    ordered = [*new, *held]
    compared = ((ordered[a], ordered[b]) for a, b in pairs(ordered, reports, first=len(new)))
    return {(min(a.id, b.id), max(a.id, b.id)): judge(a, b, reports) for a, b in compared}


def _joined_by_hand(accounts: Iterable[str], joined: Iterable[Pairing]) -> dict[str, str]:
    """Account -> the least id of those that a person put together with it."""
    start = {name: name for name in accounts}

    def root(name: str) -> str:
        while start[name] != name:
            start[name] = start[start[name]]
            name = start[name]
        return name

    for a, b in joined:
        low, high = sorted((root(a), root(b)))
        start[high] = low
    return {name: root(name) for name in start}


class _Agglomeration:
    """Joins the two nearest groups until none are near enough. A group is named by its least account id."""

    def __init__(self, starts: Mapping[str, str], judgements: Mapping[Pairing, Judgement], apart: Iterable[Pairing]) -> None:
        self._members: dict[str, list[str]] = {}
        for account, group in sorted(starts.items()):
            self._members.setdefault(group, []).append(account)
        self._links: dict[str, dict[str, _Link]] = {name: {} for name in self._members}
        self._queue: list[tuple[float, str, str, int, int]] = []
        for (a, b), judgement in judgements.items():
            self._add(starts[a], starts[b], _Link(judgement.points, 1, never=False))
        for a, b in apart:
            self._add(starts[a], starts[b], _Link(0.0, 0, never=True))

    def run(self) -> Iterable[list[str]]:
        for a, others in self._links.items():
            for b in others:
                if a < b:
                    self._offer(a, b)
        while self._queue:
            _, a, b, size_a, size_b = heapq.heappop(self._queue)
            if (size_a, size_b) == (len(self._members.get(a, ())), len(self._members.get(b, ()))):
                self._join(a, b)             # neither has grown since it was offered
        return self._members.values()

    def _join(self, a: str, b: str) -> None:
        self._members[a] += self._members.pop(b)
        for other, theirs in self._links.pop(b).items():
            del self._links[other][b]
            if other != a:
                self._add(a, other, theirs)
        for other in self._links[a]:
            self._offer(*sorted((a, other)))

    def _add(self, a: str, b: str, link: _Link) -> None:
        """Put `link` to what the two groups have between them already."""
        held = self._links[a].get(b)
        if a != b:
            self._links[a][b] = self._links[b][a] = link if held is None else _Link(
                round(held.points + link.points, 6), held.pairs + link.pairs, held.never or link.never)

    def _offer(self, a: str, b: str) -> None:
        link, size_a, size_b = self._links[a][b], len(self._members[a]), len(self._members[b])
        mean = round(link.mean(size_a * size_b), 6)
        if mean >= SAME and not link.never:
            heapq.heappush(self._queue, (-mean, a, b, size_a, size_b))


def _possibly(groups: Sequence[tuple[str, ...]], judgements: Mapping[Pairing, Judgement], apart: Iterable[Pairing]
              ) -> tuple[tuple[int, int, float], ...]:
    """Pairs of groups that a person should look at: the likeliest of their accounts may be of one incident.

    Not where a person told them apart already.
    """
    of = {account: position for position, group in enumerate(groups) for account in group}
    best: dict[tuple[int, int], float] = {}
    for (a, b), judgement in judgements.items():
        low, high = sorted((of[a], of[b]))
        if low != high and judgement.points >= POSSIBLY_SAME:
            best[low, high] = max(judgement.points, best.get((low, high), POSSIBLY_SAME))
    settled = {tuple(sorted((of[a], of[b]))) for a, b in apart}
    return tuple((low, high, round(points, 3)) for (low, high), points in sorted(best.items()) if (low, high) not in settled)
