"""A record with three editions: one open and daily or weekly, one open and weekly, one by invitation."""

from __future__ import annotations

import pytest

from dateline.store import open_record
from subscribing.made import with_editions


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield with_editions(opened)
