"""Visits before and after a start in Polars; see ``queries/panel_starts.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables, spells

_START = ["recipient_id", "started_on"]


def panel_starts(tables: Tables) -> pl.LazyFrame:
    """Executed visits in four weeks before and after a start, in the month it is judged."""
    begun = pl.col("started_on")
    judged_on = begun.dt.offset_by("60d")
    # used twice below: computed once
    judged = (
        starts(tables)
        .with_columns(month=judged_on.dt.strftime("%Y-%m"))
        .join(tables["ends"], on="month", how="semi")
        .collect(engine="streaming")
        .lazy()
    )
    day = pl.col("local_date")
    is_before, is_after = day < begun, day >= begun.dt.offset_by("33d")
    minutes = pl.col("minutes").fill_null(0)
    counted = (
        tables["visits"]
        .filter(pl.col("status") == "executed")
        .select("recipient_id", "local_date", "minutes")
        .join(judged, on="recipient_id")
        .filter(day.is_between(begun.dt.offset_by("-28d"), judged_on))
        .group_by(_START)
        .agg(
            visits_before=is_before.sum(),
            visits_after=is_after.sum(),
            minutes_before=minutes.filter(is_before).sum(),
            minutes_after=minutes.filter(is_after).sum(),
        )
    )
    sums = ["visits_before", "visits_after", "minutes_before", "minutes_after"]
    return judged.join(counted, on=_START, how="left").with_columns(
        pl.col(sums).fill_null(0).cast(pl.Int64)
    )


def starts(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, started_on)``: the first day with both, after a year without."""
    by = ["recipient_id", "service"]
    used = (
        spells(tables)
        .filter(pl.col("vedtak") & pl.col("device"))
        .join(tables["technology"], on="service", how="semi")
        .sort(*by, "starts_on")
    )
    # a whole number, since Polars has no running maximum of dates
    covered = pl.col("ends_on").to_physical().cum_max().shift(1).over(by) + 364
    is_new = covered.is_null() | (covered < pl.col("starts_on").to_physical())
    return used.filter(is_new).select("recipient_id", started_on="starts_on").unique()
