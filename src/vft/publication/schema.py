"""What a publication's file holds. See docs/adr/0006."""

#: ``figure.state``: ``value`` (zero is a value), ``missing`` (the source has not delivered) or
#: ``not_documented``. Suppression is the reader's, and never in the file.
TABLES: dict[str, str] = {
    "meta": "key VARCHAR, value VARCHAR",
    "grouping": "code VARCHAR, name VARCHAR, kind VARCHAR, rank INTEGER",
    "unit": (
        "grouping VARCHAR, code VARCHAR, name VARCHAR, parent VARCHAR, geography VARCHAR, "
        "rank INTEGER"
    ),
    "slice": "kind VARCHAR, code VARCHAR, name VARCHAR, short VARCHAR, rank INTEGER",
    "indicator": (
        "code VARCHAR, title VARCHAR, question VARCHAR, unit_of_measure VARCHAR, definition VARCHAR"
    ),
    "measure": "indicator VARCHAR, code VARCHAR, title VARCHAR, rank INTEGER",
    "figure": (
        "indicator VARCHAR, measure VARCHAR, slice_kind VARCHAR, slice VARCHAR, grouping VARCHAR, "
        "unit VARCHAR, geography VARCHAR, month VARCHAR, value BIGINT, state VARCHAR, "
        "complete BOOLEAN"
    ),
    "reference": (
        "slice VARCHAR, grouping VARCHAR, unit VARCHAR, counted_on DATE, value BIGINT, "
        "measure VARCHAR, origin VARCHAR"
    ),
    "annotation": ("starts_on DATE, ends_on DATE, unit VARCHAR, service VARCHAR, text VARCHAR"),
    "correction": (
        "indicator VARCHAR, measure VARCHAR, slice_kind VARCHAR, slice VARCHAR, grouping VARCHAR, "
        "unit VARCHAR, geography VARCHAR, month VARCHAR, before BIGINT, after BIGINT"
    ),
}
#: What tells one figure from another.
FIGURE_KEY = (
    "indicator",
    "measure",
    "slice_kind",
    "slice",
    "grouping",
    "unit",
    "geography",
    "month",
)
EXTENSION = ".duckdb"
