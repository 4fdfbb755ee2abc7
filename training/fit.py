"""Training: epochs with checkpoints, from the last of which it goes on."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR

from training.batches import Plan, batches
from training.examples import SEED
from training.labels import Labelled
from training.losses import loss_of
from training.net import Reader

WARM = 0.1                        # share of the steps in which the rate rises
LEAST_RATE = 0.02                 # of the highest, at the end
Weights = dict[str, torch.Tensor]


def learn(reader: Reader, data: Sequence[Labelled], plan: Plan, out: Path, after: Callable[[Reader, int], None]) -> None:
    """Train for the plan's epochs, from the last checkpoint in `out` where there is one; `weights` reads what it leaves there.

    after: called with the reader and the number of epochs done.
    """
    optimiser, schedule = _optimiser(reader, data, plan)
    for epoch in range(_resume(reader, optimiser, schedule, out), plan.epochs):
        torch.manual_seed(SEED + epoch)
        reader.train()
        _epoch(reader, data, plan, epoch, optimiser, schedule)
        _write(reader.state_dict(), out / f"epoch-{epoch + 1}.pt")
        _write({"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "epoch": epoch + 1}, out / "last.pt")
        after(reader, epoch + 1)


def weights(out: Path, *epochs: int) -> Weights:
    """The weights after an epoch, or the mean of those after several, which forgets what each learned by chance."""
    held = [torch.load(out / f"epoch-{epoch}.pt", weights_only=True) for epoch in epochs]
    return {name: torch.stack([one[name] for one in held]).mean(0) if value.is_floating_point() else value
            for name, value in held[-1].items()}


def _optimiser(reader: Reader, data: Sequence[Labelled], plan: Plan) -> tuple[AdamW, LambdaLR]:
    reader.encoder.embeddings.word_embeddings.weight.requires_grad_(False)      # half of the weights; seldom words would drift
    heads = [value for name, value in reader.named_parameters() if not name.startswith("encoder.")]
    body = [value for value in reader.encoder.parameters() if value.requires_grad]
    optimiser = AdamW([{"params": body, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}], weight_decay=0.01)
    steps = sum(len(list(batches(data, plan, random.Random(SEED + epoch)))) for epoch in range(plan.epochs))
    return optimiser, LambdaLR(optimiser, lambda step: min(1, (step + 1) / (WARM * steps)) * max(LEAST_RATE, 1 - step / steps))


def _epoch(reader: Reader, data: Sequence[Labelled], plan: Plan, epoch: int, optimiser: AdamW, schedule: LambdaLR) -> None:
    started, sums, seen = time.monotonic(), dict[str, float](), 0
    for batch in batches(data, plan, random.Random(SEED + epoch)):
        total, parts = loss_of(reader, batch)
        optimiser.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        seen += 1
        for name, value in parts.items():
            sums[name] = sums.get(name, 0.0) + value
        if seen % 100 == 0:
            print(f"  {seen} steps, {time.monotonic() - started:.0f} s", flush=True)
    means = {name: round(value / seen, 3) for name, value in sums.items()}
    print(f"epoch {epoch + 1}: {time.monotonic() - started:.0f} s, {means}", flush=True)


def _write(held: Mapping[str, object], path: Path) -> None:
    """In one step, so that a training that is cut off leaves the checkpoint before."""
    part = path.with_suffix(".part")
    torch.save(held, part)
    part.rename(path)


def _resume(reader: Reader, optimiser: AdamW, schedule: LambdaLR, out: Path) -> int:
    last = out / "last.pt"
    if not last.exists():
        return 0
    held = torch.load(last, weights_only=True)
    reader.load_state_dict(weights(out, held["epoch"]))
    optimiser.load_state_dict(held["optimiser"])
    schedule.load_state_dict(held["schedule"])
    print(f"going on after epoch {held['epoch']}", flush=True)
    return int(held["epoch"])
