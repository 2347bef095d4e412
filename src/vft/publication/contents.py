"""What a publication of a state of the lake contains: figures, and what it takes to read them."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from vft import __version__
from vft.indicators import compute, slices
from vft.indicators.concurrent_users import INDICATOR
from vft.indicators.geography import LEVELS, Geography
from vft.panel.horizon import Horizon, horizon
from vft.publication.write import Contents
from vft.tables.period import last_day

if TYPE_CHECKING:
    import pyarrow as pa

    from vft.lake.engine import DuckDB, Engine

#: What a published count must have counted to be drawn beside ours.
_COMPARABLE = "users"


def contents(
    engine: "DuckDB", *, told: Callable[[int, int], None] | None = None
) -> Contents | None:
    """Compute all that a publication of the engine's state holds; None when there is no data.

    ``told`` is called with the parts done and the parts in all.
    """
    found = horizon(engine)
    if found is None:
        return None
    tell = told or (lambda _done, _total: None)
    within = compute.setting(engine, found)
    tell(0, 2)
    figures = compute.figures(engine, within)
    tell(1, 2)
    tables = {"figure": figures} | _beside(engine, within, figures)
    tell(2, 2)
    return Contents(
        manifest=engine.manifest.number,
        municipality=_name(within.geography, found),
        code_version=__version__,
        inputs=dict(engine.manifest.versions),
        tables=tables,
    )


def _beside(
    engine: "Engine", within: compute.Setting, figures: "pa.Table"
) -> "dict[str, pa.Table]":
    sliced = slices.slices(within.reporting_groups)
    return {
        "grouping": _groupings(within.geography),
        "unit": _units(within, figures),
        "slice": sliced,
        "indicator": _indicator(),
        "measure": _measures(),
        "reference": _references(engine),
        "annotation": _annotations(engine),
    }


def _name(geography: Geography, found: Horizon) -> str:
    whole = geography.whole(found.last_day)
    version = geography.at(whole, found.last_day) if whole else None
    return version.name if version else "Flere kommuner"


def _groupings(geography: Geography) -> "pa.Table":
    rows = [(level, LEVELS[level], "level") for level in geography.levels]
    rows += [(code, name, "grouping") for code, name in geography.groupings.items()]
    names = ("code", "name", "kind")
    return _table(dict(zip(names, row, strict=True)) | {"rank": r} for r, row in enumerate(rows))


def _units(within: compute.Setting, figures: "pa.Table") -> "pa.Table":
    """Every unit that has a figure, by code; groups by name."""
    geography, today = within.geography, last_day(within.months[-1])
    whole = geography.whole(today)
    there = figures.group_by(["grouping", "unit", "geography"]).aggregate([]).to_pylist()
    named = []
    for row in there:
        version = geography.at(row["unit"], today) if row["grouping"] in LEVELS else None
        name = version.name if version else geography.group_names[row["grouping"], row["unit"]]
        parent = geography.parent(version.code, today) if version else whole
        order = version.code if version else name
        named.append((row["geography"], row["grouping"], order, row["unit"], name, parent))
    names = ("geography", "grouping", "code", "name", "parent", "rank")
    return _table(
        dict(zip(names, (at, grouping, code, name, parent, rank), strict=True))
        for rank, (at, grouping, _, code, name, parent) in enumerate(sorted(named, key=_written))
    )


def _written(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(value or "" for value in row)


def _indicator() -> "pa.Table":
    return _table(
        [
            {
                "code": INDICATOR.id,
                "title": INDICATOR.title,
                "question": INDICATOR.question,
                "unit_of_measure": INDICATOR.unit_of_measure,
                "definition": json.dumps(INDICATOR.as_json(), ensure_ascii=False),
            }
        ]
    )


def _measures() -> "pa.Table":
    return _table(
        {"indicator": INDICATOR.id, "code": m.code, "title": m.title, "rank": rank}
        for rank, m in enumerate(INDICATOR.measures)
    )


def _references(engine: "Engine") -> "pa.Table":
    """Published counts of users in units that have the name and the level, in any geography."""
    published = engine.table("published_counts")
    published = published.filter(published.measure == _COMPARABLE)
    units = engine.table("units").select(grouping="level", code="code", name="name")
    named = published.join(
        units.distinct(), [published.level == units.grouping, published.unit == units.name]
    )
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


def _table(rows: Any) -> "pa.Table":
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows))
