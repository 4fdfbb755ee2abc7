"""GeoNames files into the gazetteer."""

from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ReadError, StoreError
from dateline.where import geonames, loading
from dateline.where.gazetteer import Gazetteer, load_gazetteer
from dateline.where.loading import Loaded, load_files
from made_place_files import geonames_file, geonames_row

BUILT = load_gazetteer().path
MENAKA = 12070577  # GeoNames id of a unit that the built gazetteer has


def load(added: Path, *files: Path) -> tuple[list[Loaded], list[str]]:
    problems: list[ReadError] = []
    loaded = load_files(files, added, BUILT, on_problem=problems.append)
    return loaded, [str(problem) for problem in problems]


def gazetteer(added: Path) -> Gazetteer:
    return Gazetteer(BUILT, added)


@pytest.fixture
def added(tmp_path: Path) -> Path:
    return tmp_path / "data" / "added.sqlite"


def test_a_village_of_a_file_is_found_with_its_units_and_zone(tmp_path, added):
    row = geonames_row(900001, "Ardenou", alternates="Ardeno,ardnw,أردن,ADN", adm2="7670549", adm3="12345", pop=1200)
    unit = geonames_row(900002, "Commune de Ardenou", feature="A.ADM3", adm2="7670549", adm3="12345")
    [one], problems = load(added, geonames_file(tmp_path / "ML.txt", [row, unit]))
    assert problems == []
    assert (one.rows, one.kept, one.bad, one.known) == (2, 2, 0, False)
    [place] = gazetteer(added).lookup("Ardenou")
    assert (place.id, place.kind, place.country, place.population) == ("geonames:900001", "city", "ML", 1200)
    assert (place.admin1, place.admin2, place.admin3) == ("Mopti", "Douentza", "Commune de Ardenou")
    assert (place.adm1, place.zone, place.feature, place.source) == ("04", "Africa/Bamako", "PPL", "geonames-file")
    assert [p.id for p in gazetteer(added).lookup("Ardeno")] == ["geonames:900001"]
    assert gazetteer(added).longest_from("commune") >= 3
    assert gazetteer(added).get("geonames:900001") == place


def test_another_spelling_of_an_added_village_is_found_too(tmp_path, added):
    load(added, geonames_file(tmp_path / "SY.txt", [geonames_row(900003, "Ash Shurayqah", cc="SY", adm1="07")]))
    assert [p.id for p in gazetteer(added).similar("al-Shoraiqa", ["SY"])] == ["geonames:900003"]


@pytest.mark.parametrize(
    ("feature", "kind"),
    [
        pytest.param("A.ADM1", "admin1", id="first-order"),
        pytest.param("A.ADM2", "admin2", id="second-order"),
        pytest.param("A.ADM3", "admin3", id="third-order"),
        pytest.param("P.PPLX", "city", id="quarter"),
        pytest.param("S.CMPRF", "site", id="refugee-camp"),
        pytest.param("S.AIRB", "airport", id="air-base"),
        pytest.param("S.DAM", "site", id="dam"),
        pytest.param("H.STM", "region", id="river"),
        pytest.param("H.SEA", "sea", id="sea"),
        pytest.param("T.MTS", "region", id="mountains"),
        pytest.param("V.FRST", "region", id="forest"),
        pytest.param("S.HTL", None, id="hotels-are-left-out"),
        pytest.param("P.PPLH", None, id="what-was-there-once-is-left-out"),
        pytest.param("A.PCLI", None, id="countries-are-known"),
        pytest.param("R.RD", None, id="roads-are-left-out"),
    ],
)
def test_which_features_are_kept_and_as_what(tmp_path, added, feature, kind):
    load(added, geonames_file(tmp_path / "ML.txt", [geonames_row(900010, "Verityou", feature=feature)]))
    assert [p.kind for p in gazetteer(added).lookup("Verityou")] == ([kind] if kind else [])


