"""What our own mails to subscribers say. Pure. Nothing in them was written by whoever asked: that could be anybody."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dateline.publish.safe import plain
from dateline.subscribing import links
from dateline.subscribing.beside import Says

if TYPE_CHECKING:
    from dateline.records.mailing import Choices, Edition, Subscriber
    from dateline.settings import Settings

NOT_YOU = "If you did not ask for this, do nothing: no more will come, and the address is deleted within {days:g} days."


def confirmation(subscriber: Subscriber, edition: Edition, choices: Choices, token: str, settings: Settings) -> Says:
    """token: of the sign-up."""
    title = plain(edition.title)
    return Says(
        f"Please confirm: {title}",
        (f"Somebody, we hope you, asked us to send {title} to this address, {choices.frequency}.",
         "Open the page below and press its button, and the next issue comes to you."),
        ("Confirm the subscription", links.confirm_url(settings, token)),
        (NOT_YOU.format(days=settings.unconfirmed_days),),
        links.unsubscribe_url(settings, subscriber, None), edition.slug)


def invitation(subscriber: Subscriber, edition: Edition, by: str, token: str, settings: Settings) -> Says:
    """by: the editor who invites. token: of the sign-up."""
    title = plain(edition.title)
    about = (plain(edition.about),) if edition.about else ()
    return Says(
        f"Invitation: {title}",
        (f"{plain(by)} invites you to get {title} by mail.", *about,
         "Open the page below and press its button, and the next issue comes to you."),
        ("Accept the invitation", links.confirm_url(settings, token)),
        (f"If you do nothing, no more will come, and the address is deleted within {settings.unconfirmed_days:g} days.",),
        links.unsubscribe_url(settings, subscriber, None), edition.slug)


def known_already(subscriber: Subscriber, edition: Edition, settings: Settings) -> Says:
    title = plain(edition.title)
    return Says(
        f"You are a subscriber already: {title}",
        (f"Somebody, we hope you, asked us to send {title} to this address, which gets our mails already.",
         "On your own page you see what you get, add an edition, change how often it comes, or leave."),
        ("Your subscriptions", links.preferences_url(settings, subscriber)),
        ("If you did not ask for this, do nothing: nothing was changed.",),
        links.unsubscribe_url(settings, subscriber, edition.slug), edition.slug)


def new_link(subscriber: Subscriber, settings: Settings, at: datetime) -> Says:
    """at: when it was asked for."""
    return Says(
        "Your new link",
        (f"You asked for a new link to your subscriptions at {at:%H:%M} UTC on {at:%Y-%m-%d}. "
         "The links of all mails before this one have stopped.",),
        ("Your subscriptions", links.preferences_url(settings, subscriber)),
        ("Whoever has this link can change your subscriptions: do not pass it on.",),
        links.unsubscribe_url(settings, subscriber, None))
