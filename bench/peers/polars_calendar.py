"""Weeks cut at month ends, and parts of the day, in Polars."""

import polars as pl


def week_of(day: pl.Expr) -> pl.Expr:
    """Monday, or the 1st."""
    return pl.max_horizontal(day.dt.truncate("1w"), day.dt.truncate("1mo"))


def part_of(minute: pl.Expr) -> pl.Expr:
    """0 by day, 1 in the evening, 2 at night."""
    night = (minute >= 1320) | (minute < 420)
    return pl.when(night).then(2).when(minute >= 900).then(1).otherwise(0)
