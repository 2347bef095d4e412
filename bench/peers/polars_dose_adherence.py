"""Doses due and handed out in Polars; see ``queries/dose_adherence.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables
from bench.peers.polars_weekly import by_person, measured

_SUMS = ["due", "dispensed", "of_few"]


def dose_adherence(tables: Tables) -> pl.LazyFrame:
    """Doses, who had any due, and who took less than 80 percent of the month's."""
    due, dispensed = pl.col("due"), pl.col("dispensed")
    month = ["recipient_id", "month"]
    few = dispensed.sum().over(month) * 100 < due.sum().over(month) * 80
    weeks = (
        tables["panel_events"]
        .filter(pl.col("service") == "DMS")
        .with_columns(
            due=pl.col("doses_dispensed") + pl.col("doses_missed"),
            dispensed=pl.col("doses_dispensed"),
        )
        .filter(due > 0)
        .with_columns(of_few=pl.when(few).then(due).otherwise(0))
        .select(*month, "service", "week", *_SUMS)
    )
    return measured(
        by_person(weeks, tables, sums=_SUMS, members="members"),
        tables,
        counts={"with_doses": "due", "with_few_doses": "of_few"},
        amounts={"due": "due", "dispensed": "dispensed"},
    )
