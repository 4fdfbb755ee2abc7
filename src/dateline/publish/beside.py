"""Incidents and reports of a record as they may be shown, with what other reports tell of the same people taken into account."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from dateline.publish.shelters import is_shelter
from dateline.publish.withhold import Published, Surroundings, withhold
from dateline.records import Account, Incident

if TYPE_CHECKING:
    from dateline.store import Store
    from dateline.store.lists_around import Around

AT_ONCE = 50                      # incidents whose surroundings are read with the same queries


def as_published(store: Store, incidents: Iterable[Incident]) -> Iterator[Published]:
    """Each of `incidents` as it may be shown, in order; AT_ONCE of them are held at a time."""
    waiting = iter(incidents)
    while some := list(islice(waiting, AT_ONCE)):
        around = beside_incidents(store, some)
        for one in some:
            yield withhold(one, around[one.id])


def beside_incidents(store: Store, incidents: Sequence[Incident]) -> dict[str, Surroundings]:
    """What stands around each of the incidents, by its id: all that its reports, and others of their stories, tell."""
    reports = {one.id: dict.fromkeys(joined.report.id for joined in one.accounts) for one in incidents}
    around = store.lists.around({name for some in reports.values() for name in some})
    return {one.id: _beside([around[name] for name in reports[one.id]]) for one in incidents}


def beside_reports(store: Store, ids: Collection[str]) -> dict[str, Surroundings]:
    """What stands around each of the reports, itself among it."""
    return {name: _beside([one]) for name, one in store.lists.around(ids).items()}


def _beside(around: Sequence[Around]) -> Surroundings:
    shelters = [account for one in around for some in one.together if is_shelter(some) for account in some]
    alone = [account for one in around for account in (*one.own, *one.apart) if is_shelter([account])]
    return Surroundings(_once(account for one in around for account in one.accounts), _once([*shelters, *alone]))


def _once(accounts: Iterable[Account]) -> tuple[Account, ...]:
    return tuple({one.id: one for one in accounts}.values())
