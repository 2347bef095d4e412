"""Months that end a window of months, in Polars."""

import polars as pl

from bench.peers.polars_spells import Tables


def over_window(rows: pl.LazyFrame, tables: Tables, *, begun_in: str, months: int) -> pl.LazyFrame:
    """Each row once for every month asked for whose window has it: adds those of ``ends``.

    ``begun_in``: the column with the first day of the month that a row belongs to.
    """
    window = tables["ends"].with_columns(
        window_from=pl.col("first_day").dt.offset_by(f"-{months - 1}mo")
    )
    within = rows.join_where(
        window, pl.col(begun_in) <= pl.col("first_day"), pl.col(begun_in) >= pl.col("window_from")
    )
    return within.drop("window_from")
