"""Load GeoNames files into the file of what was added: streaming, in constant memory, and going on where a kill stopped it."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dateline.errors import ReadError
from dateline.where.added import adding, in_plain_words, sort_in
from dateline.where.filling import ONE_SPELLING
from dateline.where.geonames import COLUMNS, MOST_CHARS, Kept, blocks, kept_as, opened, town_km
from dateline.where.names import ARABIC, fold, key_variants, usable
from dateline.where.schema import ALTERNATE, DERIVED, INSERT_PLACE, OWN, unit_code
from dateline.where.spelling import skeleton

SOURCE = "geonames-file"
COMMIT_ROWS = 200_000  # lines: so many are read again after a kill at most
JUDGED_LINES = 100  # a file whose first lines are all bad is no GeoNames file
COUNTRY = re.compile("(?:[A-Z]{2})?")  # or none: seas
_UNASKED = Kept("", 0.0)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was taken from one file, in this call and earlier ones."""

    name: str
    rows: int
    kept: int
    bad: int
    known: bool = False  # it was loaded to its end before: nothing was done


Progress = Callable[[str, int], None]
"""Told the file's name and the rows read of it so far."""


@dataclass(slots=True)
class _Known:
    """What the built gazetteer says of units and of places that our lists name too, by GeoNames id."""

    units: dict[int, tuple[float, bool]] = field(default_factory=dict)  # radius in km; whether its point is better than a file's
    listed: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Batch:
    """Rows for the tables, until they are written."""

    places: list[tuple[object, ...]] = field(default_factory=list)
    names: list[tuple[str, int, float]] = field(default_factory=list)
    bones: list[tuple[str, str, str]] = field(default_factory=list)
    units: list[tuple[str, int, str]] = field(default_factory=list)

    def write(self, db: sqlite3.Connection) -> None:
        db.executemany(INSERT_PLACE, self.places)
        db.executemany("insert into staged values (?,?,?)", self.names)
        db.executemany("insert into staged_skeleton values (?,?,?)", self.bones)
        db.executemany("insert or replace into unit values (?,?,?)", self.units)
        for rows in (self.places, self.names, self.bones, self.units):
            rows.clear()


def load_files(
    files: Sequence[Path],
    added: Path,
    built: Path,
    *,
    on_problem: Callable[[ReadError], None],
    progress: Progress = lambda _name, _rows: None,
) -> list[Loaded]:
    """Load GeoNames `files` into `added`; what was loaded of them before is passed over. built: the built gazetteer.

    on_problem: told of each file that cannot be read, or not to its end; the others go on. Raises StoreError for what the disk
    refuses; what was committed until then stays, and the same call goes on from there.
    """
    known, loaded = _read_known(built), []
    with adding(added) as db:
        for path in files:
            try:
                loaded.append(_load(path, db, known, progress))
            except ReadError as problem:
                db.commit()
                on_problem(problem)
        if db.execute("select 1 from staged limit 1").fetchone() or not all(one.known for one in loaded):
            progress("", 0)
            sort_in(db)
    return loaded


