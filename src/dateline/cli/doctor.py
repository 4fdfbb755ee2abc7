"""dateline doctor: a check-up of this installation and of the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from dateline.cli.common import FAILED, JsonOption, RecordOption, one_line, print_json, settings_with

NAME = "doctor"
SHORT = "Check this installation and the record, and say what to do."
HELP = ("Check that the packaged data, the model and the gazetteer are there and whole, room on the disk, the clock, the "
        "record's tables, pages and keys, and its copies; of a record on PostgreSQL the server, its clock and who has held "
        "it for long. Each line is ok, warn or fail, with what to do. Nothing is changed. Exit code 1 where a line says fail.")
EXAMPLE = "dateline doctor --record dateline.db"


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Do not read every page of the record.")] = False,
    as_json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.checkup import examine

    failed = False
    for one in examine(settings_with(record), datetime.now(UTC), quick=quick):
        failed = failed or one.state == "fail"
        if as_json:
            print_json(one)
        else:
            told = one_line(f"{one.about}: {one.said}" + (f"; {one.todo}" if one.todo else ""))
            print(f"{one.state:<4}  {told}", flush=True)
    if failed:
        raise typer.Exit(FAILED)
