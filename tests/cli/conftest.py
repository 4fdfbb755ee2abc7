"""The program called in this process, and small records for it to read."""

from __future__ import annotations

import os
import sys

import pytest

from dateline.cli import main
from made_incidents import a_figure, a_person, a_record, a_report, a_sensitive, an_account


@pytest.fixture
def dateline(capsys, monkeypatch, tmp_path):
    """Calls the program in this process, in an empty folder; gives its exit code, output and errors."""
    for name in [name for name in os.environ if name.startswith("DATELINE_") and name != "DATELINE_CACHE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code or 0
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return call


@pytest.fixture
def record(tmp_path):
    """One incident with a victim's name in it."""
    account = an_account(
        sensitive=(a_sensitive("Selda Oarewyn"),),
        actors=(a_person("Tam Quillip"),),
        figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),),
    )
    return a_record(tmp_path / "held.db", account, a_report(title="Selda Oarewyn among the dead"))
