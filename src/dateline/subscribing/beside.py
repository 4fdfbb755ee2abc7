"""What subscribing asks of the other parts: which editions there are, a letter laid out, a mail put into the queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from dateline.records.mailing import Edition, NewMail, Parts
    from dateline.store import Store


class Shelf(Protocol):
    """`store.editions`."""

    def all(self) -> Sequence[Edition]: ...

    def get(self, slug: str) -> Edition | None: ...


class Queue(Protocol):
    """`store.mails`."""

    def queue(self, mails: Iterable[NewMail], at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Says:
    """What one of our own mails says. button: label and address. unsubscribe: where one POST does. list_id: as in Parts."""

    subject: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str]
    footer: tuple[str, ...]
    unsubscribe: str
    list_id: str = ""


def editions_of(store: Store) -> tuple[Edition, ...]:
    """All that still have issues, by title."""
    held = cast(Shelf, store.editions).all()
    return tuple(sorted((one for one in held if not one.retired), key=lambda one: (one.title.casefold(), one.slug)))


def edition_of(store: Store, slug: str, *, retired: bool = False) -> Edition | None:
    """The edition of that slug. retired: also where it has no issues any more."""
    found = cast(Shelf, store.editions).get(slug)
    return None if found is None or (found.retired and not retired) else found


def queue(store: Store, mails: Iterable[NewMail], at: datetime) -> int:
    return cast(Queue, store.mails).queue(mails, at)


def laid_out(says: Says) -> Parts:
    """As text and HTML."""
    from dateline.publish.brief.letters import Letter, letter_parts

    letter = Letter(says.subject, says.paragraphs, says.button, says.footer, says.unsubscribe)
    return letter_parts(letter, list_id=says.list_id, unsubscribe=says.unsubscribe)
