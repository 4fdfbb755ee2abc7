"""The program as a user calls it, with the real reading, extraction and record: in this process, or in one to be killed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from dateline.cli import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program gave back."""

    code: int
    out: str
    err: str

    @property
    def left_out(self) -> list[str]:
        """The lines that name what was left out."""
        return [line for line in self.err.splitlines() if line.startswith("dateline: ")]


def settings_free(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without dateline's settings, and with `extra`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_") or name == "DATELINE_CACHE"}
    return kept | dict(extra or {})


def dateline(*arguments: object, settings: Mapping[str, str] | None = None) -> Answer:
    """The program called in this process."""
    out, err = io.StringIO(), io.StringIO()
    with (patch.object(sys, "argv", ["dateline", *map(str, arguments)]), redirect_stdout(out), redirect_stderr(err),
          patch.dict(os.environ, settings_free(settings), clear=True)):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
    return Answer(code, out.getvalue(), err.getvalue())


def dateline_process(*arguments: object) -> subprocess.Popen[str]:
    """The program begun in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", "from dateline.cli import main; main()", *map(str, arguments)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=settings_free())


def incidents(record: Path) -> list[dict[str, Any]]:
    """All incidents held, whole, but for the times at which they were made."""
    answer = dateline("incidents", "--json", "--nature", "all", "--names", "--record", record)
    assert answer.code == 0, answer.err
    held = [json.loads(line) for line in answer.out.splitlines()]
    for incident in held:
        incident["history"] = [{key: value for key, value in line.items() if key != "at"} for line in incident["history"]]
    return held
