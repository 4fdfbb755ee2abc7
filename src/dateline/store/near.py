"""Which held accounts are worth comparing with new ones: found by the keys and the rare words of reconcile/candidates.py, so that
no table is read through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import sqlalchemy as sa

from dateline.reconcile.candidates import ALIKE, FEWEST_SHARED, PLACE, WEEKS, YEAR, are_alike, block_keys, may_be_one, sort_of
from dateline.reconcile.facts import facts_of
from dateline.records import Account
from dateline.store import rows
from dateline.store.dialect import chunks
from dateline.store.schema import account, account_key, account_word, report

_UNDATED = "|undated"
_LEAST = min(least for steps in ALIKE.values() for _, least in steps)


def keys_of(one: Account) -> set[str]:
    """What `one` is found under."""
    keys = set(block_keys(one))
    if not _is_dated(one):
        keys |= {key + _UNDATED for key in keys if key.startswith(PLACE)}
    return keys


def keys_sought(one: Account) -> set[str]:
    """What `one` looks under for its neighbours. Under the name of a place, what has a day seeks what has none."""
    if not _is_dated(one):
        return set(block_keys(one))
    return {key + _UNDATED if key.startswith(PLACE) else key for key in block_keys(one)}


def near(connection: sa.Connection, new: Sequence[Account]) -> list[tuple[Account, Account]]:
    """Each of `new` with each account, held or new, with which it is worth comparing."""
    ours = {one.id: one for one in new}
    seekers: dict[str, list[str]] = {}
    for one in new:
        for key in keys_sought(one):
            seekers.setdefault(key, []).append(one.id)
    under = {(sort_of(key), one, name) for key, name in _under(connection, seekers) for one in seekers[key]}
    alike = list(_of_like_words(connection, list(ours)))
    others = {name for _, _, name in under}.union(other for _, other in alike) - set(ours)
    known = ours | {one.id: one for one in load_accounts(connection, others)}
    found = {(one, name) for sort, one, name in under if may_be_one(sort, ours[one], known[name])}
    found |= {(one, other) for one, other in alike if ours[one].report != known[other].report}
    return [(ours[one], known[other]) for one, other in sorted(found) if other not in ours or one < other]


def load_accounts(connection: sa.Connection, ids: Iterable[str]) -> list[Account]:
    """The accounts `ids` in the order in which their reports were kept."""
    found: list[tuple[int, int, Account]] = []
    for some in chunks(sorted(ids)):
        query = sa.select(report.c.seq, account.c.position, account.c.body).join_from(account, report)
        for seq, position, body in connection.execute(query.where(account.c.id.in_(some))):
            found.append((seq, position, rows.account_from(body)))
    found.sort(key=lambda row: (row[0], row[1], row[2].id))
    return [row[2] for row in found]


def _is_dated(one: Account) -> bool:
    return bool(facts_of(one).days.spans())


def _under(connection: sa.Connection, keys: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(key, id of an account that stands under it)."""
    for some in chunks(sorted(keys)):
        yield from connection.execute(sa.select(account_key.c.key, account_key.c.account_id).where(account_key.c.key.in_(some)))


def _of_like_words(connection: sa.Connection, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(one of `ids`, another account) for those whose reports, or sentences, share enough of their rare words."""
    ours, theirs = account_word.alias("ours"), account_word.alias("theirs")
    reach = sa.case((ours.c.lasting, YEAR), else_=WEEKS)
    of = sa.func.substr(ours.c.word, sa.func.length(ours.c.word) - sa.literal_column("1", sa.Integer))
    gap = sa.func.abs(ours.c.day - theirs.c.day)
    shared, likeness = sa.func.count(), sa.func.sum(ours.c.weight * theirs.c.weight)
    query = (
        sa.select(ours.c.account_id, theirs.c.account_id, of, shared, likeness, sa.func.min(gap))
        .join_from(ours, theirs, sa.and_(theirs.c.word == ours.c.word,
                                         theirs.c.day.between(ours.c.day - reach, ours.c.day + reach),
                                         sa.or_(theirs.c.lasting, gap <= WEEKS)))
        .group_by(ours.c.account_id, theirs.c.account_id, of)
        .having(sa.and_(shared >= FEWEST_SHARED, likeness > _LEAST - 1e-6)))
    for some in chunks(sorted(ids)):
        for one, other, kind, words, alike, days in connection.execute(query.where(ours.c.account_id.in_(some))):
            if are_alike(kind, words, alike, days):
                yield one, other
