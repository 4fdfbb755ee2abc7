"""Past mentions of a place that a person has added: which accounts name it, and moving them there.

An account is offered when its words name the place and it was not placed, or was placed in something coarser around it. Moving
is one transaction: the accounts' places, their incidents reconciled anew, and a line of history: who moved what, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from dateline.records import Account, Where
from dateline.records.incident import Change
from dateline.settings import Settings
from dateline.where.answer import NEAR_KM, where_of
from dateline.where.names import fold
from dateline.where.place import Place, distance_km

if TYPE_CHECKING:
    from dateline.records.incident import TollRule
    from dateline.store import Store

MOST_REPORTS = 20_000  # that hold the name and are looked at
AROUND_KM = 25.0  # a place lies in a coarser one within its radius and this
BESIDE = re.compile(r"(?:near|outside|around|close to|\d+ ?(?:km|kilomet\w+|miles?))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """An account that names the place, and the incident that it belongs to."""

    account: Account
    incident: str | None  # None: a notice, or not reconciled yet
    moved: Where  # where it would be

    def moved_account(self) -> Account:
        before = self.account.where.name
        headline = self.account.headline
        if before and headline.endswith(f", {before}"):
            headline = headline.removesuffix(before) + (self.moved.name or before)
        return replace(self.account, where=self.moved, headline=headline)

    def now_at(self) -> str:
        """Where it is now, in words."""
        where = self.account.where
        if where.unplaced is not None or where.name is None:
            return "not placed"
        noun = {"admin1": " province", "admin2": " district", "admin3": " subdistrict"}.get(where.kind or "", "")
        return f"at {where.name}{noun}"


def past_mentions(store: Store, place: Place, names: Iterable[str]) -> list[Mention]:
    """The accounts of the record that name `place` by one of `names` and might move there, as their reports were kept."""
    keys = {key for name in names if (key := fold(name))}
    reports = dict.fromkeys(found.report for key in sorted(keys) for found in store.search(f'"{key}"', most=MOST_REPORTS))
    found = [account for report in reports for account in store.accounts_of(report) if _names(account.where, place, keys)]
    incidents = store.incidents_of([account.id for account in found])
    return [Mention(account, incidents.get(account.id), _moved(account.where, place)) for account in found]


def move(
    store: Store, mentions: Sequence[Mention], settings: Settings, *, who: str, why: str, at: datetime
) -> tuple[str, ...]:
    """Move the accounts of `mentions`. Returns the incidents that hold them afterwards.

    Raises StoreError when the record cannot be written; nothing is moved then.
    """
    from dateline.queries import sources_in_force

    with store.reconciling() as reconciling:
        for mention in mentions:
            reconciling.replace_account(mention.moved_account())
        ids = [mention.account.id for mention in mentions]
        reconciling.reconcile(ids, cast("TollRule", settings.toll_rule), at, sources=sources_in_force(settings))
        for incident, accounts in reconciling.incidents_of(ids).items():
            texts = sorted({mention.moved.text or "" for mention in mentions if mention.account.id in accounts})
            to = mentions[0].moved
            what = f"moved {', '.join(texts)} to {to.name}, {to.lat:.4f} {to.lon:.4f} ({to.gazetteer_id})"
            reconciling.add_lines([(incident, Change(at, what, who, why))])
        return tuple(reconciling.incidents_of(ids))


def read_again(store: Store, place: Place, names: Iterable[str]) -> list[str]:
    """Have the reports whose accounts stand at `place` extracted anew by the next run. Returns the ids of those accounts.

    For a place that was taken away: extraction then says where they are without it.
    """
    keys = {key for name in names if (key := fold(name))}
    reports = dict.fromkeys(found.report for key in sorted(keys) for found in store.search(f'"{key}"', most=MOST_REPORTS))
    standing = [a for report in reports for a in store.accounts_of(report) if a.where.gazetteer_id == place.id]
    store.extract_again({account.report for account in standing})
    return [account.id for account in standing]


def _names(where: Where, place: Place, keys: set[str]) -> bool:
    """Whether the words of `where` name the place, and it was not placed there or on ground as fine elsewhere."""
    words = f" {fold(where.text or '')} "
    if not any(f" {key} " in words for key in keys) or where.gazetteer_id == place.id:
        return False
    if where.country is not None and place.country is not None and where.country != place.country:
        return False
    if where.unplaced is not None or where.lat is None or where.lon is None:
        return True
    if fold(where.name or "") in keys and (where.precision or 7) <= 2:
        return False  # another place of that name, by its own name
    away = distance_km(where.lat, where.lon, place.lat, place.lon)
    return where.kind == "country" or away <= (where.radius_km or 0.0) + AROUND_KM


def _moved(where: Where, place: Place) -> Where:
    """`where` at `place`; a little beside it where the words say so."""
    beside = BESIDE.match(where.text or "") is not None
    here = where_of(place, where.text or place.name, where.evidence)
    return replace(here, precision=2, radius_km=place.radius_km + NEAR_KM) if beside and here.precision == 1 else here
