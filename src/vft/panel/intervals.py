"""Half-open intervals ``[starts_on, ends_on)`` as tables: merged, laid over each other, cut.

Everything is an Ibis expression of sorting and window sums, so that it runs alike on every
engine. ``by`` names the columns that make intervals belong together. An interval that ends no
later than it starts covers nothing, and is left out of every answer.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.tables.period import OPEN_END

if TYPE_CHECKING:
    import ibis.expr.types as ir


def closed(spans: "ir.Table") -> "ir.Table":
    """Give intervals that still run the end that sorts after every real date."""
    ended = spans.mutate(ends_on=spans.ends_on.fill_null(ibis.literal(OPEN_END)))
    return ended.filter(ended.starts_on < ended.ends_on)


def states(parts: "Mapping[str, ir.Table]", *, by: Sequence[str]) -> "ir.Table":
    """Lay several sets of intervals over each other.

    Gives ``(*by, starts_on, ends_on, *parts)``: intervals that do not overlap, each with how many
    of every part hold throughout it; those in which nothing holds are left out.
    """
    steps = ibis.union(*(step for name in parts for step in _steps(parts, name, by)))
    segments = _running(steps, list(parts), by)
    return segments.filter(_any_holds(segments, parts))


def sums(spans: "ir.Table", amounts: "Mapping[str, Any]", *, by: Sequence[str]) -> "ir.Table":
    """Add up whole numbers of intervals that overlap.

    ``amounts``: name → a column of ``spans``. Gives ``(*by, starts_on, ends_on, held, *amounts)``:
    intervals that do not overlap, each with how many hold throughout it and the sums of those.
    """
    real = spans.filter(spans.starts_on < spans.ends_on)
    real = real.mutate(held=ibis.literal(1, "int64"), **amounts)
    names = ["held", *amounts]
    steps = ibis.union(
        *(
            real.select(*by, starts_on=real[day], **{name: real[name] * step for name in names})
            for day, step in (("starts_on", 1), ("ends_on", -1))
        )
    )
    segments = _running(steps, names, by)
    return segments.filter((segments.held > 0) & segments.ends_on.notnull())


def merge(spans: "ir.Table", *, by: Sequence[str]) -> "ir.Table":
    """Join intervals that overlap or touch: ``(*by, starts_on, ends_on)``, as few as can be."""
    real = spans.filter(spans.starts_on < spans.ends_on)
    # one a start: rows that sort alike may come in another order the next time they are sorted
    real = real.group_by([*by, "starts_on"]).agg(ends_on=real.ends_on.max())
    earlier = ibis.window(group_by=by, order_by="starts_on", preceding=(None, 1))
    reach = real.select(*by, "starts_on", "ends_on", reached=real.ends_on.max().over(earlier))
    is_new = ibis.ifelse(reach.reached.isnull() | (reach.reached < reach.starts_on), 1, 0)
    so_far = ibis.cumulative_window(group_by=by, order_by="starts_on")
    islands = reach.mutate(island=is_new.sum().over(so_far))
    joined = islands.group_by([*by, "island"]).agg(
        starts_on=islands.starts_on.min(), ends_on=islands.ends_on.max()
    )
    return joined.drop("island")


def subtract(spans: "ir.Table", gaps: "ir.Table", *, by: Sequence[str]) -> "ir.Table":
    """What is left of intervals outside ``gaps``: ``(*by, starts_on, ends_on)``, not merged."""
    both = states({"span": spans, "gap": gaps}, by=by)
    return both.filter((both.span > 0) & (both.gap == 0)).drop("span", "gap")


def clip(spans: "ir.Table", *, until: Any) -> "ir.Table":
    """End intervals at a date (an expression over them) at the latest; null does not clip."""
    limit = until.fill_null(ibis.literal(OPEN_END))
    clipped = spans.mutate(ends_on=ibis.ifelse(limit < spans.ends_on, limit, spans.ends_on))
    return clipped.filter(clipped.starts_on < clipped.ends_on)


def foremost(
    spans: "ir.Table", *, by: Sequence[str], first: Sequence[Any], keep: Sequence[str]
) -> "ir.Table":
    """Where intervals overlap let one go before the others.

    ``first`` is what to order by, over the columns of ``spans``; it must leave no ties that
    differ in ``keep``. Gives ``(*by, starts_on, ends_on, *keep)`` without overlaps, not merged.
    """
    real = spans.filter(spans.starts_on < spans.ends_on)
    ranked = real.mutate(place=ibis.row_number().over(ibis.window(group_by=by, order_by=first)))
    pieces = _pieces(ranked, by)
    covering = pieces.join(
        ranked,
        [
            *by,
            ranked.starts_on <= pieces.piece_from,
            ranked.ends_on >= pieces.piece_to,
        ],
    )
    best = ibis.row_number().over(
        ibis.window(group_by=[*by, "piece_from"], order_by=covering.place)
    )
    chosen = covering.mutate(best=best)
    chosen = chosen.filter(chosen.best == 0)
    return chosen.select(
        *by, starts_on=chosen.piece_from, ends_on=chosen.piece_to, **{k: chosen[k] for k in keep}
    )


def _steps(parts: "Mapping[str, ir.Table]", name: str, by: Sequence[str]) -> "list[ir.Table]":
    part = parts[name].filter(parts[name].starts_on < parts[name].ends_on)
    return [
        part.select(
            *by,
            starts_on=part[day],
            **{other: ibis.literal(step if other == name else 0, "int64") for other in parts},
        )
        for day, step in (("starts_on", 1), ("ends_on", -1))
    ]


def _running(steps: "ir.Table", names: Sequence[str], by: Sequence[str]) -> "ir.Table":
    """``(*by, starts_on, ends_on, *names)``: the sum of the steps so far, day by day."""
    days = steps.group_by([*by, "starts_on"]).agg(**{name: steps[name].sum() for name in names})
    so_far = ibis.cumulative_window(group_by=by, order_by="starts_on")
    then = ibis.window(group_by=by, order_by="starts_on")
    return days.select(
        *by,
        "starts_on",
        ends_on=days.starts_on.lead().over(then),
        **{name: days[name].sum().over(so_far).cast("int64") for name in names},
    )


def _any_holds(segments: "ir.Table", parts: "Mapping[str, ir.Table]") -> Any:
    holds: Any = ibis.literal(False)
    for name in parts:
        holds = holds | (segments[name] > 0)
    return holds & segments.ends_on.notnull()


def _pieces(spans: "ir.Table", by: Sequence[str]) -> "ir.Table":
    """The stretches between one boundary and the next."""
    days = ibis.union(
        spans.select(*by, piece_from="starts_on"),
        spans.select(*by, piece_from="ends_on"),
        distinct=True,
    )
    then = ibis.window(group_by=by, order_by="piece_from")
    pieces = days.mutate(piece_to=days.piece_from.lead().over(then))
    return pieces.filter(pieces.piece_to.notnull())
