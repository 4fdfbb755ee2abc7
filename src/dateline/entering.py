"""Entering by hand: an incident, an account of a held one, a figure. What is entered is an event as a decision is, and undone so.

It goes through the store and reconciling as what is read does: joined where it belongs, or put with the incident that the person
chose, or kept apart from what it would join. A new extraction leaves it alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dateline.decisions import By, Done, decide_all, decision, held_incident
from dateline.entered import APART, Entered, EnteredFigure, Known, account_of, note_of
from dateline.errors import DecisionError
from dateline.reconcile.plan import makes_incident
from dateline.records import Account, to_json
from dateline.records.decision import Decision
from dateline.store.decisions import anchor_of
from dateline.store.keeping import ENTERED

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

MayJoin = Callable[[int, Account], bool]
MOST_ROUNDS = 20                  # of keeping apart: each takes away one more incident that it would join


@dataclass(frozen=True, slots=True)
class Note:
    """The note of a person for a figure or a source of an incident that is held: what the evidence is."""

    text: str
    date: date
    outlet: str | None


def enter(store: Store, entered: Entered, by: By, settings: Settings, *, seen: str | None = None) -> Done:
    """Keep what a person enters; the incidents that hold it now.

    seen: revision of the incident that it is put with (records/revision.py). Raises DecisionError, in the words of what was
    typed, for a value that cannot be, an incident that is not held, or what was entered already; StaleEdit.
    """
    [done] = enter_all(store, [entered], by, settings, seen=seen)
    return done


def enter_all(store: Store, several: Sequence[Entered], by: By, settings: Settings, *, seen: str | None = None) -> list[Done]:
    """`enter` for each of `several`, all in one transaction that is reconciled once: a sheet of rows. All are kept, or none."""
    known, at = _known(settings), datetime.now(UTC)
    with store.writing():
        given = [_given(store, entered, by, at, settings, known, seen) for entered in several]
        alone = [at for at, entered in enumerate(several) if entered.into == APART]
        given = kept_apart(store, given, alone, lambda at, other: False, settings)
        return decide_all(store, [(one, f"entered by hand: {entered.outlet or 'a note'}")
                                  for one, entered in zip(given, several, strict=True)], settings)


def add_figure(store: Store, incident: str, figure: EnteredFigure, note: Note, by: By, settings: Settings, *,
               seen: str | None = None) -> Done:
    """Add a count to a held incident, with the note that is its evidence. Raises as `enter`."""
    return add_source(store, incident, note, by, settings, figures=(figure,), seen=seen)


def add_source(store: Store, incident: str, note: Note, by: By, settings: Settings, *,
               figures: tuple[EnteredFigure, ...] = (), seen: str | None = None) -> Done:
    """Add to a held incident another source that tells of it, with what it counts. Raises as `enter`."""
    entered = Entered(note.text, note.date, note.outlet, figures=figures, into=incident)
    return enter(store, entered, by, settings, seen=seen)


def _given(store: Store, entered: Entered, by: By, at: datetime, settings: Settings, known: Known, seen: str | None) -> Decision:
    """The decision that enters it; its note is kept."""
    held = None
    if entered.into not in (None, APART):
        held = held_incident(store, str(entered.into), seen)
    note = note_of(entered, by.who, at, most_chars=settings.max_text_chars)
    account = account_of(entered, note, known, held.kind if held is not None else None)
    if held is not None and not makes_incident(account):
        raise DecisionError(f"what is {account.status}, or told as {account.told_as}, is a notice: it belongs to no incident")
    if before := store.accounts_of(note.id):
        where = store.incidents_of([one.id for one in before]).values()
        raise DecisionError(f"that was entered already, as {', '.join(where) or 'a notice'}")
    store.keep(note, None, extracted=ENTERED)
    given = replace(decision("enter", by, held.id if held else None, [account]), value=to_json(account))
    if held is None:
        return given
    return replace(given, field="with", others=tuple(anchor_of(joined.account) for joined in held.accounts))


def kept_apart(store: Store, given: Sequence[Decision], which: Sequence[int], may_join: MayJoin,
               settings: Settings) -> list[Decision]:
    """Decisions that enter accounts, with what each is kept apart from: all that it would stand with and may not join.

    which: the positions of those to look at. may_join: whether the account at a position may stand with another. What would stand
    together is found by a rehearsal. Raises DecisionError where that has no end.
    """
    found = list(given)
    for _ in range(MOST_ROUNDS):
        joined = _joined(store, found, which, may_join, settings) if which else {}
        if not joined:
            return found
        for at, accounts in joined.items():
            others = dict.fromkeys((*found[at].others, *map(anchor_of, accounts)))
            found[at] = replace(found[at], field="apart", others=tuple(others))
    raise DecisionError("it joins one incident after another; enter it without 'new', and split it off")


def _joined(store: Store, given: Sequence[Decision], which: Sequence[int], may_join: MayJoin,
            settings: Settings) -> dict[int, list[Account]]:
    """For those of the decisions `which` that would stand with accounts which they may not join: these accounts."""
    with store.rehearsing():
        done = decide_all(store, [(one, "") for one in given], settings)
        held = store.incidents_called({name for at in which for name in done[at].incidents})
        found = {}
        for at in which:
            own = given[at].accounts[0]
            beside = [joined.account for name in done[at].incidents if name in held for joined in held[name].accounts]
            if any(one.report == own.report for one in beside):
                found[at] = [one for one in beside if one.report != own.report and anchor_of(one) not in given[at].others
                             and not may_join(at, one)]
        return {at: accounts for at, accounts in found.items() if accounts}


def _known(settings: Settings) -> Known:
    from dateline.queries import register_in_force
    from dateline.where.gazetteer import load_gazetteer

    return Known(load_gazetteer(), register_in_force(settings.groups_file))
