"""dateline sources: the register of outlets, agencies and speakers, and setting what a person knows of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, console, print_json, settings_with
from dateline.cli.help import Command

NAME = "sources"
SHORT = "List sources and speakers, or set what is known of one."
HELP = ("List the register of sources: outlets, agencies and speakers. With set, change or add one in a file of your own; with "
        "feeds, see how the watched feeds fare.")
EXAMPLE = "dateline sources --json"
EXAMPLE_SET = 'dateline sources set "Vale Wire" --kind agency --party vale-front'

app = typer.Typer(add_completion=False, rich_markup_mode=None, invoke_without_command=True)


@app.callback()
def sources(
    context: typer.Context,
    json: JsonOption = False,
) -> None:
    from dateline.publish.sources import print_sources
    from dateline.queries import sources_in_force

    if context.invoked_subcommand is not None:
        return
    held = sorted(sources_in_force(settings_with()).sources.values(), key=lambda source: source.id)
    if json:
        for source in held:
            print_json(source)
    else:
        print_sources(console(), held)


@app.command("feeds", cls=Command, epilog="Example: dateline sources feeds --json",
             help="How each feed fares that dateline watch asks: last answer, last new report, failures in a row, what is usual, "
                  "and what is wrong with it.")
def feeds(
    all: Annotated[bool, typer.Option("--all", help="Also those that are on the list no more.")] = False,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.publish.feeds import print_feeds
    from dateline.store import open_record

    with open_record(settings_with(record).record, create=False) as store:
        held = store.feeds.all(watched=None if all else True)
    if json:
        for feed in held:
            print_json(feed)
    elif held:
        print_feeds(console(), held)
    else:
        typer.echo("no feed is watched; dateline watch FEEDS.opml watches some", err=True)


@app.command("set", cls=Command, epilog=f"Example: {EXAMPLE_SET}",
             help="Change what is known of a source, or add one, in your own file; the packaged register stays as it is.")
def set_(
    name: Annotated[str, typer.Argument(help="A source, by any of its names; a new one by its name in print.", metavar="NAME")],
    kind: Annotated[str | None, typer.Option(help="What it is: outlet, agency, monitor, official, military, police, hospital, "
                                             "list, armed group, witness or other.", metavar="KIND", show_default=False)] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-2 code or name of the country of its seat.",
                                                metavar="COUNTRY", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1 code.", metavar="LANGUAGE", show_default=False)] = None,
    scale: Annotated[str | None, typer.Option(help="ACLED's: Local partner, Other, New media, Subnational, National, Regional or "
                                              "International.", metavar="SCALE", show_default=False)] = None,
    party: Annotated[str | None, typer.Option(help="The side that it speaks for: a group by any of its names, state: and a "
                                              "country, or none.", metavar="SIDE", show_default=False)] = None,
    reliability: Annotated[str | None, typer.Option(help="high, medium or low; low counts as if nobody were named. Needs --why.",
                                                    metavar="WORD", show_default=False)] = None,
    why: Annotated[str | None, typer.Option(help="Why it is as reliable as that.", metavar="WORDS", show_default=False)] = None,
    also: Annotated[list[str] | None, typer.Option("--name", help="Another name of it. May be given several times.",
                                                   metavar="NAME", show_default=False)] = None,
) -> None:
    from dateline.publish.sources import print_source
    from dateline.queries import country_code, own_sources_path, party_id
    from dateline.reconcile.source_files import set_source

    if (reliability is None) != (why is None):
        raise typer.BadParameter("--reliability and --why go together: who reads it later must know why")
    settings = settings_with()
    trust = {"value": reliability, "why": why, "at": date.today().isoformat()} if reliability else None
    given = {"kind": kind, "country": country_code(country) if country else None, "language": language, "scale": scale,
             "party_to": party_id(party, settings.groups_file) if party else None, "reliability": trust}
    path = own_sources_path(settings)
    change = set_source(path, name, given, also or ())
    print_source(console(), change.after)
    done = "left as it is" if change.after == change.before else "written"
    typer.echo(f"{path} {done}; incidents held change when they are reconciled again", err=True)
