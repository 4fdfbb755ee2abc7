"""What cannot be answered is told clearly, and nothing is lost: gone ids, stale edits, a locked or newer record."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import anyio
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from dateline.decisions import By, set_confidence
from dateline.desk.app import create_app
from dateline.desk.pages.export import AT_ONCE
from dateline.errors import StoreError
from dateline.settings import Settings
from dateline.store import dialect, open_record
from desk.security.conftest import HERE, a_browser, sign_in
from desk.security.crawl import wrong_with
from desk.security.hostile import EDITOR, FORMULA, PASSWORD, VICTIM, a_hostile_record, bad, formula, told
from desk.security.test_crawl import rows_of
from desk.security.test_forms import FORMS, filled
from made_desk import a_record_of, csrf_of

EVIL = (
    "\x00",
    "9" * 40,
    "-1",
    "'; DROP TABLE incident; --",
    bad("typed"),
    "x" * 100_000,
    "\u202e",
    "{}",
    "../..",
    "\U0001f4a5",
    " ",
)
TYPED = "typed with care, and long"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return a_hostile_record(tmp_path_factory.mktemp("bad"))


@pytest.fixture(scope="module")
def editor(settings: Settings) -> Iterator[TestClient]:
    with a_browser(settings) as client:
        sign_in(client, EDITOR, PASSWORD)
        yield client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/incidents/DTL-6", 410),
        ("/api/v1/incidents/DTL-6", 410),
        ("/review/twice/DTL-6", 410),
        ("/incidents/DTL-404", 404),
        ("/incidents/x", 404),
        ("/incidents/DTL-1/figures/none", 404),
        ("/reports/none", 404),
        ("/reports/none/text?incident=DTL-1", 404),
        ("/groups/none", 404),
        ("/sources/none", 404),
        ("/countries/none", 404),
        ("/countries/AF/none", 404),
        ("/countries/AF/0000-01", 404),
        ("/none", 404),
        ("/api/v1/none", 404),
        ("/api/v1/reports/none", 404),
        ("/api/v1/accounts/none", 404),
        ("/export/none", 422),
        ("/api/v1/export/none", 422),
        ("/static/none.js", 404),
        ("/data/none", 404),
    ],
)
def test_what_is_not_there_is_told(editor: TestClient, path: str, status: int):
    answer = editor.get(path)
    assert answer.status_code == status
    assert not wrong_with(answer)
    if path.startswith(("/api", "/data")):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
    elif not path.startswith("/static"):
        assert "<h1" in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/", "/incidents/DTL-1", "/api/v1/incidents", "/static/desk.css", "/none"])
def test_methods_that_there_are_not_are_refused(editor: TestClient, method: str, path: str):
    answer = editor.request(method, path)
    assert answer.status_code in (403, 404, 405)
    assert "DTL-1" not in answer.text or path == "/incidents/DTL-1"


@pytest.fixture(scope="module")
def typed_on(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A record of its own, which is changed by what is taken."""
    return replace(a_hostile_record(tmp_path_factory.mktemp("typed")), sign_in_failures=10_000)


@pytest.mark.parametrize("path", FORMS)
def test_nothing_that_is_typed_breaks_a_form(typed_on: Settings, path: str):
    _type_in_each_field(typed_on, path, EVIL[:3])


@pytest.mark.slow
@pytest.mark.parametrize("path", FORMS)
def test_nothing_else_that_is_typed_breaks_a_form(typed_on: Settings, path: str):
    _type_in_each_field(typed_on, path, EVIL[3:])


