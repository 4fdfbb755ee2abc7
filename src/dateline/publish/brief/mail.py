"""HTML mails: a template in MJML filled in, made into tables that Outlook and Gmail lay out, its styles where both read them.

Templates escape whatever is put into them, for MJML passes on what it does not know: a tag in a report's words would be one in
the mail. Nothing in them is remote: no picture, font, style sheet or pixel, and links are the real addresses.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import LayoutError

# Colours of the desk (desk.css): at least 4.5:1 for words on what they stand on, light and dark (tests/publish/brief/mail_lint.py
# measures it).
LIGHT = {"paper": "#f6f5f1", "sheet": "#ffffff", "raised": "#eeece6", "line": "#dcd9d0", "ink": "#1a222b", "faint": "#57606b",
         "link": "#0a567f", "warn": "#774b00", "warned": "#faeed3", "strong": "#16324a", "on_strong": "#ffffff"}
DARK = {"paper": "#12161a", "sheet": "#1a2026", "raised": "#232a31", "line": "#2f3841", "ink": "#e3e7ea", "faint": "#a3adb7",
        "link": "#86c5ec", "warn": "#e9bf63", "warned": "#382c14", "strong": "#0d1115", "on_strong": "#e3e7ea"}
SANS = "Arial, Helvetica, sans-serif"
SERIF = "Georgia, Times, serif"         # no quotes: they would be escaped inside the styles, and end them
_ANGLES = str.maketrans("<>", "\u2039\u203a")
TEMPLATES = Path(__file__).parent / "templates"


def mail_of(template: str, **values: Any) -> str:
    """The HTML of `template` (a file in templates/) with `values`, which are plain words.

    Raises LayoutError where the template does not make a mail.
    """
    import css_inline
    import jinja2
    import mjml

    try:
        source = _environment().get_template(template).render(light=LIGHT, dark=DARK, sans=SANS, serif=SERIF, **values)
        html = mjml.mjml2html(source, fonts={})
        inlined = css_inline.inline(html, load_remote_stylesheets=False, keep_at_rules=True)
    except (jinja2.TemplateError, ValueError) as broken:
        raise LayoutError(f"{template}: no mail could be made of it: {broken}; a fault of dateline, please report it") from broken
    return inlined


@cache
def _environment() -> Any:
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
        lstrip_blocks=True)
    made.filters["in_attribute"] = in_attribute
    return made


def in_attribute(words: str) -> str:
    """`words` for an attribute. HTML lets < and > stand there and css-inline writes them so; Outlook, which looks for its own
    comments before it reads tags, might find one in a report's words."""
    return words.translate(_ANGLES)
