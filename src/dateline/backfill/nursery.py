"""The process that has the models loaded, and from which a process for each file is forked: python -m dateline.backfill.nursery

A file's process may crash, hang or eat memory: that costs the file and nothing else, and the next one has the models again at
once. Orders come as lines of JSON on standard input ({"begin": Order, ...} or {"end": key}); on standard output lines go back:
{"ready": pid}, {"key", "pages", "bytes"} while a file is read, {"key", "ended": wait status, "peak_mb"} when its process is gone.
What became of the file is in the attempt's folder then: read.json, or failed.json, or, where its process was ended, neither.
When whoever asked is gone (the end of standard input), all processes go. This one runs a single thread, so that it may be forked.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import resource
import selectors
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.backfill.outcome import Limits, Order
from dateline.children import bound_memory
from dateline.records.codec import from_json, to_line

if TYPE_CHECKING:
    from dateline.extract.extractor import Extractor

READ, FAILED, LOG = "read.json", "failed.json", "log.txt"
TELL_EVERY_S = 1.0
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "ARROW_IO_THREADS"),
                           "1") | {"TOKENIZERS_PARALLELISM": "false", "ARROW_DEFAULT_MEMORY_POOL": "system"}
_PR_SET_PDEATHSIG = 1
_WARMING = ("PORT VERITY, March 12, 2021 (Agency) - A bomb killed at least three people at a market in Goma on Friday, police "
            "said. Fighters of M23 attacked the village of Bara, wounding two soldiers, the army said.")


def main() -> int:
    """Load what reading needs, then fork as asked until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)      # who asked decides what Ctrl-C ends
    warm()
    told = os.dup(1)                      # what a library prints must not be taken for an answer
    os.dup2(2, 1)
    _tell(told, ready=os.getpid())
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    keys: dict[int, str] = {}             # process -> file
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        rest = b""
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if woken in ready:
                os.read(woken, 4096)
                _gather(keys, told)
            if 0 in ready:
                came = os.read(0, 1 << 16)
                if not came:
                    for pid in keys:
                        os.kill(pid, signal.SIGKILL)
                    return 0
                *lines, rest = (rest + came).split(b"\n")
                for line in lines:
                    _obey(json.loads(line), keys, told)


def warm(extractor: Extractor | None = None) -> None:
    """Load all that reading a file needs, and use it once: a file's process has little room beside it."""
    import pyarrow.parquet  # noqa: F401  loaded now, so that a file's process need not

    from dateline.backfill.one_file import told_by
    from dateline.extract.extractor import extractor_of
    from dateline.read.article import Article, fetched_now
    from dateline.read.page import article_from_page
    from dateline.read.report import report_from
    from dateline.settings import load_settings

    article = Article("warming", fetched_now(b""), _WARMING)
    list(told_by([report_from(article)], extractor or extractor_of(load_settings())))
    article_from_page(f"<html><body><article><p>{_WARMING}</p></article></body></html>".encode(), source="warming",
                      fetched=article.fetched)


def _obey(asked: dict[str, Any], keys: dict[int, str], told: int) -> None:
    if "begin" in asked:
        order, limits = from_json(Order, asked["begin"]), from_json(Limits, asked["limits"])
        pid = os.fork()
        if pid == 0:
            os._exit(_be_a_file(order, limits, told))
        keys[pid] = order.unit.key
    else:
        for pid, key in keys.items():
            if key == asked["end"]:
                os.kill(pid, signal.SIGKILL)


def _gather(keys: dict[int, str], told: int) -> None:
    """Tell of the processes that have ended."""
    while keys:
        pid, status, used = os.wait4(-1, os.WNOHANG)
        if pid == 0:
            return
        _tell(told, key=keys.pop(pid), ended=status, peak_mb=round(used.ru_maxrss / 1024, 1))


def _be_a_file(order: Order, limits: Limits, told: int) -> int:
    """The life of a file's process; its exit code."""
    folder = Path(order.folder)
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        die_with_parent()
        log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.close(0)
        faulthandler.enable(file=sys.stderr)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        bound_memory(limits.memory_mb)
        _read(order, folder, told)
        return 0
    except BaseException as error:
        return _note(folder, error)


def _read(order: Order, folder: Path, told: int) -> None:
    from dateline.backfill.one_file import read_file
    from dateline.extract.extractor import extractor_of
    from dateline.settings import load_settings

    settings = load_settings()
    last = 0.0

    def tell(pages: int, of_bytes: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= TELL_EVERY_S:
            last = now
            _tell(told, key=order.unit.key, pages=pages, bytes=of_bytes)

    read = read_file(order, settings, extractor_of(settings), tell)
    (folder / f"{READ}.new").write_text(to_line(read), encoding="utf-8")
    os.replace(folder / f"{READ}.new", folder / READ)


def _note(folder: Path, error: BaseException) -> int:
    """Write down what ended the reading."""
    reason = {"kind": type(error).__name__, "errno": getattr(error, "errno", None),
              "why": getattr(error, "what", None) or " ".join(str(error).split())[:500]}
    try:
        (folder / FAILED).write_text(json.dumps(reason), encoding="utf-8")
    except OSError:
        return 4                          # the disk is full: the exit code must do
    return 3


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it goes, however it goes."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent or parent == 1:
        os._exit(5)                       # it went before


def _tell(to: int, **words: object) -> None:
    """One line; shorter than what a pipe takes as a whole, so that lines of several processes do not mix."""
    try:
        os.write(to, json.dumps(words).encode() + b"\n")
    except BrokenPipeError:
        os._exit(5)


if __name__ == "__main__":
    os._exit(main())                  # at once: what was loaded need not be put away
