"""The run: what it keeps and counts, and that neither a kill nor another run at the same time harms it.

Reading is by dateline's own reader or a list; extraction is a fake that takes one account from each line; copies,
reconciling and the store are the real ones.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dateline import job
from dateline.errors import DeadlyReport, ExtractError, ReadError, StoreError
from dateline.extract import Failed
from dateline.extract.extractor import Given
from dateline.extract.pool import Pool
from dateline.job import run
from dateline.read.fetch import Page, Validators
from dateline.records import Fetched
from dateline.settings import Settings
from dateline.store import open_record, schema
from store.made import SHELLING, a_report, extract_all, told_in

KILLS = 10
WORDS = ["harbour", "mill", "bridge", "market", "school", "clinic", "river", "road", "gate", "field", "tower", "wall",
         "dawn", "noon", "dusk", "night", "truck", "convoy", "guard", "mayor", "elder", "driver", "farmer", "nurse"]
KINDS = ("attack", SHELLING, "armed clash")
PLACES = ("Port Verity", "Arden", "Lower Quill")
BORING = ("fetched", "kept_at", "held_at", "changed_at", "at", "deleted_at")       # columns that tell when


def stories(number: int = 60, seed: int = 7):
    """Invented reports: some tell of the same incidents, some are copies, some tell nothing."""
    dice = random.Random(seed)
    made = []
    for position in range(number):
        day = date(2024, 1, 1) + timedelta(days=dice.randrange(40))
        days = [day + timedelta(days=extra) for extra in range(dice.randrange(3))]
        lines = [f"{one} | {dice.choice(KINDS)} | {dice.choice(PLACES)} | {dice.randrange(1, 9)}" for one in days]
        story = " ".join(dice.choices(WORDS, k=80))
        if made and position % 7 == 3:                    # another outlet carries an earlier text
            made.append(a_report(dice.choice(made).text, source=f"reports/{position}.txt", outlet="Quill Daily"))
        else:
            made.append(a_report("\n".join([story, *lines]), source=f"reports/{position}.txt"))
    return made


def a_reader(reports):
    def read(source, **_) -> Iterator:
        yield from reports
    return read


def do_run(path, reports=(), *, sources=("made",), problems=None, **given):
    given = {"read": a_reader(reports), "extract_all": extract_all} | given
    with open_record(path) as store:
        told = problems if problems is not None else []
        return run(sources, store, Settings(), on_problem=told.append, **given)


def dump(path, *, but=()):
    """Every row of every table, without the columns in `but`."""
    with open_record(path) as store, store._read() as connection:
        return {name: sorted(connection.execute(sa.select(
            *(column for column in table.columns if column.name not in but))).all(), key=repr)
            for name, table in schema.metadata.tables.items()}


def held(path):
    """The incidents held, whole, but for the times in their history."""
    with open_record(path) as store:
        return [replace(incident, history=tuple((line.what, line.why) for line in incident.history))
                for incident in store.incidents()]


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """So that a run of a few reports goes through several batches."""
    monkeypatch.setattr(job, "EXTRACT_AT_ONCE", 4)
    monkeypatch.setattr(job, "RECONCILE_EVERY", 10)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "d.db"


def test_a_run_reads_extracts_and_reconciles(path):
    summary = do_run(path, [a_report("2024-03-12 | attack | Arden | 3"),
                            a_report("2024-03-12 | attack | Arden | 3\nand no more", outlet="Quill Daily")])
    assert (summary.read, summary.new, summary.known, summary.extracted, summary.failed) == (2, 2, 0, 2, 0)
    assert summary.incidents_new == ("DTL-1",)
    [incident] = held(path)
    assert len(incident.accounts) == 2


def test_progress_is_told(path):
    told = []
    do_run(path, [a_report()], progress=lambda stage, count: told.append((stage, count)))
    assert told == [("read", 1), ("extract", 1), ("reconcile", 1)]


def test_a_wire_story_in_two_outlets_is_one_source(path):
    text = " ".join(random.Random(1).choices(WORDS, k=80)) + "\n2024-03-12 | attack | Arden | 3"
    summary = do_run(path, [a_report(text), a_report(text, source="b", outlet="Quill Daily")])
    assert (summary.new, summary.copies, summary.versions) == (2, 1, 0)
    [incident] = held(path)
    assert (incident.sources.reports, incident.sources.stories) == (2, 1)


def test_reports_in_other_languages_are_kept_and_counted(path):
    languages = ["ar", "es", "ar", "el", None]
    summary = do_run(path, [a_report(f"text {n}", language=code) for n, code in enumerate(languages)])
    assert summary.not_extracted == {"Arabic": 2, "Spanish": 1, "Modern Greek": 1}
    assert (summary.new, summary.extracted) == (5, 1)
    with open_record(path) as store:
        assert store.extraction_counts() == {"language:ar": 2, "language:es": 1, "language:el": 1, "done": 1}


# Reports that break extraction

def breaking_at(bad, error=None):
    def extract(reports):
        for report in reports:
            if report.text in bad:
                raise error or ExtractError(report.id, report.source, "a step broke")
            yield report, told_in(report)
    return extract


@pytest.mark.parametrize("error", [None, ValueError("no such word"), RecursionError()],
                         ids=["extract-error", "any-error", "recursion"])
def test_a_report_that_breaks_extraction_is_kept_told_and_tried_again(path, error):
    reports = [a_report(f"{n}\n2024-03-12 | attack | Arden | 3") for n in range(9)]
    bad = {reports[2].text, reports[3].text, reports[8].text}
    problems = []
    summary = do_run(path, reports, extract_all=breaking_at(bad, error), problems=problems)
    assert (summary.new, summary.extracted, summary.failed, summary.problems) == (9, 6, 3, 0)
    assert [type(problem) for problem in problems] == [ExtractError] * 3
    again = do_run(path, reports, extract_all=breaking_at({reports[8].text}, error))
    assert (again.new, again.known, again.extracted, again.failed) == (0, 9, 2, 1)
    assert [len(incident.accounts) for incident in held(path)] == [8]


def test_a_report_that_comes_back_as_failed_is_told_once_and_the_others_of_its_batch_are_asked_for_once(path):
    asked = []

    def extract(reports):
        for report in reports:
            asked.append(report.text)
            yield report, Failed(ExtractError(report.id, "x", "refused")) if report.text == "bad" else told_in(report)

    reports = [a_report("1\n2024-03-12 | attack | Arden | 3"), a_report("bad"), a_report("2\n2024-03-12 | attack | Arden | 3")]
    problems = []
    summary = do_run(path, reports, extract_all=extract, problems=problems)
    assert (summary.extracted, summary.failed, [problem.what for problem in problems]) == (2, 1, ["refused"])
    assert asked == [report.text for report in reports]


def test_a_failure_that_repeats_changes_nothing(path):
    do_run(path, [a_report("bad")], extract_all=breaking_at({"bad"}))
    before = dump(path)
    assert do_run(path, [a_report("bad")], extract_all=breaking_at({"bad"})).failed == 1
    assert dump(path) == before


def test_an_error_in_reconciling_is_not_blamed_on_a_report(path):
    def broken(*_, **__):
        raise ValueError("a mistake of ours")
    with pytest.raises(ValueError, match="a mistake of ours"):
        do_run(path, stories(), plan_changes=broken)
    do_run(path, stories())
    with open_record(path) as store:
        assert set(store.extraction_counts()) == {"done"}


# Sources

@pytest.fixture
def folder(tmp_path):
    (tmp_path / "news" / "older").mkdir(parents=True)
    for position, report in enumerate(stories(4)):
        (tmp_path / "news" / ("older" if position % 2 else ".") / f"{position}.txt").write_text(report.text)
    return tmp_path / "news"


def test_the_record_in_a_folder_that_is_read_is_no_source(path, tmp_path):
    (tmp_path / "story.txt").write_text("Something happened at the mill.")
    read = []
    assert path.parent == tmp_path
    done = do_run(path, sources=[str(tmp_path)], read=lambda source, **_: iter(read.append(source) or ()))
    assert [os.path.basename(one) for one in read] == ["story.txt"]
    assert done.problems == 0


def test_a_second_run_over_the_same_files_changes_nothing_and_reads_none(path, folder):
    first = do_run(path, sources=[str(folder)], read=None)
    before = dump(path)
    opened = []
    again = do_run(path, sources=[str(folder)], read=lambda source, **_: iter(opened.append(source) or ()))
    assert (first.read, first.new, first.problems) == (4, 4, 0)
    assert (again.read, again.new, again.known) == (4, 0, 4)
    assert not again.changed_anything
    assert opened == []
    assert dump(path) == before


def test_only_the_new_and_the_changed_file_of_a_folder_are_read(path, folder):
    do_run(path, sources=[str(folder)], read=None)
    (folder / "5.txt").write_text("Something new happened at the mill.")
    (folder / "0.txt").write_text("Something else happened at the mill.")
    os.utime(folder / "2.txt")                              # touched, but the same
    read = []
    do_run(path, sources=[str(folder)], read=lambda source, **_: iter(read.append(source) or ()))
    assert [os.path.basename(one) for one in read] == ["0.txt", "5.txt"]


def test_a_file_with_a_problem_is_read_again(path, folder):
    def read(source, *, on_problem, **_):
        yield a_report("the first record", source=source)
        on_problem(ReadError(source, "is cut"))
    problems = []
    for _ in range(2):
        summary = do_run(path, sources=[str(folder / "0.txt")], read=read, problems=problems)
        assert summary.problems == 1
    assert len(problems) == 2
    assert (summary.new, summary.known) == (0, 1)


def test_a_source_that_cannot_be_read_does_not_end_the_run(path):
    def read(source, **_):
        if source == "bad":
            raise ReadError(source, "is cut")
        yield a_report(source=source)
    summary = do_run(path, sources=["bad", "good"], read=read)
    assert (summary.problems, summary.new) == (1, 1)


def kept_in(path) -> set[str]:
    with open_record(path) as other:
        return {report.source for report in other.reports()}


def test_a_report_of_a_slow_source_is_kept_before_the_next_one_comes(path, monkeypatch):
    clock = [1000.0]
    monkeypatch.setattr(job.time, "monotonic", lambda: clock[0])

    def read(source, **_):
        yield a_report(source="first")
        assert kept_in(path) == {"first"}
        yield a_report(source="at once")
        assert kept_in(path) == {"first"}
        clock[0] += 5
        yield a_report(source="later")
        assert kept_in(path) == {"first", "at once", "later"}
    assert do_run(path, read=read).new == 3


def test_a_page_counts_as_read_when_its_reports_are_kept(path, monkeypatch):
    monkeypatch.setattr(job.time, "monotonic", lambda: 0.0)      # the reports come at once
    page = Page("https://arden-post.example/feed", "https://arden-post.example/feed", b"", None,
                Fetched(datetime(2024, 3, 12, tzinfo=UTC), "0" * 64), Validators('"abc"', None))

    def read(source, *, fetcher, **_):
        yield a_report(source="first")
        yield a_report(source="second")
        assert kept_in(path) == set()
        fetcher.remember(page)
        assert kept_in(path) == {"first", "second"}
    assert do_run(path, sources=[page.url], read=read).new == 2


def test_files_that_come_at_once_are_kept_together_and_count_as_read_with_their_reports(path, folder, monkeypatch):
    monkeypatch.setattr(job.time, "monotonic", lambda: 0.0)
    files = [str(one) for one in folder.rglob("*.txt")]
    held = []

    def read(source, **_):
        yield a_report(source, source=source)
        with open_record(path) as other:
            held.append((kept_in(path), {other.seen(name) is not None for name in files}))
    assert do_run(path, sources=[str(folder)], read=read).new == len(files)
    assert held == [(set(), {False})] * len(files)
    with open_record(path) as other:
        assert all(other.seen(name) is not None for name in files)


def test_reading_the_same_reports_again_from_elsewhere_changes_nothing(path):
    do_run(path, stories())
    before = dump(path)
    summary = do_run(path, stories())
    assert (summary.new, summary.known, summary.changed_anything) == (0, 60, False)
    assert dump(path) == before


# Kills

def in_a_child(work) -> int:
    """Do `work` in a process of its own; its exit code, or less the number of the signal that ended it."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    return child.exitcode


