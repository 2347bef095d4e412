"""Digital locks: the minutes that a call-out takes less when no key is to be fetched.

hours = call-outs · share of doors with a lock · minutes each / 60. A lock is a prerequisite of
other benefits: the hours here are of fetching and handing over keys alone.
"""

from vft.benefits.documented import Number, less, ratio, times
from vft.errors import VftError
from vft.tables.norwegian import plain

_MINUTES_IN_HOUR = 60


def minutes_per_call_out(*, before: Number, after: Number) -> Number:
    """Minutes that a call-out takes less; None if one of them is not documented.

    Raises:
        VftError: a negative time.
    """
    if any(minutes is not None and minutes < 0 for minutes in (before, after)):
        raise VftError("Minutter per utrykning kan ikke være under 0.")
    return less(before, after)


def minutes_per_visit(*, minutes_per_shift: Number, visits_per_shift: Number) -> Number:
    """Key handling that is known by the shift, as minutes for each visit of it."""
    return ratio(minutes_per_shift, visits_per_shift)


def lock_hours(*, call_outs: Number, share_with_lock: Number, minutes_saved: Number) -> Number:
    """Hours a year, of so many call-outs a year; None if something is not documented.

    Raises:
        VftError: the share is not from 0 to 1.
    """
    if share_with_lock is not None and not 0 <= share_with_lock <= 1:
        raise VftError(f"Andelen dører med lås må være fra 0 til 1, ikke {plain(share_with_lock)}.")
    minutes = times(times(call_outs, share_with_lock), minutes_saved)
    return None if minutes is None else minutes / _MINUTES_IN_HOUR


def break_even_call_outs(
    *, cost_per_lock: Number, minutes_saved: Number, hour_price: Number
) -> Number:
    """Call-outs a year to one door at which its lock is paid for; kroner of one price year.

    None if something is not documented, and where no number of call-outs pays.
    """
    worth = times(minutes_saved, hour_price)
    return ratio(cost_per_lock, None if worth is None else worth / _MINUTES_IN_HOUR)
