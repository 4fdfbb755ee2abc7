"""An answer that is written while it is sent: whole, or plainly broken off; and nobody writes for a browser that has gone."""

from __future__ import annotations

import threading
import time

import pytest

from dateline.desk.streaming import AHEAD, streamed


def test_what_is_written_is_sent_in_order():
    def write(to):
        for number in range(100):
            to.write(b"%d," % number)

    assert b"".join(streamed(write)) == b"".join(b"%d," % number for number in range(100))


def test_an_error_while_writing_breaks_the_answer_off():
    def write(to):
        to.write(b"begun")
        raise OSError("disk full")

    blocks = streamed(write)
    assert next(blocks) == b"begun"
    with pytest.raises(OSError, match="disk full"):
        next(blocks)


def test_no_more_is_written_ahead_than_a_browser_takes_soon():
    written = []

    def write(to):
        for number in range(1_000):
            to.write(b"x")
            written.append(number)

    blocks = streamed(write)
    next(blocks)
    time.sleep(0.2)
    assert len(written) <= AHEAD + 2
    blocks.close()


def test_a_browser_that_has_gone_ends_the_writing():
    ended = threading.Event()

    def write(to):
        try:
            while True:
                to.write(b"x")
        finally:
            ended.set()

    blocks = streamed(write)
    next(blocks)
    blocks.close()
    assert ended.wait(10)
