"""Recipients of home care in Polars; see ``queries/home_care.sql``."""

import polars as pl

from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables, valid_vedtak


def home_care(tables: Tables) -> pl.LazyFrame:
    """Recipients at the month's end, those who have hours in all they have, and the time."""
    vedtak = home_care_vedtak(tables)
    day = pl.col("last_day")
    at_ends = (
        vedtak.join_where(tables["ends"], pl.col("starts_on") <= day, pl.col("ends_on") > day)
        .group_by("recipient_id", "month", "last_day")
        .agg(told=pl.col("minutes").is_not_null().all(), minutes=pl.col("minutes").sum())
    )
    told = pl.col("told")
    by_place = (
        at_place(at_ends, lived(tables), day="last_day")
        .group_by("month", "place")
        .agg(
            recipients=pl.len().cast(pl.Int64),
            with_hours=told.sum().cast(pl.Int64),
            vedtak_minutes=pl.col("minutes").filter(told).sum(),
        )
    )
    measured = by_place.unpivot(index=["month", "place"], variable_name="measure")
    everyone = {"slice_kind": pl.lit("everyone"), "slice": pl.lit("all")}
    return in_places(measured.with_columns(**everyone), tables)


def home_care_vedtak(tables: Tables) -> pl.LazyFrame:
    """When each vedtak on home care is valid, and the minutes that it grants a week."""
    valid = valid_vedtak(tables).join(tables["home_care"], on="service", how="semi")
    minutes = (pl.col("hours_per_week").cast(pl.Float64) * 60).round(mode="half_away_from_zero")
    return valid.with_columns(minutes=minutes.cast(pl.Int64)).drop("hours_per_week")
