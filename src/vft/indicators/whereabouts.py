"""Where a device counts: with who has it, or had it last, or where a register says it belongs."""

from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators.frame import Frame
from vft.indicators.living import NOBODYS
from vft.panel.events import holders
from vft.panel.homes import homes

if TYPE_CHECKING:
    import ibis.expr.types as ir

_DEVICE = ("device_id", "month")


def last_unit(frame: Frame, devices: "ir.Table") -> "ir.Table":
    """Add ``unit`` to ``(device_id, month, last_day, …)``: where its last holder lived last.

    Who has it on the month's last day, else who had it last before; where she lived then, or last
    before that: who died is registered nowhere when the device is brought back. Null where nobody
    had it, or nobody knows where she lived.
    """
    had = holders(frame.rows).select(
        "recipient_id", had="device_id", since="starts_on", until="ends_on"
    )
    asked = devices.select(*_DEVICE, "last_day").distinct()
    had = asked.join(had, [asked.device_id == had.had, had.since <= asked.last_day])
    last = frame.settle(_latest(had.select(*_DEVICE, "last_day", "recipient_id", "since", "until")))
    lived = homes(frame.rows).select("unit", who="recipient_id", lived_since="starts_on")
    known = last.join(
        lived,
        [
            last.recipient_id == lived.who,
            lived.lived_since <= last.last_day,
            lived.lived_since < last.until,
        ],
    )
    units = _latest(known.select(*_DEVICE, "unit", since="lived_since"))
    units = units.select("unit", its_device="device_id", its_month="month")
    placed = devices.left_join(
        units, [devices.device_id == units.its_device, devices.month == units.its_month]
    )
    return placed.select(*devices.columns, "unit")


def at_unit(frame: Frame, things: "ir.Table") -> "ir.Table":
    """Add ``home`` to things with a ``unit`` and a ``last_day``: where that unit counts that day.

    What belongs to no known unit counts where nobody's home does: in the municipality.
    """
    where = frame.belonging.rename(its_unit="unit", at="home")
    placed = things.left_join(
        where,
        [
            things.unit == where.its_unit,
            where.starts_on <= things.last_day,
            where.ends_on > things.last_day,
        ],
    )
    return placed.select(*things.columns, home=placed["at"].fill_null(NOBODYS))


def _latest(rows: Any) -> "ir.Table":
    order = ibis.window(group_by=_DEVICE, order_by=rows.since.desc())
    ranked = rows.mutate(place=ibis.row_number().over(order))
    found: ir.Table = ranked.filter(ranked.place == 0)
    return found.drop("place", "since")
