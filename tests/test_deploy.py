"""What is deployed: units that systemd understands, an image that a linter does not complain of, and commands that there are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from dateline.cli import app
from dateline.settings import load_settings

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(path.name for path in (*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")))
HADOLINT = shutil.which("hadolint", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
IMAGE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_every_unit(tmp_path):
    for name in UNITS:            # the program is not installed where this runs: a program that is takes its place
        (tmp_path / name).write_text((DEPLOY / name).read_text().replace("/opt/dateline/.venv/bin/dateline", "/bin/true"))
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)],
                          capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if any(name in line for name in UNITS)]
    assert complaints == []


@pytest.mark.skipif(HADOLINT is None, reason="no hadolint here: make setup")
def test_a_linter_does_not_complain_of_the_image():
    done = subprocess.run([HADOLINT, str(DEPLOY / "Containerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", [*UNITS, "Containerfile"])
def test_what_is_started_is_a_command_that_there_is(name):
    commands = set(typer.main.get_command(app).commands)
    text = "\n".join(line for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    started = set(re.findall(r"bin/dateline (\w+)", text)) | set(re.findall(r'"dateline", "(\w+)"', text))
    assert started <= commands
    assert started or name.endswith(".timer")


def test_the_image_does_not_run_as_root_and_sets_settings_that_there_are():
    last = IMAGE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER (?!root|0$)\w+$", last, re.M)
    given = dict(re.findall(r"^\s*(?:ENV )?(DATELINE_\w+)=(\S+)", last, re.M))
    folders = {name: given.pop(name) for name in ("DATELINE_CACHE", "DATELINE_DATA")}
    assert all(value.startswith("/") for value in folders.values())
    settings = load_settings(given)
    assert (settings.desk_host, settings.record) == ("0.0.0.0", "/var/lib/dateline/dateline.db")


def test_every_service_reaches_its_own_folder_alone():
    for name in UNITS:
        if name.endswith(".service"):
            held = (DEPLOY / name).read_text(encoding="utf-8")
            assert {"ProtectSystem=strict", "NoNewPrivileges=yes", "UMask=0077", "User=dateline"} <= set(held.splitlines()), name
