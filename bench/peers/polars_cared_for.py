"""Who receives home care at month ends, and of what need, in Polars."""

import polars as pl

from bench.peers.polars_home_care import home_care_vedtak
from bench.peers.polars_lived import at_place, lived
from bench.peers.polars_spells import Tables

_GRADES = ["low", "medium", "high"]


def cared_for(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, month, place, need)``; see ``queries/cared_for.sql``."""
    day = pl.col("last_day")
    at_ends = (
        home_care_vedtak(tables)
        .join_where(tables["ends"], pl.col("starts_on") <= day, pl.col("ends_on") > day)
        .select("recipient_id", "month", "last_day")
        .unique()
    )
    # the newest until then, if it is not too old
    newest = at_ends.sort("last_day").join_asof(
        needs(tables).sort("starts_on"),
        left_on="last_day",
        right_on="starts_on",
        by="recipient_id",
        check_sortedness=False,
    )
    need = pl.when(day < pl.col("ends_on")).then("need").fill_null("not_assessed")
    known = newest.select("recipient_id", "month", "last_day", need=need)
    return at_place(known, lived(tables), day="last_day").drop("last_day")


def needs(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, starts_on, ends_on, need)``: each assessment until it is too old."""
    grade = pl.col("need_group").cast(pl.Enum(_GRADES))
    return (
        tables["assessments"]
        .filter(pl.col("need_group").is_in(_GRADES))
        .group_by("recipient_id", starts_on="assessed_on")
        .agg(need=grade.max().cast(pl.String))
        .with_columns(ends_on=pl.col("starts_on").dt.offset_by("18mo"))
    )
