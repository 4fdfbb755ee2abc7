"""Editions: when their issues are due, how one is composed, edited and issued, and what its mails say.

    schedule.py   pure: which issues are due
    issuing.py    draft, edit, approve, issue, drop
    mails.py      what a mail of an issue says, for its subscriber
    running.py    one round of all that goes by itself, and the thread of `dateline serve` that makes them
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dateline.settings import Settings, check_natures

if TYPE_CHECKING:
    from dateline.publish.brief.gathering import Context
    from dateline.records.incident import AttributionRule, TollRule


def context_of(settings: Settings) -> Context:
    """What every briefing is composed with: armed groups, rules, natures, how late a report may come. Reads the groups' files;
    raises what the registers raise."""
    from dateline.publish.brief.gathering import Context
    from dateline.queries import register_in_force
    from dateline.reconcile.views import View

    view = View(cast("TollRule", settings.toll_rule), cast("AttributionRule", settings.attribution_rule))
    return Context(register_in_force(settings.groups_file), view, check_natures("nature", settings.nature),
                   settings.brief_late_days)
