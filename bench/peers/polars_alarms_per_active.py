"""Alarms of active users in Polars; see ``queries/alarms_per_active.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables
from bench.peers.polars_weekly import by_person, measured

_WEEK = ["recipient_id", "service", "month", "week"]


def alarms_per_active(tables: Tables) -> pl.LazyFrame:
    """Alarms of weeks in which somebody had both vedtak and a device that worked."""
    sent = tables["panel_events"].filter(pl.col("alarms") > 0).select(*_WEEK, "alarms")
    active = (
        tables["panel_services"]
        .filter(pl.col("both_days") > 0)
        .join(tables["technology"], on="service", how="semi")
        .select(*_WEEK, "both_days")
        .join(sent, on=_WEEK, how="left")
        .with_columns(pl.col("alarms").fill_null(0))
    )
    return measured(
        by_person(active, tables, sums=["both_days", "alarms"], members="members"),
        tables,
        counts={"active": "both_days", "with_alarm": "alarms"},
        amounts={"alarms": "alarms"},
    )
