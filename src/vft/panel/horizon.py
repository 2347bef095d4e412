"""Which days the data speaks of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis

from vft.lake import deliveries, delta
from vft.lake.lake import Lake
from vft.lake.manifest import Manifest
from vft.lake.on_duckdb import DuckDB
from vft.lake.schemas import PARTITION
from vft.panel import calendar
from vft.tables import ALL, period

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Daily registrations: where there are any, they say which days are covered.
_DAILY = ("visits", "device_events")
#: Registers, which are delivered whole: a delivery tells of every day until it was received.
REGISTERS = ("vedtak", "device_assignments")


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """The first month and the last day that the data speaks of.

    ``reached``: the first and the last day that each register speaks of; none where it is empty.
    """

    first_month: str
    last_day: date
    reached: Mapping[str, tuple[date, date] | None] = field(default_factory=dict)

    @property
    def months(self) -> list[str]:
        """Every month within, the last one perhaps not whole."""
        return period.months_between(self.first_month, period.month_of(self.last_day))

    def is_complete(self, month: str, *, settles_after: int = 0) -> bool:
        """Whether the data reaches so many days past the last day of a month."""
        return period.last_day(month) + timedelta(days=settles_after) <= self.last_day

    def is_whole(self, month: str, *, window: int = 1, history: int = 0) -> bool:
        """Whether the data reaches back over a window of months, and so many days before it."""
        begins = period.first_day(calendar.shift(month, 1 - window)) - timedelta(days=history)
        return begins >= period.first_day(self.first_month)

    def unreached(self, registers: Sequence[str], *, history: int = 0) -> list[str]:
        """Months that one of these registers says nothing of. One that is not known says all.

        With ``history`` also months that have no day with so many known days before it.
        """
        spans = [self.reached[name] for name in registers if name in self.reached]
        known_from = period.first_day(self.first_month) + timedelta(days=history)
        return [
            month
            for month in self.months
            if period.last_day(month) < known_from
            or not all(_speaks_of(span, month) for span in spans)
        ]


def horizon(engine: DuckDB, *, tables: Collection[str] = REGISTERS) -> Horizon | None:
    """What :func:`covered_days` says, and what each of ``tables`` speaks of."""
    covered = covered_days(engine)
    if covered is None:
        return None
    first, last = covered
    return Horizon(
        first_month=period.month_of(first),
        last_day=last,
        reached={name: _reached(engine, name, last) for name in tables},
    )


def covered_days(engine: DuckDB) -> tuple[date, date] | None:
    """From the first month of visits and device events to the newest day of them.

    A lake that has neither is judged by when vedtak were decided and devices installed; one that
    has nothing of that has no horizon. What is dated after the newest delivery was received, a
    planned visit or a mistyped year, says nothing of which days are covered.
    """
    received = _newest_delivery(engine)
    first, last = _of_events(engine, until=received)
    if last is None:
        first, last = _of_intervals(engine)
        last = min(last, received) if last else None
    return None if first is None or last is None else (first, last)


def months_of(lake: Lake, manifest: Manifest, table: str) -> list[str]:
    """The months in which a partitioned table has rows. Reads no rows."""
    if table not in manifest.versions:
        return []
    files = delta.files(lake.table(table), manifest.versions[table])
    return sorted({file.partition[PARTITION] or "" for file in files if file.rows} - {""})


def _newest_delivery(engine: DuckDB) -> date:
    """The local day that anything was last taken in; no limit in a lake without receipts."""
    receipts = engine.table(deliveries.NAME)
    taken = receipts.filter(receipts.status != "refused")
    newest = _one(engine, taken, at=taken.received_at.max())["at"]
    return newest.astimezone(period.LOCAL_ZONE).date() if newest else period.OPEN_END


def _of_events(engine: DuckDB, *, until: date) -> tuple[date | None, date | None]:
    until_month = period.month_of(until)
    there = {m for t in _DAILY for m in months_of(engine.lake, engine.manifest, t)}
    months = sorted(month for month in there if month <= until_month)
    if not months:
        return None, None
    newest = (_newest_day(engine, month, until=until) for month in reversed(months))
    return period.first_day(months[0]), next((day for day in newest if day), None)


def _newest_day(engine: DuckDB, month: str, *, until: date) -> date | None:
    days = ibis.union(*(engine.table(t, months=[month]).select("local_date") for t in _DAILY))
    days = days.filter(days.local_date <= ibis.literal(until))
    day: date | None = _one(engine, days, day=days.local_date.max())["day"]
    return day


def _of_intervals(engine: DuckDB) -> tuple[date | None, date | None]:
    vedtak, devices = engine.table("vedtak"), engine.table("device_assignments")
    told = ibis.union(
        vedtak.select(first="starts_on", last=ibis.coalesce(vedtak.decided_on, vedtak.starts_on)),
        devices.select(first="starts_on", last="starts_on"),
    )
    found = _one(engine, told, first=told.first.min(), last=told["last"].max())
    return found["first"], found["last"]


def _reached(engine: DuckDB, table: str, last: date) -> tuple[date, date] | None:
    """Events speak of their months; registers until the newest delivery, or newest day told of."""
    contract = ALL[table]
    if contract.is_event:
        there = months_of(engine.lake, engine.manifest, table)
        return (period.first_day(there[0]), period.last_day(there[-1])) if there else None
    rows = engine.table(table)
    dated = [rows.select(day=day) for day in contract.dates]
    if not dated:  # a register without days, such as the population's, speaks of every day
        return (date.min, last) if _one(engine, rows, n=rows.count())["n"] else None
    days = ibis.union(*dated) if len(dated) > 1 else dated[0]
    days = days.filter(days.day <= ibis.literal(last))
    first = rows.starts_on.min() if contract.is_interval else days.day.min()
    told = _one(engine, days, day=days.day.max())["day"]
    begun = _one(engine, rows if contract.is_interval else days, day=first)["day"]
    if begun is None:
        return None
    return begun, max(told or begun, _delivered(engine, rows) or last)


def _delivered(engine: DuckDB, rows: "ir.Table") -> date | None:
    receipts = engine.table("deliveries")
    received = receipts.filter(receipts.status != "refused").semi_join(rows, "source")
    moment = _one(engine, received, moment=received.received_at.max())["moment"]
    return moment.astimezone(period.LOCAL_ZONE).date() if moment else None


def _speaks_of(span: tuple[date, date] | None, month: str) -> bool:
    return span is not None and period.month_of(span[0]) <= month <= period.month_of(span[1])


def _one(engine: DuckDB, table: "ir.Table", **values: Any) -> dict[str, Any]:
    return dict(engine.arrow(table.agg(**values)).to_pylist()[0])
