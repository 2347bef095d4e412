"""Services per week in Polars; see ``queries/panel_services.sql``."""

import numpy as np
import polars as pl

from bench.peers.polars_spells import Tables, spells


def panel_services(tables: Tables) -> pl.LazyFrame:
    """Days of a service of a recipient in a week."""
    held = spells(tables).collect(engine="streaming")
    weeks = tables["weeks"].collect()
    # spells are few: their weeks are looked up at once, and rows made of the places
    place = {
        "first": np.searchsorted(weeks["week_ends_on"].to_numpy(), held["starts_on"], "right"),
        "after": np.searchsorted(weeks["week"].to_numpy(), held["ends_on"], "left"),
    }
    within = (
        held.lazy()
        .with_columns(**{name: pl.Series(places) for name, places in place.items()})
        .filter(pl.col("first") < pl.col("after"))
        .with_columns(place=pl.int_ranges("first", "after"))
        .explode("place")
        .join(tables["weeks"].with_row_index("place").cast({"place": pl.Int64}), on="place")
        .with_columns(
            days=(
                pl.min_horizontal("ends_on", "week_ends_on")
                - pl.max_horizontal("starts_on", "week")
            ).dt.total_days()
        )
    )
    days = pl.col("days")
    return within.group_by("recipient_id", "service", "month", "week").agg(
        vedtak_days=days.filter("vedtak").sum(),
        device_days=days.filter("device").sum(),
        both_days=days.filter(pl.col("vedtak") & pl.col("device")).sum(),
    )
