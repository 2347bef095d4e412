"""What a publication of a state of the lake contains: figures, and what it takes to read them."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft import __version__
from vft.indicators import catalogue, compute, geography
from vft.indicators.definition import Family
from vft.indicators.frame import Frame
from vft.indicators.slices import (
    ALL,
    EVERYONE,
    GROUP,
    PRODUCT,
    SERVICE,
    TOTAL,
    everyone,
    products,
    slices,
)
from vft.panel.homes import LEVELS
from vft.panel.horizon import horizon
from vft.publication.write import Contents
from vft.tables import services
from vft.tables.period import OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from vft.lake.engine import Engine
    from vft.lake.on_duckdb import DuckDB

#: What the levels of the geography are called where the municipality has no word of its own.
_LEVEL_NAMES = dict(zip(LEVELS, ("Kommune", "Bydel", "Delbydel"), strict=True))
#: What a published count must have counted to be drawn beside ours.
_COMPARABLE = "users"


def contents(
    engine: "DuckDB", *, told: Callable[[int, int], None] | None = None
) -> Contents | None:
    """Compute all that a publication of the engine's state holds.

    None when there is nothing to publish: no data, or no unit to count in.

    ``told`` is called with the parts done and the parts in all.
    """
    found = horizon(engine, tables=catalogue.needed_tables())
    if found is None:
        return None
    tell = told or (lambda _done, _total: None)
    tell(0, 2)
    within = compute.setting(engine, found)
    figures = compute.figures_of(engine, within, found)
    tell(1, 2)
    units = _units(engine, within, figures)
    if not units.num_rows:
        return None
    tables = {
        "figure": figures,
        "unit": units,
        "grouping": _groupings(engine, units),
        "home": _homes(engine, within),
        "slice_part": _slice_parts(engine),
        "slice": _slices(engine),
        "indicator": _indicators(),
        "measure": _measures(),
        "reference": _references(engine),
        "annotation": _annotations(engine),
    }
    tell(2, 2)
    return Contents(
        manifest=engine.manifest.number,
        municipality=_municipality(units),
        code_version=__version__,
        inputs=dict(engine.manifest.versions),
        tables=tables,
    )


def _units(engine: "Engine", within: Frame, figures: "pa.Table") -> "pa.Table":
    """Every unit that has a figure, by code; groups by name. The newest name counts."""
    there = ibis.memtable(
        figures.group_by(["grouping", "unit", "geography"], use_threads=False).aggregate([])
    )
    named = ibis.union(_named_units(within), _named_groups(within))
    known = there.join(named, ["grouping", "unit"])
    by = ibis.window(order_by=["geography", "grouping", "sorted_by", "unit"])
    return engine.arrow(
        known.select(
            "grouping",
            "name",
            "parent",
            "geography",
            code="unit",
            rank=ibis.row_number().over(by).cast("int32"),
        )
    )


def _homes(engine: "Engine", within: Frame) -> "pa.Table":
    """Every place of each home, and the days from its first to its last; nobody's is always."""
    columns = ("home", "starts_on", "ends_on")
    used = ibis.union(within.lived.select(columns), within.belonging.select(columns))
    days = used.group_by("home").agg(since=used.starts_on.min(), until=used.ends_on.max())
    placed = within.in_home.left_join(days, "home")
    return engine.arrow(
        placed.select(
            "home",
            "grouping",
            "unit",
            "geography",
            starts_on=placed.since.fill_null(ibis.literal(date.min)),
            ends_on=placed.until.fill_null(ibis.literal(OPEN_END)),
        )
    )


def _slice_parts(engine: "Engine") -> "pa.Table":
    """A service is all its products, and those of no product, so that these lie in it."""
    sliced = slices(engine.table).select("slice_kind", "slice", "service").distinct()
    made = products(engine.table).select("service", "slice_kind", "slice").distinct()
    inside = sliced.join(made.select("service", part="slice"), "service")
    parts = [
        sliced.select(kind="slice_kind", code="slice", part="service"),
        inside.select(kind="slice_kind", code="slice", part="part"),
        made.select(kind="slice_kind", code="slice", part="slice"),
        everyone().select(kind="slice_kind", code="slice", part="slice_kind"),
    ]
    return engine.arrow(ibis.union(*parts))


def _named_units(within: Frame) -> "ir.Table":
    units = within.rows("units")
    newest = units.group_by(grouping=units.level, unit=units.code).agg(
        name=units.name.argmax(units.starts_on), parent=units.parent.argmax(units.starts_on)
    )
    return newest.select("grouping", "unit", "name", "parent", sorted_by="unit")


def _named_groups(within: Frame) -> "ir.Table":
    """Groups lie under the municipality, where there is only one."""
    members, units = within.rows("groupings"), within.rows("units")
    whole = units.filter(units.level == LEVELS[0])
    only = whole.agg(code=whole.code.min(), wholes=whole.code.nunique())
    parent = ibis.ifelse(only.wholes == 1, only.code, None)
    named = members.group_by("grouping", unit=members.group).agg(
        name=members.group_name.argmax(members.starts_on)
    )
    placed = named.cross_join(only.select(parent=parent))
    return placed.select("grouping", "unit", "name", "parent", sorted_by="name")


