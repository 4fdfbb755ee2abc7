"""Links between incidents that belong together and are not one: an attack in revenge for another, attacks of one series.

An attack told as revenge is a `follow_up` of the one it avenges: an earlier incident of the same report, the one told nearest
to those words; else the one earlier incident in view in which whoever attacks now was attacked. Incidents of one day and kind
that one report tells together, in words that make them a series, are a `series`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from dateline.reconcile.nearness import days_between, days_of
from dateline.reconcile.ranks import parties_of
from dateline.records import Account, Incident, Related, Report

AVENGED_DAYS: Final = 60          # revenge that its report explains by what happened longer ago is for something else too
REVERSED_DAYS: Final = 14         # without a word of what it avenges: only while the other attack is news
AROUND: Final = 300               # characters beside an account's own sentences in which a report says why, or how many
_REVENGE = re.compile(
    r"\b(?:in (?:apparent )?(?:retaliation|revenge|reprisal|vengeance)\b|retaliat(?:ed|es|ing|ory)\b"
    r"|reveng(?:e|ing) (?:for|attack)|reprisals? (?:for|attack|raid|killing)|aveng(?:e|ed|es|ing)\b|tit-for-tat\b)", re.I)
_SERIES = re.compile(
    r"\b(?:series|wave|string|spate) of\b|\b(?:co-?ordinated|simultaneous(?:ly)?|synchroni[sz]ed|back-to-back|twin|triple)\b"
    r"|\bwithin (?:minutes|an hour|hours) of (?:each other|one another)\b", re.I)
_SEVERAL = re.compile(                   # "three blasts", "a dozen separate car bombings"; not "two bombs", of one attack
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens of|a dozen|several|multiple|[2-9]|[1-9]\d)"
    r"(?:\s+(?!of\b)[\w-]+){0,2}?\s+(?:blasts|explosions|bombings|attacks|shootings|raids|strikes|airstrikes)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Telling:
    """One account of an incident, with the stretch of its report that tells it."""

    incident: str
    account: Account
    start: int
    end: int


_Attacked = dict[str, list[_Telling]]     # a party -> what tells that it was attacked


def links_between(incidents: Mapping[str, Sequence[Account]], reports: Mapping[str, Report]) -> dict[str, tuple[Related, ...]]:
    """For each incident, by id, its links to the others given: `follow_up` and `series`, in a fixed order.

    incidents: their accounts by the incident's id. reports: those of the accounts by id; one that is missing says nothing.
    """
    tellings = [_telling(one, account) for one, accounts in incidents.items() for account in accounts]
    by_report: dict[str, list[_Telling]] = {}
    for telling in sorted(tellings, key=lambda telling: (telling.account.report, telling.start, telling.incident)):
        by_report.setdefault(telling.account.report, []).append(telling)
    found: dict[str, dict[tuple[str, str], Related]] = {one: {} for one in incidents}
    attacked: _Attacked = {}
    for telling in tellings:
        for party in _parties(telling.account, attacking=False):
            attacked.setdefault(party, []).append(telling)
    for name, together in by_report.items():
        report = reports.get(name)
        if report is not None:
            for incident, link in (*_series(together, report), *_revenge(together, report, attacked)):
                found[incident].setdefault((link.kind, link.incident), link)
    return {one: tuple(links[key] for key in sorted(links)) for one, links in found.items()}


def possibly_same(incident_id: str, points: float) -> Related:
    """The link to an incident that may be the same; points: the most that two accounts of the two have."""
    return Related("possibly_same", incident_id, f"{points:.2f} points")


def settled_links(incident: Incident) -> tuple[Related, ...]:
    """Its links but those to what is possibly the same: these come and go with other incidents, and are no change of this one."""
    return tuple(link for link in incident.related if link.kind != "possibly_same")


def tells_several(account: Account) -> bool:
    """Whether the account's own sentences tell several attacks as one: "three blasts killed 12", with no word on each."""
    return any(_SEVERAL.search(span.quote) for span in account.evidence)


def _telling(incident: str, account: Account) -> _Telling:
    return _Telling(incident, account, min((span.start for span in account.evidence), default=0),
                    max((span.end for span in account.evidence), default=0))


def _revenge(together: Sequence[_Telling], report: Report, attacked: _Attacked) -> Iterator[tuple[str, Related]]:
    for telling in together:
        words = _REVENGE.search(report.text, telling.start, min(telling.end + AROUND, len(report.text)))
        if words is None or _tells(together, words.start()) not in (None, telling.incident):
            continue
        told = [other for other in together if other.incident != telling.incident
                and _is_before(other.account, telling.account, AVENGED_DAYS)]
        if told:
            nearest = min(told, key=lambda other: (_distance(other, words.start()), other.incident)).incident
        else:
            reverse = {other.incident for party in _parties(telling.account, attacking=True) for other in attacked.get(party, ())
                       if other.incident != telling.incident and _is_reversed(other.account, telling.account)}
            if len(reverse) != 1:
                continue
            [nearest] = reverse
        yield telling.incident, Related("follow_up", nearest, f"\u201c{words.group()}\u201d, by {_outlet(report)}")


def _series(together: Sequence[_Telling], report: Report) -> Iterator[tuple[str, Related]]:
    for a, b in combinations(together, 2):
        if a.incident == b.incident or a.account.kind != b.account.kind or not _is_one_day(a.account, b.account):
            continue
        first, last = max(min(a.start, b.start) - AROUND, 0), max(a.end, b.end)
        words = _SERIES.search(report.text, first, last) or _SEVERAL.search(report.text, first, last)
        if words is not None:
            note = f"\u201c{words.group()}\u201d, by {_outlet(report)}"
            yield a.incident, Related("series", b.incident, note)
            yield b.incident, Related("series", a.incident, note)


def _tells(together: Iterable[_Telling], at: int) -> str | None:
    """The incident whose sentence holds `at`, where it is one."""
    holding = {telling.incident for telling in together
               for span in telling.account.evidence if span.start <= at < span.end}
    return next(iter(holding)) if len(holding) == 1 else None


def _distance(telling: _Telling, at: int) -> int:
    """Characters from `at` to the nearest sentence that tells it."""
    return min((max(span.start - at, at - span.end, 0) for span in telling.account.evidence), default=telling.end)


def _is_before(old: Account, new: Account, most_days: int) -> bool:
    """Whether `old` happened before `new`, by at most so many days; on one day, told as background or not, is no answer."""
    was, then = days_of(old.when), days_of(new.when)
    if was.latest is None or then.earliest is None or was.latest >= then.earliest:
        return False
    return (then.earliest - was.latest).days <= most_days


def _is_reversed(old: Account, new: Account) -> bool:
    """Whether `old`, in which whoever attacks in `new` was attacked, is from shortly before, by one who is attacked now."""
    return (_is_before(old, new, REVERSED_DAYS)
            and not _parties(old, attacking=True).isdisjoint(_parties(new, attacking=False)))


def _parties(account: Account, *, attacking: bool) -> frozenset[str]:
    roles = ("attacker", "side", "ally") if attacking else ("victim", "intended target", "side")
    return frozenset(party for actor in account.actors if actor.role in roles for party in parties_of(actor))


def _is_one_day(a: Account, b: Account) -> bool:
    days = days_of(a.when), days_of(b.when)
    return all(one.told and one.is_sharp for one in days) and days_between(*days) == 0


def _outlet(report: Report) -> str:
    return report.outlet or report.agency or report.source
