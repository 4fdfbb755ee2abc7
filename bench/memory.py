"""The memory of a process that measures."""

from __future__ import annotations

from pathlib import Path


def peak_mb() -> float:
    """The most memory that this process has had, of Linux. Its ru_maxrss would count that of the program which started it too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
