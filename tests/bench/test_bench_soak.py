"""The soak: what it calls lost, twice and flat; and a minute of it, with kills, against the real watcher."""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from bench.core import Request
from bench.soak import Soaked, figures_of, is_of_trouble, run, wrong_with
from bench.soak_web import DEAD, KINDS, Site, Web, serving, token, words_of

FLAT = [(float(second), 300.0) for second in range(600)]


def soaked(due: set[str], kept: dict[str, int], memory: list[tuple[float, float]] | None = None, broken: int = 0) -> Soaked:
    return Soaked(frozenset(due), Counter(kept), memory or FLAT, 0.1, 1.0, broken, (), 10, Counter(), 1.0)


@pytest.mark.parametrize(("one", "wrong"), [
    pytest.param(soaked({"a", "b"}, {"a": 1, "b": 1, "c": 1}), [], id="more-than-is-due-may-be-kept"),
    pytest.param(soaked({"a", "b"}, {"a": 1}), ["1 reports were due and are not kept: b"], id="lost"),
    pytest.param(soaked({"a"}, {"a": 2}), ["1 reports are kept more than once: a"], id="twice"),
    pytest.param(soaked(set(), {}, broken=3), ["3 lines of the log are errors"], id="errors"),
])
def test_what_is_wrong_is_told(one, wrong):
    assert list(wrong_with(one)) == wrong


@pytest.mark.parametrize(("memory", "growth"), [
    pytest.param(FLAT, 0.0, id="flat"),
    pytest.param([(float(s), 100.0 + min(s, 150)) for s in range(600)], 0.0, id="warming-up-is-no-growth"),
    pytest.param([(float(s), 100.0 + s) for s in range(600)], 334.0, id="a-leak"),
])
def test_growth_is_between_the_beginning_and_the_end_of_what_follows_the_warming_up(memory, growth):
    assert figures_of(soaked(set(), {}, memory))["growth_mb"] == growth


@pytest.mark.parametrize(("line", "is_trouble"), [
    pytest.param('{"level": "error", "message": "a feed broke its reader"}', True, id="an error"),
    pytest.param('{"level": "warning", "message": "a feed falls silent"}', False, id="a warning"),
    pytest.param("resource_tracker: There appear to be 1 leaked semaphore objects to clean up", False, id="of a killed process"),
    pytest.param("Traceback (most recent call last):", True, id="the last words of a thread"),
])
def test_errors_are_told_from_what_python_says_of_killed_processes(line, is_trouble):
    assert is_of_trouble(line) is is_trouble


def test_a_site_prints_and_fails_the_same_way_each_time():
    one, again = Site(50, 12.0), Site(50, 12.0)
    assert one.printed == again.printed
    assert [one.fault(hour / 4) for hour in range(48)] == [again.fault(hour / 4) for hour in range(48)]
    assert any(one.fault(hour / 4) for hour in range(48))


def test_a_story_is_due_once_a_whole_feed_has_listed_it():
    site = Site(100, 12.0)
    web = Web({site.host: site}, lambda: 6.0, calm=True)
    with serving(web):
        assert web.due() == set()
        get(web, site, "/nothing-here/0")
        assert web.due() == set()
        status, body = get(web, site, "/rss")
    assert status == 200
    assert web.due() == {token(100, number) for number in site.listed(6.0)}
    assert all(token(100, number).encode() in body for number in site.listed(6.0))
    assert token(100, 0) in words_of(100, 0)


def test_what_a_dead_site_lists_is_not_due():
    number = next(number for number, kind in KINDS.items() if kind == DEAD)
    site = Site(number, 12.0)
    with serving(Web({site.host: site}, lambda: 6.0, calm=True)) as web:
        assert get(web, site, "/rss")[0] == 500
    assert web.due() == set()


def get(web: Web, site: Site, path: str) -> tuple[int, bytes]:
    asked = urllib.request.Request(f"http://127.0.0.1:{web.port}{path}", headers={"Host": f"{site.host}:{web.port}"})
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_minute_of_the_soak_loses_nothing_and_keeps_nothing_twice():
    result = run(Request(Path("made"), limit=1))
    assert result.errors == ()
    assert result.figures["kept"] >= result.figures["due"] > 100
    assert result.figures["kinds_of_fault"] >= 5
    assert result.figures["growth_mb"] < 60
    assert result.figures["stop_s"] < 30
