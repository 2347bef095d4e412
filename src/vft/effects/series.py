"""District series: level and slope after a start, against districts that had not started."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vft.effects import table
from vft.effects.arrays import Bools, Floats, Numbers
from vft.effects.autocorrelated import regress
from vft.effects.interval import Estimate
from vft.effects.panel import NEVER
from vft.effects.verdict import Verdict
from vft.tables.period import is_month

BEFORE, AFTER = 24, 12  #: fewest months on each side of a start
_FAKE_BEFORE, _FAKE_AFTER = 12, 6  # fewest months on each side of a fake date
_YEAR, _WAVES = 12, (1, 2)
_FALSE = 0.10  #: share of fake dates that may look like an effect
_DAY = re.compile(r"(-(0[1-9]|[12][0-9]|3[01])([ T]00:00:00(\.0+)?)?)?")


@dataclass(frozen=True, kw_only=True)
class Months:
    """Rows are units, columns months; NaN where not known.

    ``starts``: columns, ``NEVER`` for none; may lie outside the series, on either side.
    """

    units: tuple[str, ...]
    first: np.datetime64
    values: Floats
    starts: Numbers


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One unit's break. Units of the outcome; ``effect``: mean over the months after the start.

    ``level``: at the start; ``slope``: a month after it. ``glsar``: the same mean by a library.
    ``false_breaks``: share of fake dates whose interval leaves out no effect.
    """

    unit: str
    before: int
    after: int
    controls: int
    effect: Estimate | None
    level: Estimate | None
    slope: Estimate | None
    glsar: float | None
    false_breaks: float | None
    verdict: Verdict
    reasons: list[str]


def read(series: Path, starts: Path) -> Months:
    """SERIES (``unit,month,outcome``) and STARTS (``unit,month``), months as 2024-11.

    Raises:
        VftError: a file is missing or cannot be used.
    """
    return from_tables(table.read(series), table.read(starts), names=(series.name, starts.name))


def from_tables(
    series: pa.Table, starts: pa.Table, *, names: tuple[str, str] = ("SERIES", "STARTS")
) -> Months:
    """Both tables, rows in any order.

    Raises:
        FileRefused: with every fault of the first file that has any.
    """
    columns = table.Columns(table=series, faults=table.Faults(name=names[0]))
    columns.require(("unit", "month", "outcome"))
    unit, month = columns.keys("unit").astype(str), _months(columns)
    outcome = columns.numbers("outcome", low=-1e12, high=1e12, unit="")
    if not columns.faults.found:
        place = np.unique(unit, return_inverse=True)[1]
        columns.once((place, month), "enhet og måned", lambda n: str(unit[n]))
    columns.faults.refuse()
    units, row = np.unique(unit, return_inverse=True)
    values = np.full((len(units), int(month.max() - month.min()) + 1), np.nan)
    values[row, month - month.min()] = outcome
    return Months(
        units=tuple(units.tolist()),
        first=np.datetime64(int(month.min()), "M"),
        values=values,
        starts=_starts(starts, names[1], units, int(month.min())),
    )


def _starts(starts: pa.Table, name: str, units: NDArray[Any], first: int) -> Numbers:
    columns = table.Columns(table=starts, faults=table.Faults(name=name))
    columns.require(("unit", "month"))
    unit, month = columns.keys("unit").astype(str), _months(columns)
    columns.once((np.unique(unit, return_inverse=True)[1],), "enhet", lambda n: str(unit[n]))
    strange = sorted(set(unit.tolist()) - set(units.tolist()))
    columns.tell("unit", np.isin(unit, strange), "har ingen serie", "skriv enheten som i serien")
    columns.faults.refuse()
    found = np.full(len(units), NEVER)
    found[np.searchsorted(units, unit)] = month - first
    return found


def _months(columns: table.Columns) -> Numbers:
    """Months since 1970."""
    text = columns.table["month"].cast(pa.string()).fill_null("").to_pylist()
    # a year alone would else be its January, and nothing at all a month without a date
    wrong = [not is_month(value[:7]) or not _DAY.fullmatch(value[7:]) for value in text]
    columns.tell("month", wrong, "er ingen måned", "skriv måneden som 2024-11")
    known = ["1970-01" if no else value[:7] for no, value in zip(wrong, text, strict=True)]
    return np.array(known, dtype="datetime64[M]").astype(int)


