"""dateline run: the whole job."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import (
    LEFT_OUT,
    JobsOption,
    JsonOption,
    MapOption,
    OfflineOption,
    Problems,
    RecordOption,
    console,
    names_of,
    print_json,
    settings_with,
    tell_withheld,
    view_with,
)

if TYPE_CHECKING:
    from dateline.job import Progress, RunSummary

NAME = "run"
SHORT = "Read reports and reconcile what they say into the record."
HELP = "Read news reports, extract what they say and reconcile it into the record; print the incidents added or changed."
EXAMPLE = "dateline run reports/ https://example.org/feed.xml archive.warc.gz"


def command(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, addresses of pages or feeds, archives, or - for standard "
                                                 "input.", metavar="SOURCE")],
    record: RecordOption = None,
    offline: OfflineOption = False,
    map: MapOption = None,
    jobs: JobsOption = None,
    json: JsonOption = False,
) -> None:
    from dateline.extract.extractor import extractor_of
    from dateline.job import run
    from dateline.publish.beside import as_published
    from dateline.publish.terminal import print_incidents
    from dateline.reconcile.views import view_of
    from dateline.store import open_record

    names, settings, problems = names_of(map), settings_with(record, offline, jobs), Problems()
    view = view_with(settings)
    extractor_of(settings)            # refused before a record is made
    with open_record(settings.record) as store:
        with progress_bar() as progress:
            summary = run(sources, store, settings, on_problem=problems, progress=progress, names=names)
        touched = store.incidents_in_order((*summary.incidents_new, *summary.incidents_changed))
        shown = list(as_published(store, view_of(touched, view, store.report)))
    if json:
        for published in shown:
            print_json(published.incident)
    elif print_incidents(console(), shown):
        sys.stdout.flush()
        if sys.stdout.isatty() and sys.stderr.isatty():
            print(file=sys.stderr)
    print("\n".join(summary_lines(summary)), file=sys.stderr)
    tell_withheld(sum(published.withheld for published in shown), sum(published.passages for published in shown),
                  sum(published.sheltered for published in shown), todo="dateline show INCIDENT --names shows them")
    if summary.problems or summary.failed:
        raise typer.Exit(LEFT_OUT)


@contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A progress bar on stderr, only on a terminal; it vanishes at the end. How much there is to come is not known: it pulses."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = BarColumn(bar_width=12), TextColumn("{task.description}"), TimeElapsedColumn()
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        counts: dict[str, int] = {}

        def tell(stage: str, count: int) -> None:
            counts[stage] = count
            done = ", ".join(f"{n:,} {words}" for name, words in (
                ("read", "reports read"), ("extract", "extracted"), ("reconcile", "accounts reconciled"))
                if (n := counts.get(name)))
            bar.update(task, description=done)

        yield tell


def summary_lines(summary: RunSummary) -> Iterator[str]:
    """What a run did, a line for reports, for incidents, and for what was left out."""
    reports = [f"{summary.new:,} new"]
    if summary.known:
        reports.append(f"{summary.known:,} held before")
    if summary.copies:
        reports.append(f"{summary.copies:,} {'copies' if summary.copies != 1 else 'copy'}")
    if summary.versions:
        reports.append(f"{summary.versions:,} version{'s' if summary.versions != 1 else ''}")
    yield f"{_count(summary.read, 'report')} read: {', '.join(reports)}"
    if summary.not_extracted:
        languages = ", ".join(f"{n:,} {language}" for language, n in summary.not_extracted.items())
        yield f"{_count(sum(summary.not_extracted.values()), 'report')} not extracted: {languages}"
    if summary.failed:
        yield f"{_count(summary.failed, 'report')} could not be extracted; the next run tries again"
    if summary.problems:
        yield f"{_count(summary.problems, 'source or record', 'sources or records')} left out (named above)"
    changed = f"{_count(len(summary.incidents_new), 'incident')} new, {len(summary.incidents_changed):,} changed"
    if summary.incidents_removed:
        changed += f", {len(summary.incidents_removed):,} merged into others"
    yield changed if summary.changed_anything else "nothing has changed"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