def test_an_added_place_replaces_the_built_one_of_the_same_id_and_keeps_its_other_names(tmp_path, added):
    built = next(p for p in load_gazetteer().lookup("Douentza") if p.kind == "city")
    row = geonames_row(int(built.id.partition(":")[2]), "Douentza", lat=15.1, lon=-2.95, pop=99_000)
    load(added, geonames_file(tmp_path / "ML.txt", [row]))
    here = [p for p in gazetteer(added).lookup("Douentza") if p.kind == "city"]
    assert [(p.id, p.lat, p.population) for p in here] == [(built.id, 15.1, 99_000)]
    assert gazetteer(added).get(built.id) == here[0]


def test_a_unit_keeps_the_point_of_our_list_and_gains_the_names_of_the_file(tmp_path, added):
    built = load_gazetteer().get(f"geonames:{MENAKA}")
    load(added, geonames_file(tmp_path / "ML.txt", [geonames_row(MENAKA, "Menakaland", feature="A.ADM1", lat=1, lon=1)]))
    assert gazetteer(added).lookup("Menakaland") == (built,)


def test_a_zip_file_is_read_as_geonames_ships_it(tmp_path, added):
    path = tmp_path / "ML.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("readme.txt", "what the columns mean")
        packed.writestr("ML.txt", geonames_row(900004, "Ardenou") + "\n")
    load(added, path)
    assert len(gazetteer(added).lookup("Ardenou")) == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param("900020\tShort", "columns", id="too-few-columns"),
        pytest.param(geonames_row(900021, "Zero", lat=0, lon=0), "0,0", id="at-zero"),
        pytest.param(geonames_row(900022, "Far", lat=91), "latitude", id="no-such-latitude"),
        pytest.param(geonames_row(900023, "Nan", lat="nan"), "latitude", id="not-a-number"),
        pytest.param(geonames_row(900024, "Bad\x1b[31m"), "name", id="control-characters"),
        pytest.param(geonames_row(900025, "Turned\u202eround"), "name", id="marks-of-direction"),
        pytest.param(geonames_row(-4, "Minus"), "id", id="id-below-nothing"),
        pytest.param(geonames_row(10**30, "Huge"), "id", id="id-too-large"),
        pytest.param(geonames_row(900026, "x" * 500), "name", id="endless-name"),
        pytest.param(geonames_row(900027, "Other", cc="m1"), "country", id="no-country-code"),
        pytest.param("y" * 3_000_000, "line", id="endless-line"),
    ],
)
def test_bad_lines_are_counted_and_the_rest_is_read(tmp_path, added, row, why):
    good = [geonames_row(900030, "Before"), geonames_row(900031, "After")]
    [one], problems = load(added, geonames_file(tmp_path / "ML.txt", [good[0], row, good[1]]))
    assert (one.kept, one.bad, problems) == (2, 1, []), why
    assert all(gazetteer(added).lookup(name) for name in ("Before", "After"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"name,lat,lon\nArden,1,2\n", "its first line has 1 columns, not 19", id="another-table"),
        pytest.param(bytes(range(256)) * 4000, "not a GeoNames file", id="binary"),
        pytest.param(b"PK\x03\x04" + b"\0" * 500, "zip file that is cut off", id="truncated-zip"),
        pytest.param(b"z" * 5_000_000, "not a GeoNames file", id="one-endless-line"),
    ],
)
def test_a_wrong_file_is_told_and_the_others_are_read(tmp_path, added, content, told):
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(content)
    right = geonames_file(tmp_path / "ML.txt", [geonames_row(900040, "Ardenou")])
    loaded, problems = load(added, wrong, tmp_path / "none.txt", tmp_path, right)
    assert [one.name for one in loaded] == ["ML.txt"]
    assert len(problems) == 3
    assert told in problems[0]
    assert gazetteer(added).lookup("Ardenou")


def test_a_file_that_was_loaded_is_not_read_again(tmp_path, added):
    path = geonames_file(tmp_path / "ML.txt", [geonames_row(900050, "Ardenou")])
    load(added, path)
    copy = geonames_file(tmp_path / "copy.txt", [geonames_row(900050, "Ardenou")])
    [one], _ = load(added, copy)
    assert one.known
    assert one.kept == 1


