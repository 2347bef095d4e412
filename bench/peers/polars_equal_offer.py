"""Which technology is in use where, in Polars; see ``queries/equal_offer.sql``."""

import polars as pl

from bench.peers.polars_coverage import coverage_of
from bench.peers.polars_in_use import in_use
from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables

_PLACE = ["month", "geography", "grouping", "unit"]


def equal_offer(tables: Tables) -> pl.LazyFrame:
    """Coverage of each technology, its users, and whether it has any there."""
    of_services = tables | {"members": tables["members"].filter(pl.col("slice_kind") == "service")}
    # used twice below: computed once
    using = in_use(tables).collect(engine="streaming").lazy()
    used = _users(using, tables).collect(engine="streaming").lazy()
    columns = ["measure", "slice_kind", "slice", *_PLACE, pl.col("value").cast(pl.Float64)]
    parts = (coverage_of(using, of_services), used, _offered(used, tables))
    return pl.concat([rows.select(columns) for rows in parts])


def _users(using: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    by_place = (
        at_place(using, lived(tables), day="last_day")
        .group_by("month", "place", slice="service")
        .agg(value=pl.len().cast(pl.Int64))
    )
    named = {"measure": pl.lit("users"), "slice_kind": pl.lit("service")}
    return in_places(by_place.with_columns(**named), tables)


def _offered(used: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """1 where somebody uses it, 0 where nobody does though somebody elsewhere does."""
    anywhere = used.select("slice_kind", "slice", "month").unique()
    every = anywhere.join(tables["existing"], on="month")
    found = every.join(used.select("slice", *_PLACE, "value"), on=["slice", *_PLACE], how="left")
    is_used = pl.col("value").is_not_null().cast(pl.Int64)
    return found.with_columns(measure=pl.lit("offered"), value=is_used)
