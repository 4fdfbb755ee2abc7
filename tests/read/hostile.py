"""Pages that kill, starve or hold up who parses them, as a fault in a library of C would: for the process that reads them."""

from __future__ import annotations

import os
import signal
import time

from dateline.read import page
from dateline.read.article import Article

CRASHES, EATS, HANGS, BREAKS = b"this page crashes", b"this page eats memory", b"this page hangs", b"this page breaks"


def make_hostile() -> None:
    """From now on, in this process, such pages do what they say."""
    parse = page.article_from_page

    def parse_hostile(raw: bytes, **named: object) -> Article:
        if CRASHES in raw:
            os.kill(os.getpid(), signal.SIGSEGV)
        if EATS in raw:
            bytearray(8 << 30)
        if HANGS in raw:
            time.sleep(600)
        if BREAKS in raw:
            raise KeyError("a fault of ours")
        return parse(raw, **named)  # type: ignore[arg-type]

    page.article_from_page = parse_hostile
