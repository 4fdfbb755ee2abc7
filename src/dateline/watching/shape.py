"""Whether the pages of a feed still give what they used to: text, a title, a date. Pure.

A site that is laid out anew often gives pages that can be read, of which only a box at the side is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.records.watching import Shape

FEWEST = 10                       # pages, before one can be unlike the others
FRACTION = 0.25                   # of the usual length: shorter is odd. Short notes between long stories are rarely so short
HAD = 0.8                         # share of pages with a title or a date, above which one without is odd
IN_A_ROW = 4                      # odd pages, before it is said
ADOPTED = 40                      # so many in a row are the new shape
LEARNS = 0.1
NO_ARTICLE = "no article is found on its pages"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What one page gave. chars: of its text, 0 where no article was found on it."""

    chars: int
    titled: bool
    dated: bool


def next_shape(shape: Shape, page: PageSeen) -> Shape:
    """The shape after one more page."""
    why = oddness(shape, page)
    if not why:
        return _learnt(replace(shape, odd=0, why=""), page)
    if shape.odd + 1 < ADOPTED:
        return replace(shape, odd=shape.odd + 1, why=why)
    return _learnt(Shape(), page) if page.chars else replace(shape, odd=ADOPTED - 1, why=why)     # nothing is no shape


def oddness(shape: Shape, page: PageSeen) -> str:
    """How `page` is unlike the others, in words; "" where it is not, or too few are known."""
    if shape.pages < FEWEST:
        return ""
    if not page.chars:
        return NO_ARTICLE
    if page.chars < FRACTION * shape.chars:
        return f"its articles have {page.chars:,} characters, where {round(shape.chars):,} were usual"
    lacks = [name for name, has, had in (("title", page.titled, shape.titled), ("date", page.dated, shape.dated))
             if not has and had > HAD]
    return f"its pages have no {' and no '.join(lacks)} any more" if lacks else ""


def has_changed(shape: Shape) -> bool:
    return shape.odd >= IN_A_ROW


def _learnt(shape: Shape, page: PageSeen) -> Shape:
    if not page.chars:
        return shape              # a page without an article, on a site that is not known yet
    pages = shape.pages + 1
    weight = max(LEARNS, 1 / pages)               # of the first pages the mean

    def towards(held: float, new: float) -> float:
        return held + weight * (new - held)

    return replace(shape, pages=pages, chars=towards(shape.chars, page.chars), titled=towards(shape.titled, page.titled),
                   dated=towards(shape.dated, page.dated))
