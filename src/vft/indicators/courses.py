"""Courses of use: from the day somebody begins to use technology until the day she ends.

A short rest, whatever the cause, is part of the course: travel, a fault, a device that is changed,
a vedtak that is renewed some days late. Where she lives is no part of it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators.frame import Frame, spells_of
from vft.panel import intervals
from vft.panel.fact import Rows
from vft.panel.spells import vedtak_spells

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: Fewer days than this without use are a rest; so many, or more, are an end.
REST_DAYS = 28
#: Reasons that a register other than the vedtak's gives.
DEAD, INSTITUTION, MOVED = "dead", "institution", "moved"
_LONG_STAY = "LS"
_COURSE = ("recipient_id", "slice_id", "starts_on", "ends_on")


def later(day: Any, days: int) -> Any:
    """The day so many days after a day that a column tells."""
    return (day + ibis.interval(days=days)).cast("date")


def in_use(frame: Frame) -> "ir.Table":
    """When somebody has both a valid vedtak and a device that works.

    ``(recipient_id, service, starts_on, ends_on)`` of every technology.
    """
    spells = spells_of(frame)
    used = spells.filter(spells.vedtak & spells.device)
    return used.select("recipient_id", "service", "starts_on", "ends_on")


def courses(spans: "ir.Table", *, by: Sequence[str], rest: int = REST_DAYS) -> "ir.Table":
    """Join intervals with fewer than ``rest`` days between them: ``(*by, starts_on, ends_on)``."""
    longer = spans.mutate(ends_on=later(spans.ends_on, rest - 1))
    joined = intervals.merge(longer, by=by)
    return joined.mutate(ends_on=later(joined.ends_on, 1 - rest))


def with_reason(rows: Rows, ended: "ir.Table", sliced: "ir.Table") -> "ir.Table":
    """Add ``reason`` to courses ``(recipient_id, slice_id, starts_on, ends_on)`` that have ended.

    As ``vedtak.end_reason``; null where nobody gives one. Death, long stay and leaving the
    municipality go first where they are of the very day; then what a vedtak of the slice says that
    ended within :data:`REST_DAYS` of it; then death, long stay and leaving up to so many days
    after. ``sliced``: ``(service, slice_id, …)``.
    """
    known = _with_days_of_leaving(rows, ended.select(_COURSE))
    known = _with_long_stay(rows, known)
    known = _with_word_of_vedtak(rows, known, sliced)
    on, soon = known.ends_on, later(known.ends_on, REST_DAYS)
    return known.select(
        *_COURSE,
        reason=ibis.cases(
            (known.died_on <= on, DEAD),
            (known.admitted_on <= on, INSTITUTION),
            (known.moved_out_on <= on, MOVED),
            (known.word.notnull(), known.word),
            (known.admitted_on <= soon, INSTITUTION),
            (known.died_on <= soon, DEAD),
            (known.moved_out_on <= soon, MOVED),
            else_=None,
        ),
    )


def _with_days_of_leaving(rows: Rows, ended: "ir.Table") -> "ir.Table":
    people = rows("recipients")
    left = people.group_by(who="recipient_id").agg(
        died_on=people.died_on.min(), moved_out_on=people.moved_out_on.min()
    )
    known = ended.left_join(left, [ended.recipient_id == left.who])
    return known.select(*_COURSE, "died_on", "moved_out_on")


def _with_long_stay(rows: Rows, ended: "ir.Table") -> "ir.Table":
    """Add ``admitted_on``: the first day of a long stay that began in the course, or just after."""
    stays = intervals.closed(rows("stays"))
    granted = vedtak_spells(rows)
    lives = ibis.union(
        stays.filter(stays.kind == "long").select("recipient_id", "starts_on", "ends_on"),
        granted.filter(granted.service == _LONG_STAY).select(
            "recipient_id", "starts_on", "ends_on"
        ),
    )
    lives = lives.select(who="recipient_id", since="starts_on", until="ends_on")
    there = ended.join(
        lives,
        [
            ended.recipient_id == lives.who,
            lives.since > ended.starts_on,
            lives.since <= later(ended.ends_on, REST_DAYS),
            lives.until > ended.ends_on,
        ],
    )
    admitted = there.group_by(list(_COURSE)).agg(admitted_on=there.since.min())
    return ended.left_join(admitted, list(_COURSE)).select(*ended.columns, "admitted_on")


def _with_word_of_vedtak(rows: Rows, ended: "ir.Table", sliced: "ir.Table") -> "ir.Table":
    """Add ``word``: the reason of the vedtak that ended with the course, the last of them."""
    vedtak = rows("vedtak")
    said = vedtak.filter(vedtak.status == "granted", vedtak.end_reason.notnull())
    said = said.join(sliced.select("service", "slice_id"), "service")
    said = said.select(
        "vedtak_id", "end_reason", who="recipient_id", within="slice_id", closed_on="ends_on"
    )
    near = ended.join(
        said,
        [
            ended.recipient_id == said.who,
            ended.slice_id == said.within,
            said.closed_on >= later(ended.ends_on, -REST_DAYS),
            said.closed_on <= later(ended.ends_on, REST_DAYS),
        ],
    )
    near = near.select(*_COURSE, "vedtak_id", "end_reason", "closed_on")
    latest = ibis.window(group_by=list(_COURSE), order_by=[near.closed_on.desc(), near.vedtak_id])
    near = near.mutate(place=ibis.row_number().over(latest))
    said_last = near.filter(near.place == 0).select(*_COURSE, word="end_reason")
    return ended.left_join(said_last, list(_COURSE)).select(*ended.columns, "word")