def breaks(months: Months) -> list[Broken]:
    """Every unit that has started, against the mean of those that never do in the series.

    A unit that had started before the series says nothing of before, and is no control either.
    """
    never = months.starts >= months.values.shape[1]
    control = _mean(months.values[never]) if never.any() else None
    return [
        _broken(months, int(row), control, int(never.sum()))
        for row in np.flatnonzero(months.starts < NEVER)
    ]


def _mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _broken(months: Months, row: int, control: Floats | None, controls: int) -> Broken:
    y = months.values[row] - (0.0 if control is None else control)
    start = int(months.starts[row])
    known = np.isfinite(y)
    first = max(start, 0)
    before, after = int(known[:first].sum()), int(known[first:].sum())
    unit = months.units[row]
    if before < BEFORE or after < AFTER:
        why = (
            f"{unit} har {before} måneder før og {after} etter; "
            f"det må være minst {BEFORE} før og {AFTER} etter."
        )
        return _refused(unit, before, after, controls, why)
    found = fit(y, start)
    if found is None:
        why = f"{unit} mangler så mange måneder at brudd, trend og sesong ikke lar seg skille."
        return _refused(unit, before, after, controls, why)
    false = _false_breaks(y, start)
    reasons = []
    if control is None:
        reasons.append("Ingen enhet uten tjenesten å sammenligne med.")
    if false is not None and false > _FALSE:
        reasons.append(f"{false * 100:.0f} % av uekte datoer ser også ut som en effekt.")
    return Broken(
        unit=unit,
        before=before,
        after=after,
        controls=controls,
        **found,
        glsar=glsar(y, start),
        false_breaks=false,
        verdict="indicative" if reasons else "causal",
        reasons=reasons,
    )


def _refused(unit: str, before: int, after: int, controls: int, why: str) -> Broken:
    return Broken(
        unit=unit,
        before=before,
        after=after,
        controls=controls,
        effect=None,
        level=None,
        slope=None,
        glsar=None,
        false_breaks=None,
        verdict="refused",
        reasons=[why],
    )


def fit(y: Floats, start: int) -> dict[str, Estimate] | None:
    """``effect``, ``level`` and ``slope``, with trend, season and AR(1) errors.

    ``None`` where the known months cannot tell them apart.
    """
    known = np.isfinite(y)
    t = np.arange(len(y))
    x = _regressors(t, start)
    wanted = np.array([_mean_after(known, start), *np.eye(x.shape[1])[2:4]])
    found = regress(y[known], x[known], t[known], wanted=wanted)
    return dict(zip(("effect", "level", "slope"), found, strict=True)) if found else None


def glsar(y: Floats, start: int) -> float:
    """The same effect by statsmodels' GLSAR; its interval is too narrow in series of few years."""
    import statsmodels.api as sm  # type: ignore[import-untyped]  # it has no types

    known = np.isfinite(y)
    x = _regressors(np.arange(len(y)), start)[known]
    fitted = sm.GLSAR(y[known], x, rho=1).iterative_fit(maxiter=20)
    return float(_mean_after(known, start) @ fitted.params)


def _mean_after(known: Bools, start: int) -> Floats:
    """The combination of coefficients that is the mean over known months after the start."""
    t = np.flatnonzero(known)
    middle = (t[t >= start] - start).mean() if (t >= start).any() else 0.0
    return np.array([0.0, 0.0, 1.0, middle, *[0.0] * 2 * len(_WAVES)])


def _regressors(t: Numbers, start: int) -> Floats:
    """Constant, trend, level, slope, and two waves a year."""
    after = (t >= start).astype(float)
    waves = [f(2 * np.pi * k * t / _YEAR) for k in _WAVES for f in (np.sin, np.cos)]
    return np.column_stack([np.ones(len(t)), t, after, after * (t - start), *waves])


def _false_breaks(y: Floats, start: int) -> float | None:
    """The share of fake dates before the start that look like an effect; None where none fits."""
    dates = range(_FAKE_BEFORE, start - _FAKE_AFTER + 1, 3)
    found = [fitted["effect"] for date in dates if (fitted := fit(y[:start], date))]
    return (
        float(np.mean([not e.interval[0] <= 0 <= e.interval[1] for e in found])) if found else None
    )
