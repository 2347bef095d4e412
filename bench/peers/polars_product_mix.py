"""Users of each product in Polars; see ``queries/product_mix.sql``."""

import polars as pl

from bench.peers.polars_lived import at_place, in_places, lived
from bench.peers.polars_spells import Tables, valid_vedtak, working_devices

_SERVICE = ["service", "month", "place"]


def product_mix(tables: Tables) -> pl.LazyFrame:
    """Who has a vedtak and a device that works, by product, and of all its service."""
    # used twice below: computed once
    used = _used(tables).collect(engine="streaming").lazy()
    persons = pl.len().cast(pl.Int64)
    of_product = used.group_by(*_SERVICE, "product").agg(users=persons)
    of_service = (
        used.select(*_SERVICE, "recipient_id")
        .unique()
        .group_by(_SERVICE)
        .agg(service_users=persons)
        .join(tables["devices"].select("service", "product").unique(), on="service")
    )
    index = [*_SERVICE, "product"]
    counted = [
        rows.unpivot(index=index, variable_name="measure").select(*index, "measure", "value")
        for rows in (of_product, of_service)
    ]
    code = pl.concat_str("service", "product", separator=":")
    return in_places(
        pl.concat(counted).with_columns(slice_kind=pl.lit("product"), slice=code), tables
    )


def _used(tables: Tables) -> pl.LazyFrame:
    """``(recipient_id, service, product, month, place)``, each once."""
    product = tables["devices"].group_by("device_id").agg(pl.col("product").min())
    held = _at_ends(working_devices(tables).join(product, on="device_id"), tables)
    held = held.select("recipient_id", "service", "product", "month", "last_day").unique()
    granted = _at_ends(valid_vedtak(tables), tables)
    both = held.join(granted, on=["recipient_id", "service", "month"], how="semi")
    return at_place(both, lived(tables), day="last_day").drop("last_day")


def _at_ends(spans: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    day = pl.col("last_day")
    of_technology = spans.join(tables["technology"], on="service", how="semi")
    return of_technology.join_where(
        tables["ends"], pl.col("starts_on") <= day, pl.col("ends_on") > day
    )
