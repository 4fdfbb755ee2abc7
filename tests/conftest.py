"""Puts tests/ on the path, so that a test may say `from helpers import a_report`; keeps away what this machine's user added."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
os.environ["DATELINE_DATA"] = str(Path(tempfile.gettempdir()) / "dateline-tests-nothing-added")  # a folder that is not there
