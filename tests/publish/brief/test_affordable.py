"""A busy day is composed for many editions on a small server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMPOSE = """
import json, sys, time
from datetime import date
from pathlib import Path
from bench.memory import peak_mb
from dateline.extract.register import load_register
from dateline.publish.brief.compose import compose
from dateline.publish.brief.gathering import Context, gather
from dateline.reconcile.views import View
from dateline.records.briefing import Coverage, Window
from dateline.store import open_record

context = Context(load_register(None), View(), (), 14)
with open_record(Path(sys.argv[1])) as store:
    began = time.process_time()
    material = gather(store, Window(date(2014, 1, 1), date(2024, 12, 31)), context)
    editions = [compose(material, coverage=Coverage(killed=number % 4), frequency="daily") for number in range(40)]
    print(json.dumps({"seconds": time.process_time() - began, "incidents": len({item.incident for item in material.items}),
                      "editions": len(editions), "mb": peak_mb()}))
"""


@pytest.mark.slow
def test_forty_editions_of_two_thousand_incidents_take_seconds_and_little_memory(tmp_path: Path) -> None:
    from bench.desk_record import make_record

    make_record(tmp_path / "record.db", 2_300, 9_200)
    path = os.pathsep.join(map(str, (ROOT / "src", ROOT)))
    done = subprocess.run([sys.executable, "-c", COMPOSE, str(tmp_path / "record.db")], check=True, capture_output=True,
                          text=True, env=os.environ | {"PYTHONPATH": path})
    told = json.loads(done.stdout)
    assert told["incidents"] >= 2_000
    assert told["seconds"] < 20
    assert told["mb"] < 400
