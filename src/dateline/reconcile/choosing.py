"""Candidates for a toll, and how a rule chooses the best of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.reconcile.ranks import ENEMY, Moment
from dateline.records.incident import TollRule


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way of counting all of the people. low None: no lower end; high None: no upper end; best None: no number."""

    low: int | None
    best: int | None
    high: int | None
    rank: int
    moment: Moment | None
    holders: frozenset[str]
    account: str
    figures: tuple[str, ...]
    has_attackers: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    low: int | None
    best: int | None
    high: int | None


NOTHING = Bounds(None, None, None)


def order_of(moment: Moment | None) -> tuple[date, int, float]:
    return moment.order if moment else (date.min, -1, -1.0)


def choose(candidates: Sequence[Candidate], rule: TollRule) -> Bounds:
    """The least, the most, and the best by `rule`."""
    if not candidates:
        return NOTHING
    solid = [one for one in candidates if one.rank > ENEMY]
    highs = [one.high for one in candidates]
    high = None if None in highs else max(value for value in highs if value is not None)
    offered = [one for one in (candidates if rule == "lowest" else solid) if one.best is not None]
    low = min((one.low for one in (offered or solid) if one.low is not None), default=None)
    if not offered:
        return Bounds(low, None, high)
    best = min(offered, key=_preference(rule, offered)).best
    if low is not None and best is not None:
        low = min(low, best)                             # the best may have been told without a lower end
    return Bounds(low, best, high)


def _preference(rule: TollRule, offered: Sequence[Candidate]) -> Callable[[Candidate], tuple[float, ...]]:
    """The sort key by which the best candidate comes first."""
    moments = sorted({order_of(one.moment) for one in offered}, reverse=True)
    recency = {moment: position for position, moment in enumerate(moments)}
    holders: dict[int | None, set[str]] = {}
    for one in offered:
        holders.setdefault(one.best, set()).update(one.holders)

    def key(one: Candidate) -> tuple[float, ...]:
        lowest, latest = float(one.best or 0), recency[order_of(one.moment)]
        if rule == "lowest":
            return (lowest,)
        if rule == "latest":
            return (latest, -one.rank, lowest)
        reliable = (-one.rank, latest, lowest)
        return (-len(holders[one.best]), *reliable) if rule == "majority" else reliable
    return key
