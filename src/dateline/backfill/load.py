"""The tables of an archive job -> a record: the reports of the archive are kept and reconciled as `dateline run` does it.

It is that same run (dateline/job.py), with two steps taken from the tables: a part of the table of reports is a source that is
read, and extraction is looked up. So it is idempotent, can be killed at any moment, and tells copies of the whole archive, which
the tables tell within one file only. Parts come in the order of their months, then of their names.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.backfill.manifest import Held, iter_parts, read_manifest
from dateline.backfill.tables import ACCOUNTS, REPORTS, STATEMENTS, month_of
from dateline.backfill.writing import parquet_library
from dateline.errors import BackfillError, DatelineError, ExtractError, ReadError
from dateline.extract import NOTHING, Extraction, Failed
from dateline.job import Progress, RunSummary, run
from dateline.records import Account, GroupStatement, Report
from dateline.records.codec import from_line
from dateline.settings import Settings
from dateline.store.keeping import FAILED

if TYPE_CHECKING:
    from dateline.store import Store

ROWS_AT_ONCE = 512                # of reports, held in memory
PARTS_HELD = 8                    # of which the accounts are in memory
MOST_NAMED = 3                    # tables that are missing


def load(folder: Path, store: Store, settings: Settings, *, on_problem: Callable[[DatelineError], None],
         progress: Progress | None = None) -> RunSummary:
    """Bring the tables in `folder` into `store` and reconcile them. What was loaded before changes nothing.

    Raises BackfillError where the folder has no whole tables, StoreError as `run` does.
    """
    parquet_library()
    held = read_manifest(folder)
    check_whole(folder, held)
    tables = _Tables(folder, held, settings)
    sources = [str(folder / part.path) for part in iter_parts(held, REPORTS.name)]
    return run(sources, store, settings, on_problem=on_problem, progress=progress, read=tables.read, extractor=tables)


def check_whole(folder: Path, held: Held) -> None:
    """Raises BackfillError where a table that the manifest names is not there, or is of another size."""
    wrong = [part.path for part in held.parts if not _is_there(folder / part.path, part.bytes)]
    if wrong:
        named = ", ".join(wrong[:MOST_NAMED]) + (f" and {len(wrong) - MOST_NAMED:,} more" if len(wrong) > MOST_NAMED else "")
        raise BackfillError(f"{folder}: {named}: missing, or not as the manifest says; copy the folder again")


def _is_there(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


class _Tables:
    """Reads reports from the tables, and tells what each tells. An extractor for a run."""

    at_once = ROWS_AT_ONCE

    def __init__(self, folder: Path, held: Held, settings: Settings) -> None:
        self._folder, self._settings, self.version = folder, settings, held.read_by
        self._months: dict[str, list[Path]] = {}
        for part in iter_parts(held, REPORTS.name):
            self._months.setdefault(part.path.split("/")[1], []).append(folder / part.path)
        self._part_of: dict[str, Path] = {}               # a report that was read and is not extracted yet -> its part
        self._told: OrderedDict[Path, dict[str, Extraction | Failed]] = OrderedDict()

    def read(self, source: str, *, settings: Settings, on_problem: Callable[[ReadError], None], fetcher: Any,
             names: Mapping[str, str]) -> Iterator[Report]:
        """The reports of a part, as they were read: what repeats what is decided anew, among all that the record holds."""
        path = Path(source)
        for row in _rows(path, ["text", "body"]):
            report = from_line(Report, row["body"])
            self._part_of[report.id] = path
            yield replace(report, text=row["text"])

    def __call__(self, reports: Iterable[Report], /) -> Iterator[tuple[Report, Extraction | Failed]]:
        for report in reports:
            yield report, self._outcome(report)

    def _outcome(self, report: Report) -> Extraction | Failed:
        path = self._part_of.pop(report.id, None)
        if path is not None:
            return self._in(path).get(report.id, NOTHING)
        # kept by a load that was killed, or by another run: the tables of its month may have it
        for path in self._months.get(f"month={month_of(report)}", ()):
            if report.id in self._ids(path):
                return self._in(path).get(report.id, NOTHING)
        from dateline.extract.extractor import extractor_of

        return next(iter(extractor_of(self._settings)([report])))[1]

    def _in(self, path: Path) -> dict[str, Extraction | Failed]:
        """What the reports of a part tell that tell anything."""
        if path not in self._told:
            self._told[path] = _told_in(self._folder, path)
            while len(self._told) > PARTS_HELD:
                self._told.popitem(last=False)
        self._told.move_to_end(path)
        return self._told[path]

    def _ids(self, path: Path) -> set[str]:
        return {row["id"] for row in _rows(path, ["id"])}


def _told_in(folder: Path, reports: Path) -> dict[str, Extraction | Failed]:
    beside = reports.relative_to(folder / REPORTS.name)
    accounts: dict[str, list[Account]] = {}
    statements: dict[str, list[GroupStatement]] = {}
    for row in _rows(folder / ACCOUNTS.name / beside, ["report_id", "body"]):
        accounts.setdefault(row["report_id"], []).append(from_line(Account, row["body"]))
    for row in _rows(folder / STATEMENTS.name / beside, ["report_id", "body"]):
        statements.setdefault(row["report_id"], []).append(from_line(GroupStatement, row["body"]))
    found: dict[str, Extraction | Failed] = {
        name: Extraction(tuple(accounts.get(name, ())), tuple(statements.get(name, ()))) for name in accounts.keys() | statements}
    for row in _rows(reports, ["id", "source", "extracted", "failure"]):
        if row["extracted"] == FAILED:
            found[row["id"]] = Failed(ExtractError(row["id"], row["source"], row["failure"] or "it was not said why"))
    return found


def _rows(path: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    """Rows of a table; none where the part has no such table. Raises BackfillError where it cannot be read."""
    pa, pq = parquet_library()
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            for batch in pq.ParquetFile(file).iter_batches(batch_size=ROWS_AT_ONCE, columns=columns, use_threads=False):
                yield from batch.to_pylist()
    except (OSError, ValueError, pa.ArrowException) as error:
        raise BackfillError(f"{path}: cannot be read ({' '.join(str(error).split())[:200]}); copy the folder again") from None
