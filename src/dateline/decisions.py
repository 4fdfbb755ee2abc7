"""Decisions of a person on the record: merge, split, accept, reject, correct, and undo of any of them.

Each is one transaction: the decision is kept as an event on the reports and sentences it is about, what follows from it is
reconciled anew, and the incidents' histories say what, who and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from dateline.errors import DecisionError
from dateline.reconcile.by_hand import REVIEWS, Override, check_field, check_value, corrected, overridden, override_of
from dateline.records import Account, Evidence, Incident, span_of, to_json
from dateline.records.decision import Decision, What
from dateline.records.incident import Change
from dateline.store.decisions import HeldDecision, anchor_of

if TYPE_CHECKING:
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Store

_OF_PARTS = frozenset({"merge", "split"})


@dataclass(frozen=True, slots=True)
class By:
    """Who decides, and why."""

    who: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """event: its number, for undo. incidents: those that hold the accounts it was about now. gone: those held no more."""

    event: int
    incidents: tuple[str, ...]
    gone: tuple[str, ...] = ()


def merge(store: Store, first: str, second: str, by: By, settings: Settings) -> Done:
    """Put two incidents together. Raises DecisionError where one is not held, or both are one."""
    a, b = _held(store, first), _held(store, second)
    if a.id == b.id:
        raise DecisionError(f"{a.id} cannot be merged with itself; give two incidents")
    accounts = [joined.account for one in (a, b) for joined in one.accounts]
    return _decide(store, _decision("merge", by, a.id, accounts), f"merged {a.id} and {b.id}", settings)


def split(store: Store, incident: str, taken: Sequence[str], by: By, settings: Settings) -> Done:
    """Take accounts out of an incident: an incident of their own.

    taken: their numbers as `show` lists the reports, ids of accounts, or names of outlets that carried one of them.
    Raises DecisionError where one is not in the incident, or none would be left.
    """
    held = _held(store, incident)
    chosen = [_account_in(held, name) for name in taken]
    rest = [joined.account for joined in held.accounts if joined.account not in chosen]
    if not chosen or not rest:
        raise DecisionError(f"{held.id} has {len(held.accounts)} accounts: name some of them, and leave one")
    given = _decision("split", by, held.id, chosen, others=rest)
    return _decide(store, given, f"split {len(chosen)} of {len(held.accounts)} accounts off {held.id}", settings)


def review(store: Store, incident: str, what: What, by: By, settings: Settings) -> Done:
    """Accept an incident or reject it. Raises DecisionError where it is not held, or rejected for no reason."""
    held = _held(store, incident)
    if what == "reject" and not by.why.strip():
        raise DecisionError(f"{held.id} is rejected for a reason: give it with --why")
    words = "accepted" if what == "accept" else "rejected"
    return _decide(store, _decision(what, by, held.id, [joined.account for joined in held.accounts]), words, settings)


def correct(store: Store, incident: str, field: str, value: Any, by: By, settings: Settings, *, account: str | None = None,
            evidence: str | None = None) -> Done:
    """Set a field of an incident, or of one of its accounts.

    value: as JSON has it (`When` and `Where` as objects). account: as for `split`. evidence: words of the account's report
    that say so; they become the evidence of a place or a time. Raises DecisionError for a field there is none of, a value it
    cannot have, or words that do not stand in the report.
    """
    held = _held(store, incident)
    whole = account is None
    about = [joined.account for joined in held.accounts] if account is None else [_account_in(held, account)]
    try:
        check_field(field, whole=whole)
        check_value(field, value)
        shown = _words_in(store, about, evidence) if evidence is not None else ()
        if shown and isinstance(value, dict):
            value = {**value, "evidence": to_json(shown)}
        before: object = held if whole else about[0]
        changed: object = overridden(held, [Override((), {field: value})]) if whole else corrected(about[0], {field: value})
    except (ValueError, TypeError) as wrong:
        raise DecisionError(f"{held.id}: {wrong}") from None
    if changed == before:
        raise DecisionError(f"{held.id}: {field} is {value!r} already, or the account has no such part")
    given = replace(_decision("correct", by, held.id, about), field=field, value=to_json(value), whole=whole, evidence=shown)
    return _decide(store, given, f"corrected {field}{'' if whole else f' of account {account}'}", settings)


def undo(store: Store, event: int | None, by: By, settings: Settings) -> Done:
    """Take back a decision, by default the last that holds; also an undo.

    Raises DecisionError for an event there is none of, one that is taken back already, or one that a later one rests on.
    """
    held = store.decisions()
    if event is None:
        event = next((one.decision.id for one in reversed(held) if one.undone_by is None and one.decision.what != "undo"), None)
        if event is None:
            raise DecisionError("nothing to undo: no decision holds")
    undone = next((one for one in held if one.decision.id == event), None)
    if undone is None:
        raise DecisionError(f"no event {event}; dateline history lists them")
    if undone.undone_by is not None:
        raise DecisionError(f"event {event} is taken back already, by event {undone.undone_by}")
    if (later := _resting_on(held, undone)) is not None:
        raise DecisionError(f"event {event} cannot be undone before event {later.id} ({later.what}, {later.who}), which came "
                            f"after it on the same accounts: dateline undo {later.id}")
    target = undone.decision
    given = replace(_decision("undo", by, target.incident, []), accounts=target.accounts, others=target.others, undoes=event)
    return _decide(store, given, f"undid event {event}, {target.what}", settings)


def _decide(store: Store, given: Decision, words: str, settings: Settings) -> Done:
    from dateline.queries import sources_in_force

    with store.reconciling() as reconciling:
        ids = reconciling.named(given)
        before = set(reconciling.incidents_of(ids))
        kept = reconciling.decide(given)
        reconciling.reconcile_anew(ids)
        reconciling.reconcile(reconciling.unreconciled(), cast("TollRule", settings.toll_rule), given.at,
                              sources=sources_in_force(settings))
        after = reconciling.incidents_of(ids)
        for incident in sorted(after):
            reconciling.add_line(incident, Change(given.at, f"{words} (event {kept.id})", given.who, given.why))
        return Done(kept.id, tuple(sorted(after, key=_number)), tuple(sorted(before - set(after), key=_number)))


def _decision(what: What, by: By, incident: str | None, accounts: Iterable[Account], others: Iterable[Account] = ()) -> Decision:
    return Decision(0, datetime.now(UTC), what, by.who, by.why, incident, tuple(map(anchor_of, accounts)),
                    tuple(map(anchor_of, others)))


def _held(store: Store, incident: str) -> Incident:
    held = store.incident(incident)
    if held is not None:
        return held
    gone = store.incident(incident, deleted=True)
    if gone is not None and gone.history:
        raise DecisionError(f"{gone.id} is held no more: {gone.history[-1].why}")
    raise DecisionError(f"no incident {incident}; dateline incidents --nature all lists all of them")


def _account_in(held: Incident, name: str) -> Account:
    """The account that `name` names: its number from 1, its id, or its outlet where that carried one of them alone."""
    if name.isdigit() and 0 < int(name) <= len(held.accounts):
        return held.accounts[int(name) - 1].account
    folded = name.casefold()
    found = [joined.account for joined in held.accounts
             if folded in {joined.account.id.casefold(), (joined.report.outlet or "").casefold(), joined.report.id.casefold()}]
    if len(found) == 1:
        return found[0]
    outlets = [joined.report.outlet or joined.report.source for joined in held.accounts]
    listed = "; ".join(f"{number} {outlet}" for number, outlet in enumerate(outlets, 1))
    raise DecisionError(f"{held.id} has {'no' if not found else 'several'} accounts called {name!r}; its accounts: {listed}")


def _words_in(store: Store, accounts: Sequence[Account], words: str) -> Evidence:
    """Where `words` stand in the report of the first of `accounts` that has them. Raises ValueError where none has."""
    for name in dict.fromkeys(account.report for account in accounts):
        report = store.report(name)
        if report is not None and (at := report.text.find(words)) >= 0:
            return (span_of(report.text, at, at + len(words)),)
    raise ValueError(f"{words!r} does not stand in report {', '.join(dict.fromkeys(one.report for one in accounts))}; "
                     "give the words as they are printed")


def _resting_on(held: Sequence[HeldDecision], target: HeldDecision) -> Decision | None:
    """The latest decision in force that came after `target` and rests on it.

    On a merge or a split rests all that was decided later of whole incidents of the same accounts: without it they would have
    been others. On a correction or a review rests the next one of the same.
    """
    for one in reversed(held):
        later = one.decision
        if one.undone_by is not None or later.id <= target.decision.id or not set(one.accounts) & set(target.accounts):
            continue
        if target.decision.what in _OF_PARTS:
            rests = later.what in _OF_PARTS or override_of(later, ()) is not None
        else:
            rests = (_kind_of(later), later.field, later.whole) == (_kind_of(target.decision), target.decision.field,
                                                                   target.decision.whole)
        if rests:
            return later
    return None


def _kind_of(given: Decision) -> str:
    return "review" if given.what in REVIEWS else given.what


def _number(incident: str) -> int:
    return int(incident.rpartition("-")[2])
