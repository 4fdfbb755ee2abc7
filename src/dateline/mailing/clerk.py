"""Writing for several threads: those that wait while one transaction is written share the next, and its sync of the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from dateline.store import Store

T = TypeVar("T")


class Clerk:
    """Each `write` is durable when it returns (Store.writing)."""

    def __init__(self, store: Store) -> None:
        self._store = store.beside()
        self._writing, self._adding = threading.Lock(), threading.Lock()
        self._waiting: list[_Work] = []

    def write(self, work: Callable[[Store], T]) -> T:
        """What `work` gives, done within a transaction. Raises what it raised, or what other work of that transaction did."""
        mine = _Work(work)
        with self._adding:
            self._waiting.append(mine)
        with self._writing:       # whoever comes first writes for all that wait
            if not mine.is_done:
                with self._adding:
                    together, self._waiting = self._waiting, []
                self._write(together)
        if mine.error is not None:
            raise mine.error
        result: T = mine.result
        return result

    def _write(self, together: list[_Work]) -> None:
        try:
            with self._store.writing(durable=True):
                for one in together:
                    one.result = one.work(self._store)
        except BaseException as error:
            for one in together:
                one.error = error
        finally:
            for one in together:
                one.is_done = True


class _Work:
    def __init__(self, work: Callable[[Store], Any]) -> None:
        self.work = work
        self.result: Any = None
        self.error: BaseException | None = None
        self.is_done = False
