"""The four sizes. Sizes follow the published Oslo table; FO3 gives the districts' shares.

``demo`` has Oslo's users of technology but only about a third of its home-nursing recipients with
executed visits: the table of visits stays near three million rows, each recipient's course whole.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from vft.sources.invented import facts, geography, havnes
from vft.sources.invented import oslo as oslo_place
from vft.sources.invented.config import NEVER, PERIOD, Config, Dispenser, Flow, Need, Night, Way
from vft.sources.invented.geography import Geography

_BURN_IN = 52
_USERS = {service: float(n) for service, n in facts.USERS_2024.items()}
_LAST = date(2024, 12, 31)
_CALIBRATED = date(2024, 11, 30)  # the published counts' month
_LOSSES = 1.03  # pauses, stops and registers that disagree take about three in a hundred


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A world's size and place. ``exchange``: the day a large exchange of alarms begins."""

    config: Config
    geography: Geography
    exchange: int = NEVER
    share_of_faults: float = 0.0004
    parquet: bool = False


def _flows(
    *,
    cared: float,
    users: dict[str, float],
    at_start: float = 0.88,
    ended: float = 0.1,
    alarm: float = 0.72,
) -> dict[Way, Flow]:
    """Ways in, sized so that the published users come out; alarms of the cared-for are counted.

    ``ended``: home nursing that is no longer needed, a year. ``alarm``: share of its recipients.
    """
    from_care = 0.86 * alarm * cared
    alarm_only = max(users["TA"] - from_care, 0.3 * users["TA"])
    return {
        Way.HOME_NURSING: Flow(concurrent=cared, at_start=at_start, ended=ended, alarm=alarm),
        Way.ALARM: Flow(
            concurrent=alarm_only, at_start=at_start, death=0.09, institution=0.05, ended=0.03
        ),
        Way.LOCATING: Flow(
            concurrent=users["GPS"],
            at_start=0.45,
            death=0.08,
            institution=0.2,
            ended=0.08,
            age=76,
            alarm=0.3,
        ),
        Way.FOLLOW_UP: Flow(
            concurrent=users["DHO"],
            at_start=0.25,
            death=0.05,
            institution=0.02,
            ended=0.65,
            age=66,
            age_spread=11,
            alarm=0.15,
        ),
    }


def _config(
    first: date,
    *,
    flows: dict[Way, Flow],
    users: dict[str, float],
    starts: tuple[int, int],
    burn_in: int = _BURN_IN,
    **place: Any,
) -> Config:
    """A burn-in, then every day from ``first`` to the end of 2024. ``place``: fields of Config.

    ``starts``: the periods in which the first and the last district begin with dispensers.
    """
    begins = first - timedelta(days=burn_in * PERIOD)
    days = (_LAST - begins).days + 1
    return Config(
        starts_on=begins,
        burn_in=burn_in,
        days=days,
        periods=-(-days // PERIOD),
        calibrated_on=(_CALIBRATED - begins).days,
        flows=flows,
        targets={service: _LOSSES * n for service, n in users.items()},
        need=Need(base=225.0),
        dispenser=Dispenser(first_district=starts[0], last_district=starts[1], growth=0.005),
        night=Night(share=0.1),
        **place,
    )


def small() -> Scale:
    """A municipality that exists nowhere: six districts, eighteen months, some 350 persons."""
    users = {"TA": 120.0, "DMS": 24.0, "DT": 12.0, "DHO": 9.0, "GPS": 9.0}
    return Scale(
        config=_config(
            date(2023, 7, 1),
            flows=_flows(cared=110, users=users),
            users=users,
            districts=(1.2, 1.0, 0.9, 1.1, 1.0, 0.8),
            starts=(4, 60),
            disagreement=4.0,  # a few of each kind even among so few
        ),
        geography=havnes.place(),
        exchange=_BURN_IN * PERIOD + 120,
    )


def _oslo(first: date, *, flows: dict[Way, Flow], starts: tuple[int, int]) -> Scale:
    coverage = tuple(a / w for a, w in zip(facts.ALARMS, facts.FO3, strict=True))
    config = _config(
        first,
        flows=flows,
        users=_USERS,
        districts=facts.FO3,
        coverage=coverage,
        starts=starts,
    )
    exchange = (date(2023, 9, 1) - config.starts_on).days
    return Scale(config=config, geography=oslo_place.place(), exchange=exchange)


def demo() -> Scale:
    """Oslo's shape and users of technology, 2022–2024, about five million rows."""
    return _oslo(date(2022, 1, 1), flows=_flows(cared=2_700, users=_USERS), starts=(-10, 70))


def oslo() -> Scale:
    """Oslo with 8,000 concurrent home-nursing recipients and all their visits, 2020–2024.

    Many are cared for only a while, so that some 60,000 persons come by in the five years.
    """
    return _oslo(
        date(2020, 1, 1),
        flows=_flows(cared=8_500, users=_USERS, at_start=0.85, ended=0.7, alarm=0.33),
        starts=(0, 75),
    )


def nation() -> Scale:
    """357 municipalities by the national register's counts, eighteen months, as Parquet."""
    users = {service: float(n) for service, n in facts.USERS_NATIONAL.items()}
    weights = tuple(1 / (n + 8) for n in range(facts.MUNICIPALITIES))
    return Scale(
        config=_config(
            date(2023, 7, 1),
            flows=_flows(cared=180_000, users=users, alarm=0.4),
            burn_in=20,  # memory grows with every period
            users=users,
            districts=weights,
            starts=(0, 24),
        ),
        geography=geography.nation(),
        parquet=True,
    )


ALL: dict[str, Callable[[], Scale]] = {
    "small": small,
    "demo": demo,
    "oslo": oslo,
    "nation": nation,
}


def scaled(scale: Scale, size: float) -> Scale:
    """The same place with ``size`` times as many persons."""
    if size == 1.0:
        return scale
    config = scale.config
    flows = {
        way: replace(flow, concurrent=flow.concurrent * size) for way, flow in config.flows.items()
    }
    targets = {service: n * size for service, n in config.targets.items()}
    return replace(scale, config=replace(config, flows=flows, targets=targets))
