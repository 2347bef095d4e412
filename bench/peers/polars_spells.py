"""When a recipient has a vedtak for a service, and when her equipment works, in Polars."""

from datetime import date

import polars as pl

Tables = dict[str, pl.LazyFrame]

_OPEN = pl.lit(date(9999, 1, 1))
_BY = ["recipient_id", "service"]


def closed(spans: pl.LazyFrame) -> pl.LazyFrame:
    """Those that run on get an end; those that cover nothing go."""
    ended = spans.with_columns(pl.col("ends_on").fill_null(_OPEN))
    return ended.filter(pl.col("starts_on") < pl.col("ends_on"))


def spells(tables: Tables) -> pl.LazyFrame:
    """Intervals per recipient and service, without overlaps; see ``queries/spells.sql``."""
    parts = {"vedtak": valid_vedtak(tables), "device": working_devices(tables)}
    columns = [*_BY, "starts_on", "ends_on"]
    steps = [step for name, part in parts.items() for step in _steps(part.select(columns), name)]
    states = _states(pl.concat(steps, how="diagonal"), by=_BY, parts=list(parts))
    return states.with_columns(pl.col("vedtak", "device") > 0).filter(
        pl.col("vedtak") | pl.col("device")
    )


def valid_vedtak(tables: Tables) -> pl.LazyFrame:
    """When each granted vedtak is valid; see ``queries/valid_vedtak.sql``."""
    granted = closed(tables["vedtak"].filter(pl.col("status") == "granted"))
    granted = granted.rename({"vedtak_id": "id"})
    valid = _while_here(_outside(granted, tables["vedtak_pauses"], "vedtak_id"), tables)
    hours = granted.select("id", "hours_per_week")
    return valid.join(hours, on="id").rename({"id": "vedtak_id"})


def working_devices(tables: Tables) -> pl.LazyFrame:
    """When a device is with a recipient and works; see ``queries/working_devices.sql``."""
    working = _outside(_working(tables), tables["device_downtimes"], "device_id")
    return _while_here(working, tables).rename({"id": "device_id"})


def _working(tables: Tables) -> pl.LazyFrame:
    equipment = (
        tables["devices"]
        .group_by("device_id")
        .agg(pl.col("service").min(), pl.col("retired_on").min())
    )
    assigned = closed(tables["device_assignments"]).join(equipment, on="device_id")
    until = pl.min_horizontal("ends_on", pl.col("retired_on").fill_null(_OPEN))
    return closed(assigned.with_columns(ends_on=until)).rename({"device_id": "id"})


def _outside(spans: pl.LazyFrame, rests: pl.LazyFrame, key: str) -> pl.LazyFrame:
    rests = closed(rests.rename({key: "id"})).select("id", "starts_on", "ends_on")
    columns = ["id", *_BY, "starts_on", "ends_on"]
    whole = spans.join(rests, on="id", how="anti").select(columns)
    broken = spans.join(rests, on="id", how="semi").select(columns)
    owned = rests.join(broken.select("id", *_BY).unique(), on="id")
    laid = pl.concat([*_steps(broken, "span"), *_steps(owned, "gap")], how="diagonal")
    left = _states(laid, by=["id", *_BY], parts=["span", "gap"])
    left = left.filter((pl.col("span") > 0) & (pl.col("gap") == 0))
    return pl.concat([whole, left.select(columns)])


def _while_here(spans: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    left = pl.min_horizontal("died_on", "moved_out_on").min()
    here = tables["recipients"].group_by("recipient_id").agg(left_on=left)
    until = pl.min_horizontal("ends_on", pl.col("left_on").fill_null(_OPEN))
    joined = spans.join(here, on="recipient_id", how="left")
    return closed(joined.with_columns(ends_on=until)).drop("left_on")


def _steps(spans: pl.LazyFrame, part: str) -> list[pl.LazyFrame]:
    return [
        spans.with_columns(day=pl.col(column), **{part: pl.lit(step)}).drop("starts_on", "ends_on")
        for column, step in (("starts_on", 1), ("ends_on", -1))
    ]


def _states(laid: pl.LazyFrame, *, by: list[str], parts: list[str]) -> pl.LazyFrame:
    daily = laid.group_by(*by, "day").agg(pl.col(parts).fill_null(0).sum()).sort(*by, "day")
    return (
        daily.with_columns(
            pl.col(parts).cum_sum().over(by), ends_on=pl.col("day").shift(-1).over(by)
        )
        .rename({"day": "starts_on"})
        .drop_nulls("ends_on")
    )
