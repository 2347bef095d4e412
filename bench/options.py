"""What to measure, as said on the command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import peers
from bench.methods import METHODS
from bench.questions import ALL, MEASURED

_UNITS = {"k": 1_000, "M": 1_000_000}
_INGESTED = 2_000_000
_QUICK = 1_000_000
_NONE = "ingen"


@dataclass(frozen=True)
class Options:
    """``rows``: sizes of the municipality, smallest first. ``ingested``: rows of the file, or 0.

    ``methods``: of effects and simulation, those to measure; may be none.
    """

    rows: tuple[int, ...]
    peers: tuple[str, ...]
    questions: tuple[str, ...]
    repeat: int
    ingested: int
    methods: tuple[str, ...]
    json: Path


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; ends the program with an explanation where it makes no sense."""
    said = _parser().parse_args(arguments)
    rows = (_QUICK,) if said.quick and any(said.rows) else said.rows
    return Options(
        rows=tuple(sorted(set(rows) - {0})),
        peers=_chosen(said.peers, peers.MODULES),
        questions=_chosen(said.questions or MEASURED, ALL),
        repeat=1 if said.quick and said.repeat is None else said.repeat or 3,
        ingested=min(said.ingest, _QUICK // 5) if said.quick else said.ingest,
        methods=() if said.methods == (_NONE,) else _chosen(said.methods, METHODS),
        json=said.json,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make bench ARGS=…",
        description="Måler vft mot andre på samme arbeid. Data lages i BENCH_DATA, ellers i en "
        "midlertidig mappe, og fjernes etterpå.",
    )
    parser.add_argument(
        "--rows",
        type=_sizes,
        default=(10_000_000, 100_000_000),
        help="hendelser, f.eks. 10M,100M; 0: ikke mål",
    )
    parser.add_argument("--peers", type=_names, default=None, help=",".join(peers.MODULES))
    parser.add_argument("--questions", type=_names, default=None, help=",".join(ALL))
    parser.add_argument("--repeat", type=int, default=None, help="gjentakelser (3)")
    parser.add_argument(
        "--ingest", type=_size, default=_INGESTED, help="rader i filen som leses inn; 0: ikke mål"
    )
    parser.add_argument(
        "--methods", type=_names, default=None, help=f"{','.join(METHODS)}; {_NONE}: ikke mål"
    )
    parser.add_argument("--quick", action="store_true", help="1M hendelser, én gang")
    parser.add_argument("--json", type=Path, default=Path("var/bench.json"), help="resultatfil")
    return parser


def _chosen(said: Sequence[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    unknown = sorted(set(said or ()) - set(known))
    if unknown:
        raise SystemExit(f"Ukjent: {', '.join(unknown)}. Velg blant {', '.join(known)}.")
    return tuple(name for name in known if said is None or name in said)


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_size(one) for one in text.split(","))


def _size(text: str) -> int:
    for letter, factor in _UNITS.items():
        if text.endswith(letter):
            return int(float(text[:-1]) * factor)
    return int(text)
