"""dateline gazetteer: what the gazetteer is made of, what a name can mean in it, and adding to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import FAILED, LEFT_OUT, JsonOption, Problems, RecordOption, print_json, settings_with, user
from dateline.cli.help import Command

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.moving import Mention
    from dateline.where.gazetteer import Gazetteer
    from dateline.where.loading import Loaded
    from dateline.where.points import NewPoint

NAME = "gazetteer"
SHORT = "Look places up, and add to what is known of them."
HELP = "The gazetteer: what it is made of, what a name can mean in it, and adding files, boundaries and points to it."
EXAMPLE = "dateline gazetteer lookup Gao --country ML"

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
CountryOption = Annotated[str | None, typer.Option(help="ISO 3166 alpha-2 code or name of a country.", metavar="COUNTRY",
                                                   show_default=False)]
FilesArgument = Annotated[list[Path], typer.Argument(help="Files, as text or as the zip file that GeoNames ships.",
                                                     metavar="FILE")]


def _gazetteer() -> Gazetteer:
    """Both files as they are now, the built one made first where it is not there."""
    from dateline.where.added import added_path
    from dateline.where.gazetteer import Gazetteer, built_file

    return Gazetteer(built_file(), added_path())


@app.command("build", cls=Command, epilog="Example: dateline gazetteer build --force",
             help="Build the gazetteer from the installed packages, where that is not done yet.")
def build(force: Annotated[bool, typer.Option("--force", help="Build it anew although it is there.")] = False) -> None:
    from dateline.where.gazetteer import built_file

    path = built_file(anew=force)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB")


@app.command("sources", cls=Command, epilog="Example: dateline gazetteer sources --json",
             help="What the gazetteer is made of: versions, licences, and what they ask to be said.")
def sources(json: JsonOption = False) -> None:
    from dateline.publish.places import source_lines

    for source in _gazetteer().sources():
        if json:
            print_json(source)
        else:
            print("\n".join(source_lines(source)))


@app.command("lookup", cls=Command, epilog=f"Example: {EXAMPLE}",
             help="What a name can mean: each place with its units, point, size and source, the most populous first.")
def lookup(
    name: Annotated[str, typer.Argument(help="The name of a place, as reports print it.", metavar="NAME")],
    country: CountryOption = None,
    json: JsonOption = False,
) -> None:
    from dateline.publish.places import person_line, place_lines
    from dateline.queries import country_code
    from dateline.where.added import added_path
    from dateline.where.points import person_of

    code = country_code(country) if country else None
    gazetteer = _gazetteer()
    places = [p for p in gazetteer.lookup(name) if code in (None, p.country)]
    others = [p for p in gazetteer.similar(name, [code]) if p not in places] if code else []
    for place in places + others:
        if json:
            print_json(place)
            continue
        if others and place is others[0]:
            print("spelled like it:")
        print("\n".join(place_lines(place)))
        known = person_of(place, added_path())
        if known is not None:
            print(person_line(known.who, known.at, known.note))
    if not places + others:
        todo = "" if code else "; --country lets other spellings be sought"
        print(f"the gazetteer knows no such place{todo}", file=sys.stderr)


@app.command("add", cls=Command, epilog="Example: dateline gazetteer add AF.txt ML.zip",
             help="Load GeoNames' own files (allCountries.txt, or a country's). One that was stopped goes on where it was.")
def add(files: FilesArgument) -> None:
    from dateline.where.added import added_path
    from dateline.where.gazetteer import built_file
    from dateline.where.loading import load_files

    problems = Problems()
    loaded = load_files(files, added_path(), built_file(), on_problem=problems, progress=_tell)
    _tell_loaded(loaded, problems)


@app.command("add-admin", cls=Command, epilog="Example: dateline gazetteer add-admin mli_admbnda_adm3.geojson",
             help="Load OCHA's administrative boundaries (COD-AB, GeoJSON or CSV) of the first to third order, with P-codes.")
def add_admin(
    files: Annotated[list[Path], typer.Argument(help="Files of boundaries, GeoJSON or CSV.", metavar="FILE")],
) -> None:
    from dateline.errors import ReadError
    from dateline.where.added import added_path
    from dateline.where.boundaries import add_boundaries

    problems, loaded = Problems(), []
    for path in files:
        try:
            loaded.append(add_boundaries(path, _gazetteer(), added_path(), on_problem=problems))
        except ReadError as problem:
            problems(problem)
    _tell_loaded(loaded, problems)


@app.command("point", cls=Command, context_settings={"ignore_unknown_options": True},     # a longitude may begin with a minus
             epilog='Example: dateline gazetteer point Kwatai --near Giwa 11.31 7.52 --note "seen on a survey map"',
             help="Add a place that you know, or correct one that you added; accounts that name it can be moved there.")
def point(
    name: Annotated[str, typer.Argument(help="Its name, as reports print it.", metavar="NAME")],
    lat: Annotated[float | None, typer.Argument(help="Latitude, in degrees north.", metavar="LAT", show_default=False)] = None,
    lon: Annotated[float | None, typer.Argument(help="Longitude, in degrees east.", metavar="LON", show_default=False)] = None,
    near: Annotated[str | None, typer.Option(help="A place near it, or a unit that it lies in: the point is checked against it.",
                                             metavar="PLACE", show_default=False)] = None,
    kind: Annotated[str, typer.Option(help="What it is: village, town, camp, base, district, river, ...",
                                      metavar="KIND")] = "village",
    country: CountryOption = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another name of it. May be given several times.", metavar="NAME",
                                                    show_default=False)] = None,
    note: Annotated[str | None, typer.Option(help="Why it lies there: how you know. It is kept.", metavar="WORDS",
                                             show_default=False)] = None,
    who: Annotated[str | None, typer.Option(help="Who says so. [default: your user name]", metavar="NAME",
                                            show_default=False)] = None,
    move: Annotated[bool, typer.Option("--move", help="Move the accounts of the record that name it there.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the place away that you added.")] = False,
    record: RecordOption = None,
) -> None:
    from dateline.errors import SettingsError
    from dateline.queries import country_code
    from dateline.where.points import NewPoint

    if remove:
        _remove(name, country, record)
        return
    if lat is None or lon is None:
        raise typer.BadParameter("give its latitude and longitude, in degrees: NAME LAT LON")
    if name.startswith("--"):
        raise SettingsError(f"{name}: no such option")
    code = country_code(country) if country else None
    _add_point(NewPoint(name, lat, lon, kind, near, code, tuple(alias or ()), note), who or user(), move, record)


def _add_point(new: NewPoint, who: str, move: bool, record: str | None) -> None:
    from datetime import UTC, datetime

    from dateline import moving
    from dateline.errors import StoreError
    from dateline.publish.places import place_lines
    from dateline.store import open_record
    from dateline.where.added import added_path
    from dateline.where.points import add_point

    now = datetime.now(UTC)
    place_id = add_point(new, _gazetteer(), added_path(), who=who, at=now)
    place = _gazetteer().get(place_id)
    if place is None:
        raise StoreError(f"{added_path()}: {new.name} was taken away by another dateline; run the same command again")
    print("\n".join(place_lines(place)))
    settings = settings_with(record)
    if record is None and not _may_be_there(settings.record):
        return
    with open_record(settings.record, create=False) as store:
        mentions = moving.past_mentions(store, place, (new.name, *new.aliases))
        if mentions and move:
            incidents = moving.move(store, mentions, settings, who=who, why=new.note or "a person gave its point", at=now)
            print(f"{_mentions(mentions)} moved: {', '.join(incidents) or 'in no incident'}")
        elif mentions:
            print(f"{_mentions(mentions)} {'names' if len(mentions) == 1 else 'name'} it: {_listed(mentions)}")
            print("run again with --move to move them", file=sys.stderr)


def _may_be_there(record: str) -> bool:
    return "://" in record or Path(record).exists()


def _remove(name: str, country: str | None, record: str | None) -> None:
    from dateline import moving
    from dateline.errors import SettingsError
    from dateline.publish.safe import plain
    from dateline.queries import country_code
    from dateline.store import open_record
    from dateline.where.added import added_path
    from dateline.where.points import points_called, remove_point

    code = country_code(country) if country else None
    places = [p for p in points_called(name, _gazetteer()) if code in (None, p.country)]
    if len(places) != 1:
        todo = "give its --country" if places else "dateline gazetteer lookup NAME tells what is known"
        raise SettingsError(f"{len(places) or 'no'} places of that name were added by a person; {todo}")
    settings, again = settings_with(record), []
    if record is not None or _may_be_there(settings.record):
        with open_record(settings.record, create=False) as store:
            again = moving.read_again(store, places[0], (name, places[0].name))
    remove_point(places[0], added_path())
    print(f"{plain(places[0].name)} ({plain(places[0].id)}) is taken away")
    if again:
        stood = f"{len(again):,} {'account' if len(again) == 1 else 'accounts'} stood there"
        print(f"{stood}; the next `dateline run` says anew where", file=sys.stderr)


def _mentions(mentions: Sequence[Mention]) -> str:
    return f"{len(mentions):,} past {'mention' if len(mentions) == 1 else 'mentions'}"


def _listed(mentions: Sequence[Mention]) -> str:
    from dateline.publish.safe import plain

    return "; ".join(f"{mention.incident or 'no incident'} (now {plain(mention.now_at())})" for mention in mentions)


def _tell(name: str, rows: int) -> None:
    from dateline.publish.safe import plain

    print(f"{plain(name)}: {rows:,} lines" if name else "sorting the names", file=sys.stderr, flush=True)


def _tell_loaded(loaded: Sequence[Loaded], problems: Problems) -> None:
    from dateline.publish.safe import plain

    for one in loaded:
        told = "is held already" if one.known else f"{one.rows:,} lines, {one.kept:,} places kept"
        bad = f", {one.bad:,} bad ones passed over" if one.bad and not one.known else ""
        print(f"{plain(one.name)}: {told}{bad}")
    if problems.count or any(one.bad and not one.known for one in loaded):
        raise typer.Exit(LEFT_OUT if loaded else FAILED)
