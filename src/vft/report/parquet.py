"""A file for analysis: a row for each figure, with types, and what it is of in the schema."""

import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from vft.report.dataset import Dataset, Dimension, Role
from vft.tables.period import first_day

if TYPE_CHECKING:
    import pyarrow as pa

MEDIA_TYPE = "application/vnd.apache.parquet"
#: Key of the schema's metadata. Its value is JSON.
METADATA = b"vft"


def write(dataset: Dataset) -> bytes:
    """The figures in the dataset's order: code and label of each dimension, value, state, complete.

    ``value`` is a double, and null in every state but ``value``. A dimension of time has, instead
    of a label, the first day of the month as a date. The same dataset gives the same bytes.
    """
    from pyarrow.parquet import write_table

    file = BytesIO()
    write_table(_table(dataset), file, compression="zstd")
    return file.getvalue()


def _table(dataset: Dataset) -> "pa.Table":
    import pyarrow as pa

    columns: dict[str, pa.Array] = {}
    for dimension in dataset.dimensions:
        columns |= _columns(dimension, dataset.places[dimension.id])
    columns["value"] = dataset.cells.values
    columns["state"] = dataset.cells.states.dictionary_encode()
    columns["complete"] = dataset.cells.complete
    told = json.dumps(_told(dataset), ensure_ascii=False)
    return pa.table(columns).replace_schema_metadata({METADATA: told.encode()})


def _columns(dimension: Dimension, place: "pa.Int64Array") -> "dict[str, pa.Array]":
    import pyarrow as pa

    categories = dimension.categories
    codes = _named(place, [category.code for category in categories])
    if dimension.role is Role.TIME:
        starts_on = pa.array([first_day(category.code) for category in categories], pa.date32())
        return {dimension.id: codes, f"{dimension.id}_starts_on": starts_on.take(place)}
    labels = _named(place, [category.label for category in categories])
    return {dimension.id: codes, f"{dimension.id}_label": labels}


def _named(place: "pa.Int64Array", words: list[str]) -> "pa.DictionaryArray":
    import pyarrow as pa

    values = pa.array(words, pa.string()).dictionary_encode()  # two may have the same label
    return pa.DictionaryArray.from_arrays(values.indices.take(place), values.dictionary)


def _told(dataset: Dataset) -> dict[str, Any]:
    return {
        "title": dataset.title,
        "source": dataset.source,
        "municipality": dataset.municipality,
        "publication": dataset.publication,
        "published_at": dataset.published_at.isoformat(),
        "filters": dict(dataset.filters),
        "notes": list(dataset.notes),
        "units": {c.code: c.unit for c in (dataset.metric.categories if dataset.metric else ())},
    }
