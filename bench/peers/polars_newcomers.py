"""Who is new in home care, in Polars; see ``queries/newcomers.sql``."""

import polars as pl

from bench.peers.polars_home_care import home_care_vedtak
from bench.peers.polars_lived import at_place, lived
from bench.peers.polars_spells import Tables


def newcomers(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, came_on, place)``: the first day after a year without."""
    held = home_care_vedtak(tables).sort("recipient_id", "starts_on")
    # a whole number, since Polars has no running maximum of dates
    reached = pl.col("ends_on").to_physical().cum_max().shift(1).over("recipient_id")
    is_new = reached.is_null() | (reached + 365 <= pl.col("starts_on").to_physical())
    came = (
        held.filter(is_new)
        .join(tables["reach"].select(known_from=pl.col("since").dt.offset_by("365d")), how="cross")
        .filter(pl.col("starts_on") >= pl.col("known_from"))
        .select("recipient_id", came_on="starts_on")
        .unique()
    )
    return at_place(came, lived(tables), day="came_on")
