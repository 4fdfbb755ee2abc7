"""docs/operate.md is walked through: its commands, in its order, on a record in a file and on one on PostgreSQL. Its figures are
those of the bench."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline.store import open_record, schema
from dateline.store.copying import digest_of
from store.made import a_report
from store.older import older_record

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
RESULTS = (ROOT / "bench/RESULTS.md").read_text(encoding="utf-8")
PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]


def commands_under(heading: str) -> list[str]:
    """What a person types, from that heading to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^##|\Z)", PAGE, re.M | re.S)
    assert found, heading
    return re.findall(r"^ {4}\$ (.+)$", found[1], re.M)


class Walk:
    """A person at a terminal in `folder`, with a record that the environment names."""

    def __init__(self, folder: Path, record: str, new_record: Callable[[str], str]) -> None:
        self.folder, self.record, self.new_record = folder, record, new_record
        self.env = os.environ | {"DATELINE_DATA": str(folder / "data"), "DATELINE_OFFLINE": "1", "DATELINE_RECORD": record,
                                 "DATELINE_CACHE": os.environ.get("DATELINE_CACHE", str(folder / "cache"))}

    @property
    def on_a_server(self) -> bool:
        return "://" in self.record

    def move_to(self, record: str) -> None:
        self.record = self.env["DATELINE_RECORD"] = record

    def type(self, commands: list[str]) -> dict[str, str]:
        """What was said to each; dateline alone. Databases are made by us, since a server of the tests asks no names."""
        said = {}
        for command in commands:
            if not command.startswith("dateline "):
                continue
            done = subprocess.run([*PROGRAM, *shlex.split(command)[1:]], env=self.env, cwd=self.folder, text=True,
                                  capture_output=True, check=False)
            assert done.returncode == 0, (command, done.stdout, done.stderr)
            said[command] = done.stdout + done.stderr
        return said

    def rows(self) -> object:
        with open_record(self.record) as store, store._read() as connection:
            return digest_of(connection)

    def incidents(self) -> list[str]:
        with open_record(self.record) as store:
            return sorted(one.headline for one in store.incidents())


@pytest.fixture(params=["file", "postgres"])
def walk(request: pytest.FixtureRequest, tmp_path: Path) -> Walk:
    if request.param == "file":
        one = Walk(tmp_path, str(tmp_path / "dateline.db"), lambda name: str(tmp_path / f"{name}.db"))
    else:
        server = request.getfixturevalue("postgres")
        one = Walk(tmp_path, server.url(server.new_database("template0")), lambda _: server.url(server.new_database("template0")))
    (tmp_path / "backups").mkdir()
    shutil.copytree(ROOT / "demo/reports", tmp_path / "demo/reports")
    one.type(["dateline run demo/reports"])
    return one


@pytest.mark.slow
def test_a_record_is_copied_brought_back_and_moved(walk: Walk) -> None:
    before, held = walk.rows(), walk.incidents()
    assert len(held) > 3
    said = walk.type(commands_under("A copy"))
    assert "copied and checked: 13 reports" in said["dateline backup backups/today.db"]
    assert "13 reports" in said["dateline backup --list"]

    with open_record(walk.record) as store:
        store.keep(a_report("What came later."), None, extracted="done")
        with store._write() as connection:
            connection.execute(sa.update(schema.incident).values(headline="gone wrong"))
    said = walk.type(commands_under("Bring it back"))
    assert "restored: 13 reports" in said["dateline restore backups/today.db --replace"]
    assert "fail" not in said["dateline doctor --quick"]
    assert walk.incidents() == held

    walk.move_to(walk.new_record("moved"))
    said = walk.type(commands_under("On another machine"))
    assert walk.incidents() == held
    assert len(said["dateline incidents"].splitlines()) >= len(held)
    assert before is not None


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pg_dump") is None, reason="no pg_dump here: apt-get install postgresql-client")
def test_the_servers_own_tools_bring_it_back_too(walk: Walk) -> None:
    if not walk.on_a_server:
        pytest.skip("there is no server")
    before = walk.rows()
    env = walk.env | {"MOVED": walk.new_record("moved")}
    typed = [one for one in commands_under("The server's own tools") if one.startswith(("pg_dump ", "pg_restore "))]
    assert len(typed) == 2
    for command in typed:
        subprocess.run(command, shell=True, check=True, env=env, cwd=walk.folder)
    walk.move_to(env["MOVED"])
    assert walk.rows() == before
    with open_record(walk.record) as store:
        assert store.search("killed"), "the index of words came along"
        assert store.keep(a_report(), None, extracted="pending"), "numbers go on"


@pytest.mark.slow
def test_a_record_is_upgraded(walk: Walk) -> None:
    held = walk.incidents()
    if not walk.on_a_server:          # there, no older version was ever made
        older_record(Path(walk.record), "0001")
    copy, *rest = commands_under("Upgrade")
    assert copy.startswith("dateline backup")
    found = walk.type([rest[0]])[rest[0]]
    assert walk.on_a_server or "version 0001; this dateline has" in found
    said = walk.type([copy, *rest])
    assert walk.incidents() == held
    assert "fail" not in said["dateline doctor"]
    assert len(said["dateline incidents"].splitlines()) >= len(held)


# The figures

SIZES = re.findall(r"^\| .+ \| ([\d,.]+) \| `([\w.]+)` \|$", PAGE, re.M)


@pytest.mark.parametrize(("told", "figure"), SIZES, ids=[figure for _, figure in SIZES])
def test_a_size_is_about_what_the_bench_last_measured(told: str, figure: str) -> None:
    section = RESULTS.partition("\n## sizing\n")[2].partition("\n## ")[0]
    measured = re.search(rf"^\| `{re.escape(figure)}` \| ([\d.]+) \|", section, re.M)
    assert measured, f"python -m bench sizing --write, then tell {figure} on the page"
    assert 0.5 <= float(told.replace(",", "")) / float(measured[1]) <= 2, "a busy machine halves it, and no more"


def test_the_sizes_that_a_machine_is_chosen_by_are_told() -> None:
    assert {"reports_a_day.busy", "mb.run.jobs2", "mb.watch", "mb.serve", "kb.report", "kb.incident"} <= {
        figure for _, figure in SIZES}
