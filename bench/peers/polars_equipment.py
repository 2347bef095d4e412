"""Devices with nobody, and devices on no list, in Polars; see ``queries/equipment.sql``."""

from datetime import date

import polars as pl

from bench.peers.polars_holders import holders
from bench.peers.polars_homes import homes
from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables
from bench.peers.polars_whereabouts import at_unit, last_lived

_EVER, _OPEN = pl.lit(date(1900, 1, 1)), pl.lit(date(9999, 1, 1))
_CELL = ["measure", "service", "month", "place"]


def equipment(tables: Tables) -> pl.LazyFrame:
    """Devices in stock at the month's end, and those in use that no list has."""
    held = holders(tables).select("device_id", "recipient_id", "starts_on", "ends_on")
    held = held.collect(engine="streaming").lazy()
    counted = pl.concat([_in_stock(held, tables), _unlisted(held, tables)])
    return in_places(counted.join(tables["members_or_none"], on="service"), tables)


def _in_stock(held: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    then = _at_ends(_stored(held, tables), tables)
    summed = then.group_by("service", "unit", "month", "last_day").agg(value=pl.len())
    placed = at_unit(summed, tables, day="last_day").with_columns(measure=pl.lit("in_stock"))
    return placed.select(*_CELL, pl.col("value").cast(pl.Int64))


def _unlisted(held: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    unknown = held.join(tables["devices"], on="device_id", how="anti")
    then = at_place(_at_ends(unknown, tables), lived(tables), day="last_day")
    summed = then.group_by("month", "place").agg(value=pl.len().cast(pl.Int64))
    told = summed.with_columns(measure=pl.lit("assigned_unlisted"), service=pl.lit(""))
    return told.select(*_CELL, "value")


def _stored(held: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """``(service, unit, starts_on, ends_on)``: when devices that are owned are with nobody."""
    owned = (
        tables["devices"]
        .group_by("device_id")
        .agg(
            pl.col("service").min(),
            owned_from=pl.col("acquired_on").min().fill_null(_EVER),
            owned_to=pl.col("retired_on").min().fill_null(_OPEN),
        )
    )
    begun = held.group_by("device_id").agg(ends_on=pl.col("starts_on").min())
    before = (
        owned.select("device_id", starts_on=_EVER)
        .join(begun, on="device_id", how="left")
        .with_columns(pl.col("ends_on").fill_null(_OPEN))
    )
    following = pl.col("starts_on").shift(-1).over("device_id", order_by="starts_on")
    after = held.select(
        "device_id", "recipient_id", starts_on="ends_on", ends_on=following.fill_null(_OPEN)
    )
    # where she lived last by the day that she gave it back
    after = last_lived(after, homes(tables), before="starts_on")
    rests = pl.concat([before, after], how="diagonal").join(owned, on="device_id")
    clipped = rests.select(
        "service",
        "unit",
        starts_on=pl.max_horizontal("starts_on", "owned_from"),
        ends_on=pl.min_horizontal("ends_on", "owned_to"),
    )
    return clipped.filter(pl.col("starts_on") < pl.col("ends_on"))


def _at_ends(spans: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    day = pl.col("last_day")
    return spans.join_where(tables["ends"], pl.col("starts_on") <= day, pl.col("ends_on") > day)
