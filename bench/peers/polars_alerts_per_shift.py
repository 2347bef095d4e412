"""Cases by part of the day in Polars; see ``queries/alerts_per_shift.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables
from bench.peers.polars_standing import standing
from bench.peers.polars_weekly import by_person, measured

_PARTS = ("day", "evening", "night")


def alerts_per_shift(tables: Tables) -> pl.LazyFrame:
    """Real cases by part of the day, who sent them, and the days of the month."""
    cases = pl.col("cases")
    weeks = (
        tables["panel_responses"]
        .filter(cases > 0)
        .with_columns(
            pl.when(pl.col("day_part") == part).then(cases).otherwise(0).alias(f"cases_{part}")
            for part in _PARTS
        )
    )
    sums = ["cases", *(f"cases_{part}" for part in _PARTS)]
    counted = measured(
        by_person(weeks, tables, sums=sums),
        tables,
        counts={"with_cases": "cases"} | {f"with_{part}": f"cases_{part}" for part in _PARTS},
        amounts={name: name for name in sums},
    )
    return pl.concat([counted, _days(tables)], how="diagonal")


def _days(tables: Tables) -> pl.LazyFrame:
    """How many days each month has, for all that has figures."""
    sliced = tables["members"].select("slice_kind", "slice").unique()
    days = (pl.col("last_day") - pl.col("first_day")).dt.total_days() + 1
    lengths = tables["ends"].select("month", measure=pl.lit("days"), value=days)
    return standing(tables).join(lengths, on="month").join(sliced, how="cross")
