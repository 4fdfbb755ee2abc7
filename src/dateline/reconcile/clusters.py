"""Accounts -> groups that tell one incident each: average-link agglomeration over the links between them.

A link is a pair that was judged to be one incident, or possibly. Every other pair counts UNLINKED, whether it was compared or
not: so a group can be put together again from its links alone. Average link, because one chance resemblance must not chain
two incidents into one, and one report that got the place wrong must not split an incident. What a person decided comes first:
accounts joined by hand start as one group, and groups told apart by hand never meet. The result depends on the accounts only,
never on the order in which they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.reconcile.candidates import pairs
from dateline.reconcile.reasons import POSSIBLY_SAME, SAME, Judgement, judge
from dateline.records import Account, Report

UNLINKED = POSSIBLY_SAME          # points of two accounts that no link joins

Pairing = tuple[str, str]
Links = Mapping[Pairing, Judgement]          # by ids, sorted


@dataclass(frozen=True, slots=True)
class Partition:
    """groups: account ids, sorted, the groups by their first id. links: between the accounts, those that a person judged too."""

    groups: tuple[tuple[str, ...], ...]
    links: Links
    possibly_same: tuple[tuple[int, int, float], ...]    # positions in `groups`, and the most points of a link


@dataclass(slots=True)
class _Tie:
    """What two groups have between them: points summed over their links, and whether they must stay apart."""

    points: float
    links: int
    never: bool

    def mean(self, all_pairs: int) -> float:
        return (self.points + UNLINKED * (all_pairs - self.links)) / all_pairs


def links_among(accounts: Sequence[Account], reports: Mapping[str, Report]) -> Links:
    """The links between any two of `accounts`."""
    return links_of(((accounts[a], accounts[b]) for a, b in pairs(accounts, reports)), reports)


def links_of(compared: Iterable[tuple[Account, Account]], reports: Mapping[str, Report]) -> Links:
    """Those of the pairs that are links."""
    judged = (((a.id, b.id), judge(a, b, reports)) for a, b in compared)
    return {(min(pair), max(pair)): judgement for pair, judgement in judged if judgement.outcome != "different"}


def partition(accounts: Collection[str], links: Links, ruling: Mapping[Pairing, bool] | None = None) -> Partition:
    """Group `accounts`, given by their ids, into incidents.

    links: those between them; of others there may be some too. ruling: what a person decided on pairs (ids sorted): one
    incident or not; it wins over the links.
    """
    held = set(accounts)
    known = {pair: judgement for pair, judgement in links.items() if held.issuperset(pair)}
    ruled = {pair: same for pair, same in (ruling or {}).items() if held.issuperset(pair)}
    starts = _joined_by_hand(held, (pair for pair, same in ruled.items() if same))
    apart = {pair for pair, same in ruled.items() if not same}
    groups = tuple(sorted(tuple(sorted(group)) for group in _Agglomeration(starts, known, apart).run()))
    return Partition(groups, known, _possibly(groups, known, apart))


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

    def __init__(self, starts: Mapping[str, str], links: Links, apart: Iterable[Pairing]) -> None:
        self._members: dict[str, list[str]] = {}
        for account, group in sorted(starts.items()):
            self._members.setdefault(group, []).append(account)
        self._ties: dict[str, dict[str, _Tie]] = {name: {} for name in self._members}
        self._queue: list[tuple[float, str, str, int, int]] = []
        for (a, b), judgement in links.items():
            self._add(starts[a], starts[b], _Tie(judgement.points, 1, never=False))
        for a, b in apart:
            self._add(starts[a], starts[b], _Tie(0.0, 0, never=True))

    def run(self) -> Iterable[list[str]]:
        for a, others in self._ties.items():
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
        for other, theirs in self._ties.pop(b).items():
            del self._ties[other][b]
            if other != a:
                self._add(a, other, theirs)
        for other in self._ties[a]:
            self._offer(*sorted((a, other)))

    def _add(self, a: str, b: str, tie: _Tie) -> None:
        """Put `tie` to what the two groups have between them already."""
        held = self._ties[a].get(b)
        if a != b:
            self._ties[a][b] = self._ties[b][a] = tie if held is None else _Tie(
                round(held.points + tie.points, 6), held.links + tie.links, held.never or tie.never)

    def _offer(self, a: str, b: str) -> None:
        tie, size_a, size_b = self._ties[a][b], len(self._members[a]), len(self._members[b])
        mean = round(tie.mean(size_a * size_b), 6)
        if mean >= SAME and not tie.never:
            heapq.heappush(self._queue, (-mean, a, b, size_a, size_b))


def _possibly(groups: Sequence[tuple[str, ...]], links: Links, apart: Iterable[Pairing]) -> tuple[tuple[int, int, float], ...]:
    """Pairs of groups that a person should look at: the likeliest of their accounts may be of one incident.

    Not where a person told them apart already.
    """
    of = {account: position for position, group in enumerate(groups) for account in group}
    best: dict[tuple[int, int], float] = {}
    for (a, b), judgement in links.items():
        low, high = sorted((of[a], of[b]))
        if low != high:
            best[low, high] = max(judgement.points, best.get((low, high), POSSIBLY_SAME))
    settled = {tuple(sorted((of[a], of[b]))) for a, b in apart}
    return tuple((low, high, round(points, 3)) for (low, high), points in sorted(best.items()) if (low, high) not in settled)
