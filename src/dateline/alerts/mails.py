"""Alerts as mails: one an incident, or, where a watch has many at once, one of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dateline.alerts.deciding import News
from dateline.alerts.words import changed_line, sentences, short, summary, sure_words, title_of
from dateline.publish.safe import plain
from dateline.records.mailing import NewMail, Parts, Subscriber, Watch
from dateline.settings import Settings

HANDFUL = 5                       # more incidents of one watch at once come in one mail


@dataclass(frozen=True, slots=True)
class AlertMail:
    """A mail, and what it tells."""

    mail: NewMail
    news: tuple[News, ...]


def mails_of(watch: Watch, news: Sequence[News], subscriber: Subscriber, settings: Settings, at: datetime) -> Iterator[AlertMail]:
    """The mails that tell a subscriber the news of one watch: what is told first, then updates, as replies to the first mail."""
    from dateline.mailing.message import new_message_id

    for some in ([one for one in news if one.before is None], [one for one in news if one.before is not None]):
        together = [some] if len(some) > HANDFUL else [[one] for one in some]
        for told in together:
            subject, paragraphs, button = _one(told[0], settings) if len(told) == 1 else _several(told, settings)
            parts = _parts(subject, paragraphs, button, watch, subscriber, settings)
            replied = {one.before.message_id for one in told if one.before}
            parts = replace(parts, in_reply_to=replied.pop() if len(replied) == 1 else None)
            yield AlertMail(NewMail(key_of(told[0]), "alert", subscriber.address, at, subscriber.id, None, parts,
                                    new_message_id(settings)), tuple(told))


def key_of(news: News) -> str:
    """What a mail or a call is, once for ever: the so many-th notice of an incident to a watch; of several the first one's."""
    return f"alert:{news.watch.id}:{news.incident}:{news.count}"


def incident_url(incident: str, settings: Settings) -> str:
    return f"{settings.public_url.rstrip('/')}/incidents/{incident}"


def _one(news: News, settings: Settings) -> tuple[str, tuple[str, ...], tuple[str, str]]:
    button = (f"Open {news.incident}", incident_url(news.incident, settings))
    if news.published is None:
        return f"Re: Alert: {news.incident}", _changes(news), button
    told = sentences(news.published)
    title = title_of(news.published.incident)
    sure = sure_words(news.concern)
    if news.before is None:
        return f"Alert: {title}", (*told, *([sure] if sure else [])), button
    return f"Re: Alert: {title}", (*_changes(news), "As it is held now:", *told), button


def _changes(news: News) -> tuple[str, ...]:
    assert news.before is not None
    return (changed_line(news.before.at), *news.changes)


def _several(told: Sequence[News], settings: Settings) -> tuple[str, tuple[str, ...], None]:
    is_first = told[0].before is None
    head = f"{len(told)} incidents" if is_first else f"{len(told)} incidents changed"
    lines = [f"{head} that your alert is for."]
    for news in told:
        url = incident_url(news.incident, settings)
        changes = " ".join(news.changes)
        if news.published is None:
            lines.append(f"{news.incident}: {changes} {url}")
        else:
            lines.append((f"Changed: {changes} Now: " if changes else "") + summary(news.published, url))
    return f"Alert: {head} ({short(told[0].watch.name, 60)})", tuple(lines), None


def _parts(subject: str, paragraphs: tuple[str, ...], button: tuple[str, str] | None, watch: Watch, subscriber: Subscriber,
           settings: Settings) -> Parts:
    from dateline.publish.brief.letters import Letter, letter_parts
    from dateline.subscribing.links import ALERTS, alerts_url, unsubscribe_url

    unsubscribe = unsubscribe_url(settings, subscriber, ALERTS)
    footer = (f"You get this for your alert \u201c{plain(watch.name)}\u201d, told within minutes, before anybody checks it.",
              f"Change, pause or delete your alerts: {alerts_url(settings, subscriber)}")
    letter = Letter(subject=plain(subject), paragraphs=tuple(map(plain, paragraphs)), button=button, footer=footer,
                    unsubscribe=unsubscribe)
    return letter_parts(letter, list_id=ALERTS, unsubscribe=unsubscribe)
