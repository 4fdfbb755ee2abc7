"""Decisions of a person on the record: merge, split, review, confidence, correct, and undo of any of them.

Each is one transaction: the decision is kept as an event on the reports and sentences it is about, what follows from it is
reconciled anew, and the incidents' histories say what, who and why. `seen` is the revision of the incident that the person
read (records/revision.py): where it is another one now the decision is refused, within the same transaction, with StaleEdit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from dateline.errors import DecisionError, StaleEdit
from dateline.reconcile.by_hand import (
    CONFIDENCES,
    OF_FACTS,
    REVIEWS,
    Override,
    check_field,
    check_value,
    corrected,
    overridden,
    override_of,
)
from dateline.records import Account, Evidence, Incident, span_of, to_json
from dateline.records.decision import Decision, What
from dateline.records.incident import Change
from dateline.records.revision import facts_hash, revision_of
from dateline.store.decisions import HeldDecision, anchor_of
from dateline.store.rows import in_order

if TYPE_CHECKING:
    from dateline.records.incident import TollRule
    from dateline.settings import Settings
    from dateline.store import Store
    from dateline.store.reconciling import Reconciling

Deciding = tuple[Decision, str]   # a decision that is not kept yet, and its line in the history of its incidents
_OF_PARTS = frozenset({"merge", "split", "apart", "enter"})


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


def merge(store: Store, first: str, second: str, by: By, settings: Settings, *,
          seen: tuple[str | None, str | None] = (None, None)) -> Done:
    """Put two incidents together. seen: of the one, of the other. Raises DecisionError where one is not held, or both are one."""
    with store.writing():
        a, b = held_incident(store, first, seen[0]), held_incident(store, second, seen[1])
        if a.id == b.id:
            raise DecisionError(f"{a.id} cannot be merged with itself; give two incidents")
        accounts = [joined.account for one in (a, b) for joined in one.accounts]
        return decide(store, decision("merge", by, a.id, accounts), f"merged {a.id} and {b.id}", settings)


def split(store: Store, incident: str, taken: Sequence[str], by: By, settings: Settings, *, seen: str | None = None) -> Done:
    """Take accounts out of an incident: an incident of their own.

    taken: their numbers as `show` lists the reports, ids of accounts, or names of outlets that carried one of them.
    Raises DecisionError where one is not in the incident, or none would be left.
    """
    with store.writing():
        held = held_incident(store, incident, seen)
        chosen = [_account_in(held, name) for name in taken]
        rest = [joined.account for joined in held.accounts if joined.account not in chosen]
        if not chosen or not rest:
            raise DecisionError(f"{held.id} has {len(held.accounts)} accounts: name some of them, and leave one")
        given = decision("split", by, held.id, chosen, others=rest)
        return decide(store, given, f"split {len(chosen)} of {len(held.accounts)} accounts off {held.id}", settings)


def tell_apart(store: Store, first: str, second: str, by: By, settings: Settings, *, seen: str | None = None) -> Done:
    """Say that two incidents are not the same, whatever reports make of them later. seen: of the first.

    Raises DecisionError where one is not held, or both are one.
    """
    with store.writing():
        a, b = held_incident(store, first, seen), held_incident(store, second)
        if a.id == b.id:
            raise DecisionError(f"{a.id} is one incident; dateline split takes accounts out of it")
        given = decision("apart", by, a.id, _accounts_of(a), others=_accounts_of(b))
        return decide(store, given, f"told {a.id} and {b.id} apart", settings)


def review(store: Store, incident: str, what: What, by: By, settings: Settings, *, to: str | None = None,
           seen: str | None = None) -> Done:
    """Give an incident its next state of review.

    what: "assign" to a person, "code" (checked and corrected), "query" (by.why asks it, of `to` or of anyone), "accept" or
    "reject". Raises DecisionError where it is not held, is rejected for no reason, assigned to nobody, or nothing is asked.
    """
    with store.writing():
        return decide(store, *reviewing(store, held_incident(store, incident, seen), what, by, settings, to=to), settings)


def reviewing(store: Store, held: Incident, what: What, by: By, settings: Settings, *, to: str | None = None) -> Deciding:
    """The decision that `review` makes of an incident as it is held, not kept yet. Raises as `review`."""
    _check_review(held, what, by, to)
    facts = facts_hash(_under_rules_in_force(store, held, settings)) if what in OF_FACTS else None
    given = replace(decision(what, by, held.id, _accounts_of(held)), to=to, facts=facts)
    return given, _review_words(what, to)


def set_confidence(store: Store, incident: str, confidence: str, by: By, settings: Settings, *, seen: str | None = None) -> Done:
    """Say how sure a person is of an incident: "low", "medium" or "high". Raises DecisionError for another word."""
    with store.writing():
        return decide(store, *sure_of(held_incident(store, incident, seen), confidence, by), settings)


def sure_of(held: Incident, confidence: str, by: By) -> Deciding:
    """The decision that `set_confidence` makes of an incident as it is held, not kept yet. Raises DecisionError."""
    if confidence not in CONFIDENCES:
        raise DecisionError(f"no confidence {confidence!r}: it is one of {', '.join(CONFIDENCES)}")
    return replace(decision("confidence", by, held.id, _accounts_of(held)), value=confidence), f"confidence {confidence}"


def correct(store: Store, incident: str, field: str, value: Any, by: By, settings: Settings, *, account: str | None = None,
            evidence: str | None = None, seen: str | None = None) -> Done:
    """Set a field of an incident, or of one of its accounts.

    value: as JSON has it (`When` and `Where` as objects). account: as for `split`. evidence: words of the account's report
    that say so; they become the evidence of a place or a time. Raises DecisionError for a field there is none of, a value it
    cannot have, or words that do not stand in the report.
    """
    with store.writing():
        held = held_incident(store, incident, seen)
        return decide(store, *correcting(store, held, field, value, by, account=account, evidence=evidence), settings)


def correcting(store: Store, held: Incident, field: str, value: Any, by: By, *, account: str | None = None,
               evidence: str | None = None) -> Deciding:
    """The decision that `correct` makes of an incident as it is held, not kept yet. Raises as `correct`."""
    whole = account is None
    about = _accounts_of(held) if account is None else [_account_in(held, account)]
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
    given = replace(decision("correct", by, held.id, about), field=field, value=to_json(value), whole=whole, evidence=shown)
    return given, f"corrected {field}{'' if whole else f' of account {account}'}"


def undo(store: Store, event: int | None, by: By, settings: Settings) -> Done:
    """Take back a decision, by default the last that holds; also an undo.

    Raises DecisionError for an event there is none of, one that is taken back already, or one that a later one rests on.
    """
    with store.writing():
        return _undo(store, event, by, settings)


def _undo(store: Store, event: int | None, by: By, settings: Settings) -> Done:
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
    given = replace(decision("undo", by, target.incident, []), accounts=target.accounts, others=target.others, undoes=event)
    return decide(store, given, f"undid event {event}, {target.what}", settings)


def decide(store: Store, given: Decision, words: str, settings: Settings) -> Done:
    """Keep `given`, let it count, and tell it in the histories of its incidents in `words`."""
    [done] = decide_all(store, [(given, words)], settings)
    return done


def decide_all(store: Store, given: Sequence[Deciding], settings: Settings) -> list[Done]:
    """`decide` over several in one transaction, reconciled once: the one way of every verb."""
    from dateline.queries import sources_in_force

    if not given:
        return []
    with store.reconciling() as reconciling:
        about = [set(names) for names in reconciling.named([one for one, _ in given])]
        before = _where(reconciling, about)
        kept = reconciling.decide([one for one, _ in given])
        now = reconciling.named(kept)                                          # with what was entered by hand just now
        about = [ids.union(names) for ids, names in zip(about, now, strict=True)]
        reconciling.reconcile_anew(set().union(*about))
        reconciling.reconcile(reconciling.unreconciled(), cast("TollRule", settings.toll_rule), given[-1][0].at,
                              sources=sources_in_force(settings))
        after = _where(reconciling, about)
        told_in = _where(reconciling, [set(ids) for ids in reconciling.named([_but_apart(one) for one in kept])])
        reconciling.add_lines([(incident, Change(one.at, f"{words} (event {one.id})", one.who, one.why))
                               for one, (_, words), held in zip(kept, given, told_in, strict=True) for incident in sorted(held)])
        return [Done(one.id, tuple(in_order(held)), tuple(in_order(were - held)))
                for one, were, held in zip(kept, before, after, strict=True)]


def _but_apart(given: Decision) -> Decision:
    """A decision without the accounts that what it enters is kept apart from: their incidents' histories are not of it."""
    return replace(given, others=()) if given.what == "enter" and given.field == "apart" else given