def _groupings(engine: "Engine", units: "pa.Table") -> "pa.Table":
    """Levels that have units, from the whole to its parts; then groupings, by name."""
    there = set(units["grouping"].to_pylist())
    names = _LEVEL_NAMES | _own_level_names(engine)
    rows = [(level, names[level], "level") for level in _LEVEL_NAMES if level in there]
    told = engine.arrow(engine.table("groupings").select("grouping", "grouping_name").distinct())
    rows += sorted(
        (row["grouping"], row["grouping_name"], "grouping")
        for row in told.to_pylist()
        if row["grouping"] in there
    )
    return _ranked(rows, ("code", "name", "kind"))


def _own_level_names(engine: "Engine") -> dict[str, str]:
    """The municipality's words for its levels, the newest of each."""
    units = engine.table("units")
    named = units.filter(units.level_name.notnull()).group_by("level", "level_name")
    told = named.agg(since=units.starts_on.max()).order_by("since", "level_name")
    found = engine.arrow(told).to_pylist()
    return {r["level"]: r["level_name"][:1].upper() + r["level_name"][1:] for r in found}


def _slices(engine: "Engine") -> "pa.Table":
    """Services in the field's order, reporting groups by name, all technology; then products."""
    rows: list[tuple[str, ...]]
    rows = [(SERVICE, s.code, s.name, s.short) for s in services.TECHNOLOGY.values()]
    groups = engine.table("reporting_groups")
    groups = groups.filter(groups.service.isin(list(services.TECHNOLOGY)))
    named = engine.arrow(groups.select("group", "group_name").distinct()).to_pylist()
    rows += sorted((GROUP, g["group"], g["group_name"], g["group_name"].lower()) for g in named)
    rows.append((TOTAL, ALL, "All velferdsteknologi", "velferdsteknologi"))
    rows += _products(engine)
    rows.append((EVERYONE, ALL, "Alle tjenestemottakere", "tjenestemottakere"))
    return _ranked(rows, ("kind", "code", "name", "short"))


def _products(engine: "Engine") -> list[tuple[str, ...]]:
    """Products by service and name."""
    known = engine.arrow(products(engine.table).select("slice", "service", "product").distinct())
    by_service = list(services.TECHNOLOGY)
    found = sorted(known.to_pylist(), key=lambda p: (by_service.index(p["service"]), p["product"]))
    return [(PRODUCT, p["slice"], f"{p['product']} ({p['service']})", p["product"]) for p in found]


def _indicators() -> "pa.Table":
    """By family, then in the catalogue's order."""
    import pyarrow as pa

    families = list(Family)
    found = sorted(catalogue.published().values(), key=lambda i: families.index(i.family))
    return pa.Table.from_pylist(
        [
            {
                "code": indicator.id,
                "title": indicator.title,
                "family": indicator.family.value,
                "question": indicator.question,
                "unit_of_measure": indicator.unit,
                "definition": json.dumps(indicator.described(), ensure_ascii=False),
                "rank": rank,
            }
            for rank, indicator in enumerate(found)
        ]
    )


def _measures() -> "pa.Table":
    import pyarrow as pa

    described = {i.id: i.described()["measures"] for i in catalogue.published().values()}
    plain = ("code", "title", "kind", "numerator", "denominator", "basis", "decimals", "better")
    return pa.Table.from_pylist(
        [
            {name: measure[name] for name in (*plain, "independent", "at_month_end")}
            | {"indicator": indicator, "unit_of_measure": measure["unit"], "rank": rank}
            for indicator, measures in described.items()
            for rank, measure in enumerate(measures)
        ]
    )


def _references(engine: "Engine") -> "pa.Table":
    """Published counts of users in units that have the name and the level, whenever they had."""
    published = engine.table("published_counts")
    published = published.filter(published.measure == _COMPARABLE)
    units = engine.table("units").select(grouping="level", code="code", name="name").distinct()
    named = published.join(units, [published.level == units.grouping, published.unit == units.name])
    found = named.select(
        "grouping",
        "counted_on",
        "value",
        "measure",
        "origin",
        slice=named.service,
        unit=named.code,
    )
    return engine.arrow(found.distinct())


def _annotations(engine: "Engine") -> "pa.Table":
    told = engine.table("annotations")
    return engine.arrow(told.select("starts_on", "ends_on", "unit", "service", "text"))


def _municipality(units: "pa.Table") -> str:
    wholes = {
        row["name"]
        for row in units.to_pylist()
        if row["grouping"] == LEVELS[0] and row["geography"] == geography.NOW
    }
    return wholes.pop() if len(wholes) == 1 else f"{len(wholes)} kommuner"


def _ranked(rows: Sequence[tuple[str, ...]], names: tuple[str, ...]) -> "pa.Table":
    import pyarrow as pa

    columns = {name: pa.array([r[i] for r in rows], pa.string()) for i, name in enumerate(names)}
    return pa.table(columns | {"rank": pa.array(range(len(rows)), pa.int32())})
