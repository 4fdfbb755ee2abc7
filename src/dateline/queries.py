"""What a person asks for, in the person's words -> a filter over the record."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from dateline.errors import SettingsError
from dateline.records import ArmedGroup
from dateline.records.account import AffectedKind, Side
from dateline.records.briefing import Coverage
from dateline.records.incident import ReviewState
from dateline.records.kinds import KINDS
from dateline.settings import Settings, check_natures
from dateline.store import IncidentFilter

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.reconcile.sources import SourceRegister
    from dateline.reconcile.views import View
    from dateline.records.incident import AttributionRule, TollRule


def incident_filter(*, since: date | None = None, until: date | None = None, surely: bool = False, country: str | None = None,
                    group: str | None = None, kind: str | None = None, text: str | None = None, unplaced: bool = False,
                    nature: str = "political,unknown", province: str | None = None, affected: str | None = None,
                    side_killed: str | None = None, precision: int | None = None, origins: int | None = None,
                    origins_not_party: int | None = None, review: str | None = None, undated: bool = False,
                    groups_file: str = "") -> IncidentFilter:
    """The filter for what a command was asked. Raises SettingsError for a value that nobody knows."""
    found = None
    if group is not None:
        found = resolve_group(group, groups_file)
        if found is None:
            raise SettingsError(f"--group {group!r}: {why_none(group, groups_file)}")
    return IncidentFilter(
        since=since, until=until, surely=surely, countries=(country_code(country),) if country else (),
        groups=(found.id,) if found else (), kinds=_one_of("--kind", kind, KINDS),
        natures=check_natures("--nature", nature), text=text, unplaced=unplaced,
        provinces=(province.strip(),) if province and province.strip() else (),
        affected=_one_of("--affected", affected, get_args(AffectedKind)),
        sides_killed=_one_of("--side-killed", side_killed, get_args(Side)),
        reviews=_one_of("--review", review, get_args(ReviewState)), undated=undated,
        precision=_within("--precision", precision, 7), origins=_within("--origins", origins),
        origins_not_party=_within("--origins-not-party", origins_not_party))


def _one_of(option: str, given: str | None, known: Collection[str]) -> tuple[str, ...]:
    """The value asked for, none where nothing was asked."""
    if given is not None and given.lower() not in known:
        raise SettingsError(f"{option} {given!r}: there is no such value; known are {', '.join(known)}")
    return (given.lower(),) if given is not None else ()


def _within(option: str, given: int | None, most: int = 1_000_000) -> int | None:
    if given is not None and not 1 <= given <= most:
        raise SettingsError(f"{option} {given}: give a number from 1 to {most:,}")
    return given


def resolve_group(name: str, groups_file: str = "") -> ArmedGroup | None:
    """The armed group of that id or name; None: nobody knows it."""
    register = register_in_force(groups_file)
    return register.get(name) or register.resolve(name)


def why_none(name: str, groups_file: str = "") -> str:
    """Why `name` means no one armed group: nobody is called so, or several are, each named with its countries."""
    several = register_in_force(groups_file).candidates(name)
    if not several:
        return "no armed group has this name; docs/groups.md says how to add one"
    told = "; ".join(f"{group.id} ({': '.join(filter(None, (group.name, ', '.join(group.active_in))))})" for group in several)
    return f"{len(several)} armed groups are called so, give one of their ids: {told}"


def register_in_force(groups_file: str) -> Register:
    from dateline.extract.register import load_register

    return load_register(Path(groups_file) if groups_file else None)


def coverage_of(*, regions: Collection[str] = (), countries: Collection[str] = (), groups: Collection[str] = (),
                kinds: Collection[str] = (), affected: Collection[str] = (), killed: int = 0, groups_file: str = "") -> Coverage:
    """What a briefing tells, in the person's words. Raises SettingsError for a value that nobody knows."""
    found = []
    for name in groups:
        group = resolve_group(name, groups_file)
        if group is None:
            raise SettingsError(f"--group {name!r}: {why_none(name, groups_file)}")
        found.append(group.id)
    if not 0 <= killed <= 1_000_000:
        raise SettingsError(f"--killed {killed}: give a number from 0 to 1,000,000")
    return Coverage(
        tuple(dict.fromkeys(_region(one) for one in regions)), tuple(dict.fromkeys(country_code(one) for one in countries)),
        tuple(dict.fromkeys(found)), tuple(dict.fromkeys(one for kind in kinds for one in _one_of("--kind", kind, KINDS))),
        tuple(dict.fromkeys(one for kind in affected for one in _one_of("--affected", kind, get_args(AffectedKind)))), killed)


def view_in_force(settings: Settings) -> View:
    """The rules by which incidents are shown unless a reader asks for others."""
    from dateline.reconcile.views import View

    return View(cast("TollRule", settings.toll_rule), cast("AttributionRule", settings.attribution_rule))


def _region(name: str) -> str:
    """A region as ACLED writes it. Raises SettingsError, which lists them."""
    from dateline.publish.export.countries import acled_regions

    known = acled_regions()
    found = next((one for one in known if one.casefold() == " ".join(name.split()).casefold()), None)
    if found is None:
        raise SettingsError(f"--region {name!r}: there is no such region; known are {', '.join(known)}")
    return found


def sources_in_force(settings: Settings) -> SourceRegister:
    """The packaged register of sources under the person's own file. Raises SettingsError for a file that cannot be read."""
    from dateline.reconcile.sources import load_sources

    path = own_sources_path(settings)
    if not path.exists() and settings.sources_file:
        raise SettingsError(f"DATELINE_SOURCES_FILE={str(path)!r}: there is no such file; dateline sources set makes it")
    return load_sources(path if path.exists() else None)


def own_sources_path(settings: Settings) -> Path:
    """The file of a person's own sources: DATELINE_SOURCES_FILE, else sources.toml in the data folder."""
    from dateline.where.added import data_folder

    return Path(settings.sources_file) if settings.sources_file else data_folder() / "sources.toml"


def party_id(words: str, groups_file: str = "") -> str:
    """A side of a conflict: a group's id for any of its names, "state:SY" for "state:Syria", "none" as it is.

    Raises SettingsError where nobody is called so.
    """
    head, colon, country = words.partition(":")
    if colon and head.strip().lower() == "state":
        return f"state:{country_code(country.strip())}"
    if words.strip().lower() == "none":
        return "none"
    found = resolve_group(words, groups_file)
    if found is None:
        raise SettingsError(f"--party {words!r}: {why_none(words, groups_file)}; a state is written state:SY")
    return found.id


def country_code(country: str) -> str:
    """ISO 3166 alpha-2 of a code or name in English. Raises SettingsError where no country has it."""
    import pycountry

    try:
        return str(pycountry.countries.lookup(country).alpha_2)
    except LookupError:
        raise SettingsError(f"--country {country!r}: no country has this code or name; write, for example, AF") from None
