"""dateline incidents: what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.choosing import (
    CountryOption,
    GroupOption,
    KindOption,
    SinceOption,
    SurelyOption,
    TextOption,
    UnplacedOption,
    UntilOption,
)
from dateline.cli.common import (
    AttributionOption,
    JsonOption,
    NamesOption,
    RecordOption,
    RuleOption,
    console,
    print_json,
    settings_with,
    tell_withheld,
    view_with,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.publish.withhold import Published

NAME = "incidents"
SHORT = "List the incidents held."
HELP = "List the incidents held: what, when, where, by whom, how many, and from how many sources."
EXAMPLE = 'dateline incidents --since 2021-08-01 --country AF --group "ISIS-K"'


def command(
    since: SinceOption = None,
    until: UntilOption = None,
    surely: SurelyOption = False,
    country: CountryOption = None,
    group: GroupOption = None,
    kind: KindOption = None,
    text: TextOption = None,
    unplaced: UnplacedOption = False,
    undated: Annotated[bool, typer.Option("--undated", help="Only those to which no day can be given.")] = False,
    province: Annotated[str | None, typer.Option(help="A province, as incidents are listed with it.", metavar="NAME",
                                                 show_default=False)] = None,
    affected: Annotated[str | None, typer.Option(help="Protected people or things hit: school, health, children, ...",
                                                 metavar="WHO", show_default=False)] = None,
    side_killed: Annotated[str | None, typer.Option(help="Whose dead are counted: civilians, state forces, ...", metavar="SIDE",
                                                    show_default=False)] = None,
    precision: Annotated[int | None, typer.Option(help="The worst precision of the place still listed, UCDP's 1 to 7.",
                                                  metavar="N", show_default=False)] = None,
    origins: Annotated[int | None, typer.Option(help="Figures come from at least so many speakers.", metavar="N",
                                                show_default=False)] = None,
    origins_not_party: Annotated[int | None, typer.Option(help="The same, of speakers that belong to no side.", metavar="N",
                                                          show_default=False)] = None,
    review: Annotated[str | None, typer.Option(help="How far its review is: unreviewed, coded, approved, ...", metavar="STATE",
                                               show_default=False)] = None,
    nature: Annotated[str | None, typer.Option(help="Natures shown, with commas between; all for every one. "
                                               "[default: DATELINE_NATURE, else political,unknown]", metavar="NATURES",
                                               show_default=False)] = None,
    figures: Annotated[bool, typer.Option("--figures", help="Show each figure beside who gave it.")] = False,
    rule: RuleOption = None,
    attribution: AttributionOption = None,
    names: NamesOption = False,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.publish.beside import as_published
    from dateline.publish.terminal import print_incidents
    from dateline.publish.withhold import Published
    from dateline.queries import incident_filter
    from dateline.reconcile.views import view_of
    from dateline.store import open_record

    settings = settings_with(record)
    view = view_with(settings, rule, attribution)
    wanted = incident_filter(
        since=since.date() if since else None, until=until.date() if until else None, surely=surely, country=country,
        group=group, kind=kind, text=text, unplaced=unplaced, undated=undated, province=province, affected=affected,
        side_killed=side_killed, precision=precision, origins=origins, origins_not_party=origins_not_party, review=review,
        nature=settings.nature if nature is None else nature, groups_file=settings.groups_file)
    with open_record(settings.record, create=False) as store:
        counted = _Counted()
        held = view_of(store.incidents(wanted), view, store.report)
        shown = counted.count((Published(one, 0) for one in held) if names else as_published(store, held))
        if json:
            for published in shown:
                print_json(published.incident)
        elif not print_incidents(console(), shown, figures=figures):
            more = "; --nature all lists crimes and accidents too" if wanted.natures else ""
            typer.echo(f"no incident fits{more}", err=True)
        for line in counted.lines(store.count_without_country(wanted)):
            typer.echo(line, err=True)
    tell_withheld(counted.names, counted.passages, counted.places)


class _Counted:
    """Adds up, while incidents pass by, the names that were left out and the incidents that a map or timeline would not show."""

    def __init__(self) -> None:
        from dateline.publish.headline import Headline

        self.names = self.passages = self.places = self.incidents = self.unplaced = self.undated = 0
        self.headline = Headline()

    def count(self, incidents: Iterable[Published]) -> Iterator[Published]:
        for published in incidents:
            self.names += published.withheld
            self.passages += published.passages
            self.places += published.sheltered
            self.incidents += 1
            self.headline.add(published.incident)
            self.unplaced += published.incident.where.lat is None
            self.undated += published.incident.codes.date_start is None
            yield published

    def lines(self, without_country: int) -> Iterator[str]:
        """The headline numbers; then what would be missing on a map or timeline, where something would."""
        yield from self.headline.lines()
        if self.unplaced or self.undated:
            yield f"{self.incidents:,} listed, {self.unplaced:,} without a place, {self.undated:,} without a day or span of days"
        if without_country:
            yield f"{without_country:,} more may be there: their country is not known (dateline incidents --unplaced)"
