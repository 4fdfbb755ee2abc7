"""One watcher a record. The lock goes with its process, however that ends, and no clock comes into it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from dateline.errors import StoreError


@contextmanager
def sole_watcher(record: str) -> Iterator[None]:
    """Hold the lock of whoever watches feeds into the record at the path `record`: that of the file beside it.

    The record's own file is not touched: to close it again would take away SQLite's locks. Raises StoreError where another
    holds it.
    """
    path = f"{record}-watch"
    try:
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


def _who(held: int) -> str:
    """Who wrote its number into the file; the number is for people and locks nothing."""
    number = os.pread(held, 20, 0).decode("ascii", "replace").strip()
    return f"process {number}" if number.isdigit() else "another process"
