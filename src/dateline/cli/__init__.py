"""The command line: one short module a command. Results go to stdout, everything else to stderr.

Exit codes: 0 all done; 1 the command could not do its work; 2 it was called wrongly; 3 done, but something was left out
(each named in a line on stderr).
"""

from __future__ import annotations

import typer

from dateline.cli import (
    backfill,
    backup,
    brief,
    compare,
    copy,
    decide,
    doctor,
    editions,
    enter,
    export,
    extract,
    forget,
    gazetteer,
    group,
    groups,
    importing,
    incidents,
    load,
    mails,
    people,
    run,
    serve,
    show,
    source,
    sources,
    subscribers,
    watch,
)
from dateline.cli.common import report_errors
from dateline.cli.help import Command

app = typer.Typer(
    name="dateline", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Read news reports on armed conflict and keep a sourced record of incidents: what, where, when, by whom, "
         "how many, and who says so.",
    epilog="Example: dateline run reports/ https://example.org/feed.xml archive.warc.gz")

for command in (run, watch, incidents, show, group, source, extract, export, importing, compare, enter, forget, doctor, brief,
                serve, copy, backfill, load):
    app.command(command.NAME, cls=Command, help=command.HELP, short_help=command.SHORT,
                epilog=f"Example: {command.EXAMPLE}")(command.command)
decide.add_to(app)
people.add_to(app)
mails.add_to(app)
backup.add_to(app)
for several in (groups, sources, gazetteer, editions, subscribers):
    app.add_typer(several.app, name=several.NAME, help=several.HELP, short_help=several.SHORT,
                  epilog=f"Example: {several.EXAMPLE}")


def main() -> None:
    """The program `dateline`."""
    with report_errors():
        app()
