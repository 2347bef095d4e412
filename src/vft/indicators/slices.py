"""The slices that figures are given for.

Each service, each reporting group, all technology together; each product of a service; and
everyone, where what is counted is no technology.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

import ibis

from vft.panel.fact import Rows
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from vft.indicators.frame import Frame

SERVICE, GROUP, TOTAL, PRODUCT, EVERYONE = "service", "group", "total", "product", "everyone"
#: The code of the one slice that holds every technology, and of the one that holds everyone.
ALL = "all"


def slices(rows: Rows) -> "ir.Table":
    """``(service, slice_kind, slice, slice_id)``: every slice that a technology counts in.

    ``slice_id`` is a number that stands for kind and code.
    """
    codes = list(services.TECHNOLOGY)
    groups = rows("reporting_groups")
    members = ibis.union(
        _technology().mutate(slice_kind=ibis.literal(SERVICE), slice="service"),
        _technology().mutate(slice_kind=ibis.literal(TOTAL), slice=ibis.literal(ALL)),
        groups.filter(groups.service.isin(codes)).select(
            "service", slice_kind=ibis.literal(GROUP), slice="group"
        ),
        distinct=True,
    )
    return _numbered(members)


def slices_of(frame: "Frame") -> "ir.Table":
    """The slices of a frame's rows: see :func:`slices`."""
    return frame.shared("slices", lambda: slices(frame.rows))


def products(rows: Rows) -> "ir.Table":
    """``(service, product, slice_kind, slice, slice_id)``: every product of a technology.

    A product's code is its service's and its name: ``DMS:Medido``.
    """
    devices = rows("devices")
    devices = devices.filter(devices.service.isin(list(services.TECHNOLOGY)))
    named = devices.select("service", "product").distinct()
    code = named.service.concat(":", named["product"])
    return _numbered(named.mutate(slice_kind=ibis.literal(PRODUCT), slice=code))


def everyone() -> "ir.Table":
    """``(slice_kind, slice, slice_id)``: the one slice of what is no technology."""
    import pyarrow as pa

    row = {"slice_kind": [EVERYONE], "slice": [ALL], "slice_id": pa.array([1], pa.int64())}
    return ibis.memtable(pa.table(row))


def without(sliced: "ir.Table", left_out: Collection[str]) -> "ir.Table":
    """Slices, or products, without some of the technologies."""
    return sliced.filter(~sliced.service.isin(list(left_out))) if left_out else sliced


def documented(rows: Rows, kinds: Collection[str], *, left_out: Collection[str] = ()) -> "ir.Table":
    """``(slice_kind, slice, documented)``: whether a service of the slice is in any register."""
    registered = ibis.union(
        rows("vedtak").select("service"), rows("devices").select("service"), distinct=True
    ).select(known="service")
    sliced = without(slices(rows), left_out)
    known = sliced.left_join(registered, [sliced.service == registered.known])
    of_services = known.group_by("slice_kind", "slice").agg(documented=known.known.notnull().any())
    always = ibis.union(
        without(products(rows), left_out).select("slice_kind", "slice"),
        everyone().select("slice_kind", "slice"),
    ).mutate(documented=ibis.literal(True))
    found = ibis.union(of_services, always)
    return found.filter(found.slice_kind.isin(list(kinds)))


def _technology() -> "ir.Table":
    import pyarrow as pa

    return ibis.memtable(pa.table({"service": pa.array(list(services.TECHNOLOGY), pa.string())}))


def _numbered(members: "ir.Table") -> "ir.Table":
    by_name = ibis.window(order_by=["slice_kind", "slice"])
    return members.mutate(slice_id=ibis.dense_rank().over(by_name).cast("int64"))
