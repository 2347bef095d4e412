"""The slices that figures are given for: each service, each reporting group, all together."""

from typing import TYPE_CHECKING

import ibis

from vft.panel.fact import Rows
from vft.tables import services

if TYPE_CHECKING:
    import ibis.expr.types as ir

SERVICE, GROUP, TOTAL = "service", "group", "total"
#: The code of the one slice that holds every technology.
ALL = "all"


def slices(rows: Rows) -> "ir.Table":
    """``(service, slice_kind, slice, slice_id)``: every slice that a technology counts in.

    ``slice_id`` is a number that stands for kind and code.
    """
    import pyarrow as pa

    codes = list(services.TECHNOLOGY)
    technology = ibis.memtable(pa.table({"service": pa.array(codes, pa.string())}))
    groups = rows("reporting_groups")
    members = ibis.union(
        technology.mutate(slice_kind=ibis.literal(SERVICE), slice="service"),
        technology.mutate(slice_kind=ibis.literal(TOTAL), slice=ibis.literal(ALL)),
        groups.filter(groups.service.isin(codes)).select(
            "service", slice_kind=ibis.literal(GROUP), slice="group"
        ),
        distinct=True,
    )
    by_name = ibis.window(order_by=["slice_kind", "slice"])
    return members.mutate(slice_id=ibis.dense_rank().over(by_name))
