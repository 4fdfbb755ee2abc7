"""The unit is one file: found in folders, by globs, in lists of addresses, in object stores; each once."""

from __future__ import annotations

import gzip
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_backfill import made_archive

from dateline.backfill.reading import Reading
from dateline.backfill.units import Unit, unit_key, units_of
from dateline.errors import ReadError
from dateline.records import Report
from dateline.settings import Settings


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """a/1.warc.gz, a/2.warc.gz, a/deep/3.parquet and a hidden file; their content does not matter here."""
    for name in ("a/1.warc.gz", "a/2.warc.gz", "a/deep/3.parquet", "a/.hidden"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(name.encode()))
    return tmp_path


def names(archive: Path, *sources: str, **given: bool) -> list[str]:
    """The files found, under the folder; "!" and the message for what was not."""
    return [f"!{one}" if isinstance(one, ReadError) else one.name.replace(f"{archive}/", "").replace("file://", "")
            for one in units_of(sources, **given)]


@pytest.mark.parametrize(("source", "found"), [
    pytest.param("{}/a/1.warc.gz", ["a/1.warc.gz"], id="a-file"),
    pytest.param("{}/a", ["a/1.warc.gz", "a/2.warc.gz", "a/deep/3.parquet"], id="a-folder-with-those-in-it"),
    pytest.param("{}/a/*.gz", ["a/1.warc.gz", "a/2.warc.gz"], id="a-glob"),
    pytest.param("{}/**/*.parquet", ["a/deep/3.parquet"], id="a-glob-over-folders"),
    pytest.param("file://{}/a", ["a/.hidden", "a/1.warc.gz", "a/2.warc.gz", "a/deep/3.parquet"], id="a-folder-of-a-store"),
    pytest.param("file://{}/a/*.gz", ["a/1.warc.gz", "a/2.warc.gz"], id="a-glob-of-a-store"),
    pytest.param("file://{}/a/2.warc.gz", ["a/2.warc.gz"], id="an-address"),
])
def test_files_are_found(archive, source, found):
    assert names(archive, source.format(archive)) == found


def test_a_text_file_lists_files(archive):
    (archive / "list.txt").write_text(f"# of March\na/2.warc.gz\n\na/deep/*.parquet\nfile://{archive}/a/1.warc.gz\n")
    assert names(archive, str(archive / "list.txt")) == ["a/2.warc.gz", "a/deep/3.parquet", "a/1.warc.gz"]


def test_a_text_that_lists_nothing_is_a_source_itself(archive):
    (archive / "report.txt").write_text("ARDEN - Shelling hit Port Verity overnight, the mayor said.\n")
    assert names(archive, str(archive / "report.txt")) == ["report.txt"]


def test_a_file_that_is_named_twice_is_one_unit(archive, monkeypatch):
    monkeypatch.chdir(archive)
    assert len(list(units_of(["a", "a/1.warc.gz", str(archive / "a" / "1.warc.gz")]))) == 3


@pytest.mark.parametrize("source", ["{}/gone.warc.gz", "{}/*.none", "file://{}/gone.warc.gz", "nowhere://a/b"])
def test_what_is_not_there_is_told_and_the_rest_is_found(archive, source):
    missing, found = names(archive, source.format(archive), f"{archive}/a/1.warc.gz")
    assert missing.startswith("!")
    assert found == "a/1.warc.gz"


def test_offline_refuses_what_is_elsewhere(archive):
    [told] = names(archive, "https://archive.example/1.warc.gz", offline=True)
    assert "--offline" in told


def test_the_key_names_the_file_and_no_other():
    keys = {unit_key(name) for name in ("/x/a.warc.gz", "/y/a.warc.gz", "s3://x/a.warc.gz", "/x/a.warc-gz")}
    assert len(keys) == 4
    assert all(key.startswith("a-warc-gz-") for key in keys)
    assert unit_key("/x/../x/a.warc.gz") == unit_key("/x/a.warc.gz")


def test_a_changed_file_is_another(archive):
    def unit() -> Unit:
        [one] = units_of([str(archive / "a" / "1.warc.gz")])
        assert isinstance(one, Unit)
        return one

    before = unit()
    (archive / "a" / "1.warc.gz").write_bytes(b"more than before, or less")
    assert unit().key == before.key
    assert unit().changed != before.changed


@pytest.fixture
def server(archive):
    """The folder as a web server gives it, without ranges."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(archive))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as started:
        threading.Thread(target=started.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{started.server_port}"
        started.shutdown()


def test_a_file_is_read_over_http(archive, server):
    made = made_archive(archive / "made", 6, 1)[0]
    here, there = (_read(str(made)), _read(f"{server}/made/{made.name}"))
    assert [one.text for one in there] == [one.text for one in here]
    assert len(here) > 2


def test_a_server_that_has_no_such_file_is_told(server):
    [told] = units_of([f"{server}/gone.warc.gz"])
    assert isinstance(told, ReadError)


def _read(name: str) -> list[Report]:
    [unit] = units_of([name])
    assert isinstance(unit, Unit)
    return list(Reading(unit, Settings(), {}, lambda pages, of_bytes: None).reports())
