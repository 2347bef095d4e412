"""What to load and how hard, as said on the command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
SCALES = ("small", "demo", "oslo")


@dataclass(frozen=True)
class Options:
    """``rate``: requests a second, for ``seconds``, by ``visitors`` at once.

    ``home``: an installation that has published, which is copied and not touched; None: the
    invented municipality is made at ``scale``. ``pages``: how many different ones of Skalering are
    looked at. ``unprepared``: nothing is made ready before the server starts.
    """

    home: Path | None
    scale: str
    databases: tuple[str, ...]
    rate: float
    seconds: float
    visitors: int
    pages: int
    unprepared: bool
    json: Path


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; ends the program with an explanation where it makes no sense."""
    said = _parser().parse_args(arguments)
    unknown = sorted(set(said.databases) - set(DATABASES))
    if unknown:
        raise SystemExit(f"Ukjent: {', '.join(unknown)}. Velg blant {', '.join(DATABASES)}.")
    return Options(**vars(said))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make load ARGS=…",
        description="Måler hvor raskt den virkelige serveren svarer under jevn belastning. Alt "
        "lages i BENCH_DATA, ellers i en midlertidig mappe, og fjernes etterpå.",
    )
    parser.add_argument("--home", type=Path, help="en installasjon som har publisert; kopieres")
    parser.add_argument("--scale", choices=SCALES, default="demo", help="uten --home (demo)")
    parser.add_argument(
        "--databases", type=_names, default=tuple(DATABASES), help=",".join(DATABASES)
    )
    parser.add_argument("--rate", type=float, default=50, help="forespørsler i sekundet (50)")
    parser.add_argument("--seconds", type=float, default=60, help="hvor lenge det måles (60)")
    parser.add_argument("--visitors", type=int, default=50, help="lesere samtidig (50)")
    parser.add_argument("--pages", type=int, default=14, help="sider av Skalering (14)")
    parser.add_argument(
        "--unprepared", action="store_true", help="uten det som gjøres klart etter en publisering"
    )
    parser.add_argument("--json", type=Path, default=Path("var/load.json"), help="resultatfil")
    return parser


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))
