"""Visits and time of recipients with and without technology in Polars.

See ``queries/care_time.sql``.
"""

import polars as pl

from bench.peers.polars_home_care import home_care_vedtak
from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables, spells

_PERSON = ["recipient_id", "month"]
_SLICE = ["slice_kind", "slice"]
_CELL = [*_SLICE, "month", "place"]
_SUMS = ["recipients", "visits", "minutes", "untimed_visits", "travel_told", "minutes_with_travel"]


def care_time(tables: Tables) -> pl.LazyFrame:
    """What is summed of each recipient and month, of users of each slice and of the others."""
    # both used twice below: computed once
    care = _amounts(tables).collect(engine="streaming").lazy()
    sums = pl.col(_SUMS).sum()
    having = care.join(_users(tables), on=_PERSON).group_by(_CELL).agg(sums)
    having = having.collect(engine="streaming").lazy()
    slices = tables["members"].select(_SLICE).unique()
    everybody = care.group_by("month", "place").agg(sums).join(slices, how="cross")
    # those who lack it are the others: fewer rows than to look for them
    lacking = everybody.join(having, on=_CELL, how="left", suffix="_having").with_columns(
        pl.col(name) - pl.col(f"{name}_having").fill_null(0) for name in _SUMS
    )
    told = pl.concat([_measured(having, "with"), _measured(lacking, "without")])
    return in_places(told, tables)


def _amounts(tables: Tables) -> pl.LazyFrame:
    """``(*_PERSON, place, *_SUMS)``: who had home care in a month, and her visits."""
    first, last = pl.col("first_day"), pl.col("last_day")
    there = (
        home_care_vedtak(tables)
        .join_where(tables["ends"], pl.col("starts_on") <= last, pl.col("ends_on") > first)
        .group_by(_PERSON)
        .agg(day=pl.min_horizontal(pl.col("ends_on").dt.offset_by("-1d"), last).max())
    )
    visited = (
        tables["panel_visits"]
        .group_by(_PERSON)
        .agg(
            pl.col("visits", "minutes").sum(),
            untimed_visits=pl.col("without_minutes").sum(),
            travel=pl.col("travel_minutes").sum(),
            has_travel=pl.col("travel_minutes").is_not_null().any(),
        )
    )
    known = there.join(visited, on=_PERSON, how="left").with_columns(
        pl.col("visits", "minutes", "untimed_visits", "travel").fill_null(0),
        # travel is told of where some is registered, or nobody came
        told=pl.col("has_travel").fill_null(False) | (pl.col("visits").fill_null(0) == 0),
    )
    told = pl.col("told")
    summed = known.with_columns(
        recipients=pl.lit(1, pl.Int64),
        travel_told=told.cast(pl.Int64),
        minutes_with_travel=pl.when(told).then(pl.col("minutes") + pl.col("travel")).otherwise(0),
    )
    placed = at_place(summed, lived(tables), day="day")
    return placed.select(*_PERSON, "place", pl.col(_SUMS).cast(pl.Int64))


def _users(tables: Tables) -> pl.LazyFrame:
    """``(*_PERSON, *_SLICE)``: who had both vedtak and device on a day of a month."""
    first, last = pl.col("first_day"), pl.col("last_day")
    return (
        spells(tables)
        .filter(pl.col("vedtak") & pl.col("device"))
        .join_where(tables["ends"], pl.col("starts_on") <= last, pl.col("ends_on") > first)
        .join(tables["members"], on="service")
        .select(*_PERSON, *_SLICE)
        .unique()
    )


def _measured(cells: pl.LazyFrame, group: str) -> pl.LazyFrame:
    long = cells.unpivot(_SUMS, index=_CELL, variable_name="measure")
    return long.with_columns(measure=pl.concat_str(pl.lit(f"{group}_"), "measure"))
