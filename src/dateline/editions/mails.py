"""What a mail of an issue says: the issue, cut to what its subscriber chose, with the links that are theirs alone."""

from __future__ import annotations

import html
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.editions.issuing import shown
from dateline.publish.safe import plain
from dateline.records.briefing import Briefing, Coverage, Length
from dateline.records.mailing import Edition, Issue, Mail, Parts, Picture, Subscriber
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.publish.brief.links import Links
    from dateline.store import Store

ISSUES_KEPT = 16                  # decoded; mails of one issue stand together in the queue
LAYOUTS_KEPT = 200                # text, HTML and pictures: some 150 kB each
MOST_BYTES = 96_000               # of a whole mail as it is sent, headers apart: what has no room stands on the issue's page
MOST_TEXT = 20_000                # of that, of the text: some 40 items
QUOTED = 1.15                     # how much longer HTML is in quoted-printable, which writes "=" as "=3D"
LONGEST_SUBJECT = 140             # characters; mail programs show half of that
NOTHING_NEW = "nothing new"


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A briefing as a mail."""

    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Out:
    """An issue that is out, as edited."""

    edition: Edition
    issue: Issue
    briefing: Briefing


def maker_of(store: Store, settings: Settings) -> Callable[[Mail], Parts | None]:
    """What mails of issues say, made when their time comes, of the subscriber and their choices as they are then.

    None: it is not to be sent any more: they are gone, or chose since that they want none like it. What is the same for many is
    made once and kept for a while. Used by one thread at a time, as `store` is.
    """
    from dateline.subscribing.links import root_of

    marks = Marks(root_of(settings))

    @lru_cache(maxsize=ISSUES_KEPT)
    def out(number: int) -> Out | None:
        issue = store.editions.issue_by_id(number)
        edition = store.editions.get(issue.edition) if issue is not None else None
        return Out(edition, issue, shown(issue)) if issue and edition and issue.state == "issued" else None

    @lru_cache(maxsize=LAYOUTS_KEPT)
    def laid_out(number: int, coverage: Coverage, length: Length) -> tuple[LaidOut, bool] | None:
        """And whether there is anything new in it."""
        from dateline.publish.brief.compose import cut

        found = out(number)
        if found is None:
            return None
        briefing = cut(found.briefing, coverage, length)
        return lay_out(briefing, marks.links, title=found.edition.title), not briefing.is_empty

    def parts(mail: Mail) -> Parts | None:
        if mail.kind == "alert" and mail.subscriber is not None:
            reader = store.subscribers.get(mail.subscriber)
            return mail.parts if reader is not None and reader.state == "confirmed" else None
        if mail.issue is None or mail.subscriber is None:
            return mail.parts
        with store.at_one_moment():
            found, subscriber = out(mail.issue), store.subscribers.get(mail.subscriber)
            if found is None or subscriber is None or subscriber.state != "confirmed":
                return None
            choices = store.subscribers.choices(subscriber.id, found.edition.slug)
            if choices is None or choices.frequency != found.issue.frequency:
                return None
        made = laid_out(mail.issue, choices.coverage, choices.length)
        if made is None or not (made[1] or choices.when_empty):
            return None
        return marks.filled(made[0], found, subscriber, store, settings)

    return parts


class Marks:
    """Stand in a mail that is laid out for many, where each has links of their own.

    Nobody can guess them, so that no report can name them and have a subscriber's links put among its own words.
    """

    def __init__(self, root: str) -> None:
        from dateline.publish.brief.links import Links

        page, preferences, unsubscribe = (f"{root}/{secrets.token_hex(16)}" for _ in range(3))
        self.links = Links(root, page, preferences, unsubscribe)

    def filled(self, made: LaidOut, out: Out, subscriber: Subscriber, store: Store, settings: Settings) -> Parts:
        from dateline.editions.keys import page_for
        from dateline.subscribing.links import preferences_url, unsubscribe_url

        mark = self.links
        archive = page_for(store, mark.root, out.edition, out.issue, subscriber)
        unsubscribe = unsubscribe_url(settings, subscriber, out.edition.slug)
        text, page = made.text, made.html
        for one, link in ((mark.page, archive), (mark.preferences, preferences_url(settings, subscriber)),
                          (mark.unsubscribe, unsubscribe)):
            assert one is not None        # as they were made
            text, page = text.replace(one, link), page.replace(one, html.escape(link))
        return Parts(made.subject, text, page, made.pictures, out.edition.slug, unsubscribe, archive,
                     list_name=out.edition.title)


def lay_out(briefing: Briefing, links: Links, *, title: str | None = None) -> LaidOut:
    """`briefing` as a mail. title: of its edition, put before its own."""
    from dateline.publish.brief.html import as_html
    from dateline.publish.brief.pictures import pictures_of
    from dateline.publish.brief.text import as_text

    headed = replace(briefing, title=f"{title}: {briefing.title}") if title else briefing
    pictures = pictures_of(briefing)
    text = as_text(headed, links, MOST_TEXT)
    room = MOST_BYTES - sum(len(one.png) for one in pictures) * 3 // 2 - len(text.encode())
    return LaidOut(subject_of(briefing), text, as_html(headed, links, pictures, int(room / QUOTED)), pictures)


def subject_of(briefing: Briefing) -> str:
    """Its title and the most important thing in it, on one line."""
    top = max(briefing.items, key=lambda item: item.importance, default=None)
    return _shortened(f"{plain(briefing.title)}: {plain(top.heading) if top is not None else NOTHING_NEW}")


def _shortened(words: str) -> str:
    if len(words) <= LONGEST_SUBJECT:
        return words
    return words[:LONGEST_SUBJECT - 1].rsplit(" ", 1)[0].rstrip(" ,:;") + "…"
