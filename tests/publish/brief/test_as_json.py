"""A briefing as JSON: what programs are promised."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime

from dateline.publish.brief.json import NOT_TOLD, as_json
from dateline.publish.brief.links import Links
from dateline.records.briefing import Briefing, Item, Window
from publish.brief.made_briefings import DAY, HOSTILE, LINKS, ROOT, a_briefing, a_hostile_day, a_week, an_item


def told(briefing, links=LINKS):
    return json.loads(as_json(briefing, links))


def test_it_has_all_that_a_briefing_has():
    assert set(told(a_week())) == {field.name for field in fields(Briefing)} | {"format", "address"}
    assert set(told(a_week())["items"][0]) == {field.name for field in fields(Item)} - NOT_TOLD | {"address"}


def test_it_says_of_which_format_it_is():
    assert told(a_briefing())["format"] == 1


def test_addresses_are_absolute():
    assert told(a_briefing())["address"] == LINKS.page
    assert told(a_briefing())["items"][0]["address"] == f"{ROOT}/incidents/DTL-412"
    assert told(a_briefing(), Links(ROOT, None))["address"] is None


def test_nobodys_own_links_are_in_it():
    assert "2pQ7xLk0TfWm5uZr" not in as_json(a_week(), LINKS)


def test_numbers_that_nobody_told_are_null():
    assert told(a_briefing(an_item(injured=None)))["items"][0]["killed"] == {"low": 7, "best": 7, "high": None}
    assert told(a_briefing(an_item(injured=None)))["items"][0]["injured"] is None


def test_days_and_instants_are_as_iso_8601_has_them():
    window = Window(DAY, DAY, "Africa/Bamako", datetime(2024, 3, 12, 5, tzinfo=UTC), None)
    assert told(a_briefing(window=window))["window"] == {
        "first": "2024-03-12", "last": "2024-03-12", "zone": "Africa/Bamako", "kept_since": "2024-03-12T05:00:00+00:00",
        "kept_until": None}


def test_words_are_as_they_were_composed_and_are_written_in_ascii():
    text = as_json(a_hostile_day(), LINKS)
    assert text.isascii()
    assert all(line.isprintable() for line in text.splitlines())
    assert tuple(json.loads(text)["headline"]) == HOSTILE


def test_the_same_briefing_is_the_same_json():
    assert as_json(a_week(), LINKS) == as_json(replace(a_week()), LINKS)
