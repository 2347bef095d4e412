"""When somebody's equipment was heard from, in Polars; see ``queries/signals.sql``."""

import polars as pl

from bench.peers.polars_calendar import week_of
from bench.peers.polars_holders import holders
from bench.peers.polars_spells import Tables, closed

_HEARD = ["recipient_id", "service", "heard_on"]


def signals(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, service, heard_on)``: first days of weeks, for all who share what sent."""
    own = (
        tables["panel_events"]
        .drop_nulls(["recipient_id", "first_on"])
        .select("recipient_id", "service", "week", heard_on="first_on")
    )
    held = own.rename({"recipient_id": "holder"})
    heard = pl.col("heard_on")
    others = (
        held.join(_sharing(tables), on=["holder", "service"])
        .filter((heard < pl.col("ends_on")) & (pl.col("week") >= week_of(pl.col("starts_on"))))
        .with_columns(heard_on=pl.max_horizontal("heard_on", "starts_on"))
    )
    return pl.concat([own.select(_HEARD), others.select(_HEARD)])


def _sharing(tables: Tables) -> pl.LazyFrame:
    held = holders(tables).rename(
        {"recipient_id": "holder", "starts_on": "held_from", "ends_on": "held_to"}
    )
    shared = (
        closed(tables["device_assignments"])
        .join(held, on="device_id")
        .filter(
            (pl.col("recipient_id") != pl.col("holder"))
            & (pl.col("starts_on") < pl.col("held_to"))
            & (pl.col("ends_on") > pl.col("held_from"))
        )
        .select(
            *("recipient_id", "holder", "service"),
            starts_on=pl.max_horizontal("starts_on", "held_from"),
            ends_on=pl.min_horizontal("ends_on", "held_to"),
        )
    )
    return shared.collect(engine="streaming").lazy()
