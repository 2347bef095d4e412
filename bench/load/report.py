"""The tables that a reader sees, and the same as JSON."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.load.figures import Measured, percentiles, targets
from bench.load.mix import SHARES
from bench.report import reached
from bench.targets import decimal


def show(measured: Sequence[Measured], console: Console) -> None:
    """Print what was measured, then what was reached."""
    for one in measured:
        console.print(_answers(one))
        console.print(_beside(one))
    console.print(reached(target for one in measured for target in targets(one)))


def save(measured: Sequence[Measured], path: Path) -> None:
    """Write everything as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "cores": os.cpu_count(),
        "measured": [
            asdict(one) | {"reached": one.reached, "percentiles": percentiles(one.times())}
            for one in measured
        ],
        "targets": [asdict(target) for one in measured for target in targets(one)],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _answers(one: Measured) -> Table:
    table = Table(title=f"{one.database}: svartid i millisekunder")
    table.add_column("Hva", no_wrap=True)
    for name in ("svar", "p50", "p95", "p99"):
        table.add_column(name, justify="right", no_wrap=True)
    for kind in SHARES:
        if times := one.times(kind):
            table.add_row(kind, str(len(times)), *_milliseconds(times))
    table.add_section()
    table.add_row("alle", str(len(one.answers)), *_milliseconds(one.times()))
    return table


def _milliseconds(times: Sequence[float]) -> list[str]:
    return [f"{seconds * 1000:.0f}" for seconds in percentiles(times)]


def _beside(one: Measured) -> Table:
    table = Table(title=f"{one.database}: ellers", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_row("Riktige svar i sekundet", decimal(one.reached, 1))
    table.add_row("Feil", str(one.failures))
    table.add_row("Kjerner brukt av serveren", decimal(one.used.cores))
    table.add_row("Prosessortid for hvert svar", f"{decimal(one.work * 1000, 1)} ms")
    table.add_row("Minne, det meste", f"{one.used.memory / (1 << 20):.0f} MiB")
    table.add_row("Maskinens last (1 min)", decimal(one.load, 1))
    table.add_row("Fra kommando til serveren svarer", f"{decimal(one.ready)} s")
    for first in one.first:
        table.add_row(f"Første Oversikt, {first.role}", f"{decimal(first.seconds)} s")
    p50, p95, _p99 = percentiles(one.cold)
    table.add_row("En side første gang, p50 og p95", f"{decimal(p50)} og {decimal(p95)} s")
    table.add_row("En side første gang, den tregeste", f"{decimal(max(one.cold))} s")
    return table
