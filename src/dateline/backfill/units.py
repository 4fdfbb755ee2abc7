"""Which files an archive holds. The unit of the job is one file; its name decides how its tables are called."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.errors import ReadError
from dateline.job_sources import files_of
from dateline.store.seen import key_of

HEAD = 4096                       # bytes of a file that tell whether it is a list of addresses
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_GLOB = re.compile(r"[*?\[]")
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """One file of an archive."""

    name: str                     # path or address; stands in the source of its reports
    key: str                      # "march-2021-1a2b3c4d5e6f": names its tables
    size: int | None              # bytes; None where the store does not say
    changed: str                  # while it is the same, so is the file: "SIZE MTIME" or "SIZE ETAG"
    modified: datetime            # when it was written last; stands for the time of fetching where the file tells none


def units_of(sources: Sequence[str], *, offline: bool = False) -> Iterator[Unit | ReadError]:
    """The files of `sources`, each once, in the order given; in the place of what cannot be found, what is wrong.

    sources: files, folders, globs, addresses that fsspec knows (s3://bucket/folder, https://host/file), and text files with one
    of these a line (# begins a remark; paths in it start from its folder). offline: refuse what is not on this machine.
    """
    seen: set[str] = set()
    for source in sources:
        for found in _from(source, offline):
            if isinstance(found, ReadError) or found.key not in seen:
                if isinstance(found, Unit):
                    seen.add(found.key)
                yield found


def unit_key(name: str) -> str:
    """A name for files that says which unit it is, and is no other unit's."""
    base = _NO_NAME.sub("-", name.rstrip("/").rpartition("/")[2]).strip("-")[:40]
    return f"{base or 'file'}-{hashlib.sha256(key_of(name).encode()).hexdigest()[:12]}"


def is_remote(name: str) -> bool:
    return "://" in name


def _from(source: str, offline: bool) -> Iterator[Unit | ReadError]:
    if is_remote(source):
        yield from _remote(source, offline)
    elif os.path.isfile(source):
        listed = lines_of_list(Path(source))
        if listed is None:
            yield from _local(source)
        else:
            for line in listed:
                yield from _remote(line, offline) if is_remote(line) else _matching(line)
    else:
        yield from _matching(source)


def _matching(source: str) -> Iterator[Unit | ReadError]:
    """What lies at a path of this machine, or at all that a glob names."""
    if os.path.isdir(source):
        for one in files_of(source):
            yield from _local(one.name)
    elif os.path.exists(source) or not _GLOB.search(source):
        yield from _local(source)
    else:
        names = sorted(glob.glob(source, recursive=True))
        if not names:
            yield ReadError(source, "no file is called so", todo="check the path")
        for name in names:
            yield from _matching(name) if os.path.isdir(name) else _local(name)


def _local(name: str) -> Iterator[Unit | ReadError]:
    try:
        about = os.stat(name)
    except (OSError, ValueError) as error:
        yield ReadError(name, f"cannot be opened ({getattr(error, 'strerror', None) or error})", todo="check the path")
        return
    if not os.path.isfile(name):
        yield ReadError(name, "there is no file in this folder" if os.path.isdir(name) else "no file; it is left out")
        return
    modified = datetime.fromtimestamp(about.st_mtime, UTC).replace(microsecond=0)
    yield Unit(name, unit_key(name), about.st_size, f"{about.st_size} {about.st_mtime_ns}", modified)


def lines_of_list(path: Path) -> list[str] | None:
    """The addresses, paths and globs that a text file lists; None where it is no such list, but a source itself."""
    from dateline.read.sources import sniff

    try:
        with path.open("rb") as file:
            if sniff(file.read(HEAD)) != "text":
                return None
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        return None
    named = [line if is_remote(line) else str(path.parent / line) for line in lines if line and not line.startswith("#")]
    return named if named and all(is_remote(name) or os.path.exists(name) or _GLOB.search(name) for name in named) else None


def _remote(address: str, offline: bool) -> Iterator[Unit | ReadError]:
    if offline:
        yield ReadError(address, "is on another machine, and --offline was said")
        return
    try:
        import fsspec
    except ImportError:
        yield ReadError(address, "fsspec is not installed", todo="pip install 'dateline[archive]'")
        return
    try:
        files, path = fsspec.url_to_fs(address)
        is_glob = bool(_GLOB.search(path))
        if not address.startswith(("http://", "https://")) and (is_glob or files.isdir(path)):
            paths = sorted(files.glob(path) if is_glob else files.find(path))
            names = [str(files.unstrip_protocol(one)) for one in paths if not files.isdir(one)]
        else:
            paths, names = [path], [address]
        if not names:
            yield ReadError(address, "there is no file there", todo="check the address")
        for one, name in zip(paths, names, strict=True):
            yield _described(name, files.info(one))
    except Exception as error:    # every kind of store has errors of its own
        yield ReadError(address, f"cannot be reached ({type(error).__name__}: {' '.join(str(error).split())[:200]})",
                        todo="check the address; stores other than https need their own fsspec package")


def _described(name: str, info: dict[str, Any]) -> Unit:
    size = info.get("size")
    modified = _first(info, "mtime", "LastModified", "last_modified", "updated", "created")
    mark = _first(info, "ETag", "etag", "md5Hash", "sha256") or modified
    return Unit(name, unit_key(name), size if isinstance(size, int) else None, f"{size} {mark}", _time(modified))


def _first(info: dict[str, Any], *keys: str) -> Any:
    return next((info[key] for key in keys if info.get(key)), None)


def _time(told: Any) -> datetime:
    if isinstance(told, int | float):
        return datetime.fromtimestamp(told, UTC).replace(microsecond=0)
    if isinstance(told, datetime):
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    return NO_TIME
