"""What a publication's file holds. See docs/adr/0006."""

#: ``figure.state``: ``value`` (zero is a value), ``missing`` (the source has not delivered),
#: ``not_documented`` or ``undefined`` (nothing to compute it from). Suppression is the reader's,
#: and never in the file. ``measure``: see ``vft.indicators.definition.Measure``.
TABLES: dict[str, str] = {
    "meta": "key VARCHAR, value VARCHAR",
    "grouping": "code VARCHAR, name VARCHAR, kind VARCHAR, rank INTEGER",
    "unit": (
        "grouping VARCHAR, code VARCHAR, name VARCHAR, parent VARCHAR, geography VARCHAR, "
        "rank INTEGER"
    ),
    # where people live: every unit that those of a home count in, on the days that it is lived in
    "home": (
        "home BIGINT, starts_on DATE, ends_on DATE, grouping VARCHAR, unit VARCHAR, "
        "geography VARCHAR"
    ),
    "slice": "kind VARCHAR, code VARCHAR, name VARCHAR, short VARCHAR, rank INTEGER",
    # what a slice counts: its services, or the product or everyone that it is itself
    "slice_part": "kind VARCHAR, code VARCHAR, part VARCHAR",
    "indicator": (
        "code VARCHAR, title VARCHAR, family VARCHAR, question VARCHAR, unit_of_measure VARCHAR, "
        "definition VARCHAR, rank INTEGER"
    ),
    "measure": (
        "indicator VARCHAR, code VARCHAR, title VARCHAR, kind VARCHAR, unit_of_measure VARCHAR, "
        "numerator VARCHAR, denominator VARCHAR, basis VARCHAR, decimals INTEGER, better VARCHAR, "
        "independent BOOLEAN, at_month_end BOOLEAN, rank INTEGER"
    ),
    "figure": (
        "indicator VARCHAR, measure VARCHAR, slice_kind VARCHAR, slice VARCHAR, grouping VARCHAR, "
        "unit VARCHAR, geography VARCHAR, month VARCHAR, value DOUBLE, state VARCHAR, "
        "complete BOOLEAN"
    ),
    "reference": (
        "slice VARCHAR, grouping VARCHAR, unit VARCHAR, counted_on DATE, value BIGINT, "
        "measure VARCHAR, origin VARCHAR"
    ),
    "annotation": ("starts_on DATE, ends_on DATE, unit VARCHAR, service VARCHAR, text VARCHAR"),
    "correction": (
        "indicator VARCHAR, measure VARCHAR, slice_kind VARCHAR, slice VARCHAR, grouping VARCHAR, "
        "unit VARCHAR, geography VARCHAR, month VARCHAR, before DOUBLE, after DOUBLE"
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
