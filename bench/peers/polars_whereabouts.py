"""Where devices count, in Polars; see ``queries/equipment.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables

_NOWHERE = pl.lit(0, pl.Int64)


def last_lived(held: pl.LazyFrame, homes_of: pl.LazyFrame, *, before: str) -> pl.LazyFrame:
    """Add ``unit``: where the recipient lived last before a day that a column names."""
    known = homes_of.select("recipient_id", "unit", lived_from="starts_on").sort("lived_from")
    met = held.sort(before).join_asof(
        known,
        left_on=before,
        right_on="lived_from",
        by="recipient_id",
        strategy="backward",
        allow_exact_matches=False,
        check_sortedness=False,
    )
    return met.drop("lived_from")


def at_unit(things: pl.LazyFrame, tables: Tables, *, day: str) -> pl.LazyFrame:
    """Add ``place`` to what belongs to a unit: where that counts on a day that a column names."""
    eras = tables["eras"].filter(pl.col("settled") == "")
    eras = eras.select("place", unit="home", counts_from="starts_on", counts_to="ends_on")
    then = pl.col(day).is_between("counts_from", "counts_to", closed="left")
    met = things.join(eras, on="unit", how="left").filter(pl.col("place").is_null() | then)
    return met.with_columns(pl.col("place").fill_null(_NOWHERE)).drop("counts_from", "counts_to")
