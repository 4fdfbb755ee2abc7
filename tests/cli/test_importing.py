"""dateline import and compare: what they print and what they leave."""

from __future__ import annotations

import csv
import json

import pytest

SHEET = """Id,Date,Type of incident,Location,Country,Lat,Lon,Killed,Source,Our own
X-1,2024-03-12,Shelling,Port Verity,Kenya,-4.05,39.67,12+,Verity Post,blue
X-2,2024-02-30,Shelling,Port Verity,Kenya,-4.05,39.67,3,Verity Post,red
"""


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "march.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_sheet_is_shown_first_and_nothing_is_changed(dateline, sheet):
    code, out, err = dateline("import", "march.csv")
    assert code == 3
    assert "date     Date" in out
    assert "no field, kept with each row: Our own" in out
    assert "row 2  X-1: shelling, Port Verity; 12 Mar 2024" in out
    assert "row 3: Date: '2024-02-30' is no date of the calendar" in out
    assert out.rstrip().endswith("1 new, 0 changed, 0 as they were, 1 left out")
    assert "nothing is changed yet; --apply does it" in err
    assert max(map(len, out.splitlines())) <= 80
    assert not (sheet.parent / "dateline.db").exists()


def test_a_sheet_is_brought_in_and_found_under_its_own_id(dateline, sheet):
    code, out, err = dateline("import", "march.csv", "--apply", "--as", "ann")
    assert (code, out.strip()) == (3, "1 rows brought in, 1 incident, 1 accepted")
    assert "row 3: Date: '2024-02-30'" in err
    code, out, _ = dateline("show", "X-1")
    assert code == 0
    assert "DTL-1" in out
    assert "approved by ann" in out
    assert dateline("show", "X-9")[0] == 1


def test_how_it_is_read_is_saved_and_given_again(dateline, sheet):
    code, _, _ = dateline("import", "march.csv", "--map", "notes=Our own", "--name", "spring", "--save-mapping", "map.toml")
    assert code == 3
    assert 'notes = "Our own"' in (sheet.parent / "map.toml").read_text()
    _, out, _ = dateline("import", "march.csv", "--mapping", "map.toml", "--json")
    told = [json.loads(line) for line in out.splitlines()]
    assert told[0]["report"]["source"] == "sheet:spring#X-1"


def test_an_edited_export_comes_back(dateline, sheet):
    dateline("import", "march.csv", "--apply")
    assert dateline("export", "csv", "--out", "out.csv")[0] == 0
    rows = list(csv.DictReader((sheet.parent / "out.csv").open(encoding="utf-8")))
    rows[0]["kind"] = "grenade"
    with (sheet.parent / "out.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    code, out, err = dateline("import", "out.csv")
    assert (code, "kind: shelling/artillery/missile attack -> grenade" in out, "--apply" in err) == (0, True, True)
    assert dateline("import", "out.csv", "--apply")[1].strip() == "1 incident changed, events 3 to 3"
    assert "grenade" in dateline("show", "DTL-1")[1]


def test_a_file_is_compared_and_the_rows_written(dateline, sheet):
    dateline("import", "march.csv", "--apply")
    (sheet.parent / "acled.csv").write_text(
        "event_id_cnty,event_date,sub_event_type,country,location,latitude,longitude,fatalities\n"
        "A1,2024-03-12,Shelling/artillery/missile attack,Kenya,Port Verity,-4.05,39.66,12\n"
        "A2,2024-03-14,Attack,Kenya,Arden,1.5,36.1,2\n",
        encoding="utf-8",
    )
    code, out, _ = dateline("compare", "acled.csv", "--as", "acled", "--out", "told.csv")
    assert (code, out.rstrip().splitlines()[-1]) == (0, "1 matched, 1 theirs only, 0 ours only, 0 not compared")
    assert max(map(len, out.splitlines())) <= 80
    rows = list(csv.DictReader((sheet.parent / "told.csv").open(encoding="utf-8")))
    assert [(row["outcome"], row["their_id"], row["incident_id"]) for row in rows] == [
        ("matched", "A1", "DTL-1"),
        ("theirs only", "A2", ""),
    ]
    _, out, _ = dateline("compare", "acled.csv", "--json")
    assert [json.loads(line)["outcome"] for line in out.splitlines()] == ["matched", "theirs only"]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("import", "nothing.csv"), "No such file"),
        (("import", "march.csv", "--map", "colour=Date"), "no field 'colour'"),
        (("import", "march.csv", "--map", "date=Colour"), "no column 'Colour'"),
        (("import", "march.csv", "--kind", "boom=bang"), "no incident kind"),
        (("compare", "march.csv", "--as", "nobody"), "must be acled"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(dateline, sheet, args, words):
    code, _, err = dateline(*args)
    assert code in (1, 2)
    assert words in err
