"""How long it lasts, or takes, when not everybody has been followed to the end.

A case is followed for some days, until something happens to it or nobody knows more. Of those who
were followed as long, the share to whom nothing had happened by a day is the product of such shares
day by day (Kaplan & Meier 1958, J Am Stat Assoc 53:457-481). Where several things can happen, and
each rules out the others, the share to whom one has happened is the sum over days of those to whom
nothing had, times the share of them to whom it did (Aalen & Johansen 1978, Scand J Stat 5:141-150);
the shares of a day sum to one. Something that happens on the day on which another case is lost from
sight happened first, so that the other counts among those to whom it could have.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import ibis

from vft.indicators.frame import Frame

if TYPE_CHECKING:
    import ibis.expr.types as ir

#: What curves are drawn for.
CELL = ("slice_id", "month", "place")
#: Decimals of a percentage: as many as every engine agrees on, whatever order it sums in.
_DECIMALS = 6
#: What a share may miss one half by, for the same reason, and be one half.
_HALF = 0.5 + 1e-9


def followed(frame: Frame, cases: "ir.Table", *, causes: Sequence[str]) -> "ir.Table":
    """Count cases by the days that they were followed, in every place.

    ``cases``: ``(slice_id, home, month, days, cause)``, a row a case and month; ``days`` from 0,
    ``cause`` one of ``causes``, or null where the case was followed so long and no more is known.
    Gives ``(*CELL, days, cases, *causes)``, the last counting those of ``cases`` that something
    happened to.
    """
    at = ["slice_id", "home", "month", "days"]
    of_cause = {cause: cases.count(where=cases.cause == cause) for cause in causes}
    by_home = frame.settle(cases.group_by(at).agg(cases=cases.count(), **of_cause))
    placed = by_home.join(frame.in_home.select("home", "place"), "home")
    sums = {name: placed[name].sum().cast("int64") for name in ("cases", *causes)}
    return placed.group_by([*CELL, "days"]).agg(**sums)


def curves(counted: "ir.Table", *, causes: Sequence[str], by: Sequence[str] = CELL) -> "ir.Table":
    """Draw curves from cases by the days that they were followed, as :func:`followed` gives them.

    Gives ``(*by, days, remaining, *causes)``: at the end of each day on which anything is known,
    the share (0 to 1) to whom nothing has happened, and that to whom each cause has.
    """
    onwards = ibis.window(group_by=by, order_by="days", preceding=0)
    exposed = counted.select(
        *by,
        "days",
        *causes,
        happened=_sum(counted, causes),
        at_risk=counted.cases.sum().over(onwards),
    )
    # to the last of them something happens: the logarithm of nothing is no number
    is_end = exposed.happened == exposed.at_risk
    kept = ibis.ifelse(is_end, 1.0, 1 - exposed.happened / exposed.at_risk)
    so_far = ibis.cumulative_window(group_by=by, order_by="days")
    product = ibis.ifelse(is_end, 0.0, kept.ln().sum().over(so_far).exp())
    lasting = exposed.mutate(remaining=product)
    then = ibis.window(group_by=by, order_by="days")
    lasting = lasting.mutate(before=lasting.remaining.lag().over(then).fill_null(1.0))
    incidence = {cause: lasting.before * lasting[cause] / lasting.at_risk for cause in causes}
    return lasting.select(
        *by,
        "days",
        "remaining",
        **{name: share.sum().over(so_far) for name, share in incidence.items()},
    )


def after(
    drawn: "ir.Table", *, days: int, causes: Sequence[str] = (), by: Sequence[str] = CELL
) -> "ir.Table":
    """Read curves so many days on: ``(*by, remaining, *causes)`` in percent.

    Nothing is said where nobody was followed so long, unless something has happened to all.
    """
    until = drawn.days <= days
    found = drawn.group_by(list(by)).agg(
        remaining=_percent(drawn.remaining.min(where=until).fill_null(1.0)),
        **{cause: _percent(drawn[cause].max(where=until).fill_null(0.0)) for cause in causes},
        reached=drawn.days.max() >= days,
        least=drawn.remaining.min(),
    )
    return found.filter(found.reached | (found.least == 0)).drop("reached", "least")


def median(drawn: "ir.Table", *, by: Sequence[str] = CELL) -> "ir.Table":
    """The first day on which it has happened to half: ``(*by, days)``; none where it has not."""
    halved = drawn.filter(drawn.remaining <= _HALF)
    return halved.group_by(list(by)).agg(days=halved.days.min())


def _sum(counted: "ir.Table", names: Sequence[str]) -> Any:
    total: Any = counted[names[0]]
    for name in names[1:]:
        total = total + counted[name]
    return total


def _percent(share: Any) -> Any:
    return (share * 100).round(_DECIMALS)
