"""Validated ingestion through the real thing: vault, checks, pseudonyms, lake and receipt."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from bench.data.delivery import FILES
from bench.inputs import warm
from bench.measure import alone, peak_memory

#: The mappings that come with the package, by the file's kind.
_MAPPINGS = {"csv": "gerica.oppdrag", "parquet": "gerica.oppdrag.parquet"}


@dataclass(frozen=True)
class Ingested:
    """``rows``: read from the file; ``bad``: of them, put in quarantine."""

    rows: int
    bad: int
    seconds: float
    cpu: float
    peak: int


def ingest(kind: str, *, files: Path, home: Path) -> Ingested:
    """Take a file into an empty installation, in a process of its own."""
    shutil.rmtree(home, ignore_errors=True)
    found: Ingested = alone(_ingested, kind, files / FILES[kind], home)
    shutil.rmtree(home)
    return found


def _ingested(kind: str, path: Path, home: Path) -> Ingested:
    from vft.lake import keys
    from vft.lake.lake import Lake
    from vft.lake.receive import receive
    from vft.lake.vault import Vault
    from vft.sources import mapping

    made = keys.create(home / "keys")
    vault = Vault(home / "vault", made)
    chosen = mapping.ready()[_MAPPINGS[kind]]
    warm(path)
    begun, cpu = time.perf_counter(), time.process_time()
    delivery = receive(Lake(home / "lake"), vault, path, chosen, made.pseudonymiser())
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    _require_loaded(delivery.status, delivery.rows_read, delivery.rows_bad)
    return Ingested(
        rows=delivery.rows_read,
        bad=delivery.rows_bad,
        seconds=seconds,
        cpu=cpu,
        peak=peak_memory(),
    )


class NotLoaded(Exception):
    """The file was not taken in as it should be, so no figure may be printed."""


def _require_loaded(status: str, rows: int, bad: int) -> None:
    if status != "loaded" or not 0 < bad < rows / 100:
        raise NotLoaded(f"status {status}, {rows} rader, {bad} med feil")
