"""Decisions, histories and what a redo changes, printed for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.publish.safe import plain

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.records import Incident
    from dateline.records.decision import Decision
    from dateline.redo import Redone
    from dateline.store.decisions import HeldDecision

MOST_TOLD = 40               # of the differences of a redo; --json gives all


def print_decisions(to: Console, held: Sequence[HeldDecision]) -> None:
    """One decision a paragraph, oldest first: event, when, what, of which incident, who and why."""
    if not held:
        _say(to, "", "no decisions yet")
    for one in held:
        given = one.decision
        what = f"undo of event {given.undoes}" if given.undoes is not None else _told(given)
        gone = f", undone by event {one.undone_by}" if one.undone_by is not None else ""
        lost = f", {one.unattached} of its accounts not found any more" if one.unattached else ""
        told = f"{given.at:%Y-%m-%d %H:%M}, {what}, {given.incident or 'no incident'}, by {given.who}"
        _say(to, f"{given.id:>4}  ", told + gone + lost)
        if given.why:
            _say(to, "      ", given.why)


def print_history(to: Console, incident: Incident) -> None:
    """Every change of one incident, oldest first."""
    _say(to, "", f"{incident.id}, {incident.headline}")
    for line in incident.history:
        _say(to, f"  {line.at:%Y-%m-%d %H:%M}  ", f"{line.what}, by {line.who}" + (f": {line.why}" if line.why else ""))


def print_redone(to: Console, done: Redone, *, dry_run: bool) -> None:
    """Counts first, then what becomes of each incident."""
    would = "would be " if dry_run else ""
    _say(to, "", f"{done.extracted} reports {would}extracted again, {len(done.differences)} incidents {would}changed")
    for one in done.differences[:MOST_TOLD]:
        _say(to, f"{one.incident:<8}", one.after or one.before or "")
        _say(to, "        ", "; ".join(one.what))
    if len(done.differences) > MOST_TOLD:
        _say(to, "", f"and {len(done.differences) - MOST_TOLD} more; --json lists all")


def _told(given: Decision) -> str:
    """ "correct kind", "assign to Ana", "confidence high"."""
    if given.what == "confidence":
        return f"confidence {given.value}"
    if given.to is not None:
        return f"{given.what} {'to ' if given.what == 'assign' else ''}{given.to}"
    return f"{given.what} {given.field or ''}".strip()


def _say(to: Console, margin: str, words: str) -> None:
    """`words` after `margin`, on as many lines as they need, all of them behind the margin."""
    lines = textwrap.wrap(plain(words), max(20, to.width - len(margin)), break_long_words=True) or [""]
    for number, line in enumerate(lines):
        to.print((margin if number == 0 else " " * len(margin)) + line, markup=False, highlight=False, soft_wrap=True)
