"""Whether those on duty can do what comes to them: where they cannot, a queue grows for ever.

demand = (alarms a day · minutes each + planned work a day · minutes each) / minutes on duty a day.
Alarms come before planned work: they have waits while they alone are under 1.
"""

from dataclasses import dataclass

from vft.simulation.response_load import ResponseLoad, Route, Team

_MINUTES = 60.0


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Hours of work that a day brings to a team, and hours that it is on duty."""

    alarms: float
    planned: float
    on_duty: float

    @property
    def share(self) -> float:
        """How many times what they can do comes to them; from 1 the queue grows."""
        return (self.alarms + self.planned) / self.on_duty

    @property
    def alarms_grow(self) -> bool:
        """Whether alarms alone are more than they can do, so that no wait is the usual one."""
        return self.alarms >= self.on_duty

    @property
    def planned_grows(self) -> bool:
        """Whether alarms and planned work together are more."""
        return self.alarms + self.planned >= self.on_duty


def answering(load: ResponseLoad, route: Route) -> Demand:
    """Of those who answer: all alarms, and their planned work."""
    return _demand(answerers(load, route), sum(erlang(load, route)))


def going_out(load: ResponseLoad, route: Route) -> Demand:
    """Of the home service: call-outs, what it answers itself, and its planned work."""
    if route.team is None:
        return answering(load, route)
    outs = load.alarms_per_day * (1 - route.clarified_share)
    return _demand(load.home_service, outs * _minutes_out(load) / _MINUTES)


def answerers(load: ResponseLoad, route: Route) -> Team:
    """Those who answer: the route's own team, else the home service."""
    return load.home_service if route.team is None else route.team


def minutes_each(load: ResponseLoad, route: Route) -> float:
    """Mean minutes that one alarm takes of those who answer."""
    if route.team is not None:
        return route.answer_minutes
    return route.answer_minutes + (1 - route.clarified_share) * _minutes_out(load)


def erlang(load: ResponseLoad, route: Route) -> list[float]:
    """Load on those who answer in each hour: alarms an hour times hours each."""
    alarms = load.alarms_per_day + route.other_alarms_per_day
    return [alarms * share * minutes_each(load, route) / _MINUTES for share in load.profile]


def _minutes_out(load: ResponseLoad) -> float:
    saved = 0.0 if load.locks is None else load.locks.share * load.locks.minutes_saved
    return load.call_out_minutes - saved


def _demand(team: Team, alarms: float) -> Demand:
    planned = sum(work.per_day * work.minutes for work in team.planned) / _MINUTES
    return Demand(alarms=alarms, planned=planned, on_duty=float(sum(team.staff)))
