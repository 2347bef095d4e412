"""Money over years: gross, costs, net, payback and present value.

Year 1 is not discounted: the present value is Σ (benefit − cost) / (1 + rate)^t from t = 0, and
start-up is paid at t = 0. A last year that is not whole counts for its part.
"""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from vft.benefits.case import Case
from vft.benefits.documented import Number, added, less, times
from vft.benefits.result import Economy, Payback, Sum, Year

_UNKNOWN = float("nan")


def economy(*, gross: Number, running: Number, start_up: Number, case: Case) -> Economy:
    """What a yearly gross benefit comes to, kroner, with these costs; null where not documented."""
    net = less(gross, running)
    state, years = payback(net=net, start_up=start_up)
    second = times(gross, 1 + case.need_growth)
    return Economy(
        gross_per_year=gross,
        running_costs_per_year=running,
        start_up_costs=start_up,
        net_per_year=net,
        first_year=_sum(gross, added((running, start_up))),
        later_years=_sum(second, running),
        horizon_years=case.horizon_years,
        horizon=_over(gross, running, start_up, case, rate=0.0),
        discount_rate=case.discount_rate,
        present_value=_over(gross, running, start_up, case, rate=case.discount_rate),
        years=_schedule(gross, running, start_up, case),
        payback=state,
        payback_years=years,
        undocumented=_undocumented(gross, running, start_up, case),
    )


def _undocumented(gross: Number, running: Number, start_up: Number, case: Case) -> tuple[str, ...]:
    missing = {
        "Brutto er ikke kjent: noe av aktiviteten har ingen kroner.": gross is None,
        "Årlige kostnader er ikke dokumentert: netto er ikke kjent.": running is None,
        "Kostnader ved oppstart er ikke dokumentert: netto er ikke kjent.": start_up is None,
        "Antall år (horizon_years) er ikke oppgitt: ingen sum over år, ingen nåverdi.": (
            case.horizon_years is None
        ),
    }
    return tuple(sentence for sentence, is_missing in missing.items() if is_missing)


def payback(*, net: Number, start_up: Number) -> tuple[Payback, Number]:
    """Years until the start-up is earned by an unchanged yearly net; none where it never is."""
    if start_up is None or net is None:
        return "not_documented", None
    if net < 0 or (net == 0 and start_up > 0):
        return "never", None
    return ("paid_back", start_up / net) if start_up > 0 else ("at_once", 0.0)


def _shares(horizon: float) -> NDArray[np.float64]:
    """How much of each year is within the horizon."""
    return np.minimum(1.0, horizon - np.arange(ceil(horizon), dtype=np.float64))


def _flows(
    gross: Number, running: Number, start_up: Number, case: Case, horizon: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Benefit and cost of each year; not a number where not documented."""
    shares = _shares(horizon)
    grown = (1 + case.need_growth) ** np.arange(len(shares))
    benefits = _known(gross) * shares * grown
    costs = _known(running) * shares
    costs[0] += _known(start_up)
    return benefits, costs


def _over(gross: Number, running: Number, start_up: Number, case: Case, *, rate: float) -> Sum:
    """The years together, in the value of the first; the residual value when they have gone."""
    horizon = case.horizon_years
    if horizon is None:
        return Sum(gross=None, costs=None, net=None)
    benefits, costs = _flows(gross, running, start_up, case, horizon)
    discount = (1 + rate) ** -np.arange(len(benefits), dtype=np.float64)
    residual = (case.residual_value or 0.0) * (1 + rate) ** -horizon
    return _sum(_told(float(benefits @ discount)), less(_told(float(costs @ discount)), residual))


def _schedule(gross: Number, running: Number, start_up: Number, case: Case) -> tuple[Year, ...]:
    horizon = case.horizon_years
    if horizon is None:
        return ()
    benefits, costs = _flows(gross, running, start_up, case, horizon)
    present = (benefits - costs) / (1 + case.discount_rate) ** np.arange(len(benefits))
    rows = zip(_shares(horizon), benefits, costs, present, strict=True)
    return tuple(
        Year(
            year=year,
            share_of_year=float(share),
            **_sum(_told(benefit), _told(cost)).model_dump(),
            net_present=_told(value),
        )
        for year, (share, benefit, cost, value) in enumerate(rows, start=1)
    )


def _sum(gross: Number, costs: Number) -> Sum:
    return Sum(gross=gross, costs=costs, net=less(gross, costs))


def _known(value: Number) -> float:
    return _UNKNOWN if value is None else value


def _told(value: float) -> Number:
    return None if np.isnan(value) else float(value)
