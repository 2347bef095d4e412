"""Who uses technology at month ends, in Polars."""

import polars as pl

from bench.peers.polars_spells import Tables, spells


def in_use(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, service, month, last_day)``; see ``queries/in_use.sql``."""
    day = pl.col("last_day")
    return (
        spells(tables)
        .filter(pl.col("vedtak") & pl.col("device"))
        .join(tables["technology"], on="service", how="semi")
        .join_where(tables["ends"], pl.col("starts_on") <= day, pl.col("ends_on") > day)
        .select("recipient_id", "service", "month", "last_day")
    )
