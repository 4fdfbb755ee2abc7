"""dateline backup, dateline restore: a copy of the record, and the record from a copy."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import RecordOption, settings_with
from dateline.cli.help import Command
from dateline.errors import StoreError

if TYPE_CHECKING:
    from dateline.store.backup import Checked

ReplaceOption = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]


def add_to(app: typer.Typer) -> None:
    app.command("backup", cls=Command, help="Copy the record while it is in use, and check the copy. It holds names and "
                "addresses: keep it as you keep the record.", short_help="Copy the record, and check the copy.",
                epilog="Example: dateline backup /var/backups/dateline.db --replace")(backup)
    app.command("restore", cls=Command, help="Make the record what a copy is. The copy is checked first, and brought up to this "
                "version afterwards.", short_help="Make the record what a copy is.",
                epilog="Example: dateline restore /var/backups/dateline.db --record dateline.db --replace")(restore)


def backup(
    to: Annotated[Path, typer.Argument(help="Where to, a file.", metavar="FILE")],
    check: Annotated[bool, typer.Option("--check", help="Only check a copy that is there.")] = False,
    replace: ReplaceOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.store import open_record
    from dateline.store.backup import back_up, check_backup

    if check:
        _told("whole", check_backup(to))
        return
    with open_record(settings_with(record).record, create=False) as store:
        _told("copied and checked", back_up(store, to, replace=replace))


def restore(
    copy: Annotated[Path, typer.Argument(help="A copy that dateline backup made.", metavar="FILE")],
    replace: ReplaceOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.store.backup import restore as bring_back

    name = settings_with(record).record
    if "://" in name:
        raise StoreError(f"{name}: only a record that is a file can be restored; give its path with --record")
    one = bring_back(copy, name, at=datetime.now(UTC), replace=replace)
    _told("restored", one)
    if one.uncertain:
        print(f"{one.uncertain:,} mails that waited may have gone out: dateline mails list --state uncertain", file=sys.stderr)


def _told(what: str, one: Checked) -> None:
    counts = ", ".join(f"{number:,} {name}{'' if number == 1 else 's'}" for name, number in one.counts.items())
    print(f"{one.path}: {what}: {counts}")
    print(f"{one.bytes:,} bytes, tables of version {one.revision}", file=sys.stderr)
