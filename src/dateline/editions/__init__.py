"""Editions: when their issues are due, how one is composed, edited and issued, and what its mails say.

    schedule.py   pure: which issues are due
    issuing.py    draft, edit, approve, issue, drop
    mails.py      what a mail of an issue says, for its subscriber
    running.py    one round of all that goes by itself, and the thread of `dateline serve` that makes them
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.settings import Settings, check_natures

if TYPE_CHECKING:
    from dateline.publish.brief.gathering import Context


def context_of(settings: Settings) -> Context:
    """What every briefing is composed with: armed groups, rules, natures, how late a report may come. Reads the groups' files;
    raises what the registers raise."""
    from dateline.publish.brief.gathering import Context
    from dateline.queries import register_in_force, view_in_force

    return Context(register_in_force(settings.groups_file), view_in_force(settings), check_natures("nature", settings.nature),
                   settings.brief_late_days)
