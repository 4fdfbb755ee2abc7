"""What the parts of the archive job say to each other: what to read, how far it is, how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.backfill.units import Unit


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take before its process is ended."""

    memory_mb: int = 2000         # more than the loaded models take
    stalled_s: float = 600.0      # without a further page
    whole_s: float = 6 * 3600.0   # for the whole file


@dataclass(frozen=True, slots=True)
class Order:
    """A file to read. folder: new, and this attempt's own; the tables are written there. names: of columns and JSON fields."""

    unit: Unit
    folder: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a table. path: "accounts/month=2021-03/KEY-0.parquet", under the folder of the job or of the attempt."""

    path: str
    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """What of a file could not be read, and why."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading one file gave. The same for the same file, whoever reads it."""

    reports: int
    copies: int                   # of reports of the same file
    versions: int
    accounts: int
    figures: int
    statements: int
    evidence: int
    failed: int                   # reports that could not be extracted
    passed: dict[str, int]        # why records were passed over -> how many: "status 404", "image/png", "request"
    not_extracted: dict[str, int]  # code of the language -> reports in it, which extraction does not read
    troubles: int
    first_troubles: tuple[Trouble, ...]
    parts: tuple[Part, ...]

    @property
    def pages(self) -> int:
        """Records that were dealt with in one way or another."""
        return self.reports + self.troubles + sum(self.passed.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """A file is being read. pages: read so far; bytes: of the file, as it is stored."""

    key: str
    pages: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Done:
    """A file was read to its end; its tables lie in the attempt's folder."""

    key: str
    read: FileRead
    took_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Broke:
    """Reading failed by the file's own fault, as far as can be told: it counts among its failures."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Reading was cut off from outside: somebody killed its process, or its machine went away."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """Nothing can be read any more, whatever the file: the disk is full."""

    key: str
    reason: str


Event = Progress | Done | Broke | Interrupted | Stopped
