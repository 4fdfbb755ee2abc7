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
from dateline.reconcile.by_hand import Override, check_field, check_value, corrected, overridden
from dateline.records import Account, Incident, span_of, to_json
from dateline.records.decision import Decision, What
from dateline.records.incident import Change
from dateline.store.decisions import HeldDecision, anchor_of

if TYPE_CHECKING:
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Store

_ALIKE: tuple[frozenset[What], ...] = (frozenset({"merge", "split"}), frozenset({"correct"}), frozenset({"accept", "reject"}))


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
    return _decide(store, _decision(what, by, held.id, [held.accounts[0].account]), words, settings)


def correct(store: Store, incident: str, field: str, value: Any, by: By, settings: Settings, *, account: str | None = None,
            evidence: str | None = None) -> Done:
    """Set a field of an incident, or of one of its accounts.

    value: as JSON has it (`When` and `Where` as objects). account: as for `split`. evidence: words of the account's report
    that say so; they become the evidence of a place or a time. Raises DecisionError for a field there is none of, a value it
    cannot have, or words that do not stand in the report.
    """
    held = _held(store, incident)
    one = _account_in(held, account) if account is not None else held.accounts[0].account
    whole = account is None
    try:
        check_field(field, whole=whole)
        check_value(field, value)
        if evidence is not None:
            value = _with_evidence(store, one, value, evidence)
        changed: object = overridden(held, [Override({field: value})]) if whole else corrected(one, {field: value})
    except (ValueError, TypeError) as wrong:
        raise DecisionError(f"{held.id}: {wrong}") from None
    if changed == (held if whole else one):
        raise DecisionError(f"{held.id}: {field} is {value!r} already, or the account has no such part")
    given = replace(_decision("correct", by, held.id, [one]), field=field, value=to_json(value), whole=whole)
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
    if (later := _resting_on(held, undone.decision)) is not None:
        raise DecisionError(f"event {event} cannot be undone before event {later.id} ({later.what}, {later.who}), which came "
                            f"after it on the same accounts: dateline undo {later.id}")
    target = undone.decision
    given = replace(_decision("undo", by, target.incident, []), accounts=target.accounts, others=target.others, undoes=event)
    return _decide(store, given, f"undid event {event}, {target.what}", settings)


def _decide(store: Store, given: Decision, words: str, settings: Settings) -> Done:
    from dateline.queries import sources_in_force

    with store.reconciling() as reconciling:
        ids = _accounts_of(store, given)
        before = set(reconciling.incidents_of(ids))
        kept = reconciling.decide(given)
        reconciling.reconcile_anew(ids)
        reconciling.reconcile(reconciling.unreconciled(), cast("TollRule", settings.toll_rule), given.at,
                              sources=sources_in_force(settings))
        after = reconciling.incidents_of(_accounts_of(store, given))
        for incident in sorted(after):
            reconciling.add_line(incident, Change(given.at, f"{words} (event {kept.id})", given.who, given.why))
        return Done(kept.id, tuple(sorted(after, key=_number)), tuple(sorted(before - set(after), key=_number)))


def _accounts_of(store: Store, given: Decision) -> list[str]:
    """The accounts of the reports that a decision hangs on."""
    reports = dict.fromkeys(anchor.report for anchor in (*given.accounts, *given.others))
    named = {(anchor.report, anchor.evidence) for anchor in (*given.accounts, *given.others)}
    told = [one for report in reports for one in store.accounts_of(report)]
    return [one.id for one in told if (one.report, one.evidence) in named] or [one.id for one in told]


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


def _with_evidence(store: Store, account: Account, value: Any, words: str) -> Any:
    """`value` with the place where `words` stand in the account's report. Raises ValueError where they do not."""
    report = store.report(account.report)
    at = report.text.find(words) if report is not None else -1
    if report is None or at < 0:
        raise ValueError(f"{words!r} does not stand in report {account.report}; give the words as they are printed")
    if not isinstance(value, dict):
        return value
    return {**value, "evidence": to_json((span_of(report.text, at, at + len(words)),))}


def _resting_on(held: Sequence[HeldDecision], target: Decision) -> Decision | None:
    """The latest decision in force, after `target`, that decides the same of the same accounts."""
    about = next((alike for alike in _ALIKE if target.what in alike), frozenset())
    named = {*target.accounts, *target.others}
    for one in reversed(held):
        later = one.decision
        if (one.undone_by is None and later.id > target.id and later.what in about and later.field == target.field
                and named & {*later.accounts, *later.others}):
            return later
    return None


def _number(incident: str) -> int:
    return int(incident.rpartition("-")[2])
