"""The briefing's map: where its incidents were, as exactly as the record knows it, and no more exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dateline.publish.brief import drawing
from dateline.publish.brief.drawing import INK, MARK, MARK_LIGHT, WIDTH, Sheet, is_written, small_enough, width_of
from dateline.publish.brief.frame import LONGEST_NAME, counted, shown
from dateline.publish.brief.map_view import View, view_of
from dateline.publish.brief.outlines import Detail, Ring, names, outlines
from dateline.publish.export.countries import country_of
from dateline.publish.words import bounds_words
from dateline.records.briefing import Item

HEIGHT, LEGEND = 320, 34          # pixels; of the map, and of each row of the legend below it
EXACT = 2                         # where_prec up to which a place is drawn as a point: the place itself, or near it
LEAST, PER_ROOT, MOST = 5.0, 1.6, 24.0      # radius: nobody killed, by the square root of the killed, at most
AREA = 9.0                        # radius of a ring, which says nothing of a toll
FINEST = 2.0                      # pixels between two points of a line
SPECK = 4.0                       # pixels across below which an island is left out
COARSE_FROM = 45.0                # degrees across from which the coarser outlines do
NAME_SIZE, LEGEND_SIZE = 17, 20   # on a phone the picture is half as wide
MOST_NAMES = 12

Box = tuple[float, float, float, float]      # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident on the map. killed: as its disc is sized; exact: its place is known to the place, not to the district."""

    lon: float
    lat: float
    killed: int
    exact: bool
    alleged: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Of the legend. x: of its mark; row: 0 the upper one."""

    mark: Mark
    words: str
    x: float
    row: int


LEGENDS = (
    (Mark(0, 0, 4, True, False), "exact place; larger: more killed"),
    (Mark(0, 0, 0, False, False), "district or wider"),
    (Mark(0, 0, 4, True, True), "alleged"),
    (Mark(0, 0, 0, False, True), "alleged, district or wider"),
)


def marks_of(items: Iterable[Item]) -> tuple[Mark, ...]:
    """One for each incident with a point, those of most dead first, so that smaller ones lie upon them."""
    marks = [Mark(item.lon, item.lat, _killed(item), item.precision is not None and item.precision <= EXACT,
                  item.status == "alleged")
             for item in incidents_of(items)
             if is_of_its_days(item) and item.lat is not None and item.lon is not None and _is_point(item.lat, item.lon)]
    return tuple(sorted(marks, key=lambda mark: (-mark.killed, mark.lon, mark.lat, mark.exact, mark.alleged)))


def incidents_of(items: Iterable[Item]) -> list[Item]:
    """The items about incidents, each incident once; as it is told first."""
    once: dict[str, Item] = {}
    for item in items:
        if item.incident is not None:
            once.setdefault(item.incident, item)
    return list(once.values())


def is_of_its_days(item: Item) -> bool:
    """Not so one that background alone tells: it is in no number, may be years old, and would look like news on a map."""
    return item.section != "new" or item.counts or item.status == "alleged"


def map_words(items: Iterable[Item]) -> str:
    """What the map shows, in words: "Map: 4 incidents in Mali and Niger; ..."; the alternative text of its picture."""
    all_told = incidents_of(items)
    told = [item for item in all_told if is_of_its_days(item)]
    placed = [item for item in told if item.lat is not None and item.lon is not None]
    countries = sorted({country.acled_name for item in placed if (country := country_of(item.country))})
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
    if earlier := len(all_told) - len(told):
        words.append(f"{counted(earlier, 'earlier incident')} {'is' if earlier == 1 else 'are'} not on it")
    return "; ".join(words) + "."


@lru_cache(maxsize=256)           # readers of one edition share what they see
def map_png(marks: tuple[Mark, ...]) -> bytes:
    """The picture of `marks`, of which there is one at least."""
    return small_enough(lambda scale: _drawn(marks, scale))


def _drawn(marks: tuple[Mark, ...], scale: int) -> bytes:
    legend = _legend_of(marks)
    rows = max(entry.row for entry in legend) + 1
    sheet = Sheet(HEIGHT + rows * LEGEND, scale, drawing.SEA)
    view = view_of([(mark.lon, mark.lat) for mark in marks], WIDTH, HEIGHT)
    detail: Detail = "110m" if view.lon_span >= COARSE_FROM else "50m"
    _draw_world(sheet, view, detail)
    places = [(mark, *view.at(view.near(mark.lon), mark.lat)) for mark in marks]
    if detail == "50m":
        _draw_names(sheet, view, [_around(x, y, AREA) for _, x, y in places])
    for mark, x, y in places:
        _draw_mark(sheet, x, y, mark)
    sheet.box(0, HEIGHT, WIDTH, HEIGHT + rows * LEGEND, drawing.PAPER)
    for entry in legend:
        y = HEIGHT + (entry.row + 0.5) * LEGEND
        _draw_mark(sheet, entry.x, y, entry.mark)
        sheet.words(entry.x + 18, y, entry.words, LEGEND_SIZE, INK)
    return sheet.png()


def radius_of(killed: int) -> float:
    """Pixels. The area of a disc grows with the dead."""
    return min(LEAST + PER_ROOT * math.sqrt(killed), MOST)


def _draw_world(sheet: Sheet, view: View, detail: Detail) -> None:
    world = outlines(detail)
    for turn in (-360.0, 0.0, 360.0):
        for shape in world.lands:
            west, south, east, north = shape.box
            wide = max((east - west) * view.narrowing, north - south) * view.degree
            if wide >= SPECK and view.shows((west + turn, south, east + turn, north)):
                sheet.polygon(_pixels(view, shape.edge, turn), drawing.LAND)
                for hole in shape.holes:
                    sheet.polygon(_pixels(view, hole, turn), drawing.SEA)
                for ring in (shape.edge, *shape.holes):
                    for line in _coast(ring):
                        sheet.line(_pixels(view, line, turn), drawing.BORDER, 0.75)
        for border in world.borders:
            sheet.line(_pixels(view, border, turn), drawing.BORDER, 1)


def _coast(ring: Ring) -> Iterator[Ring]:
    """`ring` without the straight pieces along the antimeridian, where a country was cut."""
    start = 0
    for at, (one, other) in enumerate(pairwise(ring), 1):
        if abs(one[0]) == abs(other[0]) == 180.0:
            if at - start > 1:
                yield ring[start:at]
            start = at
    if len(ring) - start > 1:
        yield ring[start:]


def _draw_names(sheet: Sheet, view: View, taken: list[Box]) -> None:
    """Those that meet no other and nothing of what is `taken`."""
    room = len(taken) + MOST_NAMES
    for name in names():
        x, y = view.at(view.near(name.lon), name.lat)
        half = width_of(name.name, NAME_SIZE) / 2
        box = (x - half - 4, y - NAME_SIZE, x + half + 4, y + NAME_SIZE)
        if name.size * view.degree < half:      # a name wider than twice its country would name the neighbours
            continue
        if not _within(box) or any(_meet(box, other) for other in taken) or not all(map(is_written, name.name)):
            continue
        sheet.words(x, y, name.name, NAME_SIZE, drawing.NAMES, "mm", drawing.LAND)
        taken.append(box)
        if len(taken) == room:
            return


def _draw_mark(sheet: Sheet, x: float, y: float, mark: Mark) -> None:
    if not mark.exact:
        sheet.ring(x, y, AREA, MARK, dashed=mark.alleged)
    elif mark.alleged:
        sheet.disc(x, y, radius_of(mark.killed), MARK_LIGHT)
        sheet.ring(x, y, radius_of(mark.killed), MARK, dashed=True)
    else:
        sheet.disc(x, y, radius_of(mark.killed), MARK)


def _legend_of(marks: tuple[Mark, ...]) -> list[Entry]:
    """What of it is on the map."""
    occur = {(mark.exact, mark.alleged) for mark in marks}
    legend: list[Entry] = []
    x, row = 14.0, 0
    for mark, words in (kind for kind in LEGENDS if (kind[0].exact, kind[0].alleged) in occur):
        width = 18 + width_of(words, LEGEND_SIZE)
        if x + width > WIDTH and legend:
            x, row = 14.0, row + 1
        legend.append(Entry(mark, words, x, row))
        x += width + 26
    return legend


def _pixels(view: View, points: Iterable[tuple[float, float]], turn: float) -> list[tuple[float, float]]:
    """The pixels of a line, without those that would hardly be seen beside the one before: the last one stays."""
    pixels = [view.at(lon + turn, lat) for lon, lat in points]
    kept = pixels[:1]
    for pixel in pixels[1:-1]:
        if math.dist(pixel, kept[-1]) >= FINEST:
            kept.append(pixel)
    return kept + pixels[-1:]


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _within(box: Box) -> bool:
    left, top, right, bottom = box
    return left > 0 and right < WIDTH and top > 0 and bottom < HEIGHT


def _meet(one: Box, other: Box) -> bool:
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
