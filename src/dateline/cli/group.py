"""dateline group: what sources say about an armed group."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, console, print_json, settings_with, tell_withheld

NAME = "group"
SHORT = "Show what sources say about an armed group."
HELP = "Show an armed group: its names, what sources say about it, newest first, and its incidents."
EXAMPLE = 'dateline group "ISIL-K" --json'


def command(
    name: Annotated[str, typer.Argument(help="An armed group, by any of its names.", metavar="NAME")],
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.errors import StoreError
    from dateline.publish.groups import print_group, profile_of
    from dateline.queries import resolve_group, why_none
    from dateline.store import open_record

    settings = settings_with(record)
    group = resolve_group(name, settings.groups_file)
    if group is None:
        raise StoreError(f"{name!r}: {why_none(name, settings.groups_file)}")
    with open_record(settings.record, create=False) as store:
        profile = profile_of(group, store, settings)
    if json:
        print_json(profile)
    else:
        print_group(console(), profile)
    tell_withheld(profile.withheld, todo="dateline show INCIDENT --names shows them")
