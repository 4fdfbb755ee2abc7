"""What a process does that was begun to do a part of the work: it leaves signals to its parent, ends with it, and has limits."""

from __future__ import annotations

import os
import resource
import signal
import threading
from multiprocessing import connection, parent_process
from pathlib import Path


def live_as_child() -> None:
    """Leave Ctrl-C and SIGTERM to the parent, which systemd sends them to as well; end when it is gone, whatever this is at."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def bound_memory(most_mb: int) -> None:
    """Let this process take no more than so many MB beside what it has now. On Linux alone."""
    about = Path("/proc/self/statm")
    if about.exists():
        most = int(about.read_text(encoding="ascii").split()[0]) * resource.getpagesize() + most_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
