"""Each file is read in a process of its own: what is wrong with one costs that file and not the job."""

from __future__ import annotations

import gzip
import os
import re
import signal
import time
from pathlib import Path

import pytest
from made_backfill import FIRST_DAY, HereEngine, backfilled, made_archive, tables_in

from bench.made_archive import packed, response
from dateline.backfill.job import backfill
from dateline.backfill.local import LocalEngine
from dateline.backfill.outcome import Broke, Done, Event, Interrupted, Limits, Order, Progress, Stopped
from dateline.backfill.units import Unit, units_of
from dateline.errors import BackfillError
from dateline.settings import Settings

POISONED = (str(Path(__file__).parent / "poisoned_nursery.py"),)


@pytest.fixture
def engines():
    """Makes engines that are closed in the end."""
    made: list[LocalEngine] = []

    def make(jobs: int = 2, limits: Limits = Limits(300, 60.0, 60.0)) -> LocalEngine:     # noqa: B008  frozen
        made.append(LocalEngine(jobs, limits, POISONED))
        return made[-1]

    yield make
    for one in made:
        one.close()


def an_order(path: Path, folder: Path) -> Order:
    if not path.exists():
        made_archive(path.parent / f"archive-of-{path.name}", 6, 1)[0].rename(path)
    [unit] = units_of([str(path)])
    assert isinstance(unit, Unit)
    attempt = folder / f"attempt-of-{path.name}"
    attempt.mkdir()
    return Order(unit, str(attempt), {})


def ends(engine: LocalEngine, wanted: int) -> dict[str, Event]:
    """How so many files end, by the beginning of their key."""
    found: dict[str, Event] = {}
    until = time.monotonic() + 200
    while len(found) < wanted:
        assert time.monotonic() < until
        found.update({event.key.partition("-")[0]: event for event in engine.poll(1.0) if not isinstance(event, Progress)})
    return found


@pytest.mark.parametrize(("name", "kind", "reason"), [
    pytest.param("crash", Broke, r"its process crashed \(SIGSEGV\): File .*string_at", id="c-code-that-crashes"),
    pytest.param("eat", Broke, "it took more memory than a file may", id="memory"),
    pytest.param("hang", Broke, "no further page in 4 s, after 7 pages", id="a-hang"),
    pytest.param("slow", Broke, "not read to its end in 6 s", id="too-long"),
    pytest.param("leave", Broke, "its process ended with 7", id="an-exit"),
    pytest.param("bug", Broke, "ValueError: who would have thought of it", id="an-error-that-nobody-foresaw"),
    pytest.param("killed", Interrupted, r"killed from outside \(SIGKILL\)", id="a-kill-from-outside-is-not-its-fault"),
    pytest.param("full", Stopped, "No space left on device", id="a-full-disk-is-nobodys-fault"),
])
def test_what_goes_wrong_with_a_file_is_told_and_the_next_is_read(tmp_path, engines, name, kind, reason):
    engine = engines(1, Limits(300, 4.0 if name == "hang" else 120.0, 6.0 if name == "slow" else 120.0))
    engine.begin(an_order(tmp_path / f"{name}.warc.gz", tmp_path))
    ended = ends(engine, 1)[name]
    assert type(ended) is kind
    assert re.search(reason, ended.reason)
    if name != "slow":            # whose limit may be too short for any file on a busy machine
        engine.begin(an_order(tmp_path / "good.warc.gz", tmp_path))
        assert isinstance(ends(engine, 1)["good"], Done)


def test_one_file_does_not_hold_up_the_other(tmp_path, engines):
    engine = engines(2, Limits(300, 20.0, 60.0))
    for name in ("hang", "good"):
        engine.begin(an_order(tmp_path / f"{name}.warc.gz", tmp_path))
    assert engine.free == 0
    assert set(ends(engine, 1)) == {"good"}
    assert engine.free == 1


def test_when_the_nursery_is_killed_its_files_are_read_anew(tmp_path, engines):
    engine = engines()
    engine.begin(an_order(tmp_path / "hang.warc.gz", tmp_path))
    assert isinstance(engine.poll(60.0)[0], Progress)
    os.kill(engine._nursery.pid, signal.SIGKILL)
    assert isinstance(ends(engine, 1)["hang"], Interrupted)
    engine.begin(an_order(tmp_path / "good.warc.gz", tmp_path))
    assert isinstance(ends(engine, 1)["good"], Done)


def test_no_process_outlives_the_engine(tmp_path, engines):
    engine = engines()
    engine.begin(an_order(tmp_path / "hang.warc.gz", tmp_path))
    engine.poll(60.0)
    nursery = engine._nursery.pid
    files = Path(f"/proc/{nursery}/task/{nursery}/children").read_text().split()
    assert len(files) == 1
    engine.close()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in (nursery, *files)):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_an_engine_without_models_says_so(engines):
    engine = LocalEngine(1, Limits(), ("-c", "raise SystemExit('no models here')"))
    with pytest.raises(BackfillError, match="could not load its models"):
        engine.begin(Order(Unit("a", "a", 1, "", FIRST_DAY), "", {}))


def test_the_job_comes_to_the_same_with_processes_and_poison(tmp_path, engines, monkeypatch):
    monkeypatch.setattr("dateline.backfill.leases.RETRY_S", 0.0)
    archive = tmp_path / "archive"
    made_archive(archive)
    (archive / "bomb.warc.gz").write_bytes(_bomb())
    (archive / "no-archive.warc.gz").write_bytes(b"\x1f\x8b" + bytes(50))
    backfilled(archive, tmp_path / "here", HereEngine(fates={"no-archive.warc.gz": [lambda o: Broke(o.unit.key, "broken")] * 3}))
    (archive / "crash.warc.gz").write_bytes(b"poison")
    problems = []
    summary = backfill([str(archive)], tmp_path / "there", Settings(), engines(), on_problem=problems.append)
    assert summary.so_far.quarantined == 2
    assert sorted(re.search(r"([\w-]+)\.warc\.gz", str(one))[1] for one in problems) == ["crash", "no-archive"]
    here, there = tables_in(tmp_path / "here"), tables_in(tmp_path / "there")
    assert here.pop("manifest.jsonl") != there.pop("manifest.jsonl")          # which has a line for the poisoned file
    assert here == there


def _bomb() -> bytes:
    """An archive of one page, then 200 MB of nothing in 200 kB."""
    page = response("https://made.example/1", FIRST_DAY.date(), b"<p>" + b"The council met in Arden on Monday to talk. " * 9)
    return packed(page) + gzip.compress(bytes(200_000_000), 9)
