"""JSON-stat 2.0, as statistics offices publish it: https://json-stat.org/format/."""

import json
from dataclasses import asdict
from datetime import UTC
from typing import Any

from vft.report.dataset import Dataset, Dimension, Role
from vft.report.states import MEANINGS, PROVISIONAL, WORDS, State

MEDIA_TYPE = "application/json"


def write(dataset: Dataset) -> bytes:
    """One dataset. A value is null in every state but ``value``; ``status`` says which it is.

    ``status`` is of cells that are not plain figures: the state, or ``provisional`` for a figure
    of a month that is not complete. ``extension`` holds what the states mean, the publication and
    the definitions.
    """
    told = {
        "version": "2.0",
        "class": "dataset",
        "label": dataset.title,
        "source": dataset.source,
        "updated": f"{dataset.published_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "note": list(dataset.notes),
        "role": _roles(dataset),
        "id": [dimension.id for dimension in dataset.dimensions],
        "size": list(dataset.shape),
        "dimension": {dimension.id: _dimension(dimension) for dimension in dataset.dimensions},
        "value": [_number(value) for value in dataset.cells.values.to_pylist()],
        "status": _status(dataset),
        "extension": _extension(dataset),
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _roles(dataset: Dataset) -> dict[str, list[str]]:
    found = {role.value: [d.id for d in dataset.dimensions if d.role is role] for role in Role}
    return {role: ids for role, ids in found.items() if ids}


def _dimension(dimension: Dimension) -> dict[str, Any]:
    categories = dimension.categories
    told: dict[str, Any] = {
        "index": [category.code for category in categories],
        "label": {category.code: category.label for category in categories},
    }
    if dimension.role is Role.METRIC:
        told["unit"] = {c.code: {"label": c.unit, "decimals": c.decimals} for c in categories}
    return {"label": dimension.label, "category": told}


def _number(value: float | None) -> float | int | None:
    """Whole numbers are written without a decimal point."""
    return int(value) if value is not None and value.is_integer() else value


def _status(dataset: Dataset) -> dict[str, str]:
    """Place of a cell → its status, of those that have one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = dataset.cells
    plain = pc.equal(cells.states, State.VALUE.value)
    provisional = pc.if_else(pc.invert(cells.complete), PROVISIONAL, None)
    status = pc.if_else(plain, provisional, cells.states)
    place = pa.array(range(len(status)), pa.int64()).filter(pc.is_valid(status))
    return dict(zip(map(str, place.to_pylist()), status.drop_null().to_pylist(), strict=True))


def _extension(dataset: Dataset) -> dict[str, Any]:
    codes = [*(state.value for state in State if state is not State.VALUE), PROVISIONAL]
    return {
        "status": {
            "label": {code: WORDS[code] for code in codes},
            "meaning": {code: MEANINGS[code] for code in codes},
        },
        "publication": dataset.publication,
        "municipality": dataset.municipality,
        "filter": dict(dataset.filters),
        "definition": [asdict(definition) for definition in dataset.definitions],
    }
