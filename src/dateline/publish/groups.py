"""The profile of an armed group: its names, what sources say about it, its incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.publish.layout import put, put_table
from dateline.publish.ledger import source_name
from dateline.publish.safe import plain
from dateline.publish.terminal import print_incidents
from dateline.publish.withhold import Published, withhold, withhold_statement
from dateline.publish.words import statement_words
from dateline.reconcile.merge import report_ref
from dateline.records import ArmedGroup, GroupStatement, Incident, ReportRef
from dateline.store import IncidentFilter

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store


@dataclass(frozen=True, slots=True)
class Profile:
    """A group, and what the record holds of it as it may be shown. withheld: names left out of the incidents."""

    group: ArmedGroup
    statements: tuple[GroupStatement, ...]  # newest first
    incidents: tuple[Incident, ...]
    reports: tuple[ReportRef, ...] = ()     # that make the statements, each once
    withheld: int = 0


def profile_of(group: ArmedGroup, store: Store, settings: Settings) -> Profile:
    """The profile of a group of the register in force. Its incidents are of the natures that lists show."""
    from dateline.queries import incident_filter

    wanted: IncidentFilter = incident_filter(group=group.id, nature=settings.nature, groups_file=settings.groups_file)
    incidents = [withhold(incident) for incident in store.incidents(wanted)]
    statements = [withhold_statement(said, store.accounts_of(said.report)) for said in store.group_statements(group.id)]
    told_by = [store.report(report) for report in dict.fromkeys(said.report for said in statements)]
    return Profile(group, tuple(statements), tuple(published.incident for published in incidents),
                   tuple(report_ref(report) for report in told_by if report is not None),
                   sum(published.withheld for published in incidents))


def print_group(console: Console, profile: Profile) -> None:
    group = profile.group
    put(console, Text.assemble((plain(group.name), "bold"), (f"  {plain(group.id)}", "dim")))
    for words, values in (("also", [a.name for a in group.aliases]), ("active in", group.active_in),
                          ("part of", [group.parent] if group.parent else []),
                          ("came out of", [f"{split.group} ({split.since})" if split.since else split.group
                                           for split in group.split_from]),
                          ("founded", [group.founded] if group.founded else []),
                          ("dissolved", [group.dissolved] if group.dissolved else []),
                          ("in the lists", group.references)):
        if values:
            put(console, f"{words} {', '.join(map(plain, values))}", indent=2)
    console.print()
    if profile.statements:
        _put_statements(console, profile)
    else:
        put(console, "the reports read so far make no statement about it", indent=2, style="dim")
    if profile.incidents:
        console.print()
        print_incidents(console, (Published(incident, 0) for incident in profile.incidents))


def _put_statements(console: Console, profile: Profile) -> None:
    outlets = {ref.id: source_name(ref) for ref in profile.reports}
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head, ratio in (("said of it", None), ("", 3), ("by", 2), ("as of", None)):
        table.add_column(head, ratio=ratio, overflow="fold", no_wrap=ratio is None)
    for said in profile.statements:
        outlet = outlets.get(said.report, "")
        speaker = plain(said.speaker)
        by = f"{speaker} ({outlet})" if speaker and outlet else speaker or outlet or "the report itself"
        table.add_row(said.attribute, Text(statement_words(said)), Text(by), Text(plain(said.as_of.latest)))
    put_table(console, table, indent=2)
