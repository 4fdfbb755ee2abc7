"""Figures in a table: what is said, who gave it, where it was read, and whether it stands."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.publish.layout import put_table
from dateline.publish.safe import plain
from dateline.publish.words import figure_words, speaker_words
from dateline.records import Account, Figure, Incident, Joined, ReportRef

EFFECTS = ("killed", "injured", "casualties", "abducted", "missing")    # the order of the table; others come after
STANDINGS = ("stands", "superseded", "restated", "retracted")
SCOPES = {"incident": "", "part": "part", "increment": "added", "one_site": "one site", "several_incidents": "several incidents",
          "cumulative": "cumulative"}
MOST_OUTLETS = 4                  # that a row names
WIDEST_FIGURE = 26                # columns; longer ones are folded
SPEAKERS_SHARE = 0.58             # of what the figures and their standing leave; the outlets have the rest

Row = tuple[str, str, str, str]
Telling = tuple[Figure, Joined]   # a figure, and the account that tells it


def ledger_of(incident: Incident) -> list[list[Telling]]:
    """The figures of all accounts, each once, with those who repeat it: killed first, what stands before what does not, the
    latest first."""
    held: dict[tuple[str, str, str], list[Telling]] = {}
    for joined in incident.accounts:
        for figure in joined.account.figures:
            key = figure_words(figure).casefold(), speaker_words(figure).casefold(), figure.standing
            held.setdefault(key, []).append((figure, joined))
    latest_first = sorted(held.values(), key=lambda tellings: _time_and_size(tellings[0][0]), reverse=True)
    return sorted(latest_first, key=lambda tellings: _order(*tellings[0]))


def put_ledger(console: Console, incident: Incident, *, indent: int = 2) -> None:
    """The ledger as a table."""
    _put(console, [_row(tellings) for tellings in ledger_of(incident)], ("figure", "given by", "in", "standing"), indent)


def put_figures(console: Console, account: Account, *, indent: int = 4) -> None:
    """The figures of one account, in the order told."""
    rows = [(plain(figure_words(f)), plain(speaker_words(f)), "", SCOPES[f.scope]) for f in account.figures]
    _put(console, rows, ("figure", "given by", "", ""), indent)


def source_name(ref: ReportRef) -> str:
    """The outlet, else the agency it credits, else where it was read from."""
    return plain(ref.outlet or ref.agency or ref.source.rsplit("/", 1)[-1]) or ref.id


def _order(figure: Figure, joined: Joined) -> tuple[int, int, bool, bool]:
    """By effect, then standing; of those that stand totals first and attackers last."""
    effect = EFFECTS.index(figure.effect) if figure.effect in EFFECTS else len(EFFECTS)
    of_attackers = any(actor.id == figure.of and actor.role == "attacker" for actor in joined.account.actors)
    return effect, STANDINGS.index(figure.standing), of_attackers, figure.scope != "incident"


def _time_and_size(figure: Figure) -> tuple[str, int]:
    return figure.as_of.latest or "", figure.value or figure.low or 0


def _row(tellings: Sequence[Telling]) -> Row:
    figure = tellings[0][0]
    scope = SCOPES[figure.scope]
    standing = "" if scope and figure.standing == "stands" else figure.standing
    return (plain(figure_words(figure)), plain(speaker_words(figure)), outlets_words([joined.report for _, joined in tellings]),
            ", ".join(word for word in (scope, standing) if word))


def outlets_words(reports: Sequence[ReportRef]) -> str:
    """ "Hawk Wire, Meridian News (copy) and 3 more"."""
    originals = dict.fromkeys(source_name(ref) for ref in reports if ref.copy_of is None)
    copies = dict.fromkeys(source_name(ref) for ref in reports if ref.copy_of is not None)
    names = [*originals, *(f"{name} (copy)" for name in copies if name not in originals)]
    more = f" and {len(names) - MOST_OUTLETS:,} more" if len(names) > MOST_OUTLETS else ""
    return ", ".join(names[:MOST_OUTLETS]) + more


def _put(console: Console, rows: Sequence[Row], heads: tuple[str, str, str, str], indent: int) -> None:
    """Columns that hold nothing are left out; the widths suit the console."""
    if not rows:
        return
    widest = [max(cell_len(row[column]) for row in rows) for column in range(4)]
    first, last = min(widest[0], WIDEST_FIGURE), min(widest[3], 12)
    room = console.width - indent - first - last - 6
    speakers = min(widest[1], max(int(room * SPEAKERS_SHARE), room - widest[2]))
    table = Table(box=None, show_edge=False, show_header=bool(heads[2]), pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    used = [column for column in range(4) if widest[column]]
    for column, width in enumerate((first, speakers, None, last)):
        if column in used:
            table.add_column(heads[column], width=width and max(width, cell_len(heads[column])), overflow="fold")
    for row in rows:
        is_out = any(word in row[3] for word in STANDINGS[1:])
        table.add_row(*(Text(row[column]) for column in used), style="dim" if is_out else "")
    put_table(console, table, indent=indent)
