"""What should change in the record when new accounts come in. Nothing is written here: the store applies the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from dateline.reconcile.attribution import changed_words
from dateline.reconcile.by_hand import Override, changed_since_review, overridden
from dateline.reconcile.clusters import Links, Pairing, Partition, links_among, partition
from dateline.reconcile.merge import merge
from dateline.reconcile.related import links_between, possibly_same, settled_links
from dateline.records import Account, Incident, Reason, Related, Report
from dateline.records.account import INCIDENT_STATUSES
from dateline.records.incident import Change, TollRule

MACHINE = "dateline"


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """One incident to write. incident: None where it is removed; why: in words, as its history has it."""

    kind: Literal["new", "changed", "removed"]
    incident: Incident | None
    incident_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """links: of the accounts, with others too; what is put together comes of them, and of rulings."""

    changes: tuple[IncidentChange, ...]
    links: Links = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Former:
    """An incident that is held no more: its history, and the accounts that it had last."""

    history: tuple[Change, ...]
    accounts: frozenset[str]


def makes_incident(account: Account) -> bool:
    """Whether an account becomes an incident: notices (threats, plans) and films, drills and sport do not."""
    return account.status in INCIDENT_STATUSES and account.told_as != "other"


def plan_changes(new: Sequence[Account], held: Sequence[Account], reports: Mapping[str, Report],
                 incident_of: Mapping[str, str], incidents: Mapping[str, Incident], now: datetime,
                 next_id: Callable[[], str], rule: TollRule = "reliable",
                 ruling: Mapping[Pairing, bool] | None = None, hand: Sequence[Override] = (),
                 links: Links | None = None, former: Mapping[str, Former] | None = None) -> Plan:
    """The changes that make the record agree with `new` and `held` accounts.

    held: the accounts in the neighbourhood of the new ones, with all the other accounts of the incidents that these
    belong to: what is not given is taken to be gone. incident_of: account id -> id of the held incident that has it;
    incidents: those incidents. next_id: gives an id never used before; asked once for every new incident, in the order of
    their first account. ruling: a person's decisions on pairs of accounts, see `partition`; hand: what persons set for
    incidents, oldest first. links: those between all the accounts, and with others; None: they are judged here.
    former: incidents by id that once had one of the accounts. An incident keeps its id while it shares accounts with the
    cluster, and one that went comes back as it was called when most of its accounts are put together again. What does not
    change is not in the plan.
    """
    accounts = {account.id: account for account in (*held, *new) if makes_incident(account)}
    given = links if links is not None else links_among(list(accounts.values()), reports)
    found = partition(accounts, given, ruling)
    gone = former or {}
    ids = _ids(found, incident_of, incidents, gone, next_id)
    together = links_between({ids[position]: [accounts[name] for name in group] for position, group in enumerate(found.groups)},
                          reports)
    set_for = defaultdict(list)
    for one in hand:
        set_for[one.about(found.groups)].append(one)
    changes = []
    for position, group in enumerate(found.groups):
        members = [accounts[name] for name in group]
        why_joined = {name: _reasons(name, group, found) for name in group}
        before = incidents.get(ids[position])
        after = merge(ids[position], members, reports, rule=rule, reasons=why_joined,
                      related=_related(position, found, ids, incidents, together),
                      history=before.history if before else gone[ids[position]].history if ids[position] in gone else ())
        after = changed_since_review(before, overridden(after, set_for[position]), now)
        change = _change(before, after, now, incidents, incident_of)
        if change is not None:
            changes.append(change)
    changes += _removed(found, ids, incident_of, incidents, now)
    return Plan(tuple(sorted(changes, key=lambda change: _number(change.incident_id))), given)


def _ids(found: Partition, incident_of: Mapping[str, str], incidents: Mapping[str, Incident], gone: Mapping[str, Former],
         next_id: Callable[[], str]) -> list[str]:
    """An id for each group: of the held incident with which it shares most accounts, else of one that went and of which it has
    most accounts, else a new one.

    An incident that splits stays with the larger part; of equal claims the incident with the lowest number wins. What comes
    apart again takes the id that it had before, however large it has grown.
    """
    claims = [(-shared, _number(held), group, held) for group, names in enumerate(found.groups)
              for held, shared in Counter(incident_of[name] for name in names if name in incident_of).items()
              if held in incidents]
    back = [(-len(has), _number(name), group, name) for group, names in enumerate(found.groups)
            for name, one in gone.items() if 2 * len(has := one.accounts.intersection(names)) > len(one.accounts)]
    were_others = {group for _, _, group, _ in back}
    stay = {held for _, _, group, held in claims if group not in were_others}
    apart_again = [claim for claim in back if any(held in stay for _, _, group, held in claims if group == claim[2])]
    taken: dict[int, str] = {}
    for _, _, group, name in (*sorted(apart_again), *sorted(claims), *sorted(back)):
        if group not in taken and name not in taken.values():
            taken[group] = name
    return [taken[group] if group in taken else next_id() for group in range(len(found.groups))]


def _change(before: Incident | None, after: Incident, now: datetime, incidents: Mapping[str, Incident],
            incident_of: Mapping[str, str]) -> IncidentChange | None:
    if before is None:
        back = "came back, " if after.history else ""
        origins = sorted({incident_of[joined.account.id] for joined in after.accounts
                          if joined.account.id in incident_of}, key=_number)
        why = f"{back}split from {', '.join(origins)}" if origins else f"{back}told by {_tellers(after)}"
        return IncidentChange("new", _with_history(after, Change(now, "made", MACHINE, why)), after.id, why)
    if replace(before, history=(), related=settled_links(before)) == replace(after, history=(), related=settled_links(after)):
        return None
    why = _what_changed(before, after, incident_of)
    return IncidentChange("changed", _with_history(after, Change(now, "changed", MACHINE, why)), after.id, why)


def _what_changed(before: Incident, after: Incident, incident_of: Mapping[str, str]) -> str:
    """The changes in words: accounts that came and went, and tolls."""
    had = {joined.account.id for joined in before.accounts}
    has = {joined.account.id for joined in after.accounts}
    merged = sorted({incident_of[name] for name in has - had if name in incident_of} - {after.id}, key=_number)
    words = [f"{len(has - had)} accounts joined"] if has - had else []
    words += [f"{len(had - has)} accounts left"] if had - has else []
    words += [f"merged with {', '.join(merged)}"] if merged else []
    for effect in ("killed", "injured"):
        old, new = getattr(before.toll, effect), getattr(after.toll, effect)
        if (old.low, old.best, old.high) != (new.low, new.best, new.high):
            words.append(f"{effect} {_span(old.low, old.best, old.high)} became {_span(new.low, new.best, new.high)}")
    words += filter(None, [changed_words(before.attribution, after.attribution)])
    return "; ".join(words) or "read anew"


def _span(low: int | None, best: int | None, high: int | None) -> str:
    return f"{'?' if low is None else low}/{'?' if best is None else best}/{'open' if high is None else high}"


def _tellers(incident: Incident) -> str:
    outlets = dict.fromkeys(joined.report.outlet or joined.report.agency or joined.report.source
                            for joined in incident.accounts)
    return ", ".join(outlets)


def _removed(found: Partition, ids: Sequence[str], incident_of: Mapping[str, str],
             incidents: Mapping[str, Incident], now: datetime) -> list[IncidentChange]:
    """Held incidents that no group kept: merged into another, or no account tells them any more."""
    now_in = {name: ids[position] for position, group in enumerate(found.groups) for name in group}
    removed = []
    for held in sorted(set(incidents) - set(ids), key=_number):
        heirs = Counter(now_in[name] for name, incident in incident_of.items() if incident == held and name in now_in)
        heir = min(heirs, key=lambda one: (-heirs[one], _number(one))) if heirs else None
        why = f"merged into {heir}" if heir else "no account tells it any more"
        gone = _with_history(incidents[held], Change(now, "removed", MACHINE, why))
        removed.append(IncidentChange("removed", gone, held, why))
    return removed


def _with_history(incident: Incident, change: Change) -> Incident:
    return replace(incident, history=(*incident.history, change))


def _reasons(name: str, group: tuple[str, ...], found: Partition) -> tuple[Reason, ...]:
    """Why an account is in its group: the judgement of the pair that speaks most for it."""
    judged = [found.links[pair] for other in group if (pair := (min(name, other), max(name, other))) in found.links]
    return max(judged, key=lambda judgement: judgement.points).reasons if judged else ()


def _related(position: int, found: Partition, ids: Sequence[str], incidents: Mapping[str, Incident],
             links: Mapping[str, tuple[Related, ...]]) -> tuple[Related, ...]:
    """Links to incidents that may be the same, or belong together.

    Those that belong together with one out of view stay as they were; what may be the same the links between accounts say
    at any time.
    """
    in_view = {*ids, *incidents}
    before = incidents.get(ids[position])
    kept = tuple(link for link in settled_links(before) if link.incident not in in_view) if before else ()
    possible = [(ids[b if a == position else a], points) for a, b, points in found.possibly_same if position in (a, b)]
    return (*kept, *links[ids[position]], *(possibly_same(other, points)
                                            for other, points in sorted(possible, key=lambda link: _number(link[0]))))


def _number(incident_id: str) -> tuple[int, str]:
    """Sorts DTL-9 before DTL-10."""
    digits = incident_id.rpartition("-")[2]
    return (int(digits) if digits.isdigit() else 0, incident_id)
