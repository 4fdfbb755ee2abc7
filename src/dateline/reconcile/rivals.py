"""Counts that dispute who the dead were: 36 civilians by one speaker, 40 fighters by another. They are never added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dateline.reconcile.ranks import Counted, is_one_sided
from dateline.records.account import Side

# Of people in these pairs one side says the one, the other side the other; nobody takes soldiers for villagers.
DISPUTED: Final = (frozenset({"civilians", "armed group"}), frozenset({"protesters", "armed group"}),
                   frozenset({"civilians", "pro-government militia"}))
PEOPLE: Final[dict[Side, str]] = {"armed group": "fighters", "pro-government militia": "militiamen"}


def are_rivals(a: Counted, b: Counted) -> bool:
    """Whether two speakers may count the same people under two names.

    Both tell of the dead of a strike on people who did not fight back, where the dead of one name are all that their speaker
    tells of. In a battle fighters and bystanders die side by side: there the counts are of different people, unless somebody
    denies what the dead were.
    """
    one, other = a.figure, b.figure
    if one.effect != other.effect or a.attackers or b.attackers or holders_of(a) & holders_of(b):
        return False
    if frozenset({one.side, other.side}) not in DISPUTED:
        return False
    return (is_one_sided(a.account.kind) and is_one_sided(b.account.kind)) or _is_denied(a) or _is_denied(b)


def any_rivals(counts: Sequence[Counted]) -> bool:
    return any(are_rivals(a, b) for at, a in enumerate(counts) for b in counts[at + 1:])


def holders_of(count: Counted) -> frozenset[str]:
    """Who gives the count: folded names of the speakers, or the report."""
    return count.speakers or frozenset({f"report {count.account.report}"})


def _is_denied(count: Counted) -> bool:
    return any(one.what == "victims" and one.stance == "denied" for one in count.account.occurrence)
