"""The load on a response service by routing model: how soon alarms are answered, and by how many.

Figures are means of replications with a 95 % interval (Student's t over replications). Erlang C is
given beside, hour by hour: what alarms alone would need if every hour were long and steady.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field
from scipy.stats import t as student  # type: ignore[import-untyped] # scipy publishes no types

from vft.errors import VftError
from vft.simulation import erlang_c, queue
from vft.simulation.alarms import Alarms, counted, drawn_alarms, whole_days
from vft.simulation.queue import Waits
from vft.simulation.response_load import HOURS, Model, ResponseLoad, Route, Team
from vft.tables.norwegian import number

SEED = 20240101
_SECONDS = 60.0
_MINUTES = 60.0
_DAYS = 365
_SURE = 0.975
#: Alarms of all routes and replications together: some minutes of work.
_MOST = 5_000_000


class Estimate(BaseModel):
    """A mean over replications, and the 95 % interval of that mean."""

    mean: float
    low: float
    high: float


class HourLoad(BaseModel):
    """One hour of the day, alarms alone. ``erlang``: offered load of those who answer."""

    hour: int
    alarms_per_day: float
    staff: int
    erlang: float
    answered_within: float | None = Field(description="Simulert; null uten alarmer.")
    erlang_c_answered_within: float | None = Field(description="null uten ansatte på vakt.")
    operators_needed: int = Field(description="Etter Erlang C, for målet, uten planlagt arbeid.")


class RouteLoad(BaseModel):
    """One routing model. Waits are the municipality's own alarms'; null where there are none."""

    model: Model
    title: str | None
    alarms_per_day: float
    answered_within: Estimate | None
    meets_target: bool | None
    share_waiting: Estimate | None
    mean_wait_seconds: Estimate | None
    never_answered: float | None = Field(
        description="Andel som ikke ble besvart før kjøringen sluttet."
    )
    call_outs_per_day: float
    mean_minutes_to_going_out: Estimate | None
    hours_per_year_answering: float = Field(description="Timer på egne alarmer, før utrykning.")
    hours_per_year_call_outs: float = Field(description="Timer på utrykning, med reise.")
    planned_delay_minutes: Estimate | None
    utilisation: Estimate
    nok_per_year: float | None = Field(description="Pris per alarm ganger alarmer i året.")
    by_hour: list[HourLoad]
    undocumented: list[str]
    warnings: list[str]


class ResponseLoadResult(BaseModel):
    """Every route, on the very same alarms."""

    title: str | None
    seed: int
    replications: int
    days: int
    within_seconds: float
    target: float
    routes: list[RouteLoad]


@dataclass(frozen=True, kw_only=True)
class _Replication:
    alarms: Alarms
    counted: NDArray[np.bool_]
    waits: Waits

    @property
    def answered(self) -> NDArray[np.float64]:
        """Seconds until answered, of what counts."""
        return self.waits.answered[self.counted] * _SECONDS


def response_load(load: ResponseLoad, *, seed: int = SEED) -> ResponseLoadResult:
    """Simulate every route of a file. The same seed gives the same figures.

    Raises:
        VftError: so many alarms that the queue would be run for hours, or a seed below 0.
    """
    _require_within_reach(load, seed)
    return ResponseLoadResult(
        title=load.title,
        seed=seed,
        replications=load.replications,
        days=load.days,
        within_seconds=load.service_level.within_seconds,
        target=load.service_level.target,
        routes=[_route(load, route, seed) for route in load.routes],
    )


def _require_within_reach(load: ResponseLoad, seed: int) -> None:
    others = sum(route.other_alarms_per_day for route in load.routes)
    a_day = load.alarms_per_day * len(load.routes) + others
    alarms = a_day * whole_days(load) * load.replications
    if alarms > _MOST or seed < 0:
        raise VftError(
            f"Køen kan kjøres for høyst {number(_MOST)} alarmer i alt, med frø fra 0; her er det "
            f"om lag {number(alarms)}. Velg færre døgn (days) eller gjentakelser (replications)."
        )


def _route(load: ResponseLoad, route: Route, seed: int) -> RouteLoad:
    runs = [_replicate(load, route, seed, number) for number in range(load.replications)]
    limit = load.service_level.within_seconds
    within = _estimate((_share(run.answered <= limit) for run in runs), most=1.0)
    team = load.home_service if route.team is None else route.team
    chosen = [run.alarms.comes[run.counted].size / load.days for run in runs]
    a_year = _DAYS / (load.days * load.replications)
    price, lacking = _price(route)
    return RouteLoad(
        model=route.model,
        title=route.title,
        alarms_per_day=float(np.mean(chosen)),
        answered_within=within,
        meets_target=None if within is None else within.mean >= load.service_level.target,
        share_waiting=_estimate((_share(run.answered > 0) for run in runs), most=1.0),
        mean_wait_seconds=_estimate(_mean(run.answered) for run in runs),
        never_answered=_never(runs),
        call_outs_per_day=sum(_going(run).size for run in runs) / (load.days * load.replications),
        mean_minutes_to_going_out=_estimate(_mean(_going(run)) for run in runs),
        hours_per_year_answering=a_year * sum(_worked(run, "answer") for run in runs),
        hours_per_year_call_outs=a_year * sum(_worked(run, "call_out") for run in runs),
        planned_delay_minutes=_estimate(_mean(run.waits.planned) for run in runs),
        utilisation=_utilisation(runs, team, load),
        nok_per_year=None if price is None else price * load.alarms_per_day * _DAYS,
        by_hour=list(_by_hour(load, route, team, runs)),
        undocumented=lacking,
        warnings=list(_warnings(load, route, team)),
    )


def _replicate(load: ResponseLoad, route: Route, seed: int, number: int) -> _Replication:
    alarms = drawn_alarms(load, route, seed=seed, replication=number)
    chance = np.random.default_rng([seed, number, 1])
    waits = queue.run(load, route, alarms, chance=chance)
    return _Replication(alarms=alarms, counted=counted(load, alarms), waits=waits)


def _going(run: _Replication) -> NDArray[np.float64]:
    """Minutes from the alarm until someone goes out, of alarms that need it."""
    return run.waits.going_out[run.counted & ~run.alarms.clarified]


def _worked(run: _Replication, what: str) -> float:
    """Hours of the counted alarms."""
    needs = run.counted if what == "answer" else run.counted & ~run.alarms.clarified
    return float(getattr(run.alarms, what)[needs].sum()) / _MINUTES


def _never(runs: list[_Replication]) -> float | None:
    answered = np.concatenate([run.answered for run in runs])
    return float(np.mean(~np.isfinite(answered))) if answered.size else None


def _share(which: NDArray[np.bool_]) -> float:
    return float(which.mean()) if which.size else np.nan


def _mean(values: NDArray[np.float64]) -> float:
    """Of what came about: what never did is told as a share of its own."""
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if finite.size else np.nan


def _estimate(values: Iterator[float], *, most: float = np.inf) -> Estimate | None:
    """Mean and interval of what replications gave; None where fewer than two gave anything.

    Nothing here can be below 0, and a share not above 1: nor can its interval.
    """
    found = np.array([value for value in values if np.isfinite(value)])
    if found.size <= 1:
        return None
    mean = float(found.mean())
    half = float(student.ppf(_SURE, found.size - 1) * found.std(ddof=1) / np.sqrt(found.size))
    return Estimate(mean=mean, low=max(0.0, mean - half), high=min(most, mean + half))


def _utilisation(runs: list[_Replication], team: Team, load: ResponseLoad) -> Estimate:
    on_duty = sum(team.staff) * _MINUTES * whole_days(load)
    found = _estimate((run.waits.worked / on_duty for run in runs), most=1.0)
    return found or Estimate(mean=0.0, low=0.0, high=0.0)


def _by_hour(
    load: ResponseLoad, route: Route, team: Team, runs: list[_Replication]
) -> Iterator[HourLoad]:
    came = np.concatenate([run.alarms.comes[run.counted] for run in runs])
    within = np.concatenate([run.answered for run in runs]) <= load.service_level.within_seconds
    hours = (came // _MINUTES).astype(int) % HOURS
    for hour, erlang in enumerate(_erlang(load, route)):
        here, staff = hours == hour, team.staff[hour]
        yield HourLoad(
            hour=hour,
            alarms_per_day=load.alarms_per_day * load.profile[hour],
            staff=staff,
            erlang=erlang,
            answered_within=float(within[here].mean()) if here.any() else None,
            erlang_c_answered_within=None
            if staff == 0
            else erlang_c.answered_within(
                load=erlang,
                operators=staff,
                handling_seconds=_each(load, route) * _SECONDS,
                within_seconds=load.service_level.within_seconds,
            ),
            operators_needed=erlang_c.operators_needed(
                load=erlang,
                handling_seconds=_each(load, route) * _SECONDS,
                within_seconds=load.service_level.within_seconds,
                target=load.service_level.target,
            ),
        )


def _each(load: ResponseLoad, route: Route) -> float:
    """Mean minutes that one alarm takes of those who answer."""
    if route.team is not None:
        return route.answer_minutes
    saved = 0.0 if load.locks is None else load.locks.share * load.locks.minutes_saved
    return route.answer_minutes + (1 - route.clarified_share) * (load.call_out_minutes - saved)


def _erlang(load: ResponseLoad, route: Route) -> list[float]:
    """Load on those who answer in each hour: alarms an hour times hours each."""
    alarms = load.alarms_per_day + route.other_alarms_per_day
    return [alarms * share * _each(load, route) / _MINUTES for share in load.profile]


def _price(route: Route) -> tuple[float | None, list[str]]:
    """Expected kroner per alarm, and why there are none where there are none."""
    if route.price_per_alarm is None:
        return None, ["price_per_alarm er ikke oppgitt: ingen kroner."]
    lacks = route.price_per_alarm.lacks("amount")
    found = route.price_per_alarm.distribution
    if lacks or found is None:
        return None, [f"price_per_alarm mangler {', '.join(lacks)}: ingen kroner."]
    return found.mean, []


def _warnings(load: ResponseLoad, route: Route, team: Team) -> Iterator[str]:
    loads = _erlang(load, route)
    if sum(loads) >= sum(team.staff):
        yield (
            "Alarmene alene tar mer tid enn de ansatte har i døgnet: køen vokser, og ventetiden "
            "avhenger av hvor lenge det kjøres."
        )
    tight = [hour for hour in range(HOURS) if loads[hour] >= team.staff[hour]]
    if tight:
        told = ", ".join(f"{hour:02d}" for hour in tight)
        yield f"I timene {told} kommer det mer enn de ansatte rekker: køen vokser mens de varer."
    if load.hourly_profile is None and load.alarms_per_day:
        yield "Døgnrytmen er anslått. Oppgi hourly_profile med egne tall."
