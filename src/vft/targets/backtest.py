"""Back-test: what the forecast would have said at each of many earlier months, against what came.

A month ahead is covered when what came lies within its interval.
"""

from collections.abc import Iterator, Sequence
from math import isnan

from pydantic import BaseModel

from vft.errors import VftError
from vft.targets.forecast import COVERAGE, Forecast, forecast
from vft.targets.method import FEWEST
from vft.targets.series import Series

#: What a nominal 80 % may come out as before the forecast is not to be trusted.
ACCEPTED = (0.72, 0.88)


class UnitCoverage(BaseModel):
    """One unit. ``months``: months ahead that were known; ``covered``: those within."""

    unit: str | None
    origins: int
    months: int
    covered: int
    coverage: float | None
    mean_error: float | None


class Backtest(BaseModel):
    """``coverage``: share covered over all; ``year_end``: of the Decembers alone.

    ``accepted``: whether the coverage is between the limits. ``mean_error``: mean absolute
    difference in users between the middle of the forecast and what came.
    """

    nominal: float
    limits: tuple[float, float]
    origins: int
    months: int
    coverage: float
    year_end: float | None
    mean_error: float
    accepted: bool
    units: list[UnitCoverage]


class _Outcome(BaseModel):
    """One month ahead of one origin."""

    is_year_end: bool
    is_covered: bool
    error: float


def backtest(series: Sequence[Series], *, origins: int = 24, fewest: int = 12) -> Backtest:
    """Forecast to year-end from each of the last months that has one ahead.

    Args:
        series: one a unit.
        origins: months to forecast from, at most, the last ones.
        fewest: months that are known before the first forecast.

    Raises:
        VftError: no series is long enough.
    """
    found = {place: list(_of_unit(one, origins, fewest)) for place, one in enumerate(series)}
    outcomes = [out for tries in found.values() for one in tries for out in one]
    if not outcomes:
        raise VftError(
            f"Ingen av seriene er lange nok: en etterprøving trenger minst {max(fewest, FEWEST)} "
            "måneder før den første prognosen, og minst én måned etter."
        )
    coverage = _share(outcomes)
    return Backtest(
        nominal=COVERAGE,
        limits=ACCEPTED,
        origins=sum(len(tries) for tries in found.values()),
        months=len(outcomes),
        coverage=coverage,
        year_end=_share(ends) if (ends := [o for o in outcomes if o.is_year_end]) else None,
        mean_error=sum(out.error for out in outcomes) / len(outcomes),
        accepted=ACCEPTED[0] <= coverage <= ACCEPTED[1],
        units=[_unit(series[place].unit, tries) for place, tries in found.items()],
    )


def _of_unit(series: Series, origins: int, fewest: int) -> Iterator[list[_Outcome]]:
    """For each origin, the months ahead that are known."""
    known = dict(zip(series.months, series.values, strict=True))
    places = range(max(fewest, FEWEST), len(series.months))
    for place in list(places)[-origins:]:
        origin = series.months[place - 1]
        past = series.until(origin)
        if sum(not isnan(value) for value in past.values) < FEWEST:
            continue
        # from December the next year's end is ahead
        year = int(series.months[place][:4])
        outcomes = list(_outcomes(forecast(past, year=year, keep_last=True), known))
        if outcomes:
            yield outcomes


def _outcomes(said: Forecast, known: dict[str, float]) -> Iterator[_Outcome]:
    for month in said.months:
        came = known.get(month.month)
        if came is None or isnan(came):
            continue
        yield _Outcome(
            is_year_end=month.month.endswith("-12"),
            is_covered=month.low <= came <= month.high,
            error=abs(month.value - came),
        )


def _unit(unit: str | None, tries: Sequence[Sequence[_Outcome]]) -> UnitCoverage:
    outcomes = [out for one in tries for out in one]
    return UnitCoverage(
        unit=unit,
        origins=len(tries),
        months=len(outcomes),
        covered=sum(out.is_covered for out in outcomes),
        coverage=_share(outcomes) if outcomes else None,
        mean_error=sum(out.error for out in outcomes) / len(outcomes) if outcomes else None,
    )


def _share(outcomes: Sequence[_Outcome]) -> float:
    return sum(out.is_covered for out in outcomes) / len(outcomes)
