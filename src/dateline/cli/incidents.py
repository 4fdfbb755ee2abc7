"""dateline incidents: what is held."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, console, settings_with

NAME = "incidents"
HELP = "List the incidents held: what, when, where, by whom, how many, and from how many sources."
EXAMPLE = 'dateline incidents --since 2021-08-01 --country AF --group "ISIS-K"'

DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], show_default=False)]


def command(
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="May have begun on this day or later.",
                                                   show_default=False)] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="May have begun on this day or before.",
                                                   show_default=False)] = None,
    surely: Annotated[bool, typer.Option("--surely", help="Only what must fall in the span, not what may.")] = False,
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-2 code or name of a country.", show_default=False)] = None,
    group: Annotated[str | None, typer.Option(help="An armed group, by any of its names.", show_default=False)] = None,
    kind: Annotated[str | None, typer.Option(help="An incident kind, as in docs/record.md.", show_default=False)] = None,
    text: Annotated[str | None, typer.Option(help="Words that stand in its reports.", show_default=False)] = None,
    nature: Annotated[str | None, typer.Option(help="Natures shown, with commas between; all for every one. "
                                               "[default: political,unknown]", show_default=False)] = None,
    figures: Annotated[bool, typer.Option("--figures", help="Show each figure beside who gave it.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Do not withhold names of victims, witnesses and suspects.")] = False,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.publish.terminal import print_incidents
    from dateline.publish.withhold import Published, withhold
    from dateline.queries import incident_filter
    from dateline.records import to_line
    from dateline.store import open_record

    settings = settings_with(record)
    wanted = incident_filter(
        since=since.date() if since else None, until=until.date() if until else None, surely=surely, country=country,
        group=group, kind=kind, text=text, nature=nature or settings.nature, groups_file=settings.groups_file)
    with open_record(settings.record, create=False) as store:
        shown = (Published(i, 0) if names else withhold(i) for i in store.incidents(wanted))
        if json:
            for published in shown:
                print(to_line(published.incident))
        elif not print_incidents(console(), shown, figures=figures):
            typer.echo("no incident fits; dateline incidents --nature all lists crimes and accidents too", err=True)
