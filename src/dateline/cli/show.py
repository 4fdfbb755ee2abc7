"""dateline show: one incident in full."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, console, settings_with

NAME = "show"
HELP = "Show one incident: its accounts, every figure with who gave it, and the sentences that say so, marked."
EXAMPLE = "dateline show DTL-412"


def command(
    incident: Annotated[str, typer.Argument(help="An incident's id.", metavar="INCIDENT")],
    json: JsonOption = False,
    names: Annotated[bool, typer.Option("--names", help="Do not withhold names of victims, witnesses and suspects.")] = False,
    record: RecordOption = None,
) -> None:
    from dateline.errors import StoreError
    from dateline.extract.groups import load_register
    from dateline.publish.terminal import print_incident
    from dateline.publish.withhold import Published, withhold
    from dateline.records import to_line
    from dateline.store import open_record

    settings = settings_with(record)
    with open_record(settings.record, create=False) as store:
        held = store.incident(incident)
        if held is None:
            raise StoreError(f"{settings.record}: no incident {incident}; dateline incidents --nature all lists all of them")
        published = Published(held, 0) if names else withhold(held)
        if json:
            print(to_line(published.incident))
            return
        reports = {r.id: r for joined in held.accounts if (r := store.report(joined.report.id)) is not None}
        register = load_register()
        ids = {s.group for s in held.responsibility if s.group}
        print_incident(console(), published, reports, {i: g.name for i in ids if (g := register.get(i)) is not None})
