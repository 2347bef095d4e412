"""Alarms and planned work in their queues, by discrete events (simpy).

Alarms come first and in their order; planned work waits, and is broken off only where the team
says so. Who goes off duty finishes what she has. Time is in minutes from the first midnight.
"""

from bisect import insort
from collections.abc import Generator
from dataclasses import dataclass
from itertools import count
from operator import attrgetter
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.resources.resource import SortedQueue

from vft.simulation.alarms import Alarms, minutes, whole_days
from vft.simulation.response_load import HOURS, Planned, ResponseLoad, Route, Team

_MINUTES = 60
_OFF_DUTY, _ALARM, _PLANNED = -1, 0, 1
Process = Generator[simpy.Event, Any, None]


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Minutes of each alarm: until answered, and until someone goes out; infinite if never.

    ``going_out`` is from the alarm came; not a number where nobody is to go. ``planned`` is how
    late each piece of planned work began. ``worked`` is the minutes that the answering team spent
    on alarms and on planned work.
    """

    answered: NDArray[np.float64]
    going_out: NDArray[np.float64]
    planned: NDArray[np.float64]
    worked: float


class _Queue(SortedQueue):
    """simpy's queue sorts itself anew for each who comes, which takes minutes where it is long."""

    def append(self, item: Any) -> None:
        insort(self, item, key=attrgetter("key"))


class _Desk(simpy.PriorityResource):
    PutQueue = _Queue


class _DeskThatBreaksOff(simpy.PreemptiveResource):
    PutQueue = _Queue


def run(load: ResponseLoad, route: Route, alarms: Alarms, *, chance: np.random.Generator) -> Waits:
    """Run one replication of a route to its end."""
    return _Replication(load, route, alarms, chance).run()


class _Replication:
    def __init__(
        self, load: ResponseLoad, route: Route, alarms: Alarms, chance: np.random.Generator
    ) -> None:
        self.load, self.route, self.alarms, self.chance = load, route, alarms, chance
        self.environment = simpy.Environment()
        self.end = float(whole_days(load) * HOURS * _MINUTES)
        self.answered = np.full(alarms.comes.size, np.inf)
        self.going_out = np.where(alarms.clarified | ~alarms.ours, np.nan, np.inf)
        self.planned: list[float] = []
        self.worked = 0.0
        self.home = self._on_duty(load.home_service)
        team = load.home_service if route.team is None else route.team
        self.team = team
        self.desk = self.home if route.team is None else self._on_duty(team)

    def run(self) -> Waits:
        self._plan(self.load.home_service, self.home)
        if self.desk is not self.home:
            self._plan(self.team, self.desk)
        self.environment.process(self._arrivals())
        self.environment.run(until=self.end)
        planned = np.array(self.planned)
        return Waits(
            answered=self.answered, going_out=self.going_out, planned=planned, worked=self.worked
        )

    def _on_duty(self, team: Team) -> simpy.PriorityResource:
        """A team; those who are not on duty are taken up by being off it."""
        kind = _DeskThatBreaksOff if team.interruptible else _Desk
        desk = kind(self.environment, capacity=max(team.staff))
        for member in range(max(team.staff)):
            off = [on <= member for on in team.staff]
            if any(off):
                self.environment.process(self._absent(desk, off))
        return desk

    def _absent(self, desk: simpy.PriorityResource, off: list[bool]) -> Process:
        """One member's duty, day after day."""
        for hour in count():
            if not off[hour % HOURS] or (hour and off[(hour - 1) % HOURS]):
                # on duty, or gone already
                continue
            back = _MINUTES * next(h for h in range(hour, hour + HOURS) if not off[h % HOURS])
            yield self.environment.timeout(max(0.0, hour * _MINUTES - self.environment.now))
            with desk.request(priority=_OFF_DUTY, **_never_breaks(desk)) as gone:
                yield gone
                yield self.environment.timeout(max(0.0, back - self.environment.now))

    def _arrivals(self) -> Process:
        alarms = self.alarms
        goes_out = (alarms.ours & ~alarms.clarified).tolist()
        # plain numbers: the events' order is decided by comparing times, again and again
        rows = zip(
            alarms.comes.tolist(),
            alarms.answer.tolist(),
            alarms.call_out.tolist(),
            goes_out,
            strict=True,
        )
        for number, (comes, answer, call_out, out) in enumerate(rows):
            yield self.environment.timeout(max(0.0, comes - self.environment.now))
            taken = self._alarm(number, answer=answer, call_out=call_out if out else None)
            self.environment.process(taken)

    def _alarm(self, number: int, *, answer: float, call_out: float | None) -> Process:
        came = self.environment.now
        with self.desk.request(priority=_ALARM) as someone:
            yield someone
            self.answered[number] = self.environment.now - came
            yield from self._work(answer)
            if call_out is not None and self.desk is self.home:
                # who answered goes out herself
                self.going_out[number] = self.environment.now - came
                yield from self._work(call_out)
        if call_out is not None and self.desk is not self.home:
            with self.home.request(priority=_ALARM) as someone:
                yield someone
                self.going_out[number] = self.environment.now - came
                yield self.environment.timeout(call_out)

    def _work(self, duration: float) -> Process:
        yield self.environment.timeout(duration)
        self.worked += duration

    def _plan(self, team: Team, desk: simpy.PriorityResource) -> None:
        for work in team.planned:
            self.environment.process(self._planned_days(work, desk))

    def _planned_days(self, work: Planned, desk: simpy.PriorityResource) -> Process:
        """Pieces of planned work, evenly spread over its hours of every day."""
        a_day = work.per_day
        apart = (work.to_hour - work.from_hour) * _MINUTES / max(a_day, 1)
        for day in range(whole_days(self.load) if a_day else 0):
            durations = minutes(self.load, work.minutes, a_day, chance=self.chance)
            for piece, duration in enumerate(durations.tolist()):
                begins = (day * HOURS + work.from_hour) * _MINUTES + (piece + 0.5) * apart
                yield self.environment.timeout(max(0.0, begins - self.environment.now))
                self.environment.process(self._piece(desk, duration))

    def _piece(self, desk: simpy.PriorityResource, left: float) -> Process:
        due, is_begun = self.environment.now, False
        while left > 0:
            with desk.request(priority=_PLANNED, **_never_breaks(desk)) as someone:
                yield someone
                since = self.environment.now
                if not is_begun:
                    self.planned.append(since - due)
                    is_begun = True
                try:
                    yield self.environment.timeout(left)
                except simpy.Interrupt:
                    # an alarm came: the rest is taken up when someone is free
                    left -= self.environment.now - since
                    continue
                finally:
                    if desk is self.desk:
                        self.worked += self.environment.now - since
                left = 0.0


def _never_breaks(desk: simpy.PriorityResource) -> dict[str, bool]:
    """Only alarms break off what is being done."""
    return {"preempt": False} if isinstance(desk, simpy.PreemptiveResource) else {}
