"""Libraries of others are the files of their packages, to the byte, with their licences."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import dateline

VENDOR = Path(dateline.__file__).parent / "desk" / "static" / "vendor"
ROW = re.compile(r"^\| `([^`]+)` \| [^|]+ \| ([^|]+) \| [^|]+ \| `([0-9a-f]{64})` \|$", re.MULTILINE)


def test_every_vendored_file_is_listed_with_the_sum_that_it_has():
    listed = {path: digest for path, _, digest in ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8"))}
    held = {str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in VENDOR.glob("*/*") if path.name != "LICENSE"}
    assert held == listed


def test_a_folder_carries_its_version_and_its_licence():
    for path, version, _ in ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8")):
        folder = VENDOR / path.split("/")[0]
        assert folder.name.endswith(f"-{version}")
        assert len((folder / "LICENSE").read_text(encoding="utf-8")) > 500


def test_no_source_maps_are_packaged():
    assert not list(VENDOR.rglob("*.map"))
