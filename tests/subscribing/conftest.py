"""A record with three editions: one open and daily or weekly, one open and weekly, one by invitation."""

from __future__ import annotations

import pytest

from dateline.store import open_record
from subscribing.made import beside_it, with_editions


@pytest.fixture(autouse=True)
def others(monkeypatch):
    """The other parts of the briefing, made of little where they are not there yet."""
    beside_it(monkeypatch)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield with_editions(opened)
