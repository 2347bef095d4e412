"""What the technology costs, in one year or once."""

from collections.abc import Sequence

from vft.benefits.activity import counted_for
from vft.benefits.case import Case, Cost, Perspective, RunningCost
from vft.benefits.deflator import factor
from vft.benefits.documented import Number, added, times
from vft.benefits.frequency import times_a_year
from vft.errors import VftError


def running(case: Case, *, perspective: Perspective) -> Number:
    """Kroner a year; null where a cost is not documented, or nothing is said of costs."""
    return _together(case.running_costs, case, perspective=perspective)


def start_up(case: Case, *, perspective: Perspective) -> Number:
    """Kroner once; null where a cost is not documented, or nothing is said of costs."""
    return _together(case.start_up_costs, case, perspective=perspective)


def undeflated(case: Case) -> list[str]:
    """The costs whose kroner cannot be told in the case's price year, and why."""
    found = []
    for cost in (*(case.running_costs or ()), *(case.start_up_costs or ())):
        try:
            _in_price_year(cost, case)
        except VftError as unknown:
            found.append(f"«{cost.title or 'uten navn'}»: {unknown}")
    return found


def _together(costs: Sequence[Cost] | None, case: Case, *, perspective: Perspective) -> Number:
    if costs is None:
        return None
    return added(
        _amount(cost, case)
        for cost in costs
        if (cost.perspective or case.perspective) == perspective
    )


def _amount(cost: Cost, case: Case) -> Number:
    per = cost.per if isinstance(cost, RunningCost) else "year"
    often = times_a_year(per, days_per_year=case.days_per_year)
    each = times(cost.amount, cost.count * often)
    try:
        grown = _in_price_year(cost, case)
    except VftError:
        grown = None
    return times(times(each, grown), counted_for(cost.applies_to, case.recipients))


def _in_price_year(cost: Cost, case: Case) -> float:
    """What the cost is multiplied with to be in the case's kroner.

    Raises:
        VftError: the deflator does not reach.
    """
    if cost.price_year is None or case.price_year is None:
        return 1.0
    return factor(from_year=cost.price_year, to_year=case.price_year)
