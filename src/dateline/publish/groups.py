"""The profile of an armed group: its names, what sources say about it over time, its incidents and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.publish.beside import as_published, beside_reports
from dateline.publish.layout import put, put_table
from dateline.publish.ledger import source_name
from dateline.publish.profiles import (
    Area,
    Claim,
    Month,
    ToldAttribute,
    ToldValue,
    areas_of,
    attributes_of,
    claims_of,
    months_of,
)
from dateline.publish.safe import plain
from dateline.publish.terminal import print_incidents
from dateline.publish.withhold import Published, withhold_decided, withhold_statement
from dateline.records import ArmedGroup, GroupStatement, Incident, ReportRef
from dateline.store import IncidentFilter

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store

MOST_NAMES = 12                   # on a terminal; `--json` has all
MOST_SPEAKERS = 2                 # of one value, each of so many characters
LONGEST_SPEAKER = 48


@dataclass(frozen=True, slots=True)
class Profile:
    """A group, and what the record holds of it as it may be shown. withheld: names left out of the incidents."""

    group: ArmedGroup
    statements: tuple[GroupStatement, ...]  # newest first
    incidents: tuple[Incident, ...]
    attributes: tuple[ToldAttribute, ...]   # the statements by attribute and value, contradictions beside each
    by_month: tuple[Month, ...]
    by_place: tuple[Area, ...]
    claims: tuple[Claim, ...]               # what the group claims, admits, denies and takes back
    reports: tuple[ReportRef, ...]          # that make the statements, each once
    withheld: int


def profile_of(group: ArmedGroup, store: Store, settings: Settings) -> Profile:
    """The profile of a group of the register in force. Its incidents are of the natures that lists show."""
    from dateline.queries import incident_filter

    wanted: IncidentFilter = incident_filter(group=group.id, nature=settings.nature, groups_file=settings.groups_file)
    shown = list(as_published(store, store.incidents(wanted)))
    incidents = tuple(one.incident for one in shown)
    told = told_of(group.id, store)
    return a_profile(group, told.statements, incidents, told.reports, sum(one.withheld for one in shown))


@dataclass(frozen=True, slots=True)
class Told:
    """Statements about a group as they may be shown, newest first, and the reports that make them. total: how many there are."""

    statements: tuple[GroupStatement, ...]
    reports: tuple[ReportRef, ...]
    total: int


def told_of(group: str, store: Store, most: int | None = None) -> Told:
    """What reports say about the group of that id; most: the newest so many of each attribute alone."""
    if most is None:
        kept = store.group_statements(group)
        total = len(kept)
    else:
        kept, total = store.newest_statements(group, most)
    ids = dict.fromkeys(said.report for said in kept)
    beside, refs = beside_reports(store, ids), store.lists.refs(ids)
    statements = tuple(withhold_statement(said, beside[said.report].accounts) for said in kept)
    reports = tuple(withhold_decided(refs[one], beside[one].accounts) for one in ids if one in refs)
    return Told(statements, reports, total)


def a_profile(group: ArmedGroup, statements: Sequence[GroupStatement], incidents: Sequence[Incident],
              reports: Sequence[ReportRef] = (), withheld: int = 0) -> Profile:
    """The profile that follows from what may be shown of a group; statements newest first."""
    outlets = {ref.id: source_name(ref) for ref in reports}
    return Profile(group, tuple(statements), tuple(incidents), attributes_of(statements, lambda said: by_words(said, outlets)),
                   months_of(incidents), areas_of(incidents), claims_of(group.id, incidents), tuple(reports), withheld)


def by_words(said: GroupStatement, outlets: dict[str, str]) -> str:
    """Who makes a statement: "Vale Monitor (Hawk Wire)". outlets: names of outlets by report."""
    outlet, speaker = outlets.get(said.report, ""), plain(said.speaker)
    return f"{speaker} ({outlet})" if speaker and outlet else speaker or outlet or "the report itself"


def print_group(console: Console, profile: Profile) -> None:
    _put_names(console, profile.group)
    console.print()
    if profile.attributes:
        _put_attributes(console, profile.attributes)
    else:
        put(console, "the reports read so far make no statement about it", indent=2, style="dim")
    if profile.claims:
        _put_claims(console, profile.claims)
    if profile.incidents:
        _put_months(console, profile.by_month)
        _put_places(console, profile.by_place)
        console.print()
        print_incidents(console, (Published(incident, 0) for incident in profile.incidents))


def _put_names(console: Console, group: ArmedGroup) -> None:
    put(console, Text.assemble((plain(group.name), "bold"), (f"  {plain(group.id)}", "dim")))
    names = [alias.name for alias in group.aliases]
    more = [f"{len(names) - MOST_NAMES} more names (--json)"] if len(names) > MOST_NAMES else []
    for words, values in (("also", [*names[:MOST_NAMES], *more]), ("active in", group.active_in),
                          ("part of", [group.parent] if group.parent else []),
                          ("came out of", [f"{split.group} ({split.since})" if split.since else split.group
                                           for split in group.split_from]),
                          ("founded", [group.founded] if group.founded else []),
                          ("dissolved", [group.dissolved] if group.dissolved else []),
                          ("in the lists", group.references)):
        if values:
            put(console, f"{words} {', '.join(map(plain, values))}", indent=2)


def _put_attributes(console: Console, attributes: Sequence[ToldAttribute]) -> None:
    """A table of what is said of it, by attribute; values of one time that contradict each other stand together, marked."""
    table = _table(("said of it", None), ("", 3), ("by", 2), ("as of", None))
    for told in attributes:
        for number, value in enumerate(told.values):
            words = Text(plain(value.value))
            if value.against:
                words.append(" [disputed]", style="yellow")
            table.add_row("" if number else told.attribute, words, Text(_speakers(value)), Text(_days(value)))
    put_table(console, table, indent=2)


def _speakers(value: ToldValue) -> str:
    more = len(value.by) - MOST_SPEAKERS
    shown = [name if len(name) <= LONGEST_SPEAKER else f"{name[:LONGEST_SPEAKER - 1]}…"
             for name in map(plain, value.by[:MOST_SPEAKERS])]
    return "; ".join((*shown, *((f"{more} more",) if more > 0 else ())))


def _days(value: ToldValue) -> str:
    if value.earliest == value.latest:
        return plain(value.latest)
    return f"{plain(value.earliest)[:7]} to {plain(value.latest)[:7]}"      # months, so that the words have room


def _put_claims(console: Console, claims: Sequence[Claim]) -> None:
    console.print()
    table = _table(("it says", None), ("of", None), ("", 3), ("on", None), ("told by", 2))
    for claim in claims:
        table.add_row(Text(claim.stance), Text(claim.incident), Text(plain(claim.headline)), Text(plain(claim.day)),
                      Text(plain(claim.by) or "the report itself"))
    put_table(console, table, indent=2)


def _put_months(console: Console, months: Sequence[Month]) -> None:
    console.print()
    table = _table(("month", None), ("incidents", None), ("killed", None), ("", 1))
    for month in months:
        notes = [f"{month.without_toll} without a number of dead"] if month.without_toll else []
        notes += [f"{month.alleged} alleged beside them"] if month.alleged else []
        table.add_row(month.month or "not known", str(month.incidents), str(month.killed) if month.killed else "-",
                      Text("; ".join(notes)))
    put_table(console, table, indent=2)


def _put_places(console: Console, areas: Sequence[Area]) -> None:
    if areas:
        put(console, f"where: {'; '.join(_area_words(areas))}", indent=2)


def _area_words(areas: Iterable[Area]) -> Iterator[str]:
    for area in areas:
        name = ", ".join(plain(part) for part in (area.admin1, area.country) if part) or "place not known"
        yield f"{name} {area.incidents}"


def _table(*columns: tuple[str, int | None]) -> Table:
    """Columns by heading and share of the width; None: as wide as its widest cell."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head, ratio in columns:
        table.add_column(head, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    return table
