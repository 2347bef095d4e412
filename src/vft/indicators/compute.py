"""Compute an indicator for every slice, unit, grouping and month: one expression, any engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators import concurrent_users, levels, placement, slices
from vft.indicators.geography import NOW, THEN, Geography
from vft.panel.homes import homes as homes_of
from vft.panel.horizon import Horizon
from vft.panel.spells import service_spells
from vft.tables.period import last_day

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from vft.lake.engine import Engine

_FIGURE = ("measure", "slice_kind", "slice", "month", "geography", "grouping", "unit")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What figures are computed for: the geography, the reporting groups and the months."""

    geography: Geography
    reporting_groups: "pa.Table"
    horizon: Horizon

    @property
    def months(self) -> list[str]:
        """The months that figures are given for."""
        return self.horizon.months


def setting(engine: "Engine", horizon: Horizon) -> Setting:
    """Read the small tables that decide what figures are computed for."""

    def rows(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = engine.arrow(engine.table(name)).to_pylist()
        return found

    return Setting(
        geography=Geography(
            units=rows("units"),
            successions=rows("unit_successions"),
            groupings=rows("groupings"),
        ),
        reporting_groups=engine.arrow(engine.table("reporting_groups")),
        horizon=horizon,
    )


def figures(engine: "Engine", within: Setting) -> "pa.Table":
    """Every figure: ``(*_FIGURE, value, state, complete, indicator)``.

    A unit that exists has a figure for each slice, measure and month: zero where nobody was
    counted, ``missing`` where the sources have delivered nothing to count.
    """
    if not _are_delivered(engine):
        return engine.arrow(_finished(_missing(within), within))
    counted = engine.arrow(counts(engine, within))
    return engine.arrow(_finished(_filled(ibis.memtable(counted), within), within))


def counts(engine: "Engine", within: Setting) -> "ir.Table":
    """Counts above zero, for every slice, unit, grouping, geography and month."""
    spells, homes = service_spells(engine.table), homes_of(engine.table)
    members = slices.members(within.reporting_groups)
    placements = levels.Placements(
        then=placement.then(within.geography, within.months),
        now=placement.now(within.geography, within.months),
        settlings=placement.settlings(within.geography, homes),
    )
    at_ends = concurrent_users.at_month_ends(spells, homes, members, within.months)
    in_months = concurrent_users.in_months(spells, homes, members, within.months)
    return ibis.union(
        levels.stocks(at_ends, concurrent_users.AT_MONTH_END, placements),
        levels.uniques(in_months, "unique_in_month", placements),
    ).filter(ibis._["value"] > 0)


def _are_delivered(engine: "Engine") -> bool:
    needed = ("vedtak", "device_assignments")
    return all(engine.arrow(engine.table(t).limit(1)).num_rows for t in needed)


def _missing(within: Setting) -> "ir.Table":
    grid = _grid(within)
    return grid.mutate(value=ibis.null("int64"), state=ibis.literal("missing"))


def _filled(counted: "ir.Table", within: Setting) -> "ir.Table":
    """Zero where a unit that exists has no count; a count in a unit that does not exist stays."""
    grid = _grid(within)
    found = grid.left_join(counted, _FIGURE)
    found = found.select(*_FIGURE, value=found["value"].fill_null(0))
    beyond = counted.anti_join(grid, _FIGURE).select(*_FIGURE, "value")
    return ibis.union(found, beyond).mutate(state=ibis.literal("value"))


def _finished(rows: "ir.Table", within: Setting) -> "ir.Table":
    whole = [month for month in within.months if within.horizon.is_complete(month)]
    return rows.mutate(
        complete=rows.month.isin(whole) if whole else ibis.literal(False),
        indicator=ibis.literal(concurrent_users.INDICATOR.id),
    )


def _grid(within: Setting) -> "ir.Table":
    """Every figure that must be there."""
    import pyarrow as pa

    units = pa.table(_columns(("month", "geography", "grouping", "unit"), _existing(within)))
    sliced = slices.slices(within.reporting_groups)
    sliced = sliced.select(["kind", "code"]).rename_columns(["slice_kind", "slice"])
    measures = pa.table({"measure": [m.code for m in concurrent_users.INDICATOR.measures]})
    grid = (
        ibis.memtable(units).cross_join(ibis.memtable(sliced)).cross_join(ibis.memtable(measures))
    )
    return grid.select(*_FIGURE)


def _existing(within: Setting) -> list[tuple[str, ...]]:
    """Units and groups that existed at each month's end, and, as now, those of today."""
    today = _units_on(within, within.months[-1])
    return [
        *((m, THEN, *unit) for m in within.months for unit in _units_on(within, m)),
        *((m, NOW, *unit) for m in within.months for unit in today),
    ]


def _units_on(within: Setting, month: str) -> list[tuple[str, str]]:
    day, geography = last_day(month), within.geography
    codes = [version.code for version in geography.existing(day)]
    places = {(p.grouping, p.unit) for code in codes for p in geography.places(code, day)}
    return sorted(places)


def _columns(names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, list[str]]:
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
