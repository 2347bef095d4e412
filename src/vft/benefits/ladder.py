"""The ladder of a benefit: each step is its own figure, and none stands for another."""

from typing import get_args

from vft.benefits.case import LadderStep, Redeployment
from vft.benefits.documented import Number
from vft.benefits.result import Economy, LadderRung


def ladder(told: Redeployment, *, hours: Number, economy: Economy) -> tuple[LadderRung, ...]:
    """Potential, planned, measured gross, net of costs, redeployed, budgeted; a year's.

    What before and after are (``step``) holds the gross figure, the other two are null. Hours are
    neither gained nor lost by costs, so *net of costs* has none.
    """
    steps: tuple[LadderStep, ...] = get_args(LadderStep)
    gross = tuple(
        LadderRung(
            step=step,
            hours=hours if step == told.step else None,
            nok=economy.gross_per_year if step == told.step else None,
        )
        for step in steps
    )
    return (
        *gross,
        LadderRung(step="net_of_costs", hours=None, nok=economy.net_per_year),
        LadderRung(step="redeployed", hours=told.redeployed_hours, nok=told.redeployed_nok),
        LadderRung(step="budgeted", hours=None, nok=told.budgeted_nok),
    )
