"""Editions, their issues and subscribers, watches, and the mails to them: what a briefing needs beside the record.

None of it says anything of what happened in the world. Times are UTC. The word for those who get mails is subscriber: a reader is
a role on the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.records.briefing import EVERYTHING, Briefing, Coverage, Frequency, Length

IssueState = Literal["draft", "approved", "issued", "dropped"]
SubscriberState = Literal["unconfirmed", "confirmed", "suspended", "unsubscribed"]
MailKind = Literal["confirmation", "issue", "alert", "notice"]
# queued -> claimed -> handed over -> sent; a worker that dies in "claimed" had given nothing away, in "handed over" it may have
MailState = Literal["queued", "claimed", "handed over", "sent", "uncertain", "refused", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A briefing that one can subscribe to."""

    slug: str                     # in addresses: "mali-weekly"; lower-case letters, digits, hyphens; never changed
    title: str
    about: str = ""               # a sentence for those who think of subscribing
    coverage: Coverage = EVERYTHING
    frequencies: tuple[Frequency, ...] = ("daily",)
    zone: str = "UTC"             # IANA name: whose days it tells, and whose clock `hour` is of
    hour: int = 6                 # at which it is composed, 0 to 23
    weekday: int = 0              # of a weekly one, Monday 0
    is_open: bool = True          # False: by invitation; its archive is shown to those who have it, and to the desk
    by_itself: bool = False       # goes out without an editor, and then tells approved incidents alone
    retired: bool = False         # no further issue


@dataclass(frozen=True, slots=True)
class Edits:
    """What an editor made of a draft: ids of items in the order wanted (those not named follow), dropped ones, notes."""

    order: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()      # (item id, words)
    note: str = ""                # above all


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of an edition, for the day `day` (of a weekly one the last day of its week). There is one a day and frequency.

    briefing: as composed, before `edits`; it stays as it was composed when the record changes later.
    """

    id: int                       # 0: not kept yet
    edition: str
    frequency: Frequency
    day: date
    state: IssueState
    briefing: Briefing
    edits: Edits
    composed_at: datetime
    issued_at: datetime | None = None
    by: str | None = None         # who approved it; None: by itself

    @property
    def name(self) -> str:
        """In addresses: "daily-2018-01-27"."""
        return f"{self.frequency}-{self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an edition has come in one frequency; what its schedule goes on from."""

    since: datetime               # from which on its hours count: when it was made, got that frequency or was resumed
    day: date | None = None       # of its newest issue, dropped ones too
    kept_until: datetime | None = None    # where its next issue by the record's clock begins; None: none was made by it yet
    failed_at: datetime | None = None     # when making its issue went wrong, if none was made since
    problem: str | None = None            # what went wrong, in a line


@dataclass(frozen=True, slots=True)
class Choices:
    """What a subscriber chose of an edition. coverage narrows the edition's own."""

    frequency: Frequency = "daily"
    coverage: Coverage = EVERYTHING
    length: Length = "one page"
    when_empty: bool = False      # whether a short mail comes when there is nothing new
    zone: str | None = None       # whose clock `hour` is of; None: the edition's
    hour: int | None = None       # before which no mail comes; None: as soon as the issue is out


@dataclass(frozen=True, slots=True)
class Consent:
    """How somebody came to be asked, and when they said yes. address: of the machine, cut to its network."""

    asked_at: datetime
    origin: str                   # "sign-up page", "import of subscribers.csv by Ana", "invited by Ana"
    address: str | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who gets mails. key: the address as it is compared; token: what signs their links, kept by nobody else."""

    id: int                       # 0: not kept yet
    address: str                  # as they wrote it
    state: SubscriberState
    consent: Consent
    token: str                    # random; another one when they ask for it
    bounces: int = 0              # since the last mail that was taken
    unsubscribed_at: datetime | None = None
    suspended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody asked for, which counts once the link in their mail is confirmed."""

    subscriber: int
    edition: str
    choices: Choices
    consent: Consent
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    subscriber: int
    edition: str
    choices: Choices
    since: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody wants to hear of within minutes: as a mail to a subscriber, or a call of a webhook. One of both is set.

    near: (latitude, longitude, kilometres); together with provinces it is an alternative to coverage.countries and regions.
    """

    id: int                       # 0: not kept yet
    name: str
    coverage: Coverage
    provinces: tuple[str, ...] = ()
    near: tuple[float, float, float] | None = None
    subscriber: int | None = None
    webhook: str | None = None    # https address; editors alone set one
    secret: str | None = None     # that signs what is sent to it
    by: str | None = None         # who made it
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What a watch was told of an incident last. facts: what was told, as compared (alerts); message_id: of the first mail."""

    watch: int
    incident: str
    at: datetime
    facts: str
    count: int                    # of notices, the first included
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG inside a mail, at <img src="cid:NAME">."""

    cid: str                      # "map"
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail says, before it is a message: mailing/message.py makes one of it. Addresses of links are absolute.

    unsubscribe: where one POST unsubscribes (RFC 8058). list_id: slug of the edition, "alerts" or "" (List-Id).
    """

    subject: str
    text: str
    html: str
    pictures: tuple[Picture, ...] = ()
    list_id: str = ""
    unsubscribe: str | None = None
    archive: str | None = None    # the same on the web
    in_reply_to: str | None = None
    list_name: str = ""           # the edition's title, as mail programs show the list


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be queued. parts None: of an issue, made when its time comes. message_id None: one is made."""

    key: str
    kind: MailKind
    to: str
    due_at: datetime
    subscriber: int | None = None
    issue: int | None = None
    parts: Parts | None = None
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the queue. key: what it is, once for ever ("issue:12:31"): a second one of that key is never queued.

    parts: of an issue None: what it says is made when its time comes.
    """

    id: int
    key: str
    kind: MailKind
    state: MailState
    to: str
    message_id: str
    due_at: datetime
    attempts: int
    subscriber: int | None
    issue: int | None
    parts: Parts | None
    said: str | None              # the server's last answer, or what went wrong, in a line
    changed_at: datetime
