"""dateline import: a sheet of one's own, or an export that was edited."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import LEFT_OUT, JsonOption, RecordOption, console, print_json, settings_with, user
from dateline.cli.decide import AsOption, WhyOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.decisions import By
    from dateline.importing.mapping import ColumnMap
    from dateline.importing.sheets import Sheet
    from dateline.settings import Settings
    from dateline.store import Store

NAME = "import"
SHORT = "Bring in a sheet of your own, or an export that you edited."
HELP = (
    "Bring a sheet in, XLSX or CSV: rows of your own become accepted incidents under their own ids; an export that comes back "
    "edited becomes decisions. It first shows what would happen; --apply does it."
)
EXAMPLE = 'dateline import march.xlsx --map date="Day of attack" --set country=AF --apply'

MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help="Which column is which field: OURS=THEIRS; OURS= for none. May be given several times.",
        metavar="OURS=THEIRS",
        show_default=False,
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", help="What every row says: FIELD=VALUE, as country=AF.", metavar="FIELD=VALUE", show_default=False),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="What a word of the sheet is of our kinds: WORD=KIND.", metavar="WORD=KIND", show_default=False),
]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", help="A file with all of that, as --save-mapping writes it.", metavar="FILE", show_default=False),
]
SheetOption = Annotated[
    str | None,
    typer.Option("--sheet", help="The sheet of a workbook. [default: the first with rows]", metavar="NAME", show_default=False),
]


def command(
    file: Annotated[Path, typer.Argument(help="An XLSX, CSV or TSV file.", metavar="FILE")],
    apply: Annotated[bool, typer.Option("--apply", help="Do it; without this nothing is changed.")] = False,
    columns: MapOption = None,
    always: SetOption = None,
    kinds: KindOption = None,
    mapping: MappingOption = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option("--save-mapping", help="Write how the columns are read to a file.", metavar="FILE", show_default=False),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            help="What the sheet is called in the record. [default: its file's name]",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    sheet: SheetOption = None,
    keep_apart: Annotated[
        bool, typer.Option("--keep-apart", help="Each row is an incident of its own, whatever is held.")
    ] = False,
    private: Annotated[
        list[str] | None,
        typer.Option("--private", help="A column that holds names not to be published.", metavar="COLUMN", show_default=False),
    ] = None,
    why: WhyOption = "",
    who: AsOption = None,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.decisions import By
    from dateline.importing.returning import is_returning
    from dateline.importing.sheets import read_sheets
    from dateline.store import open_record

    settings, by = settings_with(record), By(user(who), why)
    sheets = read_sheets(file)
    if is_returning(sheets):
        with open_record(settings.record, create=False) as store:
            left_out = _returned(store, [*sheets, *_beside(file)], by, settings, apply=apply, json=json)
    else:
        chosen = chosen_sheet(sheets, sheet)
        map_ = map_for(chosen, columns, always, kinds, mapping, name)
        if save_mapping is not None:
            _save(map_, save_mapping)
        with ExitStack() as stack:
            store = stack.enter_context(open_record(settings.record if apply else _or_empty(settings.record, stack)))
            left_out = _own(store, chosen, map_, private or (), by, settings, apply=apply, keep_apart=keep_apart, json=json)
    if not apply:
        print("nothing is changed yet; --apply does it", file=sys.stderr)
    if left_out:
        raise SystemExit(LEFT_OUT)


def _or_empty(record: str, stack: ExitStack) -> str:
    """The record; where there is none yet an empty one for the time: what is only shown leaves nothing behind."""
    if "://" in record or Path(record).exists():
        return record
    return str(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-import-"))) / "empty.db")


def chosen_sheet(sheets: Sequence[Sheet], name: str | None) -> Sheet:
    """The sheet of that name. Raises BadParameter where there is none."""
    found = [one for one in sheets if name is None or (one.name or "").casefold() == name.casefold()]
    if not found:
        raise typer.BadParameter(f"--sheet {name!r}: there are {', '.join(one.name or one.file for one in sheets)}")
    return found[0]


def map_for(
    sheet: Sheet,
    columns: list[str] | None,
    always: list[str] | None,
    kinds: list[str] | None,
    mapping: Path | None,
    name: str | None = None,
) -> ColumnMap:
    """How the columns of a sheet are read: as a file says, or guessed; then as the options say."""
    from dataclasses import replace

    from dateline.importing.mapping import checked_name, guess, pairs_of, read_map, with_given

    base = read_map(mapping, sheet) if mapping is not None else guess(sheet)
    given = with_given(base, sheet, pairs_of(columns or (), "map"), pairs_of(always or (), "set"), pairs_of(kinds or (), "kind"))
    return replace(given, name=checked_name(name)) if name is not None else given


def _own(
    store: Store,
    sheet: Sheet,
    map_: ColumnMap,
    private: Sequence[str],
    by: By,
    settings: Settings,
    *,
    apply: bool,
    keep_apart: bool,
    json: bool,
) -> bool:
    from dateline.importing.own import apply_sheet, plan_sheet
    from dateline.publish.imports import plan_words, print_imported, print_map, print_plan

    plan = plan_sheet(store, sheet, map_, by, settings, private=private, apart=keep_apart, with_joins=not apply)
    done = apply_sheet(store, plan, by, settings) if apply else None
    if json:
        for one in plan.unread if done is not None else (*plan.coded, *plan.unread):
            print_json(one)
        for brought in done.rows if done is not None else ():
            print_json(
                {
                    "id": brought.coded.id.own,
                    "row": brought.coded.row.number,
                    "incident": brought.incident,
                    "joined": brought.joined,
                }
            )
    elif done is None:
        print_map(console(), map_, sheet)
        print_plan(console(), plan)
    else:
        print_imported(console(), done)
        print(plan_words(plan), file=sys.stderr)
    for unread in plan.unread if done is not None and not json else ():
        print(f"dateline: row {unread.row.number}: {'; '.join(unread.why)}", file=sys.stderr)
    return bool(plan.unread or sheet.problems)


def _returned(store: Store, sheets: Sequence[Sheet], by: By, settings: Settings, *, apply: bool, json: bool) -> bool:
    from dateline.importing.returned import apply_return
    from dateline.importing.returning import plan_return
    from dateline.publish.imports import print_refused, print_return, print_returned

    plan = plan_return(store, sheets, settings)
    done = apply_return(store, plan, by, settings) if apply else None
    if json:
        for one in (*(plan.edits if done is None else ()), *plan.stale, *plan.refused, *(() if done is None else (done,))):
            print_json(one)
    elif done is None:
        print_return(console(), plan)
    else:
        print_refused(console(), plan.stale, plan.refused)
        print_returned(console(), done)
    return bool(plan.stale or plan.refused or (done is not None and (done.stale or done.refused)))


def _beside(file: Path) -> Sequence[Sheet]:
    """The figures that a CSV export has in a file of their own."""
    from dateline.importing.sheets import read_sheets

    figures = file.with_name(f"{file.stem}.figures.csv")
    return read_sheets(figures) if file.suffix.lower() == ".csv" and figures.is_file() else ()


def _save(map_: ColumnMap, path: Path) -> None:
    from dateline.importing.mapping import map_text
    from dateline.toml_tables import write_whole

    write_whole(path, map_text(map_))
