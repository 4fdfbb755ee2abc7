"""A disk that is full: said in a line, nothing lost, and the same command goes on once there is room."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.cli.common import report_errors

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
