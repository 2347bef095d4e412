"""Devices that are paid for and not used in Polars; see ``queries/invoiced_unused.sql``."""

import polars as pl

from bench.peers.polars_holders import holders
from bench.peers.polars_homes import homes
from bench.peers.polars_lived import in_places
from bench.peers.polars_spells import Tables, working_devices
from bench.peers.polars_whereabouts import at_unit, last_lived

#: What a count of things costs.
_AMOUNTS = {
    "invoiced": "invoiced_amount",
    "invoiced_unused": "unused_amount",
    "lines_without_device": "amount_without_device",
}
_CELL = ["measure", "slice_kind", "slice", "month", "place"]
_MONTH = ["month", "first_day", "last_day"]
_THING = ["measure", "month", "last_day", "unit", "service", "charge"]


def invoiced_unused(tables: Tables) -> pl.LazyFrame:
    """Devices that are paid for in a month, unused ones, lines that name none; kroner."""
    things = pl.concat([*_devices(tables), _without_device(tables)])
    summed = things.group_by("measure", "month", "last_day", "unit", "service").agg(
        things=pl.len().cast(pl.Int64), ore=pl.col("charge").sum()
    )
    placed = at_unit(summed, tables, day="last_day").join(tables["members_or_none"], on="service")
    counted = placed.select(*_CELL, value="things")
    costs = placed.with_columns(pl.col("measure").replace_strict(_AMOUNTS))
    costs = in_places(costs.select(*_CELL, value="ore"), tables)
    value = pl.col("value").cast(pl.Float64)
    return pl.concat(
        [
            in_places(counted, tables).with_columns(value),
            # Polars multiplies by a hundredth, which is off in the last digit
            costs.with_columns((value / 100).round(2)),
        ]
    )


def _devices(tables: Tables) -> list[pl.LazyFrame]:
    """All that are invoiced, and those of them that worked with nobody."""
    worked = working_devices(tables).join_where(
        tables["ends"],
        pl.col("starts_on") <= pl.col("last_day"),
        pl.col("ends_on") > pl.col("first_day"),
    )
    # used twice below: computed once
    invoiced = _placed(tables).collect(engine="streaming").lazy()
    unused = invoiced.join(worked, on=["device_id", "month"], how="anti")
    return [
        rows.select(pl.lit(name).alias("measure"), *_THING[1:])
        for name, rows in (("invoiced", invoiced), ("invoiced_unused", unused))
    ]


def _without_device(tables: Tables) -> pl.LazyFrame:
    lines = _charged(tables).filter(pl.col("device_id").is_null())
    return lines.with_columns(measure=pl.lit("lines_without_device")).select(_THING)


def _placed(tables: Tables) -> pl.LazyFrame:
    """What a device costs in a month, and where it belongs: its newest line says, or who has it."""
    order = [pl.col("starts_on").to_physical().neg(), pl.col("invoice_line_id"), pl.col("source")]
    newest = pl.col("unit", "service").sort_by(order).first()
    invoiced = (
        _charged(tables)
        .filter(pl.col("device_id").is_not_null())
        .group_by("device_id", *_MONTH)
        .agg(newest.name.prefix("said_"), pl.col("charge").sum())
        .filter(pl.col("charge") > 0)
    )
    listed = tables["devices"].group_by("device_id").agg(pl.col("service").min())
    return (
        last_lived(_held(invoiced, tables), homes(tables), before="until")
        .join(listed, on="device_id", how="left")
        .with_columns(
            unit=pl.coalesce("said_unit", "unit"),
            service=pl.coalesce("service", "said_service"),
        )
    )


def _held(invoiced: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Add who has a device on the month's last day, or had it last, and until when."""
    held = holders(tables).select("device_id", "recipient_id", "starts_on", "ends_on")
    last = invoiced.sort("last_day").join_asof(
        held.sort("starts_on"),
        left_on="last_day",
        right_on="starts_on",
        by="device_id",
        strategy="backward",
        check_sortedness=False,
    )
    until = pl.min_horizontal("ends_on", pl.col("last_day").dt.offset_by("1d"))
    return last.with_columns(until=until).drop("starts_on", "ends_on")


def _charged(tables: Tables) -> pl.LazyFrame:
    """What lines charge in each month: øre shared by days, so that months add up to the line."""
    lasts = (pl.col("ends_on") - pl.col("starts_on")).dt.total_days()
    lines = (
        tables["invoice_lines"]
        .with_columns(
            pl.col("service").fill_null(""),
            ore=(pl.col("amount") * 100).round(mode="half_away_from_zero").cast(pl.Int64),
            days=pl.max_horizontal(lasts, pl.lit(1)).fill_null(1),
        )
        .join(tables["members_or_none"], on="service", how="semi")
    )
    begun, day = pl.col("starts_on"), pl.duration(days=1)
    dated = lines.join_where(
        tables["ends"],
        begun <= pl.col("last_day"),
        begun + pl.duration(days="days") > pl.col("first_day"),
    )
    through = (pl.col("last_day") + day - begun).dt.total_days()
    before = (pl.col("first_day") - begun).dt.total_days()
    so_far = (
        pl.col("ore") * pl.min_horizontal(through, "days") // pl.col("days"),
        pl.col("ore") * pl.max_horizontal(before, pl.lit(0)) // pl.col("days"),
    )
    return dated.with_columns(charge=so_far[0] - so_far[1]).filter(pl.col("charge") != 0)
