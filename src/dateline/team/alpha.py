"""Krippendorff's alpha: how far coders agree beyond chance, for any number of coders, any level, and with values missing.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), https://repository.upenn.edu/asc_papers/43
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Literal, TypeVar

Level = Literal["nominal", "ordinal", "interval", "ratio"]
V = TypeVar("V", bound=Hashable)
Distance = Callable[[V, V], float]


def alpha(units: Sequence[Sequence[V | None]], level: Level = "nominal") -> float | None:
    """1 for perfect agreement, 0 for that of chance, below 0 for worse.

    units: for each thing coded the values that its coders gave; None: no value. A unit with fewer than two values says nothing.
    level: of nominal values only whether they are the same counts; the others take numbers: ordinal ranks, interval
    differences, ratio differences in proportion (no number below 0).
    None where nothing varies: there is no chance to agree beyond.
    """
    told = [Counter(value for value in unit if value is not None) for unit in units]
    told = [values for values in told if values.total() > 1]
    totals: Counter[V] = sum(told, Counter())
    distance = _distance(level, totals)
    observed = sum(_disagreement(values, distance) / (values.total() - 1) for values in told)
    expected = _disagreement(totals, distance)
    return 1.0 - (totals.total() - 1) * observed / expected if expected else None


def pairable(units: Sequence[Sequence[V | None]]) -> int:
    """How many units at least two coders gave a value."""
    return sum(sum(value is not None for value in unit) > 1 for unit in units)


def _disagreement(values: Mapping[V, int], distance: Distance[V]) -> float:
    """Summed over all ordered pairs of `values`."""
    return sum(times * others * distance(one, other)
               for one, times in values.items() for other, others in values.items() if one != other)


def _distance(level: Level, totals: Mapping[V, int]) -> Distance[V]:
    """The squared difference of two values, as Krippendorff defines it for each level."""
    if level == "nominal":
        return lambda one, other: 1.0
    if level == "interval":
        return lambda one, other: (_number(one) - _number(other)) ** 2
    if level == "ratio":
        return lambda one, other: ((_number(one) - _number(other)) / (_number(one) + _number(other))) ** 2
    return lambda one, other: _ranks_between(one, other, totals) ** 2


def _ranks_between(one: V, other: V, totals: Mapping[V, int]) -> float:
    """How many values lie from the one to the other, of these two half."""
    low, high = sorted((_number(one), _number(other)))
    between = sum(times for value, times in totals.items() if low <= _number(value) <= high)
    return between - (totals[one] + totals[other]) / 2


def _number(value: object) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number: only nominal values may be words")
    return value
