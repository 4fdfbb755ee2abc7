"""Which incident a request means, and what became of one that is held no more: for pages and API alike."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.desk.problems import NotHeld
from dateline.publish.beside import as_published
from dateline.publish.withhold import Published, withhold_decided
from dateline.reconcile.views import View, view_of
from dateline.records import Incident
from dateline.records.incident import Change
from dateline.store import Store
from dateline.store.rows import number_in


@dataclass(frozen=True, slots=True)
class Held:
    """An incident as it may be shown, and as it is kept: what is decided is decided on the latter."""

    published: Published
    kept: Incident

    @property
    def shown(self) -> Incident:
        return self.published.incident


def held(store: Store, incident: str, view: View) -> Held:
    """The incident, under `view`. Raises NotHeld, which tells what became of it."""
    kept = held_incident(incident, store)
    [seen] = view_of([kept], view, store.report)
    [published] = as_published(store, [seen])
    return Held(published, kept)


def held_incident(incident: str, store: Store) -> Incident:
    """The incident as it is kept. Raises NotHeld, which tells what became of it."""
    kept = store.incident(incident)
    if kept is not None:
        return kept
    gone = store.incident(incident, deleted=True)
    if gone is not None and gone.history:
        lines = shown_history(gone, store)
        raise NotHeld(f"{gone.id} is held no more: {lines[-1].why}", gone=True, history=lines)
    raise NotHeld(f"there is no incident {incident[:40]} in this record")


def shown_history(one: Incident, store: Store) -> tuple[Change, ...]:
    """The history of `one`, which may be held no more; reasons that persons wrote may name those whom it is about."""
    number = number_in(one.id)
    accounts = [joined.account for joined in one.accounts] or (store.former_accounts(number) if number is not None else [])
    return tuple(withhold_decided(line, accounts) for line in one.history)
