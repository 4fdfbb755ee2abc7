"""What persons decided, as reconciling takes it: rulings on pairs of accounts, corrected fields, reviews.

All of it follows from the accounts as they are now and the decisions that are in force, so that taking a decision back
leaves nothing of it behind, and a decision holds for whatever the present model extracts from the same sentences.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, get_args

import msgspec

from dateline.records import Account, Evidence, Incident, When, Where, from_json, to_json
from dateline.records.account import Nature, Status, ToldAs, corrected_by_hand
from dateline.records.codes import codes_of
from dateline.records.decision import Anchor, Decision
from dateline.records.incident import Confidence, Review, ReviewState
from dateline.records.kinds import KINDS, headline
from dateline.records.revision import facts_hash

Pairing = tuple[str, str]
Attach = Callable[[Anchor], "str | None"]          # the id of the account that an anchor names now
REVIEWS: Mapping[str, ReviewState] = {
    "assign": "assigned", "code": "coded", "query": "query", "accept": "approved", "reject": "rejected"}
OF_FACTS = frozenset({"code", "accept", "reject"})  # reviews that say: these are the facts
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)

FIELDS = ("kind", "status", "nature", "told_as", "when", "where")            # of an incident as a whole, and of an account
PARTS = {                                           # of an account alone: "figures.F1.low", "actors.a1.group"
    "figures": ("count", "effect", "who", "side", "low", "high", "value", "modifier", "scope", "speaker"),
    "actors": ("role", "group", "type", "certainty", "country", "person", "organisation"),
    "responsibility": ("stance", "group", "speaker"),
}

COUNT = frozenset({"low", "high", "value", "modifier", "words"})      # what "figures.F1.count" sets at once: one count, one event
MOST_COUNTED = 10**9              # people: more than any war has counted, and what every column and format holds

_WORDS: Mapping[str, Sequence[str]] = {
    "kind": tuple(KINDS), "status": get_args(Status), "nature": get_args(Nature), "told_as": get_args(ToldAs)}


@dataclass(frozen=True, slots=True)
class Override:
    """What a person set for an incident, whatever its accounts tell. accounts: those that it had, as far as they are told now."""

    accounts: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    review: Review | None = None
    confidence: Confidence | None = None

    def about(self, groups: Sequence[Sequence[str]]) -> int | None:
        """The position of the group that has most of its accounts, of equals that of the account named first; None: none has."""
        of = {name: position for position, group in enumerate(groups) for name in group}
        held = Counter(of[name] for name in self.accounts if name in of)
        return max(held, key=lambda position: held[position], default=None)          # the first of equals


def taken_back(decisions: Sequence[Decision]) -> dict[int, int]:
    """The decisions that do not hold, each with the event that undid it. What undid them may have been undone itself."""
    undone: dict[int, int] = {}
    for decision in sorted(decisions, key=lambda one: -one.id):
        if decision.undoes is not None and decision.id not in undone:
            undone[decision.undoes] = decision.id
    return undone


def in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions that hold, oldest first; those that only take back others are left out."""
    undone = taken_back(decisions)
    return sorted((one for one in decisions if one.id not in undone and one.what != "undo"), key=lambda one: one.id)


def attached(anchor: Anchor, accounts: Sequence[Account]) -> str | None:
    """Which of a report's `accounts` an anchor names: that whose sentences are most nearly the same; else one with its words.

    None where no account tells those sentences any more.
    """
    alike = {one.id: (_likeness(anchor.evidence, one.evidence), one.kind == anchor.kind) for one in accounts}
    best = max(alike, key=lambda name: alike[name], default=None)         # the first of equals
    if best is not None and alike[best][0] > 0:
        return best
    quotes = {span.quote for span in anchor.evidence}
    return next((one.id for one in accounts for span in one.evidence if span.quote in quotes), None)


def _likeness(a: Evidence, b: Evidence) -> float:
    """The characters that both have, to those that one has."""
    shared = sum(max(0, min(ours.end, theirs.end) - max(ours.start, theirs.start)) for ours in a for theirs in b)
    return shared / (sum(span.end - span.start for span in (*a, *b)) - shared) if shared else 0.0


def named(anchors: Sequence[Anchor], attach: Attach) -> list[str]:
    """The accounts that `anchors` name now, each once."""
    return list(dict.fromkeys(name for anchor in anchors if (name := attach(anchor)) is not None))


def rulings(decisions: Sequence[Decision], attach: Attach) -> dict[Pairing, bool]:
    """For pairs of accounts (ids sorted) whether a person holds them for one incident. Of several the latest decides."""
    ruled: dict[Pairing, bool] = {}
    for decision in decisions:
        if decision.what in ("merge", "split"):
            ours, theirs = named(decision.accounts, attach), named(decision.others, attach)
            ruled.update((_pair(a, b), True) for a, b in itertools.combinations(ours, 2))
            ruled.update((_pair(a, b), False) for a in ours for b in theirs if a != b)
        elif decision.what == "apart":
            ruled.update((_pair(a, b), False) for a in named(decision.accounts, attach) for b in named(decision.others, attach))
        elif decision.what == "enter" and decision.field is not None:
            entered, beside = named(decision.accounts, attach), named(decision.others, attach)
            ruled.update((_pair(a, b), decision.field == "with") for a in entered for b in beside if a != b)
    return ruled


