"""dateline groups: adding public lists of armed groups to a register of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import settings_with
from dateline.cli.help import Command

if TYPE_CHECKING:
    from dateline.extract.group_import import Plan
    from dateline.extract.group_lists import GroupList

NAME = "groups"
SHORT = "Add lists of armed groups to your register."
HELP = "The register of armed groups: adding UCDP's actor file or the UN's consolidated list to a file of your own."
EXAMPLE = "dateline groups import consolidated.xml --into my_groups.toml"

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def groups() -> None:
    """A callback makes a command with a single part a group of commands."""


@app.command("import", cls=Command, epilog=f"Example: {EXAMPLE}",
             help="Merge the UCDP Actor Dataset (CSV) or the UN consolidated list (XML) into your register file.")
def import_(
    file: Annotated[Path, typer.Argument(help="The list as you downloaded it; its content tells which of the two it is.",
                                         metavar="FILE")],
    into: Annotated[Path | None, typer.Option(help="Your register file, made where it is not there. "
                                              "[default: DATELINE_GROUPS_FILE]", metavar="GROUPS", show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")] = False,
) -> None:
    from dateline.errors import SettingsError
    from dateline.extract.group_import import import_list
    from dateline.extract.group_lists import read_list

    target = into or (Path(given) if (given := settings_with().groups_file) else None)
    if target is None:
        raise SettingsError("no register file: give --into GROUPS, or name one in DATELINE_GROUPS_FILE")
    listed = read_list(file)
    _tell(file, target, listed, import_list(listed, target, dry_run=dry_run), dry_run=dry_run)
    if into is not None and str(into) != settings_with().groups_file:
        print(f"to use it: export DATELINE_GROUPS_FILE={into}", file=sys.stderr)


def _tell(file: Path, target: Path, listed: GroupList, plan: Plan, *, dry_run: bool) -> None:
    from dateline.publish.safe import plain

    for change in plan.changes:
        names = "; ".join(map(plain, change.added)) or "its id in the list"
        print(f"{'new   ' if change.new else 'add to'}  {plain(change.id)}  ({plain(change.ref)})  {names}")
    new = sum(change.new for change in plan.changes)
    would = "would be" if dry_run else "are"
    print(f"{plain(str(file))}: {listed.title}, {len(listed.groups):,} groups: {new:,} {would} new, {len(plan.changes) - new:,} "
          f"gain names, {plan.known:,} known already; {plain(str(target))} "
          f"{'left as it is' if dry_run or not plan.changes else 'written'}")
    unsure = sum(change.new and change.ref.startswith("un:") for change in plan.changes)
    if unsure:
        print(f"the UN's list does not tell what kind of body each is: look at the types of the {unsure:,} new ones",
              file=sys.stderr)
