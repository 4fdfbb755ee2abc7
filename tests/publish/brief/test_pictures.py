"""The map and the timeline of a briefing, as pictures and in words."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from dateline.publish.brief import map_picture, timeline_picture
from dateline.publish.brief.drawing import MARK, MARK_LIGHT, MOST_BYTES, WIDTH, is_written
from dateline.publish.brief.map_picture import AREA, HEIGHT, LEAST, MOST, Mark, map_png, map_words, marks_of, radius_of
from dateline.publish.brief.pictures import pictures_of
from dateline.publish.brief.timeline_picture import timeline_png, timeline_words
from dateline.records.briefing import Bounds, DayBar
from publish.brief.made_briefings import DAY, a_briefing, a_full_day, a_hostile_day, an_empty_day, an_item, days_of

MARKS = st.builds(Mark, st.floats(-180, 180), st.floats(-90, 90), st.integers(0, 10**9), st.booleans(), st.booleans())
WORLD = (Mark(-75.0, 4.0, 3, True, False), Mark(145.0, -6.0, 30, True, False), Mark(30.0, 50.0, 90, True, True))


def opened(png):
    return Image.open(io.BytesIO(png))


def count_of(png, colour):
    """Pixels of that colour in the map itself, its legend left out."""
    image = opened(png).convert("RGB").crop((0, 0, 2 * WIDTH, 2 * HEIGHT))
    return {value: count for count, value in image.getcolors(100_000)}.get(ImageColor.getrgb(colour), 0)


def test_a_day_has_a_map_and_a_timeline():
    assert [picture.cid for picture in pictures_of(a_full_day())] == ["map", "timeline"]


def test_nothing_to_draw_is_no_picture():
    assert pictures_of(an_empty_day()) == ()
    assert pictures_of(a_briefing(an_item(lat=None, lon=None))) == ()
    assert pictures_of(a_briefing(an_item(lat=None, lon=None), days=days_of((0, 0, 0)))) == ()
    assert pictures_of(a_briefing(an_item(lat=None, lon=None), days=days_of((7,)))) == ()


def test_pictures_are_small_and_twice_as_wide_as_they_are_shown():
    for picture in pictures_of(a_full_day()):
        image = opened(picture.png)
        assert (image.format, image.mode, image.width) == ("PNG", "P", 2 * WIDTH)
        assert len(picture.png) <= MOST_BYTES


def test_where_a_picture_would_be_too_large_it_has_fewer_pixels(monkeypatch):
    monkeypatch.setattr("dateline.publish.brief.drawing.MOST_BYTES", 10_000)
    assert opened(map_png.__wrapped__(WORLD)).width == WIDTH


def test_the_same_briefing_is_the_same_bytes_in_another_process():
    code = ("from publish.brief.made_briefings import a_full_day\nfrom dateline.publish.brief.pictures import pictures_of\n"
            "import hashlib\nprint([hashlib.sha256(p.png).hexdigest() for p in pictures_of(a_full_day())])")
    path = [str(Path(__file__).parents[2]), *sys.path]
    made = [subprocess.run([sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}\n{code}"], capture_output=True, text=True,
                           check=True).stdout for _ in range(2)]
    assert made[0] == made[1]
    assert "[" in made[0]


def test_each_incident_is_on_the_map_once():
    items = [an_item(1), an_item(1, "claims", lat=0.0, lon=0.0), an_item(2, "changed", lat=1.0, lon=1.0),
             an_item(3, lat=None, lon=None)]
    assert [(mark.lat, mark.lon) for mark in marks_of(items)] == [(16.27, -0.04), (1.0, 1.0)]


@pytest.mark.parametrize(("precision", "exact"), [(1, True), (2, True), (3, False), (4, False), (6, False), (None, False)])
def test_what_is_known_to_the_district_alone_is_no_exact_point(precision, exact):
    [mark] = marks_of([an_item(precision=precision)])
    assert mark.exact is exact


@pytest.mark.parametrize(("killed", "size"), [
    (Bounds(63, 95, 103), 95), (Bounds(7, None, None), 7), (Bounds(None, None, 5), 0), (None, 0)])
def test_a_disc_is_as_large_as_its_best_number(killed, size):
    [mark] = marks_of([an_item(killed=killed)])
    assert mark.killed == size


def test_larger_ones_lie_below_smaller_ones():
    marks = marks_of([an_item(1, killed=Bounds(1, 1, 1)), an_item(2, killed=Bounds(90, 90, 90))])
    assert [mark.killed for mark in marks] == [90, 1]
    assert LEAST == radius_of(0) < radius_of(1) < radius_of(50) < radius_of(10_000) == MOST


def test_an_exact_place_is_filled_and_a_district_is_a_ring():
    filled, ring = (count_of(map_png((Mark(2.0, 17.0, 10, exact, False),)), MARK) for exact in (True, False))
    assert filled > 3.0 * (2 * radius_of(10)) ** 2 * 0.95
    assert 0 < ring < 3.0 * (2 * AREA) ** 2 * 0.7


def test_an_alleged_one_is_lighter():
    alleged, told = (map_png((Mark(2.0, 17.0, 10, True, is_alleged),)) for is_alleged in (True, False))
    assert count_of(alleged, MARK) < count_of(told, MARK) / 2
    assert count_of(alleged, MARK_LIGHT) > 0
    assert count_of(told, MARK_LIGHT) == 0


def test_a_point_that_is_none_is_not_drawn():
    assert marks_of([an_item(lat=91.0), an_item(2, lon=float("nan")), an_item(3, lon=200.0)]) == ()


def test_the_map_in_words():
    assert map_words(a_full_day().items) == (
        "Map: 5 incidents in Mali and Somalia; the deadliest: Suicide bombing, Port Verity, Arden, 12 Mar 2024, 63-103 (best 95) "
        "killed; 1 placed by its district or wider; 1 alleged; 2 incidents have no place and are not on it.")


def test_an_alleged_incident_is_never_the_deadliest():
    items = [an_item(1, status="alleged", killed=Bounds(90, 90, 90), heading="said of"), an_item(2, killed=None)]
    assert map_words(items) == "Map: 2 incidents in Mali; 1 alleged."


def test_what_background_alone_tells_is_not_on_the_map():
    items = [an_item(1, killed=None), an_item(2, counts=False), an_item(3, counts=False, status="alleged"), an_item(4, "changed")]
    assert len(marks_of(items)) == 3
    assert map_words(items[:2]) == "Map: 1 incident in Mali; 1 earlier incident is not on it."


def test_many_countries_are_counted():
    items = [an_item(number, country=code, killed=None) for number, code in enumerate(("ML", "NE", "BF", "TD", "SO"))]
    assert map_words(items) == "Map: 5 incidents in Burkina Faso, Chad, Mali and 2 more countries."


def test_the_timeline_in_words_keeps_its_doubt():
    assert timeline_words(days_of((5, 0, 14))) == (
        "Timeline of the killed by day. 10 Mar 2024: at least 3 (best 5); 11 Mar 2024: no incident; 12 Mar 2024: 9-15 (best 14).")


def test_of_many_days_the_worst_are_told():
    assert timeline_words(days_of((1, 2, 30, 0, 0, 0, 0, 0, 0, 9, 0, 20))) == (
        "Timeline of the killed by day, 1 Mar 2024 to 12 Mar 2024; the deadliest days: 3 Mar 2024: 20-33 (best 30); "
        "10 Mar 2024: 6-10 (best 9); 12 Mar 2024: 13-22 (best 20).")


def test_a_day_of_which_nobody_counts_is_not_told_as_zero():
    days = (DayBar(DAY, 1, Bounds(None, None, None)), DayBar(DAY + timedelta(days=1), 1, Bounds(3, 3, 3)))
    assert "12 Mar 2024: not told; 13 Mar 2024: 3" in timeline_words(days)


@pytest.mark.parametrize("days", [
    days_of((1, 2)), days_of(tuple(range(62))), days_of((0, 1_234_567)),
    (DayBar(DAY, 1, Bounds(None, None, 4)), DayBar(DAY, 1, Bounds(5, None, None)))])
def test_any_timeline_can_be_drawn(days):
    assert len(timeline_png(days)) <= MOST_BYTES


@settings(max_examples=15, deadline=None)
@given(marks=st.lists(MARKS, min_size=1, max_size=12))
def test_any_map_can_be_drawn(marks):
    assert len(map_png(tuple(marks))) <= 2 * MOST_BYTES


def test_a_letter_that_cannot_be_written_is_known():
    assert is_written("A")
    assert not is_written("\u7206")


def test_hostile_words_are_in_no_picture_and_stay_words_in_its_alternative():
    [picture] = pictures_of(a_hostile_day())
    assert picture.alt.startswith("Map: 16 incidents; the deadliest: <script>alert(1)</script>")
    assert picture.alt.isprintable()


def test_what_is_drawn_is_remembered():
    map_picture.map_png.cache_clear()
    timeline_picture.timeline_png.cache_clear()
    pictures_of(a_full_day())
    pictures_of(replace(a_full_day(), title="Another reader's"))
    assert (map_picture.map_png.cache_info().hits, timeline_picture.timeline_png.cache_info().hits) == (1, 1)
