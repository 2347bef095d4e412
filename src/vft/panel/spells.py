"""When a recipient may have a service, and when her equipment works."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis

from vft.panel import intervals
from vft.panel.fact import Rows
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Tables that :func:`service_spells` reads.
TABLES = (
    "vedtak",
    "vedtak_pauses",
    "device_assignments",
    "device_downtimes",
    "devices",
    "recipients",
)
_BY = ("recipient_id", "service")
_HOUR = 60


def service_spells(rows: Rows) -> "ir.Table":
    """``(recipient_id, service, starts_on, ends_on, vedtak, device)``, without overlaps.

    ``vedtak`` and ``device`` are true where a vedtak is valid and a device works; throughout an
    interval at least one is.
    """
    found = intervals.states({"vedtak": vedtak_spells(rows), "device": device_spells(rows)}, by=_BY)
    return found.mutate(vedtak=found.vedtak > 0, device=found.device > 0)


def vedtak_spells(rows: Rows) -> "ir.Table":
    """When a granted vedtak is valid: not paused, the recipient alive and not moved away.

    ``(recipient_id, service, starts_on, ends_on)``; several vedtak may overlap.
    """
    return _valid(rows, rows("vedtak"), keep=_BY)


def home_care_vedtak(rows: Rows) -> "ir.Table":
    """When each vedtak on home care is valid, as :func:`vedtak_spells`.

    ``(vedtak_id, recipient_id, service, starts_on, ends_on, minutes)``; ``minutes``: what it grants
    a week, in whole minutes, null where nobody wrote any. A vedtak that was paused has several
    intervals.
    """
    vedtak = rows("vedtak")
    of_home_care = vedtak.filter(vedtak.service.isin(list(services.HOME_CARE)))
    valid = _valid(rows, of_home_care, keep=("vedtak_id", *_BY, "hours_per_week"))
    minutes = (valid.hours_per_week * _HOUR).round().cast("int64")
    return valid.mutate(minutes=minutes).drop("hours_per_week")


def home_care_spells(rows: Rows) -> "ir.Table":
    """When somebody has any of those: ``(recipient_id, starts_on, ends_on)``, merged."""
    return intervals.merge(home_care_vedtak(rows), by=["recipient_id"])


def device_spells(rows: Rows) -> "ir.Table":
    """When a device is with a recipient and works: not paused, faulty or retired.

    ``(recipient_id, service, starts_on, ends_on)``; several devices may overlap. A shared device
    works for each who shares it.
    """
    return working_devices(rows).select(*_BY, "starts_on", "ends_on")


def working_devices(rows: Rows) -> "ir.Table":
    """As :func:`device_spells`, with ``device_id``."""
    by = ["device_id", *_BY]
    assigned = intervals.closed(rows("device_assignments"))
    known = assigned.join(equipment(rows), "device_id")
    working = intervals.clip(known, until=known.retired_on).select(*by, "starts_on", "ends_on")
    rests = intervals.closed(rows("device_downtimes")).select("device_id", "starts_on", "ends_on")
    return _while_here(_outside(working, rests, by=by, on="device_id"), rows, keep=by)


def equipment(rows: Rows) -> "ir.Table":
    """``(device_id, service, retired_on)``, a row a device, whatever number of sources list it."""
    devices = rows("devices")
    return devices.group_by("device_id").agg(
        service=devices.service.min(), retired_on=devices.retired_on.min()
    )


def _valid(rows: Rows, vedtak: "ir.Table", *, keep: Sequence[str]) -> "ir.Table":
    by = [*dict.fromkeys(("vedtak_id", *keep))]
    granted = intervals.closed(vedtak.filter(vedtak.status == "granted"))
    granted = granted.select(*by, "starts_on", "ends_on")
    rests = intervals.closed(rows("vedtak_pauses")).select("vedtak_id", "starts_on", "ends_on")
    return _while_here(_outside(granted, rests, by=by, on="vedtak_id"), rows, keep=keep)


def _while_here(spans: "ir.Table", rows: Rows, *, keep: Sequence[str]) -> "ir.Table":
    people = rows("recipients")
    gone = people.group_by("recipient_id").agg(
        died_on=people.died_on.min(), moved_out_on=people.moved_out_on.min()
    )
    gone = gone.select(
        "recipient_id",
        left_on=ibis.coalesce(
            ibis.least(gone.died_on, gone.moved_out_on), gone.died_on, gone.moved_out_on
        ),
    ).filter(ibis._.left_on.notnull())
    known = spans.left_join(gone, "recipient_id")
    return intervals.clip(known, until=known.left_on).select(*keep, "starts_on", "ends_on")


def _outside(spans: "ir.Table", rests: "ir.Table", *, by: list[str], on: str) -> "ir.Table":
    """Take rests out of the spans they belong to; most spans have none and pass untouched."""
    columns = [*by, "starts_on", "ends_on"]
    owned = rests.join(spans.select(by).distinct(), on).select(columns)
    broken = intervals.subtract(spans.semi_join(rests, on), owned, by=by)
    return ibis.union(spans.anti_join(rests, on).select(columns), broken.select(columns))
