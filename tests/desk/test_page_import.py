"""The page of imports: a sheet is shown as it is understood, then brought in; an edited export shows its differences."""

from __future__ import annotations

import csv
import io

import pytest

from dateline.store import open_record
from importing.made_sheets import HEAD, a_row, exported
from made_desk import a_desk, csrf_of, text_of
from made_incidents import a_report, an_account

SHEET = "\n".join([HEAD, a_row(who="<script>alert(1)</script>"), a_row("X-2", date="2024-02-30")])


@pytest.fixture
def record(tmp_path):
    return tmp_path / "d.db"


@pytest.fixture
def desk(record):
    return a_desk(record, [(a_report(), [an_account()], [])])


def send(desk, where, raw=None, name="march.csv", **fields):
    files = {"file": (name, raw)} if raw is not None else {"none": ("", b"")}
    return desk.post(where, data={"csrf_token": csrf_of(desk, "/import"), **fields}, files=files)


def packed_in(page):
    return page.partition('name="packed" value="')[2].partition('"')[0]


def test_a_sheet_is_shown_as_it_is_understood_and_nothing_is_changed(desk, record):
    page = send(desk, "/import/plan", SHEET).text
    assert "1 new, 0 changed, 0 as they were, 1 left out" in text_of(page)
    assert "shelling, Port Verity" in text_of(page)
    assert "row 3: Date: '2024-02-30' is no date of the calendar" in text_of(page)
    assert "<script>alert" not in page
    with open_record(record) as store:
        assert store.notes("sheet:") == []


def test_a_sheet_is_brought_in_as_the_page_carried_it(desk, record):
    page = send(desk, "/import/plan", SHEET, **{"map-notes": "Our code"}).text
    answer = send(desk, "/import/apply", packed=packed_in(page), why="spring", **{"map-notes": "Our code"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/import")
    assert "1 row brought in, 1 accepted; 1 row left out" in desk.get("/import").text
    with open_record(record) as store:
        [(report, account)] = store.notes("sheet:")
        [incident] = {store.incidents_of([account.id])[account.id]}
        assert (report.source, store.incident(incident).review.who) == ("sheet:march#X-1", "Ana")


def test_an_edited_export_shows_its_differences_and_is_applied(desk, record, tmp_path):
    with open_record(record) as store:
        rows = list(csv.DictReader(exported(store, tmp_path / "out.csv").open(encoding="utf-8")))
    rows[0]["kind"] = "grenade"
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, rows[0])
    out.writeheader()
    out.writerows(rows)
    page = send(desk, "/import/plan", text.getvalue(), "out.csv").text
    assert "kind: shelling/artillery/missile attack → grenade" in text_of(page)
    assert send(desk, "/import/apply", packed=packed_in(page)).status_code == 303
    with open_record(record) as store:
        assert store.incident("DTL-1").kind == "grenade"
    rows[0]["kind"] = "attack"
    text = io.StringIO(newline="")
    out = csv.DictWriter(text, rows[0])
    out.writeheader()
    out.writerows(rows)
    page = send(desk, "/import/plan", text.getvalue(), "out.csv").text
    assert "0 changed, 0 as they left, 1 stale" in text_of(page)
    assert "kind: it is grenade → attack" in text_of(page)


@pytest.mark.parametrize(("raw", "words"), [(b"%PDF-1.4", "binary"), (b"1,2\n3,4\n", "no row of column names")])
def test_what_is_no_sheet_is_said_on_the_page(desk, raw, words):
    answer = send(desk, "/import/plan", raw)
    assert answer.status_code == 422
    assert words in text_of(answer.text)


def test_what_we_did_not_pack_is_not_unpacked(desk):
    assert send(desk, "/import/apply", packed="nonsense").status_code in (409, 422)
    assert send(desk, "/import/plan").status_code in (400, 409, 422)


def test_a_form_from_elsewhere_changes_nothing(desk):
    assert desk.post("/import/apply", data={"packed": "x"}).status_code == 403
