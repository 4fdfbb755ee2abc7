"""dateline brief: the briefing of a day or a week, printed, sent to one address, or issued."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import LEFT_OUT, RecordOption, opened, settings_with, user
from dateline.cli.covering import Affected, Countries, Groups, Killed, Kinds, Regions, coverage_with

if TYPE_CHECKING:
    from dateline.publish.brief.links import Links
    from dateline.records.briefing import Briefing, Frequency, Length
    from dateline.records.mailing import Edition
    from dateline.settings import Settings
    from dateline.store import Store

NAME = "brief"
SHORT = "Print, send or issue the briefing of a day or a week."
HELP = ("Tell what changed in a day or a week, every line with its sources: print it, send it to one address, or issue it to the "
        "subscribers of an edition.")
EXAMPLE = "dateline brief --day 2018-01-27 --country AF --length \"one page\""
FORMATS = ("text", "markdown", "json", "html")


def command(
    day: Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="The day that it tells of, by the days on "
                                                 "which reports were written. [default: yesterday]", metavar="YYYY-MM-DD",
                                                 show_default=False)] = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="The seven days up to that day.")] = False,
    edition: Annotated[str | None, typer.Option("--edition", help="As this edition covers it, in its time zone. [default: "
                                                "everything, UTC]", metavar="SLUG", show_default=False)] = None,
    region: Regions = None, country: Countries = None, group: Groups = None, kind: Kinds = None, affected: Affected = None,
    killed: Killed = None,
    length: Annotated[str, typer.Option("--length", help="five lines, one page or everything.", metavar="LENGTH")] = "everything",
    format_: Annotated[str, typer.Option("--format", help="text, markdown, json, or html as a mail.", metavar="FORMAT")] = "text",
    print_: Annotated[bool, typer.Option("--print", help="Print it: what is done where nothing else is asked for.")] = False,
    send_to: Annotated[str | None, typer.Option("--send-to", help="Send it to this address at once, and say what the server "
                                                "said.", metavar="ADDRESS", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what --issue would issue, and to how many; nothing is kept. Of "
                                          "every edition that comes so often, or of --edition.")] = False,
    issue: Annotated[bool, typer.Option("--issue", help="Keep the issue of --edition and that day. It goes to its subscribers "
                                        "when it is approved, or at once where the edition goes out by itself.")] = False,
    approve: Annotated[bool, typer.Option("--approve", help="With --issue: approve it.")] = False,
    record: RecordOption = None,
) -> None:
    _check(format_, length, print_=print_, send_to=send_to, dry_run=dry_run, issue=issue, approve=approve, edition=edition)
    narrowed = any(one is not None for one in (region, country, group, kind, affected, killed))
    if narrowed and (issue or dry_run):
        raise typer.BadParameter("an edition is issued as it covers things: leave out --country and the like")
    settings, frequency = settings_with(record), _frequency(weekly)
    with opened(record) as store:
        from dateline.editions.by_hand import told, yesterday
        from dateline.editions.making import edition_called

        whole = edition_called(store, edition) if edition is not None else None
        of_day = day.date() if day is not None else yesterday(whole.zone if whole is not None else "UTC", _now())
        if dry_run:
            _rehearse(store, [whole] if whole is not None else store.editions.all(), frequency, of_day, settings)
        elif issue and whole is not None:
            _issue(store, whole, frequency, of_day, settings, approve)
        else:
            coverage = coverage_with(settings, region, country, group, kind, affected, killed)
            briefing = told(store, frequency, of_day, settings, edition=whole, coverage=coverage, length=_length(length))
            _print_or_send(store, briefing, _links(store, whole, frequency, of_day, settings), format_, print_, send_to, settings)


def _check(format_: str, length: str, *, print_: bool, send_to: str | None, dry_run: bool, issue: bool, approve: bool,
           edition: str | None) -> None:
    """Raises BadParameter for what cannot be asked, or not together."""
    if format_ not in FORMATS:
        raise typer.BadParameter(f"--format {format_!r}: give one of {', '.join(FORMATS)}")
    _length(length)
    if sum((print_ or send_to is not None, dry_run, issue)) > 1:
        raise typer.BadParameter("--print and --send-to, --dry-run, and --issue each ask for something else: give one of them")
    if issue and edition is None:
        raise typer.BadParameter("--issue needs the edition: --edition SLUG")
    if approve and not issue:
        raise typer.BadParameter("--approve goes with --issue")


def _print_or_send(store: Store, briefing: Briefing, links: Links, format_: str, print_: bool, send_to: str | None,
                   settings: Settings) -> None:
    if print_ or send_to is None:
        print(_laid_out(briefing, links, format_).rstrip("\n"))
    if send_to is not None:
        from dateline.editions.by_hand import send_to as send

        settled = send(store, briefing, links, send_to, settings, at=_now(), clock=_now)
        print(f"{settled.state}: {settled.said or 'the server said nothing'}", file=sys.stderr)
        if settled.state != "sent":
            raise typer.Exit(LEFT_OUT)


def _laid_out(briefing: Briefing, links: Links, format_: str) -> str:
    if format_ == "markdown":
        from dateline.publish.brief.markdown import as_markdown
        return as_markdown(briefing, links)
    if format_ == "json":
        from dateline.publish.brief.json import as_json
        return as_json(briefing, links)
    if format_ == "html":
        from dateline.publish.brief.html import as_html
        from dateline.publish.brief.pictures import pictures_of
        return as_html(briefing, links, pictures_of(briefing))
    from dateline.publish.brief.text import as_text
    return as_text(briefing, links)


def _rehearse(store: Store, editions: list[Edition], frequency: Frequency, day: date, settings: Settings) -> None:
    from dateline.editions.by_hand import rehearse
    from dateline.publish.brief.frame import counted

    chosen = [one for one in editions if frequency in one.frequencies and not one.retired]
    for one in chosen:
        found = rehearse(store, one, frequency, day, settings, at=_now())
        items, mails = counted(len(found.issue.briefing.items), "item"), counted(found.mails, "mail")
        print(f"{one.slug} {found.issue.name}: {items}, {mails} to {counted(found.subscribers, 'subscriber')}; "
              f"{_what_would_be(found.issue.id, found.issue.state, one.by_itself)}")
    if not chosen:
        print(f"no {frequency} edition; dateline edition add makes one", file=sys.stderr)


def _what_would_be(number: int, state: str, by_itself: bool) -> str:
    if number and state in ("issued", "dropped"):
        return f"it is {state} already"
    if state == "approved" or (by_itself and not number):
        return "it would go out at once"
    return "it would wait for an editor" if not number else "it waits for an editor"


def _issue(store: Store, edition: Edition, frequency: Frequency, day: date, settings: Settings, approving: bool) -> None:
    from dateline.editions.by_hand import issue_by_hand

    before = store.editions.issue(edition.slug, frequency, day)
    made = issue_by_hand(store, edition, frequency, day, settings, by=user(), at=_now(), approving=approving)
    named = f"{edition.slug} {made.name}"
    if before is not None and before.state == "issued":
        print(f"{named} is issued already: nobody gets it twice", file=sys.stderr)
    elif made.state == "draft":
        print(f"{named} is a draft: approve it on the desk, or with dateline brief --issue --approve")
    else:
        print(f"{named} is issued")
    if made.state == "issued":
        _send(store, settings)


def _send(store: Store, settings: Settings) -> None:
    """Send what is due, as dateline serve would."""
    from dateline.editions.mails import maker_of
    from dateline.mailing.sender import send_due

    if not settings.mail_from:
        print("no mail is sent: DATELINE_MAIL_FROM is not set", file=sys.stderr)
        return
    sent = send_due(store, settings, maker_of(store, settings), clock=_now)
    told = [f"{count:,} {what}" for what, count in (
        ("sent", sent.sent), ("put off", sent.put_off), ("refused", sent.refused), ("uncertain", sent.uncertain),
        ("withdrawn", sent.withdrawn)) if count or what == "sent"]
    print(", ".join(told) + (f"; {sent.problem}" if sent.problem else ""), file=sys.stderr)
    if sent.problem or sent.refused or sent.uncertain:
        raise typer.Exit(LEFT_OUT)


def _links(store: Store, edition: Edition | None, frequency: Frequency, day: date, settings: Settings) -> Links:
    """page: of the issue, where there is one that is out."""
    from dateline.editions.keys import issue_url
    from dateline.publish.brief.links import Links
    from dateline.subscribing.links import root_of

    root = root_of(settings)
    issue = store.editions.issue(edition.slug, frequency, day) if edition is not None else None
    return Links(root, issue_url(root, issue) if issue is not None and issue.state == "issued" else None)


def _length(words: str) -> Length:
    from dateline.records.briefing import LENGTHS

    found = next((one for one in LENGTHS if one == words.strip().lower()), None)
    if found is None:
        raise typer.BadParameter(f"--length {words!r}: give one of {', '.join(LENGTHS)}")
    return found


def _frequency(weekly: bool) -> Frequency:
    return "weekly" if weekly else "daily"


def _now() -> datetime:
    return datetime.now(UTC)
