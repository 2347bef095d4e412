"""New recipients of home care: those who get it and have had none for a year."""

from datetime import timedelta
from typing import TYPE_CHECKING

import ibis

from vft.indicators import tally
from vft.indicators.courses import courses, later
from vft.indicators.frame import Frame
from vft.panel.spells import home_care_spells

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Days without home care before somebody is new, which the data must tell of.
WITHOUT_DAYS = 365
#: Days from the first service that what is done at once is done within.
FIRST_DAYS = 28


def newcomers(frame: Frame) -> "ir.Table":
    """``(recipient_id, came_on, until, home)``: the first day of home care, and where she lived.

    ``until`` is :data:`FIRST_DAYS` later. Nobody is new whose year before the data does not tell.
    """
    found = courses(home_care_spells(frame.rows), by=["recipient_id"], rest=WITHOUT_DAYS)
    known_from = ibis.literal(frame.since + timedelta(days=WITHOUT_DAYS))
    came = found.filter(found.starts_on >= known_from).select(
        "recipient_id", came_on="starts_on", until=later(found.starts_on, FIRST_DAYS)
    )
    return tally.at_home(frame, came, day="came_on")
