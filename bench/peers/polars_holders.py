"""Whose events a device sends, in Polars; see ``queries/holders.sql``."""

import polars as pl

from bench.peers.polars_homes import foremost
from bench.peers.polars_spells import Tables, closed


def holders(tables: Tables) -> pl.LazyFrame:
    """The primary one of those who share it, then who got it last."""
    rank = pl.col("role").replace_strict(["primary", "shared"], [0, 2], default=1)
    order = [rank, -pl.col("starts_on").to_physical(), pl.col("recipient_id")]
    assigned = closed(tables["device_assignments"])
    alone = foremost(assigned, by="device_id", order=order, keep=["recipient_id"])
    service = tables["devices"].group_by("device_id").agg(pl.col("service").min())
    return alone.join(service, on="device_id", how="left")
