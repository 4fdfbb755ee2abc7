"""What the tests of the archive job share: a small made archive, a made extractor, and an engine in this process."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.made_archive import Archive
from dateline.backfill.job import Summary, backfill
from dateline.backfill.one_file import read_file
from dateline.backfill.outcome import Done, Event, Order
from dateline.errors import DatelineError, ExtractError
from dateline.extract import Extraction, Failed
from dateline.extract.extractor import Given
from dateline.records import Account, Report, When, Where, span_of
from dateline.records.account import account_id
from dateline.settings import Settings

PAGES, FILES = 60, 3
FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)
Fate = Callable[[Order], Event]


def made_archive(folder: Path, pages: int = PAGES, files: int = FILES) -> list[Path]:
    return Archive(pages, files, 8).write(folder)


def an_account(report: Report) -> Account:
    """One account of the report's first words; what it says is not what the words say."""
    evidence = (span_of(report.text, 0, 40),)
    written = report.written
    when = When(None, None, False, written.earliest, written.latest, (), written.day, "day", None, None, evidence)
    where = Where("Arden", "Arden", "city", "XX", None, None, 10.0, 20.0, 5.0, None, 1, (), evidence)
    return Account(account_id(report.id, evidence), report.id, "attack", ("attack",), "happened", "news", "political",
                   "attack, Arden", when, where, (), (), (), (), (), (), (), (), evidence, main=True)


def extracted(reports: Iterable[Report]) -> Iterator[tuple[Report, Extraction | Failed]]:
    """English reports tell one account each; one in five cannot be extracted."""
    for report in reports:
        number = int(hashlib.sha256(report.id.encode()).hexdigest(), 16)
        if number % 5 == 0:
            yield report, Failed(ExtractError(report.id, report.source, "too hard"))
        else:
            yield report, Extraction((an_account(report),) if report.language == "en" else (), ())


EXTRACTOR = Given(extracted, "made-1")


class HereEngine:
    """Reads files in this process, in the order that `turn` gives. fates: what else becomes of a file, by the end of its name,
    one for each attempt."""

    def __init__(self, jobs: int = 2, fates: dict[str, list[Fate]] | None = None, last_first: bool = False) -> None:
        self._jobs, self._fates, self._last_first = jobs, fates or {}, last_first
        self._orders: list[Order] = []
        self.begun: Counter[str] = Counter()

    @property
    def free(self) -> int:
        return self._jobs - len(self._orders)

    def begin(self, order: Order) -> None:
        self._orders.append(order)
        self.begun[Path(order.unit.name).name] += 1

    def poll(self, timeout_s: float) -> list[Event]:
        if not self._orders:
            return []
        order = self._orders.pop(-1 if self._last_first else 0)
        fates = self._fates.get(Path(order.unit.name).name, [])
        return [fates.pop(0)(order) if fates else read_here(order)]

    def close(self) -> None:
        self._orders = []


def read_here(order: Order) -> Done:
    return Done(order.unit.key, read_file(order, Settings(), EXTRACTOR, lambda pages, of_bytes: None), 1.0, 1.0)


def backfilled(archive: Path, out: Path, engine: HereEngine | None = None, **given: bool) -> tuple[Summary, list[DatelineError]]:
    """The job over the archive, and what it complained of."""
    problems: list[DatelineError] = []
    summary = backfill([str(archive)], out, Settings(), engine or HereEngine(), on_problem=problems.append, **given)
    return summary, problems


def tables_in(out: Path) -> dict[str, str]:
    """Each file of the tables, and the manifest, with a hash of its bytes."""
    paths = [*out.glob("*/month=*/*.parquet"), out / "manifest.jsonl"]
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
