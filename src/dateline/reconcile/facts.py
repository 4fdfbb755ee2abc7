"""What the questions ask of one account, worked out once: a batch compares each account with dozens of others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from dateline.reconcile.likeness import Profile, profile
from dateline.reconcile.nearness import Days, days_of
from dateline.reconcile.words import distinctive, stem, tokens, words_of
from dateline.records import Account

MOST_KEPT = 4_000             # accounts; then the first of them are forgotten


@dataclass(frozen=True, slots=True)
class Facts:
    """rare: words of the sentences that tell it, with their weights; words: all of them. named: stems of the names of its place
    and groups, which are compared on their own; groups_named: of the groups alone. counts: (effect, value). claimed: groups that
    say it was theirs."""

    days: Days
    rare: Profile
    words: frozenset[str]
    named: frozenset[str]
    groups_named: frozenset[str]
    kinds: frozenset[str]
    groups: frozenset[str]
    attackers: frozenset[str]
    claimed: frozenset[str]
    targets: frozenset[str]
    weapons: frozenset[str]
    people: frozenset[str]
    victims: frozenset[str]
    counts: frozenset[tuple[str, int]]


_kept: dict[str, tuple[Account, Facts]] = {}


def facts_of(account: Account) -> Facts:
    """The facts of `account`. They are kept by its id, and for that very object: a corrected account has its own."""
    held = _kept.get(account.id)
    if held is None or held[0] is not account:
        if len(_kept) >= MOST_KEPT:
            for oldest in list(islice(_kept, MOST_KEPT // 8)):
                del _kept[oldest]
        held = _kept[account.id] = (account, _worked_out(account))
    return held[1]


def _worked_out(account: Account) -> Facts:
    attackers = frozenset(one.group for one in account.actors if one.group and one.role == "attacker")
    named = {one.group for one in account.actors} | {one.group for one in account.responsibility}
    groups_named = _stems(*(one.text for one in account.actors if one.group), *(one.text for one in account.responsibility))
    return Facts(
        days=days_of(account.when),
        rare=profile(*(span.quote for span in account.evidence)),
        words=frozenset(tokens(" ".join(span.quote for span in account.evidence))),
        named=_stems(account.where.text, account.where.name, account.where.admin1) | groups_named,
        groups_named=groups_named,
        kinds=frozenset({account.kind, *account.acts}) - {"other"},
        groups=frozenset(group for group in named if group),
        attackers=attackers,
        claimed=frozenset(one.group for one in account.responsibility if one.group and one.stance in ("claimed", "admitted")),
        targets=_targets(account),
        weapons=frozenset(one.type for one in account.weapons if one.type),
        people=_surnames(account, ("attacker", "intended target", "victim", "side", "ally", "rescuer")),
        victims=_surnames(account, ("victim", "intended target")),
        counts=frozenset((figure.effect, figure.value) for figure in account.figures
                         if figure.value is not None and figure.value > 0 and figure.scope in ("incident", "part")),
    )


def _stems(*names: str | None) -> frozenset[str]:
    return frozenset(stem(word) for name in names for word in words_of(name or ""))


def _targets(account: Account) -> frozenset[str]:
    """Words for the things attacked, less those of the place itself."""
    place = distinctive(" ".join(filter(None, (account.where.text, account.where.name))))
    return frozenset(word for target in account.targets for word in distinctive(target.text)) - place


def _surnames(account: Account, roles: tuple[str, ...]) -> frozenset[str]:
    """The last names of the people in it, officials who only speak left out (they are no actors)."""
    return frozenset(words[-1] for one in account.actors if one.role in roles and (words := words_of(one.person or "")))
