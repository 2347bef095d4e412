"""Samtidige brukere: recipients with a valid vedtak and a working device at the end of a month."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import ibis

from vft.indicators.definition import Indicator, Measure
from vft.indicators.placement import UNKNOWN
from vft.panel.calendar import month_ends

if TYPE_CHECKING:
    import ibis.expr.types as ir

INDICATOR = Indicator(
    id="concurrent_users",
    title="Samtidige brukere",
    question="Hvor mange bruker teknologien samtidig?",
    why=(
        "Antallet viser hvor langt skaleringen er kommet. Bare vedtak eller bare utstyr er ikke "
        "bruk: forskjellen mellom registrene viser hva som må ryddes i."
    ),
    numerator=(
        "Tjenestemottakere som månedens siste dag har et gyldig vedtak som ikke er i pause, og "
        "utstyr til samme tjeneste som er utplassert, virker og ikke er i pause"
    ),
    denominator=None,
    unit_of_measure="tjenestemottakere",
    better="higher",
    over_units="adds_up",
    over_time="stock",
    owner="Helseetaten, velferdsteknologi",
    checked_by="Analytiker i kommunen",
    next_review=date(2027, 6, 1),
    sources=("vedtak", "vedtak_pauses", "devices", "device_assignments", "device_downtimes"),
    measures=(
        Measure(
            code="concurrent",
            title="Samtidige brukere",
            counts="Gyldig vedtak og virksomt utstyr månedens siste dag",
        ),
        Measure(
            code="vedtak_only",
            title="Bare vedtak",
            counts="Gyldig vedtak, men ikke virksomt utstyr, i minst én av tjenestene",
        ),
        Measure(
            code="device_only",
            title="Bare utstyr",
            counts="Virksomt utstyr, men ikke gyldig vedtak, i minst én av tjenestene",
        ),
        Measure(
            code="unique_in_month",
            title="Unike brukere i måneden",
            counts="Samtidig bruker minst én dag i måneden, der hun bodde den dagen",
        ),
    ),
)

AT_MONTH_END = ("concurrent", "vedtak_only", "device_only")
_SLICE = ["slice_kind", "slice"]


def at_month_ends(
    spells: "ir.Table", homes: "ir.Table", members: "ir.Table", months: Sequence[str]
) -> "ir.Table":
    """One row a recipient, slice and month end at which she has a vedtak or a device.

    Gives ``(slice_kind, slice, month, recipient_id, home, concurrent, vedtak_only, device_only)``,
    the last three 0 or 1. ``spells``: ``panel.spells.service_spells``. ``homes``:
    ``panel.homes.homes``. ``members``: ``slices.members``.
    """
    ends = month_ends(months)
    held = spells.join(ends, [spells.starts_on <= ends.last_day, spells.ends_on > ends.last_day])
    lived = homes.select("recipient_id", home="unit", home_from="starts_on", home_to="ends_on")
    placed = held.left_join(
        lived,
        [
            "recipient_id",
            lived.home_from <= held.last_day,
            lived.home_to > held.last_day,
        ],
    )
    placed = placed.select(
        "recipient_id", "service", "month", "vedtak", "device", home=_known(placed.home)
    )
    each = placed.join(members, "service")
    return each.group_by([*_SLICE, "month", "recipient_id", "home"]).agg(
        concurrent=_any(each.vedtak & each.device),
        vedtak_only=_any(each.vedtak & ~each.device),
        device_only=_any(each.device & ~each.vedtak),
    )


def in_months(
    spells: "ir.Table", homes: "ir.Table", members: "ir.Table", months: Sequence[str]
) -> "ir.Table":
    """One row a recipient, slice, month and home in which she was a concurrent user on a day.

    Gives ``(slice_kind, slice, month, recipient_id, home)``. Arguments as :func:`at_month_ends`.
    """
    ends = month_ends(months)
    both = spells.filter(spells.vedtak & spells.device)
    within = both.join(ends, [both.starts_on <= ends.last_day, both.ends_on > ends.month_starts_on])
    within = within.mutate(
        first=ibis.greatest(within.starts_on, within.month_starts_on),
        last=ibis.least(within.ends_on - ibis.interval(days=1), within.last_day),
    )
    lived = homes.select("recipient_id", home="unit", home_from="starts_on", home_to="ends_on")
    placed = within.left_join(
        lived, ["recipient_id", lived.home_from <= within["last"], lived.home_to > within["first"]]
    )
    placed = placed.select("recipient_id", "service", "month", home=_known(placed.home))
    each = placed.join(members, "service")
    return each.select(*_SLICE, "month", "recipient_id", "home").distinct()


def _known(home: "ir.StringValue") -> "ir.StringValue":
    return home.fill_null(UNKNOWN)


def _any(condition: "ir.BooleanValue") -> "ir.Value":
    # integers, since averages and sums of booleans differ between engines
    return condition.ifelse(1, 0).max()
