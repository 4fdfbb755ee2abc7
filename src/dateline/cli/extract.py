"""dateline extract: what reports say, without a record."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.common import (
    LEFT_OUT,
    JsonOption,
    MapOption,
    OfflineOption,
    Problems,
    console,
    names_of,
    print_json,
    settings_with,
)

NAME = "extract"
SHORT = "Print what reports say, without a record."
HELP = "Print what each report says: its accounts and its statements about armed groups. Needs and changes no record."
EXAMPLE = "dateline extract report.txt --json"


def command(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, addresses, or - for standard input.", metavar="SOURCE")],
    json: JsonOption = False,
    map: MapOption = None,
    offline: OfflineOption = False,
) -> None:
    from dateline.extract import Failed
    from dateline.extract.extractor import extractor_of
    from dateline.publish.extraction import print_extraction
    from dateline.read import read

    problems, names, settings = Problems(), names_of(map), settings_with(offline=offline)
    extractor = extractor_of(settings)
    reports = (r for source in sources for r in read(source, settings=settings, on_problem=problems, names=names))
    out = console()
    for report, outcome in extractor(reports):
        if isinstance(outcome, Failed):
            problems(outcome.error)
        elif json:
            print_json({"report": report, "accounts": outcome.accounts, "group_statements": outcome.group_statements})
        else:
            print_extraction(out, report, outcome)
    if problems.count:
        raise typer.Exit(LEFT_OUT)
