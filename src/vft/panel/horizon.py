"""Which days the data speaks of."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from vft.lake import delta
from vft.lake.engine import DuckDB
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest
from vft.lake.schemas import PARTITION
from vft.tables import period

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Daily registrations: where there are any, they say which days are covered.
_DAILY = ("visits", "device_events")


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """The first month and the last day that the data speaks of."""

    first_month: str
    last_day: date

    @property
    def months(self) -> list[str]:
        """Every month within, the last one perhaps not whole."""
        return period.months_between(self.first_month, period.month_of(self.last_day))

    def is_complete(self, month: str) -> bool:
        """Whether the data reaches the last day of a month."""
        return period.last_day(month) <= self.last_day


def horizon(engine: DuckDB) -> Horizon | None:
    """From the first month of visits and device events to the newest day of them.

    A lake that has neither is judged by when vedtak were decided and devices installed; one that
    has nothing of that has no horizon.
    """
    first, last = _of_events(engine)
    if last is None:
        first, last = _of_intervals(engine)
    if first is None or last is None:
        return None
    return Horizon(first_month=period.month_of(first), last_day=last)


def months_of(lake: Lake, manifest: Manifest, table: str) -> list[str]:
    """The months in which a partitioned table has rows. Reads no rows."""
    if table not in manifest.versions:
        return []
    files = delta.files(lake.table(table), manifest.versions[table])
    return sorted({file.partition[PARTITION] or "" for file in files if file.rows} - {""})


def _of_events(engine: DuckDB) -> tuple[date | None, date | None]:
    months = {t: months_of(engine.lake, engine.manifest, t) for t in _DAILY}
    first = min((m[0] for m in months.values() if m), default=None)
    if first is None:
        return None, None
    newest = max(m[-1] for m in months.values() if m)
    days = ibis.union(*(engine.table(t, months=[newest]).select("local_date") for t in _DAILY))
    return period.first_day(first), _one(engine, days, day=days.local_date.max())["day"]


def _of_intervals(engine: DuckDB) -> tuple[date | None, date | None]:
    vedtak, devices = engine.table("vedtak"), engine.table("device_assignments")
    told = ibis.union(
        vedtak.select(first="starts_on", last=ibis.coalesce(vedtak.decided_on, vedtak.starts_on)),
        devices.select(first="starts_on", last="starts_on"),
    )
    found = _one(engine, told, first=told.first.min(), last=told["last"].max())
    return found["first"], found["last"]


def _one(engine: DuckDB, table: "ir.Table", **values: Any) -> dict[str, Any]:
    return dict(engine.arrow(table.agg(**values)).to_pylist()[0])