def many_rows(count: int) -> list[str]:
    random.seed(7)
    letters = ["ba", "ko", "ri", "dou", "gha", "sh", "em", "ou", "ta", "li"]
    names = ["".join(random.choices(letters, k=4)).capitalize() for _ in range(count)]
    return [geonames_row(10_000_000 + i, name, alternates=names[i // 2]) for i, name in enumerate(names)]


def contents(added: Path) -> list[tuple[object, ...]]:
    db = sqlite3.connect(added)
    found = [db.execute(f"select count(*), min(rowid), max(rowid) from {t}").fetchone() for t in ("place", "staged")]
    found.append(db.execute("select count(*), count(distinct key) from name").fetchone())
    db.close()
    return found


def test_a_load_that_is_killed_goes_on_where_it_was(tmp_path, added):
    path = geonames_file(tmp_path / "ML.txt", many_rows(60_000))
    whole = tmp_path / "whole" / "added.sqlite"
    load(whole, path)
    program = (
        "import sys, time; from pathlib import Path; from dateline.where import loading\n"
        "loading.COMMIT_ROWS = 5000\n"
        "def slow(name, rows): print(rows, flush=True); time.sleep(0.2)\n"
        "loading.load_files([Path(sys.argv[1])], Path(sys.argv[2]), Path(sys.argv[3]), on_problem=print, progress=slow)\n"
    )
    command = [sys.executable, "-c", program, str(path), str(added), str(BUILT)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
    assert process.stdout is not None
    assert int(process.stdout.readline()) < 60_000
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    db = sqlite3.connect(added)
    [(offset, done)] = db.execute("select offset, done from loading").fetchall()
    db.close()
    assert 0 < offset < path.stat().st_size
    assert not done
    [one], problems = load(added, path)
    assert (one.rows, one.kept, one.bad, problems) == (60_000, 60_000, 0, [])
    assert contents(added) == contents(whole)


def test_a_load_that_is_killed_while_it_sorts_sorts_again(tmp_path, added, monkeypatch):
    path = geonames_file(tmp_path / "ML.txt", [geonames_row(900060, "Ardenou")])

    def killed(_db):
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "sort_in", killed)
    with pytest.raises(KeyboardInterrupt):
        load(added, path)
    assert gazetteer(added).lookup("Ardenou") == ()
    monkeypatch.undo()
    [one], _ = load(added, path)
    assert (one.kept, one.known) == (1, False)
    assert len(gazetteer(added).lookup("Ardenou")) == 1


def test_another_file_in_its_place_is_refused(tmp_path, added):
    added.parent.mkdir()
    added.write_text("notes of mine " * 100)
    with pytest.raises(StoreError, match="not an SQLite file"):
        load(added, geonames_file(tmp_path / "ML.txt", [geonames_row(1, "Ardenou")]))
    assert added.read_text().startswith("notes of mine")


def test_a_file_is_loaded_quickly(tmp_path, added):
    path = geonames_file(tmp_path / "ML.txt", many_rows(60_000))
    started = time.process_time()
    load(added, path)
    assert 60_000 / (time.process_time() - started) > 12_000  # some 80,000 a second; a bound that a busy machine keeps


@given(st.lists(st.text(max_size=30), min_size=17, max_size=21))
def test_any_line_is_kept_or_counted_as_bad(fields):
    fields[0:1] = ["12"]
    taken, bad = loading._take(["\t".join(fields)], loading._Batch(), {}, loading._Known())
    assert taken + bad <= 1


@given(st.binary(max_size=3000), st.integers(0, 50))
def test_any_bytes_are_read_in_whole_lines(data, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geonames, "BLOCK", size + 1)
        patch.setattr(geonames, "LONGEST_LINE", 40)
        read = list(geonames.blocks(io.BytesIO(data), 0))
    assert (read[-1].end if read else 0) == len(data)
    short = [line.rstrip(b"\r") for line in data.split(b"\n") if len(line) <= 40]
    good = [line.decode() for line in short if line and _is_text(line)]
    assert [line for block in read for line in block.lines] == [line for line in good if "\ufffd" not in line]


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True
