"""The briefing's map: where its incidents were, as exactly as the record knows it, and no more exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.publish.brief import drawing
from dateline.publish.brief.drawing import INK, MARK, MARK_LIGHT, WIDTH, Sheet, width_of
from dateline.publish.brief.frame import LONGEST_NAME, counted, shown
from dateline.publish.brief.map_view import View, view_of
from dateline.publish.brief.outlines import Detail, Ring, names, outlines
from dateline.publish.export.countries import country_name
from dateline.publish.words import bounds_words
from dateline.records.briefing import Item

HEIGHT, LEGEND = 320, 36          # pixels; the legend's strip is below the map
EXACT = 2                         # where_prec up to which a place is drawn as a point: the place itself, or near it
LEAST, PER_ROOT, MOST = 5.0, 1.6, 24.0      # radius: nobody killed, by the square root of the killed, at most
AREA = 9.0                        # radius of a ring, which says nothing of a toll
COARSE_FROM = 70.0                # degrees across from which the coarser outlines do
NAME_SIZE, LEGEND_SIZE = 15, 16
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident on the map. killed: as its disc is sized; exact: its place is known to the place, not to the district."""

    lon: float
    lat: float
    killed: int
    exact: bool
    alleged: bool


def marks_of(items: Iterable[Item]) -> tuple[Mark, ...]:
    """One for each incident with a point, those of most dead first, so that smaller ones lie upon them."""
    marks = [Mark(item.lon, item.lat, _killed(item), item.precision is not None and item.precision <= EXACT,
                  item.status == "alleged")
             for item in incidents_of(items) if item.lat is not None and item.lon is not None and _is_point(item.lat, item.lon)]
    return tuple(sorted(marks, key=lambda mark: (-mark.killed, mark.lon, mark.lat, mark.exact, mark.alleged)))


def incidents_of(items: Iterable[Item]) -> list[Item]:
    """The items about incidents, each incident once; as it is told first."""
    once: dict[str, Item] = {}
    for item in items:
        if item.incident is not None:
            once.setdefault(item.incident, item)
    return list(once.values())


def map_words(items: Iterable[Item]) -> str:
    """What the map shows, in words: "Map: 4 incidents in Mali and Niger; ..."; the alternative text of its picture."""
    told = incidents_of(items)
    placed = [item for item in told if item.lat is not None and item.lon is not None]
    countries = sorted({shown(country_name(item.country), LONGEST_NAME) for item in placed if item.country})
    words = [f"Map: {counted(len(placed), 'incident')}" + (f" in {_listed(countries)}" if countries else "")]
    worst = max((item for item in placed if item.status != "alleged" and _killed(item)), key=_killed, default=None)
    if worst is not None and worst.killed is not None:
        toll = bounds_words(worst.killed.low, worst.killed.best, worst.killed.high)
        words.append(f"the deadliest: {shown(worst.heading, LONGEST_NAME)}, {toll} killed")
    if vague := sum(item.precision is None or item.precision > EXACT for item in placed):
        words.append(f"{vague:,} placed by {'its' if vague == 1 else 'their'} district or wider")
    if alleged := sum(item.status == "alleged" for item in placed):
        words.append(f"{alleged:,} alleged")
    if missing := len(told) - len(placed):
        words.append(f"{counted(missing, 'incident')} {'has' if missing == 1 else 'have'} no place and "
                     f"{'is' if missing == 1 else 'are'} not on it")
    return "; ".join(words) + "."


@lru_cache(maxsize=256)           # readers of one edition share what they see
def map_png(marks: tuple[Mark, ...]) -> bytes:
    """The picture of `marks`, which are some: WIDTH wide at twice the pixels."""
    sheet = Sheet(HEIGHT + LEGEND, drawing.SEA)
    view = view_of([(mark.lon, mark.lat) for mark in marks], WIDTH, HEIGHT)
    _draw_world(sheet, view)
    for mark in marks:
        _draw_mark(sheet, *view.at(view.near(mark.lon), mark.lat), mark)
    sheet.box(0, HEIGHT, WIDTH, HEIGHT + LEGEND, drawing.PAPER)
    _draw_legend(sheet, marks)
    return sheet.png()


