"""Courses of use, in every slice, in Polars; see ``queries/courses.sql``."""

import polars as pl

from bench.peers.polars_spells import Tables, closed, spells

PERSON = ["recipient_id", "slice_kind", "slice"]
_COURSE = [*PERSON, "starts_on"]


def uses(tables: Tables) -> pl.LazyFrame:
    """``(*PERSON, starts_on, ends_on, reached)``, the last until when use from before reached."""
    used = (
        spells(tables)
        .filter(pl.col("vedtak") & pl.col("device"))
        .join(tables["members"], on="service")
        .select(*_COURSE, "ends_on")
        .sort(_COURSE)
    )
    # a whole number, since Polars has no running maximum of dates
    reached = pl.col("ends_on").to_physical().cum_max().shift(1).over(PERSON)
    return used.with_columns(reached=reached.cast(pl.Date))


def courses(used: pl.LazyFrame) -> pl.LazyFrame:
    """``(*PERSON, starts_on, ends_on)``: with rests of fewer than 28 days. From :func:`uses`."""
    rests_on = pl.col("reached").dt.offset_by("28d")
    is_new = pl.col("reached").is_null() | (rests_on <= pl.col("starts_on"))
    counted = used.with_columns(course=is_new.cum_sum().over(PERSON))
    spans = counted.group_by(*PERSON, "course").agg(
        pl.col("starts_on").min(), pl.col("ends_on").max()
    )
    return spans.drop("course")


def reasons(known: pl.LazyFrame, vedtak: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    """``(*PERSON, starts_on, reason)`` of the courses that ended; see ``queries/reasons.sql``.

    ``known``: from :func:`courses`; ``vedtak``: when each is valid.
    """
    ended = (
        known.join(tables["reach"].select("last_day"), how="cross")
        .filter(pl.col("ends_on") <= pl.col("last_day"))
        .drop("last_day")
        .collect(engine="streaming")
        .lazy()
    )
    gone = (
        tables["recipients"].group_by("recipient_id").agg(pl.col("died_on", "moved_out_on").min())
    )
    told = (
        ended.join(gone, on="recipient_id", how="left")
        .join(_admitted(ended, vedtak, tables), on=_COURSE, how="left")
        .join(_words(ended, tables), on=_COURSE, how="left")
    )
    day = pl.col("ends_on")
    soon = day.dt.offset_by("28d")
    reason = (
        pl.when(pl.col("died_on") <= day)
        .then(pl.lit("dead"))
        .when(pl.col("admitted_on") <= day)
        .then(pl.lit("institution"))
        .when(pl.col("moved_out_on") <= day)
        .then(pl.lit("moved"))
        .when(pl.col("word").is_not_null())
        .then("word")
        .when(pl.col("admitted_on").is_not_null())
        .then(pl.lit("institution"))
        .when(pl.col("died_on") <= soon)
        .then(pl.lit("dead"))
        .when(pl.col("moved_out_on") <= soon)
        .then(pl.lit("moved"))
        .otherwise(pl.lit("not_told"))
    )
    return told.select(*_COURSE, reason=reason)


def _admitted(ended: pl.LazyFrame, vedtak: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    days = ["recipient_id", "starts_on", "ends_on"]
    stays = closed(tables["stays"].filter(pl.col("kind") == "long")).select(days)
    granted = vedtak.filter(pl.col("service") == "LS").select(days)
    lives = pl.concat([stays, granted]).rename({"starts_on": "since", "ends_on": "until"})
    day = pl.col("ends_on")
    there = ended.join(lives, on="recipient_id").filter(
        (pl.col("since") > pl.col("starts_on"))
        & (pl.col("since") <= day.dt.offset_by("28d"))
        & (pl.col("until") > day)
    )
    return there.group_by(_COURSE).agg(admitted_on=pl.col("since").min())


def _words(ended: pl.LazyFrame, tables: Tables) -> pl.LazyFrame:
    said = (
        tables["vedtak"]
        .filter((pl.col("status") == "granted") & pl.col("end_reason").is_not_null())
        .join(tables["members"], on="service")
        .select(*PERSON, "vedtak_id", word="end_reason", closed_on="ends_on")
    )
    day = pl.col("ends_on")
    near = ended.join(said, on=PERSON).filter(
        pl.col("closed_on").is_between(day.dt.offset_by("-28d"), day.dt.offset_by("28d"))
    )
    last = near.sort("closed_on", "vedtak_id", descending=[True, False])
    first = last.unique(_COURSE, keep="first", maintain_order=True)
    return first.select(*_COURSE, "word")
