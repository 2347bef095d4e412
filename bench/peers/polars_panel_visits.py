"""Visits per week in Polars; see ``queries/panel_visits.sql``."""

import polars as pl

from bench.peers.polars_calendar import part_of, week_of
from bench.peers.polars_homes import homes, total
from bench.peers.polars_spells import Tables


def panel_visits(tables: Tables) -> pl.LazyFrame:
    """Visits of a recipient in a week, by part of the day."""
    weekly = _weekly_visits(tables["visits"])
    has_minutes = (pl.col("with_minutes") > 0) | (pl.col("visits") == 0)
    has_weekend_minutes = (pl.col("with_weekend_minutes") > 0) | (pl.col("weekend_visits") == 0)
    lived = total(homes(tables), by="recipient_id", keep=["unit"])
    return (
        weekly.join(tables["weeks"], on="week")
        .join(lived, on="recipient_id", how="left")
        .filter(
            pl.col("starts_on").is_null()
            | pl.col("week_ends_on").is_between("starts_on", "followed_on", closed="right")
        )
        .with_columns(
            unit=pl.when(pl.col("ends_on") > pl.col("week")).then("unit"),
            day_part=pl.col("part").replace_strict([0, 1, 2], ["day", "evening", "night"]),
            minutes=pl.when(has_minutes).then("minutes"),
            weekend_minutes=pl.when(has_weekend_minutes).then("weekend_minutes"),
            without_minutes=pl.col("visits") - pl.col("with_minutes"),
        )
    )


def _weekly_visits(visits: pl.LazyFrame) -> pl.LazyFrame:
    executed = pl.col("status") == "executed"
    at_weekend = executed & (pl.col("local_date").dt.weekday() >= 6)
    return visits.group_by(
        "recipient_id",
        week=week_of(pl.col("local_date")),
        part=part_of(pl.col("local_minute")),
    ).agg(
        visits=executed.sum(),
        minutes=pl.col("minutes").filter(executed).sum(),
        weekend_visits=at_weekend.sum(),
        weekend_minutes=pl.col("minutes").filter(at_weekend).sum(),
        with_weekend_minutes=pl.col("minutes").filter(at_weekend).count(),
        with_minutes=pl.col("minutes").filter(executed).count(),
        planned_minutes=_sum_or_null("planned_minutes"),
        travel_minutes=_sum_or_null("travel_minutes"),
        unplanned=(executed & ~pl.col("planned")).sum(),
        cancelled=(pl.col("status") == "cancelled").sum(),
        not_home=(pl.col("status") == "not_home").sum(),
    )


def _sum_or_null(column: str) -> pl.Expr:
    return pl.when(pl.col(column).count() > 0).then(pl.col(column).sum())
