"""dateline backfill: an archive into tables."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import LEFT_OUT, MapOption, OfflineOption, Problems, names_of, settings_with

if TYPE_CHECKING:
    from dateline.backfill.job import SoFar, Summary

NAME = "backfill"
SHORT = "Read an archive into tables, on one machine or many."
HELP = ("Read an archive, WARC files or Parquet of texts, into Parquet tables (reports, accounts, figures, statements, "
        "evidence), each file in a process of its own. It may be killed at any moment: the same command goes on. dateline load "
        "brings the tables into a record.")
EXAMPLE = "dateline backfill archive/*.warc.gz --out tables/ --jobs 4"
TELL_EVERY_S = 30.0               # lines where there is no terminal
ENGINES = ("local", "ray")


def command(
    sources: Annotated[list[str], typer.Argument(
        help="Files, folders, globs, addresses (s3://bucket/folder), or text files of such, one a line.", metavar="SOURCE")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the tables; made, or gone on with.", metavar="DIR")],
    engine: Annotated[str, typer.Option(
        "--engine", help="local: processes on this machine. ray: a Ray cluster, which sees SOURCE and DIR under the "
        "same paths (extra dateline[ray]).", metavar="ENGINE")] = "local",
    jobs: Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Files read at a time; 0: one a core.")] = 0,
    ray: Annotated[str | None, typer.Option(
        "--ray", help="Address of the Ray cluster. [default: RAY_ADDRESS, else one is started here]", metavar="ADDRESS",
        show_default=False)] = None,
    memory: Annotated[int, typer.Option("--memory", min=100, metavar="MB",
                                        help="Most memory of one file beside the models.")] = 2000,
    stalled: Annotated[float, typer.Option("--stalled", min=1, metavar="SECONDS",
                                           help="Longest wait for a file's next page.")] = 600.0,
    hours: Annotated[float, typer.Option("--hours", min=0.001, metavar="HOURS", help="Longest time for one file.")] = 6.0,
    again: Annotated[bool, typer.Option("--again", help="Try quarantined files anew.")] = False,
    map: MapOption = None,
    offline: OfflineOption = False,
) -> None:
    from dateline.backfill.job import backfill
    from dateline.backfill.local import Engine, LocalEngine
    from dateline.backfill.outcome import Limits

    if engine not in ENGINES:
        raise typer.BadParameter(f"--engine {engine!r}: must be one of {', '.join(ENGINES)}")
    names, settings, problems = names_of(map), settings_with(offline=offline), Problems()
    limits = Limits(memory, stalled, hours * 3600)
    chosen: Engine
    if engine == "ray":
        from dateline.backfill.on_ray import RayEngine

        chosen = RayEngine(jobs, limits, ray)
    else:
        chosen = LocalEngine(jobs or os.cpu_count() or 1, limits)
    with _progress() as progress:
        summary = backfill(sources, out, settings, chosen, on_problem=problems, progress=progress, names=names, again=again)
    print("\n".join(summary_lines(summary)), file=sys.stderr)
    if summary.troubles or summary.problems or summary.so_far.quarantined:
        raise typer.Exit(LEFT_OUT)


@contextmanager
def _progress() -> Iterator[Callable[[SoFar], None]]:
    """A bar on a terminal; elsewhere a line now and then. On standard error."""
    if not sys.stderr.isatty():
        last = time.monotonic()

        def tell(so_far: SoFar) -> None:
            nonlocal last
            if time.monotonic() - last >= TELL_EVERY_S:
                last = time.monotonic()
                print(progress_words(so_far), file=sys.stderr, flush=True)

        yield tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(BarColumn(bar_width=20), TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking for files", total=None)
        yield lambda s: bar.update(task, total=s.bytes or None, completed=s.bytes_done, description=progress_words(s))


def progress_words(so_far: SoFar) -> str:
    """ "12 of 20 files, 118,000 pages, 81 a second, 17 min left" """
    words = [f"{so_far.files_done:,} of {so_far.files:,} files", f"{so_far.pages:,} pages",
             f"{so_far.pages_a_second:,.0f} a second"]
    if so_far.quarantined:
        words.insert(1, f"{so_far.quarantined:,} quarantined")
    if so_far.remaining_s is not None:
        words.append(f"{_long(so_far.remaining_s)} left")
    return ", ".join(words)


def _long(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def summary_lines(summary: Summary) -> Iterator[str]:
    """How the job stands."""
    so_far = summary.so_far
    yield (f"{so_far.files_done:,} of {so_far.files:,} files done: {summary.reports:,} reports, {summary.accounts:,} accounts; "
           f"{so_far.pages:,} pages now, {so_far.pages_a_second:,.0f} a second")
    if summary.troubles:
        yield f"{summary.troubles:,} records could not be read; the manifest says which, and why"
    if so_far.quarantined:
        yield f"{so_far.quarantined:,} file{'s' if so_far.quarantined != 1 else ''} quarantined (named above, or in the manifest)"
