"""How much fewer there are after than before, as a share."""

from vft.benefits.documented import Number, less, ratio
from vft.errors import VftError


def reduction(*, before: Number, after: Number) -> Number:
    """(before − after) / before, in the same unit; negative where there are more after.

    None where either is not documented, or there were none before.

    Raises:
        VftError: a count is below 0.
    """
    if any(count is not None and count < 0 for count in (before, after)):
        raise VftError("Antall før og etter kan ikke være under 0.")
    return ratio(less(before, after), before)
