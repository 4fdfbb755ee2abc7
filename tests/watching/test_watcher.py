"""The watcher over a web that is a dictionary, with a clock that jumps: what is read, kept once, tried again, and told."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from dateline import job
from dateline.errors import ReadError, StoreError
from dateline.extract.extractor import Given
from dateline.extract.pool import Pool
from dateline.read.apart import Apart
from dateline.read.refusals import Refused, Unreached
from dateline.settings import Settings
from dateline.store import open_record
from dateline.watching.lock import sole_watcher
from dateline.watching.watcher import Watcher
from read.hostile import CRASHES, make_hostile
from store.made import extract_all
from watching.made_web import DAY, FEED, HOUR, MINUTE, START, JumpingClock, Web, a_feed, a_page, a_story, texts, watching

SITE = "https://arden-post.example"


def link(number: int) -> str:
    return f"{SITE}/{number:04}"


def refused(url: str, status: int, retry_after: str = "") -> Refused:
    return Refused(url, f"the server answered {status}", status=status, retry_after=retry_after)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


@pytest.fixture
def web():
    """A feed of three stories."""
    return Web({FEED: a_feed(map(link, (3, 2, 1)))} | {link(n): a_page(a_story(n)) for n in range(1, 100)})


def the_feed(store):
    return store.feeds.get(FEED)


# Reading

def test_each_entry_is_read_once_however_often_the_feed_is_asked(store, web):
    watching(store, web, 12)
    assert texts(store) == sorted(map(a_story, (1, 2, 3)))
    assert [web.asked.count(link(n)) for n in (1, 2, 3)] == [1, 1, 1]
    assert web.asked.count(FEED) > 5


def test_what_is_new_is_read_when_it_comes(store, web):
    clock = JumpingClock(told=[(3 * HOUR, lambda: web.pages.update({FEED: a_feed(map(link, (4, 3, 2, 1)))}))])
    watching(store, web, 12, clock=clock)
    assert texts(store) == sorted(map(a_story, (1, 2, 3, 4)))
    assert (the_feed(store).reports, the_feed(store).title) == (4, "Arden Post")
    assert the_feed(store).news_at > START + timedelta(hours=3)


def test_what_is_told_is_extracted_and_reconciled_as_a_run_does(store, web):
    web.pages |= {link(n): f"{a_story(n)}\n\n2024-02-2{n} | attack | Arden | {n}\n".encode() for n in (1, 2, 3)}
    watching(store, web, 1)
    assert store.extraction_counts() == {"done": 3}
    assert len(list(store.incidents())) == 3


def test_an_entry_that_two_feeds_carry_is_asked_for_once(store, web):
    other = "https://quill.example/rss"
    web.pages[other] = web.pages[FEED]
    watching(store, web, 6, FEED, other)
    assert [web.asked.count(link(n)) for n in (1, 2, 3)] == [1, 1, 1]
    assert len(texts(store)) == 3


def test_a_story_that_is_updated_is_read_again_and_kept_as_a_version(store, web):
    def update():
        web.pages[link(2)] = a_page(a_story(2) + " A third house burned in the night, the mayor of Port Verity said.")
        web.pages[FEED] = a_feed(map(link, (3, 2, 1)), titles={link(2): "UPDATE: shelling"})

    watching(store, web, 12, clock=JumpingClock(told=[(3 * HOUR, update)]))
    assert web.asked.count(link(2)) == 2
    assert len(texts(store)) == 4


def test_an_entry_that_changes_all_the_time_is_not_read_all_the_time(store, web):
    counter = iter(range(10_000))
    web.pages[FEED] = lambda: a_feed(map(link, (3, 2, 1)), titles={link(2): f"{next(counter)} comments"})
    watching(store, web, 48)
    assert web.asked.count(link(2)) <= 4
    assert len(texts(store)) == 3


def test_the_feed_is_asked_as_its_ttl_says(store, web):
    web.pages[FEED] = a_feed([link(1)], more="<ttl>45</ttl>")
    watching(store, web, 9)
    assert web.asked.count(FEED) <= 9 * 60 / 45 + 1


# Bad weather

def test_a_page_that_cannot_be_had_for_now_is_tried_again_though_the_feed_has_dropped_it(store, web):
    good = web.pages[link(2)]
    web.pages[link(2)] = Unreached(link(2), "did not answer in time")
    clock = JumpingClock(told=[(30 * MINUTE, lambda: web.pages.update({FEED: a_feed([link(9)])})),
                               (3 * HOUR, lambda: web.pages.update({link(2): good}))])
    watching(store, web, 24, clock=clock)
    assert texts(store) == sorted(map(a_story, (1, 2, 3, 9)))
    assert store.feeds.waiting(FEED) == []


@pytest.mark.parametrize(("problem", "tries"), [
    pytest.param(refused(link(2), 500), 10, id="a-broken-server-ten-times"),
    pytest.param(refused(link(2), 404), 5, id="a-missing-page-five-times"),
    pytest.param(refused(link(2), 403), 1, id="a-shut-page-once"),
    pytest.param(ReadError(link(2), "robots.txt does not allow it"), 1, id="a-page-that-robots-shut-out-once"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, 1, id="a-picture-once"),
])
def test_a_page_that_never_comes_is_given_up(store, web, problem, tries):
    web.pages[link(2)] = problem
    watching(store, web, 24 * 6)
    assert web.asked.count(link(2)) == tries
    assert texts(store) == sorted(map(a_story, (1, 3)))


def test_a_host_that_asks_to_be_left_alone_is_and_no_try_is_counted(store, web):
    asked: list[float] = []
    clock = JumpingClock()

    def busy():
        asked.append(clock.at)
        return refused(link(3), 429, "7200") if clock.at < 2 * HOUR else a_page(a_story(3))

    web.pages[link(3)] = busy
    watching(store, web, 24, clock=clock)
    assert all(later - earlier >= 7200 for earlier, later in pairwise(asked))
    assert len(texts(store)) == 3
    assert web.asked[:3] == [FEED, link(3), FEED]       # neither the other pages nor the feed were asked meanwhile


@pytest.mark.parametrize("answer", [
    pytest.param(b"", id="empty"),
    pytest.param(b"<html><body><p>Subscribe to read on.</p></body></html>", id="a-page"),
    pytest.param(b"\x1f\x8b\x08\0broken", id="broken-gzip"),
    pytest.param(b"<rss version='2.0'><channel><item><li", id="cut-in-its-first-entry"),
    pytest.param(b"{}", id="json"),
    pytest.param(Unreached(FEED, "did not answer in time"), id="no-answer"),
])
def test_a_feed_that_is_none_for_a_while_backs_off_and_comes_back(store, web, answer):
    good, web.pages[FEED] = web.pages[FEED], answer
    clock = watching(store, web, 5)
    assert the_feed(store).pace.failures == web.asked.count(FEED) == 6        # after 0, 5, 15, 35, 75, 155 minutes
    assert the_feed(store).problem
    web.pages[FEED] = good
    watching(store, web, 12, clock=clock)
    assert texts(store) == sorted(map(a_story, (1, 2, 3)))
    assert (the_feed(store).pace.failures, the_feed(store).problem, the_feed(store).troubles) == (0, None, ())


def test_what_a_cut_feed_has_is_read_without_its_last_entry_and_the_rest_when_it_comes_whole(store, web):
    whole = web.pages[FEED]
    web.pages[FEED] = a_feed(map(link, (3, 2)), closed=False)[:-25]
    watching(store, web, 4, clock=JumpingClock(told=[(HOUR, lambda: web.pages.update({FEED: whole}))]))
    assert texts(store) == sorted(map(a_story, (1, 2, 3)))
    assert {one for one in web.asked if one not in web.pages} == set()


def test_a_parser_that_breaks_fails_one_feed(store, web, monkeypatch):
    from dateline.watching import turn

    other = "https://quill.example/rss"
    web.pages[other] = a_feed([link(9)])
    real = turn.read_feed

    def broken(raw, address, **given):
        if address == FEED:
            raise RecursionError("too deep")
        return real(raw, address, **given)

    monkeypatch.setattr(turn, "read_feed", broken)
    watching(store, web, 3, FEED, other)
    assert texts(store) == [a_story(9)]
    assert the_feed(store).problem == "RecursionError: too deep"


def test_while_the_record_cannot_be_written_to_nothing_is_lost(store, web, monkeypatch):
    real, left = job.keep_report, iter(range(3))

    def full(*given):
        if next(left, None) is not None:
            raise StoreError("d.db: the disk is full")
        return real(*given)

    monkeypatch.setattr(job, "keep_report", full)
    watching(store, web, 3)
    assert texts(store) == sorted(map(a_story, (1, 2, 3)))


class Killed(BaseException):
    """As SIGKILL is: nothing after it is done."""


@pytest.mark.parametrize("at", range(12))
def test_killed_anywhere_and_started_again_each_report_is_kept_once(tmp_path, web, monkeypatch, at):
    """The `at`-th write to the record is the last thing that the first watcher does."""
    from dateline.store import Store

    real, left = Store._write, iter(range(at))

    def dying(self, **given):
        if next(left, None) is None:
            raise Killed
        return real(self, **given)

    web.pages |= {link(n): f"{a_story(n)}\n\n2024-02-2{n} | attack | Arden | {n}\n".encode() for n in (1, 2, 3)}
    with open_record(tmp_path / "d.db") as store:
        monkeypatch.setattr(Store, "_write", dying)
        with pytest.raises(Killed):
            watching(store, web, 6)
    monkeypatch.undo()
    with open_record(tmp_path / "d.db") as store:
        watching(store, web, 6)
        assert len(texts(store)) == 3
        assert store.extraction_counts() == {"done": 3}
        assert len(list(store.incidents())) == 3
        assert the_feed(store).reports <= 3


def test_a_feed_that_the_watcher_died_of_is_left_alone_and_the_others_go_on(tmp_path, web):
    other = "https://quill.example/rss"
    web.pages |= {other: a_feed([link(9)])}
    deaths = []

    def dies():
        deaths.append(FEED)
        raise Killed

    web.pages[FEED] = dies
    clock = JumpingClock()
    for _ in range(3):
        with open_record(tmp_path / "d.db") as store, suppress(Killed):
            watching(store, web, 2, FEED, other, clock=clock, chance=lambda: 0.0)
        clock.at += MINUTE            # whoever keeps it going starts it again
    with open_record(tmp_path / "d.db") as store:
        assert a_story(9) in texts(store)
        assert the_feed(store).pace.failures == 2
        assert "ended while it read this feed" in the_feed(store).problem
    assert len(deaths) == 3


def deadly(settings):
    """An extractor whose process dies of one story."""
    return Given(_dying)


def _dying(reports):
    for report in reports:
        if "story 2 was" in report.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        yield from extract_all([report])


def test_a_report_whose_extraction_kills_its_process_costs_itself_alone_and_is_set_aside_after_three(tmp_path, web, caplog):
    for _ in range(5):                # started again and again
        with open_record(tmp_path / "d.db") as store:
            watching(store, web, 1, pool=Pool(Settings(), 1, deadly))
            assert texts(store) == sorted(map(a_story, (1, 2, 3)))
            assert store.extraction_counts() == {"done": 2, "failed": 1}
    told = [record.__dict__.get("told", {}).get("problem", "") for record in caplog.records if record.message == "not extracted"]
    assert len(told) == 3
    assert ["set aside" in one or "3 times" in one for one in told] == [False, False, True]


def test_a_page_that_kills_its_parser_costs_itself_alone(store, web, caplog):
    web.pages[link(2)] = a_page(f"{a_story(2)} {CRASHES.decode()}")
    watching(store, web, 1, apart=Apart(Settings(offline=True), prepare=make_hostile))
    assert texts(store) == sorted(map(a_story, (1, 3)))
    told = [record.__dict__.get("told", {}).get("problem", "") for record in caplog.records]
    assert any("the process that read it died" in one for one in told)


def test_a_stop_is_no_death(store, web):
    watching(store, web, 1)
    assert not the_feed(store).in_hand


def test_of_a_feed_without_end_the_first_entries_are_looked_at(store, web, monkeypatch):
    from dateline.watching import entries, turn

    for module in (entries, turn):
        monkeypatch.setattr(module, "MOST_ENTRIES", 20)
    web.pages[FEED] = a_feed(link(n) for n in range(1, 5000))
    watching(store, web, 1)
    assert texts(store) == sorted(a_story(n) for n in range(1, 21))
    web.pages[FEED] = a_feed([link(1)], more=" " * 6_000_000)
    watching(store, web, 3, clock=JumpingClock(at=DAY))
    assert "longer than" in the_feed(store).problem


# Clocks

@pytest.mark.parametrize("jump", [pytest.param(-400 * DAY, id="back-a-year"), pytest.param(400 * DAY, id="on-a-year")])
def test_a_jump_of_the_clock_on_the_wall_changes_no_schedule_and_raises_no_alarm(tmp_path, web, jump):
    asked = []
    for wall in (0.0, jump):
        web.asked.clear()
        clock = JumpingClock()
        clock.told = [(2 * HOUR, lambda clock=clock, wall=wall: setattr(clock, "wall", wall))]
        with open_record(tmp_path / f"{wall}.db") as store:
            watching(store, web, 24, clock=clock)
            clock.wall = 0.0 if wall else wall      # and back, while nobody watches
            watching(store, web, 24, clock=clock)
            assert the_feed(store).troubles == ()
        asked.append(web.asked.count(FEED))
    assert abs(asked[0] - asked[1]) <= 1


def test_a_restart_asks_nobody_before_it_is_time(store, web):
    clock = watching(store, web, 1)
    before = web.asked.count(FEED)
    for _ in range(5):
        watching(store, web, 1 / 60, clock=clock)
    assert web.asked.count(FEED) <= before + 1


# What is told

def test_a_feed_that_falls_silent_is_told_once_and_its_return_too(store, web, caplog):
    caplog.set_level(logging.INFO, "dateline.watch")
    numbers = iter(range(10, 99))
    shown = [1]

    def printed():
        shown.insert(0, next(numbers))
        web.pages[FEED] = a_feed(map(link, shown[:10]))

    clock = JumpingClock(told=[(hours * HOUR, printed) for hours in (*range(1, 96, 4), 200)])
    watching(store, web, 150, clock=clock)
    [trouble] = the_feed(store).troubles
    assert trouble.kind == "silent"
    assert "nothing new for" in trouble.why
    watching(store, web, 60, clock=clock)
    assert the_feed(store).troubles == ()
    assert sum(record.message == "trouble with a feed: silent" for record in caplog.records) == 1
    assert sum(record.message == "over: silent" for record in caplog.records) == 1


def test_pages_that_change_their_shape_are_told(store, web):
    shown = [1]

    def printed(number, page):
        web.pages[link(number)] = page
        shown.insert(0, number)
        web.pages[FEED] = a_feed(map(link, shown[:5]))

    box = a_page("Sign up to read this story and many more, every day of the week.", title=None, day=None)
    told = [(number * HOUR, lambda number=number: printed(number, a_page(a_story(number)) if number < 20 else box))
            for number in range(2, 30)]
    watching(store, web, 40, clock=JumpingClock(told=told))
    [trouble] = the_feed(store).troubles
    assert trouble.kind == "changed shape"
    assert "characters, where" in trouble.why


def test_the_operator_gets_one_mail_of_all_that_came_up(store, web):
    others = [f"https://quill.example/{n}" for n in range(4)]
    settings = Settings(operator="desk@arden.example", mail_from="dateline@arden.example")
    watching(store, web, 24, *others, settings=settings)
    [mail] = store.mails.page()
    assert mail.to == "desk@arden.example"
    assert mail.parts.subject == "dateline watch: 4 feeds to look at"
    assert all(address in mail.parts.text.replace("\n", " ") for address in others)


def test_nobody_is_mailed_where_no_operator_is_set(store, web):
    watching(store, web, 24, "https://quill.example/1")
    assert the_trouble(store, "https://quill.example/1") == "unreachable"
    assert store.mails.page() == []


def the_trouble(store, address):
    [trouble] = store.feeds.get(address).troubles
    return trouble.kind


# The list and the lock

def a_list(path, *addresses):
    outlines = "".join(f"<outline text='a' xmlUrl='{one}'/>" for one in addresses)
    path.write_text(f"<opml><body>{outlines}</body></opml>")


def test_a_list_that_changes_is_read_again_and_a_broken_one_is_not(store, web, tmp_path):
    listed, other = tmp_path / "feeds.opml", "https://quill.example/rss"
    a_list(listed, FEED)
    web.pages[other] = a_feed([link(9)])
    clock = JumpingClock(told=[(HOUR, lambda: listed.write_text("<opml><bo")), (2 * HOUR, lambda: a_list(listed, other))])
    watching(store, web, 2, str(listed), clock=clock)
    assert the_feed(store).watched
    watching(store, web, 2, str(listed), clock=clock)
    assert a_story(9) in texts(store)
    assert [one.address for one in store.feeds.all(watched=True)] == [other]
    assert not the_feed(store).watched


def test_two_do_not_watch_into_one_record(store, web):
    with sole_watcher(store.name), pytest.raises(StoreError, match=r"process \d+ watches feeds into it already"):
        watching(store, web, 1)
    watching(store, web, 1)       # the lock has gone with its holder


def test_the_lock_of_a_record_at_an_address_is_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "data"))
    one, other = "postgresql://db.example/one", "postgresql://db.example/other"
    with sole_watcher(one), sole_watcher(other), pytest.raises(StoreError), sole_watcher(one):
        pass
    assert len(list((tmp_path / "data").iterdir())) == 2


def test_once_asks_what_is_due_and_ends(store, web):
    given = {"make_fetcher": web.fetcher, "extract_all": extract_all}
    for at in (0.0, 60.0, 3 * HOUR):
        Watcher(store, Settings(), (FEED,), clock=JumpingClock(at=at), **given).watch(once=True)
    assert web.asked.count(FEED) == 2
    assert len(texts(store)) == 3


def test_a_stop_in_the_middle_of_a_feed_keeps_what_was_read_and_the_next_start_reads_the_rest(store, web):
    watcher = Watcher(store, Settings(), (FEED,), clock=JumpingClock(until=DAY), chance=lambda: 0.0, make_fetcher=web.fetcher,
                      extract_all=extract_all)
    page = web.pages[link(2)]

    def stopping():
        watcher.stop.set()
        return page

    web.pages[link(2)] = stopping
    watcher.watch()
    assert texts(store) == sorted(map(a_story, (2, 3)))
    web.pages[link(2)] = page
    watching(store, web, 6)
    assert texts(store) == sorted(map(a_story, (1, 2, 3)))
    assert store.extraction_counts() == {"done": 3}


def test_old_entries_are_forgotten_and_those_that_the_feed_still_has_are_not(store, web):
    clock = watching(store, web, 1)
    clock.at += 90 * DAY
    web.pages[FEED] = a_feed(map(link, (9, 3)))
    watching(store, web, 3, clock=clock)
    assert [web.asked.count(link(n)) for n in (3, 9)] == [1, 1]
    with store._read() as connection:
        from dateline.store.schema_feeds import watched_entry

        assert connection.execute(watched_entry.select()).all().__len__() == 2


def test_a_feed_is_kept_whole(store):
    from dateline.records.watching import Pace, Shape, Trouble, WatchedFeed

    feed = WatchedFeed(FEED, "Arden Post", "Sahel", asked_at=START, succeeded_at=START, news_at=START, reports=7,
                       pace=Pace(300, silences=(1.0, 2.0)), shape=Shape(3, 100.0),
                       troubles=(Trouble("silent", START, "nothing new"),))
    store.feeds.keep([feed])
    assert store.feeds.get(FEED) == feed
    store.feeds.keep([replace(feed, watched=False)])
    assert (store.feeds.all(watched=True), store.feeds.all(watched=False)) == ([], [replace(feed, watched=False)])
