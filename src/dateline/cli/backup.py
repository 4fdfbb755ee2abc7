"""dateline backup, dateline restore: copies of the record, the list of them, and the record from a copy."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import JsonOption, RecordOption, print_json, settings_with
from dateline.cli.help import Command
from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.settings import Settings
    from dateline.store import Store
    from dateline.store.backup import Checked

ReplaceOption = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]


def add_to(app: typer.Typer) -> None:
    app.command("backup", cls=Command, help="Copy the record while it is in use, check the copy and try to restore it. It holds "
                "names and addresses: keep it as you keep the record. The record keeps a list of its copies, so that what is "
                "forgotten can be found in them.", short_help="Copy the record, and check the copy.",
                epilog="Example: dateline backup /var/backups/dateline.db --replace")(backup)
    app.command("restore", cls=Command, help="Make the record what a copy is. The copy is checked first, and brought up to this "
                "version afterwards. Reports that were forgotten since it was made are taken out of it again.",
                short_help="Make the record what a copy is.",
                epilog="Example: dateline restore /var/backups/dateline.db --record dateline.db --replace")(restore)


def backup(
    to: Annotated[Path | None, typer.Argument(help="Where to, a file.", metavar="[FILE]", show_default=False)] = None,
    check: Annotated[bool, typer.Option("--check", help="Only check a copy that is there.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="List the copies that were made, and what they still hold that was "
                                         "forgotten.")] = False,
    destroyed: Annotated[bool, typer.Option("--destroyed", help="Take a copy off the list: you have destroyed it.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Do not try to restore the copy: it takes as much room again.")] = False,
    replace: ReplaceOption = False,
    as_json: JsonOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.store import open_record
    from dateline.store.backup import back_up, check_backup, try_restoring

    if listed:
        with open_record(settings_with(record).record, create=False) as store:
            _list(store, as_json)
        return
    if to is None:
        raise typer.BadParameter("give a file to write the copy to, or --list")
    if check:
        _told_copy("whole", check_backup(to))
    elif destroyed:
        with open_record(settings_with(record).record, create=False) as store:
            _destroyed(store, to)
        return
    else:
        with open_record(settings_with(record).record, create=False) as store:
            at = datetime.now(UTC)
            made = back_up(store, to, replace=replace)
            _told_copy("copied and checked", made)
            _keep_in_list(store, made, at)
    if not quick:
        print(f"restoring it was tried: {try_restoring(to):,} incidents were read back", file=sys.stderr)


def restore(
    copy: Annotated[Path, typer.Argument(help="A copy that dateline backup made.", metavar="FILE")],
    replace: ReplaceOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.store.backup import restore as bring_back

    settings = settings_with(record)
    one = bring_back(copy, settings.record, at=datetime.now(UTC), replace=replace,
                     forget=lambda store, report: _forget(store, report, settings))
    _told(one.name, "restored", one.counts)
    print(f"{one.bytes:,} bytes", file=sys.stderr)
    if one.forgotten:
        print(f"{one.forgotten:,} of its reports had been forgotten, and were taken out again", file=sys.stderr)
    if one.uncertain:
        print(f"{one.uncertain:,} mails that waited may have gone out: dateline mails list --state uncertain", file=sys.stderr)


def _forget(store: Store, report: str, settings: Settings) -> None:
    from dateline.forgetting import Asked, forget_report

    forget_report(store, report, Asked("dateline", "a copy that was restored held it"), settings)


def _keep_in_list(store: Store, made: Checked, at: datetime) -> None:
    from dateline.records.upkeep import BackupCopy

    try:
        store.upkeep.keep_copy(BackupCopy(os.path.abspath(made.path), at, made.bytes, made.counts.get("report", 0)))
    except StoreError as error:       # the record can only be read: the copy is good
        print(f"dateline: the copy is on no list: {error}", file=sys.stderr)


def _list(store: Store, as_json: bool) -> None:
    from dateline.forgetting import hold_still

    copies = store.upkeep.copies()
    held = hold_still(copies, store.upkeep.forgotten())
    for one in copies:
        there = os.path.exists(one.path)
        if as_json:
            print_json({"path": one.path, "made_at": one.made_at, "bytes": one.bytes, "reports": one.reports, "there": there,
                        "forgotten": held.get(one, 0)})
            continue
        marks = [] if there else ["not there: --destroyed takes it off this list"]
        marks += [f"holds {held[one]:,} that were forgotten since: destroy it, or make it anew"] if one in held else []
        print(f"{one.path}  {one.made_at:%Y-%m-%d %H:%M} UTC  {one.reports:,} reports, {one.bytes:,} bytes"
              + (f"  [{'; '.join(marks)}]" if marks else ""))
    if not copies:
        print("no copy was made yet: dateline backup FILE", file=sys.stderr)


def _destroyed(store: Store, path: Path) -> None:
    if path.exists():
        raise StoreError(f"{path}: it is there still; destroy it first (shred, or what your disk needs), then say so again")
    if not store.upkeep.drop_copy(os.path.abspath(path)):
        raise StoreError(f"{path}: not on the list; dateline backup --list shows it")
    print(f"{path}: off the list")


def _told(name: str, what: str, counts: dict[str, int]) -> None:
    counted = ", ".join(f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in counts.items())
    print(f"{name}: {what}: {counted}")


def _told_copy(what: str, one: Checked) -> None:
    _told(str(one.path), what, one.counts)
    print(f"{one.bytes:,} bytes, tables of version {one.revision}", file=sys.stderr)
