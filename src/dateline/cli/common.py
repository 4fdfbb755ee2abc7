"""What the commands share: settings from options, problems on stderr, exit codes."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dateline.errors import DatelineError, ReadError
from dateline.settings import ATTRIBUTION_RULES, TOLL_RULES, Settings, load_settings, login_name

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.reconcile.views import View
    from dateline.records.incident import AttributionRule, TollRule
    from dateline.store import Store

LEFT_OUT = 3                      # exit code: done, but something was left out
FAILED = 1
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

RecordOption = Annotated[str | None, typer.Option("--record", help="The record, a file or postgresql://... [default: "
                                                  "DATELINE_RECORD, else dateline.db here]", metavar="PATH", show_default=False)]
OfflineOption = Annotated[bool, typer.Option("--offline", help="Never fetch anything over the network, nor send anything.")]
MapOption = Annotated[list[str] | None, typer.Option(
    "--map", help="For JSON of another tool: our name = its name, as in text=body. May be given several times.",
    metavar="OURS=THEIRS", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
JobsOption = Annotated[int | None, typer.Option("--jobs", min=1, max=256, show_default=False, metavar="N",
                                               help="Processes that read reports at a time. [default: DATELINE_JOBS, else 1]")]
RuleOption = Annotated[str | None, typer.Option(
    "--rule", help="Rule for tolls: reliable, lowest, latest, majority. [default: DATELINE_TOLL_RULE, else reliable]",
    metavar="RULE", show_default=False)]
AttributionOption = Annotated[str | None, typer.Option(
    "--attribution", help="Rule for who did it: \"stated or claimed\", \"suspected too\", \"never on one enemy's word\". "
    "[default: DATELINE_ATTRIBUTION_RULE, else stated or claimed]", metavar="RULE", show_default=False)]
NamesOption = Annotated[bool, typer.Option("--names", help="Do not withhold names of victims, witnesses and suspects.")]


def settings_with(record: str | None = None, offline: bool = False, jobs: int | None = None) -> Settings:
    """The settings in force: environment, then the command's options."""
    settings = load_settings()
    if record is not None:
        settings = replace(settings, record=record)
    if jobs is not None:
        settings = replace(settings, jobs=jobs)
    return replace(settings, offline=True) if offline else settings


@contextmanager
def opened(record: str | None, create: bool = False) -> Iterator[Store]:
    """The record that the option, or the setting, names. create: make it where it is not there."""
    from dateline.store import open_record

    with open_record(settings_with(record).record, create=create) as store:
        yield store


def user(given: str | None = None) -> str:
    """Who decides: `given`, else the setting `user`, else the login name."""
    return given or settings_with().user or login_name()


def view_with(settings: Settings, rule: str | None = None, attribution: str | None = None) -> View:
    """The rules under which a command shows incidents: its options, then the settings. Raises BadParameter for no such rule."""
    from dateline.reconcile.views import View

    chosen = []
    for option, given, held, allowed in (("--rule", rule, settings.toll_rule, TOLL_RULES),
                                         ("--attribution", attribution, settings.attribution_rule, ATTRIBUTION_RULES)):
        words = held if given is None else " ".join(given.lower().replace("\u2019", "'").split())
        if words not in allowed:
            raise typer.BadParameter(f"{option} {given!r}: must be one of {', '.join(allowed)}")
        chosen.append(words)
    return View(cast("TollRule", chosen[0]), cast("AttributionRule", chosen[1]))


def names_of(given: list[str] | None) -> dict[str, str]:
    """The `--map` options as a mapping of our name to the other tool's. Raises BadParameter for a name that is none of ours."""
    names = {}
    for pair in given or []:
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours or not theirs:
            raise typer.BadParameter(f"{pair!r} is not OURS=THEIRS; write, for example, --map text=body")
        names[ours] = theirs
    if names:
        from dateline.read.jsonl import check_names

        try:
            check_names(names)
        except ReadError as wrong:
            raise typer.BadParameter(str(wrong)) from None
    return names


class Problems:
    """Counts the sources and records that were left out, and prints one line for each."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: DatelineError) -> None:
        self.count += 1
        name = "ReadError" if isinstance(error, ReadError) else type(error).__name__     # not that of a kind of it
        print(f"dateline: {name}: {one_line(str(error))}", file=sys.stderr)


def print_json(record: object) -> None:
    """One line on standard output, safe for a terminal too."""
    from dateline.publish.safe import json_line

    print(json_line(record))


def tell_withheld(names: int, passages: int = 0, places: int = 0, *, todo: str = "--names shows them") -> None:
    """Say on standard error what was left out to protect people; nothing where nothing was."""
    if names or passages or places:
        from dateline.publish.words import withheld_words

        words = withheld_words(names, passages, places)
        print(f"{words}; {todo}" if todo else words, file=sys.stderr)


def one_line(text: str) -> str:
    """A message on one line and without control characters: it may quote a hostile file."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@contextmanager
def report_errors() -> Iterator[None]:
    """A DatelineError, and a full disk, become a line on stderr and exit code 1; a closed pipe ends the program in silence."""
    try:
        yield
    except DatelineError as error:
        print(f"dateline: {type(error).__name__}: {one_line(str(error))}", file=sys.stderr)
        raise SystemExit(FAILED) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FAILED) from None
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        where = f"{one_line(str(error.filename))}: " if error.filename else ""
        print(f"dateline: StoreError: {where}the disk is full; make room, then give the same command again: nothing that was "
              "kept is lost", file=sys.stderr)
        raise SystemExit(FAILED) from None


def console() -> Console:
    """Standard output; as wide as the terminal, and 80 columns where there is none."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 80, soft_wrap=False)
