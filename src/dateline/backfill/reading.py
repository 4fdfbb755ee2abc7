"""The reports of one file of an archive: opened here or in an object store, read by the readers that `dateline run` has."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, BinaryIO, cast

from dateline.backfill.outcome import Trouble
from dateline.backfill.units import Unit, is_remote
from dateline.errors import ReadError
from dateline.read.fetch import Fetcher
from dateline.read.report import report_from
from dateline.read.sources import Reader
from dateline.records import Report
from dateline.settings import Settings

FIRST_TROUBLES = 200              # of one file that are told one by one
REMOTE_BLOCK = 8 * 1024 * 1024    # bytes that are asked of an object store at once


class Reading:
    """One file as it is read. `passed`, `troubles`: what of it was left out so far. tell: the pages dealt with so far, and the
    bytes of the file."""

    def __init__(self, unit: Unit, settings: Settings, names: Mapping[str, str], tell: Callable[[int, int], None]) -> None:
        self._unit, self._names, self._tell = unit, names, tell
        self._settings = replace(settings, offline=True)      # an entry of a feed in the archive is not fetched now
        self.passed: Counter[str] = Counter()
        self.troubles, self.first_troubles = 0, list[Trouble]()
        self._pages = 0

    def reports(self) -> Iterator[Report]:
        """The reports in the order of the file.

        Raises ReadError where nothing at all of it can be read, OSError where its store breaks off.
        """
        fetcher = Fetcher(self._settings)
        with _opened(self._unit) as stream:
            counted = _Counted(stream)
            reader = Reader(self._settings, fetcher, self._names, self._unit.modified, self._pass)
            given, first = 0, None
            for found in reader.opened(cast("BinaryIO", counted), self._unit.name):
                if counted.broken is not None:
                    raise counted.broken
                self._pages += 1
                self._tell(self._pages, counted.furthest)
                try:
                    if isinstance(found, ReadError):
                        raise found
                    report = report_from(found, most_chars=self._settings.max_text_chars)
                except ReadError as problem:
                    first = first or problem
                    self._trouble(problem)
                    continue
                given += 1
                yield report
        fetcher.close()
        if counted.broken is not None:
            raise counted.broken
        if given == 0 and first is not None and first.source == self._unit.name:
            raise first

    def _pass(self, why: str) -> None:
        self.passed[why] += 1
        self._pages += 1
        self._tell(self._pages, 0)

    def _trouble(self, problem: ReadError) -> None:
        self.troubles += 1
        if len(self.first_troubles) < FIRST_TROUBLES:
            where = f"{problem.source}: {problem.where}" if problem.where else problem.source
            self.first_troubles.append(Trouble(where.removeprefix(f"{self._unit.name}#").removeprefix(f"{self._unit.name}: "),
                                               problem.what))


class _Counted(io.RawIOBase):
    """A stream that remembers how far it was read, and what broke it: a store that breaks off is no fault of the file."""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self._stream = stream
        self.furthest = 0
        self.broken: OSError | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return int(self._stream.tell())

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._stream.seek(offset, whence))

    def readinto(self, buffer: bytearray | memoryview) -> int:   # type: ignore[override]
        part = self.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def read(self, size: int = -1) -> bytes:
        try:
            part: bytes = self._stream.read(size)
            self.furthest = max(self.furthest, self._stream.tell())
        except OSError as error:
            self.broken = error
            raise
        except Exception as error:    # a store's own kind of error
            self.broken = OSError(f"{type(error).__name__}: {error}")
            raise self.broken from error
        return part


@contextmanager
def _opened(unit: Unit) -> Iterator[Any]:
    if not is_remote(unit.name):
        with open(unit.name, "rb") as file:
            yield file
        return
    import fsspec

    try:
        opened = fsspec.open(unit.name, "rb", block_size=REMOTE_BLOCK)
        file = opened.open()
    except OSError:
        raise
    except Exception as error:
        raise OSError(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}") from error
    try:
        yield file
    finally:
        file.close()
