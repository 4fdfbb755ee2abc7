"""The file of what a person added to the gazetteer: `added.sqlite` in the data folder. It outlives every rebuild.

It has the tables of the built file, so that a look-up asks both alike; what is being loaded and is not sorted yet; how far each
file was loaded; and who added a point, when and why.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import StoreError
from dateline.where.schema import INDEXES, TABLES

APPLICATION_ID = 0x44544C47  # "DTLG"
WAIT_S = 30.0  # for another process that adds
OWN_TABLES = """
create table staged (key text, place_id integer, weight real);
create table staged_skeleton (cc text, key text, place_key text);
create table loading (file text primary key, name text not null, form text not null, at text not null, offset integer not null,
                      rows integer not null, kept integer not null, bad integer not null, done integer not null) without rowid;
create table person (place_id integer primary key, who text not null, at text not null, note text);
"""


def data_folder() -> Path:
    """The folder of what a person added: DATELINE_DATA, else the user's data folder."""
    given = os.environ.get("DATELINE_DATA")
    if given:
        return Path(given)
    import platformdirs

    return Path(platformdirs.user_data_dir("dateline"))


def added_path() -> Path:
    return data_folder() / "added.sqlite"


@contextmanager
def adding(path: Path) -> Iterator[sqlite3.Connection]:
    """The file at `path`, made if it is not there, to write to. What is not committed is rolled back.

    Raises StoreError: another file than ours is there, or what the disk refuses.
    """
    with in_plain_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=WAIT_S)
        try:
            db.execute("pragma journal_mode = wal")  # who looks places up meanwhile does not wait
            db.execute("pragma synchronous = normal")
            _make(db, path)
            yield db
        finally:
            db.rollback()
            db.close()


def _make(db: sqlite3.Connection, path: Path) -> None:
    db.execute("begin immediate")
    tables = db.execute("select count(*) from sqlite_master").fetchone()[0]
    if not tables:
        for statement in (TABLES + INDEXES + OWN_TABLES).split(";"):
            if statement.strip():
                db.execute(statement)
        db.execute(f"pragma application_id = {APPLICATION_ID}")
    elif db.execute("pragma application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(f"{path}: not a file of dateline's gazetteer; move it away, or name another folder by DATELINE_DATA")
    db.commit()


def open_added(path: Path) -> sqlite3.Connection | None:
    """The file at `path` to read from, or None where nothing was added. Raises StoreError for a file that is not ours."""
    if not path.exists():
        return None
    with in_plain_words(path):
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT_S, check_same_thread=False)
        try:
            known = db.execute("pragma application_id").fetchone()[0]
        except sqlite3.OperationalError:  # in a folder that may not be written to, where its log has no room
            db.close()
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            known = db.execute("pragma application_id").fetchone()[0]
        if known != APPLICATION_ID:
            raise StoreError(f"{path}: not a file of dateline's gazetteer; move it away, or name another folder by DATELINE_DATA")
    return db


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say of the file at `path` into a StoreError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error).lower()
        for words, meaning in (
            ("not a database", "not an SQLite file; move it away, or name another folder by DATELINE_DATA"),
            ("malformed", "the file is damaged; move it away and add the files again"),
            ("locked", f"another dateline has been adding places for {WAIT_S:.0f} s; run the same command again later"),
            ("readonly", "it cannot be written to; change the permissions of the file and of its folder"),
            ("full", "the disk is full; make room, then run the same command again: it goes on where it was"),
        ):
            if words in said:
                raise StoreError(f"{path}: {meaning}") from error
        raise StoreError(f"{path}: the database says: {' '.join(str(error).split())}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}; name another folder by DATELINE_DATA") from error


def sort_in(db: sqlite3.Connection) -> None:
    """Move the staged names into their sorted tables, in one transaction; from then on they are found.

    Sorting once, outside the tree, spares the tree a write at a random spot for each of millions of names.
    """
    db.execute("pragma temp_store = file")
    with db:
        db.execute(
            "insert into first_word select substr(key, 1, instr(key, ' ') - 1) as word, "
            "max(length(key) - length(replace(key, ' ', '')) + 1) as longest from staged where instr(key, ' ') > 1 group by word "
            "on conflict (word) do update set longest = max(longest, excluded.longest)"
        )
        db.execute(
            "insert into name select key, place_id, max(weight) as weight from staged where true group by key, place_id "
            "on conflict (key, place_id) do update set weight = max(weight, excluded.weight)"
        )
        db.execute(
            "insert or ignore into skeleton select cc, key, place_key from staged_skeleton order by cc, key, place_key"
        )
        db.execute("delete from staged")
        db.execute("delete from staged_skeleton")
        db.execute("update loading set done = 1 where offset < 0")
