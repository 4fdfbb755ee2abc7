"""The archive job with an engine in this process: whatever befalls it, the tables come out the same."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_backfill import FILES, PAGES, HereEngine, backfilled, made_archive, read_here, tables_in

from dateline.backfill.job import ATTEMPTS
from dateline.backfill.outcome import Broke, Interrupted, Order, Stopped
from dateline.backfill.units import units_of
from dateline.errors import BackfillError, ReadError


def manifest(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]


def test_every_record_of_the_archive_is_accounted_for(undisturbed):
    head, *files = manifest(undisturbed)
    assert (head["job"]["files"], head["job"]["done"]) == (FILES, FILES)
    dealt_with = Counter()
    for line in files:
        dealt_with.update({"reports": line["read"]["reports"], "troubles": line["read"]["troubles"],
                           "passed": sum(line["read"]["passed"].values())})
    assert sum(dealt_with.values()) == PAGES          # the last record is there as one that is cut
    assert dealt_with["troubles"] >= 1


def test_tables_hold_what_the_manifest_says_by_month(undisturbed):
    for line in manifest(undisturbed)[1:]:
        rows = Counter()
        for part in line["tables"]:
            table = pq.read_table(undisturbed / part["path"], partitioning=None)
            assert table.num_rows == part["rows"]
            rows[part["path"].partition("/")[0]] += part["rows"]
        assert rows["reports"] == line["read"]["reports"]
        assert rows["accounts"] == line["read"]["accounts"]
    months = {path.parent.name for path in (undisturbed / "reports").glob("*/*")}
    assert months >= {"month=2021-01", "month=2021-06", "month=2021-12"}


def test_evidence_quotes_its_report(undisturbed):
    texts = {row["id"]: row["text"] for row in pq.read_table(undisturbed / "reports").to_pylist()}
    rows = pq.read_table(undisturbed / "evidence").to_pylist()
    assert {row["of"] for row in rows} == {"report", "account"}
    assert {row["field"] for row in rows} == {"dateline", None, "when", "where"}
    assert all(texts[row["report_id"]][row["start"]:row["end"]] == row["quote"] for row in rows)


def test_a_copy_names_its_original_of_the_same_file(undisturbed):
    rows = pq.read_table(undisturbed / "reports").to_pylist()
    outlet_of = {row["id"]: row["source"].partition("#")[0] for row in rows}
    copies = [row for row in rows if row["copy_of"]]
    assert copies
    assert all(outlet_of[row["copy_of"]] == outlet_of[row["id"]] for row in copies)


@pytest.mark.parametrize("engine", [
    pytest.param(HereEngine(jobs=1), id="one-at-a-time"),
    pytest.param(HereEngine(jobs=3, last_first=True), id="all-at-a-time-the-last-ends-first"),
    pytest.param(HereEngine(fates={"made-001.warc.gz": [lambda o: Interrupted(o.unit.key, "killed")] * 3}), id="one-is-killed"),
    pytest.param(HereEngine(fates={"made-000.warc.gz": [lambda o: Broke(o.unit.key, "crashed")] * 2}), id="one-fails-twice"),
])
def test_the_tables_are_the_same_whatever_the_workers_do(archive, undisturbed, tmp_path, engine, monkeypatch):
    monkeypatch.setattr("dateline.backfill.leases.RETRY_S", 0.0)
    backfilled(archive, tmp_path / "out", engine)
    assert tables_in(tmp_path / "out") == tables_in(undisturbed)
    assert list((tmp_path / "out" / ATTEMPTS).iterdir()) == []


class Killed(BaseException):
    """Ends the program where it stands."""


@pytest.mark.parametrize("seed", range(3))
def test_the_same_command_goes_on_where_a_kill_left_it(archive, undisturbed, tmp_path, seed, monkeypatch):
    """Killed at any step: before or after a file's tables are moved, or half moved, or noted as done."""
    steps = random.Random(seed).sample(range(40), 4)
    real, count = os.replace, Counter()

    def replace(a, b):
        count["steps"] += 1
        if count["steps"] in steps:
            raise Killed
        real(a, b)

    monkeypatch.setattr(os, "replace", replace)
    kills = 0
    while True:
        try:
            backfilled(archive, tmp_path / "out")
            break
        except Killed:
            kills += 1
    assert kills >= 2
    assert tables_in(tmp_path / "out") == tables_in(undisturbed)


def test_what_is_done_is_not_read_again(archive, tmp_path):
    backfilled(archive, tmp_path / "out")
    again = HereEngine()
    summary, _ = backfilled(archive, tmp_path / "out", again)
    assert not again.begun
    assert (summary.so_far.files_done, summary.so_far.pages) == (FILES, 0)


def test_a_file_that_fails_three_times_is_quarantined_and_the_others_are_read(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.backfill.leases.RETRY_S", 0.0)
    engine = HereEngine(fates={"made-001.warc.gz": [lambda o: Broke(o.unit.key, "its process crashed (SIGSEGV)")] * 3})
    summary, [problem] = backfilled(archive, tmp_path / "out", engine)
    assert "made-001.warc.gz: quarantined: its process crashed (SIGSEGV)" in str(problem)
    assert (summary.so_far.files_done, summary.so_far.quarantined, engine.begun["made-001.warc.gz"]) == (FILES - 1, 1, 3)
    [line] = [line for line in manifest(tmp_path / "out")[1:] if line["state"] == "quarantined"]
    assert (line["failures"], line["why"]) == (3, "its process crashed (SIGSEGV)")
    summary, problems = backfilled(archive, tmp_path / "out", again=True)
    assert (summary.so_far.files_done, problems) == (FILES, [])


def test_a_full_disk_stops_the_job_and_blames_no_file(archive, undisturbed, tmp_path):
    full = HereEngine(fates={"made-001.warc.gz": [lambda o: Stopped(o.unit.key, "No space left on device")]})
    with pytest.raises(BackfillError, match=r"No space left.*run the same command again"):
        backfilled(archive, tmp_path / "out", full)
    backfilled(archive, tmp_path / "out")
    assert tables_in(tmp_path / "out") == tables_in(undisturbed)


def test_a_file_that_has_changed_replaces_what_it_gave(tmp_path):
    path = made_archive(tmp_path / "archive")[0]
    backfilled(tmp_path / "archive", tmp_path / "out")
    path.write_bytes(made_archive(tmp_path / "other", 12, 1)[0].read_bytes())
    backfilled(tmp_path / "archive", tmp_path / "out")
    backfilled(tmp_path / "archive", tmp_path / "fresh")
    assert tables_in(tmp_path / "out") == tables_in(tmp_path / "fresh")


def test_a_folder_of_another_job_is_refused(archive, undisturbed, tmp_path, monkeypatch):
    backfilled(archive, tmp_path / "out")
    monkeypatch.setattr("dateline.backfill.job._how", lambda *_: "otherwise")
    with pytest.raises(BackfillError, match="another --out"):
        backfilled(archive, tmp_path / "out")


def test_what_cannot_be_found_is_told_and_the_rest_is_read(archive, tmp_path):
    summary, [problem] = backfilled(Path(f"{archive}/none-*.warc.gz"), tmp_path / "out")
    assert summary.problems == 1
    assert "no file is called so" in str(problem)


def test_a_file_of_which_nothing_can_be_read_is_an_error_of_its_own(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"\x1f\x8b no archive")
    [unit] = units_of([str(tmp_path / "a.warc.gz")])
    with pytest.raises(ReadError, match="gzip"):
        read_here(Order(unit, str(tmp_path), {}))
