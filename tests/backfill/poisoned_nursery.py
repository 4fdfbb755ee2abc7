"""The nursery with a reader that does what a file is named for, and without models: python poisoned_nursery.py"""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from made_backfill import EXTRACTOR

import dateline.backfill.one_file as one_file
from dateline.backfill import nursery
from dateline.backfill.outcome import FileRead, Order
from dateline.extract.extractor import Extractor
from dateline.settings import Settings

real, real_warm = one_file.read_file, nursery.warm


def read_file(order: Order, settings: Settings, extractor: Extractor, tell: Callable[[int, int], None]) -> FileRead:
    name = Path(order.unit.name).name
    if name.startswith("crash"):
        ctypes.string_at(0)
    elif name.startswith("eat"):
        eaten = []
        while True:
            eaten.append(bytearray(10_000_000))
    elif name.startswith("hang"):
        tell(7, 7)
        while True:
            time.sleep(0.1)
    elif name.startswith("slow"):
        for page in range(10_000):
            tell(page, page)
            time.sleep(0.1)
    elif name.startswith("leave"):
        os._exit(7)
    elif name.startswith("killed"):
        os.kill(os.getpid(), signal.SIGKILL)
    elif name.startswith("full"):
        raise OSError(errno.ENOSPC, "No space left on device")
    elif name.startswith("bug"):
        raise ValueError("who would have thought of it")
    return real(order, settings, EXTRACTOR, tell)


one_file.read_file = read_file
nursery.warm = lambda: real_warm(EXTRACTOR)
nursery.TELL_EVERY_S = 0.1

if __name__ == "__main__":
    os._exit(nursery.main())
