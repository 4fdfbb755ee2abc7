"""dateline edition: the briefings that one can subscribe to."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from dateline.cli.common import JsonOption, RecordOption, opened, print_json, settings_with, user
from dateline.cli.covering import Affected, Countries, Groups, Killed, Kinds, Regions, coverage_with, coverage_words
from dateline.cli.help import Command

if TYPE_CHECKING:
    from dateline.records.briefing import Coverage, Frequency
    from dateline.records.mailing import Edition, Issue, Standing

NAME = "edition"
SHORT = "Briefings that one can subscribe to."
HELP = ("Editions: briefings that one can subscribe to. What each tells, when it comes, to whom it is open, and whether it "
        "waits for an editor.")
EXAMPLE = 'dateline edition add mali-weekly --title "Mali, weekly" --country ML --frequency weekly --zone Africa/Bamako'
ISSUES_SHOWN = 10
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

NEW = "[default of a new one: "

SlugArgument = Annotated[str, typer.Argument(help="Its name in addresses: lower-case letters, digits, hyphens. It never changes.",
                                             metavar="SLUG")]
AboutOption = Annotated[str | None, typer.Option("--about", help="A sentence for those who think of subscribing.",
                                                 metavar="WORDS", show_default=False)]
FrequencyOption = Annotated[list[str] | None, typer.Option(
    "--frequency", help=f"daily or weekly; both where it is given twice. {NEW}daily]", metavar="WORD", show_default=False)]
ZoneOption = Annotated[str | None, typer.Option("--zone", help=f"Time zone of its days and its hour: Africa/Bamako. {NEW}UTC]",
                                                metavar="ZONE", show_default=False)]
HourOption = Annotated[int | None, typer.Option("--hour", help=f"The hour at which it is made. {NEW}6]", metavar="HOUR", min=0,
                                                max=23, show_default=False)]
WeekdayOption = Annotated[str | None, typer.Option(
    "--weekday", help=f"Of a weekly one, when it is made: monday to sunday. {NEW}monday]", metavar="DAY", show_default=False)]
OpenOption = Annotated[bool | None, typer.Option(
    "--open/--by-invitation", help=f"Whether everybody may subscribe. {NEW}--open]", show_default=False)]
ItselfOption = Annotated[bool | None, typer.Option(
    "--by-itself/--with-editor", help="Whether it goes out by itself, with approved incidents alone, or waits for an editor who "
    f"approves it. {NEW}--with-editor]", show_default=False)]

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.command("add", cls=Command, epilog=f"Example: {EXAMPLE}", help="Make an edition. Its first issue comes at its next hour.")
def add(
    slug: SlugArgument,
    title: Annotated[str, typer.Option("--title", help="What it is called.", metavar="WORDS", show_default=False)],
    about: AboutOption = None,
    region: Regions = None, country: Countries = None, group: Groups = None, kind: Kinds = None, affected: Affected = None,
    killed: Killed = None,
    frequency: FrequencyOption = None, zone: ZoneOption = None, hour: HourOption = None, weekday: WeekdayOption = None,
    is_open: OpenOption = None, by_itself: ItselfOption = None,
    record: RecordOption = None,
) -> None:
    from dateline.editions.making import make
    from dateline.records.mailing import Edition

    settings = settings_with(record)
    coverage = coverage_with(settings, region, country, group, kind, affected, killed)
    given = _given(about, frequency, zone, hour, weekday, is_open, by_itself)
    with opened(record, create=True) as store:
        print(_line(make(store, Edition(slug, title, coverage=coverage, **given), by=user(), at=_now())))


@app.command("list", cls=Command, epilog="Example: dateline edition list", help="Which editions there are, retired ones too.")
def list_editions(json: JsonOption = False, record: RecordOption = None) -> None:
    with opened(record) as store:
        held = store.editions.all()
    for one in held:
        if json:
            print_json(one)
        else:
            print(_line(one))
    if not held:
        print("no edition yet; dateline edition add makes one", file=sys.stderr)


@app.command("show", cls=Command, epilog="Example: dateline edition show mali-weekly",
             help="An edition: what it tells, when its next issue comes, what went wrong, and its last issues.")
def show(slug: SlugArgument, json: JsonOption = False, record: RecordOption = None) -> None:
    from dateline.editions.making import edition_called

    with opened(record) as store:
        one, standings = edition_called(store, slug), store.editions.standings()
        issues = store.editions.issues(slug, most=ISSUES_SHOWN)
    if json:
        print_json({"edition": one, "issues": [_issue_told(issue) for issue in issues]})
        return
    print("\n".join([_line(one), *_lines(one, {name: standings[slug, name] for name in one.frequencies}, issues)]))


@app.command("change", cls=Command, epilog="Example: dateline edition change mali-weekly --hour 7 --country ML --country NE",
             help="Change an edition: what is given is replaced, all else stays.")
def change_edition(
    slug: SlugArgument,
    title: Annotated[str | None, typer.Option("--title", help="What it is called.", metavar="WORDS", show_default=False)] = None,
    about: AboutOption = None,
    everything: Annotated[bool, typer.Option("--everything", help="Let it tell everything but what the options beside this one "
                                             "leave out.")] = False,
    region: Regions = None, country: Countries = None, group: Groups = None, kind: Kinds = None, affected: Affected = None,
    killed: Killed = None,
    frequency: FrequencyOption = None, zone: ZoneOption = None, hour: HourOption = None, weekday: WeekdayOption = None,
    is_open: OpenOption = None, by_itself: ItselfOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Let a retired one come out again.")] = False,
    record: RecordOption = None,
) -> None:
    from dateline.editions.making import change, edition_called
    from dateline.records.briefing import EVERYTHING

    settings = settings_with(record)
    asked = coverage_with(settings, region, country, group, kind, affected, killed)
    given = _given(about, frequency, zone, hour, weekday, is_open, by_itself) | ({"title": title} if title is not None else {})
    with opened(record) as store:
        held = EVERYTHING if everything else edition_called(store, slug).coverage
        given["coverage"] = _replaced(held, asked, no_threshold=killed == 0)
        given |= {"retired": False} if resume else {}
        print(_line(change(store, slug, by=user(), at=_now(), **given)))


@app.command("retire", cls=Command, epilog="Example: dateline edition retire mali-weekly",
             help="Let an edition come out no more; its issues stay. dateline edition change --resume takes it up again.")
def retire(slug: SlugArgument, record: RecordOption = None) -> None:
    from dateline.editions.making import change

    with opened(record) as store:
        print(_line(change(store, slug, by=user(), at=_now(), retired=True)))


def _given(about: str | None, frequency: list[str] | None, zone: str | None, hour: int | None, weekday: str | None,
           is_open: bool | None, by_itself: bool | None) -> dict[str, Any]:
    """The fields that options gave."""
    fields = {"about": about, "frequencies": cast("tuple[Frequency, ...]", tuple(frequency)) if frequency else None, "zone": zone,
              "hour": hour, "weekday": _weekday(weekday), "is_open": is_open, "by_itself": by_itself}
    return {name: value for name, value in fields.items() if value is not None}


def _weekday(name: str | None) -> int | None:
    if name is None:
        return None
    if name.lower() not in WEEKDAYS:
        raise typer.BadParameter(f"--weekday {name!r}: give one of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name.lower())


def _replaced(held: Coverage, asked: Coverage, *, no_threshold: bool) -> Coverage:
    """`held` with the fields that `asked` has."""
    lists = ("regions", "countries", "groups", "kinds", "affected")
    given = {name: values for name in lists if (values := getattr(asked, name))}
    if asked.killed or no_threshold:
        given["killed"] = asked.killed
    return replace(held, **given)


def _now() -> datetime:
    return datetime.now(UTC)


def _line(one: Edition) -> str:
    from dateline.publish.safe import plain

    when = f"{one.hour:02}:00 {one.zone}" + (f", {WEEKDAYS[one.weekday].capitalize()}s" if "weekly" in one.frequencies else "")
    told = [f"{one.slug}  {plain(one.title)}", coverage_words(one.coverage), f"{' and '.join(one.frequencies)} at {when}"]
    told += [] if one.is_open else ["by invitation"]
    told += ["goes out by itself"] if one.by_itself else []
    told += ["retired"] if one.retired else []
    return "; ".join(told)


def _lines(one: Edition, standings: dict[Frequency, Standing], issues: list[Issue]) -> list[str]:
    from dateline.editions.schedule import next_hour
    from dateline.publish.brief.frame import counted
    from dateline.publish.safe import plain

    told = [plain(one.about)] if one.about else []
    for name, standing in standings.items():
        if not one.retired:
            told.append(f"next {name} issue: {next_hour(one, name, _now()):%Y-%m-%d %H:%M} UTC")
        if standing.problem is not None:
            told.append(f"the last {name} issue could not be made: {plain(standing.problem)}")
    for issue in issues:
        about = _issue_told(issue)
        by = f" by {plain(issue.by)}" if issue.by else ""
        told.append(f"  {about['name']}  {issue.state}{by}, {counted(about['items'], 'item')}")
    return told


def _issue_told(issue: Issue) -> dict[str, Any]:
    return {"name": issue.name, "state": issue.state, "by": issue.by, "items": len(issue.briefing.items),
            "composed_at": issue.composed_at, "issued_at": issue.issued_at}
