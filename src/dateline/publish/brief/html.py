"""A briefing as an HTML mail: small enough that Gmail shows the whole of it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from html import escape

from dateline.publish.brief.frame import NOTE, WEEKS, sheet_of, shown
from dateline.publish.brief.links import Links
from dateline.publish.brief.mail import mail_of
from dateline.publish.brief.personal import personal, shared
from dateline.records.briefing import Briefing
from dateline.records.mailing import Picture

MOST_BYTES = 97_000               # of the HTML: Gmail cuts a mail at 102 kB, our measure is 100; a reader's addresses come on top
PREVIEW = 140                     # characters that mail programs show beside the subject

Pictures = tuple[tuple[str, str], ...]    # (name, alternative text)


def as_html(briefing: Briefing, links: Links, pictures: Collection[Picture]) -> str:
    """`briefing` as a mail, its pictures at "cid:NAME". Items that would make it too large are left to the page, and counted.

    What many readers get is laid out once. Raises LayoutError where a template is broken.
    """
    laid_out = _laid_out(briefing, shared(links), tuple((picture.cid, picture.alt) for picture in pictures))
    return personal(laid_out, links, escape)


@lru_cache(maxsize=128)
def _laid_out(briefing: Briefing, links: Links, pictures: Pictures) -> str:
    html = _mail(briefing, links, pictures, len(briefing.items))
    if len(html.encode()) <= MOST_BYTES:
        return html
    fit, too_many, best = -1, len(briefing.items), html
    while too_many - fit > 1:
        most = (fit + too_many) // 2
        html = _mail(briefing, links, pictures, most)
        if len(html.encode()) <= MOST_BYTES:
            fit, best = most, html
        else:
            too_many = most
    return best


def _mail(briefing: Briefing, links: Links, pictures: Pictures, most: int) -> str:
    sheet = sheet_of(briefing, links, most=most)
    return mail_of(
        "briefing.mjml", title=sheet.title, preview=shown(" ".join(sheet.headline), PREVIEW), sheet=sheet,
        pictures=pictures, note_word=NOTE, weeks_word=WEEKS)
