from __future__ import annotations

import pytest

from alerts.made_alerts import stand_in
from dateline.store import open_record


@pytest.fixture(autouse=True)
def what_is_not_merged_yet(monkeypatch):
    stand_in(monkeypatch)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened
