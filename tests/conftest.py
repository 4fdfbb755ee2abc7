"""Puts tests/ on the path, so that a test may say `from helpers import a_report`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
