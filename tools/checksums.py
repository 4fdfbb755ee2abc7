"""The checksums of the packaged data, by which `dateline doctor` knows that a file is whole: `python tools/checksums.py` after a
file in src/dateline/data changed. A test compares. The form is that of sha256sum.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from dateline.checkup import CHECKSUMS, checksum

DATA = Path(__file__).parents[1] / "src/dateline/data"


def lines() -> str:
    """A line a file that is under version control, sorted by name."""
    listed = subprocess.run(["git", "ls-files", "-z", "."], cwd=DATA, check=True, capture_output=True, text=True)
    names = listed.stdout.split("\0")
    return "".join(f"{checksum(DATA / name)}  {name}\n" for name in sorted(names) if name and name != CHECKSUMS)


def main() -> None:
    DATA.joinpath(CHECKSUMS).write_text(lines(), encoding="utf-8")


if __name__ == "__main__":
    main()