def _type_in_each_field(typed_on: Settings, path: str, values: Sequence[str]) -> None:
    """What is refused is refused in words."""
    with a_browser(typed_on) as browser:
        sign_in(browser, EDITOR, PASSWORD)
        token = csrf_of(browser, "/account")
        for name in FORMS[path][0]:
            for value in values:
                answer = browser.post(filled(path), data={**FORMS[path][0], name: value, "csrf_token": token})
                assert answer.status_code < 500, (name, value[:40], answer.text[:300])
                assert not [one for one in wrong_with(answer) if not one.startswith("names ")], (name, value[:40])
    with open_record(typed_on.record) as store:
        assert EDITOR in {one.name for one in store.team.people()}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b'{"why": "\\ud800"}',
        b"\xff\xfe",
        b'{"why": ' + b"[" * 50_000,
        b'{"a": 1, "a": 2}',
        b'{"what": "accept", "seen": "' + b"x" * 100 + b'"}',
        b'{"event": 1e400}',
    ],
    ids=range(11),
)
def test_a_body_that_is_no_decision_is_refused_in_words(editor: TestClient, body: bytes):
    headers = {"x-csrf-token": csrf_of(editor, "/account"), "content-type": "application/json"}
    for path in (
        "/api/v1/incidents/DTL-1/review",
        "/api/v1/incidents/DTL-1/correct",
        "/api/v1/enter",
        "/api/v1/incidents/DTL-1/split",
    ):
        answer = editor.post(path, content=body, headers=headers)
        assert answer.status_code in (400, 409, 422), (path, answer.text[:300])
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("figures.F-14.low", "9" * 40),
        ("figures.F-14.high", "9" * 19),
        ("figures.F-14.value", "-5"),
        ("figures.F-14.count", "9" * 1_900),
        ("when", "9" * 30),
        ("where", "9" * 40),
        ("figures.F-14.side", "them"),
        ("id", "DTL-2"),
        ("accounts", "x"),
        ("__class__", "x"),
    ],
)
def test_a_correction_that_no_field_can_have_is_refused(settings: Settings, editor: TestClient, field: str, value: str):
    with open_record(settings.record) as store:
        before = store.incident("DTL-1")
    fields = {"csrf_token": csrf_of(editor, "/account"), "field": field, "value": value, "account": "A-R2"}
    assert editor.post("/incidents/DTL-1/correct", data=fields).status_code in (409, 422)
    if value.isdigit():
        body = {"field": field, "value": int(value[:300]), "account": "A-R2"}
        answer = editor.post("/api/v1/incidents/DTL-1/correct", json=body, headers={"x-csrf-token": fields["csrf_token"]})
        assert answer.status_code in (409, 422)
    with open_record(settings.record) as store:
        assert store.incident("DTL-1") == before


# Stale edits


def test_a_stale_edit_is_refused_shows_both_and_loses_nothing(settings: Settings, editor: TestClient):
    page = editor.get("/incidents/DTL-1").text
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen
    with open_record(settings.record) as store:
        set_confidence(store, "DTL-1", "high", By("Ben", f"{VICTIM} {bad('meanwhile')}"), settings)
        before = store.incident("DTL-1")
    answer = editor.post(
        "/incidents/DTL-1/confidence",
        data={"csrf_token": csrf_of(editor, "/account"), "level": "low", "why": f"{TYPED} {bad('stale')}", "seen": seen[1]},
    )
    assert answer.status_code == 409
    assert TYPED in answer.text
    assert not wrong_with(answer), "what is held now is shown as it may be"
    told_to_programs = editor.post(
        "/api/v1/incidents/DTL-1/confidence",
        json={"level": "low", "why": TYPED, "seen": seen[1]},
        headers={"x-csrf-token": csrf_of(editor, "/account")},
    )
    assert told_to_programs.status_code == 409
    assert told_to_programs.json()["held"]["id"] == "DTL-1"
    assert not wrong_with(told_to_programs)
    with open_record(settings.record) as store:
        assert store.incident("DTL-1") == before


# Records that cannot be used


def test_a_record_of_a_newer_dateline_is_not_opened(tmp_path: Path):
    settings = replace(Settings(), record=str(a_record_of(tmp_path / "d.db", told()[:1])))
    _set_version(tmp_path / "d.db", "9999")
    with pytest.raises(StoreError, match="newer dateline"):
        create_app(settings)


def _set_version(record: Path, version: str) -> None:
    with open_record(record) as store, store._write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :version"), {"version": version})


