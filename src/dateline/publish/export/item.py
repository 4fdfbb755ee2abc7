"""One incident as the shapes see it: what may be published of it, its revision, what registers know of its groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from dateline.publish.withhold import ALONE, Published, Surroundings, withhold
from dateline.reconcile.tolls import toll
from dateline.records import ArmedGroup, Incident, Joined, Report, Source, Toll
from dateline.records.incident import TollPart, TollRule
from dateline.records.revision import revision_of


class Groups(Protocol):
    def get(self, group_id: str, /) -> ArmedGroup | None: ...
    def type_in(self, group_id: str, country: str | None, day: date | None, /) -> int | None: ...


class Outlets(Protocol):
    def get(self, name: str | None, /) -> Source | None: ...


@dataclass(frozen=True, slots=True)
class Known:
    """The registers in force; without them groups are named by their ids, and outlets have no scale."""

    groups: Groups | None = None
    outlets: Outlets | None = None

    def group(self, group_id: str | None) -> ArmedGroup | None:
        return self.groups.get(group_id) if self.groups is not None and group_id else None

    def group_name(self, group_id: str) -> str:
        found = self.group(group_id)
        return found.name if found is not None else group_id

    def group_type(self, group_id: str | None, country: str | None, day: date | None) -> int | None:
        return self.groups.type_in(group_id, country, day) if self.groups is not None and group_id else None

    def outlet(self, name: str | None) -> Source | None:
        return self.outlets.get(name) if self.outlets is not None else None


NOTHING_KNOWN = Known()
ReportOf = Callable[[str], Report | None]
AroundOf = Callable[[Sequence[Incident]], Mapping[str, Surroundings]]         # by the incidents' ids


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a shape could not hold of an incident. what: "incident", or the field; value: what it was."""

    incident_id: str
    revision: str
    what: str
    why: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Item:
    """An incident to write. Shapes read `incident`, from which what may not be shown is gone."""

    incident: Incident
    revision: str
    published: Published
    known: Known
    _held: Incident = field(repr=False)
    _reports: ReportOf | None = field(repr=False)
    _tolls: dict[tuple[str, str], Toll] = field(default_factory=dict, repr=False)     # worked out already

    def toll(self, rule: TollRule, effect: str = "killed") -> Toll:
        """The toll of "killed" or "injured" by `rule`, as it is held or computed again from the standing figures.

        Its numbers may be shown; `by_actor` has names as they are held.
        """
        held: Toll = getattr(self._held.toll, effect)
        if held.rule == rule:
            return held
        if (effect, rule) not in self._tolls:
            accounts = [joined.account for joined in self._held.accounts]
            self._tolls[effect, rule] = toll(accounts, "killed" if effect == "killed" else "injured", rule, self._found())
        return self._tolls[effect, rule]

    def attackers_lost(self, rule: TollRule) -> list[TollPart]:
        """The attackers' own dead, where their kind of act is one-sided; unnamed: the names are as they are held."""
        attackers = [actor for actor in self._held.actors if actor.role == "attacker"]
        names = {name for actor in attackers for name in (actor.group, actor.organisation, actor.text)} | {"attackers"}
        return [replace(part, of="attackers") for part in self.toll(rule).by_actor if part.of in names]

    def left_out(self, what: str, why: str, value: Any = None) -> LeftOut:
        return LeftOut(self.incident.id, self.revision, what, why, value)

    def _found(self) -> Mapping[str, Report]:
        ids = dict.fromkeys(joined.report.id for joined in self._held.accounts) if self._reports is not None else {}
        found = {one: self._reports(one) for one in ids} if self._reports is not None else {}
        return {one: report for one, report in found.items() if report is not None}


def item_of(incident: Incident, known: Known, reports: ReportOf | None, beside: Surroundings = ALONE) -> Item:
    published = withhold(incident, beside)
    shown = replace(published.incident, accounts=tuple(map(_without_folders, published.incident.accounts)))
    return Item(shown, revision_of(incident), published, known, incident, reports)


def _without_folders(joined: Joined) -> Joined:
    """A report that was read from a file keeps the file's name alone: the folders of a machine tell whose it is."""
    source = joined.report.source
    if source.startswith(("http://", "https://")):
        return joined
    path, sign, record = source.partition("#")              # "archive.warc.gz#https://..."
    name = path.replace("\\", "/").rsplit("/", 1)[-1] + sign + record
    return replace(joined, report=replace(joined.report, source=name))
