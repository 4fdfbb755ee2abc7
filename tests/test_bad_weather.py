"""A disk that is full, a record that another program holds: said in a line, nothing lost, and the same command goes on later."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from dateline.cli.common import report_errors
from dateline.errors import StoreError
from dateline.job import run
from dateline.settings import Settings
from dateline.store import open_record
from store.made import a_report, extract_all
from watching.made_web import FEED, MINUTE, JumpingClock, Web, a_feed, a_page, a_story, texts, watching

ON_A_SMALL_DISK = 'mount -t tmpfs -o size=1500k none "$1" && exec "$2" "$3" "$1"'


def _own_disk() -> bool:
    """Whether a process may have a small disk of its own here."""
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run(["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.skipif(not _own_disk(), reason="no disk of one's own can be made here")
def test_a_run_on_a_full_disk_keeps_what_it_kept_and_goes_on_when_there_is_room(tmp_path):
    child = Path(__file__).with_name("bad_weather_child.py")
    done = subprocess.run(["unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh", str(tmp_path), sys.executable, str(child)],
                          capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)})
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["run"].startswith("the disk is full; make room")
    assert 0 < told["kept"] < 24
    assert told["copy"] is not None
    assert told["left"] == [], "no half copy"
    assert told["afterwards"], "nothing was lost and nothing left out"


def test_a_full_disk_under_any_other_file_is_a_line_too(capsys):
    with pytest.raises(SystemExit) as end, report_errors():
        raise OSError(errno.ENOSPC, "No space left on device", "out.csv")
    assert end.value.code == 1
    assert capsys.readouterr().err.startswith("dateline: StoreError: out.csv: the disk is full; make room")


def test_another_fault_of_the_system_is_not_taken_for_one():
    with pytest.raises(OSError, match="stale"), report_errors():
        raise OSError(errno.ESTALE, "stale file handle")


HOLDS_THE_RECORD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
held.execute("COMMIT")
"""


@contextmanager
def held_by_another_program(record, seconds):
    with subprocess.Popen([sys.executable, "-c", HOLDS_THE_RECORD, str(record), str(seconds)], stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"held\n"
        yield
        other.kill()


def reads(*texts):
    return lambda source, **_: iter([a_report(text, source=text) for text in texts])


@pytest.mark.a_file(why="another program locks the file")
def test_a_record_that_another_program_holds_for_a_while_is_waited_for(tmp_path):
    record = tmp_path / "d.db"
    with open_record(record) as store, held_by_another_program(record, 1.5):
        summary = run(["made"], store, Settings(), on_problem=print, read=reads("2024-03-12 | attack | Arden | 3"),
                      extract_all=extract_all)
    assert len(summary.incidents_new) == 1


@pytest.mark.a_file(why="another program locks the file")
def test_a_record_that_another_program_holds_for_longer_is_told_and_the_same_command_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.store.dialect.BUSY_TIMEOUT_S", 0.2)
    record = tmp_path / "d.db"
    given = {"read": reads("2024-03-12 | attack | Arden | 3"), "extract_all": extract_all}
    with open_record(record) as store:
        with held_by_another_program(record, 60), pytest.raises(StoreError, match="another program has been writing"):
            run(["made"], store, Settings(), on_problem=print, **given)
        assert len(run(["made"], store, Settings(), on_problem=print, **given).incidents_new) == 1


@pytest.mark.a_file(why="another program locks the file")
def test_a_watcher_waits_for_a_record_that_another_program_holds_and_loses_nothing(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("dateline.store.dialect.BUSY_TIMEOUT_S", 0.1)
    record, held = tmp_path / "d.db", ExitStack()
    web = Web({FEED: a_feed(["https://arden-post.example/1"]), "https://arden-post.example/1": a_page(a_story(1))})
    clock = JumpingClock(told=[(10 * MINUTE, lambda: (held.enter_context(held_by_another_program(record, 60)),
                                                      web.pages.update(later))),
                               (80 * MINUTE, held.close)])
    later = {FEED: a_feed(["https://arden-post.example/2", "https://arden-post.example/1"]),
             "https://arden-post.example/2": a_page(a_story(2))}
    with open_record(record) as store, held:
        watching(store, web, 5, clock=clock)
        assert texts(store) == sorted(map(a_story, (1, 2)))
    assert any(one.message == "the record cannot be written to" for one in caplog.records)