def _where(reconciling: Reconciling, about: Sequence[set[str]]) -> list[set[str]]:
    """For each set of accounts the incidents that hold them."""
    held = {name: incident for incident, names in reconciling.incidents_of(sorted(set().union(*about))).items() for name in names}
    return [{held[name] for name in names if name in held} for names in about]


def decision(what: What, by: By, incident: str | None, accounts: Iterable[Account], others: Iterable[Account] = ()) -> Decision:
    """A decision as it is made now; its number comes when it is kept."""
    return Decision(0, datetime.now(UTC), what, by.who, by.why, incident, tuple(map(anchor_of, accounts)),
                    tuple(map(anchor_of, others)))


def held_incident(store: Store, incident: str, seen: str | None = None) -> Incident:
    """The incident of that id. Raises DecisionError where none is held, StaleEdit where it is not as it was `seen`."""
    held = store.incident(incident)
    if held is not None:
        if seen is not None and seen != revision_of(held):
            raise StaleEdit(held, seen)
        return held
    gone = store.incident(incident, deleted=True)
    if gone is not None and gone.history:
        raise DecisionError(f"{gone.id} is held no more: {gone.history[-1].why}")
    raise DecisionError(f"no incident {incident}; dateline incidents --nature all lists all of them")


def _accounts_of(held: Incident) -> list[Account]:
    return [joined.account for joined in held.accounts]


def _check_review(held: Incident, what: What, by: By, to: str | None) -> None:
    if what not in REVIEWS:
        raise DecisionError(f"no review {what!r}: it is one of {', '.join(REVIEWS)}")
    if what == "reject" and not by.why.strip():
        raise DecisionError(f"{held.id} is rejected for a reason: give it with --why")
    if what == "query" and not by.why.strip():
        raise DecisionError(f"what is to be asked about {held.id}? give the question with --why")
    if what == "assign" and not (to or "").strip():
        raise DecisionError(f"{held.id} is assigned to a person: give the name with --to")
    if to is not None and what not in ("assign", "query"):
        raise DecisionError(f"{what} is to nobody: --to goes with assign and query")


def _review_words(what: What, to: str | None) -> str:
    """The line of history."""
    words = {"assign": f"assigned to {to}", "code": "coded", "query": f"asked {to}" if to else "asked", "accept": "accepted"}
    return words.get(what, "rejected")


def _under_rules_in_force(store: Store, held: Incident, settings: Settings) -> Incident:
    """`held` with its tolls by the rule under which it is about to be reconciled."""
    from dateline.reconcile.views import View, view_of

    view = View(cast("TollRule", settings.toll_rule), held.attribution.rule if held.attribution else View().attribution)
    return next(iter(view_of([held], view, store.report)))


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
