"""dateline subscribers: who gets the briefing; lists in and out, invitations, deleting one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import LEFT_OUT, JsonOption, RecordOption, print_json, settings_with, user
from dateline.cli.help import Command

if TYPE_CHECKING:
    from dateline.records.mailing import Subscriber
    from dateline.store import Store

NAME = "subscribers"
SHORT = "Who gets the briefing by mail."
HELP = "Who gets the briefing by mail: lists in and out as CSV, invitations, and deleting somebody."
EXAMPLE = "dateline subscribers list --edition mali-weekly"
AT_ONCE = 500

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
EditionOption = Annotated[str | None, typer.Option("--edition", help="The edition, by its name in addresses.", metavar="SLUG",
                                                   show_default=False)]


@app.command("list", cls=Command, epilog="Example: dateline subscribers list --edition mali-weekly",
             help="Everybody, in the order in which they came.")
def list_subscribers(edition: EditionOption = None, json: JsonOption = False, record: RecordOption = None) -> None:
    after, none = 0, True
    with _opened(record) as store:
        while some := store.subscribers.page(after=after, most=AT_ONCE, edition=edition):
            for one in some:
                gets = [held.edition for held in store.subscribers.subscriptions(one.id)]
                if json:
                    print_json(_told(one, gets))
                else:
                    print(_line(one, gets))
            after, none = some[-1].id, False
    if none:
        print("nobody yet; readers sign up at /briefing/sign-up, and dateline subscribers import takes a list", file=sys.stderr)


@app.command("export", cls=Command, epilog="Example: dateline subscribers export subscribers.csv",
             help="Write all subscribers with their choices and consent as CSV.")
def export(
    file: Annotated[Path | None, typer.Argument(help="The file to write. [default: standard output]", metavar="FILE",
                                                show_default=False)] = None,
    record: RecordOption = None,
) -> None:
    from dateline.errors import ExportError
    from dateline.subscribing.taking import export_lines

    with _opened(record) as store:
        lines = export_lines(store, by=user(), at=_now())
        if file is None:
            sys.stdout.reconfigure(newline="", encoding="utf-8")     # type: ignore[union-attr]
            sys.stdout.writelines(lines)
            return
        try:
            with file.open("w", encoding="utf-8", newline="") as opened:
                opened.writelines(lines)
        except OSError as error:
            raise ExportError(f"{file}: {error.strerror}; give another path") from None


@app.command("import", cls=Command,
             epilog='Example: dateline subscribers import list.csv --edition mali-weekly --consent "signed up at the briefing"',
             help="Bring a CSV list in. Whoever has no time of consent in their row is asked by mail first.")
def bring_in(
    file: Annotated[Path, typer.Argument(help="The CSV file: a column address, and those that export writes.", metavar="FILE")],
    consent: Annotated[str, typer.Option("--consent", help="How these people gave their consent; it is kept with each.",
                                         metavar="WORDS", show_default=False)],
    edition: Annotated[str | None, typer.Option("--edition", help="The edition of rows that name none.", metavar="SLUG",
                                                show_default=False)] = None,
    resubscribe: Annotated[bool, typer.Option("--resubscribe", help="Also those who left or are suspended.")] = False,
    record: RecordOption = None,
) -> None:
    from dateline.errors import ReadError
    from dateline.subscribing.bringing import import_lines

    try:
        with _opened(record) as store, file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            done = import_lines(store, text, file.name, settings_with(record), consent=consent, by=user(), at=_now(),
                                edition=edition, resubscribe=resubscribe, on_problem=_problem)
    except OSError as error:
        raise ReadError(str(file), f"cannot be read: {error.strerror}", todo="give another path") from None
    print(f"{done.rows:,} rows read, {done.added:,} subscribers added, {done.asked:,} asked to confirm, "
          f"{done.left_out:,} left out")
    if done.left_out:
        raise SystemExit(LEFT_OUT)


@app.command("invite", cls=Command, epilog="Example: dateline subscribers invite mali-weekly ana@example.org",
             help="Invite addresses to an edition. Each gets a mail, and nothing more before it accepts.")
def invite(
    edition: Annotated[str, typer.Argument(help="The edition, by its name in addresses.", metavar="SLUG")],
    addresses: Annotated[list[str], typer.Argument(help="The addresses; - reads them from standard input, one a line.",
                                                   metavar="ADDRESS")],
    record: RecordOption = None,
) -> None:
    from dateline.subscribing import inviting

    given = [line.strip() for line in sys.stdin if line.strip()] if addresses == ["-"] else addresses
    with _opened(record) as store:
        done = inviting.invite(store, edition, given, settings_with(record), by=user(), at=_now())
    print(f"{done.mailed:,} invitations queued, {done.quiet:,} without a mail: they get it already, have left, or are suspended")


@app.command("forget", cls=Command, epilog="Example: dateline subscribers forget ana@example.org",
             help="Delete all that is held of an address: choices, consent, alerts, mails.")
def forget(
    address: Annotated[str, typer.Argument(help="The address.", metavar="ADDRESS")],
    record: RecordOption = None,
) -> None:
    from dateline.subscribing import leaving

    with _opened(record) as store:
        leaving.forget(store, address, by=user(), at=_now())
    print("deleted")


@contextmanager
def _opened(record: str | None) -> Iterator[Store]:
    from dateline.store import open_record

    with open_record(settings_with(record).record, create=False) as store:
        yield store


def _problem(line: int, why: str) -> None:
    from dateline.publish.safe import plain

    print(f"dateline: line {line}: {plain(why)}", file=sys.stderr)


def _now() -> datetime:
    return datetime.now(UTC)


def _told(one: Subscriber, gets: list[str]) -> dict[str, object]:
    """Without the token: whoever has it can act for them."""
    return {"id": one.id, "address": one.address, "state": one.state, "editions": gets, "consent": one.consent,
            "bounces": one.bounces, "unsubscribed_at": one.unsubscribed_at, "suspended_at": one.suspended_at}


def _line(one: Subscriber, gets: list[str]) -> str:
    from dateline.publish.safe import plain

    return f"{one.id:>6}  {plain(one.address)}  {one.state}  {', '.join(gets) or '-'}"
