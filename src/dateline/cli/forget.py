"""dateline forget: a report, or a person, out of the record for good."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, print_json, settings_with, user

if TYPE_CHECKING:
    from dateline.forgetting import Done

NAME = "forget"
SHORT = "Take a report or a person out of the record for good."
HELP = ("Take a report, or a person by the whole name, out of texts, index, decisions and histories, and out of the file's "
        "bytes. Without --yes it says what that would touch and does nothing. A report is not read again; incidents are made "
        "anew from what is left; copies of the record that hold it still are listed, so that you can destroy them.")
EXAMPLE = 'dateline forget R1f0c3a9b2d4e5f60 --why "asked for by the family" --yes'

_REPORT = re.compile(r"R[0-9a-f]{16}")


def command(
    what: Annotated[str | None, typer.Argument(help="A report's id, its path or address; or the whole name of a person.",
                                               metavar="[REPORT|PERSON]", show_default=False)] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it. It cannot be taken back.")] = False,
    person: Annotated[bool, typer.Option("--person", help="It is a person's name, whatever it looks like.")] = False,
    why: Annotated[str, typer.Option("--why", help="The reason, kept with the tombstone: without names.", metavar="TEXT",
                                     show_default=False)] = "",
    who: Annotated[str | None, typer.Option("--as", help="Who decides. [default: DATELINE_USER, else your login name]",
                                            metavar="NAME", show_default=False)] = None,
    erase: Annotated[bool, typer.Option("--erase", help="Only write the file anew without what was deleted: where somebody read "
                                        "it when it was forgotten.")] = False,
    allow: Annotated[bool, typer.Option("--allow", help="Let a report be read again that was forgotten; its text does not come "
                                        "back.")] = False,
    as_json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.forgetting import Asked, forget_person, forget_report
    from dateline.store import open_record

    settings = settings_with(record)
    with open_record(settings.record, create=False) as store:
        if erase:
            store.erase_bytes()
            print("the record's file holds nothing any more that was deleted", file=sys.stderr)
            return
        if what is None:
            raise typer.BadParameter("give a report or a person, or --erase")
        if allow:
            store.upkeep.allow(what)
            print(f"{what}: may be read again", file=sys.stderr)
            return
        asked = Asked(user(who), why)
        if not person and (_REPORT.fullmatch(what) or "/" in what or store.report(what) is not None):
            done = forget_report(store, what, asked, settings, rehearse=not yes)
        else:
            done = forget_person(store, what, asked, settings, rehearse=not yes)
    if as_json:
        print_json(done)
    else:
        print("\n".join(_lines(done, yes)))
    if not yes:
        print("nothing was done: --yes does it, and it cannot be taken back", file=sys.stderr)


def _lines(done: Done, yes: bool) -> list[str]:
    is_report, would = done.what == "report", "" if yes else "would be "
    count = len(done.reports)
    accounts = f"{done.accounts:,} account{'' if done.accounts == 1 else 's'}"
    lines = [f"report {done.reports[0]} {would}deleted, with {accounts}" if is_report else
             f"the name {would}blanked in {count:,} report{'' if count == 1 else 's'} and {accounts}"]
    if done.places:
        lines.append(f"words {would}blanked in " + ", ".join(f"{name} ({rows:,})" for name, rows in sorted(done.places.items())))
    if done.incidents:
        lines.append(f"made anew: {', '.join(done.incidents)}")
    if done.gone:
        lines.append(f"held no more: {', '.join(done.gone)}")
    lines += [f"tells the same, and stays: report {name}" for name in done.copies_of_it]
    lines += [f"still in the copy {one.path} of {one.made_at:%Y-%m-%d %H:%M} UTC: destroy it, or make it anew"
              for one in done.copies]
    if done.what == "person":
        lines.append("a report that is read later may name them again; what was sent by mail, exported or printed is with others")
    elif yes:
        lines.append("it is not read again; what was sent by mail, exported or printed is with others")
    return lines
