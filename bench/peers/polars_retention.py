"""How long use lasts, in Polars; see ``queries/retention.sql``."""

import polars as pl

from bench.peers.polars_courses import PERSON, courses, reasons, uses
from bench.peers.polars_lived import at_place, lived
from bench.peers.polars_spells import Tables, valid_vedtak
from bench.peers.polars_window import over_window

_AFTER = (14, 91, 180, 183, 365)
_CELL = ["slice_kind", "slice", "month", "geography", "grouping", "unit"]
_COUNTS = ["cases", "ended", "gone"]


def retention(tables: Tables) -> pl.LazyFrame:
    """Shares that still use it, have ended and are gone, some days after they began."""
    curves = _curves(_counted(_followed(_begun(tables), tables), tables))
    days, left_over = pl.col("days"), pl.col("remaining").min()
    shares = {}
    for after in _AFTER:
        until, is_known = days <= after, (days.max() >= after) | (left_over == 0)
        for what, last, at_first in (
            ("in_use", pl.col("remaining").filter(until).min(), 1),
            ("ended", pl.col("ended_so_far").filter(until).max(), 0),
            ("gone", pl.col("gone_so_far").filter(until).max(), 0),
        ):
            percent = (last.fill_null(at_first) * 100).round(6, mode="half_away_from_zero")
            shares[f"{what}_{after}_days"] = pl.when(is_known).then(percent)
    started = pl.col("cases").sum().cast(pl.Float64)
    read = curves.group_by(_CELL).agg(**shares, started=started)
    return read.unpivot(index=_CELL, variable_name="measure").drop_nulls("value")


def _begun(tables: Tables) -> pl.LazyFrame:
    known = courses(uses(tables)).collect(engine="streaming").lazy()
    why = reasons(known, valid_vedtak(tables), tables)
    begun = (
        known.join(tables["reach"].select("since", "last_day"), how="cross")
        .filter(
            (pl.col("starts_on") > pl.col("since")) & (pl.col("starts_on") <= pl.col("last_day"))
        )
        .drop("since", "last_day")
        .join(why, on=[*PERSON, "starts_on"], how="left")
    )
    return at_place(begun, lived(tables), day="starts_on")


def _followed(begun: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """Who left the municipality was followed until the day before; nobody longer than is asked."""
    dated = begun.with_columns(begun_in=pl.col("starts_on").dt.truncate("1mo"))
    dated = over_window(dated, tables, begun_in="begun_in", months=24)
    is_over, moved = pl.col("ends_on") <= pl.col("last_day"), pl.col("reason") == "moved"
    until = pl.min_horizontal("ends_on", "last_day")
    days = (until - pl.col("starts_on")).dt.total_days() - (is_over & moved).fill_null(False)
    happened = is_over & ~moved & (days <= max(_AFTER))
    is_gone = pl.col("reason").is_in(["dead", "institution"])
    return dated.select(
        *("slice_kind", "slice", "month", "place"),
        days=pl.min_horizontal(days, max(_AFTER) + 1),
        ended=happened & ~is_gone,
        gone=happened & is_gone,
    )


def _counted(followed: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    by_place = followed.group_by("slice_kind", "slice", "month", "place", "days").agg(
        pl.len().cast(pl.Int64).alias("cases"), pl.col("ended", "gone").sum().cast(pl.Int64)
    )
    placed = by_place.join(tables["in_place"], on="place")
    return placed.group_by(*_CELL, "days").agg(pl.col(_COUNTS).sum())


def _curves(counted: pl.LazyFrame) -> pl.LazyFrame:
    at_risk = pl.col("cases").cum_sum(reverse=True).over(_CELL)
    exposed = counted.sort(*_CELL, "days").with_columns(at_risk=at_risk)
    kept = 1 - (pl.col("ended") + pl.col("gone")) / pl.col("at_risk")
    lasting = exposed.with_columns(remaining=kept.cum_prod().over(_CELL))
    before = pl.col("remaining").shift(1, fill_value=1.0).over(_CELL)
    return lasting.with_columns(
        (before * pl.col(what) / pl.col("at_risk")).cum_sum().over(_CELL).alias(f"{what}_so_far")
        for what in ("ended", "gone")
    )
