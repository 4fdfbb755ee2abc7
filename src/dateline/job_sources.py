"""Which files a source holds, so that each is known again by itself: a folder with one new file is not read anew."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dateline.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read. name: as given, or as the reader names a file of a folder."""

    name: str
    is_file: bool


def files_of(source: str) -> Iterator[Source]:
    """The files of `source` in the order in which the reader walks a folder; anything else as it is.

    A folder that cannot be listed whole, or holds nothing, is given as it is: the reader says what is wrong with it.
    """
    if os.path.isfile(source):
        yield Source(source, True)
        return
    if "://" in source or source == "-" or not os.path.isdir(source):
        yield Source(source, False)
        return
    barred: list[OSError] = []
    found: list[str] = []
    for here, folders, files in os.walk(source, onerror=barred.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [str(Path(here, name)) for name in sorted(files) if not name.startswith(".")]
    if barred or not found:
        yield Source(source, False)
    else:
        yield from (Source(name, os.path.isfile(name)) for name in found)   # opening a named pipe would wait for ever


def is_record(path: str, record: str) -> bool:
    """Whether a file of a folder is the record itself, its write-ahead log, or the lock of whoever watches feeds into it.

    It must not be opened as a source: to close it again would take away the locks that this process holds on it (POSIX).
    """
    return any(os.path.exists(name) and os.path.samefile(path, name) for name in (
        record, f"{record}-wal", f"{record}-shm", f"{record}-watch"))


def how_it_is_read(settings: Settings, names: Mapping[str, str]) -> str:
    """What the reading of a file depends on besides its bytes, as one word: this version and the settings for it."""
    told = repr((_version(), settings.max_text_chars, settings.fetch_max_bytes, sorted(names.items())))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@cache
def _version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "unknown"
