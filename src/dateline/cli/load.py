"""dateline load: the tables of an archive into a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.common import LEFT_OUT, Problems, RecordOption, settings_with
from dateline.cli.run import progress_bar, summary_lines

NAME = "load"
SHORT = "Bring the tables of an archive into the record."
HELP = ("Bring the tables that dateline backfill has made into the record and reconcile them, as dateline run would have. What "
        "was loaded before changes nothing.")
EXAMPLE = "dateline load tables/ --record archive.db"


def command(
    folder: Annotated[Path, typer.Argument(help="Folder of the tables.", metavar="DIR")],
    record: RecordOption = None,
) -> None:
    from dateline.backfill.load import load
    from dateline.backfill.manifest import read_manifest
    from dateline.store import open_record

    settings, problems = settings_with(record), Problems()
    held = read_manifest(folder)          # refused before a record is made
    with open_record(settings.record) as store, progress_bar() as progress:
        summary = load(folder, store, settings, on_problem=problems, progress=progress)
    if held.files_done < held.files:
        print(f"{held.files - held.files_done:,} of {held.files:,} files of the archive are not read yet, or quarantined: "
              "finish the backfill, then load again", file=sys.stderr)
    print("\n".join(summary_lines(summary)), file=sys.stderr)
    if summary.problems or summary.failed or held.files_done < held.files:
        raise typer.Exit(LEFT_OUT)
