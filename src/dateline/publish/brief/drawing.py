"""What the briefing's pictures are drawn with: one size, few colours, Pillow's own letters. The same drawing is the same bytes."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

WIDTH = 560                       # pixels as shown; drawn at twice that, for screens that have them
SCALE = 2
SMOOTH = 2                        # drawn larger still, and made smaller: edges without steps
COLOURS = 24                      # of the palette
PAPER, SEA, LAND, BORDER = "#ffffff", "#e8eef2", "#f3f1ea", "#b9b6ac"
INK, FAINT, NAMES, GRID = "#1a222b", "#57606b", "#77746b", "#dcd9d0"
MARK, MARK_LIGHT = "#98261d", "#e3a39c"


class Sheet:
    """A picture `WIDTH` wide and `height` high. Lengths and places are pixels as shown, from the upper left corner."""

    def __init__(self, height: int, paper: str = PAPER) -> None:
        from PIL import Image, ImageDraw

        self.height = height
        self._times = SCALE * SMOOTH
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

        small = self._image.resize((WIDTH * SCALE, self.height * SCALE), Image.Resampling.BOX)
        # no dithering: dots of other colours would double the size
        few = small.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        held = io.BytesIO()
        few.save(held, "PNG", optimize=True)
        return held.getvalue()

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self._times, y * self._times

    def _around(self, x: float, y: float, radius: float) -> list[tuple[float, float]]:
        return [self._at(x - radius, y - radius), self._at(x + radius, y + radius)]


@cache
def font(size: int) -> Any:
    """Pillow's own letters, which need nothing of the system."""
    from PIL import ImageFont

    return ImageFont.load_default(size)


def width_of(text: str, size: int) -> float:
    """Pixels, as shown, that `text` takes."""
    return float(font(size * SCALE).getlength(text)) / SCALE
