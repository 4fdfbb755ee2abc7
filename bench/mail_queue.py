"""mail_queue: how fast the queue is sent, and what ten kills do to it: python -m bench.mail_queue [--kills 10]

A record with so many queued mails, a light server in a process of its own (mail_sink.py), and a sending process
(mail_worker.py) that is killed (SIGKILL) whenever the server has taken a number of mails drawn by chance, and started again.
Afterwards no recipient has two mails, and whoever has none is listed as uncertain: no more than connections times kills.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.records.mailing import NewMail
from dateline.store import open_record

MAILS, CONNECTIONS, LEASE_S = 10_000, 2, 2.0
LONGEST_S = 1_800


@dataclass(frozen=True, slots=True)
class Measured:
    """twice: recipients with two mails or more. lost: those without one that are not listed as uncertain."""

    mails: int
    queued_s: float               # until all were in the queue
    sent_per_s: float             # by the server's notes, from the first to the last; while nobody is killed
    seconds: float
    kills: int                    # that hit the sender at work
    twice: int
    without: int
    uncertain: int
    lost: int

    def is_right(self, connections: int) -> bool:
        return not self.twice and not self.lost and self.uncertain <= connections * self.kills


def measure(folder: Path, *, mails: int = MAILS, kills: int = 0, seed: int = 1, connections: int = CONNECTIONS,
            lease_s: float = LEASE_S, key: str = "") -> Measured:
    """Queue, send, kill, and look at what arrived. The same seed kills at the same counts of mails."""
    record, notes = folder / "record.db", folder / "taken.txt"
    notes.touch()
    addresses = [f"reader{number}@host{number % 50}.example.org" for number in range(mails)]
    began = time.perf_counter()
    with open_record(record) as store:
        now = datetime.now(UTC)
        queued = store.mails.queue((NewMail(f"issue:1:{number}", "issue", to, now) for number, to in enumerate(addresses)), now)
        assert queued == mails
    queued_s = time.perf_counter() - began
    dice = random.Random(seed)
    moments = sorted(dice.sample(range(1, mails), kills))
    with _sink(notes) as port:
        began = time.perf_counter()
        hit = _send(record, port, notes, moments, dice, [str(connections), str(lease_s), *([key] if key else [])])
        seconds = time.perf_counter() - began
    with open_record(record) as store:
        uncertain = {one.to for one in store.mails.page(("uncertain",), mails)}
        counts = store.mails.counts()
        assert counts["sent"] + counts["uncertain"] == mails, counts
    lines = [line.split() for line in notes.read_text().splitlines()]
    got = Counter(to for to, _, _ in lines)
    times = [float(at) for _, _, at in lines]
    without = set(addresses) - set(got)
    return Measured(mails, round(queued_s, 2), round(len(times) / max(times[-1] - times[0], 1e-9), 1), round(seconds, 1), hit,
                    sum(count > 1 for count in got.values()), len(without), len(uncertain), len(without - uncertain))


def _send(record: Path, port: int, notes: Path, moments: list[int], dice: random.Random, arguments: list[str]) -> int:
    """Send to the end; how many kills hit a sender at work."""
    hit, until = 0, time.monotonic() + LONGEST_S
    pending = list(moments)
    while True:
        worker = subprocess.Popen([sys.executable, "-m", "bench.mail_worker", str(record), str(port), *arguments],
                                  stdout=subprocess.PIPE)
        try:
            while worker.poll() is None:
                if time.monotonic() > until:
                    raise TimeoutError(f"not all was sent in {LONGEST_S} s")
                if pending and _lines(notes) >= pending[0]:
                    time.sleep(dice.uniform(0, 0.02))     # anywhere between two steps
                    pending.pop(0)
                    worker.kill()
                    hit += worker.wait() < 0
                time.sleep(0.002)
        finally:
            worker.kill()
            worker.wait()
        if worker.returncode == 0:
            return hit


def _lines(notes: Path) -> int:
    with notes.open("rb") as file:
        return file.read().count(b"\n")


@contextmanager
def _sink(notes: Path) -> Iterator[int]:
    sink = subprocess.Popen([sys.executable, "-m", "bench.mail_sink", str(notes)], stdout=subprocess.PIPE, text=True)
    try:
        assert sink.stdout is not None
        yield int(sink.stdout.readline())
    finally:
        sink.kill()
        sink.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.mail_queue", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--dkim", default="", metavar="KEY", help="sign with this private key")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = measure(Path(folder), mails=given.mails, kills=given.kills, seed=given.seed, connections=given.connections,
                       key=given.dkim)
    print(json.dumps(asdict(told)))
    print("right" if told.is_right(given.connections) else "WRONG: see twice, lost and uncertain")
    return 0 if told.is_right(given.connections) else 1


if __name__ == "__main__":
    sys.exit(main())
