"""Read units of administration from the files in which OCHA publishes them (COD-AB): GeoJSON, or a table as CSV.

Columns are told by their names, in any case: ADM1_EN, ADM1_PCODE; adm1_name, adm1_pcode; admin1Name_en, admin1Pcode; and
shapeName with shapeType and shapeGroup as geoBoundaries has them. A row of the second order tells its first order too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import ReadError
from dateline.where.polygons import Label, label

LARGEST = 512 * 1024 * 1024  # bytes: the file is held in memory, its shapes are unpacked one by one
LEVELS = (1, 2, 3)
MOST_CHARS = 200
_NAME = re.compile(r"(?:adm|admin)(\d)_?(?:(?:ref|alt)\d?_?)?(?:name\d?)?_?(?!id$|no$|cd$|pc$)(?:[a-z]{2})?$")
_CODE = re.compile(r"(?:adm|admin)(\d)_?p?_?code$")
_PCODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{1,30}")
LATITUDES, LONGITUDES = ("latitude", "lat", "center_lat", "y"), ("longitude", "lon", "lng", "long", "center_lon", "x")


class _Collection(msgspec.Struct):
    """A GeoJSON file, its features not unpacked yet."""

    features: list[msgspec.Raw]


@dataclass(frozen=True, slots=True)
class Level:
    """One unit as a row names it. names: the first is the one to show."""

    names: tuple[str, ...]
    pcode: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row or shape of a file: its units by order, the country among them as 0, and where the lowest of them lies."""

    levels: Mapping[int, Level]
    deepest: int  # order of the unit whose shape or point this is
    country: str | None  # as the file has it: "ML", "MLI"
    point: Label | None


def read_rows(path: Path, on_bad: Any) -> Iterator[Row]:
    """The rows of a file. on_bad: told in words of each that names no unit or has an impossible shape.

    Raises ReadError: not there, too large, neither GeoJSON nor CSV, or no column of it names a unit.
    """
    data = _bytes_of(path)
    rows = _features(path, data) if data.lstrip()[:1] in (b"{", b"[") else _table(path, data)
    asked = False
    for where, properties, geometry in rows:
        columns = {str(key).strip().lower(): value for key, value in properties.items() if key is not None}
        if not asked and not _names_units(columns):
            raise ReadError(str(path), "no column names a unit, such as ADM1_EN or admin2Name_en", todo="see docs/gazetteer.md")
        asked = True
        try:
            row = _row(columns, geometry)
        except ValueError as wrong:
            on_bad(f"{where}: {wrong}")
            continue
        yield row
    if not asked:
        raise ReadError(str(path), "holds no unit")


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            todo = "simplify its shapes, or give its table as CSV"
            raise ReadError(str(path), f"{size / 1e6:,.0f} MB, more than {LARGEST / 1e6:,.0f}", todo=todo)
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except IsADirectoryError:
        raise ReadError(str(path), "a folder, not a file", todo="give the files in it") from None
    except FileNotFoundError:
        raise ReadError(str(path), "there is no such file") from None
    except OSError as error:
        raise ReadError(str(path), f"cannot be read ({error.strerror})") from None


def _features(path: Path, data: bytes) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    try:
        features = msgspec.json.decode(data, type=_Collection).features
    except msgspec.ValidationError:
        todo = "give COD-AB's GeoJSON or CSV"
        raise ReadError(str(path), "JSON, but not a GeoJSON FeatureCollection", todo=todo) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ReadError(str(path), f"not JSON ({error})", todo="copy it again") from None
    for number, raw in enumerate(features, 1):
        try:
            feature = msgspec.json.decode(raw)
        except (msgspec.DecodeError, RecursionError) as error:
            raise ReadError(str(path), f"not JSON ({error})", where=f"shape {number:,}", todo="copy it again") from None
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            continue
        geometry = feature.get("geometry")
        yield f"shape {number:,}", feature["properties"], geometry if isinstance(geometry, dict) else None


