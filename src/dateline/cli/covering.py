"""Options that say what a briefing tells: of `dateline brief` and `dateline edition`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.records.briefing import Coverage
    from dateline.settings import Settings

Regions = Annotated[list[str] | None, typer.Option(
    "--region", help="A region as ACLED names it, such as Western Africa. This and the next may be given several times: of one "
    "kind any is enough, and all kinds must fit.", metavar="REGION", show_default=False)]
Countries = Annotated[list[str] | None, typer.Option("--country", help="ISO 3166 alpha-2 code or name of a country.",
                                                     metavar="COUNTRY", show_default=False)]
Groups = Annotated[list[str] | None, typer.Option("--group", help="An armed group, by any of its names.", metavar="NAME",
                                                  show_default=False)]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="An incident kind, as in docs/record.md.", metavar="KIND",
                                                 show_default=False)]
Affected = Annotated[list[str] | None, typer.Option("--affected", help="Protected people or things hit: aid worker, school, ...",
                                                    metavar="WHO", show_default=False)]
Killed = Annotated[int | None, typer.Option("--killed", help="Only where so many or more may be dead.", metavar="N", min=0,
                                            show_default=False)]


def coverage_with(settings: Settings, regions: list[str] | None, countries: list[str] | None, groups: list[str] | None,
                  kinds: list[str] | None, affected: list[str] | None, killed: int | None) -> Coverage:
    """What these options ask for. Raises SettingsError for a value that nobody knows."""
    from dateline.queries import coverage_of

    return coverage_of(regions=regions or (), countries=countries or (), groups=groups or (), kinds=kinds or (),
                       affected=affected or (), killed=killed or 0, groups_file=settings.groups_file)


def coverage_words(coverage: Coverage) -> str:
    """ "ML, NE; school; 5 or more killed"; "everything" where nothing is asked for. By ids, as the options take them."""
    told = [", ".join(values) for values in (coverage.regions, coverage.countries, coverage.groups, coverage.kinds,
                                             coverage.affected) if values]
    told += [f"{coverage.killed:,} or more killed"] if coverage.killed else []
    return "; ".join(told) or "everything"
