"""The load on a response service by routing model: how soon alarms are answered, and by how many.

Figures are means of replications with a 95 % interval (Student's t over replications). Erlang C is
given beside, hour by hour: what alarms alone would need if every hour were long and steady.
A route whose alarms are more than those on duty can do has no usual wait, and is not run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field
from scipy.stats import t as student  # type: ignore[import-untyped] # scipy publishes no types

from vft.errors import VftError
from vft.simulation import capacity, erlang_c, queue
from vft.simulation.alarms import Alarms, counted, drawn_alarms, whole_days
from vft.simulation.queue import Waits
from vft.simulation.response_load import HOURS, Model, ResponseLoad, Route, Team
from vft.tables.norwegian import decimal, number

SEED = 20240101
_SECONDS = 60.0
_MINUTES = 60.0
_DAYS = 365
_SURE = 0.975
#: From so many times what is possible, one decimal tells it.
_PLAINLY_MORE = 1.05
#: Alarms and planned work of all routes and replications together: some minutes of work.
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
    """One routing model. Waits are the municipality's own alarms'.

    They are null where there are no alarms, and where the queue grows: a wait then tells only how
    long it was run.
    """

    model: Model
    title: str | None
    alarms_per_day: float
    demand: float = Field(
        description="Arbeidet som kommer til dem som svarer, alarmer og planlagt, delt på timene "
        "de er på vakt; fra 1 vokser køen."
    )
    home_demand: float = Field(
        description="Det samme for hjemmetjenesten: utrykninger og planlagt arbeid."
    )
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
    utilisation: Estimate | None = Field(
        description="Andelen av vakten som er arbeid, høyst 1: den som gjør ferdig noe etter vakt, "
        "er ikke mer enn opptatt. null når køen vokser."
    )
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
    #: None where the queue is not run.
    waits: Waits | None

    @property
    def is_run(self) -> bool:
        """Whether alarms stood in a queue."""
        return self.waits is not None

    @property
    def answered(self) -> NDArray[np.float64]:
        """Seconds until answered, of what counts; nothing where the queue is not run."""
        if self.waits is None:
            return np.empty(0)
        return self.waits.answered[self.counted] * _SECONDS


def response_load(
    load: ResponseLoad, *, seed: int = SEED, tell: Callable[[int, int], None] | None = None
) -> ResponseLoadResult:
    """Simulate every route of a file. The same seed gives the same figures.

    Args:
        load: the file.
        seed: decides every draw.
        tell: called with how many replications are done, and of how many.

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
        routes=[_route(load, route, runs) for route, runs in _runs(load, seed, tell)],
    )


def _require_within_reach(load: ResponseLoad, seed: int) -> None:
    if seed < 0:
        raise VftError(f"Frøet må være fra 0, ikke {number(seed)}.")
    a_day = sum(
        load.alarms_per_day + route.other_alarms_per_day + _pieces(load, route)
        for route in load.routes
    )
    events = a_day * whole_days(load) * load.replications
    if events > _MOST:
        raise VftError(
            f"Køen kan kjøres for høyst {number(_MOST)} alarmer og planlagte oppgaver i alt; her "
            f"er det om lag {number(events)}. Velg færre døgn (days) eller gjentakelser "
            "(replications)."
        )


def _pieces(load: ResponseLoad, route: Route) -> int:
    """Planned work a day of the teams of a route."""
    teams = [load.home_service, *([] if route.team is None else [route.team])]
    return sum(work.per_day for team in teams for work in team.planned)


def _runs(
    load: ResponseLoad, seed: int, tell: Callable[[int, int], None] | None
) -> Iterator[tuple[Route, list[_Replication]]]:
    """The replications of each route, told of one by one."""
    whole = len(load.routes) * load.replications
    for place, route in enumerate(load.routes):
        runs = []
        for replication in range(load.replications):
            runs.append(_replicate(load, route, seed, replication))
            if tell is not None:
                tell(place * load.replications + replication + 1, whole)
        yield route, runs


