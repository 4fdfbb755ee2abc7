"""Reading in several processes gives what reading in one gives, in the same order, whatever happens to a process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from dateline.errors import DeadlyReport, ExtractError
from dateline.extract import NOTHING, Failed
from dateline.extract.extractor import Given
from dateline.extract.pool import AT_ONCE, Inline, Pool, outcomes_of
from dateline.settings import Settings
from dateline.watching.apart import limited
from tests.helpers import a_report

ATTACK = "Gunmen killed {} soldiers in Mopti on 3 May 2024, the army said."


def deadly(settings):
    """An extractor that dies of one report and breaks at another."""
    return Given(_die_or_break)


def _die_or_break(reports):
    for report in reports:
        if "poison" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "broken" in report.text:
            raise RuntimeError("it broke")
        if "endless" in report.text:
            time.sleep(600)
        if "hungry" in report.text:
            eaten = []
            while len(eaten) < 10_000:
                eaten.append(bytearray(10_000_000))
        yield report, NOTHING


def no_models(extractor):
    raise OSError("the models are gone")


def all_of(batches, given):
    done = [pairs for reports in given for pairs in batches.give(reports)] + list(batches.rest())
    batches.close()
    return done


def reports_of(*texts):
    return [a_report(text) for text in texts]


def test_several_processes_read_what_one_reads_in_the_order_given():
    given = [reports_of(*(ATTACK.format(n) for n in range(first, first + 3))) for first in (2, 5, 8)]
    pool = Pool(Settings(), 2)
    assert all_of(pool, given) == all_of(Inline(pool.extractor), given)


def who_reads(settings):
    return Given(_tell_process)


def _tell_process(reports):
    time.sleep(0.2)                   # long enough for the other process to take its part
    for report in reports:
        yield report, Failed(ExtractError(report.id, report.source, str(os.getpid())))


def test_the_last_batch_is_read_by_all_processes_and_comes_back_as_one():
    texts = [str(number) for number in range(3 * AT_ONCE)]
    pool = Pool(Settings(), 2, who_reads)
    all_of_them = [pool.give(reports_of("warm")), pool.give(reports_of("warm too"))]
    assert [len(pairs) for batch in all_of_them for pairs in batch] in ([], [1], [1, 1])
    *_, last = all_of(pool, [reports_of(*texts)])
    assert [report.text for report, _ in last] == texts
    assert len({outcome.error.what for _, outcome in last}) == 2


def test_a_killer_in_the_middle_of_a_batch_costs_no_other_and_no_order():
    texts = [str(number) for number in range(3 * AT_ONCE)]
    texts[AT_ONCE + 2] = "poison"
    [batch] = all_of(Pool(Settings(), 2, deadly), [reports_of(*texts)])
    assert [report.text for report, _ in batch] == texts
    assert [report.text for report, outcome in batch if isinstance(outcome, Failed)] == ["poison"]


def test_a_report_that_cannot_be_extracted_comes_back_with_its_error_and_kills_nothing():
    [[(_, outcome)]] = all_of(Pool(Settings(), 1, who_reads), [reports_of("a")])
    assert not isinstance(outcome.error, DeadlyReport)
    assert outcome.error.what.isdecimal()


@pytest.mark.parametrize("text", ["first poison", "second poison"])
def test_a_report_that_kills_its_process_fails_alone(text):
    texts = ["first", "second", "third"]
    texts[texts.index(text.split()[0])] = text
    given = [reports_of(*texts), reports_of("fourth"), reports_of("fifth", "sixth")]
    done = all_of(Pool(Settings(), 2, deadly), given)
    assert [report.text for pairs in done for report, _ in pairs] == [*texts, "fourth", "fifth", "sixth"]
    failed = [(report.text, outcome.error) for pairs in done for report, outcome in pairs if isinstance(outcome, Failed)]
    assert [name for name, _ in failed] == [text]
    assert isinstance(failed[0][1], DeadlyReport)
    assert "the process that read it died" in str(failed[0][1])


def test_two_killers_in_one_batch_and_one_in_the_next_cost_no_other():
    done = all_of(Pool(Settings(), 2, deadly), [reports_of("a poison", "b", "c poison"), reports_of("d", "e poison")])
    assert [isinstance(outcome, Failed) for pairs in done for _, outcome in pairs] == [True, False, True, False, True]


def failures_of(done):
    return {report.text: outcome.error for pairs in done for report, outcome in pairs if isinstance(outcome, Failed)}


def test_a_report_that_takes_too_long_fails_alone(monkeypatch):
    monkeypatch.setattr("dateline.extract.pool.OF_ANY_S", 0.0)
    pool = Pool(Settings(), 1, deadly, limit_s=1.0)
    failed = failures_of(all_of(pool, [reports_of("a", "endless"), reports_of("b")]))
    assert set(failed) == {"endless"}
    assert isinstance(failed["endless"], DeadlyReport)
    assert "took longer than 1 s" in str(failed["endless"])


def test_a_report_that_eats_memory_fails_alone():
    failed = failures_of(all_of(Pool(Settings(), 1, deadly, prepare=limited), [reports_of("a", "hungry", "b")]))
    assert set(failed) == {"hungry"}
    assert "memory" in str(failed["hungry"]).lower()      # it may die of it, or be left with an error


def test_a_process_that_cannot_begin_blames_no_report():
    [error] = failures_of(all_of(Pool(Settings(), 1, deadly, prepare=no_models), [reports_of("a")])).values()
    assert not isinstance(error, DeadlyReport)
    assert "no process could be begun" in str(error)


def test_a_worker_leaves_sigterm_to_its_parent():
    pool = Pool(Settings(), 1, deadly)
    list(pool.give(reports_of("a")))
    list(pool.rest())
    for worker in multiprocessing.active_children():
        os.kill(worker.pid, signal.SIGTERM)
    assert failures_of(all_of(pool, [reports_of("b")])) == {}


@pytest.mark.parametrize(("texts", "fails"), [
    (["a", "broken", "c"], [False, True, False]), (["broken", "broken"], [True, True]), (["a"], [False]), ([], [])],
    ids=["in-the-middle", "all", "none", "no-report"])
def test_an_error_that_nobody_caught_costs_one_report(texts, fails):
    pairs = outcomes_of(reports_of(*texts), deadly(Settings()))
    assert [isinstance(outcome, Failed) for _, outcome in pairs] == fails
    assert all(isinstance(outcome.error, ExtractError) for _, outcome in pairs if isinstance(outcome, Failed))


def test_processes_end_with_their_pool_and_with_their_parent():
    pool = Pool(Settings(), 2, deadly)
    assert len(list(pool.give(reports_of("a")))) + len(list(pool.rest())) == 1
    workers = [one.pid for one in multiprocessing.active_children()]
    assert workers
    pool.close()
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def _with_a_worker(pipe):
    pool = Pool(Settings(), 1, deadly)
    list(pool.give(reports_of("a")))
    list(pool.rest())
    pipe.send([one.pid for one in multiprocessing.active_children()])
    time.sleep(60)


def test_workers_of_a_killed_parent_end():
    here, there = multiprocessing.Pipe()
    parent = multiprocessing.get_context("spawn").Process(target=_with_a_worker, args=(there,))
    parent.start()
    [worker] = here.recv()
    parent.kill()
    parent.join()
    until = time.monotonic() + 20
    while _lives(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(worker)


def _lives(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
