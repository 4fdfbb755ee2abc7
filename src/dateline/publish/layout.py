"""Lines on a console: wrapped with a hanging indent, tables without trailing spaces."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

NARROWEST = 20                    # columns for words, however narrow the console and deep the indent


def put(console: Console, line: Text | str, *, indent: int = 0, hang: int = 2, style: str = "") -> None:
    """Print `line` from column `indent` on; what does not fit goes on `hang` columns further in."""
    text = line if isinstance(line, Text) else Text(line, style=style)
    width = max(console.width - indent - hang, NARROWEST)
    if text.cell_len <= console.width - indent:
        width = max(console.width - indent, NARROWEST)
    plain = text.plain
    fits = text.cell_len <= width and "\n" not in plain and "\t" not in plain
    for number, part in enumerate([text] if fits else text.wrap(console, width)):
        part.rstrip()
        _print(console, Text(" " * (indent + (hang if number else 0))) + part)


def put_table(console: Console, table: Table, *, indent: int = 0) -> None:
    options = console.options.update(width=max(console.width - indent, NARROWEST))
    for segments in console.render_lines(table, options, pad=False):
        line = Text.assemble(*((s.text, s.style or "") for s in segments if not s.control))
        line.rstrip()
        _print(console, Text(" " * indent) + line)


def has_styles(console: Console) -> bool:
    """Whether bold and colours show; where they do not, words are marked by signs."""
    return console.color_system is not None


def _print(console: Console, line: Text) -> None:
    if not has_styles(console) and not console.is_terminal:
        console.file.write(line.plain + "\n")     # what rich would write, in a tenth of the time
        return
    console.print(line, soft_wrap=True)   # it is as wide as it may be already; a pipe's reader wants no padding either
