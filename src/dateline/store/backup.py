"""A record copied while it is written to, a copy checked, and a record brought back from a copy.

A copy that was never opened is a hope: `back_up` checks what it wrote, and `restore` what it is given before anything is touched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from dateline.errors import StoreError
from dateline.store import schema
from dateline.store.dialect_sqlite import APPLICATION_ID, in_plain_words
from dateline.store.listed import Order
from dateline.store.opening import open_record
from dateline.store.rows import numbers_in
from dateline.store.store import Store

READ_BACK = 50                    # incidents from each end of a copy that are read back when restoring is tried
Forget = Callable[["Store", str], object]      # takes the report of that id out
COUNTED = ("report", "incident", "decision", "subscriber")       # tables whose rows a person knows


@dataclass(frozen=True, slots=True)
class Checked:
    """A copy that is whole. counts: rows of the tables that a person knows, by name; those that it lacks are left out."""

    path: Path
    bytes: int
    revision: str                 # of its tables
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """A record that was brought back. name: as messages call it. uncertain: mails that may have gone out after the copy was made.
    forgotten: reports that were in the copy and had been forgotten since, and were taken out again."""

    name: str
    bytes: int
    counts: dict[str, int]
    uncertain: int
    forgotten: int = 0


def back_up(store: Store, to: Path, *, replace: bool = False) -> Checked:
    """Write the record as it is at one moment to `to`, check the copy, and only then give it its name.

    Others may read and write meanwhile. The copy is on the disk when this returns, and only its owner can read it: it holds
    names and addresses. Raises StoreError where `to` is there and `replace` is not meant, and for what the disk refuses.
    """
    if to.exists() and not replace:
        raise StoreError(f"{to}: there is a file already; give another path, or --replace")
    if to.exists() and Path(store.name).exists() and to.samefile(store.name):
        raise StoreError(f"{to}: that is the record itself; give another path")
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with in_plain_words(str(to)):
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            store.copy_to(part)
            with closing(sqlite3.connect(part)) as copy:
                copy.execute("PRAGMA journal_mode=DELETE")        # one file, with none beside it when it is read
            checked = check_backup(part)
        _to_disk(part)
        part.replace(to)
        _to_disk(to.parent)
    except OSError as error:
        raise StoreError(f"{to}: {error.strerror}; nothing was kept there") from None
    finally:
        _remove(part)
    return Checked(to, checked.bytes, checked.revision, checked.counts)


def check_backup(path: Path) -> Checked:
    """Read every page of the copy at `path`, and every key that leads to another row. Raises StoreError where it is not whole."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no such file")
    with in_plain_words(str(path)), closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)) as copy:
        if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(f"{path}: not a record of dateline; give the path of a copy that dateline backup made")
        [wrong] = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if wrong != "ok":
            raise StoreError(f"{path}: the copy is damaged ({' '.join(str(wrong).split())}); use an older one")
        astray = copy.execute("PRAGMA foreign_key_check").fetchone()
        if astray is not None:
            raise StoreError(f"{path}: a row of its table {astray[0]} leads nowhere; use an older copy")
        revision = str(copy.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {name: copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - names of ours
                  for name in COUNTED if name in tables}
    return Checked(path, path.stat().st_size, revision, counts)


def try_restoring(path: Path) -> int:
    """Restore the copy at `path` beside it, open it as this version does and read some of it back; how many incidents were read.

    It is a rehearsal: nothing is left of it. Raises StoreError where the copy could not be brought back.
    """
    check_backup(path)
    read = 0
    part = path.with_name(f".{path.name}.{os.getpid()}.tried")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with in_plain_words(str(part)), closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(part)) as made:
            copy.backup(made)
        with open_record(part) as store:
            ends: tuple[Order, ...] = ("day", "newest")
            ids = {row.id for order in ends for row in store.lists.page(order=order, most=READ_BACK).rows}
            for one in store.lists.incidents(numbers_in(ids)):
                read += 1
                lost = next((joined.report.id for joined in one.accounts if store.report(joined.report.id) is None), None)
                if lost is not None:
                    raise StoreError(f"{path}: {one.id} rests on report {lost}, which is not in it; use an older copy")
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}; it could not be tried") from None
    finally:
        _remove(part)
    return read


