"""What Outlook for Windows (Word's engine, 2007 to 2021) and Gmail do with HTML and CSS, as far as public lists tell.

Read for this table in November 2026:
- Can I email (caniemail.com, github.com/hteumeuleu/caniemail), the pages of margin, padding, border, max-width, display, opacity,
  word-break, overflow-wrap, @media, @media (prefers-color-scheme), <style> and HTML5 semantics. Tests there are of 2019 to 2024.
- Google, "CSS support" (developers.google.com/workspace/gmail/design/css): selectors are class, element and id; media queries ask
  for width, orientation and resolution; the list of properties, as far as "border-*".
- Microsoft's "Word 2007 HTML and CSS Rendering Capabilities in Outlook 2007", as retold by R. Parmentier in 2020: which
  properties work on all elements, on blocks, and on tables and cells alone.
- Email on Acid, "Gmail: 12 things": a mail is cut at 102 kB, styles are read in the head alone, and a style block with an error
  is dropped whole.
Written down from general knowledge and NOT read again: all other rows, and that Gmail reads 8,192 characters of styles.

What is not checked: how the programs really look (nobody opened them), the new Outlook and Outlook on the web, Yahoo and all
others, what Gmail and Outlook make of colours in their own dark modes, and mail accounts of other hosts in Gmail's app, which
drop the style block.
"""

from __future__ import annotations

import re

CELLS = frozenset({"td", "th"})
BLOCKS = frozenset({"body", "div", "p", "h1", "h2", "h3", "table", "td", "th", "img"})
ANYWHERE = BLOCKS | {"span", "a", "b"}
ELEMENTS = frozenset({
    "html", "head", "title", "meta", "style", "body", "div", "table", "thead", "tbody", "tr", "td", "th", "h1", "h2", "h3", "p",
    "a", "b", "span", "img"})
ATTRIBUTES = frozenset({
    "align", "alt", "aria-label", "aria-roledescription", "bgcolor", "border", "cellpadding", "cellspacing", "class", "colspan",
    "content", "dir", "height", "href", "http-equiv", "lang", "name", "role", "scope", "src", "style", "target", "type", "valign",
    "vertical-align", "width", "xmlns", "xmlns:o", "xmlns:v"})

# Property -> elements on which both read it, or on which the one that does not loses nothing (then the reason is given).
PROPERTIES: dict[str, frozenset[str]] = {
    "background": ANYWHERE,                 # a colour alone: VALUES
    "background-color": ANYWHERE,
    "border": CELLS | {"table", "img"},     # Outlook: unreliable on blocks
    "border-bottom": CELLS,
    "border-left": CELLS,
    "border-collapse": CELLS | {"table"},
    "border-spacing": frozenset({"table"}),
    "border-radius": CELLS | {"a"},         # Outlook: square corners
    "color": ANYWHERE,
    "cursor": CELLS,                        # Outlook and Gmail: the pointer that they like
    "direction": BLOCKS,
    "display": ANYWHERE,                    # VALUES
    "font-family": ANYWHERE,
    "font-size": ANYWHERE,
    "font-weight": ANYWHERE,
    "height": frozenset({"img", "td"}),
    "line-height": ANYWHERE,
    "margin": BLOCKS | {"a"},               # VALUES; of a button's link it is 0
    "max-height": frozenset({"div"}),       # Outlook: none; of the hidden preheader alone
    "max-width": frozenset({"div"}),        # Outlook: none; `outlook_widths` wants a table of that width around it
    "opacity": frozenset({"div"}),          # Outlook: none; of the hidden preheader alone
    "outline": frozenset({"img"}),          # Outlook: none; takes a line away that it does not draw
    "overflow": frozenset({"div"}),         # Outlook: none; of the hidden preheader alone
    "padding": CELLS | {"a"},               # Outlook: cells alone; of a button's link the cell has mso-padding-alt
    "table-layout": frozenset({"table"}),   # Outlook: not known; columns are then as wide as their words ask
    "text-align": BLOCKS,
    "text-decoration": ANYWHERE,
    "text-transform": ANYWHERE,
    "vertical-align": CELLS | {"table", "div"},
    "width": CELLS | {"table", "div", "img"},
    "word-break": CELLS,                    # Outlook before 2019: not known; a long address is then cut at its slashes
    "word-spacing": ANYWHERE,
}
OF_ONE_PROGRAM = re.compile(r"mso-[a-z-]+|-webkit-text-size-adjust|-ms-(text-size-adjust|interpolation-mode)")
HIDDEN_ONLY = frozenset({"max-height", "opacity", "overflow"})
# Property -> what its value must be; others are read by both.
VALUES = {
    "background": re.compile(r"#[0-9a-f]{6}"),
    "background-color": re.compile(r"#[0-9a-f]{6}"),
    "color": re.compile(r"#[0-9a-f]{6}"),
    "display": re.compile(r"none|block|inline-block"),
    "margin": re.compile(r"((\d+px|0)( (\d+px|0)){0,3}|0(px)? auto)"),
    "padding": re.compile(r"(\d+px|0)( (\d+px|0)){0,3}"),
    "font-size": re.compile(r"\d+px"),
    "line-height": re.compile(r"\d+(px|%)"),
    "font-family": re.compile(r"[A-Za-z, -]+(serif)"),
}
NEVER = re.compile(r"(?i)url\(|var\(|calc\(|min\(|max\(|clamp\(|gradient|expression|rgba?\(|hsla?\(|!important|"
                   r"\d(rem|em|vw|vh|ch)\b|@")
SELECTOR = re.compile(r"(#[\w-]+|[a-z]+[0-9]?|[a-z]*\.[\w-]+)( (#[\w-]+|[a-z]+[0-9]?|[a-z]*\.[\w-]+))*")
MEDIA = re.compile(r"(only )?screen and \((min|max)-width: ?\d+px\)|\(prefers-color-scheme: ?dark\)")
MOST_STYLES, MOST_BYTES = 8_192, 100_000
LEAST_FONT, LEAST_CONTRAST = 15, 4.5
