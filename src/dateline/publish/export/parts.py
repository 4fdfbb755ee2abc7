"""Where an export goes: the file itself and those beside it. Shapes write to `Parts` and know nothing of disks or of the web."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, cast

from dateline.errors import ExportError

MAIN = ""                         # the export itself
ABOUT, LEFT_OUT = "about.json", "left-out.jsonl"      # of what shape they are, the name of the file says


def name_of(part: str, main: str) -> str:
    """The name of a part beside the export `main`: "x.figures.csv", "x.csv.about.json" for "x.csv"."""
    if part == MAIN:
        return main
    return f"{main}.{part}" if part in (ABOUT, LEFT_OUT) else f"{Path(main).stem}.{part}"


class Parts(Protocol):
    """Gives a stream of bytes for each part by its name: MAIN, "figures.csv", ABOUT, LEFT_OUT; it closes them itself."""

    def open(self, part: str) -> IO[bytes]: ...


class FilesBeside:
    """The export as the file `path`, its other parts beside it: "x.csv", "x.figures.csv", "x.csv.about.json".

    A context manager. Everything is written under temporary names in the same folder and renamed at the end, `path` last, so that
    a broken export never looks whole: on an error nothing is left. Raises ExportError where `path` cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: dict[Path, IO[bytes]] = {}
        self._temporary: dict[Path, Path] = {}

    def open(self, part: str) -> IO[bytes]:
        path = self.path.with_name(name_of(part, self.path.name))
        try:
            number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        except OSError as problem:
            raise _not_written(path, problem) from problem
        self._temporary[path], self._open[path] = Path(name), os.fdopen(number, "wb")
        return self._open[path]

    def names(self) -> list[str]:
        """The names of the files, the export itself first."""
        return [path.name for path in sorted(self._open, key=lambda path: path != self.path)]

    def __enter__(self) -> FilesBeside:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            for held in self._open.values():
                held.close()
            if error is None:
                for path in sorted(self._temporary, key=lambda path: path == self.path):
                    os.chmod(self._temporary[path], 0o666 & ~_umask())
                    os.replace(self._temporary[path], path)
        except OSError as problem:
            raise _not_written(self.path, problem) from problem
        finally:
            for left in self._temporary.values():
                left.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:        # a full disk, in the midst of writing
            raise _not_written(self.path, error) from error


class Zipped:
    """All parts in one ZIP archive, written to a stream that need not seek: an answer of the web. A context manager.

    name: of the export in it, "incidents.csv". Parts wait in temporary files: an archive is written one member at a time.
    """

    def __init__(self, to: IO[bytes], name: str) -> None:
        self._to, self._name = to, name
        self._held: dict[str, IO[bytes]] = {}
        self._stack = ExitStack()

    def open(self, part: str) -> IO[bytes]:
        name = name_of(part, self._name)
        held = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
        self._held[name] = self._stack.enter_context(held)
        return held

    def __enter__(self) -> Zipped:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._stack:
            if error is not None:
                return
            with zipfile.ZipFile(self._to, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, held in self._held.items():
                    held.seek(0)
                    with archive.open(name, "w", force_zip64=True) as member:
                        while block := held.read(1 << 20):
                            member.write(block)


class OneStream:
    """The export itself to `to`; what goes beside it is not kept. For shapes of one file."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to = to

    def open(self, part: str) -> IO[bytes]:
        return self._to if part == MAIN else cast("IO[bytes]", _Nowhere())


class _Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(data)  # type: ignore[arg-type]  # bytes


def _not_written(path: Path, problem: OSError) -> ExportError:
    return ExportError(f"{path}: could not be written: {problem.strerror or problem}; nothing was left there; give another --out")


def _umask() -> int:
    held = os.umask(0)
    os.umask(held)
    return held
