"""Recipients of home care by need in Polars; see ``queries/need_groups.sql``."""

import polars as pl

from bench.peers.polars_cared_for import cared_for
from bench.peers.polars_lived import in_places
from bench.peers.polars_spells import Tables


def need_groups(tables: Tables) -> pl.LazyFrame:
    """Recipients at the month's end, all of them and by need."""
    by_need = (
        cared_for(tables)
        .group_by("month", "place", measure="need")
        .agg(value=pl.len().cast(pl.Int64))
    )
    everyone = {"slice_kind": pl.lit("everyone"), "slice": pl.lit("all")}
    in_all = by_need.with_columns(measure=pl.lit("recipients"))
    return in_places(pl.concat([by_need, in_all]).with_columns(**everyone), tables)
