"""What was read of a source before, so that the same source is not read twice."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """One source as it was when it was last read to its end without a problem."""

    source: str                   # absolute path, or address
    fingerprint: str              # "size mtime_ns sha256 how" for a file; "" for an address
    reports: int                  # read from it
    etag: str | None = None       # for an address: what makes the next request conditional
    modified: str | None = None


def fingerprint(path: Path, *, how: str, held: str | None = None) -> str:
    """What tells whether the file `path` is the one that was read.

    how: what else the reading depended on (version, settings). held: the fingerprint of an earlier reading; while
    size, time of change and `how` are the same, the bytes are not hashed again. Raises OSError.
    """
    about = path.stat()
    size, changed = str(about.st_size), str(about.st_mtime_ns)
    if held is not None and held.split(" ")[:2] == [size, changed] and held.split(" ")[3:] == how.split(" "):
        return held
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return f"{size} {changed} {digest.hexdigest()} {how}"


def is_same(a: str, b: str) -> bool:
    """Whether two fingerprints are of the same bytes read in the same way, whenever the file was touched."""
    first, second = a.split(" "), b.split(" ")
    return first[0] == second[0] and first[2:] == second[2:]


def key_of(source: str) -> str:
    """The source as the record names it: a path is made absolute, an address stays; bytes that are no UTF-8 as \\xe9."""
    name = source if "://" in source else os.path.abspath(source)
    return os.fsencode(name).decode("utf-8", "backslashreplace")
