"""One watcher a record. The lock goes with its process, however that ends, and no clock comes into it."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dateline.errors import StoreError
from dateline.store import Store
from dateline.where.added import data_folder


@contextmanager
def sole_watcher_of(store: Store) -> Iterator[Callable[[], None]]:
    """Hold the lock of whoever watches feeds into the record: on PostgreSQL of the record, whichever machine asks.

    What is given is called before each round: a lock is taken anew that went with its session, when the server was away. Raises
    StoreError where another holds it.
    """
    with sole_watcher(store.name):
        lock = store.sole_watcher()

        def still() -> None:
            if lock is not None:
                with store.in_plain_words():
                    lock.take()

        try:
            still()
            yield still
        finally:
            if lock is not None:
                lock.let_go()


@contextmanager
def sole_watcher(record: str) -> Iterator[None]:
    """Hold the lock of whoever watches feeds into the record: of a file beside it, or, for one at an address, in the data folder.

    The record's own file is not touched: to close it again would take away SQLite's locks. Raises StoreError where another
    holds it. Of a record at an address only the watchers of one machine keep each other out: `sole_watcher_of` adds the record's.
    """
    path = lock_path(record)
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened ({(error.strerror or str(error)).lower()}); change the permissions of its "
                         "folder") from None
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreError(f"{record}: {_who(held)} watches feeds into it already; end that one first") from None
        os.ftruncate(held, 0)
        os.pwrite(held, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(held)


def lock_path(record: str) -> str:
    """The file that stands for watching into a record, given by its path or its address."""
    if "://" not in record:
        return f"{record}-watch"
    return str(data_folder() / f"watch-{hashlib.sha256(record.encode()).hexdigest()[:16]}")


def _who(held: int) -> str:
    """Who wrote its number into the file; the number is for people and locks nothing."""
    number = os.pread(held, 20, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdigit() else "another process"
