"""Files and addresses: nothing of the machine is read but the packaged assets, and nothing of its network is asked."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.settings import Settings
from desk.security.conftest import HERE
from desk.security.crawl import wrong_with
from made_desk import a_record_of, csrf_of
from made_incidents import a_report, an_account

CANARY = "the canary sings"
CLIMBS = (
    "../" * 8 + "{canary}",
    "..%2f" * 8 + "{canary}",
    "%2e%2e/" * 8 + "{canary}",
    "%2e%2e%2f" * 8 + "{canary}",
    "..%5c" * 8 + "{canary}",
    "....//" * 8 + "{canary}",
    "%252e%252e%252f" * 8 + "{canary}",
    "/{canary}",
    "//{canary}",
    "%2f{canary}",
    "desk.css/../../../{canary}",
    "desk.css%00{canary}",
    "%00",
    "..",
    ".",
    "../app.py",
    "..%2fapp.py",
    "%2e%2e%2fwho.py",
    "../templates/base.html",
    "C:%5cWindows%5cwin.ini",
    "\\\\server\\share",
    "con",
    "desk.css%00.js",
    "vendor/../../app.py",
    "file:///{canary}",
    "%c0%ae%c0%ae/app.py",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paths")


@pytest.fixture(scope="module")
def canary(folder: Path) -> Path:
    found = folder / "canary.txt"
    found.write_text(CANARY, encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def settings(folder: Path) -> Settings:
    held = replace(Settings(), record=str(folder / "d.db"), user="Ana", fetch_timeout_s=2.0)
    a_record_of(folder / "d.db", [(a_report(), [an_account()], [])], held)
    return held


@pytest.fixture(scope="module")
def browser(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url=HERE, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client


def ask_raw(browser: TestClient, path: str) -> tuple[int, bytes]:
    """What the application answers to `path` as it stands: a client would take the dots out before it sends it."""
    from urllib.parse import unquote

    import anyio

    status, body = 0, b""

    async def call() -> None:
        nonlocal status, body
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(path, errors="replace"),
            "raw_path": path.encode("utf-8"),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1")],
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 80),
        }

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, object]) -> None:
            nonlocal status, body
            if message["type"] == "http.response.start":
                status = int(str(message["status"]))
            body += bytes(message.get("body", b""))  # type: ignore[arg-type]  # bytes, where there is one

        await browser.app(scope, receive, send)  # type: ignore[operator]  # an ASGI application

    anyio.run(call)
    return status, body


@pytest.mark.parametrize(
    "root",
    ["/static/", "/reports/", "/groups/", "/sources/", "/countries/AF/", "/boundaries/", "/export/", "/api/v1/reports/", "/"],
)
def test_no_address_leads_out_of_the_packaged_files(browser: TestClient, canary: Path, root: str):
    for climb in CLIMBS:
        _stays_inside(browser, root + climb.format(canary=str(canary).lstrip("/")))


def _stays_inside(browser: TestClient, path: str) -> None:
    status, body = ask_raw(browser, path)
    assert status in (200, 301, 303, 307, 400, 404, 405, 422), status
    assert CANARY.encode() not in body
    assert b"def create_app" not in body
    assert b"{% block" not in body


def test_the_folder_of_assets_is_not_listed(browser: TestClient):
    for path in ("/static", "/static/", "/static/vendor", "/static/vendor/"):
        assert browser.get(path).status_code in (307, 404), path


def test_there_are_no_boundaries_unless_they_are_set(browser: TestClient, settings: Settings, tmp_path: Path):
    assert browser.get("/boundaries").status_code == 404
    own = tmp_path / "own.geojson"
    own.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    with TestClient(create_app(replace(settings, desk_boundaries=str(own))), base_url=HERE) as client:
        assert client.get("/boundaries?path=/etc/passwd").json()["features"] == []
        assert client.get("/boundaries", headers={"range": "bytes=0-5"}).status_code == 206
        assert client.get("/boundaries", headers={"range": "bytes=0-999999999,-5,7-3,a-b"}).status_code in (200, 206, 400, 416)


def test_boundaries_are_for_those_who_are_signed_in(tmp_path: Path):
    from datetime import UTC, datetime

    from dateline.store import open_record
    from dateline.team import people

    own = tmp_path / "own.geojson"
    own.write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    with open_record(tmp_path / "d.db") as store:
        people.add_person(store, "Ana", "editor", "four plain words here", by="tests", at=datetime(2024, 4, 1, tzinfo=UTC))
    with TestClient(
        create_app(replace(Settings(), record=str(tmp_path / "d.db"), desk_boundaries=str(own))),
        base_url=HERE,
        follow_redirects=False,
    ) as client:
        assert client.get("/boundaries").status_code in (303, 401)


# What is pasted


def drafts(browser: TestClient, **given: object) -> str:
    files = given.pop("files", None)
    answer = browser.post("/enter/drafts", data={"csrf_token": csrf_of(browser, "/enter"), **given}, files=files)  # type: ignore[arg-type]
    assert answer.status_code in (200, 422), answer.text[:300]
    assert not wrong_with(answer)
    return answer.text


@pytest.mark.parametrize(
    "address",
    [
        "file:///{canary}",
        "FILE:///{canary}",
        "{canary}",
        "file://localhost{canary}",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1/",
        "-",
        "http://",
        "http:///{canary}",
        "data:text/plain,{canary}",
        "jar:http://x!/{canary}",
        "https://[::1",
        "http://\u202eexample.org",
        "http://a b/",
        "\x00",
    ],
)
def test_an_address_that_is_none_of_the_web_is_not_read(browser: TestClient, canary: Path, address: str):
    page = drafts(browser, address=address.format(canary=canary))
    assert CANARY not in page
    assert 'class="error"' in page


@pytest.fixture
def listener() -> Iterator[int]:
    """A port of this machine that must not be called."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(5)
        taken.settimeout(0.05)
        yield taken.getsockname()[1]
        with pytest.raises(TimeoutError):
            taken.accept()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "[::]",
        "127.0.0.1.",
        "user:pass@127.0.0.1",
        "localhost.localdomain",
    ],
)
def test_the_machine_itself_is_not_asked(browser: TestClient, listener: int, host: str):
    page = drafts(browser, address=f"http://{host}:{listener}/latest/meta-data/")
    assert 'class="error"' in page


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "[fe80::1]",
        "[fd00::1]",
        "100.64.0.1",
        "metadata.internal",
        "[64:ff9b::a9fe:a9fe]",
        "printer.local",
    ],
)
def test_private_networks_are_not_asked(browser: TestClient, host: str):
    page = drafts(browser, address=f"http://{host}/latest/meta-data/")
    assert 'class="error"' in page