def restore(path: Path, record: str, *, at: datetime, replace: bool = False, forget: Forget | None = None) -> Restored:
    """Make `record` what the copy at `path` is, brought up to this version; the copy stays as it is.

    record: a path, or the address of a database on PostgreSQL, which has to be there. A record that is there is written over in
    one transaction: who has it open sees the one or the other. What the copy has still to send may have been sent since it was
    made, so nobody gets it again by itself: its mails become uncertain, issues whose hours have passed and alerts on changes up
    to now are not made. Reports that were forgotten after the copy was made are taken out of it by `forget` before anybody sees
    it: tombstones and the list of copies outlive being written over. Raises StoreError where the copy is not whole or of a newer
    version, and where there is a record and `replace` is not meant.
    """
    checked = check_backup(path)
    if checked.revision > schema.NEWEST:
        raise StoreError(f"{path}: written by a newer dateline; install that one, then restore")
    beside = path if "://" in record else Path(record)
    if beside is not path and beside.exists() and beside.samefile(path):
        raise StoreError(f"{path}: the copy and the record are one file; give another path with --record")
    part = beside.with_name(f".{beside.name}.{os.getpid()}.part")
    with _written_to(record, replace) as to:
        uncertain, again = _bring_back(path, part, to, at, forget)
        return Restored(to.name, to.size(), checked.counts, uncertain, again)


@contextmanager
def _written_to(record: str, replace: bool) -> Iterator[Store]:
    """The record that is written over, made where there is none. Raises StoreError where there is one and that is not meant."""
    refused = "there is a record already; give another with --record, or --replace to write over it"
    if not replace and "://" not in record and Path(record).exists():
        raise StoreError(f"{record}: {refused}")
    with open_record(record) as held:
        if not replace and not held.is_empty():
            raise StoreError(f"{held.name}: {refused}")
        yield held


def _bring_back(path: Path, part: Path, to: Store, at: datetime, forget: Forget | None) -> tuple[int, int]:
    """How many mails are in doubt, and how many reports were taken out again. part: where the copy is made ready."""
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with in_plain_words(str(part)), closing(sqlite3.connect(path)) as copy, closing(sqlite3.connect(part)) as made:
            copy.backup(made)
        with open_record(part) as store:  # an older copy is brought up to date
            uncertain = _doubted(store, at)
            again = _still_forgotten(store, to, forget)
            to.become(store)              # in one transaction: whoever sends sees the old record, or one that sends nothing twice
    except OSError as error:
        raise StoreError(f"{part.parent}: {error.strerror}; nothing was restored") from None
    finally:
        _remove(part)
    return uncertain, again


def _doubted(store: Store, at: datetime) -> int:
    """Let nothing be sent by itself that may have been sent already; how many mails that concerns."""
    with store.writing():
        store.editions.start_anew(at)
        store.watches.start_here()
        return store.mails.doubt(f"restored from a copy on {at:%Y-%m-%d}: it may have gone out before", at)


def _still_forgotten(store: Store, held: Store, forget: Forget | None) -> int:
    """Take over the tombstones and the list of copies of the record that is about to be written over; how many reports of these
    the copy held."""
    graves = [one.report for one in held.upkeep.forgotten() if one.report is not None]
    for one in held.upkeep.copies():
        store.upkeep.keep_copy(one)
    again = [name for name in graves if store.report(name) is not None]
    for name in again:
        if forget is not None:
            forget(store, name)
    store.upkeep.copy_tombstones(held.upkeep)
    return len(again) if forget is not None else 0


def _remove(part: Path) -> None:
    for name in (part, *(part.with_name(part.name + end) for end in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
