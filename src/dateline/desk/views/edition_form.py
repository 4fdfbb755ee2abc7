"""The form of an edition: what its fields offer, and the edition that a form sent says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args
from zoneinfo import available_timezones

import pycountry
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dateline.desk.views.choices import country_name
from dateline.desk.views.editions import WEEKDAYS, coverage_words
from dateline.errors import DecisionError
from dateline.publish.export.countries import acled_regions
from dateline.records.account import AffectedKind
from dateline.records.briefing import FREQUENCIES, Coverage, Frequency
from dateline.records.kinds import KINDS
from dateline.records.mailing import Edition

if TYPE_CHECKING:
    from dateline.desk.context import Desk

MOST_VALUES = 400                 # of one field: more than there are countries
Text = Annotated[str, StringConstraints(max_length=2_000)]
Several = Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=MOST_VALUES)]


class EditionForm(BaseModel):
    """As a browser sends it. A box that is not ticked is not sent."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    slug: Text = ""
    title: Text = ""
    about: Text = ""
    regions: Several = []
    countries: Several = []
    groups: Text = ""             # names or ids, one a line
    kinds: Several = []
    affected: Several = []
    killed: Text = ""
    frequencies: Several = []
    zone: Text = "UTC"
    hour: Annotated[int, Field(ge=0, le=23)] = 6
    weekday: Annotated[int, Field(ge=0, le=6)] = 0
    is_open: Text = "true"        # "true": to all; "false": by invitation
    by_itself: bool = False
    seen: Text = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that another editor gave another value meanwhile."""

    label: str
    now: str
    sent: str


LABELS = {"title": "Title", "about": "About", "coverage": "What it tells", "frequencies": "How often", "zone": "Time zone",
          "hour": "Hour", "weekday": "Weekday", "is_open": "For whom", "by_itself": "Who lets it out", "retired": "Retired"}


def edition_of(form: EditionForm, slug: str, desk: Desk, *, retired: bool = False) -> Edition:
    """The edition that `form` says, not checked further. Raises DecisionError for what is no value of its field."""
    coverage = Coverage(
        _some(form.regions, set(acled_regions()), "region"), _some(form.countries, {code for code, _ in countries()}, "country"),
        tuple(_groups(form.groups, desk)), _some(form.kinds, KINDS, "kind"),
        _some(form.affected, get_args(AffectedKind), "affected"), _threshold(form.killed))
    return Edition(
        slug, form.title, form.about, coverage, cast("tuple[Frequency, ...]", tuple(form.frequencies)), form.zone.strip(),
        form.hour, form.weekday, form.is_open != "false", form.by_itself, retired)


def offered() -> dict[str, Any]:
    """What the fields of the form can be set to."""
    return {
        "regions": [(one, one) for one in acled_regions()],
        "countries": list(countries()),
        "kinds": [(one, one) for one in KINDS],
        "affected": [(one, one) for one in get_args(AffectedKind)],
        "frequencies": [(one, one) for one in FREQUENCIES],
        "hours": [(hour, f"{hour:02}:00") for hour in range(24)],
        "weekdays": list(enumerate(WEEKDAYS)),
        "zones": sorted(available_timezones()),
    }


def filled(edition: Edition, desk: Desk) -> dict[str, Any]:
    """The values with which the form of `edition` is shown."""
    own = edition.coverage
    return {
        "slug": edition.slug, "title": edition.title, "about": edition.about,
        "regions": own.regions, "countries": own.countries, "kinds": own.kinds, "affected": own.affected,
        "groups": "\n".join(desk.group_name(one) or one for one in own.groups), "killed": own.killed or "",
        "frequencies": edition.frequencies, "zone": edition.zone, "hour": edition.hour, "weekday": edition.weekday,
        "is_open": "true" if edition.is_open else "false", "by_itself": edition.by_itself,
    }


def differences(held: Edition, sent: Edition, desk: Desk) -> list[Difference]:
    """Where the edition that is held is another than the one that was sent."""
    return [Difference(LABELS[field.name], _words(held, field.name, desk), _words(sent, field.name, desk))
            for field in fields(Edition) if field.name in LABELS and getattr(held, field.name) != getattr(sent, field.name)]


def countries() -> Iterator[tuple[str, str]]:
    """(code, name) of each, by name."""
    named = ((one.alpha_2, country_name(one.alpha_2)) for one in pycountry.countries)
    yield from sorted(named, key=lambda one: one[1].casefold())


def _words(edition: Edition, name: str, desk: Desk) -> str:
    value = getattr(edition, name)
    if name == "coverage":
        return coverage_words(value, desk.group_name)
    if name == "is_open":
        return "open to all" if value else "by invitation"
    if name == "by_itself":
        return "goes out by itself" if value else "an editor"
    if name == "weekday":
        return WEEKDAYS[value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _some(given: Iterable[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    known, found = set(known), tuple(dict.fromkeys(one for one in given if one))
    wrong = next((one for one in found if one not in known), None)
    if wrong is not None:
        raise DecisionError(f"{what} {wrong[:80]!r}: there is no such {what}; choose from the list")
    return found


def _groups(given: str, desk: Desk) -> Sequence[str]:
    ids = []
    for name in filter(None, (line.strip() for line in given.splitlines())):
        found = desk.group(name)
        if found is None:
            raise DecisionError(f"group {name[:80]!r}: no one armed group is called so; /groups lists those known")
        ids.append(found.id)
    return list(dict.fromkeys(ids))


def _threshold(given: str) -> int:
    words = given.strip() or "0"
    if not (words.isascii() and words.isdigit() and len(words) <= 6):
        raise DecisionError(f"killed {given[:20]!r}: write a whole number, or leave it out for no threshold")
    return int(words)
