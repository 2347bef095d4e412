"""Design B against pyfixest on the same panel: seconds and peak memory, each in its own process.

``python -m bench.methods.effects``. The library's two-way fixed effects answer another, easier
question (see docs/methods/statistics.md for what its answer is worth): it is the yardstick of what
one fast regression on the same rows takes.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.measure import alone, peak_memory

RECIPIENTS, PERIODS, ADOPTERS = 14_000, 52, 1_000
_SEED = 1


@dataclass(frozen=True)
class Took:
    """``estimate`` in minutes a week; ``seconds`` from files to answer; ``peak`` in bytes."""

    estimate: float
    seconds: float
    peak: int


@dataclass(frozen=True)
class Compared:
    """One answer's medians over the repeats."""

    name: str
    estimate: float
    seconds: float
    peak: int


def compare(*, repeat: int = 3) -> list[Compared]:
    """B and the library in turn, ``repeat`` times each."""
    with tempfile.TemporaryDirectory(prefix="vft-bench-") as folder:
        alone(_write, folder)
        took: dict[str, list[Took]] = {name: [] for name in _ANSWERS}
        for _ in range(repeat):
            for name, times in took.items():
                times.append(alone(_measured, name, folder))
    return [
        Compared(
            name=name,
            estimate=times[0].estimate,
            seconds=median(t.seconds for t in times),
            peak=max(t.peak for t in times),
        )
        for name, times in took.items()
    ]


def _write(folder: str) -> None:
    import pyarrow.parquet as pq

    from vft.sources.invented.worlds import World

    world = World(recipients=RECIPIENTS, periods=PERIODS, changes={"adopters": ADOPTERS})
    drawn = world.draw(_SEED)
    pq.write_table(drawn.panel, Path(folder) / "panel.parquet")
    pq.write_table(drawn.adoptions, Path(folder) / "adoptions.parquet")


def _measured(name: str, folder: str) -> Took:
    answer = _ANSWERS[name]
    answer(Path(folder))  # imports and just-in-time compilation are not what is compared
    begun = time.perf_counter()
    estimate = answer(Path(folder))
    return Took(estimate=estimate, seconds=time.perf_counter() - begun, peak=peak_memory())


def _b(folder: Path) -> float:
    from vft.effects import controlled, files

    panel = files.read(folder / "panel.parquet", folder / "adoptions.parquet")
    found = controlled.controlled(panel).effect
    assert found is not None
    return found.value


def _pyfixest(folder: Path) -> float:
    import pandas as pd
    import pyfixest

    rows = pd.read_parquet(folder / "panel.parquet")
    starts = pd.read_parquet(folder / "adoptions.parquet").rename(columns={"period": "start"})
    rows = rows[rows["present"]].merge(starts, on="recipient_id", how="left")
    since = rows["period"] - rows["start"]
    rows["treated"] = (since >= 2).fillna(value=False).astype(float)
    rows = rows[~since.isin([0, 1])]
    fitted = pyfixest.feols(
        "outcome ~ treated | recipient_id + period",
        rows,
        vcov={"CRV1": "recipient_id"},
        fixef_rm="none",
    )
    return float(fitted.coef()["treated"])


_ANSWERS: dict[str, Callable[[Path], float]] = {"vft": _b, "pyfixest": _pyfixest}


if __name__ == "__main__":
    for one in compare():
        print(
            f"{one.name:9} {one.estimate:8.1f} min/uke {one.seconds:6.2f} s "
            f"{one.peak / 2**20:7.0f} MiB"
        )
