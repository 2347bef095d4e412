"""Whose a device's rows are: those of the days on which she, and nobody else, had the device.

What a device reports while two have it is both's, and cannot be parted: it stays for the other.
The day a device is taken in, or goes on to another, is no longer hers (intervals are half-open).
What was registered on a person of her own is hers or another's, whatever device it came by. The
device itself, its rent and its invoices are the municipality's, and nobody's traces.
"""

from typing import TYPE_CHECKING, Any

from vft import tables

if TYPE_CHECKING:
    from vft.lake.writing import Change

#: Tables whose rows are about whoever had the device.
TABLES = ("device_events", "device_downtimes", "responses")
_ASSIGNMENTS = "device_assignments"
#: After every date.
_NEVER = "DATE '9999-12-31'"


def note(change: "Change", recipient_id: int) -> None:
    """Note what she and others had and when (``hers``, ``others``), before it is forgotten.

    Each ``(device, since, until)``, of devices that she has had.
    """
    spans = f"""
        SELECT recipient_id, device_id AS device, starts_on AS since,
            coalesce(ends_on, {_NEVER}) AS until
        FROM ({change.select(_ASSIGNMENTS)}) WHERE starts_on < coalesce(ends_on, {_NEVER})
    """
    for name, whose in (("hers", "="), ("others", "<>")):
        change.connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE {name} AS
            SELECT device, since, until FROM ({spans})
            WHERE recipient_id {whose} {recipient_id:d} AND device IN
                (SELECT device FROM ({spans}) WHERE recipient_id = {recipient_id:d})
            """
        )


def about(table: str) -> str:
    """SQL for whether a row of one of :data:`TABLES` is hers, by what :func:`note` noted."""
    contract = tables.ALL[table]
    first, after = _days(contract)
    alone = f"{_during('hers', first, after)} AND NOT {_during('others', first, after)}"
    nobody = " AND ".join(f"{column} IS NULL" for column in contract.person_columns)
    return f"({alone} AND {nobody})" if nobody else f"({alone})"


def _days(contract: Any) -> tuple[str, str]:
    """SQL for the first day of a row and the first after it."""
    if contract.is_event:
        return "local_date", "local_date + 1"
    # an interval that covers nothing was written on a day all the same
    return "starts_on", f"greatest(coalesce(ends_on, {_NEVER}), starts_on + 1)"


def _during(spans: str, first: str, after: str) -> str:
    return (
        f"EXISTS (FROM {spans} AS s WHERE s.device = device_id "
        f"AND s.since < {after} AND {first} < s.until)"
    )
