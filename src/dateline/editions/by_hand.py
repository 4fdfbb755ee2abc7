"""What `dateline brief` does for one day: by the reports' own days, so that any past day can be told as it was."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dateline.editions.issuing import approve, briefing_of, check_links, draft, gathered, issue_now, mails_of
from dateline.editions.mails import lay_out
from dateline.editions.schedule import window_of_days
from dateline.errors import DecisionError, SettingsError
from dateline.records.briefing import EVERYTHING, Briefing, Coverage, Frequency, Length
from dateline.records.mailing import Edition, Edits, Issue, Mail, NewMail, Parts
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.publish.brief.links import Links
    from dateline.store import Store


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would be issued. issue: the one that there is, else as it would be made. mails: for how many of the confirmed
    subscribers there is one."""

    edition: Edition
    issue: Issue
    subscribers: int
    mails: int


def yesterday(zone: str, at: datetime) -> date:
    return at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)


def told(store: Store, frequency: Frequency, day: date, settings: Settings, *, edition: Edition | None = None,
         coverage: Coverage = EVERYTHING, length: Length = "everything") -> Briefing:
    """The briefing of that day, or of the seven days up to it. coverage: narrows what `edition` covers, or stands alone."""
    from dateline.publish.brief.compose import cut

    whole = edition or Edition("all", "Everything", coverage=coverage)
    material = gathered(store, window_of_days(frequency, day, whole.zone), settings)
    return cut(briefing_of(material, whole, frequency), coverage, length)


def rehearse(store: Store, edition: Edition, frequency: Frequency, day: date, settings: Settings, *, at: datetime) -> Rehearsed:
    """What issuing would do; nothing is kept."""
    issue = store.editions.issue(edition.slug, frequency, day)
    if issue is None:
        briefing = told(store, frequency, day, settings, edition=edition)
        issue = Issue(0, edition.slug, frequency, day, "draft", briefing, Edits(), at)
    subscribers = sum(1 for _ in store.subscribers.of_edition(edition.slug, frequency))
    mails = 0 if issue.state in ("issued", "dropped") else sum(1 for _ in mails_of(store, edition, issue, at))
    return Rehearsed(edition, issue, subscribers, mails)


def issue_by_hand(store: Store, edition: Edition, frequency: Frequency, day: date, settings: Settings, *, by: str, at: datetime,
                  approving: bool) -> Issue:
    """The issue of that edition and day, made where there is none. It goes out if it was approved, or is now.

    Raises DecisionError for a day that is not over, a frequency that the edition does not have, an issue that was dropped.
    """
    if frequency not in edition.frequencies:
        raise DecisionError(f"{edition.slug} is not {frequency}; it is {' and '.join(edition.frequencies)}")
    if day > yesterday(edition.zone, at):
        raise DecisionError(f"{day} is not over in {edition.zone}: its issue would leave out what is still to come")
    check_links(settings)
    held = store.editions.issue(edition.slug, frequency, day)
    issue = held or draft(store, edition, frequency, window_of_days(frequency, day, edition.zone), settings, at=at)
    if issue.state == "dropped":
        raise DecisionError(f"the issue {issue.name} of {edition.slug} was dropped; it is issued no more")
    if issue.state == "draft" and approving:
        issue = approve(store, issue, by=by, at=at)
    return issue_now(store, issue, settings, by=by, at=at) if issue.state == "approved" else issue


def send_to(store: Store, briefing: Briefing, links: Links, address: str, settings: Settings, *, at: datetime,
            clock: Callable[[], datetime]) -> Mail:
    """Send one mail with `briefing`, at once, to an address that need not be a subscriber's; the mail as it is settled then.

    Nothing else of the queue is sent. Raises DecisionError for what is no address; SettingsError where no mail is sent from here.
    """
    from dateline.mailing.sender import send_due
    from dateline.subscribing.addresses import address_of

    if not settings.mail_from:
        raise SettingsError("mail_from is empty: set DATELINE_MAIL_FROM to the address that mails come from; "
                            "docs/settings.md tells of the server that takes them")
    laid_out = lay_out(briefing, links)
    word = secrets.token_hex(16)          # asked for again, it is sent again
    store.mails.queue([NewMail(f"by hand:{word}", "notice", address_of(address).written, at, message_id=word,
                               parts=Parts(laid_out.subject, laid_out.text, laid_out.html, laid_out.pictures))], at)
    mail = store.mails.by_message_id(word)
    assert mail is not None               # queued just now, under a key that nobody else has
    problem = send_due(store, settings, lambda one: one.parts, clock=clock, only=mail.id).problem
    settled = store.mails.get(mail.id)
    assert settled is not None
    return replace(settled, said=settled.said or problem)