def _read_known(built: Path) -> _Known:
    known = _Known()
    with in_plain_words(built):
        db = sqlite3.connect(f"{built.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        rows = db.execute("select id, radius_km, source from place where kind in ('admin1', 'admin2') and id > 0")
        known.units = {key: (radius, source != "geonames") for key, radius, source in rows}
        known.listed = {key for (key,) in db.execute("select id from place where instr(source, '+hand') and id > 0")}
        db.close()
    return known


def file_key(path: Path) -> str:
    """What tells one file from another: a hash of its bytes. Raises ReadError where they cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    except IsADirectoryError:
        raise ReadError(str(path), "a folder, not a file", todo="give the files in it") from None
    except OSError as error:
        raise ReadError(str(path), f"cannot be read ({error.strerror})") from None


def _load(path: Path, db: sqlite3.Connection, known: _Known, progress: Progress) -> Loaded:
    key = file_key(path)
    row = db.execute("select offset, rows, kept, bad, done from loading where file = ?", (key,)).fetchone()
    start, rows, kept, bad, done = row or (0, 0, 0, 0, 0)
    if done:
        return Loaded(path.name, rows, kept, bad, known=True)
    if start < 0:  # read to its end, and killed while its names were sorted
        return Loaded(path.name, rows, kept, bad)
    batch, kinds, uncommitted = _Batch(), dict[str, Kept | None](), 0
    with opened(path, start) as file:
        for block in blocks(file, start):
            taken, wrong = _take(block.lines, batch, kinds, known)
            rows, kept, bad = rows + len(block.lines) + block.bad, kept + taken, bad + wrong + block.bad
            if not kept and bad == rows and rows:
                raise _not_geonames(path, block.lines)
            uncommitted += len(block.lines)
            batch.write(db)
            if uncommitted >= COMMIT_ROWS:
                _note(db, key, path, block.end, rows, kept, bad)
                uncommitted = 0
                progress(path.name, rows)
        _note(db, key, path, -1, rows, kept, bad)
    return Loaded(path.name, rows, kept, bad)


def _note(db: sqlite3.Connection, key: str, path: Path, offset: int, rows: int, kept: int, bad: int) -> None:
    """Commit, with how far the file was read; offset -1: to its end."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = (key, path.name, "GeoNames", now, offset, rows, kept, bad)
    db.execute("insert or replace into loading values (?,?,?,?,?,?,?,?,0)", values)
    db.commit()


def _not_geonames(path: Path, lines: list[str]) -> ReadError:
    columns = lines[0].count("\t") + 1 if lines else 0
    told = f"its first line has {columns} columns, not {COLUMNS}" if columns != COLUMNS else "none of its first lines is a place"
    if not lines:
        told = "binary, or one endless line"
    return ReadError(str(path), f"not a GeoNames file: {told}", todo="give allCountries.txt, or a country's file such as AF.txt")


def _take(lines: list[str], batch: _Batch, kinds: dict[str, Kept | None], known: _Known) -> tuple[int, int]:
    """Put what is kept of `lines` into `batch`. Returns how many were kept, and how many were bad.

    One long loop over plain values: it runs for millions of lines, so it makes no object that it does not need.
    """
    taken = bad = 0
    places, units, codes = batch.places, batch.units, _Codes()
    for line in lines:
        f = line.split("\t")
        if len(f) != COLUMNS:
            bad += 1
            continue
        feature = f"{f[6]}.{f[7]}"
        kept = kinds.get(feature, _UNASKED)
        if kept is _UNASKED:
            kept = kinds[feature] = kept_as(f[6], f[7])
        try:
            key, lat, lon, pop = int(f[0]), float(f[4]), float(f[5]), int(f[14] or 0)
        except ValueError:
            bad += 1
            continue
        name, cc = f[1], f[8]
        if not (
            0 < key < 1 << 48 and -90 <= lat <= 90 and -180 <= lon <= 180 and (lat or lon) and 0 <= pop < 1 << 40
            and 0 < len(name) <= MOST_CHARS and name.isprintable() and COUNTRY.fullmatch(cc)
        ):  # fmt: skip
            bad += 1
            continue
        if kept is None:
            continue
        taken += 1
        country = cc or None
        adm1 = codes[f[10]] if cc else None
        adm2 = codes[f[11]] if adm1 else None
        adm3 = codes[f[12]] if adm2 else None
        radius = town_km(pop) if kept.kind == "city" and pop else kept.radius_km
        better = False
        if kept.level:
            radius, better = known.units.get(key, (radius, False))
            code = unit_code(cc, *(adm1, adm2, adm3)[: kept.level])
            if code is not None:
                units.append((code, key, name))
        if not better:  # our list's or Natural Earth's point of a unit is nearer to its middle
            source = f"{SOURCE}+hand" if key in known.listed else SOURCE
            places.append(
                (key, None, name, kept.kind, f[6], f[7], country, adm1, adm2, adm3, lat, lon, radius, pop, codes[f[17]], source)
            )  # fmt: skip
        _take_names(f, key, country, kept, batch)
    return taken, bad


class _Codes(dict[str, str | None]):
    """A code of a unit or a zone -> itself, None for none and for what cannot be one; each is looked at once."""

    def __missing__(self, code: str) -> str | None:
        good = code not in ("", "00") and len(code) <= 40 and code.isascii() and code.isprintable() and "." not in code
        self[code] = code if good else None
        return self[code]


def _take_names(f: list[str], place_id: int, country: str | None, kept: Kept, batch: _Batch) -> None:
    own = _fold(f[1])
    names = batch.names
    if len(own) > 1:
        names.append((own, place_id, OWN))
    if f[2] and f[2] != f[1]:
        other = _fold(f[2])
        if other != own and len(other) > 1:
            names.append((other, place_id, OWN))
    if country in ARABIC:
        names.extend((variant, place_id, DERIVED) for variant in key_variants(own, country))
    if f[3]:
        for alternate in f[3].split(","):
            if usable(alternate) and len(alternate) <= MOST_CHARS:
                names.append((_fold(alternate), place_id, ALTERNATE))
    if country and country not in ONE_SPELLING and (kept.kind == "city" or kept.level):
        bones = _skeleton(own, country)
        if bones:
            batch.bones.append((country, bones, own))


def _fold(name: str) -> str:
    """As `fold`, past its memory, which millions of names would only sweep clean."""
    if name.isascii() and (name.isalpha() or (name.replace(" ", "").isalnum() and "  " not in name and name.strip() == name)):
        return name.lower()
    return _whole_fold(name)


_whole_fold = fold.__wrapped__
_skeleton = skeleton.__wrapped__