@contextmanager
def written_to(record: Path) -> Iterator[None]:
    """Somebody else is in the middle of writing."""
    with open_record(record) as other, other.writing():
        yield


def test_while_another_writes_pages_are_read_and_edits_are_told_to_come_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dialect, "BUSY_TIMEOUT_S", 0.2)
    settings = replace(Settings(), record=str(a_record_of(tmp_path / "d.db", told()[:1])), user="Ana")
    with TestClient(create_app(settings), base_url=HERE, follow_redirects=False, raise_server_exceptions=False) as browser:
        token = csrf_of(browser, "/incidents/DTL-1")
        browser.get("/")
        with written_to(tmp_path / "d.db"):
            assert browser.get("/incidents/DTL-1").status_code == 200
            assert browser.get("/api/v1/incidents").status_code == 200
            assert browser.get("/").status_code == 200, "who looks in is no reason for a page not to come"
            answer = browser.post("/incidents/DTL-1/comments", data={"csrf_token": token, "words": TYPED})
            api = browser.post("/api/v1/incidents/DTL-1/confidence", json={"level": "low"}, headers={"x-csrf-token": token})
        for one in (answer, api):
            assert one.status_code == 503
            assert int(one.headers["retry-after"]) > 0
            assert not wrong_with(one) or all(wrong == "status 503" for wrong in wrong_with(one))
        assert browser.post("/incidents/DTL-1/comments", data={"csrf_token": token, "words": TYPED}).status_code == 303
        assert TYPED in browser.get("/incidents/DTL-1").text


def test_a_record_that_is_taken_away_is_told(tmp_path: Path):
    settings = replace(Settings(), record=str(a_record_of(tmp_path / "d.db", told()[:1])), user="Ana")
    with TestClient(create_app(settings), base_url=HERE, raise_server_exceptions=False) as browser:
        browser.get("/")
        with open_record(tmp_path / "d.db") as other, other._write() as connection:
            connection.exec_driver_sql("DROP TABLE incident_facet")
        answer = browser.get("/?affected=health")
        assert answer.status_code in (500, 503)
        assert "SELECT" not in answer.text
        assert str(tmp_path) not in answer.text or answer.status_code == 503


# Exports that are dropped


def dropped(app: object, path: str, after: int, spec: str) -> None:
    """Ask for `path` and go away after so many blocks. spec: how the server tells of it, by a message or by an error."""

    async def call() -> None:
        sent, asked, gone = 0, 0, anyio.Event()

        async def receive() -> dict[str, object]:
            nonlocal asked
            asked += 1
            if asked == 1:
                return {"type": "http.request", "body": b"", "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            nonlocal sent
            sent += 1
            if sent > after:
                gone.set()
                if spec == "2.4":
                    raise OSError("the connection is closed")
                await anyio.sleep(0.01)

        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"nature=all",
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "asgi": {"version": "3.0", "spec_version": spec},
        }
        try:
            await app(scope, receive, send)  # type: ignore[operator]  # an ASGI application
        except OSError:
            return
        except Exception as error:
            if type(error).__name__ != "ClientDisconnect":
                raise

    anyio.run(call)


@pytest.mark.parametrize(
    ("path", "after", "spec"),
    [("/export/csv", 0, "2.3"), ("/export/csv", 2, "2.4"), ("/api/v1/export/jsonl", 1, "2.3"), ("/export/xlsx", 2, "2.3")],
)
def test_an_export_that_nobody_takes_leaves_nothing_behind(
    tmp_path: Path, path: str, after: int, spec: str, monkeypatch: pytest.MonkeyPatch
):
    import tempfile

    (tmp_path / "made").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "made"))
    settings = replace(Settings(), record=str(a_record_of(tmp_path / "d.db", told())), user="Ana", nature="all")
    app = create_app(settings)
    for _ in range(5):
        dropped(app, path, after, spec)
    until = time.monotonic() + 5
    while time.monotonic() < until and [one for one in threading.enumerate() if one.name == "export"]:
        time.sleep(0.02)
    assert not [one for one in threading.enumerate() if one.name == "export"], "nobody writes for a browser that has gone"
    taken = [AT_ONCE.acquire(blocking=False) for _ in range(4)]
    for _ in range(sum(taken)):
        AT_ONCE.release()
    assert all(taken), "others may export"
    assert not list((tmp_path / "made").iterdir())
    app.state.desk.close()


