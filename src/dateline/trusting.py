"""Setting what is known of a source, and letting the incidents that rest on it follow.

The register of sources says who speaks for a side and whom a person trusts; tolls and `alleged` follow from it when accounts are
reconciled. So whoever changes an entry lets all accounts that the source tells or is cited in wait, and reconciles them: some at
once, the rest with the next `dateline run`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from dateline.records.incident import Change
from dateline.records.team import Audited

if TYPE_CHECKING:
    from dateline.reconcile.source_files import SourceChange
    from dateline.reconcile.sources import SourceRegister
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Store

AT_ONCE = 500                     # accounts that are reconciled in one transaction
MOST_NOW = 2_000                  # accounts for which somebody who waits at a page waits: some ten seconds


@dataclass(frozen=True, slots=True)
class Followed:
    """What setting a source did. incidents: ids of those that changed; waiting: accounts left for the next run."""

    change: SourceChange
    incidents: tuple[str, ...]
    waiting: int


def set_known(store: Store, settings: Settings, name: str, given: Mapping[str, Any], *, who: str, why: str, at: datetime,
              also: Sequence[str] = (), address: str | None = None) -> Followed:
    """Set what `given` says of the source `name` in the person's own file, as `dateline sources set` does, and reconcile.

    Raises SettingsError for what cannot be set: nothing is changed then.
    """
    from dateline.queries import own_sources_path, sources_in_force
    from dateline.reconcile.source_files import set_source

    change = set_source(own_sources_path(settings), name, given, also)
    if change.after == change.before:
        return Followed(change, (), 0)
    register = sources_in_force(settings)
    told = _told(change)
    store.team.note(Audited(at, who, f"set source: {told}{f' ({why})' if why else ''}", change.after.id, address))
    ids = accounts_resting_on(store, register, change.after.id)
    with store.reconciling() as reconciling:
        reconciling.reconcile_anew(ids)
    changed: dict[str, None] = {}
    left, ours = ids, set(ids)
    for _ in range(MOST_NOW // AT_ONCE):
        if not left:
            break
        with store.reconciling() as reconciling:
            done = reconciling.reconcile(left[:AT_ONCE], cast("TollRule", settings.toll_rule), at, sources=register)
            for incident in (*done.new, *done.changed):
                if incident not in changed:
                    reconciling.add_lines([(incident, Change(at, f"source {change.after.name}: {told}", who, why))])
                changed[incident] = None
            left = [one for one in reconciling.unreconciled() if one in ours]        # their neighbours went with them
    return Followed(change, tuple(changed), len(left))


def accounts_resting_on(store: Store, register: SourceRegister, source_id: str) -> list[str]:
    """The accounts of reports that the source printed or is credited for, and those with a figure that it gives."""
    outlets, speakers = store.lists.spellings()
    return store.lists.accounts_from(outlets=_of(outlets, register, source_id), speakers=_of(speakers, register, source_id))


def _of(spellings: Collection[str], register: SourceRegister, source_id: str) -> list[str]:
    return [one for one in spellings if (found := register.get(one) or register.within(one)) is not None
            and found.id == source_id]


def _told(change: SourceChange) -> str:
    """ "reliability low, party_to vale-front": what is other than before."""
    before, after = change.before, change.after
    told = []
    for name in ("kind", "country", "language", "scale", "party_to", "names"):
        old, new = getattr(before, name, None), getattr(after, name)
        if old != new:
            told.append(f"{name} {', '.join(new) if isinstance(new, tuple) else new or 'none'}")
    old_trust, new_trust = before.reliability if before else None, after.reliability
    if old_trust != new_trust:
        told.append(f"reliability {new_trust.value if new_trust else 'none'}")
    return "; ".join(told)