def radius_of(killed: int) -> float:
    """Pixels. The area of a disc grows with the dead."""
    return min(LEAST + PER_ROOT * math.sqrt(killed), MOST)


def _draw_world(sheet: Sheet, view: View) -> None:
    detail: Detail = "110m" if view.lon_span >= COARSE_FROM else "50m"
    world = outlines(detail)
    for turn in (-360.0, 0.0, 360.0):
        for shape in world.lands:
            west, south, east, north = shape.box
            if view.shows((west + turn, south, east + turn, north)):
                sheet.polygon(_pixels(view, shape.edge, turn), drawing.LAND)
                for hole in shape.holes:
                    sheet.polygon(_pixels(view, hole, turn), drawing.SEA)
                for ring in (shape.edge, *shape.holes):
                    for line in _coast(ring):
                        sheet.line(_pixels(view, line, turn), drawing.BORDER, 0.75)
        for border in world.borders:
            sheet.line(_pixels(view, border, turn), drawing.BORDER, 1)
    if detail == "50m":
        _draw_names(sheet, view)


def _coast(ring: Ring) -> Iterator[Ring]:
    """`ring` without the straight pieces along the antimeridian, where a country was cut."""
    start = 0
    for at, (one, other) in enumerate(zip(ring, ring[1:], strict=False), 1):
        if abs(one[0]) == abs(other[0]) == 180.0:
            if at - start > 1:
                yield ring[start:at]
            start = at
    if len(ring) - start > 1:
        yield ring[start:]


def _draw_names(sheet: Sheet, view: View) -> None:
    taken: list[tuple[float, float, float, float]] = []
    for name in names():
        x, y = view.at(view.near(name.lon), name.lat)
        half = width_of(name.name, NAME_SIZE) / 2
        box = (x - half - 4, y - NAME_SIZE, x + half + 4, y + NAME_SIZE)
        if not (0 < box[0] and box[2] < WIDTH and 0 < box[1] and box[3] < HEIGHT) or any(_meet(box, other) for other in taken):
            continue
        sheet.words(x, y, name.name, NAME_SIZE, drawing.NAMES, "mm", drawing.LAND)
        taken.append(box)
        if len(taken) == MOST_NAMES:
            return


def _draw_mark(sheet: Sheet, x: float, y: float, mark: Mark) -> None:
    if not mark.exact:
        sheet.ring(x, y, AREA, MARK_LIGHT if mark.alleged else MARK, dashed=mark.alleged)
    elif mark.alleged:
        sheet.disc(x, y, radius_of(mark.killed), MARK_LIGHT)
        sheet.ring(x, y, radius_of(mark.killed), MARK, dashed=True)
    else:
        sheet.disc(x, y, radius_of(mark.killed), MARK)


def _draw_legend(sheet: Sheet, marks: tuple[Mark, ...]) -> None:
    """What of it is on the map. The words are large: on a phone the picture is half as wide."""
    y, x = HEIGHT + LEGEND / 2, 14.0
    kinds = ((any(mark.exact and not mark.alleged for mark in marks), Mark(0, 0, 4, True, False), "place known; larger: more killed"),
             (any(not mark.exact and not mark.alleged for mark in marks), Mark(0, 0, 0, False, False), "district or wider"),
             (any(mark.alleged for mark in marks), Mark(0, 0, 4, True, True), "alleged"))
    for occurs, mark, words in kinds:
        if occurs:
            _draw_mark(sheet, x, y, mark)
            sheet.words(x + 16, y, words, LEGEND_SIZE, INK)
            x += 16 + width_of(words, LEGEND_SIZE) + 26


def _pixels(view: View, points: Iterable[tuple[float, float]], turn: float) -> list[tuple[float, float]]:
    return [view.at(lon + turn, lat) for lon, lat in points]


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _killed(item: Item) -> int:
    if item.killed is None:
        return 0
    return item.killed.best if item.killed.best is not None else item.killed.low or 0


def _is_point(lat: float, lon: float) -> bool:
    return -90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0


def _listed(names: list[str]) -> str:
    """ "Mali", "Mali and Niger", "Chad, Mali and 3 more countries"."""
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more countries"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
