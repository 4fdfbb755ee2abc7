"""The briefing's timeline: how many were killed on each day, with the least and the most that is said."""

from __future__ import annotations

import math
from functools import lru_cache

from dateline.publish.brief import drawing
from dateline.publish.brief.drawing import FAINT, INK, MARK, MARK_LIGHT, WIDTH, Sheet, small_enough, width_of
from dateline.publish.words import bounds_words, day_words
from dateline.records.briefing import DayBar

HEIGHT = 220
LEFT, RIGHT, TOP, BOTTOM = 60, 12, 50, 36   # pixels around the bars
TITLE_SIZE, LABEL_SIZE = 18, 18
WIDEST = 44                       # of a bar
EACH = 10                         # days up to which the words name every one of them
TITLE, OPEN = "Killed by day; light: least to most", "; arrow: most unknown"


def has_timeline(days: tuple[DayBar, ...]) -> bool:
    """One day is no line; and where nobody counted there is nothing to draw."""
    return len(days) > 1 and any(_top(bar) for bar in days)


def timeline_words(days: tuple[DayBar, ...]) -> str:
    """What the timeline shows, in words; the alternative text of its picture."""
    told = days if len(days) <= EACH else sorted(sorted(days, key=_best, reverse=True)[:3], key=lambda bar: bar.day)
    each = "; ".join(f"{day_words(bar.day)}: {_words(bar)}" for bar in told)
    if len(days) <= EACH:
        return f"Timeline of the killed by day. {each}."
    return f"Timeline of the killed by day, {day_words(days[0].day)} to {day_words(days[-1].day)}; the deadliest days: {each}."


@lru_cache(maxsize=256)
def timeline_png(days: tuple[DayBar, ...]) -> bytes:
    """The picture of `days`, of which there are several, with some number."""
    return small_enough(lambda scale: _drawn(days, scale))


def _drawn(days: tuple[DayBar, ...], scale: int) -> bytes:
    sheet = Sheet(HEIGHT, scale)
    step = _step(max(map(_top, days)))
    top = step * math.ceil(max(map(_top, days)) / step)
    floor, slot = HEIGHT - BOTTOM, (WIDTH - LEFT - RIGHT) / len(days)
    high = (floor - TOP) / top
    is_open = any(_top(bar) and bar.killed.high is None for bar in days)
    sheet.words(LEFT - 46, 20, TITLE + OPEN * is_open, TITLE_SIZE, INK)
    for count in range(0, top + 1, step):
        y = floor - count * high
        sheet.line([(LEFT, y), (WIDTH - RIGHT, y)], FAINT if count == 0 else drawing.GRID, 1)
        sheet.words(LEFT - 8, y, f"{count:,}", LABEL_SIZE, FAINT, "rm")
    each = math.ceil((width_of("30 Sep", LABEL_SIZE) + 10) / slot)
    for place, bar in enumerate(days):
        middle = LEFT + slot * (place + 0.5)
        _draw_bar(sheet, middle, min(slot * 0.7, WIDEST) / 2, floor, high, bar)
        if (len(days) - 1 - place) % each == 0:
            sheet.words(middle, HEIGHT - BOTTOM / 2, f"{bar.day.day} {bar.day:%b}", LABEL_SIZE, INK, "mm")
    return sheet.png()


def _draw_bar(sheet: Sheet, middle: float, half: float, floor: float, high: float, bar: DayBar) -> None:
    """Dark up to the least, light from there to the most, a line at the best; open at the top, where the most is not known."""
    low, best, most = bar.killed.low or 0, _best(bar), _top(bar)
    sheet.box(middle - half, floor - most * high, middle + half, floor - low * high, MARK_LIGHT)
    sheet.box(middle - half, floor - low * high, middle + half, floor, MARK)
    if low < best:
        sheet.line([(middle - half, floor - best * high), (middle + half, floor - best * high)], MARK, 2)
    if most and bar.killed.high is None:
        tip = floor - most * high - 4
        sheet.polygon([(middle - 6, tip), (middle + 6, tip), (middle, tip - 8)], MARK)


def _step(most: int) -> int:
    """Between two lines of the grid, so that there are two to five: 1, 2, 5, 10, 20, 50, ..."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if most <= 4 * step:
                return step
        size *= 10


def _words(bar: DayBar) -> str:
    return bounds_words(bar.killed.low, bar.killed.best, bar.killed.high) if bar.incidents else "no incident"


def _best(bar: DayBar) -> int:
    return bar.killed.best if bar.killed.best is not None else bar.killed.low or 0


def _top(bar: DayBar) -> int:
    return max(bar.killed.high or 0, _best(bar), bar.killed.low or 0)