def _replicate(load: ResponseLoad, route: Route, seed: int, number: int) -> _Replication:
    alarms = drawn_alarms(load, route, seed=seed, replication=number)
    chance = np.random.default_rng([seed, number, 1])
    grows = capacity.answering(load, route).alarms_grow
    waits = None if grows else queue.run(load, route, alarms, chance=chance)
    return _Replication(alarms=alarms, counted=counted(load, alarms), waits=waits)


def _route(load: ResponseLoad, route: Route, runs: list[_Replication]) -> RouteLoad:
    desk, home = capacity.answering(load, route), capacity.going_out(load, route)
    chosen = [run.alarms.comes[run.counted].size / load.days for run in runs]
    a_year = _DAYS / (load.days * load.replications)
    outs = sum(int((run.counted & ~run.alarms.clarified).sum()) for run in runs)
    price, lacking = _price(route)
    return RouteLoad(
        model=route.model,
        title=route.title,
        alarms_per_day=float(np.mean(chosen)),
        demand=desk.share,
        home_demand=home.share,
        **_waits(load, route, runs),
        call_outs_per_day=outs / (load.days * load.replications),
        hours_per_year_answering=a_year * sum(_worked(run, "answer") for run in runs),
        hours_per_year_call_outs=a_year * sum(_worked(run, "call_out") for run in runs),
        nok_per_year=None if price is None else price * load.alarms_per_day * _DAYS,
        by_hour=list(_by_hour(load, route, runs)),
        undocumented=lacking,
        warnings=list(_warnings(load, route)),
    )


def _waits(load: ResponseLoad, route: Route, runs: list[_Replication]) -> dict[str, Any]:
    """What only the queue tells; None where it grows, and tells how long it was run."""
    desk, home = capacity.answering(load, route), capacity.going_out(load, route)
    limit = load.service_level.within_seconds
    within = _estimate((_share(run.answered <= limit) for run in runs), most=1.0)
    grows = desk.planned_grows or home.planned_grows
    met = None if within is None else within.mean >= load.service_level.target
    return {
        "answered_within": within,
        # who can never catch up meets no target
        "meets_target": False if desk.alarms_grow else met,
        "share_waiting": _estimate((_share(run.answered > 0) for run in runs), most=1.0),
        "mean_wait_seconds": _estimate(_mean(run.answered) for run in runs),
        "never_answered": _never(runs),
        "mean_minutes_to_going_out": None
        if home.alarms_grow
        else _estimate(_mean(_going(run)) for run in runs),
        "planned_delay_minutes": None if grows else _estimate(_mean(_late(run)) for run in runs),
        "utilisation": None
        if desk.planned_grows
        else _utilisation(runs, capacity.answerers(load, route), load),
    }


def _going(run: _Replication) -> NDArray[np.float64]:
    """Minutes from the alarm until someone goes out, of alarms that need it."""
    if run.waits is None:
        return np.empty(0)
    return run.waits.going_out[run.counted & ~run.alarms.clarified]


def _late(run: _Replication) -> NDArray[np.float64]:
    """Minutes that each piece of planned work began after its time."""
    return np.empty(0) if run.waits is None else run.waits.planned


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
    mean = min(most, float(found.mean()))
    half = float(student.ppf(_SURE, found.size - 1) * found.std(ddof=1) / np.sqrt(found.size))
    return Estimate(mean=mean, low=max(0.0, mean - half), high=min(most, mean + half))


def _utilisation(runs: list[_Replication], team: Team, load: ResponseLoad) -> Estimate | None:
    on_duty = sum(team.staff) * _MINUTES * whole_days(load)
    worked = (run.waits.worked for run in runs if run.waits is not None)
    return _estimate((min(1.0, minutes / on_duty) for minutes in worked), most=1.0)


