"""What became of cases in Polars; see ``queries/clarification.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables
from bench.peers.polars_weekly import by_person, measured

_COUNTS = {
    "with_case": "cases",
    "with_clarified": "clarified",
    "with_repeated": "repeated",
    "with_undocumented": "undocumented",
}


def clarification(tables: Tables) -> pl.LazyFrame:
    """Cases of those whom somebody knows, and what became of them."""
    sums = list(_COUNTS.values())
    weeks = (
        tables["panel_responses"]
        .filter((pl.col("cases") > 0) & pl.col("recipient_id").is_not_null())
        .with_columns(cases=pl.col("cases") - pl.col("undocumented"))
        .select("recipient_id", "service", "month", "week", *sums)
    )
    persons = by_person(weeks, tables, sums=sums)
    return measured(persons, tables, counts=_COUNTS, amounts={name: name for name in sums})
