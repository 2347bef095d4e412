"""What is to be reached, and whether it was. A figure that was not measured is said to be so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bench.results import Results, ratio

_MOST_TO_SQL = 1.2
_MOST_TO_POLARS = 1.0
_LEAST_OVER = {"postgres": 3.0, "pandas": 1.5}
_MOST_GROWTH = 1.05  # per row: 10.5 times for ten times as many rows
_MOST_MONTH = 0.06
_MOST_MEMORY = 4 << 30
_LEAST_RATE = {"csv": 200_000, "parquet": 500_000}
#: B of 1,000 adopters among 14,000 recipients; 100,000 draws.
_MOST_SECONDS = {"effects": 10.0, "simulation": 1.5}
_SMALL = 10_000_000
_NAMES = {
    "postgres": "PostgreSQL",
    "pandas": "pandas",
    "csv": "CSV",
    "parquet": "Parquet",
    "effects": "Metode B for 1 000 brukere",
    "simulation": "Simulering med 100 000 trekninger",
}


@dataclass(frozen=True)
class Target:
    """``figure`` and ``limit`` as they are shown; ``reached`` is None where that cannot be said."""

    says: str
    figure: str
    limit: str
    reached: bool | None


def targets(results: Results) -> list[Target]:
    """Every target for every size measured. They hold from ten million events on."""
    found: list[Target] = []
    for rows in results.sizes:
        of_size = [
            *_against_peers(results, rows),
            _one_month(results, rows),
            _memory(results, rows),
        ]
        found += of_size if rows >= _SMALL else [replace(one, reached=None) for one in of_size]
    return found + list(_growth(results)) + list(_ingestion(results)) + list(_methods(results))


def millions(rows: int) -> str:
    """``10 M``."""
    return f"{rows / 1_000_000:g} M".replace(".", ",")


def decimal(value: float, places: int = 2) -> str:
    """A number as Norwegians write it."""
    return f"{value:.{places}f}".replace(".", ",")


def _against_peers(results: Results, rows: int) -> Iterator[Target]:
    vft = results.of(rows=rows, span="full", peer="vft")
    for peer, name, most in (
        ("sql", "håndskrevet SQL", _MOST_TO_SQL),
        ("polars", "Polars", _MOST_TO_POLARS),
    ):
        found = ratio(vft, results.of(rows=rows, span="full", peer=peer))
        yield _target(
            f"Full beregning mot {name}, {millions(rows)}",
            found,
            f"høyst {decimal(most, 1)} ×",
            shown=lambda x: f"{decimal(x)} ×",
            reached=lambda x, most=most: x <= most,
        )
    for peer, least in _LEAST_OVER.items():
        if rows > _SMALL:
            continue
        found = ratio(results.of(rows=rows, span="full", peer=peer), vft)
        yield _target(
            f"Raskere enn {_NAMES[peer]}, {millions(rows)}",
            found,
            f"minst {decimal(least, 1)} ×",
            shown=lambda x: f"{decimal(x)} ×",
            reached=lambda x, least=least: x >= least,
        )


def _one_month(results: Results, rows: int) -> Target:
    month = results.of(rows=rows, span="month", peer="vft")
    return _target(
        f"Én endret måned av full beregning, {millions(rows)}",
        ratio(month, results.of(rows=rows, span="full", peer="vft")),
        f"høyst {decimal(_MOST_MONTH * 100, 0)} %",
        shown=lambda x: f"{decimal(x * 100, 1)} %",
        reached=lambda x: x <= _MOST_MONTH,
    )


def _memory(results: Results, rows: int) -> Target:
    return _target(
        f"Høyeste minnebruk, {millions(rows)}",
        results.peak(rows=rows, peer="vft"),
        "under 4 GiB",
        shown=lambda x: f"{decimal(x / (1 << 30))} GiB",
        reached=lambda x: x < _MOST_MEMORY,
    )


def _growth(results: Results) -> Iterator[Target]:
    sizes = [rows for rows in results.sizes if rows >= _SMALL]
    for small, large in pairwise(sizes):
        most = _MOST_GROWTH * large / small
        yield _target(
            f"Vekst fra {millions(small)} til {millions(large)}",
            ratio(
                results.of(rows=large, span="full", peer="vft"),
                results.of(rows=small, span="full", peer="vft"),
            ),
            f"høyst {decimal(most, 1)} ×",
            shown=lambda x: f"{decimal(x)} ×",
            reached=lambda x, most=most: x <= most,
        )


def _ingestion(results: Results) -> Iterator[Target]:
    for taken in results.taken:
        least = _LEAST_RATE[taken.kind]
        yield _target(
            f"Innlesing av {_NAMES[taken.kind]} med kontroll, rader per sekund",
            taken.rate,
            f"minst {_grouped(least)}",
            shown=_grouped,
            reached=lambda x, least=least: x >= least,
        )


def _methods(results: Results) -> Iterator[Target]:
    for method, most in _MOST_SECONDS.items():
        vft = results.by_vft(method)
        yield _target(
            _NAMES[method],
            None if vft is None else vft.median,
            f"høyst {decimal(most, 1)} s",
            shown=lambda x: f"{decimal(x)} s",
            reached=lambda x, most=most: x <= most,
        )


def _grouped(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u00a0")


def _target(
    says: str,
    figure: float | None,
    limit: str,
    *,
    shown: Callable[[float], str],
    reached: Callable[[float], bool],
) -> Target:
    if figure is None:
        return Target(says=says, figure="–", limit=limit, reached=None)
    return Target(says=says, figure=shown(figure), limit=limit, reached=reached(figure))
