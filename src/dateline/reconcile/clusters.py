"""Accounts -> groups that tell one incident each: average-link agglomeration over the judgements.

Average link, because one chance resemblance must not chain two incidents into one, and one report that got the place
wrong must not split an incident. A pair judged different by a reason that nothing outweighs keeps its groups apart
(complete link). The result depends on the accounts only, never on the order in which they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.reconcile.candidates import pairs
from dateline.reconcile.reasons import NEVER, POSSIBLY_SAME, SAME, Judgement, judge
from dateline.records import Account, Report

Judge = Callable[[Account, Account], Judgement]
Pairing = tuple[str, str]

LARGEST_COMPLETED = 300    # accounts chained together: beyond that every pair costs too much, and blocking must do


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

    @property
    def mean(self) -> float:
        return self.points / self.pairs


def partition(accounts: Sequence[Account], reports: Mapping[str, Report] | None = None,
              ruling: Mapping[Pairing, bool] | None = None) -> Partition:
    """Group `accounts` into incidents.

    ruling: what a person decided on pairs (ids sorted): one incident or not; it wins over the table of reasons.
    """
    ordered = sorted({account.id: account for account in accounts}.values(), key=lambda account: account.id)
    judgements = {(ordered[a].id, ordered[b].id): judge(ordered[a], ordered[b], reports) for a, b in pairs(ordered)}
    _complete(judgements, {account.id: account for account in ordered}, reports)
    links: dict[str, dict[str, _Link]] = {account.id: {} for account in ordered}
    for (a, b), judgement in judgements.items():
        _link(links, a, b, judgement.points, judgement.points <= NEVER or _is_barred(judgement))
    for (a, b), one_incident in (ruling or {}).items():
        if a in links and b in links:
            _link(links, a, b, 10.0 if one_incident else -10.0, not one_incident)
    members = _agglomerate(links)
    groups = tuple(sorted(tuple(sorted(group)) for group in members.values()))
    return Partition(groups, judgements, _possibly(groups, judgements))


def _complete(judgements: dict[Pairing, Judgement], accounts: Mapping[str, Account],
              reports: Mapping[str, Report] | None) -> None:
    """Judge also the pairs that blocking left out, where their groups might come together over a third account."""
    parent = {name: name for name in accounts}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for (a, b), judgement in judgements.items():
        if judgement.outcome == "same":
            low, high = sorted((root(a), root(b)))
            parent[high] = low
    components: dict[str, list[str]] = {}
    for name in sorted(accounts):
        components.setdefault(root(name), []).append(name)
    for members in components.values():
        if len(members) <= LARGEST_COMPLETED:
            for at, a in enumerate(members):
                for b in members[at + 1:]:
                    if (a, b) not in judgements:
                        judgements[(a, b)] = judge(accounts[a], accounts[b], reports)


def _is_barred(judgement: Judgement) -> bool:
    return any(reason.points <= NEVER for reason in judgement.reasons)


def _link(links: dict[str, dict[str, _Link]], a: str, b: str, points: float, never: bool) -> None:
    links[a][b] = links[b][a] = _Link(points, 1, never)


def _agglomerate(links: dict[str, dict[str, _Link]]) -> dict[str, list[str]]:
    """Join the two nearest groups until none are near enough. A group is named by its least account id."""
    members = {name: [name] for name in links}
    queue = [(-link.mean, a, b, link.pairs) for a, others in links.items() for b, link in others.items()
             if a < b and not link.never and link.mean >= SAME]
    heapq.heapify(queue)
    while queue:
        mean, a, b, size = heapq.heappop(queue)
        link = links.get(a, {}).get(b)
        if link is None or link.never or link.pairs != size or -link.mean != mean:
            continue                         # one of the two has grown since
        members[a] += members.pop(b)
        for other, theirs in links.pop(b).items():
            del links[other][b]
            if other != a:
                _merge_link(links, a, other, theirs, queue)
    return members


def _merge_link(links: dict[str, dict[str, _Link]], a: str, other: str, theirs: _Link,
                queue: list[tuple[float, str, str, int]]) -> None:
    ours = links[a].get(other)
    merged = theirs if ours is None else _Link(round(ours.points + theirs.points, 6), ours.pairs + theirs.pairs,
                                               ours.never or theirs.never)
    links[a][other] = links[other][a] = merged
    if not merged.never and merged.mean >= SAME:
        low, high = sorted((a, other))
        heapq.heappush(queue, (-merged.mean, low, high, merged.pairs))


def _possibly(groups: Sequence[tuple[str, ...]], judgements: Mapping[Pairing, Judgement]
              ) -> tuple[tuple[int, int, float], ...]:
    """Pairs of groups that the desk should look at: their mean is short of joining, and nothing forbids it."""
    of = {account: position for position, group in enumerate(groups) for account in group}
    between: dict[tuple[int, int], list[Judgement]] = {}
    for (a, b), judgement in judgements.items():
        if of[a] != of[b]:
            low, high = sorted((of[a], of[b]))
            between.setdefault((low, high), []).append(judgement)
    found = []
    for (low, high), judged in sorted(between.items()):
        mean = sum(one.points for one in judged) / len(judged)
        if mean >= POSSIBLY_SAME and not any(_is_barred(one) for one in judged):
            found.append((low, high, round(mean, 3)))
    return tuple(found)
