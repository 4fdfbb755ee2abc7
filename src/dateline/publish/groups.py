"""The profile of an armed group: its names, what sources say about it, its incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from dateline.publish.terminal import plain, print_incidents
from dateline.publish.withhold import Published, withhold
from dateline.queries import incident_filter
from dateline.records import ArmedGroup, GroupStatement, Incident

if TYPE_CHECKING:
    from dateline.store import Store


@dataclass(frozen=True, slots=True)
class Profile:
    group: ArmedGroup
    statements: tuple[GroupStatement, ...]  # newest first
    incidents: tuple[Incident, ...]         # as they may be shown


def profile_of(group: ArmedGroup, store: Store) -> Profile:
    statements = sorted(store.group_statements(group.id), key=lambda s: (s.as_of.latest or "", s.id), reverse=True)
    incidents = tuple(withhold(i).incident for i in store.incidents(incident_filter(group=group.id)))
    return Profile(group, tuple(statements), incidents)


def print_group(console: Console, profile: Profile) -> None:
    group = profile.group
    console.print(Text(group.name, style="bold"), Text(group.id, style="dim"))
    aliases = ", ".join(a.name for a in group.aliases)
    if aliases:
        console.print(Text(f"  also {plain(aliases)}"))
    console.print()
    for statement in profile.statements:
        value = "; ".join(f"{k} {v}" for k, v in statement.value.items() if isinstance(v, str | int))
        as_of = f"  ({statement.as_of.latest})" if statement.as_of.latest else ""
        said = f"  [{plain(statement.speaker)}]" if statement.speaker else ""
        console.print(Text(f"  {statement.attribute}: {plain(value)}{said}{as_of}"))
    if not profile.statements:
        console.print(Text("  the reports read so far make no statement about it", style="dim"))
    console.print()
    print_incidents(console, (Published(i, 0) for i in profile.incidents))