def _by_hour(load: ResponseLoad, route: Route, runs: list[_Replication]) -> Iterator[HourLoad]:
    came = np.concatenate([run.alarms.comes[run.counted & run.is_run] for run in runs])
    within = np.concatenate([run.answered for run in runs]) <= load.service_level.within_seconds
    hours = (came // _MINUTES).astype(int) % HOURS
    team, each = capacity.answerers(load, route), capacity.minutes_each(load, route)
    level = {
        "handling_seconds": each * _SECONDS,
        "within_seconds": load.service_level.within_seconds,
    }
    for hour, erlang in enumerate(capacity.erlang(load, route)):
        here, staff = hours == hour, team.staff[hour]
        yield HourLoad(
            hour=hour,
            alarms_per_day=load.alarms_per_day * load.profile[hour],
            staff=staff,
            erlang=erlang,
            answered_within=float(within[here].mean()) if here.any() else None,
            erlang_c_answered_within=erlang_c.answered_within(load=erlang, operators=staff, **level)
            if staff
            else None,
            operators_needed=erlang_c.operators_needed(
                load=erlang, target=load.service_level.target, **level
            ),
        )


def _price(route: Route) -> tuple[float | None, list[str]]:
    """Expected kroner per alarm, and why there are none where there are none."""
    if route.price_per_alarm is None:
        return None, ["Prisen per alarm (price_per_alarm) er ikke oppgitt: ingen kroner."]
    lacks = route.price_per_alarm.lacks("amount")
    found = route.price_per_alarm.distribution
    if lacks or found is None:
        return None, [f"Prisen per alarm mangler {', '.join(lacks)}: ingen kroner."]
    return found.mean, []


def _warnings(load: ResponseLoad, route: Route) -> Iterator[str]:
    desk, home = capacity.answering(load, route), capacity.going_out(load, route)
    if desk.alarms_grow:
        yield (
            f"Køen vokser: det kommer {_times(desk)} så mye arbeid som vaktene rekker. Den er "
            "derfor ikke kjørt, og har ingen vanlig ventetid. Sett flere på vakt."
        )
    elif desk.planned_grows:
        yield (
            f"Det kommer {_times(desk)} så mye arbeid som vaktene rekker. Alarmer tas først; "
            f"planlagt arbeid blir liggende, og mer for hver dag.{_behind_work(load, route)}"
        )
    if route.team is not None and home.planned_grows:
        left = "utrykninger og planlagt arbeid" if home.alarms_grow else "planlagt arbeid"
        yield (
            f"Hjemmetjenesten får {_times(home)} så mye arbeid som vaktene rekker: {left} blir "
            "liggende, og mer for hver dag."
        )
    if not desk.alarms_grow:
        yield from _tight(load, route)
    if load.hourly_profile is None and load.alarms_per_day:
        yield "Døgnrytmen er anslått. Oppgi egne tall (hourly_profile)."


def _behind_work(load: ResponseLoad, route: Route) -> str:
    """Where planned work always lies waiting and is not broken off, an alarm waits for a piece."""
    if capacity.answerers(load, route).interruptible:
        return ""
    return " Det avbrytes ikke, så alarmene venter som når det alltid er planlagt arbeid i gang."


def _times(demand: capacity.Demand) -> str:
    """1,1 ganger; what is barely more than they can do is not told as 1,0."""
    places = 1 if demand.share >= _PLAINLY_MORE else 3
    return f"{decimal(demand.share, places)} ganger"


def _tight(load: ResponseLoad, route: Route) -> Iterator[str]:
    staff = capacity.answerers(load, route).staff
    loads = capacity.erlang(load, route)
    tight = [hour for hour in range(HOURS) if loads[hour] >= staff[hour]]
    if tight:
        told = ", ".join(f"{hour:02d}" for hour in tight)
        yield f"I timene {told} kommer det mer enn de ansatte rekker: køen vokser mens de varer."
