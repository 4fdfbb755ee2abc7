"""A briefing as an HTML mail: small enough that Gmail shows the whole of it."""

from __future__ import annotations

from collections.abc import Collection

from dateline.publish.brief.frame import NOTE, WEEKS, longest_fitting, sheet_of, shown
from dateline.publish.brief.links import Links
from dateline.publish.brief.mail import mail_of
from dateline.records.briefing import Briefing
from dateline.records.mailing import Picture

MOST_BYTES = 97_000               # of the HTML: Gmail cuts a mail at 102 kB, and our own measure is 100
PREVIEW = 140                     # characters that mail programs show beside the subject


def as_html(briefing: Briefing, links: Links, pictures: Collection[Picture], most_bytes: int = MOST_BYTES) -> str:
    """`briefing` as a mail, its pictures at "cid:NAME". Items that would make it too large are left to the page, and counted.

    Raises LayoutError where a template is broken.
    """
    return longest_fitting(lambda most: _mail(briefing, links, pictures, most), len(briefing.items), most_bytes)


def _mail(briefing: Briefing, links: Links, pictures: Collection[Picture], most: int) -> str:
    sheet = sheet_of(briefing, links, most=most)
    return mail_of(
        "briefing.mjml", title=sheet.title, preview=shown(" ".join(sheet.headline), PREVIEW), sheet=sheet,
        pictures=tuple(pictures), note_word=NOTE, weeks_word=WEEKS)
