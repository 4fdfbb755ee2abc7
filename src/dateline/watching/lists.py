"""The feeds that somebody asked to be watched: addresses, and OPML files that are read again when they change."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence

from dateline.errors import ReadError
from dateline.read.fetch import check_address
from dateline.read.sources import file_name
from dateline.watching.opml import MOST_BYTES, Listed, read_opml


def feeds_of(sources: Sequence[str], on_problem: Callable[[str], None]) -> dict[str, Listed]:
    """Address -> the feed, each once, in the order given. on_problem: told what of a list is left out.

    Raises ReadError for a source that is no list and no address.
    """
    found: dict[str, Listed] = {}
    for source in sources:
        if "://" in source:
            check_address(source, asked=source)
            found.setdefault(source, Listed(source))
            continue
        name = file_name(source)
        listed = read_opml(_bytes_of(source, name), name)
        for line in listed.left_out:
            on_problem(f"{name}: {line}")
        for feed in listed.feeds:
            found.setdefault(feed.address, feed)
    return found


def stamp_of_files(sources: Sequence[str]) -> tuple[tuple[int, int] | None, ...]:
    """What tells whether a list has changed: size and time of each file, None for what is none."""
    def stamp(source: str) -> tuple[int, int] | None:
        try:
            about = os.stat(source)
        except (OSError, ValueError):
            return None
        return about.st_size, about.st_mtime_ns

    return tuple(None if "://" in source else stamp(source) for source in sources)


def _bytes_of(path: str, name: str) -> bytes:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ReadError(name, "neither an OPML file nor the address of a feed", todo="give one of these")
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise ReadError(name, f"cannot be opened ({getattr(error, 'strerror', None) or error})".lower().replace("\n", " "),
                        todo="check the path") from None
