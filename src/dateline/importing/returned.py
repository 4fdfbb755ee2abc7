"""What an edited export changes, and doing it: decisions of the person who edited it.

    plan_return(store, sheets, settings) -> ReturnPlan     importing/returning.py: the differences; changes nothing
    apply_return(store, plan, by, settings) -> Returned    makes the decisions, each with its line of history

A row whose `revision` is not that of the incident now is stale: somebody, or a report, changed it since it left. It is refused
and told with both versions, at planning and again when it is applied. An incident is done whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dateline.decisions import By, Deciding, correcting, decide_all, reviewing, sure_of
from dateline.entered import Entered, EnteredFigure
from dateline.entering import enter_all
from dateline.errors import DecisionError
from dateline.importing.edits import Difference, Setting
from dateline.records import Incident
from dateline.records.revision import revision_of

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

AT_ONCE = 200  # incidents of one transaction
OUTLET = "edited sheet"  # of a figure added in a sheet that names none


@dataclass(frozen=True, slots=True)
class Added:
    """A figure that a person added on the sheet of figures, or counts where no report did. row: its number."""

    figure: EnteredFigure
    outlet: str | None
    row: int


@dataclass(frozen=True, slots=True)
class Returning:
    """All that the sheet changes of one incident. revision: as it left. rows: the numbers of the rows that say so."""

    incident: str
    revision: str
    rows: tuple[int, ...]
    differences: tuple[Difference, ...]
    settings: tuple[Setting, ...]
    added: tuple[Added, ...] = ()
    review: str | None = None
    confidence: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Stale:
    """A row of an incident that has changed since it left. differences: what stands there now, and what the row says."""

    row: int
    incident: str
    seen: str
    held: str
    changed: str  # the last line of its history, in words
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A row of which nothing is done, and why, in words."""

    row: int
    incident: str | None
    why: str


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """same: rows that say what left. added_columns: columns that no export has; nothing of them is taken."""

    file: str
    edits: tuple[Returning, ...]
    stale: tuple[Stale, ...]
    refused: tuple[Refused, ...]
    same: int
    added_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """done: incident -> the events that changed it. stale, refused: what could not be done after all, beside those of the
    plan."""

    done: Mapping[str, tuple[int, ...]]
    stale: tuple[Stale, ...] = ()
    refused: tuple[Refused, ...] = ()


def apply_return(store: Store, plan: ReturnPlan, by: By, settings: Settings, *, may_review: bool = True) -> Returned:
    """Make the decisions of a plan, AT_ONCE incidents in one transaction. What was done before an error stays. Raises
    StoreError."""
    done: dict[str, tuple[int, ...]] = {}
    stale, refused = list[Stale](), list[Refused]()
    for at in range(0, len(plan.edits), AT_ONCE):
        with store.writing():
            some = [edit for edit in plan.edits[at : at + AT_ONCE] if may_review or not _is_review(edit)]
            ready = list(_ready(store, plan, some, by, settings, stale, refused))
            events = _decided(store, plan, ready, by, settings)
        done |= events
    if not may_review:
        why = f"{by.who} may not approve, reject or say how sure one is; ask an editor"
        refused += [Refused(edit.rows[0], edit.incident, why) for edit in plan.edits if _is_review(edit)]
    return Returned(done, tuple(stale), tuple(refused))


def _is_review(edit: Returning) -> bool:
    """Whether it says what only some may say of an incident."""
    return edit.review in ("accept", "reject") or edit.confidence is not None


def _ready(
    store: Store,
    plan: ReturnPlan,
    some: Sequence[Returning],
    by: By,
    settings: Settings,
    stale: list[Stale],
    refused: list[Refused],
) -> Iterator[tuple[Returning, list[Deciding]]]:
    """Those of the edits that can be done now, with their corrections; the others are told in `stale` and `refused`."""
    held = store.incidents_called([edit.incident for edit in some])
    for edit in some:
        one = held.get(edit.incident)
        if one is None:
            refused.append(Refused(edit.rows[0], edit.incident, f"{edit.incident} is held no more"))
        elif revision_of(one) != edit.revision:
            stale.append(stale_of(edit.rows[0], one, edit.revision, edit.differences))
        else:
            try:
                who = _by(edit, plan, by)
                corrections = [
                    correcting(store, one, setting.field, setting.value, who, account=setting.account)
                    for setting in edit.settings
                ]
                _reviews(store, edit, one, who, settings)
            except DecisionError as wrong:
                refused.append(Refused(edit.rows[0], edit.incident, str(wrong)))
            else:
                yield edit, corrections


def _decided(
    store: Store, plan: ReturnPlan, ready: Sequence[tuple[Returning, list[Deciding]]], by: By, settings: Settings
) -> dict[str, tuple[int, ...]]:
    """Decide all that is ready: what was added and corrected first, then reviews, which say that these are the facts."""
    events: dict[str, list[int]] = {edit.incident: [] for edit, _ in ready}
    corrections = [(edit.incident, one) for edit, deciding in ready for one in deciding]
    for (incident, _), told in zip(corrections, decide_all(store, [one for _, one in corrections], settings), strict=True):
        events[incident].append(told.event)
    for edit, _ in ready:
        if edit.added:
            entered = [_entered(one, edit, plan) for one in edit.added]
            events[edit.incident] += [told.event for told in enter_all(store, entered, _by(edit, plan, by), settings)]
    held = store.incidents_called(events)
    reviews = [
        (edit.incident, one)
        for edit, _ in ready
        if edit.incident in held
        for one in _reviews(store, edit, held[edit.incident], _by(edit, plan, by), settings)
    ]
    for (incident, _), told in zip(reviews, decide_all(store, [one for _, one in reviews], settings), strict=True):
        events[incident].append(told.event)
    return {name: tuple(numbers) for name, numbers in events.items()}


def _reviews(store: Store, edit: Returning, held: Incident, by: By, settings: Settings) -> list[Deciding]:
    steps = [reviewing(store, held, edit.review, by, settings)] if edit.review is not None else []  # type: ignore[arg-type]
    return steps + ([sure_of(held, edit.confidence, by)] if edit.confidence is not None else [])


def _entered(one: Added, edit: Returning, plan: ReturnPlan) -> Entered:
    """The figure as a note: what the row says is its evidence."""
    said = f" ({one.figure.by})" if one.figure.by else ""
    note = f"Row {one.row} of {plan.file}: {one.figure.words} {one.figure.effect}{said}."
    return Entered(note, datetime.now(UTC).date(), one.outlet or OUTLET, figures=(one.figure,), into=edit.incident)


def _by(edit: Returning, plan: ReturnPlan, by: By) -> By:
    return replace(by, why=edit.why or by.why or f"row {edit.rows[0]} of {plan.file}")


def stale_of(number: int, held: Incident, seen: str, differences: Sequence[Difference]) -> Stale:
    last = held.history[-1] if held.history else None
    told = f"{last.what}, by {last.who}, {last.at:%Y-%m-%d %H:%M} UTC" if last else "it has changed"
    return Stale(number, held.id, seen, revision_of(held), told, tuple(differences))
