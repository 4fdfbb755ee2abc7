"""The pictures of a briefing: a map and a timeline, drawn here from packaged outlines, with the same in words."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.publish.brief.map_picture import map_png, map_words, marks_of
from dateline.publish.brief.timeline_picture import has_timeline, timeline_png, timeline_words
from dateline.records.briefing import Briefing
from dateline.records.mailing import Picture

MAP, TIMELINE = "map", "timeline"


def pictures_of(briefing: Briefing) -> tuple[Picture, ...]:
    """The map where an incident has a place, the timeline where several days have a number; () where there is nothing to draw.

    The same briefing gives the same bytes. Drawn ones are remembered in the process.
    """
    return tuple(_pictures(briefing))


def _pictures(briefing: Briefing) -> Iterator[Picture]:
    if marks := marks_of(briefing.items):
        yield Picture(MAP, map_png(marks), map_words(briefing.items))
    if has_timeline(briefing.days):
        yield Picture(TIMELINE, timeline_png(briefing.days), timeline_words(briefing.days))
