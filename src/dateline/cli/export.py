"""dateline export: incidents in the shapes that others work with."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.choosing import (
    CountryOption,
    GroupOption,
    KindOption,
    SinceOption,
    SurelyOption,
    TextOption,
    UnplacedOption,
    UntilOption,
)
from dateline.cli.common import AttributionOption, RecordOption, RuleOption, one_line, settings_with, view_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from dateline.publish.export import Known, Parts, Shape, Written
    from dateline.settings import Settings

NAME = "export"
SHORT = "Write incidents as CSV, XLSX, GeoJSON, Parquet, ACLED, UCDP, PLOVER or HXL."
HELP = ("Write the incidents held in the shapes that others work with: csv, xlsx, jsonl, geojson, parquet, acled, ucdp, plover, "
        "hxl. Names of victims, witnesses and suspects are always withheld.")
EXAMPLE = "dateline export acled --since 2021-08-01 --country AF --out afghanistan.csv"
STDOUT = "-"


def command(
    shape: Annotated[str, typer.Argument(help="csv, xlsx, jsonl, geojson, parquet, acled, ucdp, plover or hxl.",
                                         metavar="SHAPE")],
    out: Annotated[str | None, typer.Option("--out", help="The file to write; - for standard output (shapes of one file). "
                                            "[default: incidents and the shape's suffix, here]", metavar="FILE",
                                            show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    surely: SurelyOption = False,
    country: CountryOption = None,
    group: GroupOption = None,
    kind: KindOption = None,
    text: TextOption = None,
    unplaced: UnplacedOption = False,
    nature: Annotated[str | None, typer.Option(help="Natures written, with commas between; all for every one. "
                                               "[default: DATELINE_NATURE, else political,unknown]", metavar="NATURES",
                                               show_default=False)] = None,
    rule: RuleOption = None,
    attribution: AttributionOption = None,
    record: RecordOption = None,
) -> None:
    from dateline.publish.beside import beside_incidents
    from dateline.publish.export import About, filter_told, shape_of, write
    from dateline.queries import incident_filter
    from dateline.reconcile.views import view_of
    from dateline.store import open_record

    settings = settings_with(record)
    view, chosen = view_with(settings, rule, attribution), shape_of(shape)
    wanted = incident_filter(
        since=since.date() if since else None, until=until.date() if until else None, surely=surely, country=country,
        group=group, kind=kind, text=text, unplaced=unplaced,
        nature=settings.nature if nature is None else nature, groups_file=settings.groups_file)
    about = About(datetime.now(UTC), filter_told(wanted), view, settings.licence or None, settings.handling or None)
    with open_record(settings.record, create=False) as store:
        def written_to(to: Parts | IO[bytes]) -> Written:
            return write(view_of(store.incidents(wanted), view, store.report), chosen, to, about, known=_known(settings),
                         report=store.report, around=partial(beside_incidents, store))

        written, names = _to_stdout(chosen, written_to) if out == STDOUT else _to_files(_path(out, chosen), force, written_to)
    _tell(written, names)


def _known(settings: Settings) -> Known:
    from dateline.publish.export import Known
    from dateline.queries import register_in_force, sources_in_force

    return Known(register_in_force(settings.groups_file), sources_in_force(settings))


def _path(out: str | None, shape: Shape) -> Path:
    return Path(out) if out is not None else Path(f"incidents{shape.suffix}")


def _to_files(path: Path, force: bool, written_to: Callable[[Parts], Written]) -> tuple[Written, list[str]]:
    from dateline.errors import ExportError
    from dateline.publish.export import FilesBeside

    if path.exists() and not force:
        raise ExportError(f"{path}: is there already; give another --out, or --force to replace it")
    with FilesBeside(path) as files:
        written = written_to(files)
    return written, files.names()


def _to_stdout(shape: Shape, written_to: Callable[[IO[bytes]], Written]) -> tuple[Written, list[str]]:
    from dateline.errors import ExportError

    if sys.stdout.isatty() and not shape.media_type.startswith(("text/", "application/geo+json", "application/x-ndjson")):
        raise ExportError(f"{shape.name}: is no text to print on a terminal; give --out FILE")
    written = written_to(sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return written, []


def _tell(written: Written, names: list[str]) -> None:
    """What was written, left out and withheld, on standard error."""
    from dateline.publish.words import withheld_words

    rows = ", ".join(f"{count:,} {table}" for table, count in written.rows.items())
    where = f" to {one_line(', '.join(names))}" if names else ""
    typer.echo(f"{written.incidents:,} incidents read; written: {rows}{where}", err=True)
    if whole := written.left_out.get("incident", 0):
        typer.echo(f"{whole:,} incident{'s' if whole != 1 else ''} not written: the shape has no place for them", err=True)
    if values := sum(count for what, count in written.left_out.items() if what != "incident"):
        beside = next((f"they are in {one_line(name)}" for name in names if name.endswith("left-out.jsonl")),
                      "with --out FILE a file beside it has them")
        typer.echo(f"{values:,} values that the shape cannot hold: {beside}", err=True)
    if words := withheld_words(written.names, written.passages, written.places):
        typer.echo(f"to protect people: {words}", err=True)
