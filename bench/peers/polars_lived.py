"""The place of everybody on all days, in Polars; see ``queries/lived.sql``."""

from datetime import date

import polars as pl

from bench.peers.polars_homes import homes
from bench.peers.polars_spells import Tables

_ALWAYS, _OPEN = pl.lit(date(1900, 1, 1)), pl.lit(date(9999, 1, 1))
_FIGURE = [
    *("measure", "slice_kind", "slice", "month"),
    *("geography", "grouping", "unit"),
]


def lived(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, starts_on, ends_on, place)``: one place at a time, all days."""
    known = homes(tables).rename({"unit": "home"}).collect(engine="streaming").lazy()
    stays = pl.concat([known, _gaps(known, tables)], how="diagonal")
    settled = settlings(known, tables)
    located = (
        stays.join(settled, on=["recipient_id", "home"], how="left")
        .with_columns(pl.col("settled").fill_null(""))
        .join(tables["eras"], on=["home", "settled"], suffix="_of_era")
        .filter(
            (pl.col("starts_on_of_era") < pl.col("ends_on"))
            & (pl.col("ends_on_of_era") > pl.col("starts_on"))
        )
    )
    return located.select(
        "recipient_id",
        "place",
        starts_on=pl.max_horizontal("starts_on", "starts_on_of_era"),
        ends_on=pl.min_horizontal("ends_on", "ends_on_of_era"),
    )


def settlings(known: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Where those settled whose home was split: ``(recipient_id, home, settled)``."""
    before = known.select("recipient_id", "home").join(tables["parts"], on="home")
    after = known.select("recipient_id", "starts_on", lived_in="home")
    moves = before.join(after, on=["recipient_id", "lived_in"]).sort("starts_on")
    first = moves.unique(["recipient_id", "home"], keep="first", maintain_order=True)
    return first.select("recipient_id", "home", "settled")


def at_place(rows: pl.LazyFrame, homes_of: pl.LazyFrame, *, day: str) -> pl.LazyFrame:
    """Add ``place``: where the recipient lived on a day that a column names.

    ``homes_of``: from :func:`lived`, which has each day once.
    """
    spans = homes_of.rename({"starts_on": "lived_from", "ends_on": "lived_to"})
    met = rows.join(spans, on="recipient_id")
    then = pl.col(day).is_between("lived_from", "lived_to", closed="left")
    return met.filter(then).drop("lived_from", "lived_to")


def in_places(counted: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Sum ``(measure, slice_kind, slice, month, place, value)`` into units and groups."""
    summed = counted.join(tables["in_place"], on="place").group_by(_FIGURE)
    return summed.agg(pl.col("value").sum()).filter(pl.col("value") != 0)


def _gaps(known: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Days before, between and after those that a home is known of."""
    days = ["recipient_id", "starts_on", "ends_on"]
    everyone = tables["recipients"].select("recipient_id").unique()
    begun = everyone.with_columns(starts_on=_ALWAYS, ends_on=_ALWAYS)
    following = pl.col("starts_on").shift(-1).over("recipient_id", order_by="starts_on")
    between = pl.concat([known.select(days), begun]).select(
        "recipient_id",
        home=pl.lit(""),
        starts_on="ends_on",
        ends_on=following.fill_null(_OPEN),
    )
    return between.filter(pl.col("starts_on") < pl.col("ends_on"))