def test_a_fifth_export_is_told_to_wait(editor: TestClient):
    for _ in range(4):
        assert AT_ONCE.acquire(blocking=False)
    try:
        answer = editor.get("/export/csv")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "60"
    finally:
        for _ in range(4):
            AT_ONCE.release()


# What is too much


def test_a_body_without_end_is_refused(tmp_path: Path):
    settings = replace(Settings(), record=str(tmp_path / "d.db"), user="Ana", fetch_max_bytes=1_000_000)
    with TestClient(create_app(settings), base_url=HERE, raise_server_exceptions=False) as browser:
        token = csrf_of(browser, "/enter")
        for path in ("/enter/drafts", "/enter", "/sign-in", "/account/tokens"):
            answer = browser.post(path, data={"csrf_token": token, "text": "x" * 5_000_000})
            assert answer.status_code == 413, path
        answer = browser.post("/api/v1/enter", content=b'{"why": "' + b"x" * 5_000_000 + b'"}', headers={"x-csrf-token": token})
        assert answer.status_code == 413
        file = {"file": ("x.txt", b"x" * 1_500_000, "text/plain")}
        assert browser.post("/enter/drafts", data={"csrf_token": token}, files=file).status_code == 422, (
            "and a long file in words"
        )


@pytest.mark.parametrize("fields", [5_000])
def test_so_many_fields_are_refused(editor: TestClient, fields: int):
    given = {f"x{number}": "1" for number in range(fields)} | {"csrf_token": csrf_of(editor, "/account"), "words": "seen"}
    assert editor.post("/incidents/DTL-1/comments", data=given).status_code in (303, 400, 413)


@pytest.mark.slow
def test_a_line_of_ten_megabytes_is_read_or_refused_in_words(tmp_path: Path):
    settings = replace(Settings(), record=str(tmp_path / "d.db"), user="Ana")
    with TestClient(create_app(settings), base_url=HERE, raise_server_exceptions=False) as browser:
        for text in ("shell " * 1_700_000, "x" * 10_000_000, "\u202e" * 3_000_000, "<script>" * 1_300_000, "=" * 10_000_000):
            answer = browser.post("/enter/drafts", data={"csrf_token": csrf_of(browser, "/enter"), "text": text})
            assert answer.status_code in (200, 400, 413, 422)
            assert not wrong_with(answer)


# Formulas


def test_no_cell_of_a_sheet_is_a_formula(editor: TestClient):
    import csv
    import io

    import openpyxl

    for shape in ("csv", "acled", "ucdp", "hxl"):
        text = editor.get(f"/api/v1/export/{shape}?nature=all").content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert any(FORMULA in cell for cell in cells), "else this shows nothing"
        wrong = [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not _is_number(cell))]
        assert not wrong, shape
    book = openpyxl.load_workbook(io.BytesIO(editor.get("/api/v1/export/xlsx?nature=all").content))
    held = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in held if cell.data_type == "f" or cell.hyperlink]
    assert any(str(cell.value).startswith(FORMULA) for cell in held)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_what_a_header_says_is_ours(editor: TestClient):
    for path in (
        "/export/csv",
        "/api/v1/export/csv",
        f"/export/csv?province={quote(formula('admin1'))}",
        f"/export/csv?text={quote(bad('asked'))}",
    ):
        answer = editor.get(path)
        assert re.fullmatch(r'attachment; filename="[a-z.-]+"', answer.headers["content-disposition"])


def test_the_record_of_the_tests_is_still_whole(settings: Settings):
    assert rows_of(Path(settings.record))["incident"]
