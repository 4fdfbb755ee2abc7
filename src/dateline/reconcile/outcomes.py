"""Who was told hurt by one account and dead by another: one person, who died of it.

First reports of a shooting tell who was shot and is in a hospital, later ones who died. Such a count of the injured is
superseded by that of the dead. It is asked of local crime and accidents only: of a war the ones who report the dead and those who
report the wounded mostly tell of different people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.reconcile.ranks import Counted
from dateline.reconcile.words import words_of
from dateline.records import Account, Figure
from dateline.records.account import Effect
from dateline.records.persons import ages_clash, sex_of

Key = tuple[str, str]

_AGE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old")
_IN_TOLL = ("incident", "part")


@dataclass(frozen=True, slots=True)
class _Told:
    """What one account tells of the dead and the injured of an incident."""

    account: Account
    dead: int
    hurt: int
    of_dead: tuple[Counted, ...]
    of_hurt: tuple[Counted, ...]


def died_of_it(counts: Iterable[Counted]) -> dict[Key, list[Key]]:
    """For each count of injured whom other accounts tell dead, or dead and injured, the counts that tell it.

    An account's dead and injured are all who were hit; another that tells as many, with more of them dead, tells how it ended.
    """
    told = [_told(account, of) for account, of in _by_account(counts) if account.nature != "political"]
    overtaken: dict[Key, list[Key]] = {}
    for first in told:
        if not first.hurt:
            continue
        for other in told:
            if other.account.id == first.account.id or not _tells_the_end(other, first):
                continue
            for count in first.of_hurt:
                overtaken.setdefault(count.key, []).extend(one.key for one in (*other.of_dead, *other.of_hurt))
    return overtaken


def _tells_the_end(other: _Told, first: _Told) -> bool:
    accounted = other.dead + other.hurt == first.dead + first.hurt
    all_dead = not other.hurt and not first.dead and other.dead > first.hurt     # "two women shot", then "all four died"
    return other.dead > first.dead and (accounted or all_dead) and not _other_persons(first.of_hurt, other.of_dead)


def _other_persons(hurt: Sequence[Counted], dead: Sequence[Counted]) -> bool:
    """Whether one person hurt and one person dead cannot be the same."""
    if len(hurt) != 1 or len(dead) != 1 or hurt[0].figure.value != 1 or dead[0].figure.value != 1:
        return False
    ours, theirs = (set(words_of(f"{one.figure.who or ''} {one.figure.words}")) for one in (hurt[0], dead[0]))
    sexes = sex_of(ours), sex_of(theirs)
    if None not in sexes and sexes[0] != sexes[1]:
        return True
    return ages_clash(_age(hurt[0].figure), ours, _age(dead[0].figure), theirs)


def _age(figure: Figure) -> int | None:
    found = _AGE.search(f"{figure.who or ''} {figure.words}")
    return int(found.group(1)) if found else None


def _by_account(counts: Iterable[Counted]) -> list[tuple[Account, list[Counted]]]:
    grouped: dict[str, tuple[Account, list[Counted]]] = {}
    for count in counts:
        grouped.setdefault(count.account.id, (count.account, []))[1].append(count)
    return list(grouped.values())


def _told(account: Account, counts: Sequence[Counted]) -> _Told:
    dead, hurt = (_numbered(counts, effect) for effect in ("killed", "injured"))
    return _Told(account, _number(dead), _number(hurt), dead, hurt)


def _numbered(counts: Sequence[Counted], effect: Effect) -> tuple[Counted, ...]:
    return tuple(count for count in counts if count.figure.effect == effect and count.figure.value
                 and count.figure.scope in _IN_TOLL)


def _number(counts: Sequence[Counted]) -> int:
    """How many they are: the highest total or the sum of parts, and attackers beside them."""
    victims = [count.figure for count in counts if not count.attackers]
    attackers = [count.figure for count in counts if count.attackers and count.figure.part_of is None]
    return sum(_most(figures) for figures in (victims, attackers))


def _most(figures: Sequence[Figure]) -> int:
    total = max((figure.value or 0 for figure in figures if figure.scope == "incident"), default=0)
    parts = sum(figure.value or 0 for figure in figures if figure.scope == "part" and figure.part_of is None)
    return max(total, parts)