NAMES = (
    "../../../../tmp/x.html",
    "/etc/passwd",
    "..\\..\\x.txt",
    "x.html\x00.exe",
    "<script>x('file')</script>.txt",
    "a" * 3_000 + ".txt",
    ".htaccess",
    "con.txt",
    "x.txt;rm -rf ~",
    "$(id).txt",
    "\u202etxt.exe",
    "x.warc.gz",
    "x.zip",
    "%2e%2e%2fx.txt",
    "-",
    "x.\u0000",
)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_that_is_sent_is_only_a_name(
    browser: TestClient, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TMPDIR", str(tmp_path / "made"))
    (tmp_path / "made").mkdir()
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    told = b"Shelling hit Port Verity on Monday. 12 people were killed."
    drafts(browser, files={"file": ("x.txt", told, "text/plain")})        # what a library leaves once, when it is loaded
    before = sorted(tmp_path.rglob("*"))
    drafts(browser, files={"file": (name, told, "text/plain")})
    assert sorted(path for path in tmp_path.rglob("*") if not path.name.startswith("d.db")) == [
        path for path in before if not path.name.startswith("d.db")
    ], "nothing is left behind, and nothing lies elsewhere"


def a_feed(entities: str) -> bytes:
    head = f"<?xml version='1.0'?><!DOCTYPE x [{entities}]>"
    return f"{head}<rss><channel><item><title>&e;</title></item></channel></rss>".encode()


def a_zip(*members: tuple[str, bytes]) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as archive:
        for name, body in members:
            archive.writestr(name, body)
    return to.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        a_zip(("../../x.txt", b"x")),
        b"\x1f\x8b" + b"\x00" * 20,
        b"PK\x03\x04",
        b"WARC/1.0\r\n",
        b"%PDF-1.7",
        b"\x00" * 1_000,
        b"\xff\xfe" * 1_000,
        b"",
        a_feed("<!ENTITY e SYSTEM 'file:///etc/passwd'>"),
        a_feed(
            "<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {one} '{f'&{before};' * 10}'>" for before, one in pairwise("abcde"))
        ),
        json.dumps({"text": "x", "source": "file:///etc/passwd"}).encode(),
        b"[" * 100_000,
    ],
    ids=range(12),
)
def test_a_file_that_is_no_report_is_told_or_read(browser: TestClient, body: bytes):
    page = drafts(browser, files={"file": ("x.xml", body, "application/octet-stream")})
    assert "root:" not in page
