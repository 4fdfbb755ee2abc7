"""Doing the record anew after a change of rules or model: what would change, and changing it.

Reports that an older extraction read are extracted again, then every account is judged and put together again; decisions of
persons hold, and incidents keep their ids while they keep their accounts. A rehearsal does the same on a copy of the record.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dateline.records import Incident, Report
from dateline.store.rows import in_order

if TYPE_CHECKING:
    from dateline.errors import ExtractError
    from dateline.extract import Extraction, Failed
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Store

AT_ONCE = 500                # accounts that are reconciled in one transaction

ExtractAll = Callable[[Iterable[Report]], Iterator[tuple[Report, "Extraction | Failed"]]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one incident. before, after: its line, None where it was not or is no more held."""

    incident: str
    before: str | None
    after: str | None
    what: tuple[str, ...]        # "merged into DTL-3", "split off DTL-2", "killed 3/3/3 became 4/4/4", "kind became ..."


@dataclass(frozen=True, slots=True)
class Redone:
    extracted: int               # reports that were extracted again
    differences: tuple[Difference, ...]
    failed: tuple[ExtractError, ...] = ()     # of reports that could not be; what was held of them stays


def redo(store: Store, settings: Settings, *, every: bool = False, extract_all: ExtractAll | None = None) -> Redone:
    """Extract what another version extracted (every: all), and reconcile everything. Raises StoreError, SettingsError."""
    from dateline.queries import sources_in_force

    sources = sources_in_force(settings)
    before = {one.id: one for one in store.incidents()}
    extracted, failed = _extract_again(store, settings, every, extract_all)
    with store.reconciling() as reconciling:
        reconciling.forget_links()
    while True:
        with store.reconciling() as reconciling:
            waiting = reconciling.unreconciled()[:AT_ONCE]
            if not waiting:
                break
            reconciling.reconcile(waiting, cast("TollRule", settings.toll_rule), datetime.now(UTC), sources=sources)
    return Redone(extracted, tuple(differences(before, {one.id: one for one in store.incidents()})), failed)


def rehearse(store: Store, settings: Settings, *, every: bool = False, extract_all: ExtractAll | None = None) -> Redone:
    """What `redo` would do, found out on a copy of the record; the record itself is only read."""
    from dateline.store import open_record

    with tempfile.TemporaryDirectory(prefix="dateline-redo-") as folder:
        copy = Path(folder) / "copy.db"
        store.copy_to(copy)
        with open_record(copy, create=False) as copied:
            return redo(copied, settings, every=every, extract_all=extract_all)


def differences(before: dict[str, Incident], after: dict[str, Incident]) -> Iterator[Difference]:
    """What changed between two states of a record, in the order of the ids."""
    was_in = {joined.account.id: one.id for one in before.values() for joined in one.accounts}
    is_in = {joined.account.id: one.id for one in after.values() for joined in one.accounts}
    for name in in_order(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        what = _changes(old, new, was_in, is_in)
        if what:
            yield Difference(name, _line(old), _line(new), what)


def _changes(old: Incident | None, new: Incident | None, was_in: dict[str, str], is_in: dict[str, str]) -> tuple[str, ...]:
    if old is None and new is not None:
        origins = {was_in[joined.account.id] for joined in new.accounts if joined.account.id in was_in}
        return (f"split off {', '.join(sorted(origins))}",) if origins else ("new",)
    if old is not None and new is None:
        heirs = {is_in[joined.account.id] for joined in old.accounts if joined.account.id in is_in}
        return (f"merged into {', '.join(sorted(heirs))}",) if heirs else ("no account tells it any more",)
    if old is None or new is None:
        return ()
    what = [f"{field} {was} became {now}" for field, was, now in (
        ("kind", old.kind, new.kind), ("status", old.status, new.status), ("place", old.where.name, new.where.name),
        ("day", old.when.best, new.when.best), ("killed", _toll(old, "killed"), _toll(new, "killed")),
        ("injured", _toll(old, "injured"), _toll(new, "injured")), ("accounts", len(old.accounts), len(new.accounts)),
    ) if was != now]
    return tuple(what)


def _toll(one: Incident, effect: str) -> str:
    toll = getattr(one.toll, effect)
    return "/".join("?" if end is None else str(end) for end in (toll.low, toll.best, toll.high))


def _line(one: Incident | None) -> str | None:
    return f"{one.headline}; {one.when.best or one.when.latest or 'no day'}; killed {_toll(one, 'killed')}" if one else None


def _extract_again(store: Store, settings: Settings, every: bool, extract_all: ExtractAll | None
                   ) -> tuple[int, tuple[ExtractError, ...]]:
    from dateline.extract import Failed
    from dateline.extract.extractor import Given, extractor_of

    extractor = Given(extract_all) if extract_all else extractor_of(settings)
    stale = store.extracted_by_others(None if every else extractor.version)
    reports = (report for name in stale if (report := store.report(name)) is not None)
    count, failed = 0, []
    for report, outcome in extractor(reports):
        if isinstance(outcome, Failed):
            failed.append(outcome.error)
            continue
        store.keep(report, outcome, extracted="done", extractor=extractor.version)
        count += 1
    return count, tuple(failed)
