"""What the briefing's pictures are drawn with: one size, few colours, Pillow's own letters. The same drawing, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

WIDTH = 560                       # pixels as shown; there are twice as many where size allows
SCALES = (2, 1)                   # pixels drawn for one that is shown: the first with which the picture is small enough
MOST_BYTES = 25_000               # of a picture
PAPER, SEA, LAND, BORDER = "#ffffff", "#e8eef2", "#f3f1ea", "#b9b6ac"
INK, FAINT, NAMES, GRID = "#1a222b", "#57606b", "#77746b", "#dcd9d0"
MARK, MARK_LIGHT = "#98261d", "#e3a39c"
# (one colour, another, how many steps there are between them)
MEETING = ((PAPER, INK, 3), (PAPER, FAINT, 2), (LAND, NAMES, 2), (LAND, BORDER, 1), (SEA, BORDER, 1), (PAPER, MARK, 2),
           (MARK, MARK_LIGHT, 1))


class Sheet:
    """A picture `WIDTH` wide and `height` high. Lengths and places are pixels as shown, from the upper left corner."""

    def __init__(self, height: int, scale: int, paper: str = PAPER) -> None:
        from PIL import Image, ImageDraw

        self._times = scale
        self._image = Image.new("RGB", (WIDTH * self._times, height * self._times), paper)
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: list[tuple[float, float]], fill: str) -> None:
        self._draw.polygon([self._at(x, y) for x, y in points], fill=fill)

    def line(self, points: list[tuple[float, float]], colour: str, width: float = 1.0) -> None:
        self._draw.line([self._at(x, y) for x, y in points], fill=colour, width=max(round(width * self._times), 1), joint="curve")

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        if right > left and bottom > top:
            self._draw.rectangle([self._at(left, top), self._at(right, bottom)], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str, edge: str = PAPER) -> None:
        self._draw.ellipse(self._around(x, y, radius + 1), fill=edge)
        self._draw.ellipse(self._around(x, y, radius), fill=fill)

    def ring(self, x: float, y: float, radius: float, colour: str, *, dashed: bool = False) -> None:
        width = round(2.5 * self._times)
        for start in range(0, 360, 45):
            self._draw.arc(self._around(x, y, radius), start, start + (26 if dashed else 46), fill=colour, width=width)

    def words(self, x: float, y: float, text: str, size: int, colour: str, anchor: str = "lm", halo: str | None = None) -> None:
        """anchor: of Pillow: "lm" left and middle, "mm" centred, "ra" right and top."""
        self._draw.text(self._at(x, y), text, fill=colour, font=font(size * self._times), anchor=anchor,
                        stroke_width=2 * self._times if halo else 0, stroke_fill=halo)

    def png(self) -> bytes:
        from PIL import Image

        # no dithering: dots of other colours would double the size
        few = self._image.quantize(palette=_palette(), dither=Image.Dither.NONE)
        held = io.BytesIO()
        few.save(held, "PNG", optimize=True)
        return held.getvalue()

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self._times, y * self._times

    def _around(self, x: float, y: float, radius: float) -> list[tuple[float, float]]:
        return [self._at(x - radius, y - radius), self._at(x + radius, y + radius)]


@cache
def _palette() -> Any:
    """An image that holds the colours, and steps between those that meet, so that edges look smooth."""
    from PIL import Image, ImageColor

    plain = (PAPER, SEA, LAND, BORDER, INK, FAINT, NAMES, GRID, MARK, MARK_LIGHT)
    colours: list[tuple[int, ...]] = [ImageColor.getrgb(colour) for colour in plain]
    for one, other, steps in MEETING:
        ends = [*zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)]
        colours += [tuple(round(a + (b - a) * step / (steps + 1)) for a, b in ends) for step in range(1, steps + 1)]
    held = Image.new("P", (1, 1))
    held.putpalette([part for colour in colours for part in colour])
    return held


@cache
def font(size: int) -> Any:
    """Pillow's own letters, which need nothing of the system."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


def width_of(text: str, size: int) -> float:
    """Pixels, as shown, that `text` takes."""
    return float(font(size * SCALES[0]).getlength(text)) / SCALES[0]


@cache
def is_written(char: str) -> bool:
    """Whether the letters have `char`; else they would show a box."""
    drawn, none = font(20).getmask(char), font(20).getmask("\uffff")
    return drawn.size != none.size or bytes(drawn) != bytes(none)


def small_enough(draw: Callable[[int], bytes]) -> bytes:
    """What `draw` makes with the first of SCALES with which it is small enough, or with the last."""
    for scale in SCALES:
        png = draw(scale)
        if len(png) <= MOST_BYTES:
            break
    return png
