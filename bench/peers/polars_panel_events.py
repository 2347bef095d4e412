"""Device events per week in Polars; see ``queries/panel_events.sql``."""

import polars as pl

from bench.peers.polars_calendar import week_of
from bench.peers.polars_holders import holders
from bench.peers.polars_homes import total
from bench.peers.polars_spells import Tables

_KINDS = (
    "tests",
    "technical",
    "doses_missed",
    "alarms",
    "doses_dispensed",
    "measurements",
    "other",
)


def panel_events(tables: Tables) -> pl.LazyFrame:
    """Device events of a recipient and service in a week, by what they count as."""
    held = total(holders(tables), by="device_id", keep=["recipient_id", "service"])
    day = pl.col("local_date")
    inside = day < pl.col("ends_on")
    return (
        tables["device_events"]
        .select("device_id", "local_date", kind=_kind())
        .join(held, on="device_id", how="left")
        .filter(
            pl.col("starts_on").is_null()
            | day.is_between("starts_on", "followed_on", closed="left")
        )
        .group_by(
            recipient_id=pl.when(inside).then("recipient_id"),
            service=pl.when(inside).then("service"),
            week=week_of(day),
        )
        .agg(
            **{name: (pl.col("kind") == kind).sum() for kind, name in enumerate(_KINDS)},
            first_on=day.filter(pl.col("kind") != _KINDS.index("technical")).min(),
        )
        .join(tables["weeks"], on="week")
    )


def _kind() -> pl.Expr:
    alert = pl.col("vocabulary") == "alert"
    dispensed = pl.col("code").is_in(["1", "1.1", "1.2", "1.3"])
    return (
        pl.when("test")
        .then(0)
        .when("technical")
        .then(1)
        .when(alert & pl.col("code").is_in(["1.1", "1.2"]))
        .then(2)
        .when(alert)
        .then(3)
        .when((pl.col("vocabulary") == "dispense") & dispensed)
        .then(4)
        .when(pl.col("vocabulary") == "measurement")
        .then(5)
        .otherwise(6)
    )
