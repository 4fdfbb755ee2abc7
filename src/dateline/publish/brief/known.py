"""An incident as it was known: rebuilt from the accounts of the reports that there were. Pure.

Reports are put before, within or after a window by the clock that it goes by (`Window`):

- by days: the day that the report was written; where several are possible, the day of its publication in the window's zone, else
  the last of them, on which it surely existed. A report of which neither is known existed on no day that anybody can name: it is
  told in no briefing by days, and is part of no incident there;
- by the record's clock: when the report was kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from dateline.publish.words import written_day
from dateline.reconcile.attribution import attribution
from dateline.reconcile.by_hand import FIELDS
from dateline.reconcile.merge import merge
from dateline.reconcile.plan import MACHINE
from dateline.reconcile.views import View
from dateline.records import Incident, Joined, Report
from dateline.records.briefing import Window
from dateline.records.codes import codes_of
from dateline.records.incident import Change
from dateline.records.kinds import headline

# late: kept within the window and written so long before it that it is no news
Position = Literal["before", "late", "within", "after", "unknown"]
HELD: Final = View()
EXISTING: Final[frozenset[Position]] = frozenset({"before", "late", "within"})


@dataclass(frozen=True, slots=True)
class Clock:
    """kept: when each report was kept, by its id; by days nobody asks for it. late_days: see `Position`."""

    window: Window
    kept: Mapping[str, datetime]
    late_days: int

    def position(self, report: str, earliest: date | None, latest: date | None, published: datetime | None,
                 told: date | None) -> Position:
        """Where the report stands. earliest, latest: days between which it was written; told: the day of what it tells."""
        day = day_of_report(earliest, latest, published, told, self.window.zone)
        if self.window.kept_since is None or self.window.kept_until is None:
            return "unknown" if day is None else _place(day, self.window.first, self.window.last + timedelta(days=1))
        kept = self.kept.get(report)
        if kept is None:
            return "unknown"
        place = _place(kept, self.window.kept_since, self.window.kept_until)
        is_late = day is not None and day < self.window.first - timedelta(days=self.late_days)
        return "late" if place == "within" and is_late else place

    def positions(self, incident: Incident) -> dict[str, Position]:
        """Where each report of `incident` stands, by its id."""
        return {ref.id: self.position(ref.id, ref.written_earliest, ref.written_latest, ref.published_at, incident.when.best)
                for ref in (joined.report for joined in incident.accounts)}

    def has(self, at: datetime) -> bool:
        """Whether what a person did at that instant was done within the window."""
        window = self.window
        if window.kept_since is not None and window.kept_until is not None:
            return window.kept_since <= at < window.kept_until
        return window.first <= at.astimezone(ZoneInfo(window.zone)).date() <= window.last


def day_of_report(earliest: date | None, latest: date | None, published: datetime | None, told: date | None,
                  zone: str) -> date | None:
    """The day by which a report existed; None: not known. `zone`: whose day its time of publication is of."""
    written = written_day(earliest, latest, told)
    if written is not None:
        return written
    if published is not None:
        return (published if published.tzinfo else published.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone)).date()
    return latest


def _place(at: Any, first: Any, after: Any) -> Position:
    return "before" if at < first else "within" if at < after else "after"


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of an incident before a window, and at its end. Both None: nothing that counts, but late reports may.

    fresh: ids of the reports within the window, those that came late aside. by_hand: what persons did to it within the window.
    """

    before: Incident | None
    after: Incident | None
    fresh: frozenset[str]
    is_late: bool
    by_hand: tuple[Change, ...]


def known(incident: Incident, clock: Clock, reports: Mapping[str, Report], view: View = HELD) -> Known:
    """`incident`, as the record holds it, as it was known before the window of `clock` and at its end, under the rules of `view`.

    reports: all of its reports by id. What persons corrected in it holds whenever they did so. An incident that only reports
    which came late tell is not known yet (is_late).
    """
    positions = clock.positions(incident)
    fresh = frozenset(name for name, place in positions.items() if place == "within")
    by_hand = tuple(line for line in incident.history if line.who != MACHINE and clock.has(line.at))
    held_before = _of(incident.accounts, positions, {"before"})
    if not fresh and not (held_before and by_hand):
        return Known(None, None, fresh, not held_before and "late" in positions.values(), ())
    hand = set_by_hand(incident, reports)
    before = rebuilt(incident, held_before, reports, view, hand) if held_before else None
    after = rebuilt(incident, _of(incident.accounts, positions, EXISTING), reports, view, hand)
    return Known(before, after, fresh, False, by_hand)


def needs_reports(incident: Incident, clock: Clock, view: View) -> bool:
    """Whether `known` has to merge accounts; else it gives the incident back as it is held."""
    positions = clock.positions(incident)
    return set(positions.values()) != {"within"} or not view.is_of(incident)


def rebuilt(incident: Incident, accounts: Sequence[Joined], reports: Mapping[str, Report], view: View,
            hand: Mapping[str, Any]) -> Incident:
    """`incident` as these of its accounts alone tell it; hand: fields that persons set (`set_by_hand`)."""
    if len(accounts) == len(incident.accounts) and view.is_of(incident):
        return incident
    some = {joined.report.id: reports[joined.report.id] for joined in accounts}
    one = merge(incident.id, [joined.account for joined in accounts], some, rule=view.toll,
                reasons={joined.account.id: joined.reasons for joined in accounts}, related=incident.related,
                review=incident.review, history=incident.history)
    if one.attribution is not None and one.attribution.rule != view.attribution:
        one = replace(one, attribution=attribution([joined.account for joined in one.accounts], some, view.attribution))
    if not hand:
        return one
    one = replace(one, **hand)
    return replace(one, headline=headline(one.kind, one.where.name or one.where.text), codes=codes_of(one.when, one.where))


def set_by_hand(incident: Incident, reports: Mapping[str, Report]) -> dict[str, Any]:
    """The fields in which `incident` differs from what its accounts tell, because a person set them; by name.

    What is held wins: an incident that only the machine has dealt with is not asked.
    """
    if all(line.who == MACHINE for line in incident.history):
        return {}
    own = {joined.report.id for joined in incident.accounts}
    if not own <= reports.keys():
        return {}
    told = merge(incident.id, [joined.account for joined in incident.accounts], {name: reports[name] for name in own})
    return {name: getattr(incident, name) for name in FIELDS if getattr(told, name) != getattr(incident, name)}


def _of(accounts: Iterable[Joined], positions: Mapping[str, Position], wanted: Iterable[Position]) -> list[Joined]:
    wanted = frozenset(wanted)
    return [joined for joined in accounts if positions[joined.report.id] in wanted]