def _table(path: Path, data: bytes) -> Iterator[tuple[str, dict[str, Any], None]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ReadError(str(path), "neither GeoJSON nor CSV in UTF-8", todo="give COD-AB's GeoJSON or CSV") from None
    if "\0" in text[:4096]:
        raise ReadError(str(path), "binary, not CSV", todo="give COD-AB's GeoJSON or CSV")
    head = text[:65536].partition("\n")[0]
    comma = max(",;\t", key=head.count)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text, newline=""), delimiter=comma), 2):
            yield f"line {number:,}", {key: value for key, value in row.items() if isinstance(value, str)}, None
    except csv.Error as error:
        raise ReadError(str(path), f"not CSV ({error})", todo="give COD-AB's GeoJSON or CSV") from None


def _names_units(columns: Mapping[str, Any]) -> bool:
    return "shapename" in columns or any((found := _NAME.match(key)) and found[1] in "123" for key in columns)


def _row(columns: Mapping[str, Any], geometry: dict[str, Any] | None) -> Row:
    levels = {n: level for n in (0, *LEVELS) if (level := _level(columns, n)) is not None}
    country = _text(columns.get("adm0_pcode") or columns.get("admin0pcode") or columns.get("iso2") or columns.get("shapegroup"))
    if "shapename" in columns:
        order = re.search(r"[123]", _text(columns.get("shapetype")) or "")
        name = _text(columns["shapename"])
        if order is None or name is None:
            raise ValueError("no shapeName with a shapeType of ADM1 to ADM3")
        levels[int(order[0])] = Level((name,), _pcode(columns.get("shapeiso")) if order[0] == "1" else None)
    deepest = max((n for n in levels if n), default=0)
    if not deepest:
        raise ValueError("names no unit of the first to third order")
    below = any(_text(columns.get(key)) for key in ("adm4_pcode", "adm4_en", "admin4pcode", "adm4_name", "admin4name_en"))
    point = label(geometry) or _own_point(columns)
    return Row(levels, deepest, country, None if below else point)


def _level(columns: Mapping[str, Any], order: int) -> Level | None:
    names: list[tuple[int, str]] = []
    pcode = None
    for key, value in columns.items():
        found = _CODE.match(key)
        if found and found[1] == str(order):
            pcode = _pcode(value)
            continue
        found = _NAME.match(key)
        if found and found[1] == str(order):
            text = _text(value)
            if text is not None and not text.isdigit():
                names.append((_rank(key), text))
    told = tuple(dict.fromkeys(text for _, text in sorted(names, key=lambda pair: pair[0])))
    return Level(told, pcode) if told else None


def _rank(key: str) -> int:
    """English first, then a name of no language, then others, then alternates."""
    return 3 if "alt" in key or "ref" in key else 0 if key.endswith("en") else 1 if key.endswith("name") else 2


def _text(value: object) -> str | None:
    """A name of a file, on one line; None for nothing. Raises ValueError for one that no place has."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = " ".join(value.split())
    if len(text) > MOST_CHARS or not text.isprintable():
        raise ValueError("a name with control characters, or longer than any name")
    return text


def _pcode(value: object) -> str | None:
    text = str(value).strip() if isinstance(value, (str, int)) else ""
    return text if _PCODE.fullmatch(text) else None


def _own_point(columns: Mapping[str, Any]) -> Label | None:
    """The point that a table gives in columns of its own."""
    lat = next((columns[key] for key in LATITUDES if columns.get(key) not in (None, "")), None)
    lon = next((columns[key] for key in LONGITUDES if columns.get(key) not in (None, "")), None)
    if lat is None or lon is None:
        return None
    try:
        here, there = float(lat), float(lon)
        area = float(columns.get("area_sqkm") or 0.0)
    except (TypeError, ValueError):
        raise ValueError("a latitude or longitude that is no number") from None
    if not (-90 <= here <= 90 and -180 <= there <= 180 and (here or there)):
        raise ValueError("a latitude or longitude that is no degree")
    return Label(here, there, max(area, 0.0))
