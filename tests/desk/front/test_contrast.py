"""Colours of desk.css: text is at least 4.5:1, and edges of controls 3:1, on what they stand on, in both themes (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dateline

CSS = (Path(dateline.__file__).parent / "desk" / "static" / "desk.css").read_text(encoding="utf-8")
TOKENS = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", CSS)}
SURFACES = ("paper", "sheet", "raised")
TEXT = [(ink, on) for ink in ("ink", "faint", "link", "killed") for on in SURFACES]
TEXT += [(name, f"{name}-fill") for name in ("good", "warn", "bad", "info")]
TEXT += [("ink", "lit"), ("ink", "marked"), ("on-strong", "strong"), ("on-strong-faint", "strong"), ("faint", "marked")]
EDGES = [("edge", on) for on in SURFACES] + [("killed-fill", "sheet"), ("focus", "paper"), ("focus", "sheet")]


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "on", "least"), [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in EDGES])
def test_colours_can_be_told_apart(ink, on, least, theme):
    assert contrast(TOKENS[ink][theme], TOKENS[on][theme]) >= least
