"""GeoNames' own files: 19 columns with tabs between, one place a line, as text or in the zip file that GeoNames ships.

Columns: https://download.geonames.org/export/dump/readme.txt; feature codes: https://www.geonames.org/export/codes.html
"""

from __future__ import annotations

import math
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.errors import ReadError

COLUMNS = 19
BLOCK = 1 << 20
LONGEST_LINE = 1 << 16  # bytes: alternate names of the largest cities take some 15,000
MOST_CHARS = 200
UNIT_LEVELS = {"ADM1": 1, "ADM2": 2, "ADM3": 3, "ADM4": 3}
UNIT_KM = {"ADM1": 60.0, "ADM2": 20.0, "ADM3": 10.0, "ADM4": 5.0}
# class S is mostly hotels, schools and shops: kept are those that reports of war name
SITES = {
    "AIRP": "airport", "AIRB": "airport", "AIRF": "airport", "AIRQ": "airport", "INSM": "site", "CMPRF": "site", "CMP": "site",
    "BDG": "site", "PRN": "site", "HSP": "site", "OILR": "site", "OILW": "site", "PS": "site", "PSN": "site", "PSH": "site",
    "DAM": "site", "BRKS": "site", "FT": "site", "PSTB": "site", "CSTM": "site", "MSTY": "site", "RUIN": "site",
}  # fmt: skip
PLOTS = frozenset({"MILB", "LCTY", "PRT", "INDS", "OILF"})  # of class L, what is a spot rather than a region
SEAS = frozenset({"SEA", "OCN", "GULF", "STRT", "BAY", "BAYS", "CHN", "SD", "BGHT"})
RADIUS_KM = {  # how far a feature may reach, where that is not a few km
    "SEA": 300.0, "OCN": 3000.0, "GULF": 150.0, "STRT": 40.0, "BAY": 15.0, "STM": 25.0, "STMI": 15.0, "WAD": 15.0, "CNL": 15.0,
    "LK": 8.0, "LKS": 10.0, "RSV": 8.0, "MTS": 30.0, "ISLS": 30.0, "ISL": 8.0, "DSRT": 100.0, "PLN": 20.0, "PLAT": 30.0,
    "VAL": 10.0, "RGN": 50.0, "PRK": 15.0, "RES": 15.0, "AREA": 10.0, "CONT": 3000.0, "PEN": 25.0, "ADMD": 20.0, "TERR": 50.0,
    "ZN": 20.0, "FRST": 15.0, "ERG": 50.0, "CST": 60.0,
}  # fmt: skip
SKIPPED_SUFFIX = ("H",)  # ADM1H, PPLH: what was there once


@dataclass(frozen=True, slots=True)
class Kept:
    """How places of one feature code are kept."""

    kind: str
    radius_km: float
    level: int = 0  # of a unit


def kept_as(fclass: str, fcode: str) -> Kept | None:
    """How a feature is kept; None: it is not. Classes A, P, H, T, L; of S and V what reports of war name."""
    if fclass == "P":
        return None if fcode in ("PPLH", "PPLCH") else Kept("city", 1.0 if fcode == "PPLX" else 2.0)
    if fclass == "A":
        if fcode in UNIT_LEVELS:
            level = UNIT_LEVELS[fcode]
            return Kept(f"admin{level}", UNIT_KM[fcode], level)
        historical = fcode.endswith("H") and fcode != "PRSH"
        return None if historical or fcode.startswith("PCL") else Kept("region", RADIUS_KM.get(fcode, 10.0))
    if fclass == "H":
        return Kept("sea" if fcode in SEAS else "region", RADIUS_KM.get(fcode, 2.0))
    if fclass == "T":
        return Kept("region", RADIUS_KM.get(fcode, 3.0))
    if fclass == "L":
        return Kept("site", 3.0) if fcode in PLOTS else Kept("region", RADIUS_KM.get(fcode, 5.0))
    if fclass == "S":
        return Kept(SITES[fcode], 3.0 if SITES[fcode] == "airport" else 2.0) if fcode in SITES else None
    return Kept("region", RADIUS_KM["FRST"]) if (fclass, fcode) == ("V", "FRST") else None


def town_km(pop: int) -> float:
    """How far a town of `pop` people reaches: Kabul, 4.4 million, 21 km."""
    return min(max(math.sqrt(pop) / 100, 2.0), 25.0)


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines of a file, whole. end: the byte after the last; bad: lines passed over as too long or no UTF-8."""

    lines: list[str]
    end: int
    bad: int


def blocks(file: IO[bytes], start: int) -> Iterator[Block]:
    """The lines of `file` from byte `start` on, which begins a line; in memory at most BLOCK and a line."""
    carried, end, skipping = b"", start, False
    while True:
        read = file.read(BLOCK)
        data = carried + read
        cut = data.rfind(b"\n") + 1 if read else len(data)
        whole, carried = data[:cut], data[cut:]
        bad = 0
        if skipping and whole:  # the rest of a line that was too long
            whole = whole[whole.find(b"\n") + 1 :] if b"\n" in whole else b""
            skipping = False
        end += cut
        if len(carried) > LONGEST_LINE:
            bad += not skipping
            end += len(carried)
            carried, skipping = b"", True
        lines = [line.rstrip("\r") for line in whole.decode("utf-8", "replace").split("\n")]
        good = [line for line in lines if line and len(line) <= LONGEST_LINE and "\ufffd" not in line]
        bad += sum(1 for line in lines if line) - len(good)
        if data:
            yield Block(good, end, bad)
        if not read:
            return


@contextmanager
def opened(path: Path, start: int) -> Iterator[IO[bytes]]:
    """The text in `path` from byte `start` on: of the file itself, or of the one list in a zip file.

    Raises ReadError: no such file, not readable, a zip file that is damaged or holds no list.
    """
    name = str(path)
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                if file.read(4)[:2] == b"PK":
                    raise ReadError(name, "a zip file that is cut off or damaged", todo="copy or download it again")
                file.seek(start)
                yield file
            return
        with zipfile.ZipFile(path) as packed, _unpacking(packed, name) as inner:
            inner.seek(start)
            yield inner
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ReadError(name, f"the zip file is damaged ({error})", todo="copy or download it again") from None
    except IsADirectoryError:
        raise ReadError(name, "a folder, not a file", todo="give the files in it") from None
    except FileNotFoundError:
        raise ReadError(name, "there is no such file") from None
    except OSError as error:
        raise ReadError(name, f"cannot be read ({error.strerror})") from None


def _unpacking(packed: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return packed.open(_list_in(packed, name))
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed in a way that is not known
        raise ReadError(name, f"the zip file cannot be unpacked ({error})", todo="unpack it yourself") from None


def _list_in(packed: zipfile.ZipFile, name: str) -> str:
    lists = [one for one in packed.namelist() if one.lower().endswith(".txt") and "readme" not in one.lower()]
    if len(lists) != 1:
        found = f"{len(lists)} lists (.txt)" if lists else "no list (.txt)"
        raise ReadError(name, f"the zip file holds {found}", todo="unpack it and give the list of places")
    return lists[0]
