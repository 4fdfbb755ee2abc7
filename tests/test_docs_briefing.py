"""docs/briefing.md is walked through: its commands, in its order, with its settings, against a mail server on this machine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/briefing.md").read_text(encoding="utf-8")
PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]
COMMANDS = [line.strip()[2:] for line in PAGE.splitlines() if line.startswith("    $ dateline ")]
SUBSCRIBERS = "address,edition,frequency,consent_at\nada@example.net,mali-weekly,weekly,2026-03-02T09:00:00Z\n"


class Taken:
    def __init__(self) -> None:
        self.to: list[str] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.to += envelope.rcpt_tos          # type: ignore[attr-defined]
        return "250 taken"


def settings_told() -> dict[str, str]:
    """The settings of the page's own file."""
    return dict(re.findall(r"^ {4}(DATELINE_\w+)=(.*)$", PAGE, re.M))


@pytest.mark.slow
def test_a_newcomer_gets_from_nothing_to_a_mail_a_backup_and_a_restored_record(tmp_path: Path) -> None:
    from aiosmtpd.controller import Controller

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    taken = Taken()
    server = Controller(taken, hostname="127.0.0.1", port=port)
    server.start()
    try:
        env = os.environ | settings_told() | {
            "DATELINE_RECORD": str(tmp_path / "dateline.db"), "DATELINE_SMTP_HOST": "127.0.0.1", "DATELINE_SMTP_PORT": str(port),
            "DATELINE_SMTP_SECURITY": "none", "DATELINE_SMTP_USER": "", "DATELINE_DATA": str(tmp_path / "data"),
            "DATELINE_CACHE": os.environ.get("DATELINE_CACHE", str(tmp_path / "cache"))}
        shutil.copytree(ROOT / "demo/reports", tmp_path / "demo/reports")
        (tmp_path / "subscribers.csv").write_text(SUBSCRIBERS)
        (tmp_path / "backups").mkdir()
        said = {}
        for command in COMMANDS:
            done = subprocess.run([*PROGRAM, *shlex.split(command)[1:]], env=env, cwd=tmp_path, text=True, capture_output=True,
                                  check=False, input="a password of some length\n")
            assert done.returncode == 0, (command, done.stderr)
            said[command] = done.stdout + done.stderr
    finally:
        server.stop()
    briefing = next(words for command, words in said.items() if command.endswith("2017-01-22"))
    assert "Suicide bombing, Gao, Mali, 18 Jan 2017" in briefing
    assert taken.to == ["ana@example.org"]
    assert any("ada@example.net" in words for words in said.values())
    assert sum("copied and checked" in words for words in said.values()) == 1
    assert "1 subscriber" in next(words for command, words in said.items() if "restore" in command)


def test_the_page_shows_more_than_a_few_commands() -> None:
    assert len(COMMANDS) >= 10


UNITS = sorted((ROOT / "deploy").glob("*.service")) + sorted((ROOT / "deploy").glob("*.timer"))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_units_are_such_as_systemd_knows() -> None:
    done = subprocess.run(["systemd-analyze", "verify", *map(str, UNITS)], text=True, capture_output=True, check=False)
    wrong = [line for line in (done.stdout + done.stderr).splitlines() if "is not executable" not in line and "deploy" in line]
    assert wrong == []
