"""dateline mails: what became of each mail, sending an uncertain one again, and those that came back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from dateline.cli.common import JsonOption, RecordOption, one_line, print_json, settings_with, user
from dateline.cli.help import Command

if TYPE_CHECKING:
    from dateline.records.mailing import Mail, MailState

mails = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
# Not what the mail says: it holds the links by which its reader is known.
SHOWN = ("id", "key", "kind", "state", "to", "message_id", "due_at", "attempts", "subscriber", "issue", "said", "changed_at")


@mails.command("list", cls=Command, epilog="Example: dateline mails list --state uncertain",
               help="What became of each mail, those queued last first.")
def list_mails(
    state: Annotated[list[str] | None, typer.Option(
        "--state", help="Only those in that state: queued, claimed, handed over, sent, uncertain, refused, withdrawn. May be "
        "given several times.", metavar="STATE", show_default=False)] = None,
    most: Annotated[int, typer.Option("--most", help="No more than so many.", min=1, metavar="N")] = 100,
    json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.store import open_record

    wanted = _states(state)
    with open_record(settings_with(record).record, create=False) as store:
        held, counts, problem = store.mails.page(wanted, most), store.mails.counts(), store.mails.problem()
    for one in held:
        if json:
            print_json({name: getattr(one, name) for name in SHOWN})
        else:
            print(_line(one))
    print(", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "no mails yet", file=sys.stderr)
    if problem is not None:
        print(f"the server takes none since {problem.since:%Y-%m-%d %H:%M} UTC: {one_line(problem.said)}", file=sys.stderr)


@mails.command("again", cls=Command, epilog="Example: dateline mails again 4711",
               help="Queue an uncertain mail again, under the same Message-ID. It may arrive twice.")
def again(
    number: Annotated[int, typer.Argument(help="Its number, as dateline mails list tells it.", metavar="ID")],
    record: RecordOption = None,
) -> None:
    from dateline.store import open_record

    with open_record(settings_with(record).record, create=False) as store:
        print(_line(store.mails.resend(number, user(), datetime.now(UTC))))


@mails.command("bounced", cls=Command, epilog="Example: dateline mails bounced /var/mail/returns",
               help="Note the mails that came back: the third in a row suspends an address.")
def bounced(
    files: Annotated[list[str], typer.Argument(help="A file with one mail, an mbox, a Maildir, or - for standard input.",
                                               metavar="FILE...")],
    record: RecordOption = None,
) -> None:
    from dateline.mailing.bounces import mails_in, take_all
    from dateline.store import open_record

    with open_record(settings_with(record).record, create=False) as store:
        told = take_all(store, (raw for path in files for raw in mails_in(path)), datetime.now(UTC))
    print(f"{told.mails:,} read: {told.returned:,} came back, {told.delayed:,} delayed, {told.passed_over:,} passed over; "
          f"{told.suspended:,} addresses suspended")


def add_to(app: typer.Typer) -> None:
    app.add_typer(mails, name="mails", short_help="The queue of mails, and those that came back.",
                  help="The queue of mails: what became of each, and what a person has to decide.",
                  epilog="Example: dateline mails list --state uncertain")


def _states(given: list[str] | None) -> tuple[MailState, ...]:
    from dateline.records.mailing import MailState

    known: tuple[MailState, ...] = get_args(MailState)
    wanted = tuple(one for one in known if not given or one in given)
    for word in given or ():
        if word not in known:
            raise typer.BadParameter(f"--state {word!r}: must be one of {', '.join(known)}")
    return wanted


def _line(one: Mail) -> str:
    from dateline.publish.safe import plain

    told = [f"{one.id:>6}  {one.state}  {plain(one.to)}  {plain(one.key)}"]
    told += [f"due {one.due_at:%Y-%m-%d %H:%M}"] if one.state == "queued" else [f"{one.changed_at:%Y-%m-%d %H:%M}"]
    told += [plain(one.said)] if one.said else []
    return ", ".join(told)
