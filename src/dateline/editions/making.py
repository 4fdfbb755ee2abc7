"""Editions made and changed: what each field may be, and a line in the audit log."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from dateline.errors import DecisionError
from dateline.publish.safe import plain
from dateline.records.briefing import FREQUENCIES
from dateline.records.mailing import Edition
from dateline.records.team import Audited

if TYPE_CHECKING:
    from dateline.store import Store

LONGEST_SLUG, LONGEST_TITLE, LONGEST_ABOUT = 60, 120, 500         # characters
SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


def make(store: Store, edition: Edition, *, by: str, at: datetime) -> Edition:
    """Keep a new edition; its first issue is made at its first hour from now on. Raises DecisionError for a field that cannot be
    so, and where there is one of that slug, a retired one too: its issues keep their addresses."""
    edition = checked(edition)
    with store.writing():
        if store.editions.get(edition.slug) is not None:
            raise DecisionError(f"there is an edition {edition.slug!r} already; change it, or give another slug")
        _keep(store, edition, "made the edition", by, at)
    return edition


def change(store: Store, slug: str, *, by: str, at: datetime, **values: Any) -> Edition:
    """Give fields of an edition other values, `retired` too. Raises DecisionError as `make` does, and where there is none."""
    with store.writing():
        edition = checked(replace(edition_called(store, slug), **values))
        _keep(store, edition, "retired the edition" if values.get("retired") else "changed the edition", by, at)
    return edition


def edition_called(store: Store, slug: str) -> Edition:
    """Raises DecisionError, which lists what there is, where no edition has that slug."""
    found = store.editions.get(slug)
    if found is None:
        known = ", ".join(one.slug for one in store.editions.all()) or "none yet; dateline edition add makes one"
        raise DecisionError(f"no edition {slug!r}; there are: {known}")
    return found


def checked(edition: Edition) -> Edition:
    """`edition` with title and about on one line each. Raises DecisionError for a field that cannot be so."""
    from dateline.subscribing.links import RESERVED

    slug, title, about = edition.slug, plain(edition.title), plain(edition.about)
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG or slug in RESERVED:
        raise DecisionError(f"slug {slug!r}: write up to {LONGEST_SLUG} lower-case letters, digits and single hyphens, as in "
                            f"mali-weekly, and none of {', '.join(sorted(RESERVED))}")
    _check_length("title", title, 1, LONGEST_TITLE)
    _check_length("about", about, 0, LONGEST_ABOUT)
    _check_one_of("zone", edition.zone, available_timezones(), "a name such as Africa/Bamako or UTC")
    _check_one_of("hour", edition.hour, range(24), "0 to 23")
    _check_one_of("weekday", edition.weekday, range(7), "0 (Monday) to 6")
    frequencies = tuple(name for name in FREQUENCIES if name in edition.frequencies)
    if not frequencies or len(frequencies) != len(set(edition.frequencies)):
        raise DecisionError(f"frequencies {', '.join(edition.frequencies) or 'none'}: give daily, weekly or both")
    return replace(edition, title=title, about=about, frequencies=frequencies)


def _keep(store: Store, edition: Edition, did: str, by: str, at: datetime) -> None:
    store.editions.keep(edition, at)
    store.team.note(Audited(at, by, did, edition.slug, None))


def _check_length(name: str, words: str, least: int, most: int) -> None:
    if not least <= len(words) <= most:
        raise DecisionError(f"{name}: {len(words)} characters; give {least} to {most}")


def _check_one_of(name: str, value: object, allowed: Any, wanted: str) -> None:
    if value not in allowed:
        raise DecisionError(f"{name} {value!r}: give {wanted}")
