from __future__ import annotations

import pytest

from dateline.store import open_record


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened
