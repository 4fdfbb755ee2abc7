"""dateline compare: a publisher's file beside the record."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.common import LEFT_OUT, JsonOption, RecordOption, console, print_json, settings_with
from dateline.cli.importing import KindOption, MapOption, MappingOption, SetOption, SheetOption, chosen_sheet, map_for

if TYPE_CHECKING:
    from dateline.importing.compare import Comparison

NAME = "compare"
SHORT = "Lay an ACLED or UCDP file, or another sheet, beside the record."
HELP = (
    "Say which events of a file the record has, which it lacks, and which it has besides, in the days and countries that the "
    "file covers. Nothing of the file is kept."
)
EXAMPLE = "dateline compare acled-2021.csv --as acled --out differences.csv"
COLUMNS = (
    "outcome",
    "their_row",
    "their_id",
    "incident_id",
    "points",
    "km",
    "days",
    "day",
    "country",
    "place",
    "kind",
    "killed_theirs",
    "killed_low",
    "killed_best",
    "killed_high",
)


def command(
    file: Annotated[Path, typer.Argument(help="An XLSX, CSV or TSV file.", metavar="FILE")],
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="Whose columns it has: acled, ucdp, gtd or plain. [default: as they say]",
            metavar="PUBLISHER",
            show_default=False,
        ),
    ] = None,
    columns: MapOption = None,
    always: SetOption = None,
    kinds: KindOption = None,
    mapping: MappingOption = None,
    sheet: SheetOption = None,
    nature: Annotated[
        str | None,
        typer.Option(
            help="Natures of our incidents compared, with commas between; all for every one. "
            "[default: DATELINE_NATURE, else political,unknown]",
            metavar="NATURES",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write every row and incident to a CSV file.", metavar="FILE", show_default=False)
    ] = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dataclasses import replace

    from dateline.importing.compare import compare
    from dateline.importing.sheets import read_sheets
    from dateline.publish.imports import print_comparison
    from dateline.settings import check_natures
    from dateline.store import open_record

    settings = settings_with(record)
    if as_ is not None and as_.lower() not in ("acled", "ucdp", "gtd", "plain"):
        raise typer.BadParameter(f"--as {as_!r}: must be acled, ucdp, gtd or plain")
    chosen = chosen_sheet(read_sheets(file), sheet)
    map_ = map_for(chosen, columns, always, kinds, mapping)
    if as_ is not None:
        map_ = replace(map_, profile=as_.lower())  # type: ignore[arg-type]
    with open_record(settings.record, create=False) as store:
        told = compare(
            store, chosen, map_, settings, natures=check_natures("--nature", settings.nature if nature is None else nature)
        )
    if out is not None:
        _write(out, told)
    if json:
        for row in _rows(told):
            print_json(row)
    else:
        print_comparison(console(), told)
    if told.unread:
        print(f"{len(told.unread):,} of {len(chosen.rows):,} rows could not be read", file=sys.stderr)
        raise SystemExit(LEFT_OUT)


def _write(path: Path, told: Comparison) -> None:
    from io import StringIO

    from dateline.publish.export.cells import csv_cell
    from dateline.toml_tables import write_whole

    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows([csv_cell(row[name]) for name in COLUMNS] for row in _rows(told))
    write_whole(path, text.getvalue())


def _rows(told: Comparison) -> Iterator[dict[str, Any]]:
    """One row for each match, and for each event of one side alone."""
    for match in told.matched:
        yield _row("matched", match.theirs, match.incident, points=match.judgement.points, km=match.km, days=match.days)
    for alone in told.theirs_only:
        yield {**_row("theirs only", alone.theirs, None, points=alone.points), "incident_id": alone.nearest}
    for incident in told.ours_only:
        yield _row("ours only", None, incident)


def _row(
    outcome: str, theirs: Any, incident: Any, *, points: float | None = None, km: float | None = None, days: int | None = None
) -> dict[str, Any]:
    from dateline.publish.withhold import withhold

    ours = withhold(incident).incident if incident is not None else None
    of = ours if ours is not None else theirs.account
    killed = ours.toll.killed if ours is not None else None
    counts = (
        [figure.words for figure in theirs.account.figures if figure.effect == "killed" and figure.scope == "incident"]
        if theirs
        else []
    )
    return {
        "outcome": outcome,
        "their_row": theirs.row.number if theirs else None,
        "their_id": theirs.id.own if theirs else None,
        "incident_id": ours.id if ours is not None else None,
        "points": points,
        "km": None if km is None else round(km, 1),
        "days": days,
        "day": of.when.best,
        "country": of.where.country,
        "place": of.where.name or of.where.text,
        "kind": of.kind,
        "killed_theirs": counts[0] if counts else None,
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
    }
