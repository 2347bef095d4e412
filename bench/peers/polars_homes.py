"""Where a recipient lives, one unit at a time, in Polars; see ``queries/homes.sql``."""

from datetime import date

import polars as pl

from bench.peers.polars_spells import Tables, closed

_OPEN = pl.lit(date(9999, 1, 1))
_BEFORE = pl.lit(date(1, 1, 1))


def homes(tables: Tables) -> pl.LazyFrame:
    """Units of recipients without overlaps."""
    level = pl.col("level").replace_strict(
        ["municipality", "district", "part_district"], [0, 1, 2], return_dtype=pl.Int8
    )
    fine = tables["units"].group_by(unit="code").agg(fine=level.max())
    stays = closed(tables["residences"]).join(fine, on="unit", how="left")
    order = [pl.col("fine").fill_null(-1).neg(), -pl.col("starts_on").to_physical(), pl.col("unit")]
    return foremost(stays, by="recipient_id", order=order, keep=["unit"])


def foremost(
    spans: pl.LazyFrame, *, by: str, order: list[pl.Expr], keep: list[str]
) -> pl.LazyFrame:
    """One at a time: between two boundaries the first in order of those that hold."""
    days = [spans.select(by, piece=column) for column in ("starts_on", "ends_on")]
    pieces = (
        pl.concat(days)
        .unique()
        .sort(by, "piece")
        .with_columns(until=pl.col("piece").shift(-1).over(by))
        .drop_nulls("until")
    )
    covering = pieces.join(spans, on=by).filter(
        (pl.col("starts_on") <= pl.col("piece")) & (pl.col("ends_on") >= pl.col("until"))
    )
    first = covering.sort(by, "piece", *order).unique([by, "piece"], keep="first")
    return first.select(by, *keep, starts_on="piece", ends_on="until")


def total(spans: pl.LazyFrame, *, by: str, keep: list[str]) -> pl.LazyFrame:
    """Each span until the next begins, and one before the first: every day has exactly one."""
    followed = spans.sort(by, "starts_on").with_columns(
        followed_on=pl.col("starts_on").shift(-1).over(by).fill_null(_OPEN)
    )
    before = spans.group_by(by).agg(followed_on=pl.col("starts_on").min())
    before = before.with_columns(starts_on=_BEFORE, ends_on=_BEFORE)
    columns = [by, "starts_on", "ends_on", "followed_on"]
    return pl.concat([followed.select(*columns, *keep), before.select(columns)], how="diagonal")