def override_of(decision: Decision, accounts: Sequence[str]) -> Override | None:
    """What `decision` sets for the incident of `accounts`; None where it is about no incident as a whole."""
    if decision.what == "correct" and decision.whole and decision.field is not None:
        return Override(tuple(accounts), {decision.field: decision.value})
    if decision.what in REVIEWS:
        to = decision.to
        return Override(tuple(accounts), review=Review(
            REVIEWS[decision.what], decision.why or None, decision.who, decision.at,
            assigned_to=to if decision.what == "assign" else None, asked=to if decision.what == "query" else None,
            facts=decision.facts))
    if decision.what == "confidence":
        return Override(tuple(accounts), confidence=decision.value)
    return None


def entered_by(decision: Decision) -> Account | None:
    """The account that a decision entered by hand, as it was entered; None for another decision."""
    return from_json(Account, decision.value) if decision.what == "enter" else None


def corrections(decisions: Sequence[Decision], attach: Attach) -> dict[str, dict[str, Any]]:
    """The corrected fields of single accounts, by account; of several the latest holds."""
    found: dict[str, dict[str, Any]] = {}
    for decision in decisions:
        name = attach(decision.accounts[0]) if decision.what == "correct" and not decision.whole else None
        if name is not None and decision.field is not None:
            found.setdefault(name, {})[decision.field] = decision.value
    return found


def corrected(account: Account, fields: Mapping[str, Any]) -> Account:
    """`account` with its fields as a person has them. What no longer fits it (a figure that is not told any more) is left.

    Raises ValueError, which names the field and what it may be, for a value that the field cannot have.
    """
    told = to_json(account)
    for name, value in fields.items():
        _set(told, name, value)
    try:
        fixed = from_json(Account, told)
    except msgspec.ValidationError as wrong:
        raise ValueError(str(wrong)) from None
    named = {"kind", "where"} & set(fields)
    return replace(fixed, headline=headline(fixed.kind, fixed.where.name or fixed.where.text)) if named else fixed


def overridden(incident: Incident, hand: Sequence[Override]) -> Incident:
    """`incident` with what persons set for it."""
    for one in hand:
        fields: dict[str, Any] = {
            name: from_json(When, value) if name == "when" else from_json(Where, value) if name == "where" else value
            for name, value in one.fields.items()}
        incident = replace(incident, **fields, review=_reviewed(incident.review, one))
        if {"kind", "where"} & set(fields):
            incident = replace(incident, headline=headline(incident.kind, incident.where.name or incident.where.text))
        if {"when", "where"} & set(fields):
            incident = replace(incident, codes=codes_of(incident.when, incident.where))
    return incident


def _reviewed(before: Review, one: Override) -> Review:
    """The review after what a person set: whose the incident is, and how sure a person is of it, hold until they are set anew."""
    after = one.review or before
    return replace(after, assigned_to=after.assigned_to or before.assigned_to, confidence=one.confidence or before.confidence)


def changed_since_review(before: Incident | None, after: Incident, now: datetime) -> Incident:
    """`after` with the time since when its facts are others than those that were reviewed; they differ for `before` already, or
    since `now`."""
    review = after.review
    if review.facts is None or review.facts == facts_hash(after):
        return after
    since = before.review.changed_at if before is not None and before.review.at == review.at else None
    return replace(after, review=replace(review, changed_at=since or now))


def check_field(name: str, *, whole: bool) -> None:
    """Raises ValueError, which lists the fields there are, for one that cannot be corrected."""
    part, _, rest = name.partition(".")
    if name in FIELDS or (not whole and rest.rpartition(".")[2] in PARTS.get(part, ())):
        return
    parts = "; ".join(f"{part}.N.{{{','.join(names)}}}" for part, names in PARTS.items())
    more = "of one account, with --account N, also " if whole else "also "
    raise ValueError(f"no field {name!r}: it is one of {', '.join(FIELDS)}; {more}{parts}")


def check_value(name: str, value: Any) -> None:
    """Raises ValueError, which lists what there is, for a word or number that the field cannot have."""
    allowed = _WORDS.get(name)
    if allowed is not None and value not in allowed:
        raise ValueError(f"no {name} {value!r}: it is one of {', '.join(allowed)}")
    if name.startswith("figures.") and name.endswith(".count") and not (isinstance(value, dict) and value.keys() >= COUNT):
        raise ValueError(f"no count {value!r}: it has {', '.join(sorted(COUNT))}")
    counted = [held for held in value.values() if name.endswith(".count")] if isinstance(value, dict) else [value]
    if name.startswith("figures.") and any(isinstance(one, int) and not 0 <= one <= MOST_COUNTED for one in counted):
        raise ValueError(f"{name.rpartition('.')[2]}: people are counted from 0 to {MOST_COUNTED:,}")


def _set(told: dict[str, Any], path: str, value: Any) -> None:
    part, _, rest = path.partition(".")
    if not rest:
        told[path], told["origin"] = value, corrected_by_hand(told["origin"])
        return
    which, _, name = rest.rpartition(".")
    items = told[part]
    item = next((one for one in items if one.get("id") == which), None)
    if item is None and which.isdigit() and 0 < int(which) <= len(items):
        item = items[int(which) - 1]
    if item is not None and part == "figures" and name == "count":
        item.update(value)
    elif item is not None:
        item[name] = value
    if item is not None and "origin" in item:
        item["origin"] = corrected_by_hand(item["origin"])


def _pair(a: str, b: str) -> Pairing:
    return (a, b) if a < b else (b, a)
