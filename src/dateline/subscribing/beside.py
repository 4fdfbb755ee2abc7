"""What subscribing asks of the other parts: which editions there are, a letter laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.records.mailing import Edition, Parts
    from dateline.store import Store


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
    held = store.editions.all()
    return tuple(sorted((one for one in held if not one.retired), key=lambda one: (one.title.casefold(), one.slug)))


def edition_of(store: Store, slug: str, *, retired: bool = False) -> Edition | None:
    """The edition of that slug. retired: also where it has no issues any more."""
    found = store.editions.get(slug)
    return None if found is None or (found.retired and not retired) else found


def laid_out(says: Says) -> Parts:
    """As text and HTML."""
    from dateline.publish.brief.letters import Letter, letter_parts

    letter = Letter(says.subject, says.paragraphs, says.button, says.footer, says.unsubscribe)
    return letter_parts(letter, list_id=says.list_id, unsubscribe=says.unsubscribe)
