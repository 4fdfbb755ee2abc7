"""dateline watch: feeds, asked again and again."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from dateline.cli.common import RecordOption, settings_with
from dateline.logs import FORMS, LogForm, set_up

NAME = "watch"
SHORT = "Keep reading feeds, each in its own rhythm."
HELP = ("Watch feeds: ask each in its own rhythm, read what is new and reconcile it into the record, as dateline run does; say "
        "when one falls silent or its pages change. Ends at SIGTERM or Ctrl-C; nothing that was read is lost or read twice.")
EXAMPLE = "dateline watch feeds.opml --record desk.db --log json"

LogOption = Annotated[str, typer.Option("--log", help="How the log on standard error is written: plain, or json for one object a "
                                        "line.", metavar="FORM")]


def command(
    sources: Annotated[list[str], typer.Argument(help="OPML files, or addresses of feeds.", metavar="SOURCE")],
    once: Annotated[bool, typer.Option("--once", help="Ask the feeds that are due, each one time, and end.")] = False,
    log: LogOption = "plain",
    record: RecordOption = None,
) -> None:
    from dateline.extract.extractor import extractor_of
    from dateline.store import open_record
    from dateline.watching.lists import feeds_of
    from dateline.watching.watcher import Watcher

    set_up(form_of(log))
    settings = settings_with(record)
    extractor_of(settings)            # these two are refused before a record is made
    feeds_of(sources, lambda line: None)
    with open_record(settings.record) as store:
        watcher = Watcher(store, settings, sources, stop=_until_told())
        watcher.watch(once=once)


def form_of(given: str) -> LogForm:
    if given not in FORMS:
        raise typer.BadParameter(f"--log {given!r}: must be one of {', '.join(FORMS)}")
    return given


def _until_told() -> threading.Event:
    """An event that SIGTERM and Ctrl-C set; the second time they end the program as they would any other."""
    stop = threading.Event()

    def end(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.default_int_handler)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return stop
