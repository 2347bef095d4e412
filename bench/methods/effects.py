"""Design B against pyfixest on the same panel: seconds and peak memory, each in its own process.

``make bench ARGS="--rows 0 --ingest 0 --methods effects"``. Who starts is here left to chance, so
that the library's local projections (``lpdid``), which compare with the untreated as they stand,
answer B's question too, and the two must agree. Where those in need start first, as they do, only
B finds the truth (docs/methods/statistics.md). ``feols`` is the yardstick of what one fast
regression on the same rows takes: its two-way fixed effects answer another question.
"""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.compare import AnswersDiffer
from bench.measure import alone
from bench.methods.timing import Answer, Timed, in_turn, timed
from bench.results import Worked

RECIPIENTS, PERIODS, ADOPTERS = 14_000, 52, 1_000
#: Of the panel that each works through once before it is timed.
_WARM_UP = 1_500, 52, 150
_SEED = 1
FIRST, LAST = 2, 9
#: The two match and weigh different controls: standard errors that they may differ by.
FAR = 4.0
_ALIKE = ("vft", "lpdid")


def run(*, repeat: int = 3) -> list[Worked]:
    """B and the library in turn, ``repeat`` times each.

    Raises:
        AnswersDiffer: B and the local projections are further apart than chance.
    """
    with tempfile.TemporaryDirectory(prefix="vft-bench-") as name:
        folder = Path(name)
        for size, panel in (("warm", _WARM_UP), ("full", (RECIPIENTS, PERIODS, ADOPTERS))):
            alone(write, folder / size, *panel)
        works = {who: partial(measured, who, folder) for who in _ANSWERS}
        found = in_turn("effects", works, repeat=repeat)
    require_alike(found)
    return found


def require_alike(found: Sequence[Worked]) -> None:
    """Hold those that answer the same question together.

    Raises:
        AnswersDiffer: they are further apart than chance.
    """
    first, second = (next(w.answer for w in found if w.peer == peer) for peer in _ALIKE)
    error = (first["error"] ** 2 + second["error"] ** 2) ** 0.5
    if not abs(first["estimate"] - second["estimate"]) < FAR * error:
        raise AnswersDiffer(f"effects: vft {first}, lpdid {second}")


def write(folder: Path, recipients: int, periods: int, adopters: int) -> None:
    """The two files of a made world in which who starts is left to chance."""
    import pyarrow.parquet as pq

    from vft.sources.invented.config import Dispenser
    from vft.sources.invented.worlds import World

    chance = Dispenser(jump=0.0, level=0.0, segment=0.0)
    changes = {"adopters": adopters, "dispenser": chance}
    drawn = World(recipients=recipients, periods=periods, changes=changes).draw(_SEED)
    folder.mkdir()
    pq.write_table(drawn.panel, folder / "panel.parquet")
    pq.write_table(drawn.adoptions, folder / "adoptions.parquet")


def measured(who: str, folder: Path) -> Timed:
    """One answer, from files to figures; imports and compilation are not what is compared."""
    answer = _ANSWERS[who]
    answer(folder / "warm")
    return timed(who, partial(answer, folder / "full"))


def _b(folder: Path) -> Answer:
    from vft.effects import controlled, files

    panel = files.read(folder / "panel.parquet", folder / "adoptions.parquet")
    found = controlled.controlled(panel).effect
    assert found is not None
    return {"estimate": found.value, "error": found.error}


def _lpdid(folder: Path) -> Answer:
    import pyfixest

    rows = _rows(folder).dropna(subset=["outcome"])
    rows["start"] = rows["start"].fillna(0).astype(int)
    fitted = pyfixest.lpdid(
        rows[["outcome", "recipient_id", "period", "start"]],
        yname="outcome",
        idname="recipient_id",
        tname="period",
        gname="start",
        pre_window=2,
        post_window=LAST,
        never_treated=0,
        att=False,
    ).tidy()
    steady = fitted.loc[[f"time_to_treatment::{time}" for time in range(FIRST, LAST + 1)]]
    # the errors of the moments go together, so their mean is no smaller than one of them
    error = float(steady["Std. Error"].mean())
    return {"estimate": float(steady["Estimate"].mean()), "error": error}


def _feols(folder: Path) -> Answer:
    import pyfixest

    rows = _rows(folder)
    since = rows["period"] - rows["start"]
    rows["treated"] = (since >= FIRST).fillna(value=False).astype(float)
    rows = rows[~since.isin(range(FIRST))]
    fitted = pyfixest.feols(
        "outcome ~ treated | recipient_id + period",
        rows,
        vcov={"CRV1": "recipient_id"},
        fixef_rm="none",
    )
    return {name: float(of()["treated"]) for name, of in _told(fitted).items()}


def _told(fitted: Any) -> dict[str, Callable[[], Any]]:
    return {"estimate": fitted.coef, "error": fitted.se}


def _rows(folder: Path) -> Any:
    """Recipients at home, with the period in which each started."""
    import pandas as pd

    rows = pd.read_parquet(folder / "panel.parquet")
    starts = pd.read_parquet(folder / "adoptions.parquet").rename(columns={"period": "start"})
    return rows[rows["present"]].merge(starts, on="recipient_id", how="left")


_ANSWERS: dict[str, Callable[[Path], Answer]] = {"vft": _b, "lpdid": _lpdid, "feols": _feols}
