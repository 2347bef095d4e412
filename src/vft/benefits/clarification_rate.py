"""The share of alarms that a response centre clarifies itself, by counts others have published.

The municipality's own rate, from its cases, is the indicator ``clarification``.
"""

from vft.benefits.documented import Number, less, ratio
from vft.errors import VftError
from vft.tables.norwegian import plain


def clarification_rate(*, received: Number, forwarded: Number) -> Number:
    """(received − forwarded) / received; None where not documented, or none were received.

    Raises:
        VftError: a count is below 0, or more were forwarded than were received.
    """
    if any(count is not None and count < 0 for count in (received, forwarded)):
        raise VftError("Antall alarmer kan ikke være under 0.")
    if received is not None and forwarded is not None and forwarded > received:
        raise VftError(
            f"Flere alarmer er videresendt ({plain(forwarded)}) enn mottatt ({plain(received)}). "
            "Kontroller at de to ikke er byttet om."
        )
    return ratio(less(received, forwarded), received)