def run_and_die(path, reports, at):
    """A run that SIGKILL ends just before its statement number `at` (commits counted too)."""
    with open_record(path) as store:
        left = [at]

        def count(*_):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sa.event.listen(store._database.engine, "before_cursor_execute", count)
        sa.event.listen(store._database.engine, "commit", count)
        run(["made"], store, Settings(), on_problem=lambda _: None, read=a_reader(reports), extract_all=extract_all)
        return at - left[0]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A run that nothing ended: its tables, its incidents, and how many statements it took."""
    path = tmp_path_factory.mktemp("undisturbed") / "d.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "EXTRACT_AT_ONCE", 4)
        patch.setattr(job, "RECONCILE_EVERY", 10)
        statements = run_and_die(path, stories(), 10**9)
        return dump(path, but=BORING), held(path), statements


def test_the_undisturbed_run_has_something_to_lose(undisturbed):
    tables, incidents, statements = undisturbed
    assert len(tables["report"]) == 60
    assert len(tables["account"]) > 40
    assert any(incident.sources.stories > 1 for incident in incidents)
    assert any(incident.sources.reports > incident.sources.stories for incident in incidents)
    assert statements > 500


@pytest.mark.parametrize("share", sorted(random.Random(412 + n).random() for n in range(KILLS)),
                         ids=lambda share: f"killed-after-{share:.0%}")
def test_a_run_that_was_killed_and_started_again_holds_what_an_undisturbed_one_holds(path, undisturbed, share):
    tables, incidents, statements = undisturbed
    assert in_a_child(lambda: run_and_die(path, stories(), int(share * statements))) == -signal.SIGKILL
    with open_record(path) as store:
        kept = {report.id for report in store.reports()}
    summary = do_run(path, stories())
    assert summary.known == len(kept)                       # nothing that was kept was lost or read twice
    assert summary.new == 60 - len(kept)
    assert held(path) == incidents
    assert dump(path, but=BORING) == tables


def test_a_run_that_is_killed_again_and_again_comes_to_the_same_end(path, undisturbed):
    tables, _, statements = undisturbed
    dice = random.Random(99)
    for _ in range(5):
        at = dice.randrange(statements // 5)
        in_a_child(lambda at=at: run_and_die(path, stories(), at))
    do_run(path, stories())
    assert dump(path, but=BORING) == tables


# Two runs at once

def test_two_runs_at_once_neither_double_nor_lose_anything(path, undisturbed):
    _, incidents, _ = undisturbed
    fork = multiprocessing.get_context("fork")
    start = fork.Event()

    def work():
        start.wait()
        do_run(path, stories())

    runners = [fork.Process(target=work) for _ in range(2)]
    for runner in runners:
        runner.start()
    start.set()
    for runner in runners:
        runner.join()
    assert [runner.exitcode for runner in runners] == [0, 0]
    assert accounts_in(held(path)) == accounts_in(incidents)
    with open_record(path) as store:
        assert store.extraction_counts() == {"done": 60}
        assert store.unreconciled_reports() == []
    assert not do_run(path, stories()).changed_anything


def accounts_in(incidents):
    return sorted(sorted(joined.account.id for joined in incident.accounts) for incident in incidents)


def deadly(settings):
    """An extractor whose process dies of one report."""
    return Given(_dying)


def _dying(reports):
    for report in reports:
        if "poison" in report.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        yield report, told_in(report)


def test_a_report_that_ended_the_run_is_read_in_a_process_of_its_own_and_set_aside_after_three_deaths(path, monkeypatch):
    monkeypatch.setattr(job, "_apart", lambda settings, usual: Pool(settings, 1, deadly))
    with open_record(path) as store:              # as a run leaves them that died while it read them
        for text in ("2024-03-12 | attack | Arden | 3", "poison", "2024-03-13 | attack | Arden | 4"):
            store.keep(a_report(text, source=text), None, extracted="pending")
    told = []
    for _ in range(5):
        do_run(path, problems=told)
    assert [type(one) for one in told] == [DeadlyReport] * 3
    assert "3 times; it is kept and set aside" in str(told[-1])
    assert len(held(path)) == 2
    with open_record(path) as store:
        assert store.extraction_counts() == {"done": 2, "failed": 1}


def test_a_record_that_another_program_holds_for_too_long_is_told(path, monkeypatch):
    monkeypatch.setattr("dateline.store.dialect.BUSY_TIMEOUT_S", 0.05)
    with open_record(path) as other, other.writing(), pytest.raises(StoreError, match="run the same command again"):
        do_run(path, [a_report()])
