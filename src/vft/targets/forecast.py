"""Forecast of a monthly series to the end of a year, with an 80 % interval.

From eight months on a structural model (:mod:`vft.targets.structural`); with fewer the last level
is held, and the interval widens with the square root of the months ahead.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, computed_field

from vft.errors import VftError
from vft.tables.norwegian import counted
from vft.targets import counting_noise, level_shift, structural
from vft.targets.method import FEWEST, FEWEST_GROWTH, FEWEST_SEASONS, Method
from vft.targets.series import Series, months_after

Array = npt.NDArray[np.float64]
#: The interval holds the truth in this share of cases.
COVERAGE = 0.8
#: Months ahead that a forecast may reach.
_FURTHEST = 36
_CALM = (
    "Serien svinger mindre enn tilfeldigheter alene pleier å gi, og sier lite om hva som kan "
    "komme. Intervallet er minst så bredt som tall på så mange brukere pleier å svinge."
)


class MonthForecast(BaseModel):
    """One month ahead: the middle, and the 80 % interval."""

    month: str
    value: float
    low: float
    high: float


class Forecast(BaseModel):
    """One series.

    ``known``: complete months with a value. ``excluded``: months at the end that are not complete.
    ``missing``: months without a value before that. ``shifts``: months where a new level begins.
    ``year_end``: December; null where it is known.
    """

    unit: str | None
    year: int
    coverage: float
    method: Method
    known: int
    last_known: str
    excluded: list[str]
    missing: list[str]
    shifts: list[str]
    months: list[MonthForecast]
    notes: list[str]

    @computed_field  # type: ignore[prop-decorator]  # mypy has no decorated properties
    @property
    def year_end(self) -> MonthForecast | None:
        """December, where it is ahead."""
        return self.months[-1] if self.months else None


class Refused(BaseModel):
    """A series that cannot be forecast, and why."""

    unit: str | None
    reason: str


class Forecasts(BaseModel):
    """One forecast a series, and those that cannot be forecast."""

    forecasts: list[Forecast]
    refused: list[Refused]


def forecast(series: Series, *, year: int, keep_last: bool = False) -> Forecast:
    """The months from the last complete one to December.

    Args:
        series: months that are complete, with those that are not named.
        year: the year whose end is forecast.
        keep_last: use last months that look incomplete though nothing says that they are.

    Raises:
        VftError: fewer than three months are known, or December is more than three years ahead.
    """
    used, fallen = (series, ()) if keep_last else _without_fallen(series)
    values = np.array(used.values, np.float64)
    ahead = _ahead(used, year=year)
    places = level_shift.shifts(values)
    shifts = [used.months[place] for place in places]
    method, band = _projected(values, places, steps=max(len(ahead), 1))
    return Forecast(
        unit=series.unit,
        year=year,
        coverage=COVERAGE,
        method=method,
        known=used.known,
        last_known=used.months[-1],
        excluded=[*fallen, *series.incomplete],
        missing=list(used.missing),
        shifts=shifts,
        months=_months(ahead, band, is_count=bool((values[~np.isnan(values)] >= 0).all())),
        notes=[
            *_notes_of_months(series.incomplete, fallen, used),
            *(f"Nivåskift fra {month}." for month in shifts),
            *_notes_of_method(method, months=len(used.months), is_over=not ahead),
            *([_CALM] if ahead and counting_noise.is_calmer(values) else []),
        ],
    )


def forecasts(series: Sequence[Series], *, year: int, keep_last: bool = False) -> Forecasts:
    """Of each series that can be forecast; one that cannot does not stop the others.

    Raises:
        VftError: none can; says why of each.
    """
    done, refused = [], []
    for one in series:
        try:
            done.append(forecast(one, year=year, keep_last=keep_last))
        except VftError as error:
            refused.append(Refused(unit=one.unit, reason=str(error)))
    if not done:
        raise VftError("\n".join(dict.fromkeys(one.reason for one in refused)))
    return Forecasts(forecasts=done, refused=refused)


def _ahead(used: Series, *, year: int) -> list[str]:
    """The months to forecast."""
    if used.known < FEWEST:
        raise VftError(
            f"Serien{_named(used)} har {counted(used.known, 'komplett måned', 'komplette måneder')}"
            f" med tall. En prognose trenger minst {FEWEST}."
        )
    ahead = months_after(used.months[-1], last=f"{year}-12")
    if len(ahead) > _FURTHEST:
        raise VftError(
            f"Det er {len(ahead)} måneder fra {used.months[-1]} til utgangen av {year}. Lengre enn "
            f"{_FURTHEST} måneder fram sier en tidsserie ingenting."
        )
    return ahead


def _without_fallen(series: Series) -> tuple[Series, tuple[str, ...]]:
    """Without last months that look half delivered."""
    count = level_shift.fallen_at_end(np.array(series.values, np.float64))
    if not count:
        return series, ()
    kept = series.until(series.months[-count - 1])
    return kept, series.months[-count:]


def _projected(values: Array, places: Sequence[int], *, steps: int) -> tuple[Method, Array]:
    """Method, and middle, low and high of each month ahead. Shape (steps, 3)."""
    known = values[~np.isnan(values)]
    if known.size < FEWEST_GROWTH or np.ptp(known) == 0:
        return Method.LEVEL, _wandering(values, steps)
    return structural.projected(values, places, steps=steps, coverage=COVERAGE)


def _wandering(values: Array, steps: int) -> Array:
    """From the last month on, with the changes there have been: nothing to tell growth by."""
    from scipy.stats import t  # type: ignore[import-untyped]  # SciPy has no types

    known = np.flatnonzero(~np.isnan(values))
    changes = np.diff(values[known]) / np.sqrt(np.diff(known))
    least = counting_noise.variance(values, level=float(values[known[-1]]))
    scale = np.sqrt(max(float(np.mean(changes**2)), least))
    since = values.size - 1 - known[-1]
    half = (
        t.ppf((1 + COVERAGE) / 2, changes.size) * scale * np.sqrt(since + np.arange(1, steps + 1))
    )
    middle = np.full(steps, values[known[-1]])
    return np.column_stack([middle, middle - half, middle + half])


def _months(ahead: Sequence[str], band: Array, *, is_count: bool) -> list[MonthForecast]:
    """Nobody is ever fewer than none."""
    least = 0.0 if is_count else -np.inf
    return [
        MonthForecast(month=month, value=value, low=low, high=high)
        for month, (value, low, high) in zip(ahead, np.maximum(band, least).tolist(), strict=False)
    ]


def _notes_of_months(
    incomplete: Sequence[str], fallen: Sequence[str], used: Series
) -> Iterator[str]:
    if incomplete:
        yield f"{_listed(incomplete)} er ikke komplett og er holdt utenfor."
    if fallen:
        yield (
            f"{_listed(fallen)} ligger langt under månedene før, som om bare en del er levert, og "
            "er holdt utenfor. Er tallet riktig, bruk --keep-last."
        )
    by_reason: dict[str, list[str]] = {}
    for month in used.missing:
        by_reason.setdefault(used.reasons.get(month, "mangler"), []).append(month)
    for reason, months in by_reason.items():
        yield f"{_listed(months)} {reason}, og er ikke regnet som 0."


def _notes_of_method(method: Method, *, months: int, is_over: bool) -> Iterator[str]:
    if method is Method.LEVEL:
        yield "Serien er for kort eller for jevn til å regne med vekst: nivået er holdt."
    elif method is Method.GROWTH and months < FEWEST_SEASONS:
        yield "Serien er for kort til å regne med sesong."
    if is_over:
        yield "Året er ferdig: det er ingen måneder å anslå."


def _listed(months: Sequence[str]) -> str:
    return ", ".join(months)


def _named(series: Series) -> str:
    return f" for {series.unit}" if series.unit else ""
